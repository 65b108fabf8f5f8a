// Which items of this product are claimed, and by which twin. Never shown to a maker.

import type { TwinId } from "../domain/ids.ts";

export class ClaimedItems {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** One row an item: the next owner's twin takes the place of the last one's. */
  put(item: string, twin: TwinId, now: number): void {
    this.#sql.exec("INSERT OR REPLACE INTO claimed_item (item, twin, claimed_at) VALUES (?, ?, ?)", item, twin, now);
  }

  /** Whose a claimed item is now; null while it is not claimed. */
  twinOf(item: string): TwinId | null {
    return [...this.#sql.exec<{ twin: TwinId }>("SELECT twin FROM claimed_item WHERE item = ?", item)][0]?.twin ?? null;
  }
}
