// Proffers that wait under a maker's domain until it joins and sets a policy. Holds names only, never a word of an owner.

import type { AgreementId, Domain, TwinId } from "../domain/ids.ts";

/** How many proffers may wait for one domain: a domain nobody will ever register can't be filled without end. */
export const WAITING_CAP = 10_000;

export type WaitingProffer = { readonly agreement: AgreementId; readonly twin: TwinId };

export class WaitingRoom {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  has(agreement: AgreementId): boolean {
    return [...this.#sql.exec("SELECT 1 FROM waiting WHERE agreement = ?", agreement)].length > 0;
  }

  add(domain: Domain, twin: TwinId, agreement: AgreementId, at: number): void {
    this.#sql.exec(
      "INSERT OR IGNORE INTO waiting (agreement, domain, twin, turn_at) VALUES (?, ?, ?, ?)",
      agreement,
      domain,
      twin,
      at,
    );
  }

  /** The next `limit`, those that waited longest first. */
  next(domain: Domain, limit: number): WaitingProffer[] {
    return [
      ...this.#sql.exec<{ agreement: AgreementId; twin: TwinId }>(
        "SELECT agreement, twin FROM waiting WHERE domain = ? ORDER BY turn_at, agreement LIMIT ?",
        domain,
        limit,
      ),
    ];
  }

  remove(domain: Domain, agreement: AgreementId): void {
    this.#sql.exec("DELETE FROM waiting WHERE agreement = ? AND domain = ?", agreement, domain);
  }

  /** Moves one behind the others, so that a proffer that can't be decided now doesn't block the line. */
  postpone(domain: Domain, agreement: AgreementId, now: number): void {
    this.#sql.exec("UPDATE waiting SET turn_at = ? WHERE agreement = ? AND domain = ?", now, agreement, domain);
  }

  /** How many twins have one or more waiting here. */
  owners(domain: Domain): number {
    return this.#sql.exec<{ n: number }>("SELECT count(DISTINCT twin) AS n FROM waiting WHERE domain = ?", domain).one()
      .n;
  }

  count(domain: Domain): number {
    return [...this.#sql.exec<{ n: number }>("SELECT count(*) AS n FROM waiting WHERE domain = ?", domain)][0]!.n;
  }
}
