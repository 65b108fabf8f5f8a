// The tenure's reply links: one row each, by the hash of its token. A link that is over keeps its row, so that the owner sees what it was.

import type { AgreementId, LinkId, NoteId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import {
  linkEnd,
  linkState,
  partyOf,
  type Acceptance,
  type LinkFacts,
  type ReplyLinkView,
} from "../domain/reply-link.ts";
import type { ProfferBody } from "../domain/terms/record.ts";
import type { RosterCode } from "../domain/terms/roster.ts";
import type { Signed } from "../domain/terms/seal.ts";
import type { AgreementState } from "../domain/terms/states.ts";

/** `proffer` is the last one signed for a holder, until it is decided; `name` and `firm` are whose it is, in their own words. */
export const REPLY_LINK_SCHEMA = `
CREATE TABLE reply_link (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  token_hash TEXT NOT NULL UNIQUE,
  note TEXT NOT NULL,
  company TEXT,
  preferred TEXT NOT NULL,
  alternates TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  opened_at INTEGER,
  revoked_at INTEGER,
  name TEXT,
  firm TEXT,
  proffer TEXT,
  agreement TEXT,
  decided_at INTEGER
) STRICT;
CREATE INDEX reply_link_note ON reply_link (note);
CREATE INDEX reply_link_agreement ON reply_link (agreement) WHERE agreement IS NOT NULL;
`;

type Row = {
  seq: number;
  id: LinkId;
  token_hash: string;
  note: NoteId;
  company: string | null;
  preferred: RosterCode;
  alternates: string;
  created_at: number;
  expires_at: number;
  opened_at: number | null;
  revoked_at: number | null;
  name: string | null;
  firm: string | null;
  proffer: string | null;
  agreement: AgreementId | null;
  decided_at: number | null;
  agreement_state: AgreementState | null;
  outgoing_seq: number | null;
  retracted_at: number | null;
};

/** Times in ms. `facts` say what state it is in. */
export type Link = {
  readonly seq: number;
  readonly id: LinkId;
  readonly note: NoteId;
  readonly company: string | null;
  readonly preferred: RosterCode;
  readonly alternates: readonly RosterCode[];
  readonly createdAt: number;
  readonly openedAt: number | null;
  readonly person: { readonly name: string; readonly company: string } | null;
  readonly proffer: Signed<ProfferBody> | null;
  readonly agreement: AgreementId | null;
  readonly decidedAt: number | null;
  readonly facts: LinkFacts;
};

const linkOf = (row: Row): Link => ({
  seq: row.seq,
  id: row.id,
  note: row.note,
  company: row.company,
  preferred: row.preferred,
  alternates: JSON.parse(row.alternates) as RosterCode[],
  createdAt: row.created_at,
  openedAt: row.opened_at,
  person: row.name === null || row.firm === null ? null : { name: row.name, company: row.firm },
  proffer: row.proffer === null ? null : (JSON.parse(row.proffer) as Signed<ProfferBody>),
  agreement: row.agreement,
  decidedAt: row.decided_at,
  facts: {
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    // A link's agreement is never open, so no time ends what the cache says of it.
    agreement: row.agreement_state,
    note: { outgoingSeq: row.outgoing_seq, retractedAt: row.retracted_at },
  },
});

/** The links that `rest` of a SELECT names, with what their states follow from. */
const select = (sql: SqlStorage, rest: string, ...bound: (string | number)[]): Link[] =>
  [
    ...sql.exec<Row>(
      `SELECT link.*, agreement.state AS agreement_state, note.outgoing_seq, note.retracted_at
       FROM reply_link AS link JOIN note ON note.id = link.note LEFT JOIN agreement ON agreement.id = link.agreement ${rest}`,
      ...bound,
    ),
  ].map(linkOf);

export const linkByToken = (sql: SqlStorage, tokenHash: string): Link | null =>
  select(sql, "WHERE link.token_hash = ?", tokenHash)[0] ?? null;

export const linkById = (sql: SqlStorage, id: string): Link | null => select(sql, "WHERE link.id = ?", id)[0] ?? null;

/** A note's links, newest first. */
export const linksOf = (sql: SqlStorage, note: NoteId): Link[] =>
  select(sql, "WHERE link.note = ? ORDER BY link.seq DESC", note);

/** Oldest first, for an export. */
export const linksAfter = (sql: SqlStorage, after: number, limit: number): Link[] =>
  select(sql, "WHERE link.seq > ? ORDER BY link.seq LIMIT ?", after, limit);

/** Those that open something, or may come to. */
export const liveLinks = (sql: SqlStorage, now: number): Link[] =>
  select(
    sql,
    "WHERE link.revoked_at IS NULL AND link.expires_at > ? AND (agreement.state IS NULL OR agreement.state = 'accepted')",
    now,
  ).filter(({ facts }) => linkEnd(facts, now) === null);

/** Links that are over while their agreement still stands: it must be ended too. */
export const outlivedLinks = (sql: SqlStorage, now: number): Link[] =>
  select(sql, "WHERE agreement.state = 'accepted'").filter(({ facts }) => linkEnd(facts, now) !== null);

/** When the next of them will be, in ms; null when none can. */
export const nextLinkEnd = (sql: SqlStorage): number | null =>
  select(sql, "WHERE agreement.state = 'accepted'").reduce<number | null>((next, { facts }) => {
    const at = linkEnd(facts, 0) === null ? facts.expiresAt : 0;
    return next === null || at < next ? at : next;
  }, null);

/** Whether what was agreed through a link still stands: then the note's end ends it. */
export const hasAgreedLink = (sql: SqlStorage, note: NoteId): boolean =>
  linksOf(sql, note).some(({ facts }) => facts.agreement === "accepted");

/** Whether somebody answered, or may answer, under this note through a link. */
export const wasAccepted = (sql: SqlStorage, note: NoteId): boolean =>
  linksOf(sql, note).some(({ facts }) => facts.agreement !== null && facts.agreement !== "refused");

export type NewLink = {
  readonly id: LinkId;
  readonly tokenHash: string;
  readonly note: NoteId;
  readonly company: string | null;
  readonly preferred: RosterCode;
  readonly alternates: readonly RosterCode[];
  readonly expiresAt: number;
};

export function addLink(sql: SqlStorage, link: NewLink, now: number): void {
  sql.exec(
    "INSERT INTO reply_link (id, token_hash, note, company, preferred, alternates, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    link.id,
    link.tokenHash,
    link.note,
    link.company,
    link.preferred,
    JSON.stringify(link.alternates),
    now,
    link.expiresAt,
  );
}

export const markOpened = (sql: SqlStorage, id: LinkId, now: number): void => {
  sql.exec("UPDATE reply_link SET opened_at = ? WHERE id = ? AND opened_at IS NULL", now, id);
};

export const markRevoked = (sql: SqlStorage, id: LinkId, now: number): void => {
  sql.exec("UPDATE reply_link SET revoked_at = ?, proffer = NULL WHERE id = ?", now, id);
};

/** The proffer that waits for its holder's decision, in the place of the one before. */
export const keepProffer = (
  sql: SqlStorage,
  id: LinkId,
  person: { readonly name: string; readonly company: string },
  proffer: Signed<ProfferBody>,
): void => {
  sql.exec(
    "UPDATE reply_link SET name = ?, firm = ?, proffer = ? WHERE id = ?",
    person.name,
    person.company,
    JSON.stringify(proffer),
    id,
  );
};

export const markDecided = (sql: SqlStorage, id: LinkId, agreement: AgreementId, now: number): void => {
  sql.exec("UPDATE reply_link SET agreement = ?, decided_at = ?, proffer = NULL WHERE id = ?", agreement, now, id);
};

/** Who accepted, once somebody has. */
export const acceptanceOf = ({ person, decidedAt, facts }: Link): Acceptance | null =>
  person === null || decidedAt === null || facts.agreement === "refused" ? null : { ...person, at: rfc3339(decidedAt) };

export const linkView = (link: Link, now: number): ReplyLinkView => ({
  id: link.id,
  note: link.note,
  company: link.company,
  terms: { preferred: link.preferred, alternates: link.alternates },
  state: linkState(link.facts, now),
  ended: link.facts.agreement === "refused" ? null : linkEnd(link.facts, now),
  createdAt: rfc3339(link.createdAt),
  expiresAt: rfc3339(link.facts.expiresAt),
  openedAt: link.openedAt === null ? null : rfc3339(link.openedAt),
  accepted: acceptanceOf(link),
  agreement: link.agreement,
  party: partyOf(link.id),
});
