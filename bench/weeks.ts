// Spreads what desks keep over the year before, while their server is stopped: no owner can send a note last week. What a desk counts is
// counted again by the product's own rules.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Counts, NO_COUNTS, WEEK_MS, weekOf, withThread } from "../src/domain/insights.ts";
import type { IssueId } from "../src/domain/ids.ts";
import type { Kind } from "../src/domain/note.ts";
import type { Verdict } from "../src/domain/thread.ts";

const WEEKS = 52;
/** The higher, the more of all is in the last weeks. */
const LATELY = 5;
const SLOWEST_REPLY_MS = 200 * 3_600_000;
/** Its multiples lie evenly between whole numbers. */
const GOLDEN = 0.618_033_988_749_895;

type Row = {
  rank: number;
  product: string;
  kind: Kind;
  sent_at: number;
  first_reply_at: number | null;
  verdict: Verdict | null;
  issue: IssueId | null;
};

function spread(file: string): void {
  const desk = new DatabaseSync(file);
  // Of a shard that has no thread there may be an empty file.
  if (desk.prepare("SELECT 1 FROM sqlite_master WHERE name = 'thread'").get() === undefined) return desk.close();
  const rows = desk
    .prepare(
      `SELECT rank, coalesce(gtin, product) AS product, kind, sent_at, first_reply_at, verdict, issue FROM thread
       WHERE counted = 1 ORDER BY rank`,
    )
    .all() as Row[];
  const cells = new Map<string, { week: number; product: string; counts: Counts }>();
  const move = desk.prepare("UPDATE thread SET sent_at = ?, first_reply_at = ? WHERE rank = ?");
  desk.exec("BEGIN");
  for (const [n, { rank, product, kind, sent_at, first_reply_at, verdict, issue }] of rows.entries()) {
    const part = (n * GOLDEN) % 1;
    const sentAt = sent_at - (1 + Math.floor(WEEKS * part ** LATELY)) * WEEK_MS;
    // Two of three have an answer.
    const answeredAt = first_reply_at ?? (n % 3 === 0 ? null : sentAt + Math.round(SLOWEST_REPLY_MS * part));
    move.run(sentAt, answeredAt, rank);
    const week = weekOf(sentAt);
    const cell = cells.get(`${week} ${product}`) ?? { week, product, counts: NO_COUNTS };
    const firstReplySeconds = answeredAt === null ? null : Math.round((answeredAt - sentAt) / 1_000);
    const thread = { week, product, kind, counted: true, firstReplySeconds, verdict, issue };
    cells.set(`${week} ${product}`, { ...cell, counts: withThread(cell.counts, thread, 1) });
  }
  desk.exec("DELETE FROM week_count");
  const put = desk.prepare("INSERT INTO week_count VALUES (?, ?, ?)");
  for (const { week, product, counts } of cells.values()) put.run(week, product, JSON.stringify(counts));
  desk.exec("DELETE FROM week_stamp; INSERT INTO week_stamp SELECT DISTINCT week, 1 FROM week_count");
  desk.exec("COMMIT");
  desk.close();
}

/** Moves all that may be counted, of every company of a server that is stopped. */
export function spreadOverTheYear(dataDir: string): void {
  for (const name of readdirSync(dataDir, { recursive: true, encoding: "utf8" }))
    if (/(^|\/)Desk\/[^/]*\.sqlite$/.test(name)) spread(join(dataDir, name));
}
