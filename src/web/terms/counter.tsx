// A company's counter, as the difference between what was offered and what it offers instead; it takes a yes or a no.

import type { Agreement } from "../api/views.ts";
import type { RosterCode } from "../../domain/terms/roster.ts";
import type { Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { toast } from "../ui/say.tsx";
import { Failed } from "../ui/states.tsx";
import { day } from "../words/format.ts";
import { words } from "../words/words.ts";
import { settleAgreement } from "./deeds.ts";
import { useDoing } from "../pages/doing.ts";
import { differenceOf, type Use } from "./difference.ts";

type DifferenceProps = { readonly from: RosterCode; readonly to: RosterCode; readonly company: string };

const Part = ({
  title,
  uses,
  company,
  tone,
  icon,
}: {
  title: string;
  uses: readonly Use[];
  company: string;
  tone: string;
  icon: IconName;
}) =>
  uses.length === 0 ? null : (
    <div class={`part ${tone}`}>
      <h3>{title}</h3>
      <ul>
        {uses.map((use) => (
          <li key={use}>
            <Icon name={icon} size={18} />
            <span>{words.value.terms.counter.uses[use](company)}</span>
          </li>
        ))}
      </ul>
    </div>
  );

/** Two sets of terms side by side: what the second adds, takes away and keeps. */
export function DifferenceOf({ from, to, company }: DifferenceProps) {
  const w = words.value.terms.counter;
  const { added, taken, kept, asks } = differenceOf(from, to);
  return (
    <div class="difference">
      <h2>{w[asks](company)}</h2>
      <Part title={w.added} uses={added} company={company} tone="added" icon="add" />
      <Part title={w.taken} uses={taken} company={company} tone="taken" icon="minus" />
      <Part title={w.kept} uses={kept} company={company} tone="kept" icon="check" />
      <p class="mono small soft codes" dir="ltr">
        {from} → {to}
      </p>
    </div>
  );
}

type Props = {
  readonly thing: Thing;
  readonly agreement: Agreement;
  readonly company: string;
  readonly mayAnswer: boolean;
};

/** The counter with its two answers; silence is a no. */
export function Counter({ thing, agreement, company, mayAnswer }: Props) {
  const w = words.value.terms.counter;
  const { busy, problem, run } = useDoing();
  const answer = async (decision: "accepted" | "refused"): Promise<void> => {
    const done = await run(() => settleAgreement(thing, agreement, { do: "confirm", decision }));
    if (done) toast(decision === "accepted" ? w.confirmed : w.declined);
  };
  if (agreement.counter === null) return null;
  return (
    <div class="counter">
      <DifferenceOf from={agreement.preferred} to={agreement.counter} company={company} />
      <p>{words.value.terms.plain(agreement.counter, company)}</p>
      {agreement.decision?.decidedBy === "human" && agreement.decision.reason !== null && (
        <Said company={company} text={agreement.decision.reason} />
      )}
      {agreement.decideBy !== null && <p class="soft">{w.until(day(agreement.decideBy))}</p>}
      {problem && <Failed problem={problem} />}
      {mayAnswer && (
        <div class="line">
          <Button tone="primary" busy={busy} onClick={() => void answer("accepted")}>
            {w.yes}
          </Button>
          <Button busy={busy} onClick={() => void answer("refused")}>
            {w.no}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The company's own words, as a quotation. */
export const Said = ({ company, text }: { company: string; text: string }) => (
  <figure class="their-words">
    <figcaption class="small">{words.value.terms.theirReason(company)}</figcaption>
    <blockquote dir="auto">{text}</blockquote>
  </figure>
);
