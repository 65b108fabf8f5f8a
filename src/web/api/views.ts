// What the API answers, as types: the very ones its schemas validate. Types only: no schema comes into a page.

import type { z } from "zod";
import type * as schemas from "../../api/schemas.ts";
import type { OfferState } from "../../domain/handover.ts";
import type { Domain } from "../../domain/ids.ts";
import type { LabelHash } from "../../domain/label-hash.ts";
import type { NoticeView as OwnNotice, PublicNotice } from "../../domain/notice.ts";
import type { DidDocument } from "../../domain/record/company-keys.ts";
import type { Head } from "../../domain/record/entry.ts";
import type { ShownProduct, ShownRecord } from "../../domain/record/shown.ts";
import type { ShownNotice } from "../../domain/share.ts";

export type { OwnNotice };

export type Twin = z.infer<typeof schemas.twinView>;
export type Note = z.infer<typeof schemas.noteView>;
export type KnownIssue = z.infer<typeof schemas.ownersIssue>;
export type Message = z.infer<typeof schemas.messageView>;
export type Thread = z.infer<typeof schemas.threadView>;
export type Relay = z.infer<typeof schemas.relayView>;
export type Photo = z.infer<typeof schemas.photoView>;
export type Agreement = z.infer<typeof schemas.ownAgreementView>;
export type Channel = z.infer<typeof schemas.channelView>;
export type FeedEvent = z.infer<typeof schemas.feedEvent>;
export type Access = z.infer<typeof schemas.access>;
export type Page<T> = { readonly items: readonly T[]; readonly next: string | null };

/** What anyone may know of a company. */
export type Maker = { readonly id: string; readonly joined: false } | JoinedMaker;
export type JoinedMaker = {
  readonly id: string;
  readonly joined: true;
  readonly name: string;
  readonly did: string;
  readonly joinedAt: string;
  /** Whether it has proven that its domain is its own. */
  readonly verified: boolean;
  readonly accepts: readonly string[];
  readonly processors: readonly string[];
};

/** What a company has owners of its things know. */
export type ToldNotice = Omit<OwnNotice, "why" | "agreement" | "state">;
/** As it stands at its product's public board, where anyone may read it. */
export type BoardNotice = ToldNotice & Pick<PublicNotice, "concerns">;

/** What an owner asked of a company and has not had. `since` is a day. */
export type OpenCase = Pick<Note, "kind" | "wants"> & { readonly maker: Domain; readonly since: string };
/** How much of a record goes with its thing. */
export type Travels = { readonly entries: number; readonly photos: number };
/** What ends with a tenure, counted. */
export type Stays = Readonly<Record<"notes" | "photos" | "papers" | "agreements" | "channels" | "links", number>>;
export type Offer = {
  readonly id: string;
  readonly state: OfferState;
  readonly gift: boolean;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly acceptedAt: string | null;
  readonly stale: boolean;
  readonly haveAt: string | null;
};
export type Handover = {
  readonly offer: Offer | null;
  readonly travels: Travels;
  readonly stays: Stays;
  readonly openCases: readonly OpenCase[];
};
export type NewOffer = Pick<Offer, "state" | "gift" | "expiresAt"> & {
  readonly offer: string;
  readonly code: string;
  readonly url: string;
};
/** An offer as whoever has its code sees it. */
export type OpenedOffer = Pick<Offer, "state" | "gift" | "expiresAt"> & {
  readonly product: ShownProduct;
  readonly travels: Travels;
  readonly record: ShownRecord;
  readonly keys: Readonly<Record<Domain, DidDocument>>;
  readonly notices: readonly ShownNotice[];
  readonly openCases: readonly OpenCase[];
  readonly label: LabelHash | null;
  readonly head: Head;
  readonly erased: number;
  readonly counted: string;
};
/** `yours`: it is what one's own token was answered for. */
export type OfferStanding = { readonly state: "open" | "accepted" | "committing"; readonly yours: boolean };
export type Accepted = Access & { readonly words: string; readonly state: OfferState };
