// The verdict: the first thing to be read, and never more than was proven. What it rests on stands right beneath it.

import type { Problem } from "../api/call.ts";
import type { Findings } from "../../domain/record/verify.ts";
import type { FaultCode, RecordFault } from "../../domain/record/faults.ts";
import { Button } from "../ui/button.tsx";
import { Failed } from "../ui/states.tsx";
import { moment, wholeDay } from "../words/format.ts";
import { showWords } from "../words/show/words.ts";
import { stateOf, type EntryState } from "./lines.ts";
import { companyName, type Shown } from "./shown.ts";

/** The verdict as one sentence. */
export function verdictOf(shown: Shown): string {
  const { verdict, since, erased } = shown.findings;
  const w = showWords.value.verdict;
  if (verdict === "not-current" || verdict === "do-not-rely" || since === null)
    return w[verdict === "not-current" ? verdict : "do-not-rely"];
  const day = wholeDay(since);
  const later = shown.opened.entries.filter((entry) => stateOf(entry, shown) === "since").length;
  const withheld = shown.findings.withheld - later;
  if (withheld > 0) return w.withheld(day, withheld);
  if (later > 0) return w.later(day, later);
  return erased > 0 ? w.onlyErased(day, erased) : w.unaltered(day);
}

type Together = readonly (readonly [FaultCode, readonly number[]])[];

/** The faults by what is wrong, each with the entries it was found in; the owner's alert before all others. */
function together(faults: readonly RecordFault[]): Together {
  const found = new Map<FaultCode, number[]>(faults.some(({ code }) => code === "alert") ? [["alert", []]] : []);
  for (const { code, seq } of faults) found.set(code, [...(found.get(code) ?? []), ...(seq === null ? [] : [seq])]);
  return [...found];
}

/** What is wrong, in words. */
export const Faults = ({ findings: { faults, status } }: { findings: Findings }) => {
  const w = showWords.value;
  return (
    <ul class="faults">
      {together(faults).map(([code, seqs]) =>
        code === "alert" && status !== null && status !== "current" ? (
          <li key={code}>
            <strong>{w.alert[status].title}</strong> {w.alert[status].text}
          </li>
        ) : (
          <li key={code}>
            {w.faults[code]}
            {seqs.length > 0 && <span class="small"> ({w.faultAt(seqs)})</span>}
          </li>
        ),
      )}
    </ul>
  );
};

const STATES: readonly EntryState[] = ["shown", "withheld", "since", "erased", "faulty"];
/** More than these stand without a gap between them. */
const APART_AT_MOST = 60;

/** One tick an entry, from the first to the last: what is shown, what isn't, and where something is wrong. */
function Strip({ shown }: { shown: Shown }) {
  const w = showWords.value.verdict;
  const states = shown.opened.entries.map((entry) => stateOf(entry, shown));
  const [full, withheld, later, erased, faulty] = STATES.map((state) => states.filter((one) => one === state).length);
  return (
    <figure class="strip">
      <div class={states.length > APART_AT_MOST ? "ticks many" : "ticks"} aria-hidden="true">
        {states.map((state, at) => (
          <i key={at} class={state} />
        ))}
      </div>
      <figcaption class="small">{w.strip(full!, withheld!, later!, erased!, faulty!)}</figcaption>
    </figure>
  );
}

type Props = {
  readonly shown: Shown;
  readonly again: () => Promise<void>;
  readonly busy?: boolean;
  /** Why it couldn't be checked again. */
  readonly problem?: Problem | null;
};

export function Verdict({ shown, again, busy = false, problem = null }: Props) {
  const w = showWords.value.verdict;
  const { opened, findings, at, aged } = shown;
  const { verdict, claim, withheld, erased, faults } = findings;
  const all = opened.entries.length;
  const maker = opened.product.maker;
  const why = (): string => {
    if (verdict === "not-current" && aged !== undefined) return w.why.aged[aged];
    if (verdict === "not-current" || verdict === "do-not-rely") return w.why[verdict];
    if (withheld > 0) return w.why.withheld(all - withheld - erased, all);
    return w.why[erased > 0 ? "erased" : "unaltered"](all);
  };
  return (
    <>
      <p class="lead">{why()}</p>
      {faults.length > 0 && <Faults findings={findings} />}
      {findings.present !== null && <Strip shown={shown} />}
      {claim !== null && verdict !== "do-not-rely" && (
        <p>{claim === "label" && maker !== null ? w.began.label(companyName(opened, maker.id)) : w.began.none}</p>
      )}
      {erased > 0 && <p class="small">{w.erased(erased)}</p>}
      <div class="line small checked">
        <span>{w.at(moment(new Date(at).toISOString()))}</span>
        <Button tone={verdict === "not-current" ? "plain" : "quiet"} busy={busy} onClick={() => void again()}>
          {w.again}
        </Button>
      </div>
      {problem && <Failed problem={problem} />}
    </>
  );
}
