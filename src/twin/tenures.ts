// The owners' times with this item: who came when, and what is still needed to open the newest.

import type { TwinId } from "../domain/ids.ts";
import type { Opening } from "../tenure/tenure.ts";

/** Takes the first tenure; false when the item was taken before, whatever became of it since. */
export function takeFirst(sql: SqlStorage, opening: Opening): boolean {
  if (sql.exec("SELECT 1 FROM tenure").toArray().length > 0) return false;
  takeNext(sql, opening);
  return true;
}

/** Takes the tenure after the last one. */
export function takeNext(sql: SqlStorage, opening: Opening): void {
  sql.exec(
    "INSERT INTO tenure (number, twin, labelled, opening, created_at) VALUES (?, ?, ?, ?, ?)",
    opening.tenure,
    opening.twin,
    opening.proof === "label" ? 1 : 0,
    JSON.stringify(opening),
    opening.createdAt,
  );
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

/** The newest tenure, whether or not its object is open yet or it was erased since; null before there is one. */
export const newestTenure = (sql: SqlStorage): { readonly number: number; readonly twin: TwinId } | null =>
  [...sql.exec<{ number: number; twin: TwinId }>("SELECT number, twin FROM tenure ORDER BY number DESC LIMIT 1")][0] ??
  null;

/** Tenures whose time is over, and that have not said yet that they are gone. */
export const lingering = (sql: SqlStorage): TwinId[] =>
  [
    ...sql.exec<{ twin: TwinId }>(
      "SELECT twin FROM tenure WHERE erased_at IS NULL AND number < (SELECT max(number) FROM tenure)",
    ),
  ].map(({ twin }) => twin);

/** Whose the item is now; null while nobody's tenure of it is open. */
export const presentTenure = (sql: SqlStorage): TwinId | null =>
  [
    ...sql.exec<{ twin: TwinId }>(
      "SELECT twin FROM tenure WHERE opening IS NULL AND erased_at IS NULL AND number = (SELECT max(number) FROM tenure)",
    ),
  ][0]?.twin ?? null;

/** What must be known of an erased tenure: that the item is taken. */
export type Taken = { readonly number: number; readonly labelled: boolean; readonly createdAt: number };

export function takenBy(sql: SqlStorage, twin: TwinId): Taken | null {
  const row = [
    ...sql.exec<{ number: number; labelled: number; created_at: number }>(
      "SELECT number, labelled, created_at FROM tenure WHERE twin = ?",
      twin,
    ),
  ][0];
  return row ? { number: row.number, labelled: row.labelled === 1, createdAt: row.created_at } : null;
}

export const markErased = (
  sql: SqlStorage,
  twin: TwinId,
  { number, labelled, createdAt }: Taken,
  now: number,
): void => {
  sql.exec(
    "INSERT OR REPLACE INTO tenure (number, twin, labelled, created_at, erased_at) VALUES (?, ?, ?, ?, ?)",
    number,
    twin,
    labelled ? 1 : 0,
    createdAt,
    now,
  );
};
