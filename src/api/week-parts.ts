// What a company's weeks add up to, kept in this isolate for as long as no shard's stamp says that one of them changed: a week that is over
// hardly ever does, and adding it up is what a reading costs. Nothing kept is ever shown without the shards being asked.

import { weekPart, type Cell, type Totals, type WeekPart } from "../domain/insights.ts";
import type { Domain } from "../domain/ids.ts";
import type { deskAt } from "../platform/stubs.ts";

const MAX_COMPANIES = 100;
/** Of all companies together: some tens of MB. A company that has more of them itself is added up at every reading. */
const MAX_SUMS = 200_000;

/** A week as it was added up, and the stamps of it that the shards had then. */
type Kept = { readonly stamps: string; readonly part: WeekPart };
const kept = new Map<Domain, Map<number, Kept>>();

function keptOf(maker: Domain): Map<number, Kept> {
  const before = kept.get(maker);
  if (before) return before;
  const [oldest] = kept.keys();
  if (oldest !== undefined && kept.size >= MAX_COMPANIES) kept.delete(oldest);
  const weeks = new Map<number, Kept>();
  kept.set(maker, weeks);
  return weeks;
}

const sumsIn = (weeks: ReadonlyMap<number, Kept>): number =>
  [...weeks.values()].reduce(
    (sum, { part }) => sum + part.byProduct.size + part.byIssue.size + part.firstReplies.size,
    0,
  );

/** Lets go of those that came first until what is kept has its bounds again. */
function bound(): void {
  let sums = [...kept.values()].reduce((sum, weeks) => sum + sumsIn(weeks), 0);
  for (const [maker, weeks] of kept) {
    if (sums <= MAX_SUMS) return;
    kept.delete(maker);
    sums -= sumsIn(weeks);
  }
}

/** Each week's stamps, in the order of the shards; of one that has nothing of the week, nothing. */
function stampsOf(shards: readonly (readonly { week: number; stamp: number }[])[]): Map<number, string> {
  const all = shards.map((stamps) => new Map(stamps.map(({ week, stamp }) => [week, stamp])));
  const weeks = new Set(shards.flatMap((stamps) => stamps.map(({ week }) => week)));
  return new Map([...weeks].map((week) => [week, all.map((stamps) => stamps.get(week) ?? "").join()]));
}

/** The weeks that begin from `from` on and before `to` (ms), of all shards together, and the shards' totals. */
export async function weekPartsOf(
  desks: readonly ReturnType<typeof deskAt>[],
  maker: Domain,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<{ totals: Totals[]; parts: WeekPart[] }> {
  const shards = await Promise.all(desks.map((desk) => desk.weekStamps(from, to)));
  const asked = stampsOf(shards.map(({ stamps }) => stamps));
  const weeks = keptOf(maker);
  const changed = [...asked].filter(([week, stamps]) => weeks.get(week)?.stamps !== stamps).map(([week]) => week);
  if (changed.length > 0) {
    const answers = (await Promise.all(desks.map((desk) => desk.weekCells(changed)))).map(
      (answer) => JSON.parse(answer) as [week: number, stamp: number, cells: Cell[]][],
    );
    const stamps = stampsOf(answers.map((answer) => answer.map(([week, stamp]) => ({ week, stamp }))));
    for (const week of changed) {
      const cells = answers.flatMap((answer) => answer.find(([its]) => its === week)?.[2] ?? []);
      weeks.set(week, { stamps: stamps.get(week) ?? "", part: weekPart(week, cells) });
    }
    bound();
  }
  return { totals: shards, parts: [...asked.keys()].flatMap((week) => weeks.get(week)?.part ?? []) };
}
