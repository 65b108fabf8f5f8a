// Which threads of a shard are asked for, a page at a time. The newest first is always a walk of an index that stops when the page is full; the
// longest wait first sorts the few that match, or walks its own order past what does not.

import type { DeskThread, ThreadFilter, WaitingPlace } from "../domain/desk.ts";
import { matchOf } from "./marks.ts";
import { deskThread, type ThreadRow } from "./threads.ts";

/** Threads whose place is `upTo` or lower, newest change first. */
export function threadsUpTo(sql: SqlStorage, filter: ThreadFilter, upTo: number, limit: number): DeskThread[] {
  const match = matchOf(sql, filter);
  if (match === null) return [];
  const found =
    match === ""
      ? sql.exec<ThreadRow>("SELECT * FROM thread WHERE rank <= ? ORDER BY rank DESC LIMIT ?", upTo, limit)
      : // The index begins at the page only for a whole number, which a bound one is not.
        sql.exec<ThreadRow>(
          `SELECT thread.* FROM words CROSS JOIN thread ON thread.rank = words.rowid
           WHERE words MATCH ? AND words.rowid <= CAST(? AS INTEGER) ORDER BY words.rowid DESC LIMIT ?`,
          match,
          upTo,
          limit,
        );
  return [...found].map((row) => deskThread(sql, row));
}

/** Up to so many threads are sorted; for more of them the order's own index is walked, past whatever else waits. */
const SORTED = 500;

/** Open threads that come after a place in the order of when their notes were sent, the first sent first. */
export function waitingAfter(
  sql: SqlStorage,
  filter: ThreadFilter,
  { sentAt, note }: WaitingPlace,
  limit: number,
): DeskThread[] {
  const match = matchOf(sql, filter);
  if (match === null) return [];
  const after = "state = 'open' AND (sent_at, note) > (?, ?)";
  const sorted = "ORDER BY sent_at, note LIMIT ?";
  const walked = `SELECT * FROM thread INDEXED BY thread_waiting WHERE ${after}`;
  const matching = "SELECT rowid FROM words WHERE words MATCH ?";
  const threads = (query: string, ...bound: readonly (string | number)[]): DeskThread[] =>
    [...sql.exec<ThreadRow>(query, ...bound)].map((row) => deskThread(sql, row));

  const isAll = Object.entries(filter).every(([name, value]) => name === "state" || value === undefined);
  if (isAll) return threads(`${walked} ${sorted}`, sentAt, note, limit);
  const isFew = [...sql.exec(`${matching} LIMIT ?`, match, SORTED + 1)].length <= SORTED;
  if (!isFew) return threads(`${walked} AND rank IN (${matching}) ${sorted}`, sentAt, note, match, limit);
  const few = "SELECT thread.* FROM words CROSS JOIN thread ON thread.rank = words.rowid WHERE words MATCH ?";
  return threads(`${few} AND ${after} ${sorted}`, match, sentAt, note, limit);
}
