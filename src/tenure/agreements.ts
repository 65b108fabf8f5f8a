// The agreements this owner proffered: one row each, the record as its canonical bytes. This side numbers every change.

import type { AgreementCopy, ProductBrief } from "../domain/exchange.ts";
import type { AgreementId, Domain, TwinId } from "../domain/ids.ts";
import { isLinkParty } from "../domain/reply-link.ts";
import type { AgreementInForce } from "../domain/terms/permits.ts";
import { agreedTerms, recordBytes, type AgreementRecord, type SignedEvent } from "../domain/terms/record.ts";
import type { AgreementKind, RosterCode } from "../domain/terms/roster.ts";
import { stateOf, type AgreementState } from "../domain/terms/states.ts";
import { viewOf, type AgreementView } from "../domain/terms/view.ts";

type Row = {
  seq: number;
  id: AgreementId;
  maker: Domain;
  kind: AgreementKind;
  state: AgreementState;
  terms: RosterCode | null;
  version: number;
  synced_version: number;
  sync_at: number | null;
  sync_tries: number;
  created_at: number;
  decide_by: number | null;
  held_at: number | null;
  record: string;
  record_digest: string;
  events: string;
  told: number;
};

export type OwnAgreement = {
  readonly seq: number;
  readonly id: AgreementId;
  readonly maker: Domain;
  readonly version: number;
  readonly syncedVersion: number;
  readonly syncTries: number;
  readonly createdAt: number;
  readonly decideBy: number | null;
  readonly heldAt: number | null;
  readonly record: AgreementRecord;
  readonly recordDigest: string;
  readonly events: readonly SignedEvent[];
  /** Whether the maker was ever told of it by an event. */
  readonly told: boolean;
};

const agreementOf = (row: Row): OwnAgreement => ({
  seq: row.seq,
  id: row.id,
  maker: row.maker,
  version: row.version,
  syncedVersion: row.synced_version,
  syncTries: row.sync_tries,
  createdAt: row.created_at,
  decideBy: row.decide_by,
  heldAt: row.held_at,
  record: JSON.parse(row.record) as AgreementRecord,
  recordDigest: row.record_digest,
  events: JSON.parse(row.events) as SignedEvent[],
  told: row.told === 1,
});

export function agreementById(sql: SqlStorage, id: string): OwnAgreement | null {
  const row = [...sql.exec<Row>("SELECT * FROM agreement WHERE id = ?", id)][0];
  return row ? agreementOf(row) : null;
}

/** Everything between this owner and one company, oldest first. */
export const agreementsWith = (sql: SqlStorage, maker: Domain): OwnAgreement[] =>
  [...sql.exec<Row>("SELECT * FROM agreement WHERE maker = ? ORDER BY seq", maker)].map(agreementOf);

export const makersKnown = (sql: SqlStorage): Domain[] =>
  [...sql.exec<{ maker: Domain }>("SELECT DISTINCT maker FROM agreement")].map((row) => row.maker);

/** Newest first. */
export function listAgreements(
  sql: SqlStorage,
  limit: number,
  before: number | null,
): { items: OwnAgreement[]; next: number | null } {
  const rows = [
    ...sql.exec<Row>(
      "SELECT * FROM agreement WHERE seq < ? ORDER BY seq DESC LIMIT ?",
      before ?? Number.MAX_SAFE_INTEGER,
      limit + 1,
    ),
  ];
  const page = rows.slice(0, limit).map(agreementOf);
  return { items: page, next: rows.length > limit ? page.at(-1)!.seq : null };
}

/**
 * What `permits` asks for, from one small index read: the hot path must not parse records.
 * The `state` column is a cache of `stateOf`; `accepted` does not end by time, so it is exact here.
 */
export const agreementsInForce = (sql: SqlStorage, maker: Domain): AgreementInForce[] =>
  [
    ...sql.exec<{ id: AgreementId; terms: RosterCode; kind: AgreementKind }>(
      "SELECT id, terms, kind FROM agreement WHERE maker = ? AND state = 'accepted'",
      maker,
    ),
  ].map((row) => ({ id: row.id, code: row.terms, kind: row.kind }));

export const hadAgreement = (sql: SqlStorage, maker: Domain): boolean =>
  sql.exec<{ n: number }>("SELECT count(*) AS n FROM agreement WHERE maker = ? AND terms IS NOT NULL", maker).one().n >
  0;

export type NewAgreement = {
  readonly id: AgreementId;
  readonly maker: Domain;
  readonly kind: AgreementKind;
  readonly decideBy: number | null;
  readonly record: AgreementRecord;
  readonly recordDigest: string;
};

export function addAgreement(sql: SqlStorage, agreement: NewAgreement, now: number): void {
  sql.exec(
    `INSERT INTO agreement (id, maker, kind, state, version, synced_version, sync_tries, created_at, decide_by, record, record_digest, events, told)
     VALUES (?, ?, ?, 'proffered', 1, 0, 0, ?, ?, ?, ?, '[]', 0)`,
    agreement.id,
    agreement.maker,
    agreement.kind,
    now,
    agreement.decideBy,
    recordBytes(agreement.record),
    agreement.recordDigest,
  );
}

export type AgreementChange = {
  readonly record?: AgreementRecord;
  readonly recordDigest?: string;
  readonly events?: readonly SignedEvent[];
  readonly heldAt?: number;
  readonly decideBy?: number;
};

/** Writes a change as the next version; what its state then is, is computed. */
export function changeAgreement(
  sql: SqlStorage,
  before: OwnAgreement,
  change: AgreementChange,
  now: number,
): OwnAgreement {
  const after: OwnAgreement = { ...before, ...change, version: before.version + 1 };
  sql.exec(
    `UPDATE agreement SET state = ?, terms = ?, version = ?, decide_by = ?, held_at = ?, record = ?, record_digest = ?, events = ?, sync_at = ?, sync_tries = 0
     WHERE seq = ?`,
    stateOf(after, now),
    agreedTerms(after.record)?.code ?? null,
    after.version,
    after.decideBy,
    after.heldAt,
    recordBytes(after.record),
    after.recordDigest,
    JSON.stringify(after.events),
    now,
    before.seq,
  );
  return after;
}

export const markTold = (sql: SqlStorage, id: AgreementId): void => {
  sql.exec("UPDATE agreement SET told = 1 WHERE id = ?", id);
};

/** The maker's side has this version; acknowledgements it gave stand beside the events they acknowledge. */
export function markSynced(sql: SqlStorage, id: AgreementId, version: number, events: readonly SignedEvent[]): void {
  sql.exec(
    "UPDATE agreement SET synced_version = max(synced_version, ?), sync_at = CASE WHEN version = ? THEN NULL ELSE sync_at END, events = CASE WHEN version = ? THEN ? ELSE events END WHERE id = ?",
    version,
    version,
    version,
    JSON.stringify(events),
    id,
  );
}

export const syncLater = (sql: SqlStorage, id: AgreementId, at: number): void => {
  sql.exec("UPDATE agreement SET sync_at = ?, sync_tries = sync_tries + 1 WHERE id = ?", at, id);
};

export const syncNotNeeded = (sql: SqlStorage, id: AgreementId): void => {
  sql.exec("UPDATE agreement SET sync_at = NULL WHERE id = ?", id);
};

export const dueForSync = (sql: SqlStorage, now: number): OwnAgreement[] =>
  [
    ...sql.exec<Row>(
      "SELECT * FROM agreement WHERE sync_at IS NOT NULL AND sync_at <= ? ORDER BY sync_at LIMIT 20",
      now,
    ),
  ].map(agreementOf);

export const nextSyncAt = (sql: SqlStorage): number | null =>
  sql.exec<{ at: number | null }>("SELECT min(sync_at) AS at FROM agreement WHERE sync_at IS NOT NULL").one().at;

/** Those that may still be answered: the only ones that time can end. */
export const openAgreements = (sql: SqlStorage): OwnAgreement[] =>
  [...sql.exec<Row>("SELECT * FROM agreement WHERE state IN ('proffered', 'held', 'countered')")].map(agreementOf);

export const cacheState = (sql: SqlStorage, id: AgreementId, state: AgreementState): void => {
  sql.exec("UPDATE agreement SET state = ? WHERE id = ?", state, id);
};

export const copyOf = (agreement: OwnAgreement, twin: TwinId, product: ProductBrief): AgreementCopy => ({
  id: agreement.id,
  twin,
  maker: agreement.maker,
  version: agreement.version,
  product,
  createdAt: agreement.createdAt,
  decideBy: agreement.decideBy,
  heldAt: agreement.heldAt,
  record: agreement.record,
  events: agreement.events,
});

/**
 * With whether the company's side holds this very version, and the company's name in the record. `unverified`: somebody accepted through a
 * reply link in that name, and nobody has checked who they are.
 */
export type OwnAgreementView = AgreementView & {
  readonly acknowledged: boolean;
  readonly company: string;
  readonly unverified: boolean;
};

export const agreementView = (agreement: OwnAgreement, now: number): OwnAgreementView => ({
  ...viewOf(agreement, agreement.recordDigest, now),
  acknowledged: agreement.syncedVersion === agreement.version,
  company: agreement.record.proffer.body.second.legalName,
  unverified: isLinkParty(agreement.maker),
});
