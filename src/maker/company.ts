// Who this maker is, since when, and whether it decides for itself yet. One row, written at the founding.

import type { Domain } from "../domain/ids.ts";
import type { Founding } from "./joining.ts";

/** Times in ms. `verifiedAt` null: nobody has proven that the domain is this company's. `listedAt` null: the directory does not know it yet; `policyAt` null: proffers to it wait; `backlogAt`: when the waiting ones are next looked at. */
export type CompanyFacts = {
  readonly domain: Domain;
  readonly name: string;
  readonly registeredAt: number;
  readonly listedAt: number | null;
  readonly policyAt: number | null;
  readonly backlogAt: number | null;
  readonly deskShards: number;
  readonly verifiedAt: number | null;
};

type Row = {
  domain: string;
  name: string;
  registered_at: number;
  listed_at: number | null;
  policy_at: number | null;
  backlog_at: number | null;
  desk_shards: number;
  verified_at: number | null;
};

export class Company {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  find(): CompanyFacts | null {
    const row = [
      ...this.#sql.exec<Row>(
        "SELECT domain, name, registered_at, listed_at, policy_at, backlog_at, desk_shards, verified_at FROM company",
      ),
    ][0];
    return row
      ? {
          domain: row.domain,
          name: row.name,
          registeredAt: row.registered_at,
          listedAt: row.listed_at,
          policyAt: row.policy_at,
          backlogAt: row.backlog_at,
          deskShards: row.desk_shards,
          verifiedAt: row.verified_at,
        }
      : null;
  }

  /** The facts of a maker that was founded. @throws when it was not: its callers look first. */
  facts(): CompanyFacts {
    const facts = this.find();
    if (!facts) throw new Error("this maker was never founded");
    return facts;
  }

  /** Writes the one row, also in the place of a founding that was never listed in the directory, or never proven. */
  found({ domain, name, deskShards }: Founding, verified: boolean, now: number): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO company (id, domain, name, registered_at, desk_shards, verified_at) VALUES (1, ?, ?, ?, ?, ?)",
      domain,
      name,
      now,
      deskShards,
      verified ? now : null,
    );
  }

  /** The directory knows the founding of this very time (ms). */
  listed(registeredAt: number, now: number): void {
    this.#sql.exec("UPDATE company SET listed_at = ? WHERE registered_at = ?", now, registeredAt);
  }

  /** The domain is this company's. */
  verified(now: number): void {
    this.#sql.exec("UPDATE company SET verified_at = ?", now);
  }

  /** A policy was set. Its date is the last change's. */
  policySet(now: number): void {
    this.#sql.exec("UPDATE company SET policy_at = ?", now);
  }

  backlogDue(at: number | null): void {
    this.#sql.exec("UPDATE company SET backlog_at = ?", at);
  }
}
