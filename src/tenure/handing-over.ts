// A tenure that ends with a handover: what it passes on, what it says of itself before, and that it answers nobody after. No word of its owner is
// among what is passed on.

import type { Failure } from "../domain/failure.ts";
import { beingHandedOver, type OfferState } from "../domain/handover.ts";
import type { LabelHash } from "../domain/label-hash.ts";
import { nameOnRecord, type Product, type Proof } from "../domain/product.ts";
import type { ShownNotice } from "../domain/share.ts";
import { now as clock } from "../platform/clock.ts";
import { twinOf } from "../platform/stubs.ts";
import type { OfferNews } from "../twin/offers.ts";
import { openCasesIn, type OpenCase } from "./cases.ts";
import { identity, type Ground } from "./ground.ts";
import { labelHash } from "./label-hash.ts";
import { liveLinks } from "./links.ts";
import { noticesOf } from "./looking.ts";
import { noteCounts } from "./notes.ts";
import { photoCount } from "./photos.ts";
import { addNews } from "./pushing.ts";
import { openShares, shareHashes } from "./shares.ts";
import { hasEnded } from "./showing.ts";

/** What the next tenure begins with, and the hashes of all its links to show: whoever still has one is told that it has ended. */
export type PassedOn = { readonly product: Product; readonly proof: Proof; readonly shares: readonly string[] };

/** A labelled thing goes by its maker's name for it: what its owner called it was theirs. Of any other, there is nothing but what they typed. */
const productPassedOn = (product: Product, proof: Proof): Product => ({
  ...product,
  name: nameOnRecord(product, proof),
});

export function passedOn(ground: Ground): PassedOn {
  const { product, proof } = identity(ground);
  return { product: productPassedOn(product, proof), proof, shares: shareHashes(ground.sql) };
}

/** How the item's Twin says that this tenure's offer stands; null when there is none. */
async function offerStateOf(ground: Ground): Promise<OfferState | null> {
  const { twin } = identity(ground);
  const { offer } = await twinOf(ground.env, twin).offered(twin);
  return offer?.state ?? null;
}

/** Why the thing can't be called otherwise now: whoever has the code of an offer gets what they were shown. Null where it can. */
export async function heldByOffer(ground: Ground, changed: Product): Promise<Failure | null> {
  const { product, proof } = identity(ground);
  const [before, after] = [product, changed].map((each) => JSON.stringify(productPassedOn(each, proof)));
  if (before === after) return null;
  switch (await offerStateOf(ground)) {
    case "committing":
      return beingHandedOver.error;
    case "open":
    case "accepted":
      return {
        code: "conflict",
        detail: "This goes with the thing, and an offer of it stands: take it back first, and make another after.",
        reason: "offered",
      };
    default:
      return null;
  }
}

/** How much of each there is that ends with this tenure. */
export type Stays = {
  readonly notes: number;
  readonly photos: number;
  readonly papers: number;
  readonly agreements: number;
  readonly channels: number;
  readonly links: number;
};

const count = (sql: SqlStorage, from: string): number =>
  sql.exec<{ n: number }>(`SELECT count(*) AS n FROM ${from}`).one().n;

export function staysBehind({ sql, channels }: Ground): Stays {
  const now = clock();
  return {
    notes: noteCounts(sql).notes,
    photos: photoCount(sql),
    papers: count(sql, "paper_file"),
    agreements: count(sql, "agreement WHERE state = 'accepted'"),
    channels: channels.liveCount(now),
    links: liveLinks(sql, now).length + openShares(sql, now),
  };
}

/** What whoever looks at an offer is told besides the record: what the thing is, and which cases its owner still has open. */
export type Offered = {
  readonly product: Omit<Product, "serial"> & { readonly proof: Proof };
  readonly openCases: readonly OpenCase[];
  readonly label: LabelHash | null;
  readonly notices: readonly ShownNotice[];
};

/** Null when this tenure ends meanwhile. */
export async function offered(ground: Ground): Promise<Offered | null> {
  const label = await labelHash(ground);
  if (hasEnded(ground)) return null;
  const { product, proof } = passedOn(ground);
  const { name, maker, model, gtin } = product;
  const notices = noticesOf(ground);
  return { product: { name, maker, model, gtin, proof }, openCases: openCasesIn(ground.sql), label, notices };
}

/** What the owner sees before they offer it. */
export type Ahead = { readonly stays: Stays; readonly openCases: readonly OpenCase[] };

export const ahead = (ground: Ground): Ahead => ({
  stays: staysBehind(ground),
  openCases: openCasesIn(ground.sql),
});

export const takeHandoverNews = (ground: Ground, type: OfferNews): void => {
  ground.storage.transactionSync(() => addNews(ground, type, {}, clock()));
};
