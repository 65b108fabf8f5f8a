// What the office is still to hear of threads that were put to a known issue or taken from one: kept with the change itself, so that a
// cut between the two heals. The office takes a repeat as the same.

import type { Domain, IssueId, NoteId, TwinId } from "../domain/ids.ts";
import { log } from "../platform/log.ts";
import { officeOf } from "../platform/stubs.ts";
import { within } from "../platform/within.ts";
import type { Relinked } from "./handling.ts";

const AT_ONCE = 50;
/** An office that has not answered by then is asked again later. */
const PATIENCE_MS = 10_000;
const RETRY_FIRST_MS = 2_000;
const RETRY_LAST_MS = 3_600_000;

/** `turn` grows with every change, so that what changed while it was told is not taken for told. */
export const RELINKING_SCHEMA = `
CREATE TABLE relinking (
  note TEXT NOT NULL,
  issue TEXT NOT NULL,
  twin TEXT NOT NULL,
  maker TEXT NOT NULL,
  linked INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (note, issue)
) STRICT, WITHOUT ROWID;
CREATE INDEX relinking_at ON relinking (at);
CREATE INDEX relinking_twin ON relinking (twin);
`;

type Row = { note: NoteId; issue: IssueId; twin: TwinId; maker: Domain; linked: number; turn: number; tries: number };
type Name = { readonly twin: TwinId; readonly note: NoteId };

/** Notes what the office is to hear of a thread. Part of the transaction of the change. */
export function noteRelinking(
  sql: SqlStorage,
  maker: Domain,
  { twin, note }: Name,
  { before, after }: Relinked,
  now: number,
): void {
  const put = (issue: IssueId, linked: 0 | 1): void => {
    sql.exec(
      `INSERT INTO relinking (note, issue, twin, maker, linked, turn, tries, at) VALUES (?, ?, ?, ?, ?, 1, 0, ?)
       ON CONFLICT DO UPDATE SET linked = excluded.linked, turn = turn + 1, tries = 0, at = excluded.at`,
      note,
      issue,
      twin,
      maker,
      linked,
      now,
    );
  };
  if (before !== null && before !== after) put(before, 0);
  if (after !== null) put(after, 1);
}

/** When the office is to hear of something next (ms), or null. */
export const relinkingDueAt = (sql: SqlStorage): number | null =>
  sql.exec<{ at: number | null }>("SELECT min(at) AS at FROM relinking").one().at;

/** The twin left: nothing is told of it any more. */
export const forgetRelinking = (sql: SqlStorage, twin: TwinId): void => {
  sql.exec("DELETE FROM relinking WHERE twin = ?", twin);
};

/** Tells the office what is due, one telling at a time so that an older one never overtakes a newer. */
export class Relinking {
  readonly #env: Env;
  readonly #storage: DurableObjectStorage;
  readonly #now: () => number;
  #under: Promise<void> | null = null;

  constructor(env: Env, storage: DurableObjectStorage, now: () => number) {
    this.#env = env;
    this.#storage = storage;
    this.#now = now;
  }

  /** Tells all that is due; what fails is due again later. Never throws. */
  async tell(): Promise<void> {
    // What came while a telling was under way is due after it.
    while (this.#under !== null) await this.#under;
    this.#under = this.#tellDue().finally(() => {
      this.#under = null;
    });
    await this.#under;
  }

  async #tellDue(): Promise<void> {
    for (;;) {
      const due = [
        ...this.#storage.sql.exec<Row>(
          "SELECT note, issue, twin, maker, linked, turn, tries FROM relinking WHERE at <= ? ORDER BY at LIMIT ?",
          this.#now(),
          AT_ONCE,
        ),
      ];
      if (due.length === 0) return;
      await Promise.all(due.map((row) => this.#tellOne(row)));
    }
  }

  async #tellOne({ note, issue, twin, maker, linked, turn, tries }: Row): Promise<void> {
    const office = officeOf(this.#env, maker);
    const telling = linked === 1 ? office.linked(issue, twin, note) : office.unlinked(issue, twin, note);
    const isHeard = await within(PATIENCE_MS, telling);
    const { sql } = this.#storage;
    if (isHeard) {
      sql.exec("DELETE FROM relinking WHERE note = ? AND issue = ? AND turn = ?", note, issue, turn);
      return;
    }
    sql.exec(
      "UPDATE relinking SET tries = tries + 1, at = ? WHERE note = ? AND issue = ?",
      this.#now() + Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** Math.min(tries, 20)),
      note,
      issue,
    );
    log("office-unreached", { tries: tries + 1 });
  }
}
