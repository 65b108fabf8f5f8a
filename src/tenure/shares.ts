// The tenure's shares: one row each, by the hash of its token. One that is over keeps its row, so that the owner sees what it was. They are
// this owner's: they go with the tenure, whole.

import type { ShareId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import { shareState, type ShareFacts, type ShareView, type Showing } from "../domain/share.ts";

/** `label` is the owner's word. A challenge is the one that a share's holder set last; `presence` is the twin's signed answer. */
export const SHARE_SCHEMA = `
CREATE TABLE share (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  token_hash TEXT NOT NULL UNIQUE,
  label TEXT,
  withhold TEXT NOT NULL,
  up_to INTEGER NOT NULL,
  salt TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER,
  openings INTEGER NOT NULL,
  last_opened_at INTEGER
) STRICT;
CREATE TABLE share_challenge (
  share TEXT PRIMARY KEY,
  nonce TEXT NOT NULL,
  code TEXT NOT NULL,
  tries INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  presence TEXT
) STRICT, WITHOUT ROWID;
`;

/** The label's salt is the record's: shares had one each before. */
export const SALTLESS_SHARE_SCHEMA = `
ALTER TABLE share DROP COLUMN salt;
`;

type Row = {
  seq: number;
  id: ShareId;
  token_hash: string;
  label: string | null;
  withhold: string;
  up_to: number;
  created_at: number;
  expires_at: number;
  revoked_at: number | null;
  openings: number;
  last_opened_at: number | null;
};

/** Times in ms. */
export type Share = {
  readonly seq: number;
  readonly id: ShareId;
  readonly label: string | null;
  readonly showing: Showing;
  readonly createdAt: number;
  readonly openings: number;
  readonly lastOpenedAt: number | null;
  readonly facts: ShareFacts;
};

const shareOf = (row: Row): Share => ({
  seq: row.seq,
  id: row.id,
  label: row.label,
  showing: { withhold: JSON.parse(row.withhold) as number[], upTo: row.up_to },
  createdAt: row.created_at,
  openings: row.openings,
  lastOpenedAt: row.last_opened_at,
  facts: { expiresAt: row.expires_at, revokedAt: row.revoked_at },
});

const select = (sql: SqlStorage, rest: string, ...bound: (string | number)[]): Share[] =>
  [...sql.exec<Row>(`SELECT * FROM share ${rest}`, ...bound)].map(shareOf);

export const shareByToken = (sql: SqlStorage, tokenHash: string): Share | null =>
  select(sql, "WHERE token_hash = ?", tokenHash)[0] ?? null;

export const shareById = (sql: SqlStorage, id: string): Share | null => select(sql, "WHERE id = ?", id)[0] ?? null;

/** Newest first. */
export function listShares(
  sql: SqlStorage,
  limit: number,
  before: number | null,
): { items: Share[]; next: number | null } {
  const rows = select(sql, "WHERE seq < ? ORDER BY seq DESC LIMIT ?", before ?? Number.MAX_SAFE_INTEGER, limit + 1);
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? items.at(-1)!.seq : null };
}

/** Oldest first, for an export. */
export const sharesAfter = (sql: SqlStorage, after: number, limit: number): Share[] =>
  select(sql, "WHERE seq > ? ORDER BY seq LIMIT ?", after, limit);

/** The hashes of all tokens there were: what is left of them with the Twin when the tenure ends. */
export const shareHashes = (sql: SqlStorage): string[] =>
  [...sql.exec<{ token_hash: string }>("SELECT token_hash FROM share")].map((row) => row.token_hash);

export const openShares = (sql: SqlStorage, now: number): number =>
  sql.exec<{ n: number }>("SELECT count(*) AS n FROM share WHERE revoked_at IS NULL AND expires_at > ?", now).one().n;

export type NewShare = {
  readonly id: ShareId;
  readonly tokenHash: string;
  readonly label: string | null;
  readonly showing: Showing;
  readonly expiresAt: number;
};

export function addShare(sql: SqlStorage, share: NewShare, now: number): void {
  sql.exec(
    `INSERT INTO share (id, token_hash, label, withhold, up_to, created_at, expires_at, openings)
     VALUES (?, ?, ?, ?, ?, ?, ?, 0)`,
    share.id,
    share.tokenHash,
    share.label,
    JSON.stringify(share.showing.withhold),
    share.showing.upTo,
    now,
    share.expiresAt,
  );
}

export const changeShare = (sql: SqlStorage, id: ShareId, label: string | null, showing: Showing): void => {
  sql.exec(
    "UPDATE share SET label = ?, withhold = ?, up_to = ? WHERE id = ?",
    label,
    JSON.stringify(showing.withhold),
    showing.upTo,
    id,
  );
};

export const markShareRevoked = (sql: SqlStorage, id: ShareId, now: number): void => {
  sql.exec("UPDATE share SET revoked_at = ? WHERE id = ?", now, id);
  sql.exec("DELETE FROM share_challenge WHERE share = ?", id);
};

/** Ends all that are open. */
export const markSharesRevoked = (sql: SqlStorage, now: number): void => {
  sql.exec("UPDATE share SET revoked_at = ? WHERE revoked_at IS NULL", now);
  sql.exec("DELETE FROM share_challenge");
};

/** `openings`: how many more that is. */
export const markLooked = (sql: SqlStorage, id: ShareId, openings: 0 | 1, now: number): void => {
  sql.exec("UPDATE share SET openings = openings + ?, last_opened_at = ? WHERE id = ?", openings, now, id);
};

export const shareView = (share: Share, now: number): ShareView => ({
  id: share.id,
  label: share.label,
  withhold: share.showing.withhold,
  upTo: share.showing.upTo,
  createdAt: rfc3339(share.createdAt),
  expiresAt: rfc3339(share.facts.expiresAt),
  revokedAt: share.facts.revokedAt === null ? null : rfc3339(share.facts.revokedAt),
  openings: share.openings,
  lastOpenedAt: share.lastOpenedAt === null ? null : rfc3339(share.lastOpenedAt),
  state: shareState(share.facts, now),
});

/** `presence` as JSON, once it was answered. */
export type Challenge = {
  readonly nonce: string;
  readonly code: string;
  readonly tries: number;
  readonly expiresAt: number;
  readonly presence: string | null;
};

export function challengeOf(sql: SqlStorage, share: ShareId): Challenge | null {
  const row = [
    ...sql.exec<{ nonce: string; code: string; tries: number; expires_at: number; presence: string | null }>(
      "SELECT * FROM share_challenge WHERE share = ?",
      share,
    ),
  ][0];
  return row
    ? { nonce: row.nonce, code: row.code, tries: row.tries, expiresAt: row.expires_at, presence: row.presence }
    : null;
}

/** In the place of the one before. */
export const keepChallenge = (
  sql: SqlStorage,
  share: ShareId,
  challenge: Pick<Challenge, "nonce" | "code" | "expiresAt">,
): void => {
  sql.exec(
    "INSERT OR REPLACE INTO share_challenge (share, nonce, code, tries, expires_at) VALUES (?, ?, ?, 0, ?)",
    share,
    challenge.nonce,
    challenge.code,
    challenge.expiresAt,
  );
};

export const countTry = (sql: SqlStorage, share: ShareId): void => {
  sql.exec("UPDATE share_challenge SET tries = tries + 1 WHERE share = ?", share);
};

/** Nothing when its holder has set another one since. */
export const keepPresence = (sql: SqlStorage, share: ShareId, nonce: string, presence: string): void => {
  sql.exec("UPDATE share_challenge SET presence = ? WHERE share = ? AND nonce = ?", presence, share, nonce);
};
