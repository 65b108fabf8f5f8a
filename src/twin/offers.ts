// The item's last offer, and what its owner is still to be told about it. Hashes and times only: no word of anyone, no code, no token.

import type { Acceptance, Offer, OfferId } from "../domain/handover.ts";

/** One row: the next offer takes the place of the last. `offer_news` is what the owner's side was not told yet. */
export const OFFER_SCHEMA = `
CREATE TABLE offer (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL,
  tenure INTEGER NOT NULL,
  code_hash TEXT NOT NULL,
  gift INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  stage TEXT NOT NULL,
  head_size INTEGER,
  head_root TEXT,
  token_hash TEXT,
  recovery_hash TEXT,
  accepted_at INTEGER,
  wrong INTEGER,
  have_at INTEGER
) STRICT;
CREATE TABLE offer_news (
  type TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
`;

/** Of who accepted: how many entries said nothing any more when they did. */
export const OFFER_ERASED_SCHEMA = `
ALTER TABLE offer ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;
`;

/** And what was stated then of how many entries there are; null of those who accepted before that was looked at. */
export const OFFER_COUNTED_SCHEMA = `
ALTER TABLE offer ADD COLUMN counted TEXT;
`;

type Row = {
  id: OfferId;
  tenure: number;
  code_hash: string;
  gift: number;
  created_at: number;
  expires_at: number;
  stage: Offer["stage"];
  head_size: number | null;
  head_root: string | null;
  token_hash: string | null;
  recovery_hash: string | null;
  accepted_at: number | null;
  wrong: number | null;
  have_at: number | null;
  erased: number;
  counted: string | null;
};

const acceptanceOf = (row: Row): Acceptance | null =>
  row.accepted_at === null
    ? null
    : {
        head: { size: row.head_size!, root: row.head_root! },
        erased: row.erased,
        counted: row.counted,
        tokenHash: row.token_hash!,
        recoveryHash: row.recovery_hash!,
        at: row.accepted_at,
        wrong: row.wrong!,
      };

/** An offer, and when its buyer last said that they have the thing. */
export type KeptOffer = Offer & { readonly haveAt: number | null };

export function lastOffer(sql: SqlStorage): KeptOffer | null {
  const row = [...sql.exec<Row>("SELECT * FROM offer")][0];
  return row
    ? {
        id: row.id,
        tenure: row.tenure,
        codeHash: row.code_hash,
        gift: row.gift === 1,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
        stage: row.stage,
        acceptance: acceptanceOf(row),
        haveAt: row.have_at,
      }
    : null;
}

/** Whether the item was released, and has not moved yet: nothing of its owner's comes on the record any more. */
export const isBeingHandedOver = (sql: SqlStorage): boolean => lastOffer(sql)?.stage === "committing";

/** Puts an offer in the place of the last one, or of itself as it was. */
export function keepOffer(sql: SqlStorage, { acceptance, ...offer }: KeptOffer): void {
  sql.exec(
    `INSERT OR REPLACE INTO offer (one, id, tenure, code_hash, gift, created_at, expires_at, stage,
       head_size, head_root, token_hash, recovery_hash, accepted_at, wrong, have_at, erased, counted)
     VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    offer.id,
    offer.tenure,
    offer.codeHash,
    offer.gift ? 1 : 0,
    offer.createdAt,
    offer.expiresAt,
    offer.stage,
    acceptance?.head.size ?? null,
    acceptance?.head.root ?? null,
    acceptance?.tokenHash ?? null,
    acceptance?.recoveryHash ?? null,
    acceptance?.at ?? null,
    acceptance?.wrong ?? null,
    offer.haveAt,
    acceptance?.erased ?? 0,
    acceptance?.counted ?? null,
  );
}

/** What an owner hears of their offer from the other side. */
export type OfferNews = "handover.accepted" | "handover.received";

export const addOfferNews = (sql: SqlStorage, type: OfferNews): void => {
  sql.exec("INSERT OR IGNORE INTO offer_news (type) VALUES (?)", type);
};

export const offerNews = (sql: SqlStorage): OfferNews[] =>
  [...sql.exec<{ type: OfferNews }>("SELECT type FROM offer_news ORDER BY type")].map(({ type }) => type);

export const offerNewsTold = (sql: SqlStorage, type: OfferNews): void => {
  sql.exec("DELETE FROM offer_news WHERE type = ?", type);
};

export const forgetOfferNews = (sql: SqlStorage): void => {
  sql.exec("DELETE FROM offer_news");
};
