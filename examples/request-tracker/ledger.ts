// What the bridge must not forget: events that are not in Request Tracker yet, which ticket is which thread, which answers have gone out.
// One SQLite file. An event's words leave it as soon as the ticket has them.

import { DatabaseSync } from "node:sqlite";
import type { Event } from "./events.ts";

export type Waiting = { readonly id: string; readonly event: Event; readonly tried: boolean };

export class Ledger {
  readonly #db: DatabaseSync;

  constructor(path: string) {
    this.#db = new DatabaseSync(path);
    this.#db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA secure_delete = ON;
      CREATE TABLE IF NOT EXISTS event (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT, tried INTEGER NOT NULL DEFAULT 0) STRICT;
      CREATE INDEX IF NOT EXISTS event_waiting ON event (seq) WHERE body IS NOT NULL;
      CREATE TABLE IF NOT EXISTS ticket (thread TEXT PRIMARY KEY, id INTEGER NOT NULL UNIQUE) STRICT;
      CREATE TABLE IF NOT EXISTS answer (transaction_id INTEGER PRIMARY KEY) STRICT;
      CREATE TABLE IF NOT EXISTS looked (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT;
    `);
  }

  /** Keeps an event for the work to come. One that came before changes nothing: delivery is at least once. */
  keep(id: string, body: string): void {
    this.#db.prepare("INSERT OR IGNORE INTO event (id, body) VALUES (?, ?)").run(id, body);
  }

  /** The oldest event that Request Tracker doesn't have. `tried`: work on it began, and may have been done. */
  next(): Waiting | null {
    const row = this.#db
      .prepare("SELECT id, body, tried FROM event WHERE body IS NOT NULL ORDER BY seq LIMIT 1")
      .get() as { id: string; body: string; tried: number } | undefined;
    return row ? { id: row.id, event: JSON.parse(row.body) as Event, tried: row.tried === 1 } : null;
  }

  begun(id: string): void {
    this.#db.prepare("UPDATE event SET tried = 1 WHERE id = ?").run(id);
  }

  done(id: string): void {
    this.#db.prepare("UPDATE event SET body = NULL WHERE id = ?").run(id);
  }

  ticketOf(thread: string): number | null {
    const row = this.#db.prepare("SELECT id FROM ticket WHERE thread = ?").get(thread) as { id: number } | undefined;
    return row?.id ?? null;
  }

  threadOf(ticket: number): string | null {
    const row = this.#db.prepare("SELECT thread FROM ticket WHERE id = ?").get(ticket) as
      | { thread: string }
      | undefined;
    return row?.thread ?? null;
  }

  /** Every ticket of a twin. */
  ticketsOf(twin: string): number[] {
    const rows = this.#db
      .prepare("SELECT id FROM ticket WHERE substr(thread, 1, ?) = ?")
      .all(twin.length + 1, `${twin}/`);
    return (rows as { id: number }[]).map(({ id }) => id);
  }

  bind(thread: string, ticket: number): void {
    this.#db.prepare("INSERT OR IGNORE INTO ticket (thread, id) VALUES (?, ?)").run(thread, ticket);
  }

  isAnswered(transaction: number): boolean {
    return this.#db.prepare("SELECT 1 FROM answer WHERE transaction_id = ?").get(transaction) !== undefined;
  }

  answered(transaction: number): void {
    this.#db.prepare("INSERT OR IGNORE INTO answer (transaction_id) VALUES (?)").run(transaction);
  }

  /** Up to which transaction Request Tracker was asked; null before the first time. */
  lookedUpTo(): number | null {
    const row = this.#db.prepare("SELECT at FROM looked").get() as { at: number } | undefined;
    return row?.at ?? null;
  }

  looked(upTo: number): void {
    this.#db
      .prepare("INSERT INTO looked (id, at) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at")
      .run(upTo);
  }
}
