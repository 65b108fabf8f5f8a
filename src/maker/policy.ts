// The maker's standing answer to proffers, as its admins set it.

import { acceptedCodes, type PolicyRules, type Rule } from "../domain/terms/policy.ts";
import type { RosterCode } from "../domain/terms/roster.ts";

export class Policy {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  rules(): PolicyRules {
    const rows = this.#sql.exec<{ code: RosterCode; rule: Rule }>("SELECT code, rule FROM policy_rule");
    return Object.fromEntries([...rows].map(({ code, rule }) => [code, rule]));
  }

  put(rules: PolicyRules): void {
    this.#sql.exec("DELETE FROM policy_rule");
    for (const [code, rule] of Object.entries(rules)) {
      this.#sql.exec("INSERT INTO policy_rule (code, rule) VALUES (?, ?)", code, rule);
    }
  }

  accepts(): readonly RosterCode[] {
    return acceptedCodes(this.rules());
  }
}
