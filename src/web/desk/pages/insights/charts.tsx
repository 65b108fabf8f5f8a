// Drawings of numbers. Each is a table to whoever reads it as one: bars stand in its cells, and the columns of weeks have theirs beneath.

import { number, day } from "../../../words/format.ts";
import { deskWords } from "../../../words/desk/words.ts";
import type { Insights } from "../../api/views.ts";

const DAY_MS = 24 * 3_600_000;
const WEEK_MS = 7 * DAY_MS;
const FULL = 100;

type Weekly = Pick<Insights, "weeks" | "byWeek">;

/** Every week of the range, with 0 where nothing is shown. */
function filled({ weeks, byWeek }: Weekly): { week: string; n: number }[] {
  const shown = new Map(byWeek.map(({ week, n }) => [week, n]));
  const all: { week: string; n: number }[] = [];
  for (let at = Date.parse(weeks.from); at <= Date.parse(weeks.to); at += WEEK_MS) {
    const week = new Date(at).toISOString().slice(0, 10);
    all.push({ week, n: shown.get(week) ?? 0 });
  }
  return all;
}

/** A column a week. */
export function Columns(weekly: Weekly) {
  const w = deskWords.value.insights;
  const all = filled(weekly);
  const most = Math.max(...all.map(({ n }) => n));
  return (
    <figure class="columns">
      <p class="axis" aria-hidden="true">
        {number(most)}
      </p>
      <svg viewBox={`0 0 ${all.length} ${FULL}`} preserveAspectRatio="none" aria-hidden="true">
        {all.map(({ week, n }, at) => (
          <rect
            key={week}
            x={at + 0.12}
            width={0.76}
            y={FULL - (n / most) * FULL}
            height={(n / most) * FULL}
            class="bar"
          >
            <title>{`${day(week)}: ${number(n)}`}</title>
          </rect>
        ))}
      </svg>
      <p class="axis ends" aria-hidden="true">
        <span>{day(weekly.weeks.from)}</span>
        <span>{day(weekly.weeks.to)}</span>
      </p>
      <details>
        <summary>{w.asTable}</summary>
        <div class="table-scroll" tabIndex={0} role="region" aria-label={w.byWeek}>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{w.week}</th>
                <th scope="col" class="num">
                  {w.notes}
                </th>
              </tr>
            </thead>
            <tbody>
              {all
                .filter(({ n }) => n > 0)
                .map(({ week, n }) => (
                  <tr key={week}>
                    <th scope="row">{day(week)}</th>
                    <td class="num">{number(n)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

export type Bar = {
  readonly id: string;
  readonly name: string;
  readonly href?: string;
  /** What its length is drawn from. */
  readonly size: number;
  /** The number in words; `size` as it is unless said. */
  readonly said?: string;
  readonly tone?: "other";
};
type BarsProps = {
  readonly label: string;
  readonly of: string;
  readonly what: string;
  readonly bars: readonly Bar[];
  /** What a full bar stands for; the greatest of them unless said. */
  readonly full?: number;
};

/** A line a thing, its bar beneath its name: a table, too. */
export const Bars = ({ label, of, what, bars, full }: BarsProps) => {
  const most = full ?? Math.max(...bars.map(({ size }) => size));
  return (
    // The roles are said because what is laid out as a grid is no table to every browser.
    <table class="bars" aria-label={label} role="table">
      <thead class="unseen" role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            {of}
          </th>
          <th scope="col" role="columnheader">
            {what}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {bars.map(({ id, name, href, size, said, tone }) => (
          <tr key={id} role="row">
            <th scope="row" role="rowheader">
              {href === undefined ? <bdi>{name}</bdi> : <a href={href}>{name}</a>}
            </th>
            <td role="cell">
              <span>{said ?? number(size)}</span>
              <svg viewBox={`0 0 ${FULL} 1`} preserveAspectRatio="none" aria-hidden="true">
                <rect width={FULL} height={1} class="whole" />
                <rect width={most === 0 ? 0 : (size / most) * FULL} height={1} class={tone ?? "bar"} />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
