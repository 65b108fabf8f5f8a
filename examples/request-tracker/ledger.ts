// What the bridge must not forget: events that are not in Request Tracker yet, which ticket is which thread, which answers have gone out.
// One SQLite file. An event's words leave it as soon as the ticket has them, or the owner took them back.

import { DatabaseSync } from "node:sqlite";
import { isEnding, threadIn, type Event } from "./events.ts";

export type Waiting = { readonly id: string; readonly event: Event; readonly tried: boolean };

export type Aside = { readonly id: string; readonly type: string; readonly why: string };

export class Ledger {
  readonly #db: DatabaseSync;

  constructor(path: string) {
    this.#db = new DatabaseSync(path);
    // A write-ahead log would keep words that have left the tables.
    this.#db.exec(`
      PRAGMA journal_mode = TRUNCATE;
      PRAGMA synchronous = FULL;
      PRAGMA secure_delete = ON;
      CREATE TABLE IF NOT EXISTS event (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT, tried INTEGER NOT NULL DEFAULT 0) STRICT;
      CREATE INDEX IF NOT EXISTS event_waiting ON event (seq) WHERE body IS NOT NULL;
      CREATE TABLE IF NOT EXISTS ticket (thread TEXT PRIMARY KEY, id INTEGER NOT NULL UNIQUE) STRICT;
      CREATE TABLE IF NOT EXISTS aside (event TEXT PRIMARY KEY, why TEXT NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS ending (event TEXT NOT NULL, ticket INTEGER NOT NULL, done INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (event, ticket)) STRICT;
      CREATE TABLE IF NOT EXISTS ended (ticket INTEGER PRIMARY KEY) STRICT;
      CREATE TABLE IF NOT EXISTS answer (transaction_id INTEGER PRIMARY KEY) STRICT;
      CREATE TABLE IF NOT EXISTS looked (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT;
    `);
  }

  /** Keeps an event for the work to come. One that came before changes nothing: delivery is at least once. */
  keep(id: string, body: string): void {
    this.#db.prepare("INSERT OR IGNORE INTO event (id, body) VALUES (?, ?)").run(id, body);
  }

  /** The oldest event that Request Tracker doesn't have and that is not set aside. `tried`: work on it began, and may have been done. */
  next(): Waiting | null {
    const row = this.#db
      .prepare(
        "SELECT id, body, tried FROM event WHERE body IS NOT NULL AND id NOT IN (SELECT event FROM aside) ORDER BY seq LIMIT 1",
      )
      .get() as { id: string; body: string; tried: number } | undefined;
    return row ? { id: row.id, event: JSON.parse(row.body) as Event, tried: row.tried === 1 } : null;
  }

  begun(id: string): void {
    this.#db.prepare("UPDATE event SET tried = 1 WHERE id = ?").run(id);
  }

  done(id: string): void {
    this.#db.prepare("UPDATE event SET body = NULL WHERE id = ?").run(id);
    this.#db.prepare("DELETE FROM ending WHERE event = ?").run(id);
  }

  /** How many events wait in the line. */
  waiting(): number {
    const row = this.#db
      .prepare("SELECT count(*) AS n FROM event WHERE body IS NOT NULL AND id NOT IN (SELECT event FROM aside)")
      .get();
    return (row as { n: number }).n;
  }

  setAside(id: string, why: string): void {
    this.#db.prepare("INSERT OR REPLACE INTO aside (event, why) VALUES (?, ?)").run(id, why);
  }

  /** What is set aside, oldest first. */
  aside(): Aside[] {
    return this.#allAside().map(({ id, event, why }) => ({ id, type: event.type, why }));
  }

  /** The oldest event of a thread that is set aside: those after it must not overtake it. */
  asideIn(thread: string | null): string | null {
    if (thread === null) return null;
    return this.#allAside().find(({ event }) => threadIn(event) === thread)?.id ?? null;
  }

  /** Puts what is set aside back into the line, each in its old place. Gives how many those are. */
  tryAgain(): number {
    return Number(this.#db.prepare("DELETE FROM aside").run().changes);
  }

  #allAside(): { id: string; event: Event; why: string }[] {
    const rows = this.#db
      .prepare("SELECT id, body, why FROM event JOIN aside ON aside.event = event.id ORDER BY seq")
      .all() as { id: string; body: string; why: string }[];
    return rows.map(({ id, body, why }) => ({ id, event: JSON.parse(body) as Event, why }));
  }

  /**
   * Writes down once which tickets an event ends: what the owner sends under later terms is not among them, however late that event is done.
   * What is set aside of the same words goes: it must not come to Request Tracker after its end.
   */
  beginEnding({ id, event }: Waiting): void {
    if (this.#db.prepare("SELECT 1 FROM ending WHERE event = ?").get(id)) return;
    const { twin } = event.data;
    const thread = threadIn(event);
    const ofThread = thread === null ? null : this.ticketOf(thread);
    const tickets = thread === null ? this.#ticketsOf(twin) : ofThread === null ? [] : [ofThread];
    const overtaken = this.#allAside().filter(
      (aside) =>
        !isEnding(aside.event) &&
        aside.event.data.twin === twin &&
        (thread === null || threadIn(aside.event) === thread),
    );
    this.#whole(() => {
      for (const ticket of tickets) {
        this.#db.prepare("INSERT INTO ending (event, ticket) VALUES (?, ?)").run(id, ticket);
        this.#db.prepare("INSERT OR IGNORE INTO ended (ticket) VALUES (?)").run(ticket);
      }
      for (const aside of overtaken) {
        this.#db.prepare("DELETE FROM aside WHERE event = ?").run(aside.id);
        this.done(aside.id);
      }
      this.begun(id);
    });
  }

  #whole(work: () => void): void {
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.#db.exec("COMMIT");
    } catch (error) {
      this.#db.exec("ROLLBACK");
      throw error;
    }
  }

  /** The tickets that an event has still to end. */
  toEnd(id: string): number[] {
    const rows = this.#db.prepare("SELECT ticket FROM ending WHERE event = ? AND done = 0 ORDER BY ticket").all(id);
    return (rows as { ticket: number }[]).map(({ ticket }) => ticket);
  }

  ended(id: string, ticket: number): void {
    this.#db.prepare("UPDATE ending SET done = 1 WHERE event = ? AND ticket = ?").run(id, ticket);
  }

  /** Whether the words of a ticket's owner may not stay. */
  isEnded(ticket: number): boolean {
    return this.#db.prepare("SELECT 1 FROM ended WHERE ticket = ?").get(ticket) !== undefined;
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

  #ticketsOf(twin: string): number[] {
    const rows = this.#db
      .prepare("SELECT id FROM ticket WHERE substr(thread, 1, ?) = ?")
      .all(twin.length + 1, `${twin}/`);
    return (rows as { id: number }[]).map(({ id }) => id);
  }

  /** Binds a thread to its ticket, which its owner has words in from now on. */
  bind(thread: string, ticket: number): void {
    this.#db.prepare("INSERT OR IGNORE INTO ticket (thread, id) VALUES (?, ?)").run(thread, ticket);
    this.#db.prepare("DELETE FROM ended WHERE ticket = ?").run(ticket);
  }

  /** Forgets a ticket that is not there any more. */
  unbind(ticket: number): void {
    this.#db.prepare("DELETE FROM ticket WHERE id = ?").run(ticket);
    this.#db.prepare("DELETE FROM ended WHERE ticket = ?").run(ticket);
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
