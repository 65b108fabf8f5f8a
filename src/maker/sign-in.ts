// One-time links by which an admin lets a person in: a hash of each, until it is used or over. What a link gives is a key like any other:
// a new one for somebody new, and for whoever is here already the key they have, with another secret.

import { invalid, type Failure } from "../domain/failure.ts";
import type { KeyId, LinkId } from "../domain/ids.ts";
import { err, ok, type Result } from "../domain/result.ts";
import type { Role } from "../domain/role.ts";
import type { Joinings } from "./joining.ts";
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

/** Whose key a link renews; null where it lets in somebody new. Of a key it renews, label and role are those the key has. */
export const SIGN_IN_FOR = `
ALTER TABLE sign_in_link ADD COLUMN for_key TEXT;
`;

/** Whom a link is for: somebody new, or the holder of a key. */
export type SignInFor = { readonly label: string; readonly role: Role } | { readonly for: KeyId };

/** A link that still signs somebody in. Times in ms. */
export type SignInLink = {
  readonly id: LinkId;
  readonly label: string;
  readonly role: Role;
  /** The key it gives another secret; null where it makes one. */
  readonly for: KeyId | null;
  readonly createdAt: number;
  readonly expiresAt: number;
};

/** Who came in: `replaced` is the hash of the secret that theirs took the place of, null for somebody new. */
export type Arrival = { readonly key: TeamKey; readonly replaced: string | null };

type Row = {
  id: LinkId;
  label: string;
  role: Role;
  for_key: KeyId | null;
  created_at: number;
  expires_at: number;
};
/** A link for a key that is here goes by what the key is called now. */
const LINKS = `
SELECT link.id, coalesce(team_key.label, link.label) AS label, coalesce(team_key.role, link.role) AS role,
  for_key, link.created_at, expires_at
FROM sign_in_link AS link LEFT JOIN team_key ON team_key.id = for_key`;
const view = ({ id, label, role, for_key, created_at, expires_at }: Row): SignInLink => ({
  id,
  label,
  role,
  for: for_key,
  createdAt: created_at,
  expiresAt: expires_at,
});

export class SignInLinks {
  readonly #sql: SqlStorage;
  readonly #team: Team;
  readonly #joinings: Joinings;

  constructor(sql: SqlStorage, team: Team, joinings: Joinings) {
    this.#sql = sql;
    this.#team = team;
    this.#joinings = joinings;
  }

  /** @param link its `hash` is the fingerprint of its secret, `madeBy` the key of the admin who made it */
  add(
    link: Pick<SignInLink, "id" | "expiresAt"> & {
      readonly whom: SignInFor;
      readonly hash: string;
      readonly madeBy: KeyId;
    },
    now: number,
  ): Result<SignInLink, Failure> {
    const { id, whom, hash, madeBy, expiresAt } = link;
    const forKey = "for" in whom ? whom.for : null;
    const known = "for" in whom ? this.#team.find(whom.for) : whom;
    if (known === null) return err(invalid("for", "must be a key of this company's team"));
    this.#sql.exec("DELETE FROM sign_in_link WHERE expires_at <= ?", now);
    const { n } = this.#sql.exec<{ n: number }>("SELECT count(*) AS n FROM sign_in_link").one();
    if (n >= MAX_LINKS) {
      return err({
        code: "quota-exceeded",
        detail: `${MAX_LINKS} sign-in links wait already. Delete one that is not needed.`,
      });
    }
    const { label, role } = known;
    this.#sql.exec(
      "INSERT INTO sign_in_link (id, label, role, for_key, hash, made_by, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      id,
      label,
      role,
      forKey,
      hash,
      madeBy,
      now,
      expiresAt,
    );
    return ok({ id, label, role, for: forKey, createdAt: now, expiresAt });
  }

  /** Those that nobody used yet, newest first. */
  pending(now: number): SignInLink[] {
    return [...this.#sql.exec<Row>(`${LINKS} WHERE expires_at > ? ORDER BY link.seq DESC`, now)].map(view);
  }

  remove(id: LinkId): Result<null, Failure> {
    return this.#sql.exec("DELETE FROM sign_in_link WHERE id = ?", id).rowsWritten > 0
      ? ok(null)
      : err({ code: "not-found", detail: "There is no such sign-in link." });
  }

  /** A key is no more: nor is there any link that was for it or that it made, or a joining that its secret could prove. */
  keyRemoved(key: KeyId, secretHash: string): void {
    this.#joinings.drop(secretHash);
    this.#removeFor(key);
    this.#removeMadeBy(key);
  }

  /** Of several links for one key the first that is used counts: the others may have gone astray. */
  #removeFor(key: KeyId): void {
    this.#sql.exec("DELETE FROM sign_in_link WHERE for_key = ?", key);
  }

  /** A secret is no more, and whoever held it may hold what it made, too. */
  #removeMadeBy(key: KeyId): void {
    this.#sql.exec("DELETE FROM sign_in_link WHERE made_by = ?", key);
  }

  /**
   * Gives the link's key this secret, and makes an end of the link; one for somebody new makes their key, `newKey`. Part of the
   * transaction it is called in.
   */
  use(linkHash: string, newKey: KeyId, keyHash: string, now: number): Result<Arrival, Failure> {
    const row = [...this.#sql.exec<Row>(`${LINKS} WHERE link.hash = ? AND expires_at > ?`, linkHash, now)][0];
    if (!row) return err({ code: "sign-in-refused" });
    const link = view(row);
    const arrived = link.for === null ? this.#welcome(newKey, link, keyHash, now) : ok(this.#renew(link.for, keyHash));
    if (arrived.ok) this.#sql.exec("DELETE FROM sign_in_link WHERE id = ?", link.id);
    return arrived;
  }

  #welcome(key: KeyId, { label, role }: SignInLink, keyHash: string, now: number): Result<Arrival, Failure> {
    const added = this.#team.add(key, label, role, keyHash, now);
    return added.ok ? ok({ key: added.value, replaced: null }) : added;
  }

  #renew(key: KeyId, keyHash: string): Arrival {
    const replaced = this.#team.renew(key, keyHash);
    this.#removeFor(key);
    this.#removeMadeBy(key);
    this.#joinings.follow(replaced, keyHash);
    return { key: this.#team.find(key)!, replaced };
  }
}
