// Joinings that nobody proved yet. Whoever says to be a company can join in its name, and the next to say so takes their place; the key of
// each stays known here for a while, so that the one whose key the domain's own file names is proven, whoever came in between.

import type { Domain } from "../domain/ids.ts";
import { emptyTables } from "../platform/empty-tables.ts";

/** How long the key of a joining that another one displaced can still prove the domain. */
const KEPT_MS = 7 * 24 * 3_600_000;
const MAX_JOININGS = 10_000;

export const JOINING_SCHEMA = `
CREATE TABLE joining (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  key_hash TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  desk_shards INTEGER NOT NULL,
  inbound_name TEXT NOT NULL,
  joined_at INTEGER NOT NULL
) STRICT;
`;

/** What a company is founded with. `keyHash`: of its first admin key; `inboundName`: what its inbound secret derives from. */
export type Founding = {
  readonly domain: Domain;
  readonly name: string;
  readonly deskShards: number;
  readonly keyHash: string;
  readonly inboundName: string;
};

/** What stays when a founding takes the place of one that was never proven. */
const OUTLIVES_A_FOUNDING = ["agent", "joining", "idempotency"];

/** Takes out everything that an unproven founding left, so that nobody of it gets in any more. Part of its caller's transaction. */
export const clearFounding = (sql: SqlStorage): void => emptyTables(sql, OUTLIVES_A_FOUNDING);

export class Joinings {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  add({ keyHash, name, deskShards, inboundName }: Founding, now: number): void {
    this.#sql.exec("DELETE FROM joining WHERE joined_at < ?", now - KEPT_MS);
    this.#sql.exec(
      "DELETE FROM joining WHERE seq <= (SELECT seq FROM joining ORDER BY seq DESC LIMIT 1 OFFSET ?)",
      MAX_JOININGS - 1,
    );
    this.#sql.exec(
      "INSERT INTO joining (key_hash, name, desk_shards, inbound_name, joined_at) VALUES (?, ?, ?, ?, ?)",
      keyHash,
      name,
      deskShards,
      inboundName,
      now,
    );
  }

  /** The joining that this key was given to. */
  find(keyHash: string, domain: Domain): Founding | null {
    const row = [
      ...this.#sql.exec<{ name: string; desk_shards: number; inbound_name: string }>(
        "SELECT name, desk_shards, inbound_name FROM joining WHERE key_hash = ?",
        keyHash,
      ),
    ][0];
    return row ? { domain, keyHash, name: row.name, deskShards: row.desk_shards, inboundName: row.inbound_name } : null;
  }

  /** Whoever has a joining's key got another secret for it: with that one they can prove the domain, and with the one before nobody can. */
  follow(keyHash: string, next: string): void {
    this.#sql.exec("UPDATE joining SET key_hash = ? WHERE key_hash = ?", next, keyHash);
  }

  /** A joining's key was removed by its own team: nobody can prove the domain with it. */
  drop(keyHash: string): void {
    this.#sql.exec("DELETE FROM joining WHERE key_hash = ?", keyHash);
  }

  /** One of them was proven: no other can be. */
  clear(): void {
    this.#sql.exec("DELETE FROM joining");
  }
}
