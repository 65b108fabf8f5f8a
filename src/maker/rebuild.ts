// Has the company's desk made anew from its owners' twins: walks the twins of its agreements and asks each to tell everything again, a batch
// at a time. The desk is read all the while, and what the company itself put to its threads stays.

import type { TwinId } from "../domain/ids.ts";
import { now } from "../platform/clock.ts";
import { log } from "../platform/log.ts";
import { deskOf, tenureOf } from "../platform/stubs.ts";
import type { Company } from "./company.ts";
import type { Duty } from "./duty.ts";

/** `after` is the agreement whose twin, and those before it, were asked; `tries` counts how often what comes next was. */
export const REBUILD_SCHEMA = `
CREATE TABLE desk_rebuild (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  began_at INTEGER NOT NULL,
  after INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  due_at INTEGER
) STRICT;
`;

const BATCH = 20;
/** A batch with a twin that can't be reached is asked again, whole: the same twice changes nothing. */
const REST_MS = 30_000;
/** Then the others go on: a twin that is out of reach for so long tells its desk with its next news, or is left as it was. */
const MOST_TRIES = 5;

type Row = { began_at: number; after: number; tries: number; due_at: number | null };

export class Rebuild implements Duty {
  readonly name = "rebuild";
  readonly #env: Env;
  readonly #sql: SqlStorage;
  readonly #company: Company;

  constructor(env: Env, sql: SqlStorage, company: Company) {
    this.#env = env;
    this.#sql = sql;
    this.#company = company;
  }

  /** Begins, unless one is under way; answers when that one began. */
  begin(at: number): number {
    const under = this.#row();
    if (under && under.due_at !== null) return under.began_at;
    this.#sql.exec(
      "INSERT OR REPLACE INTO desk_rebuild (id, began_at, after, tries, due_at) VALUES (1, ?, 0, 0, ?)",
      at,
      at,
    );
    return at;
  }

  nextDueAt = (): number | null => (this.#company.find() ? (this.#row()?.due_at ?? null) : null);

  runDue = async (at: number): Promise<void> => {
    const row = this.#row();
    if (!row || row.due_at === null || row.due_at > at) return;
    const batch = [
      ...this.#sql.exec<{ seq: number; twin: TwinId }>(
        "SELECT seq, twin FROM agreement WHERE seq > ? ORDER BY seq LIMIT ?",
        row.after,
        BATCH,
      ),
    ];
    const last = batch.at(-1);
    const asked = await Promise.all([...new Set(batch.map(({ twin }) => twin))].map((twin) => this.#ask(twin)));
    const again = asked.includes(false) && row.tries + 1 < MOST_TRIES;
    this.#sql.exec(
      "UPDATE desk_rebuild SET after = ?, tries = ?, due_at = ? WHERE began_at = ?",
      last && !again ? last.seq : row.after,
      again ? row.tries + 1 : 0,
      last ? now() + (again ? REST_MS : 1) : null,
      row.began_at,
    );
  };

  #row(): Row | null {
    return [...this.#sql.exec<Row>("SELECT began_at, after, tries, due_at FROM desk_rebuild")][0] ?? null;
  }

  async #ask(twin: TwinId): Promise<boolean> {
    const { domain, deskShards } = this.#company.facts();
    try {
      const isThere = await tenureOf(this.#env, twin).reproject(domain);
      if (!isThere) await deskOf(this.#env, domain, deskShards, twin).leave(domain, twin);
      return true;
    } catch (error) {
      log("rebuild-unreached", { error: error instanceof Error ? error.name : "unknown" });
      return false;
    }
  }
}
