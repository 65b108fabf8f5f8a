// The ladder of terms: how far a company may go, rung by rung, and whether it owes a copy. The codes stand below, for who wants them.

import "./terms.css";
import { useId } from "preact/hooks";
import type { Maker } from "../api/views.ts";
import { isHere } from "../store/makers.ts";
import { Check } from "../ui/field.tsx";
import { Mark } from "../ui/notice.tsx";
import { words } from "../words/words.ts";
import { codeOf, offerOf, RUNGS, type Choice } from "./rungs.ts";

type Props = {
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
  /** Undefined where it is about companies as such. */
  readonly company?: string;
  readonly maker?: Maker | undefined;
};

export function Ladder({ choice, onChange, company, maker }: Props) {
  const w = words.value.terms.ladder;
  const id = useId();
  const chosen = RUNGS.indexOf(choice.rung);
  return (
    <div class="stack">
      <fieldset class="ladder" aria-describedby={`${id}-hint`}>
        <legend>{w.legend}</legend>
        <span class="soft small" id={`${id}-hint`}>
          {w.hint}
        </span>
        <div class="rungs">
          {RUNGS.map((rung, at) => (
            <label class={at <= chosen ? "rung reached" : "rung"} key={rung}>
              <input
                type="radio"
                name={id}
                checked={at === chosen}
                aria-describedby={`${id}-${rung}`}
                onChange={() => onChange({ ...choice, rung })}
              />
              <span class="knob" aria-hidden="true" />
              <span>
                <span class="label">{w.rungs[rung].label}</span>
                <span class="hint" id={`${id}-${rung}`}>
                  {w.rungs[rung].hint}
                </span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <div>
        <Check
          label={w.copy}
          hint={w.copyHint}
          checked={choice.copy}
          onChange={(copy) => onChange({ ...choice, copy })}
        />
        {choice.copy && (
          <Check
            label={w.without}
            hint={w.withoutHint}
            checked={choice.without}
            onChange={(without) => onChange({ ...choice, without })}
          />
        )}
      </div>
      <Saying choice={choice} company={company ?? w.company} />
      {company !== undefined && <Taking choice={choice} company={company} maker={maker} />}
    </div>
  );
}

/** What the choice comes to, in words and in codes. */
function Saying({ choice, company }: { choice: Choice; company: string }) {
  const { ladder: w, plain } = words.value.terms;
  const { code, alternates } = offerOf(choice);
  return (
    <div class="saying" aria-live="polite">
      <p>{plain(code, company)}</p>
      <p class="mono soft small">{w.codes(code, alternates[0] ?? null)}</p>
    </div>
  );
}

/** Whether the company says that it takes them: it publishes what it accepts. */
function Taking({ choice, company, maker }: { choice: Choice; company: string; maker: Maker | undefined }) {
  const w = words.value.terms.ladder;
  if (!maker) return null;
  if (!isHere(maker)) return <Mark tone="wait">{w.notHere(company)}</Mark>;
  if (maker.accepts.includes(codeOf(choice))) return <Mark tone="good">{w.takes(company)}</Mark>;
  return offerOf(choice).alternates.some((code) => maker.accepts.includes(code)) ? (
    <Mark tone="good">{w.takesAlternate(company)}</Mark>
  ) : (
    <Mark tone="calm">{w.takesOther(company)}</Mark>
  );
}
