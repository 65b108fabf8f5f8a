// What went wrong with something that was asked for on a page of the desk, where it was asked for.

import type { Problem } from "../api/call.ts";
import { serverWords } from "../ui/failure-words.ts";
import { Notice } from "../ui/notice.tsx";
import { deskWords } from "../words/desk/words.ts";
import { troubleWords } from "./api/trouble.ts";

/** The server's own sentence, which is English whatever language the page is in. */
export const ServerSays = ({ problem }: { problem: Problem }) => (
  <>
    <p class="small soft">{deskWords.value.common.failures.told}</p>
    <p class="small" lang="en" dir="ltr">
      {serverWords(problem)}
    </p>
  </>
);

export function Trouble({ problem }: { problem: Problem | null }) {
  if (problem === null) return null;
  const text = troubleWords(problem);
  return (
    <Notice tone="bad" fresh>
      {text === serverWords(problem) ? (
        <>
          <p>{deskWords.value.common.failures.refused}</p>
          <ServerSays problem={problem} />
        </>
      ) : (
        <p>{text}</p>
      )}
    </Notice>
  );
}
