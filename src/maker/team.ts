// The keys of the maker's people and systems: hashes only, a role each, revoked at once.

import type { Failure } from "../domain/failure.ts";
import type { KeyId } from "../domain/ids.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { includesRole, type Role } from "../domain/role.ts";

export const MAX_TEAM_KEYS = 200;
const MINUTE_MS = 60_000;

/** A key as its team may see it. Times in ms; the last use is kept by the minute. */
export type TeamKey = {
  readonly id: KeyId;
  readonly label: string;
  readonly role: Role;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
};

type Row = { id: KeyId; label: string; role: Role; created_at: number; last_used_at: number | null };
const COLUMNS = "id, label, role, created_at, last_used_at";
const view = (row: Row): TeamKey => ({
  id: row.id,
  label: row.label,
  role: row.role,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
});

export class Team {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The key behind a token's hash, if its role includes `needed`. Notes the minute of its use. */
  authorize(tokenHash: string, needed: Role, now: number): Result<TeamKey, Failure> {
    const row = [...this.#sql.exec<Row>(`SELECT ${COLUMNS} FROM team_key WHERE hash = ?`, tokenHash)][0];
    if (!row) return err({ code: "unauthorized" });
    const minute = now - (now % MINUTE_MS);
    if (row.last_used_at !== minute)
      this.#sql.exec("UPDATE team_key SET last_used_at = ? WHERE id = ?", minute, row.id);
    if (!includesRole(row.role, needed)) {
      return err({ code: "forbidden", detail: `This needs a key with the role ${needed}; this one has ${row.role}.` });
    }
    return ok(view(row));
  }

  add(id: KeyId, label: string, role: Role, hash: string, now: number): Result<TeamKey, Failure> {
    const { n } = this.#sql.exec<{ n: number }>("SELECT count(*) AS n FROM team_key").one();
    if (n >= MAX_TEAM_KEYS) {
      return err({
        code: "quota-exceeded",
        detail: `A maker has ${MAX_TEAM_KEYS} keys at most. Delete one that is no longer used.`,
      });
    }
    this.#sql.exec(
      "INSERT INTO team_key (id, label, role, hash, created_at) VALUES (?, ?, ?, ?, ?)",
      id,
      label,
      role,
      hash,
      now,
    );
    return ok({ id, label, role, createdAt: now, lastUsedAt: null });
  }

  find(id: KeyId): TeamKey | null {
    const row = [...this.#sql.exec<Row>(`SELECT ${COLUMNS} FROM team_key WHERE id = ?`, id)][0];
    return row ? view(row) : null;
  }

  /** Gives a key another secret; whatever else it is stays. Answers the hash of the one before, which opens nothing any more. */
  renew(id: KeyId, hash: string): string {
    const before = this.#sql.exec<{ hash: string }>("SELECT hash FROM team_key WHERE id = ?", id).one();
    this.#sql.exec("UPDATE team_key SET hash = ? WHERE id = ?", hash, id);
    return before.hash;
  }

  rename(id: KeyId, label: string): void {
    this.#sql.exec("UPDATE team_key SET label = ? WHERE id = ?", label, id);
  }

  /** Newest first. */
  all(): TeamKey[] {
    return [...this.#sql.exec<Row>(`SELECT ${COLUMNS} FROM team_key ORDER BY seq DESC`)].map(view);
  }

  /** Which of these secrets, by their hashes, open nothing any more. */
  ended(hashes: readonly string[]): string[] {
    const live = new Set([...this.#sql.exec<{ hash: string }>("SELECT hash FROM team_key")].map(({ hash }) => hash));
    return hashes.filter((hash) => !live.has(hash));
  }

  /** Answers the hash of its secret, which opens nothing any more. */
  remove(id: KeyId): Result<string, Failure> {
    const row = [
      ...this.#sql.exec<{ role: Role; hash: string }>("SELECT role, hash FROM team_key WHERE id = ?", id),
    ][0];
    if (!row) return err({ code: "not-found", detail: "There is no such key." });
    const { n } = this.#sql.exec<{ n: number }>("SELECT count(*) AS n FROM team_key WHERE role = 'admin'").one();
    if (row.role === "admin" && n === 1) {
      return err({ code: "conflict", detail: "This is the last admin key. Make another one before you delete it." });
    }
    this.#sql.exec("DELETE FROM team_key WHERE id = ?", id);
    return ok(row.hash);
  }
}
