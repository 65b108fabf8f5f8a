// Stating how many entries there must be: counted from what is here, changeable, and said plainly what it is worth.

import { useState } from "preact/hooks";
import { upTo } from "../../domain/record/count.ts";
import { FIRST_DAY } from "../../domain/record/entry.ts";
import { useDoing } from "../pages/doing.ts";
import { Happened } from "../pages/notes/happened.tsx";
import type { Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { toast } from "../ui/say.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Failed } from "../ui/states.tsx";
import { day as written } from "../words/format.ts";
import { words } from "../words/words.ts";
import { stateCount } from "./calls.ts";
import type { RecordedEntry } from "./history.ts";
import { keepStatement, type OwnStatement } from "./kept.ts";

/** The number that was typed; null when it is none. */
function numberIn(typed: string): number | null {
  const text = typed.trim();
  return /^\d+$/.test(text) ? Number(text) : null;
}

type Props = {
  readonly thing: Thing;
  /** The entries of which no more can be stated than there are, and how many of them stand under this channel's name. */
  readonly letIn: readonly RecordedEntry[];
  readonly mine: number;
  /** The day by the server's clock: entries bear that one, and this device's may be another. */
  readonly today: string;
  readonly onStated: (statement: OwnStatement) => void;
  readonly onClose: () => void;
};

export function StateCount({ thing, letIn, mine, today, onStated, onClose }: Props) {
  const w = words.value.record.own;
  const { form } = words.value.record;
  const { busy, problem, run } = useDoing();
  const [typed, setTyped] = useState<string | null>(null);
  const [day, setDay] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [wrongDay, setWrongDay] = useState<string | null>(null);
  const asOf = day ?? today;
  const isDay = asOf >= FIRST_DAY && asOf <= today;
  const here = upTo(letIn, asOf);
  const count = numberIn(typed ?? String(here));
  const tooMany = isDay && count !== null && count > here;
  const others = letIn.length - mine;

  const submit = async (): Promise<void> => {
    setFault(count === null ? w.noNumber : null);
    setWrongDay(isDay ? null : asOf > today ? form.future : form.noDay);
    if (count === null || tooMany || !isDay) return;
    const went = await run(async () => {
      const answer = await stateCount(thing.id, { count, asOf });
      if (answer.ok) {
        const statement = { channel: thing.channel, signature: answer.value.proof.proofValue };
        await keepStatement(thing.id, statement).catch(() => {});
        onStated(statement);
      }
      return answer;
    });
    if (!went) return;
    onClose();
    toast(w.done);
  };
  return (
    <Sheet title={others > 0 ? w.stateAll : w.state} open onClose={onClose}>
      <form
        class="stack count-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p>{w.why}</p>
        {others > 0 && <p>{w.together(mine, others)}</p>}
        <TextField
          label={w.number(isDay ? written(asOf) : null)}
          hint={w.here(here)}
          error={fault ?? (tooMany ? w.more(here) : null)}
          inputMode="numeric"
          autocomplete="off"
          value={typed ?? String(here)}
          onInput={(value) => {
            setFault(null);
            setTyped(value);
          }}
        />
        <Happened
          day={day}
          onDay={(next) => {
            setWrongDay(null);
            setDay(next);
          }}
          says={w.days}
          error={wrongDay}
        />
        {count !== null && count < here && <p role="status">{w.fewer}</p>}
        <p class="small soft">{w.worth}</p>
        {problem && <Failed problem={problem} />}
        <Button type="submit" tone="primary" whole icon="check" busy={busy}>
          {w.go}
        </Button>
      </form>
    </Sheet>
  );
}
