// The maker's feed: which events there were, in the order they came. Bodies are rendered when it is read, after what is permitted then;
// only the wordless signals of a tenure that is gone are kept as they were.

import type { FeedEntry, Signal } from "../domain/exchange.ts";
import type { EventId, TwinId } from "../domain/ids.ts";

/** `body` is the JSON text of a signal whose tenure is gone; null for a living tenure's event. */
export type FeedRow = {
  readonly seq: number;
  readonly twin: TwinId;
  readonly event: EventId;
  readonly body: string | null;
};

export class Feed {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Adds events; one that is there already stays where it is. */
  append(entries: readonly FeedEntry[]): void {
    for (const entry of entries) {
      this.#sql.exec("INSERT OR IGNORE INTO feed (twin, event) VALUES (?, ?)", entry.twin, entry.event);
    }
  }

  /** A tenure is gone: its signals stay with their bodies, its other events can't be rendered any more and leave. */
  outlive(twin: TwinId, signals: readonly Signal[], bodyOf: (signal: Signal) => string): void {
    for (const signal of signals) {
      this.#sql.exec(
        "INSERT INTO feed (twin, event, body) VALUES (?, ?, ?) ON CONFLICT (event) DO UPDATE SET body = excluded.body",
        twin,
        signal.event,
        bodyOf(signal),
      );
    }
    this.#sql.exec("DELETE FROM feed WHERE twin = ? AND body IS NULL", twin);
  }

  /** Oldest first, those after the position `after`. */
  page(after: number, limit: number): FeedRow[] {
    return [
      ...this.#sql.exec<{ seq: number; twin: TwinId; event: EventId; body: string | null }>(
        "SELECT seq, twin, event, body FROM feed WHERE seq > ? ORDER BY seq LIMIT ?",
        after,
        limit,
      ),
    ];
  }
}
