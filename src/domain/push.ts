// Web push: what a browser hands over to be told by, and what a push says. Never a word of anyone's.

import * as z from "zod";
import type { NoteId, TwinId } from "./ids.ts";

export const P256DH_BYTES = 65;
export const AUTH_BYTES = 16;

/** The bytes of base64url text, padded or not; null for any other text. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.fromBase64(text, { alphabet: "base64url" });
  } catch {
    return null;
  }
}

const bytes = (length: number, what: string) =>
  z.string().refine((text) => fromBase64url(text)?.length === length, `must be base64url of ${length} bytes: ${what}`);

/** As the browser's `PushSubscription.toJSON()` gives it. When a subscription ends, its push service says so: `expirationTime` is not kept. */
export const subscriptionInput = z.strictObject({
  endpoint: z.string(),
  expirationTime: z.number().nullable().optional(),
  keys: z.strictObject({
    p256dh: bytes(P256DH_BYTES, "the browser's public key, an uncompressed point of P-256"),
    auth: bytes(AUTH_BYTES, "the browser's authentication secret"),
  }),
});
export type SubscriptionInput = z.infer<typeof subscriptionInput>;

/** Where one browser is told, and the keys only it can open a push with; base64url. Whoever holds `endpoint` can send to it: it is never shown again. */
export type Subscription = { readonly endpoint: string; readonly p256dh: string; readonly auth: string };

export type PushView = { readonly on: false } | { readonly on: true; readonly host: string; readonly since: string };

/** What a push can be about, by the event that is news for an owner. */
export const ABOUT = {
  "message.posted": "answer",
  "issue.changed": "answer",
  "agreement.accepted": "terms",
  "agreement.refused": "terms",
  "agreement.countered": "terms",
  "agreement.terminated": "terms",
  "recovery.started": "recovery",
  "papers.reminder": "papers",
  "notice.posted": "notice",
  "history.added": "record",
  "share.challenged": "challenge",
  "find.reported": "found",
  "handover.accepted": "handover",
  "handover.received": "handover",
} as const;
export type News = keyof typeof ABOUT;
export type PushAbout = (typeof ABOUT)[News];

/** What the browser opens: names only. It reads the words with its own token. */
export type PushPayload = { readonly twin: TwinId; readonly about: PushAbout; readonly note?: NoteId };
