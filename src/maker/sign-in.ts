// One-time links by which an admin lets a person in: a hash of each, until it is used or over. What a link gives is a key like any other.

import type { Failure } from "../domain/failure.ts";
import type { KeyId, LinkId } from "../domain/ids.ts";
import { err, ok, type Result } from "../domain/result.ts";
import type { Role } from "../domain/role.ts";
import type { Team, TeamKey } from "./team.ts";

const MAX_LINKS = 100;

/** `hash` is the fingerprint of a link's secret: whoever has the secret signs in once. */
export const SIGN_IN_SCHEMA = `
CREATE TABLE sign_in_link (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  role TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
`;

/** Which key made a link: it ends with that key. */
export const SIGN_IN_MAKERS = `
ALTER TABLE sign_in_link ADD COLUMN made_by TEXT;
CREATE INDEX sign_in_link_made_by ON sign_in_link (made_by);
`;

/** A link that still signs somebody in. Times in ms. */
export type SignInLink = {
  readonly id: LinkId;
  readonly label: string;
  readonly role: Role;
  readonly createdAt: number;
  readonly expiresAt: number;
};

type Row = { id: LinkId; label: string; role: Role; created_at: number; expires_at: number };
const COLUMNS = "id, label, role, created_at, expires_at";
const view = ({ id, label, role, created_at, expires_at }: Row): SignInLink => ({
  id,
  label,
  role,
  createdAt: created_at,
  expiresAt: expires_at,
});

export class SignInLinks {
  readonly #sql: SqlStorage;
  readonly #team: Team;

  constructor(sql: SqlStorage, team: Team) {
    this.#sql = sql;
    this.#team = team;
  }

  add(
    link: Omit<SignInLink, "createdAt"> & { readonly hash: string; readonly madeBy: KeyId },
    now: number,
  ): Result<SignInLink, Failure> {
    this.#sql.exec("DELETE FROM sign_in_link WHERE expires_at <= ?", now);
    const { n } = this.#sql.exec<{ n: number }>("SELECT count(*) AS n FROM sign_in_link").one();
    if (n >= MAX_LINKS) {
      return err({
        code: "quota-exceeded",
        detail: `${MAX_LINKS} sign-in links wait already. Delete one that is not needed.`,
      });
    }
    const { id, label, role, hash, madeBy, expiresAt } = link;
    this.#sql.exec(
      "INSERT INTO sign_in_link (id, label, role, hash, made_by, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
      id,
      label,
      role,
      hash,
      madeBy,
      now,
      expiresAt,
    );
    return ok({ id, label, role, createdAt: now, expiresAt });
  }

  /** Those that nobody used yet, newest first. */
  pending(now: number): SignInLink[] {
    return [
      ...this.#sql.exec<Row>(`SELECT ${COLUMNS} FROM sign_in_link WHERE expires_at > ? ORDER BY seq DESC`, now),
    ].map(view);
  }

  remove(id: LinkId): Result<null, Failure> {
    return this.#sql.exec("DELETE FROM sign_in_link WHERE id = ?", id).rowsWritten > 0
      ? ok(null)
      : err({ code: "not-found", detail: "There is no such sign-in link." });
  }

  /** The key that made them is no more, and whoever held it may hold them, too. */
  removeMadeBy(key: KeyId): void {
    this.#sql.exec("DELETE FROM sign_in_link WHERE made_by = ?", key);
  }

  /** Makes the link's key, and an end of the link. Part of the transaction it is called in. */
  use(linkHash: string, key: KeyId, keyHash: string, now: number): Result<TeamKey, Failure> {
    const row = [
      ...this.#sql.exec<Row>(`SELECT ${COLUMNS} FROM sign_in_link WHERE hash = ? AND expires_at > ?`, linkHash, now),
    ][0];
    if (!row) return err({ code: "sign-in-refused" });
    const added = this.#team.add(key, row.label, row.role, keyHash, now);
    if (added.ok) this.#sql.exec("DELETE FROM sign_in_link WHERE id = ?", row.id);
    return added;
  }
}
