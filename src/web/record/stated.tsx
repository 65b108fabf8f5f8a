// How many entries each author says that it made, beside how many of them are here.

import { Mark } from "../ui/notice.tsx";
import { day } from "../words/format.ts";
import { words } from "../words/words.ts";
import type { Stated } from "./history.ts";
import { companyOf } from "./said-by.ts";

type Props = {
  readonly stated: readonly Stated[];
  /** The present tenure. */
  readonly tenure: number;
  /** Whether whoever reads it is the owner. */
  readonly mine: boolean;
};

/** Whether as many are here as were stated, said to whoever reads the history. */
export const Found = ({ stated: { count, found } }: { stated: Stated }) => {
  const w = words.value.record.counts;
  return found < count ? <Mark tone="bad">{w.short(count - found)}</Mark> : <Mark tone="good">{w.found}</Mark>;
};

function Line({ stated, tenure, mine }: { stated: Stated } & Omit<Props, "stated">) {
  const w = words.value.record.counts;
  const { by, count, asOf, found } = stated;
  const isShort = found < count;
  if ("maker" in by) {
    const company = companyOf(by.maker);
    return (
      <li>
        <p>{w.stated(company, count, day(asOf))}</p>
        <Found stated={stated} />
        {isShort && <p class="small">{w.ask(company)}</p>}
      </li>
    );
  }
  const now = by.tenure === tenure;
  const who = now && mine ? w.letIn.byYou : now ? w.letIn.byOwner : w.letIn.byEarlier(by.tenure + 1);
  return (
    <li>
      <p>{w.letIn.stated(who, count, day(asOf))}</p>
      <Found stated={stated} />
      {isShort && <p class="small">{w.letIn.warns}</p>}
    </li>
  );
}

export const StatedCounts = ({ stated, ...reader }: Props) =>
  stated.length === 0 ? null : (
    <ul class="counts">
      {stated.map((one) => (
        <Line key={one.signature} stated={one} {...reader} />
      ))}
    </ul>
  );
