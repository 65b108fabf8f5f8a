// What the terms let the company's person do, what they must and what they may not, said to that person.

import "../../terms/terms.css";
import type { RosterCode } from "../../../domain/terms/roster.ts";
import { Lines } from "../../terms/lines.tsx";
import { words } from "../../words/words.ts";

export function MeaningForThem({ code }: { code: RosterCode }) {
  const w = words.value.replies.page;
  const { may, must, mayNot } = w.sides(code);
  return (
    <div class="stack">
      <div class="meaning">
        <Lines title={w.may} icon="check" tone="may" lines={may} />
        <Lines title={w.mayNot} icon="close" tone="may-not" lines={mayNot} />
        <Lines title={w.must} icon="terms" tone="must" lines={must} />
      </div>
      <p class="small soft">
        {w.code(code)}. {w.contract}
      </p>
    </div>
  );
}
