// Which threads of a shard are asked for, newest change first. Always walks an index in the order of the answer, and stops when the page is full.

import type { DeskThread, ThreadFilter } from "../domain/desk.ts";
import { matchFor } from "./searching.ts";
import { deskThread, type ThreadRow } from "./threads.ts";

/** Threads whose place is `upTo` or lower. */
export function threadsUpTo(sql: SqlStorage, filter: ThreadFilter, upTo: number, limit: number): DeskThread[] {
  const where: string[] = [];
  const values: (string | number)[] = [];
  const given = (condition: string, ...bound: (string | number)[]): void => {
    where.push(condition);
    values.push(...bound);
  };
  const { words, label, state, product, kind, wants, verdict, assignee, issue } = filter;
  // CROSS JOIN keeps SQLite to this order: the first table is the one that is walked.
  let from = "thread INDEXED BY thread_inbox";
  let rank = "thread.rank";
  if (words !== undefined) {
    const match = matchFor(sql, words);
    if (match === null) return [];
    from = "words CROSS JOIN thread INDEXED BY thread_inbox ON thread.rank = words.rowid";
    rank = "words.rowid";
    given("words MATCH ?", match);
    if (label !== undefined)
      given("EXISTS (SELECT 1 FROM labelled WHERE label = ? AND labelled.rank = thread.rank)", label);
  } else if (label !== undefined) {
    from = "labelled CROSS JOIN thread INDEXED BY thread_inbox ON thread.rank = labelled.rank";
    rank = "labelled.rank";
    given("label = ?", label);
  }
  given(`${rank} <= ?`, upTo);
  if (state !== undefined) given("state = ?", state);
  if (kind !== undefined) given("kind = ?", kind);
  if (wants !== undefined) given("wants = ?", wants);
  if (verdict !== undefined) given("verdict = ?", verdict);
  if (assignee === "none") given("assignee IS NULL");
  else if (assignee !== undefined) given("assignee = ?", assignee);
  if (issue !== undefined) given("issue = ?", issue);
  if (product !== undefined) given("(gtin = ? OR product = ? OR model = ?)", product, product, product);
  const found = sql.exec<ThreadRow>(
    `SELECT thread.* FROM (SELECT ${rank} AS place FROM ${from} WHERE ${where.join(" AND ")} ORDER BY ${rank} DESC LIMIT ?) AS page
     CROSS JOIN thread ON thread.rank = page.place ORDER BY page.place DESC`,
    ...values,
    limit,
  );
  return [...found].map((row) => deskThread(sql, row));
}
