// The log of who did what, in the order it was begun.

import { AUDIT_KEPT_MS, type AuditEntry, type AuditFilter, type Deed } from "../domain/audit.ts";
import type { KeyId } from "../domain/ids.ts";
import type { Role } from "../domain/role.ts";

export const AUDIT_SCHEMA = `
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  key TEXT NOT NULL,
  label TEXT NOT NULL,
  role TEXT NOT NULL,
  did TEXT NOT NULL,
  about TEXT NOT NULL,
  status INTEGER
) STRICT;
CREATE INDEX audit_key ON audit (key, seq);
CREATE INDEX audit_at ON audit (at);
`;

/** Of what is past its time so much goes with each new entry: more than comes. */
const FORGOTTEN_AT_ONCE = 20;

type Row = {
  seq: number;
  at: number;
  key: KeyId;
  label: string;
  role: Role;
  did: string;
  about: string;
  status: number | null;
};

export class Audit {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Something is about to be done; answers the entry's number. */
  begin({ key, did, about }: Deed, now: number): number {
    this.#sql.exec(
      "DELETE FROM audit WHERE seq IN (SELECT seq FROM audit WHERE at < ? ORDER BY at LIMIT ?)",
      now - AUDIT_KEPT_MS,
      FORGOTTEN_AT_ONCE,
    );
    return this.#sql
      .exec<{ seq: number }>(
        "INSERT INTO audit (at, key, label, role, did, about) VALUES (?, ?, ?, ?, ?, ?) RETURNING seq",
        now,
        key.id,
        key.label,
        key.role,
        did,
        JSON.stringify(about),
      )
      .one().seq;
  }

  end(entry: number, status: number): void {
    this.#sql.exec("UPDATE audit SET status = ? WHERE seq = ?", status, entry);
  }

  /** Nothing was done after all. */
  drop(entry: number): void {
    this.#sql.exec("DELETE FROM audit WHERE seq = ?", entry);
  }

  /** Newest first, those before `before`; `next` is the `before` of the next page. */
  page(
    { key, from, to }: AuditFilter,
    before: number | null,
    limit: number,
  ): { items: AuditEntry[]; next: number | null } {
    const where = ["seq < ?"];
    const bound: (string | number)[] = [before ?? Number.MAX_SAFE_INTEGER];
    const narrow = (clause: string, value: string | number | undefined): void => {
      if (value === undefined) return;
      where.push(clause);
      bound.push(value);
    };
    narrow("key = ?", key);
    narrow("at >= ?", from);
    narrow("at <= ?", to);
    const rows = [
      ...this.#sql.exec<Row>(
        `SELECT * FROM audit WHERE ${where.join(" AND ")} ORDER BY seq DESC LIMIT ?`,
        ...bound,
        limit + 1,
      ),
    ];
    const page = rows.slice(0, limit);
    return {
      items: page.map(({ seq, at, key: id, label, role, did, about, status }) => ({
        id: seq,
        at,
        key: { id, label, role },
        did,
        about: JSON.parse(about) as Record<string, string>,
        status,
      })),
      next: rows.length > limit ? page.at(-1)!.seq : null,
    };
  }
}
