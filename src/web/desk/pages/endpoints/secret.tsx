// A secret, shown once: gone when its sheet closes.

import { Button } from "../../../ui/button.tsx";
import { Copy } from "../../../ui/copy.tsx";
import { When } from "../../../ui/when.tsx";
import { deskWords } from "../../../words/desk/words.ts";

export type Secret = {
  readonly secret: string;
  /** The inbound door has none. */
  readonly publicKey?: string;
  /** Until when the keys before it hold, too. */
  readonly previousUntil?: string;
};

const Value = ({ label, value, copy }: { label: string; value: string; copy: string }) => (
  <div class="stack-tight">
    <p class="secret-label">{label}</p>
    <pre class="secret" dir="ltr">
      {value}
    </pre>
    <div>
      <Copy text={value} label={copy} />
    </div>
  </div>
);

export function ShownOnce({ secret, onDone }: { secret: Secret; onDone: () => void }) {
  const w = deskWords.value.endpoints.secret;
  return (
    <div class="stack">
      <p>{secret.publicKey === undefined ? deskWords.value.endpoints.inbound.shown : w.text}</p>
      <Value label={w.secret} value={secret.secret} copy={w.copySecret} />
      {secret.publicKey !== undefined && <Value label={w.publicKey} value={secret.publicKey} copy={w.copyKey} />}
      {secret.previousUntil !== undefined && (
        <p>
          {w.until} <When at={secret.previousUntil} style="moment" />.
        </p>
      )}
      {secret.publicKey !== undefined && <p class="small soft">{w.next}</p>}
      <div class="line">
        <Button tone="primary" onClick={onDone}>
          {w.done}
        </Button>
      </div>
    </div>
  );
}
