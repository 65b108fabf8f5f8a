// Telling many objects of a notice, one row each: a row leaves when its object has answered, so that a crash or one out of reach
// loses nothing. Whom it tells twice, after a crash, must take it in once.

import type { NoticeId } from "../domain/ids.ts";
import { log } from "../platform/log.ts";

/** `version` grows when there is more to tell, so that what was told meanwhile does not count for it. */
export const TELLING_SCHEMA = `
CREATE TABLE telling (
  notice TEXT NOT NULL,
  target TEXT NOT NULL,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  PRIMARY KEY (notice, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX telling_at ON telling (at);
`;

const MOST_AT_ONCE = 20;
/** An object that has not answered by then is tried again. */
const PATIENCE_MS = 20_000;
/** Whom a run has taken, nobody else tells; after a crash they are tried again then. */
const LEASE_MS = 2 * PATIENCE_MS;
/** A run takes no more after this, or after so many: an invocation has a thousand calls. */
const RUN_MS = 20_000;
const MOST_A_RUN = 500;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 15 * 60_000;

type Row = { notice: NoticeId; target: string; version: number; tries: number };

/** What goes after `INSERT INTO telling (notice, target, version, at, tries)` and its rows. */
export const TELL_ANEW = `ON CONFLICT (notice, target) DO UPDATE SET version = excluded.version, at = excluded.at, tries = 0
  WHERE excluded.version > telling.version`;

export type TellingDeps = {
  readonly storage: DurableObjectStorage;
  /** Tells one of what stands now. Answers whether it was taken in; throws when it was not reached. */
  readonly tell: (notice: NoticeId, target: string) => Promise<boolean>;
  /** Somebody has answered. In the transaction in which the row leaves. */
  readonly onTold?: (notice: NoticeId, taken: boolean) => void;
  readonly now: () => number;
  /** How many are told at a time; 1 keeps their order. */
  readonly atOnce?: number;
};

export class Telling {
  readonly #deps: TellingDeps;
  readonly #sql: SqlStorage;

  constructor(deps: TellingDeps) {
    this.#deps = deps;
    this.#sql = deps.storage.sql;
  }

  /** Has somebody told; those with the earliest `at` (ms) come first. */
  add(notice: NoticeId, target: string, version: number, at: number): void {
    this.#sql.exec(
      `INSERT INTO telling (notice, target, version, at, tries) VALUES (?, ?, ?, ?, 0) ${TELL_ANEW}`,
      notice,
      target,
      version,
      at,
    );
  }

  /** How many are still to be told of a notice. */
  left(notice: NoticeId): number {
    return this.#sql.exec<{ n: number }>("SELECT count(*) AS n FROM telling WHERE notice = ?", notice).one().n;
  }

  /** `target` is told nothing any more. */
  forget(target: string): void {
    this.#sql.exec("DELETE FROM telling WHERE target = ?", target);
  }

  /** When somebody is to be told next (ms), or null. */
  nextDueAt(): number | null {
    return this.#sql.exec<{ at: number | null }>("SELECT min(at) AS at FROM telling").one().at;
  }

  /** Tells those who are due, so many at a time, for as long as a run may last. Never throws. */
  async run(): Promise<void> {
    const until = this.#deps.now() + RUN_MS;
    let begun = 0;
    const next = (): Row | null => (begun++ < MOST_A_RUN && this.#deps.now() <= until ? this.#take() : null);
    const go = async (): Promise<void> => {
      for (let row = next(); row !== null; row = next()) await this.#try(row);
    };
    await Promise.all(Array.from({ length: this.#deps.atOnce ?? MOST_AT_ONCE }, go));
  }

  /** The next one, leased: its row says that it is being told. */
  #take(): Row | null {
    const now = this.#deps.now();
    return this.#deps.storage.transactionSync(() => {
      const row = [
        ...this.#sql.exec<Row>(
          "SELECT notice, target, version, tries FROM telling WHERE at <= ? ORDER BY at LIMIT 1",
          now,
        ),
      ][0];
      if (!row) return null;
      const tries = row.tries + 1;
      this.#put(row, now + LEASE_MS, tries);
      return { ...row, tries };
    });
  }

  async #try(row: Row): Promise<void> {
    const { storage, now, onTold } = this.#deps;
    const taken = await this.#tell(row);
    storage.transactionSync(() => {
      if (taken === null) {
        this.#put(row, now() + Math.min(FIRST_PAUSE_MS * 2 ** (row.tries - 1), LONGEST_PAUSE_MS), row.tries);
        return;
      }
      const left = this.#sql.exec(
        "DELETE FROM telling WHERE notice = ? AND target = ? AND version = ?",
        row.notice,
        row.target,
        row.version,
      );
      if (left.rowsWritten > 0) onTold?.(row.notice, taken);
    });
  }

  /** Null when it was not reached. */
  async #tell({ notice, target }: Row): Promise<boolean | null> {
    const patience = new AbortController();
    try {
      return await Promise.race([
        this.#deps.tell(notice, target),
        scheduler.wait(PATIENCE_MS, { signal: patience.signal }).then(() => {
          throw new DOMException("it did not answer", "TimeoutError");
        }),
      ]);
    } catch (fault) {
      // The name only: nobody's twin is written into a log.
      log("telling-unreached", { fault: fault instanceof Error ? fault.name : "unknown" });
      return null;
    } finally {
      patience.abort();
    }
  }

  /** Unless there is more to tell since it was taken. */
  #put({ notice, target, version }: Row, at: number, tries: number): void {
    this.#sql.exec(
      "UPDATE telling SET at = ?, tries = ? WHERE notice = ? AND target = ? AND version = ?",
      at,
      tries,
      notice,
      target,
      version,
    );
  }
}
