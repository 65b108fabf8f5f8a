// What can be done with the selected threads at once.

import { Button, IconButton } from "../../ui/button.tsx";
import { number } from "../../words/format.ts";
import { deskWords } from "../../words/desk/words.ts";
import { MOST_AT_ONCE } from "../handling.ts";
import { mayAnswer } from "../session.ts";
import { nameOf, selected, selectOnly, threads } from "./list.ts";

export type Ask = "assign" | "labels" | "issue";

export function Bulk({ onAsk }: { onAsk: (ask: Ask) => void }) {
  const w = deskWords.value.inbox.bulk;
  const n = selected.value.length;
  if (n === 0) return null;
  return (
    <div class="bulk" role="toolbar" aria-label={w.label}>
      <strong role="status">{w.selected(n)}</strong>
      {mayAnswer.value && (
        <>
          <Button tone="quiet" onClick={() => onAsk("assign")}>
            {w.assign}
          </Button>
          <Button tone="quiet" onClick={() => onAsk("labels")}>
            {w.labels}
          </Button>
          <Button tone="quiet" onClick={() => onAsk("issue")}>
            {w.issue}
          </Button>
        </>
      )}
      {n < threads.value.items.length && (
        <Button tone="quiet" onClick={() => selectOnly(threads.value.items.map(nameOf))}>
          {w.all}
        </Button>
      )}
      <IconButton icon="close" label={w.clear} onClick={() => selectOnly([])} />
      {n > MOST_AT_ONCE && (
        <span class="small">
          {w.tooMany(MOST_AT_ONCE)} {number(n)}
        </span>
      )}
    </div>
  );
}
