// The live check at the seller's side: the six digits that a buyer reads out, typed by whoever holds the history.

import { useState } from "preact/hooks";
import { useDoing } from "../pages/doing.ts";
import type { Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { toast } from "../ui/say.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Failed } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { answerBuyer } from "./calls.ts";

const DIGITS = 6;

type Props = {
  readonly thing: Thing;
  readonly link: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

export function AnswerBuyer({ thing, link, onClose, onDone }: Props) {
  const w = words.value.showOut.answer;
  const [typed, setTyped] = useState("");
  const [missing, setMissing] = useState(false);
  const { busy, problem, run } = useDoing();
  const digits = typed.replaceAll(/\D/g, "");
  const answer = async (): Promise<void> => {
    setMissing(digits.length !== DIGITS);
    if (digits.length !== DIGITS) return;
    if (!(await run(() => answerBuyer(thing.id, link, digits)))) return;
    toast(w.done);
    onDone();
  };
  return (
    <Sheet title={w.title} open onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void answer();
        }}
      >
        <p>{w.text}</p>
        <div class="six-digits">
          <TextField
            label={w.digits}
            hint={w.warn}
            error={missing ? w.missing : null}
            value={typed}
            inputMode="numeric"
            autocomplete="off"
            maxLength={DIGITS + 1}
            autofocus
            onInput={setTyped}
          />
        </div>
        {problem &&
          (problem.code === "conflict" ? (
            <Notice tone="bad" fresh>
              {w.wrong}
            </Notice>
          ) : (
            <Failed problem={problem} />
          ))}
        <Button type="submit" tone="primary" whole busy={busy}>
          {w.go}
        </Button>
      </form>
    </Sheet>
  );
}
