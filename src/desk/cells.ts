// A desk shard's counts: what its threads add up to, by week and product, kept in step with them in the same transaction.
// A thread whose agreement does not permit counting is in none of them: it is only one of those that are left out.

import type { ProjectedThread } from "../domain/desk.ts";
import type { IssueId } from "../domain/ids.ts";
import {
  isEmpty,
  NO_COUNTS,
  weekOf,
  withThread,
  type CountedThread,
  type Counts,
  type Reading,
  type ShardCounts,
  type Totals,
} from "../domain/insights.ts";
import { random01 } from "../platform/random.ts";

/** Derived, like the threads it counts. `week` is a Monday, 00:00 UTC, in ms; `counts` the JSON of `Counts`: one row to read, not thirty. */
export const CELLS_SCHEMA = `
CREATE TABLE tally (
  counted INTEGER PRIMARY KEY,
  n INTEGER NOT NULL
) STRICT;
INSERT INTO tally VALUES (0, 0), (1, 0);
CREATE TABLE week_count (
  week INTEGER NOT NULL,
  product TEXT NOT NULL,
  counts TEXT NOT NULL,
  PRIMARY KEY (week, product)
) STRICT, WITHOUT ROWID;
`;

/** `stamp` is another number whenever anything of the week was counted anew: who has added it up asks whether that still holds. */
export const WEEK_STAMPS = `
CREATE TABLE week_stamp (
  week INTEGER PRIMARY KEY,
  stamp INTEGER NOT NULL
) STRICT;
INSERT INTO week_stamp SELECT DISTINCT week, 0 FROM week_count;
`;

/** A thread as the counts see it, with the known issue the desk linked it to. */
export const countedThread = (
  thread: Pick<ProjectedThread, "product" | "kind" | "counted" | "sentAt" | "firstReplyAt" | "verdict">,
  issue: IssueId | null,
): CountedThread => ({
  week: weekOf(thread.sentAt),
  product: thread.product.gtin ?? thread.product.name,
  kind: thread.kind,
  counted: thread.counted,
  firstReplySeconds:
    thread.firstReplyAt === null ? null : Math.max(0, Math.round((thread.firstReplyAt - thread.sentAt) / 1000)),
  verdict: thread.verdict,
  issue,
});

const FIELDS = ["week", "product", "kind", "counted", "firstReplySeconds", "verdict", "issue"] as const;
const same = (a: CountedThread, b: CountedThread): boolean => FIELDS.every((field) => a[field] === b[field]);

/** One thread more (`by` 1) or fewer (`by` -1). */
function add(sql: SqlStorage, thread: CountedThread, by: 1 | -1): void {
  const { week, product, counted } = thread;
  sql.exec("UPDATE tally SET n = n + ? WHERE counted = ?", by, Number(counted));
  if (!counted) return;
  const [row] = sql.exec<{ counts: string }>(
    "SELECT counts FROM week_count WHERE week = ? AND product = ?",
    week,
    product,
  );
  const counts = withThread(row ? (JSON.parse(row.counts) as Counts) : NO_COUNTS, thread, by);
  if (isEmpty(counts)) sql.exec("DELETE FROM week_count WHERE week = ? AND product = ?", week, product);
  else
    sql.exec(
      "INSERT INTO week_count VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET counts = excluded.counts",
      week,
      product,
      JSON.stringify(counts),
    );
  sql.exec("INSERT OR REPLACE INTO week_stamp VALUES (?, ?)", week, Math.floor(random01() * 2 ** 53));
}

/**
 * Keeps the counts in step with one thread: what it was (null: it was not here) and what it is (null: it is gone).
 * To be called inside the transaction that changes the thread, or its link to a known issue.
 */
export function count(sql: SqlStorage, before: CountedThread | null, after: CountedThread | null): void {
  if (before && after && same(before, after)) return;
  if (before) add(sql, before, -1);
  if (after) add(sql, after, 1);
}

const totals = (sql: SqlStorage): Totals => {
  const tally = new Map(sql.exec("SELECT counted, n FROM tally").raw<[counted: number, n: number]>());
  return { counted: tally.get(1) ?? 0, excluded: tally.get(0) ?? 0 };
};

export type WeekStamp = { readonly week: number; readonly stamp: number };

/** The totals, and the stamp of every week from `from` on and before `to`. */
export const weekStamps = (sql: SqlStorage, from: number, to: number): Totals & { stamps: WeekStamp[] } => ({
  ...totals(sql),
  stamps: [
    ...sql.exec<WeekStamp>("SELECT week, stamp FROM week_stamp WHERE week >= ? AND week < ? ORDER BY week", from, to),
  ],
});

/** These weeks' stamps and cells, as JSON: `[week, stamp, [[product, counts], …]]` each. Not suppressed yet. */
export const weekCells = (sql: SqlStorage, weeks: readonly number[]): string =>
  `[${[
    ...sql
      .exec(
        `SELECT '[' || week || ',' || stamp || ',[' || coalesce((SELECT group_concat('[' || json_quote(product) || ',' || counts || ']')
         FROM week_count WHERE week_count.week = week_stamp.week), '') || ']]' FROM week_stamp
         WHERE week IN (SELECT value FROM json_each(?))`,
        JSON.stringify(weeks),
      )
      .raw<[week: string]>(),
  ].join()}]`;

/** This shard's counts for a reading, as the JSON of `ShardCounts`. Not suppressed yet: that is for all shards together. */
export function readCounts(sql: SqlStorage, { from, to, product }: Reading): string {
  const { counted, excluded } = totals(sql);
  const cells = sql
    .exec(
      `SELECT '[' || week || ',' || json_quote(product) || ',' || counts || ']' FROM week_count
       WHERE week >= ? AND week < ?${product === null ? "" : " AND product = ?"}`,
      from,
      to,
      ...(product === null ? [] : [product]),
    )
    .raw<[cell: string]>();
  return `{"counted":${counted},"excluded":${excluded},"cells":[${[...cells].join()}]}`;
}

/** How many of the threads here that may be counted belong to each known issue now. Not suppressed yet. */
export const countedByIssue = (sql: SqlStorage): { issue: IssueId; n: number }[] => [
  ...sql.exec<{ issue: IssueId; n: number }>(
    `SELECT substr(key, instr(key, ' ') + 1) AS issue, sum(value) AS n
     FROM week_count, json_each(counts, '$.issues') GROUP BY issue`,
  ),
];

/** What a shard that nothing was ever told has, as the same JSON. */
export const EMPTY_SHARD: string = JSON.stringify({ counted: 0, excluded: 0, cells: [] } satisfies ShardCounts);
