// The owners' times with this item: who came when, and what is still needed to open the newest.

import type { TwinId } from "../domain/ids.ts";
import type { Opening } from "../tenure/tenure.ts";

/** Takes the first tenure; false when the item was taken before, whatever became of it since. */
export function takeFirst(sql: SqlStorage, opening: Opening): boolean {
  const row = sql.exec(
    "INSERT INTO tenure (number, twin, opening, created_at) VALUES (0, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING number",
    opening.twin,
    JSON.stringify(opening),
    opening.createdAt,
  );
  return [...row].length === 1;
}

/** Tenures whose object has not been opened yet: a crash came between. */
export const unopened = (sql: SqlStorage): Opening[] =>
  [...sql.exec<{ opening: string }>("SELECT opening FROM tenure WHERE opening IS NOT NULL")].map(
    (row) => JSON.parse(row.opening) as Opening,
  );

/** Opened: the hashes it was opened with are no longer needed here. */
export const opened = (sql: SqlStorage, twin: TwinId): void => {
  sql.exec("UPDATE tenure SET opening = NULL WHERE twin = ?", twin);
};

export const markErased = (sql: SqlStorage, twin: TwinId, now: number): void => {
  sql.exec("UPDATE tenure SET erased_at = ? WHERE twin = ? AND erased_at IS NULL", now, twin);
};
