// What no two readings of a company's numbers may tell: anything of a cell of fewer than five notes.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { IssueId } from "../../src/domain/ids.ts";
import {
  bucketOf,
  insightsOf,
  NO_COUNTS,
  secondsOf,
  SHOWN_FROM,
  WEEK_MS,
  weekOf,
  weekParts,
  withThread,
  type CountedThread,
  type Insights,
  type ShardCounts,
} from "../../src/domain/insights.ts";
import type { Kind } from "../../src/domain/note.ts";

const MONDAY = Date.parse("2026-11-16T00:00:00Z");
const issueId = (n: number): IssueId => `issue_${n}`;

type Thread = Omit<CountedThread, "counted"> & { readonly shard: number };

const thread: fc.Arbitrary<Thread> = fc.record({
  shard: fc.nat(2),
  week: fc.nat(2).map((n) => MONDAY + n * WEEK_MS),
  product: fc.constantFrom("A kettle", "09524000000011"),
  kind: fc.constantFrom<Kind>("problem", "idea"),
  verdict: fc.constantFrom("addressed", "not-addressed", null),
  issue: fc.constantFrom(issueId(1), null),
  firstReplySeconds: fc.option(fc.nat(100_000)),
});
const threads = fc.array(thread, { minLength: 20, maxLength: 90 });

type Reading = { readonly from: number; readonly to: number; readonly product: string | null };
const reading: fc.Arbitrary<Reading> = fc.record({
  from: fc.nat(3),
  to: fc.nat(3),
  product: fc.constantFrom("A kettle", "09524000000011", null),
});
const covers = ({ from, to, product }: Reading, { week, product: its }: Pick<Thread, "week" | "product">): boolean => {
  const n = (week - MONDAY) / WEEK_MS;
  return n >= from && n < to && (product === null || product === its);
};

/** What three shards with these threads would answer. They count one by one: the shards' sums are made by what is tested. */
function shardsOf(all: readonly Thread[], asked: Reading): ShardCounts[] {
  return [0, 1, 2].map((shard) => {
    const here = all.filter((one) => one.shard === shard && covers(asked, one));
    return {
      counted: all.filter((one) => one.shard === shard).length,
      excluded: 1,
      cells: here.map((one) => [one.week, one.product, withThread(NO_COUNTS, { ...one, counted: true }, 1)]),
    };
  });
}
const read = (all: readonly Thread[], asked: Reading): Insights => {
  const shards = shardsOf(all, asked);
  return insightsOf(shards, weekParts(shards));
};

const cellOf = ({ week, product, kind }: Thread): string => `${week} ${product} ${kind}`;
const cellsOf = (all: readonly Thread[]): Map<string, Thread[]> => Map.groupBy(all, cellOf);
const total = (items: readonly { readonly n: number }[]): number => items.reduce((sum, { n }) => sum + n, 0);
/** Every count of a breakdown, by what it is of. */
const counts = (insights: Insights): Map<string, number> =>
  new Map([
    ...insights.byKind.map(({ kind, n }) => [`kind ${kind}`, n] as const),
    ...insights.byProduct.map(({ product, n }) => [`product ${product}`, n] as const),
    ...insights.byWeek.map(({ week, n }) => [`week ${week}`, n] as const),
    ...insights.knownIssues.map(({ issue, n }) => [`issue ${issue}`, n] as const),
    ["all", total(insights.byKind)],
    ["said", insights.addressed.of],
  ]);
const isWithin = (inner: Reading, outer: Reading): boolean =>
  inner.from >= outer.from && inner.to <= outer.to && (outer.product === null || outer.product === inner.product);

describe("no two readings can be subtracted", () => {
  test("one reading taken from a wider one leaves nothing, or five and more, in every number", () => {
    fc.assert(
      fc.property(threads, reading, reading, (all, inner, outer) => {
        fc.pre(isWithin(inner, outer));
        const [less, more] = [counts(read(all, inner)), counts(read(all, outer))];
        for (const [name, n] of more) {
          const rest = n - (less.get(name) ?? 0);
          expect(rest === 0 || rest >= SHOWN_FROM, `${name}: ${rest}`).toBe(true);
        }
        for (const [name, n] of less) expect(more.get(name) ?? 0, name).toBeGreaterThanOrEqual(n);
      }),
      { numRuns: 500 },
    );
  });

  test("worlds that differ only in cells of fewer than five give the same breakdowns, whatever is asked", () => {
    fc.assert(
      fc.property(threads, reading, (all, asked) => {
        const shown = [...cellsOf(all).values()].filter((cell) => cell.length >= SHOWN_FROM).flat();
        const { byKind, byProduct, byWeek, knownIssues, addressed } = read(all, asked);
        const without = read(shown, asked);
        expect({ byKind, byProduct, byWeek, knownIssues, addressed }).toEqual({
          byKind: without.byKind,
          byProduct: without.byProduct,
          byWeek: without.byWeek,
          knownIssues: without.knownIssues,
          addressed: without.addressed,
        });
      }),
      { numRuns: 500 },
    );
  });

  test("one number is never more than another that it is a part of: none tells of a cell that the other leaves out", () => {
    fc.assert(
      fc.property(threads, reading, (all, asked) => {
        const { byKind, byProduct, byWeek, knownIssues, addressed } = read(all, asked);
        expect([total(byProduct), total(byWeek)]).toEqual([total(byKind), total(byKind)]);
        expect(total(knownIssues)).toBeLessThanOrEqual(total(byKind));
        expect(addressed.of).toBeLessThanOrEqual(total(byKind));
      }),
    );
  });

  test("what is shown is what is there: cells of five and more, all shards together", () => {
    fc.assert(
      fc.property(threads, reading, (all, asked) => {
        const shown = [...cellsOf(all.filter((one) => covers(asked, one))).values()]
          .filter((cell) => cell.length >= SHOWN_FROM)
          .flat();
        const found = read(all, asked);
        for (const { kind, n } of found.byKind) expect(n).toBe(shown.filter((one) => one.kind === kind).length);
        expect(total(found.byKind)).toBe(shown.length);
        expect([found.counted, found.excluded]).toEqual([all.length, 3]);
      }),
    );
  });
});

const some = (n: number, more: Partial<Thread> = {}): Thread[] =>
  Array.from({ length: n }, (_, i) => ({
    shard: i % 3,
    week: MONDAY,
    product: "A kettle",
    kind: "problem",
    verdict: null,
    issue: null,
    firstReplySeconds: null,
    ...more,
  }));
const ALL: Reading = { from: 0, to: 9, product: null };

test("four notes are nothing, five are five, wherever the shards have them", () => {
  expect(read(some(4), ALL)).toMatchObject({ counted: 4, byKind: [], byProduct: [], byWeek: [] });
  expect(read(some(5), ALL)).toMatchObject({
    counted: 5,
    byKind: [{ kind: "problem", n: 5 }],
    byProduct: [{ product: "A kettle", n: 5 }],
    byWeek: [{ week: MONDAY, n: 5 }],
  });
});

test("a known issue of six, five of whose notes are in a cell that is shown, does not tell of the sixth", () => {
  const all = [...some(5, { issue: issueId(1) }), ...some(1, { issue: issueId(1), kind: "idea" })];
  expect(read(all, ALL).knownIssues).toEqual([{ issue: issueId(1), n: 5 }]);
});

test("a share needs five notes whose owners said something", () => {
  const four = [...some(3, { verdict: "addressed" }), ...some(1, { verdict: "not-addressed" }), ...some(6)];
  expect(read(four, ALL).addressed).toEqual({ share: null, of: 0 });
  expect(read([...four, ...some(1, { verdict: "addressed" })], ALL).addressed).toEqual({ share: 0.8, of: 5 });
});

describe("how long first answers took", () => {
  test("needs five answers", () => {
    expect(read(some(4, { firstReplySeconds: 60 }), ALL).firstReplySeconds).toEqual({
      p50: null,
      p90: null,
      slowest: null,
    });
    expect(read(some(5, { firstReplySeconds: 60 }), ALL).firstReplySeconds.p50).not.toBeNull();
  });

  test("is right within three percent of the true quantiles", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 20, max: 10_000_000 }), { minLength: 5, maxLength: 60 }), (times) => {
        const all = times.map((seconds, i) => ({ ...some(1)[0]!, shard: i % 3, firstReplySeconds: seconds }));
        const sorted = times.toSorted((a, b) => a - b);
        const { p50, p90, slowest } = read(all, ALL).firstReplySeconds;
        for (const [part, found] of [
          [0.5, p50],
          [0.9, p90],
          [1, slowest],
        ] as const) {
          const exact = sorted[Math.ceil(part * sorted.length) - 1]!;
          expect(Math.abs(found! - exact), `${part} of ${times.length}`).toBeLessThanOrEqual(exact * 0.03 + 0.5);
        }
      }),
    );
  });

  test("is never of a class below zero, nor lost for being at once", () => {
    expect([bucketOf(0), bucketOf(1), secondsOf(0)]).toEqual([0, 0, 1]);
  });
});

test("a week begins on Monday, 00:00 UTC", () => {
  expect(weekOf(MONDAY)).toBe(MONDAY);
  expect(weekOf(MONDAY - 1)).toBe(MONDAY - WEEK_MS);
  expect(weekOf(Date.parse("2026-11-22T23:59:59.999Z"))).toBe(MONDAY);
  expect(weekOf(0)).toBe(Date.parse("1969-12-29T00:00:00Z"));
});
