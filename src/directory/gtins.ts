// Whose a GTIN is: the first maker that has labels made for it.

import type { Domain } from "../domain/ids.ts";

export class Gtins {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Makes `domain` the owner when there is none; answers who it is now. */
  own(gtin: string, domain: Domain, now: number): Domain {
    this.#sql.exec("INSERT OR IGNORE INTO gtin (gtin, domain, owned_at) VALUES (?, ?, ?)", gtin, domain, now);
    return this.owner(gtin)!;
  }

  owner(gtin: string): Domain | null {
    return [...this.#sql.exec<{ domain: Domain }>("SELECT domain FROM gtin WHERE gtin = ?", gtin)][0]?.domain ?? null;
  }
}
