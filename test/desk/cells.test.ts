// A desk's counts against a recount: whatever came, changed and went, they are those of the threads that are there.

import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { CELLS_SCHEMA, count, countedThread, readCounts, WEEK_STAMPS } from "../../src/desk/cells.ts";
import { bucketOf, WEEK_MS, type CountedThread, type ShardCounts } from "../../src/domain/insights.ts";

const MONDAY = Date.parse("2026-11-16T00:00:00Z");
const EVER = { from: 0, to: Number.MAX_SAFE_INTEGER, product: null };

const thread: fc.Arbitrary<CountedThread> = fc.record({
  week: fc.nat(1).map((n) => MONDAY + n * WEEK_MS),
  product: fc.constantFrom('A kettle, "the" big one\'s', "09524000000011"),
  kind: fc.constantFrom("problem", "idea"),
  counted: fc.boolean(),
  firstReplySeconds: fc.option(fc.nat(300)),
  verdict: fc.constantFrom("addressed", "not-addressed", null),
  issue: fc.constantFrom("issue_1", "issue_2", null),
});
/** What happens to the thread of a number: it is as this from then on, or gone. */
const change = fc.tuple(fc.nat(7), fc.option(thread));

const tally = (of: readonly unknown[]): [string, number][] =>
  [...Map.groupBy(of, String)].map(([name, all]): [string, number] => [name, all.length]);

/** The counts of these threads, counted anew. */
function recount(all: readonly CountedThread[]): ShardCounts {
  const counted = all.filter((one) => one.counted);
  const groups = Map.groupBy(counted, ({ week, product }) => JSON.stringify([week, product]));
  return {
    counted: counted.length,
    excluded: all.length - counted.length,
    cells: [...groups]
      .map(([, group]): ShardCounts["cells"][number] => {
        const said = (kind: string, verdict: string) =>
          group.filter((one) => one.kind === kind && one.verdict === verdict).length;
        const answered = group.flatMap(({ firstReplySeconds }) =>
          firstReplySeconds === null ? [] : [bucketOf(firstReplySeconds)],
        );
        return [
          group[0]!.week,
          group[0]!.product,
          {
            kinds: Object.fromEntries(
              tally(group.map(({ kind }) => kind)).map(([kind, n]) => [
                kind,
                [n, said(kind, "addressed"), said(kind, "not-addressed")],
              ]),
            ),
            issues: Object.fromEntries(
              tally(group.flatMap(({ kind, issue }) => (issue === null ? [] : [`${kind} ${issue}`]))),
            ),
            firstReplies: tally(answered)
              .map(([bucket, n]): [number, number] => [Number(bucket), n])
              .toSorted(([a], [b]) => a - b),
          },
        ];
      })
      .toSorted(([week, product], [other, its]) => week - other || (product < its ? -1 : 1)),
  };
}

const inTables = (story: (sql: SqlStorage) => void): Promise<void> =>
  runInDurableObject(env.TENURE.getByName(crypto.randomUUID()) as DurableObjectStub, (_, { storage }) => {
    story(storage.sql);
  });

test("after any changes the counts are those of the threads that are there, and of nothing else", () =>
  inTables((sql) => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        for (const table of ["tally", "week_count", "week_stamp"]) sql.exec(`DROP TABLE IF EXISTS ${table}`);
        sql.exec(CELLS_SCHEMA + WEEK_STAMPS);
        const there = new Map<number, CountedThread>();
        for (const [number, after] of changes) {
          count(sql, there.get(number) ?? null, after);
          if (after) there.set(number, after);
          else there.delete(number);
        }
        const found = JSON.parse(readCounts(sql, EVER)) as ShardCounts;
        expect(found).toEqual(recount([...there.values()]));
      }),
      { numRuns: 60 },
    );
  }));

test("a reading has its weeks and its product, and the totals of all", () =>
  inTables((sql) => {
    sql.exec(CELLS_SCHEMA + WEEK_STAMPS);
    const one: CountedThread = {
      week: MONDAY,
      product: "A kettle",
      kind: "problem",
      counted: true,
      firstReplySeconds: 60,
      verdict: null,
      issue: "issue_1",
    };
    const all = [
      one,
      { ...one, week: MONDAY + WEEK_MS },
      { ...one, product: "A pot" },
      { ...one, counted: false },
      { ...one, counted: false, product: "A pot" },
    ];
    for (const after of all) count(sql, null, after);
    const read = JSON.parse(
      readCounts(sql, { from: MONDAY, to: MONDAY + WEEK_MS, product: "A kettle" }),
    ) as ShardCounts;
    expect(read).toEqual({
      counted: 3,
      excluded: 2,
      cells: [
        [
          MONDAY,
          "A kettle",
          { kinds: { problem: [1, 0, 0] }, issues: { "problem issue_1": 1 }, firstReplies: [[bucketOf(60), 1]] },
        ],
      ],
    });
  }));

test("a thread is counted in the week it was sent, under its GTIN, or its name where it has none", () => {
  const sentAt = MONDAY + 3_600_000;
  const told = {
    product: { name: "A kettle", model: null, gtin: null },
    kind: "problem",
    counted: true,
    sentAt,
    firstReplyAt: sentAt + 90_499,
    verdict: null,
  } as const;
  expect(countedThread(told, null)).toMatchObject({ week: MONDAY, product: "A kettle", firstReplySeconds: 90 });
  expect(countedThread({ ...told, product: { ...told.product, gtin: "09524000000011" } }, "issue_1")).toMatchObject({
    product: "09524000000011",
    issue: "issue_1",
  });
  expect(countedThread({ ...told, firstReplyAt: null }, null).firstReplySeconds).toBeNull();
});
