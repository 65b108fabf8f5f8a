// Threads: what is said under a note by both sides, how an answer proposes to close it and the owner decides.

import * as z from "zod";
import { MAKER_MESSAGE_TYPES, OUTCOMES, type MakerMessageType, type Outcome } from "./exchange.ts";
import type { ChannelId, Domain, MessageId } from "./ids.ts";
import { photoIds, type PhotoView, type RelayView } from "./note.ts";
import { text, TEXT_CHARACTERS } from "./text.ts";

/** An outcome that the owner neither confirms nor contradicts closes the thread after this. */
export const CLOSES_AFTER_MS = 14 * 24 * 3_600_000;
const AUTHOR_CHARACTERS = 120;
const EXTERNAL_ID_CHARACTERS = 255;

export const messageInput = z.strictObject({ text: text(TEXT_CHARACTERS), photos: photoIds });
export type MessageInput = z.infer<typeof messageInput>;

export const VERDICTS = ["addressed", "not-addressed"] as const;
export type Verdict = (typeof VERDICTS)[number];
export const verdictInput = z.strictObject({ verdict: z.enum(VERDICTS) });

/** What a maker's reply holds, whichever door it comes through. */
export const replyFields = {
  text: text(TEXT_CHARACTERS),
  type: z.enum(MAKER_MESSAGE_TYPES).default("other"),
  outcome: z.enum(OUTCOMES).optional(),
  author: z.strictObject({ name: text(AUTHOR_CHARACTERS) }).optional(),
  photos: photoIds,
};
export const externalId = text(EXTERNAL_ID_CHARACTERS).optional();

export type ThreadState = "open" | "answered" | "closed";
export type ThreadView = {
  readonly state: ThreadState;
  /** What the company proposes it did; the owner's verdict confirms or contradicts it. */
  readonly outcome: Outcome | null;
  readonly closesAt: string | null;
  readonly verdict: Verdict | null;
};

export type MessageView = {
  readonly id: MessageId;
  readonly from: "owner" | "maker";
  readonly maker: Domain | null;
  readonly channel: ChannelId | null;
  readonly text: string;
  readonly type: MakerMessageType | null;
  readonly outcome: Outcome | null;
  readonly author: { readonly name: string } | null;
  readonly photos: readonly PhotoView[];
  readonly createdAt: string;
  readonly relay: RelayView | null;
};

/** How far an owner has read a company's answers, where the terms let it know. */
export type ReadReceipt = { readonly message: MessageId; readonly at: string };

export type Thread = {
  readonly state: ThreadState;
  readonly outcome: Outcome | null;
  readonly outcomeAt: number | null;
  readonly verdict: Verdict | null;
};

export const newThread: Thread = { state: "open", outcome: null, outcomeAt: null, verdict: null };

/** The company answered: an outcome is proposed, or the one proposed before still stands. */
export const afterReply = (thread: Thread, outcome: Outcome | null, now: number): Thread => ({
  state: "answered",
  outcome: outcome ?? thread.outcome,
  outcomeAt: outcome === null ? thread.outcomeAt : now,
  verdict: null,
});

/** The owner wrote again: whatever was proposed is open once more. */
export const afterOwnerMessage = (): Thread => newThread;

/** The owner's word on the answer: it closes the thread, or opens it again. */
export const afterVerdict = (thread: Thread, verdict: Verdict): Thread =>
  verdict === "addressed" ? { ...thread, state: "closed", verdict } : { ...newThread, verdict };

/** When a thread closes by itself, or null. */
export const closesAt = (thread: Thread): number | null =>
  thread.state === "answered" && thread.outcomeAt !== null ? thread.outcomeAt + CLOSES_AFTER_MS : null;
