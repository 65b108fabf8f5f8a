// Shares: a link by which its owner shows a thing's record to somebody who may buy it.

import * as z from "zod";
import { isSerial } from "./gtin.ts";
import type { Domain, NoticeId, ShareId } from "./ids.ts";
import type { PUBLIC_KINDS } from "./notice.ts";
import { gtin } from "./product.ts";
import { text, time } from "./text.ts";

export { CHALLENGE_LASTS_MS } from "./record/presence.ts";
export { shows, type Showing } from "./shown-by-share.ts";

const DAY_MS = 86_400_000;
export const SHARE_LASTS_MS = 14 * DAY_MS;
export const SHARE_LASTS_AT_MOST_MS = 90 * DAY_MS;
export const MAX_OPEN_SHARES = 100;
const LABEL_CHARACTERS = 120;
const MOST_WITHHELD = 1_000;

const withhold = z
  .array(z.int("must be the seq of an entry").min(1, "must be the seq of an entry"))
  .max(MOST_WITHHELD, `must name ${MOST_WITHHELD} entries at most`)
  .refine((seqs) => new Set(seqs).size === seqs.length, "must not repeat an entry")
  .describe("Entries whose words and pictures are not shown; that they are there always is.");
const label = text(LABEL_CHARACTERS).describe("For its owner alone: whom it is for.");

const upTo = z
  .int()
  .min(0)
  .describe(
    "The record's size as its owner looked at it: what their side recorded after that is not shown. Left out, all of it up to now.",
  );

export const shareInput = z.strictObject({
  withhold: withhold.optional(),
  upTo: upTo.optional(),
  label: label.optional(),
  expiresAt: time.optional().describe("14 days from now where it is left out; 90 at most."),
});
export type ShareInput = z.infer<typeof shareInput>;

/** Every change but of the label alone shows what the owner and their channels recorded up to now, or up to what the owner looked at. */
export const shareChange = z.strictObject({
  withhold: withhold.optional(),
  upTo: upTo.optional(),
  label: label.nullable().optional(),
});
export type ShareChange = z.infer<typeof shareChange>;

/** So long after it was last opened a share can be looked at again as the same opening. */
export const AGAIN_WITHIN_MS = DAY_MS;
export const shareOpening = z.strictObject({
  again: z
    .literal("true")
    .optional()
    .describe("Whoever has it open looks at it once more: no opening more is counted within a day of the last time."),
});
export type ShareOpening = z.infer<typeof shareOpening>;

export type ShareState = "open" | "expired" | "revoked";
export type ShareFacts = { readonly expiresAt: number; readonly revokedAt: number | null };

export const shareState = ({ expiresAt, revokedAt }: ShareFacts, now: number): ShareState =>
  revokedAt !== null ? "revoked" : now >= expiresAt ? "expired" : "open";

/** A share as its owner sees it. */
export type ShareView = {
  readonly id: ShareId;
  readonly label: string | null;
  readonly withhold: readonly number[];
  /** The record's size when it was made or last changed: what the owner's side recorded after it is not shown. */
  readonly upTo: number;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
  readonly openings: number;
  readonly lastOpenedAt: string | null;
  readonly state: ShareState;
};

/** "Is it this very item?" */
export const labelCheck = z.strictObject({
  gtin,
  serial: z.string().refine(isSerial, "must be 1 to 20 characters of GS1's CSET 82"),
});

export const CHALLENGE_TRIES = 5;
export const CODE_DIGITS = 6;

/** `nonce` is the buyer's: 256 bits that nobody signed before. */
export const challengeInput = z.strictObject({
  nonce: z.string().regex(/^[A-Za-z0-9_-]{43}$/, "must be 43 base64url characters"),
});
export const challengeAnswer = z.strictObject({
  code: z.string().regex(/^\d{6}$/, `must be the ${CODE_DIGITS} digits that the other side reads out`),
});

export type ChallengeView = { readonly code: string; readonly expiresAt: string };

/** A safety notice or a recall that stands, as its maker wrote it. */
export type ShownNotice = {
  readonly id: NoticeId;
  readonly kind: (typeof PUBLIC_KINDS)[number];
  readonly maker: { readonly id: Domain; readonly name: string };
  readonly title: string;
  readonly text: string;
  readonly url: string | null;
  readonly at: string;
  /** `your-item`: it names this very item. `named-items`: others are named; whether this is one is not known here. */
  readonly why: "your-item" | "every-item" | "named-items";
};

export type ShownWarranty = { readonly until: string; readonly by: Domain; readonly recordedOn: string };
