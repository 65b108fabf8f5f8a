// What the API answers, as types: the very ones its schemas validate. Types only: no schema comes into a page.

import type { z } from "zod";
import type * as schemas from "../../api/schemas.ts";
import type { NoticeView as OwnNotice, PublicNotice } from "../../domain/notice.ts";

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
