// A link or a key that was just made: shown this once, and kept nowhere.

import { Button } from "../../../ui/button.tsx";
import { Copy } from "../../../ui/copy.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { deskWords } from "../../../words/desk/words.ts";

/** What was made. */
export type What = "link" | "key";

export function Shown({ what, text, onDone }: { what: What; text: string; onDone: () => void }) {
  const w = deskWords.value.team;
  return (
    <div class="stack">
      <Notice tone="good" title={w[what]} fresh>
        <p>{w.keep}</p>
      </Notice>
      <pre tabIndex={0} aria-label={w[what]}>
        {text}
      </pre>
      <div class="line apart">
        <Copy text={text} label={w.copy} />
        <Button tone="primary" onClick={onDone}>
          {w.done}
        </Button>
      </div>
    </div>
  );
}
