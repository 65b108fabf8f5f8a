// What a company may learn across its owners' notes, as numbers: which weeks are shown, which cells, and what they add up to.
// It must never give out a breakdown that is not a sum of cells of at least `SHOWN_FROM` notes each.

import type { IssueId } from "./ids.ts";
import type { Kind } from "./note.ts";
import type { Verdict } from "./thread.ts";

const DAY_MS = 24 * 3_600_000;
export const WEEK_MS = 7 * DAY_MS;
/** The first Monday after 1970 began, which was a Thursday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;
/** A cell of fewer notes than this is not shown, nor part of anything shown. Notes, not owners: five of one owner's are shown. */
export const SHOWN_FROM = 5;

/** The Monday, 00:00 UTC, of the week that `at` is in; both in ms. */
export const weekOf = (at: number): number => Math.floor((at - FIRST_MONDAY_MS) / WEEK_MS) * WEEK_MS + FIRST_MONDAY_MS;

/** What is asked for: the weeks that begin from `from` on and before `to`, each a Monday in ms; one product, or all. */
export type Reading = { readonly from: number; readonly to: number; readonly product: string | null };

/** Lengths of time are kept in classes, each this much longer than the one before: a quantile is right within half of it. */
const BUCKET_RATIO = 1.05;
const LOG_RATIO = Math.log(BUCKET_RATIO);

/** The class of a length of time in seconds; everything up to a second is the first. */
export const bucketOf = (seconds: number): number => Math.round(Math.log(Math.max(1, seconds)) / LOG_RATIO);
/** The middle of a class, in whole seconds. */
export const secondsOf = (bucket: number): number => Math.round(BUCKET_RATIO ** bucket);

/** What one thread adds to the counts. */
export type CountedThread = {
  /** The Monday, 00:00 UTC, of the week it was sent in; ms. */
  readonly week: number;
  /** Its GTIN, or the thing's name where it has none. */
  readonly product: string;
  readonly kind: Kind;
  /** Whether the agreement in force permits counting it. */
  readonly counted: boolean;
  readonly firstReplySeconds: number | null;
  readonly verdict: Verdict | null;
  /** The known issue that the desk linked it to. */
  readonly issue: IssueId | null;
};

/** How many notes, and of how many the owner said that the answer addressed it, or that it didn't. */
type Sum = readonly [n: number, addressed: number, notAddressed: number];

/** All that is counted of one week and product. Nothing in it is zero, and its names are in order: equal counts are equal JSON. */
export type Counts = {
  readonly kinds: { readonly [kind in Kind]?: Sum };
  /** Those linked to a known issue, by kind and issue with a space between. */
  readonly issues: { readonly [kindAndIssue: string]: number };
  /** How long first answers took: classes, the shortest first, and how many are in each. */
  readonly firstReplies: readonly (readonly [bucket: number, n: number])[];
};
export const NO_COUNTS: Counts = { kinds: {}, issues: {}, firstReplies: [] };
export const isEmpty = ({ kinds }: Counts): boolean => Object.keys(kinds).length === 0;

const inOrder = <V>(record: Readonly<Record<string, V>>, isNone: (value: V) => boolean): Record<string, V> =>
  Object.fromEntries(
    Object.entries(record)
      .filter(([, value]) => !isNone(value))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

/** The counts with one thread of their week and product more (`by` 1) or fewer (`by` -1). */
export function withThread(counts: Counts, thread: CountedThread, by: 1 | -1): Counts {
  const { kind, verdict, issue, firstReplySeconds } = thread;
  const [n, addressed, notAddressed] = counts.kinds[kind] ?? [0, 0, 0];
  const sum: Sum = [
    n + by,
    addressed + (verdict === "addressed" ? by : 0),
    notAddressed + (verdict === "not-addressed" ? by : 0),
  ];
  const name = issue === null ? null : `${kind} ${issue}`;
  const bucket = firstReplySeconds === null ? null : bucketOf(firstReplySeconds);
  const inBucket = counts.firstReplies.find(([its]) => its === bucket)?.[1] ?? 0;
  return {
    kinds: inOrder({ ...counts.kinds, [kind]: sum }, ([all]) => all === 0),
    issues:
      name === null
        ? counts.issues
        : inOrder({ ...counts.issues, [name]: (counts.issues[name] ?? 0) + by }, (all) => all === 0),
    firstReplies:
      bucket === null
        ? counts.firstReplies
        : [...counts.firstReplies.filter(([its]) => its !== bucket), [bucket, inBucket + by] as const]
            .filter(([, all]) => all !== 0)
            .toSorted(([a], [b]) => a - b),
  };
}

/** How many threads a shard counts, and how many their owners' terms leave out: of all it has now, whatever is asked for. */
export type Totals = { readonly counted: number; readonly excluded: number };

/** What one shard of a desk counts. */
export type ShardCounts = Totals & { readonly cells: readonly (readonly [week: number, ...cell: Cell])[] };

/** What all shards' cells of each of their weeks add up to. */
export const weekParts = (shards: readonly ShardCounts[]): WeekPart[] =>
  [
    ...Map.groupBy(
      shards.flatMap(({ cells }) => cells),
      ([week]) => week,
    ),
  ].map(([week, cells]) =>
    weekPart(
      week,
      cells.map(([, ...cell]) => cell),
    ),
  );

export type Insights = {
  /** Live, of the whole company: how many threads are counted, and how many their owners' terms leave out. */
  readonly counted: number;
  readonly excluded: number;
  readonly byKind: readonly { readonly kind: Kind; readonly n: number }[];
  readonly byProduct: readonly { readonly product: string; readonly n: number }[];
  /** `week` is a Monday, 00:00 UTC, in ms. */
  readonly byWeek: readonly { readonly week: number; readonly n: number }[];
  readonly knownIssues: readonly { readonly issue: IssueId; readonly n: number }[];
  readonly firstReplySeconds: {
    readonly p50: number | null;
    readonly p90: number | null;
    readonly slowest: number | null;
  };
  /** Of the notes whose owner said whether it was addressed, the share of which they said it was, from 0 to 1. */
  readonly addressed: { readonly share: number | null; readonly of: number };
};

/** Adds `n` to what a map has under a key. */
const addTo = <K>(sums: Map<K, number>, key: K, n: number): void => void sums.set(key, (sums.get(key) ?? 0) + n);

/** Each kind's numbers, all shards together. */
function sums(all: readonly Counts["kinds"][]): Map<Kind, [number, number, number]> {
  const found = new Map<Kind, [number, number, number]>();
  for (const kinds of all) {
    for (const [kind, [n, addressed, notAddressed]] of Object.entries(kinds) as [Kind, Sum][]) {
      const sum = found.get(kind);
      if (!sum) found.set(kind, [n, addressed, notAddressed]);
      else {
        sum[0] += n;
        sum[1] += addressed;
        sum[2] += notAddressed;
      }
    }
  }
  return found;
}

/** Largest first; what is equal in the order of its name. */
const ranked = <K extends string>(sums: ReadonlyMap<K, number>): [K, number][] =>
  [...sums].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));

/** The class below or at which a `part` of all is. */
function quantile(sorted: readonly (readonly [bucket: number, n: number])[], part: number): number {
  const all = sorted.reduce((sum, [, n]) => sum + n, 0);
  let passed = 0;
  for (const [bucket, n] of sorted) {
    passed += n;
    if (passed >= part * all) return secondsOf(bucket);
  }
  throw new Error("there is no quantile of nothing");
}

function firstReplySeconds(buckets: ReadonlyMap<number, number>): Insights["firstReplySeconds"] {
  if (buckets.size === 0) return { p50: null, p90: null, slowest: null };
  const sorted = [...buckets].toSorted(([a], [b]) => a - b);
  return { p50: quantile(sorted, 0.5), p90: quantile(sorted, 0.9), slowest: quantile(sorted, 1) };
}

/** All shards' counts of one week and a product. */
export type Cell = readonly [product: string, counts: Counts];

/** What one week adds to each number that is shown: what must not be shown of it is left out already. */
export type WeekPart = {
  readonly week: number;
  readonly byKind: ReadonlyMap<Kind, number>;
  readonly byProduct: ReadonlyMap<string, number>;
  readonly byIssue: ReadonlyMap<IssueId, number>;
  readonly firstReplies: ReadonlyMap<number, number>;
  /** Of how many notes the owner said that it was addressed, and of how many they said anything. */
  readonly addressed: number;
  readonly said: number;
};

/** What a week's cells add up to, those of all shards together. A cell belongs to one week, so that what is left out is judged here. */
export function weekPart(week: number, cells: Iterable<Cell>): WeekPart {
  const byKind = new Map<Kind, number>();
  const byProduct = new Map<string, number>();
  const byIssue = new Map<IssueId, number>();
  const firstReplies = new Map<number, number>();
  const verdicts = { addressed: 0, said: 0 };
  for (const [product, its] of Map.groupBy(cells, ([name]) => name)) {
    const counts = its.map(([, one]) => one);
    for (const [kind, [n, addressed, notAddressed]] of sums(counts.map(({ kinds }) => kinds))) {
      if (n < SHOWN_FROM) continue;
      addTo(byKind, kind, n);
      addTo(byProduct, product, n);
      if (addressed + notAddressed < SHOWN_FROM) continue;
      verdicts.addressed += addressed;
      verdicts.said += addressed + notAddressed;
    }
    const linked = new Map<string, number>();
    for (const { issues } of counts) for (const [name, n] of Object.entries(issues)) addTo(linked, name, n);
    for (const [name, n] of linked) {
      if (n >= SHOWN_FROM) addTo(byIssue, name.slice(name.indexOf(" ") + 1) as IssueId, n);
    }
    const answered = counts.flatMap((one) => one.firstReplies);
    if (answered.reduce((sum, [, n]) => sum + n, 0) < SHOWN_FROM) continue;
    for (const [bucket, n] of answered) addTo(firstReplies, bucket, n);
  }
  return { week, byKind, byProduct, byIssue, firstReplies, ...verdicts };
}

/** All of them added up. */
function added<K>(all: readonly ReadonlyMap<K, number>[]): Map<K, number> {
  const sum = new Map<K, number>();
  for (const one of all) for (const [key, n] of one) addTo(sum, key, n);
  return sum;
}

/**
 * What weeks add up to.
 *
 * Every breakdown is a sum of base cells (one week, one product, one kind) of at least five notes each, all shards together. A smaller
 * cell is left out before anything is added up, whatever weeks and product were asked for; so all that any number of readings can be
 * taken apart into, by subtracting one from another, is those same cells. For the same reason owners' verdicts and links to known issues
 * count only inside a cell that is shown, and only from five; a share, a median and a slowest time are of groups of at least five, or null.
 * The caller asks for whole weeks that are over: within one, two readings would tell what came between them.
 *
 * The two totals are live and always of the whole company: narrowed to a product or a week they would be the very cell that is left out.
 */
export function insightsOf(totals: readonly Totals[], parts: readonly WeekPart[]): Insights {
  const said = parts.reduce((sum, part) => sum + part.said, 0);
  const addressed = parts.reduce((sum, part) => sum + part.addressed, 0);
  const weeks = parts.map(({ week, byKind }) => ({ week, n: [...byKind.values()].reduce((sum, n) => sum + n, 0) }));
  return {
    counted: totals.reduce((sum, { counted }) => sum + counted, 0),
    excluded: totals.reduce((sum, { excluded }) => sum + excluded, 0),
    byKind: ranked(added(parts.map(({ byKind }) => byKind))).map(([kind, n]) => ({ kind, n })),
    byProduct: ranked(added(parts.map(({ byProduct }) => byProduct))).map(([product, n]) => ({ product, n })),
    byWeek: weeks.filter(({ n }) => n > 0).toSorted((one, other) => one.week - other.week),
    knownIssues: ranked(added(parts.map(({ byIssue }) => byIssue))).map(([issue, n]) => ({ issue, n })),
    firstReplySeconds: firstReplySeconds(added(parts.map(({ firstReplies }) => firstReplies))),
    addressed: { share: said === 0 ? null : addressed / said, of: said },
  };
}
