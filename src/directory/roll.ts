// The makers of this shard: who registered under which domain, and since when they have a policy.

import type { Domain } from "../domain/ids.ts";

/** A registered maker, as anyone may know it. Times in ms. */
export type Listed = {
  readonly name: string;
  readonly registeredAt: number;
  /** Whether it decides for itself: it has a policy, and its domain was proven. */
  readonly hasPolicy: boolean;
  /** Whether the domain was proven to be its. */
  readonly verified: boolean;
  readonly deskShards: number;
};

export class Roll {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Adds a maker, also in the place of one that never proved its domain; false when the domain was a proven one's already. */
  add(domain: Domain, name: string, deskShards: number, verified: boolean, now: number): boolean {
    return (
      this.#sql.exec(
        `INSERT INTO maker (domain, name, registered_at, desk_shards, verified_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (domain) DO UPDATE SET name = excluded.name, registered_at = excluded.registered_at,
           desk_shards = excluded.desk_shards, verified_at = excluded.verified_at, policy_at = NULL
         WHERE maker.verified_at IS NULL`,
        domain,
        name,
        now,
        deskShards,
        verified ? now : null,
      ).rowsWritten > 0
    );
  }

  find(domain: Domain): Listed | null {
    const row = [
      ...this.#sql.exec<{
        name: string;
        registered_at: number;
        policy_at: number | null;
        verified_at: number | null;
        desk_shards: number;
      }>("SELECT name, registered_at, policy_at, verified_at, desk_shards FROM maker WHERE domain = ?", domain),
    ][0];
    return row
      ? {
          name: row.name,
          registeredAt: row.registered_at,
          hasPolicy: row.policy_at !== null && row.verified_at !== null,
          verified: row.verified_at !== null,
          deskShards: row.desk_shards,
        }
      : null;
  }

  /** Notes that a maker decides for itself from now on. */
  markPolicy(domain: Domain, now: number): void {
    this.#sql.exec("UPDATE maker SET policy_at = ? WHERE domain = ? AND policy_at IS NULL", now, domain);
  }
}
