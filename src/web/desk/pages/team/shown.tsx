// A link or a key that was just made: shown this once, and kept nowhere else.

import { Button } from "../../../ui/button.tsx";
import { Copy } from "../../../ui/copy.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { deskWords } from "../../../words/desk/words.ts";

/** What was made, in the words of the one time it is told. */
export type Once = { readonly what: "link" | "key"; readonly text: string };

export function Shown({ once: { what, text }, onDone }: { once: Once; onDone: () => void }) {
  const w = deskWords.value.team;
  return (
    <div class="stack">
      <Notice tone="good" fresh>
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
