// The maker's own copies of its agreements, byte for byte what the owner's side holds. Never changes what was signed.

import type { AgreementCopy } from "../domain/exchange.ts";
import type { AgreementId } from "../domain/ids.ts";
import type { DecisionBody } from "../domain/terms/record.ts";
import type { Signed } from "../domain/terms/seal.ts";
import { closesAt, isOpen, stateOf, type AgreementState } from "../domain/terms/states.ts";

/** A copy, and the decision about it that was signed here and that the owner's side has not sent back yet. */
export type KeptAgreement = { readonly copy: AgreementCopy; readonly decision: Signed<DecisionBody> | null };

type Row = { seq: number; copy: string; decision: string | null };
const kept = (row: Row): KeptAgreement => ({
  copy: JSON.parse(row.copy) as AgreementCopy,
  decision: row.decision === null ? null : (JSON.parse(row.decision) as Signed<DecisionBody>),
});

export class Agreements {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  find(id: AgreementId): KeptAgreement | null {
    const row = [...this.#sql.exec<Row>("SELECT seq, copy, decision FROM agreement WHERE id = ?", id)][0];
    return row ? kept(row) : null;
  }

  /** Keeps a copy; `decision` is one signed here that the copy does not hold yet. */
  put(copy: AgreementCopy, decision: Signed<DecisionBody> | null, now: number): void {
    const state = stateOf(copy, now);
    // A state that time alone will change is kept with the moment it does, so that a list needs no second look at each.
    const lapsesAt = isOpen(copy, now) ? closesAt(copy) : null;
    this.#sql.exec(
      `INSERT INTO agreement (id, twin, version, state, lapses_at, copy, decision, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET version = excluded.version, state = excluded.state, lapses_at = excluded.lapses_at,
         copy = excluded.copy, decision = excluded.decision, updated_at = excluded.updated_at`,
      copy.id,
      copy.twin,
      copy.version,
      state,
      lapsesAt,
      JSON.stringify(copy),
      decision === null ? null : JSON.stringify(decision),
      now,
    );
  }

  /** Newest first, those before the position `before`; `next` is where the page after it begins. */
  page(
    state: AgreementState | null,
    before: number,
    limit: number,
    now: number,
  ): { items: AgreementCopy[]; next: number | null } {
    const { where, values } = inState(state, now);
    const rows = [
      ...this.#sql.exec<Row>(
        `SELECT seq, copy, decision FROM agreement WHERE seq < ? AND ${where} ORDER BY seq DESC LIMIT ?`,
        before,
        ...values,
        limit + 1,
      ),
    ];
    const shown = rows.slice(0, limit);
    return { items: shown.map((row) => kept(row).copy), next: rows.length > limit ? shown.at(-1)!.seq : null };
  }
}

function inState(state: AgreementState | null, now: number): { where: string; values: (string | number)[] } {
  if (state === null) return { where: "TRUE", values: [] };
  if (state === "lapsed") return { where: "(state = 'lapsed' OR lapses_at < ?)", values: [now] };
  return { where: "state = ? AND (lapses_at IS NULL OR lapses_at >= ?)", values: [state, now] };
}
