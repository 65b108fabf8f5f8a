// The names from which webhook secrets are derived: each endpoint's, and the inbound door's. Holds names and times, never a secret.

import type { EndpointId } from "../domain/ids.ts";

export const MAX_LIVE_KEYS = 3;

/** Whose keys: an endpoint's or the inbound door's. */
export type KeyOwner = EndpointId | "inbound";

/** A live key. `endsAt` null: until it is rotated. Times in ms. */
export type WebhookKey = { readonly name: string; readonly createdAt: number; readonly endsAt: number | null };

type Row = { seq: number; name: string; created_at: number; ends_at: number | null };

export class WebhookKeys {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  #live(owner: KeyOwner, now: number): Row[] {
    return [
      ...this.#sql.exec<Row>(
        "SELECT seq, name, created_at, ends_at FROM webhook_key WHERE owner = ? AND (ends_at IS NULL OR ends_at > ?) ORDER BY seq DESC",
        owner,
        now,
      ),
    ];
  }

  /** Newest first. */
  live(owner: KeyOwner, now: number): WebhookKey[] {
    return this.#live(owner, now).map((row) => ({ name: row.name, createdAt: row.created_at, endsAt: row.ends_at }));
  }

  /** Puts `name` in front; the others end `overlapMs` from now at the latest, and the oldest at once when there are too many. */
  rotate(owner: KeyOwner, name: string, overlapMs: number, now: number): { previousUntil: number } {
    const previousUntil = now + overlapMs;
    const staying = overlapMs > 0 ? this.#live(owner, now).slice(0, MAX_LIVE_KEYS - 1) : [];
    this.clear(owner);
    for (const row of staying) {
      this.#sql.exec(
        "INSERT INTO webhook_key (seq, owner, name, created_at, ends_at) VALUES (?, ?, ?, ?, ?)",
        row.seq,
        owner,
        row.name,
        row.created_at,
        Math.min(row.ends_at ?? previousUntil, previousUntil),
      );
    }
    this.#sql.exec("INSERT INTO webhook_key (owner, name, created_at) VALUES (?, ?, ?)", owner, name, now);
    return { previousUntil };
  }

  /** Ends every key at once: their secrets can't be derived again. */
  clear(owner: KeyOwner): void {
    this.#sql.exec("DELETE FROM webhook_key WHERE owner = ?", owner);
  }
}
