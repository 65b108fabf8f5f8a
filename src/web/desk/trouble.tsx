// What went wrong with something that was asked for on a page of the desk, where it was asked for.

import type { Problem } from "../api/call.ts";
import { Notice } from "../ui/notice.tsx";
import { troubleWords } from "./api/trouble.ts";

export const Trouble = ({ problem }: { problem: Problem | null }) =>
  problem && (
    <Notice tone="bad" fresh>
      <p>{troubleWords(problem)}</p>
    </Notice>
  );
