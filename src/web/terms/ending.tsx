// Ending an agreement: the sheet that says what it does, what it can't undo and what the company must then do, and the tap that does it.

import { useState } from "preact/hooks";
import type { Agreement } from "../api/views.ts";
import { obligationsAtEnd } from "../../domain/terms/obligations.ts";
import type { Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { toast } from "../ui/say.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Failed } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { settleAgreement } from "./deeds.ts";
import { useDoing } from "../pages/doing.ts";
import { Duties } from "./record.tsx";

type Props = {
  readonly thing: Thing;
  readonly agreement: Agreement;
  readonly company: string;
  /** What the button and the sheet say where it is a gift that ends. */
  readonly action?: string;
  readonly title?: string;
  /** Whether contributions stand on top of it: they end with it. */
  readonly withGifts?: boolean;
};

export function Ending({ thing, agreement, company, action, title, withGifts = false }: Props) {
  const w = words.value.terms.end;
  const [open, setOpen] = useState(false);
  const { busy, problem, run } = useDoing();
  const relationship = agreement.kind === "relationship";
  async function end(): Promise<void> {
    if (!(await run(() => settleAgreement(thing, agreement, { do: "terminate" })))) return;
    setOpen(false);
    toast(w.done);
  }
  return (
    <>
      <Button tone="danger" onClick={() => setOpen(true)}>
        {action ?? w.action}
      </Button>
      <Sheet title={title ?? w.title(company)} open={open} onClose={() => setOpen(false)}>
        {relationship && (
          <div class="ending">
            <h3>{w.does}</h3>
            <ul>
              {[...w.doesLines(company), ...(withGifts ? [w.gifts] : [])].map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        )}
        <div class="ending">
          <h3>{w.cannot}</h3>
          <p>{w.cannotLine(company)}</p>
        </div>
        {agreement.terms && (
          <Duties duties={obligationsAtEnd(agreement.terms)} company={company} title={w.must(company)} />
        )}
        <p class="soft">{w.again}</p>
        {problem && <Failed problem={problem} />}
        <Button tone="danger" whole busy={busy} onClick={() => void end()}>
          {w.yes}
        </Button>
        <Button whole tone="quiet" onClick={() => setOpen(false)}>
          {words.value.common.cancel}
        </Button>
      </Sheet>
    </>
  );
}
