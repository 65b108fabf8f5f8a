// How a thing changes hands: an offer, an acceptance by whoever has its code and has seen the record, a release by the owner. Pure: what an offer
// turns into. Nothing moves on silence, and from `committing` on there is one way only: to the next owner.

import * as z from "zod";
import type { Failure } from "./failure.ts";
import { LAST_TENURE, type Id } from "./ids.ts";
import type { Head } from "./record/entry.ts";
import { err, ok, type Err, type Result } from "./result.ts";
import { labelCheck } from "./share.ts";
import { text, time } from "./text.ts";

const DAY_MS = 24 * 3_600_000;
/** Parcels take time. */
export const OFFER_LASTS_MS = 14 * DAY_MS;
export const LONGEST_OFFER_MS = 60 * DAY_MS;
/** So many wrong words, and whoever accepted must do so again. */
export const WRONG_WORDS = 5;
/** "I have it now" reminds the owner this often at most. */
export const REMINDED_MS = 3_600_000;

export const ALERTS = ["lost", "stolen"] as const;
export type Alert = (typeof ALERTS)[number];
export const alertInput = z.strictObject({
  alert: z.enum(ALERTS, "must be lost, stolen or null").nullable(),
});

export type OfferId = Id<"offer">;

export const offerInput = z.strictObject({
  gift: z.boolean().default(false).describe("Released in advance to whoever uses the code first. It can't be undone."),
  expiresAt: time.optional().describe("14 days from now where it is absent, 60 at most."),
});
export type OfferInput = z.infer<typeof offerInput>;

const CODE_CHARACTERS = 200;
const WORDS_CHARACTERS = 200;
export const codeInput = z.strictObject({ code: text(CODE_CHARACTERS) });
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in lower-case hex");
export const headInput = z.strictObject({ size: z.int().min(0), root: sha256Hex });
export const labelByCode = codeInput.extend(labelCheck.shape);
export const acceptInput = codeInput.extend({
  head: headInput,
  erased: z
    .int()
    .min(0)
    .optional()
    .describe("As it was answered beside `head`. Without it whatever was erased since you looked is accepted unseen."),
  counted: sha256Hex
    .optional()
    .describe("The same of the counts. Without it one that was stated since you looked is accepted unseen."),
});
export const releaseInput = z.strictObject({ words: text(WORDS_CHARACTERS) });

/**
 * How a record looks: its head, and what that doesn't tell: how many of its entries say nothing any more, and a digest of what was stated of
 * their number (`countsDigest`).
 */
export type Look = { readonly head: Head; readonly erased: number; readonly counted: string };

/**
 * By whoever had the code: the record as they saw it, the hashes of the access that they will have, and how often wrong words were typed since.
 * `counted` is null of one that was given before counts were looked at.
 */
export type Acceptance = Omit<Look, "counted"> & {
  readonly counted: string | null;
  readonly tokenHash: string;
  readonly recoveryHash: string;
  readonly at: number;
  readonly wrong: number;
};

/** Times in ms. `tenure` is whose offer it is. */
export type Offer = {
  readonly id: OfferId;
  readonly tenure: number;
  readonly codeHash: string;
  readonly gift: boolean;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly stage: "open" | "committing" | "committed" | "cancelled";
  readonly acceptance: Acceptance | null;
};

/** How things stand with the item when something is asked. */
export type Standing = Look & { readonly now: number; readonly alert: Alert | null };

export const OFFER_STATES = ["open", "accepted", "committing", "committed", "cancelled", "expired"] as const;
export type OfferState = (typeof OFFER_STATES)[number];

export const isSameHead = (a: Head, b: Head): boolean => a.size === b.size && a.root === b.root;

/** Whether the record is not as whoever accepted has seen it: they must look, and accept again. */
export const isStale = ({ acceptance }: Offer, { head, erased, counted }: Look): boolean =>
  acceptance !== null &&
  !(
    isSameHead(acceptance.head, head) &&
    acceptance.erased === erased &&
    (acceptance.counted === null || acceptance.counted === counted)
  );

export function offerState(offer: Offer, standing: Look & Pick<Standing, "now">): OfferState {
  if (offer.stage !== "open") return offer.stage;
  if (standing.now >= offer.expiresAt) return "expired";
  return offer.acceptance === null || isStale(offer, standing) ? "open" : "accepted";
}

/** Whether its code opens it. */
export const isOpen = (offer: Offer, standing: Look & Pick<Standing, "now">): boolean =>
  ["open", "accepted"].includes(offerState(offer, standing));

const conflict = (detail: string): Result<never, Failure> => err({ code: "conflict", detail });
const refused: Result<never, Failure> = err({ code: "handover-refused" });
const headChanged = (detail: string): Result<never, Failure> => err({ code: "head-changed", detail });
/** It was let go of, and has not moved yet: nothing that goes with it is changed any more. */
export const beingHandedOver: Err<Failure> = err({ code: "conflict", detail: "It is being handed over." });
const alertStands = (alert: Alert): Result<never, Failure> => err({ code: "alert-stands", alert });

/** Whether the owner of tenure `tenure` may make an offer beside the last one. */
export function mayOffer(last: Offer | null, tenure: number, standing: Standing): Result<null, Failure> {
  if (standing.alert !== null) return alertStands(standing.alert);
  if (tenure >= LAST_TENURE) return conflict("This item has had as many owners as it can have.");
  const state = last === null ? "cancelled" : offerState(last, standing);
  if (state === "open" || state === "accepted") return conflict("An offer stands already: take it back first.");
  return state === "committing" ? beingHandedOver : ok(null);
}

/** `erased` and `counted` are null where it was not said what was seen of them. */
export type Access = {
  readonly head: Head;
  readonly erased: number | null;
  readonly counted: string | null;
  readonly tokenHash: string;
  readonly recoveryHash: string;
};

/** Somebody with the code accepts. A gift was released in advance. */
export function accept(
  offer: Offer,
  { head, erased, counted, ...access }: Access,
  standing: Standing,
): Result<Offer, Failure> {
  const state = offerState(offer, standing);
  if (state !== "open" && state !== "accepted") return refused;
  if (standing.alert !== null) return alertStands(standing.alert);
  if (state === "accepted") return conflict("Somebody has accepted this offer already.");
  if (!isSameHead(head, standing.head)) {
    return headChanged("The record has an entry that was not looked at yet: look again, and accept then.");
  }
  if (erased !== null && erased !== standing.erased) {
    return headChanged("What an entry says was erased since it was looked at: look again, and accept then.");
  }
  if (counted !== null && counted !== standing.counted) {
    return headChanged("How many entries there are was stated since it was looked at: look again, and accept then.");
  }
  const { erased: erasedNow, counted: countedNow, now } = standing;
  const acceptance = { head, erased: erasedNow, counted: countedNow, ...access, at: now, wrong: 0 };
  return ok({ ...offer, acceptance, stage: offer.gift ? "committing" : "open" });
}

/** The owner lets go, having compared the words. Wrong ones count: the offer as it is kept then comes along with the refusal. */
export function release(
  offer: Offer,
  areRight: (acceptance: Acceptance) => boolean,
  standing: Standing,
): { readonly offer: Offer; readonly answer: Result<null, Failure> } {
  const refusal = (answer: Result<never, Failure>) => ({ offer, answer });
  if (offer.stage === "committing" || offer.stage === "committed") return { offer, answer: ok(null) };
  const state = offerState(offer, standing);
  if (state === "expired") return refusal(conflict("This offer has run out: make another one."));
  if (state === "cancelled") return refusal(conflict("There is no offer."));
  if (standing.alert !== null) return refusal(alertStands(standing.alert));
  if (offer.acceptance === null) return refusal(conflict("Nobody has accepted yet."));
  if (isStale(offer, standing)) {
    const detail = "The record has changed since they accepted. They must look again and accept again.";
    return refusal(headChanged(detail));
  }
  if (areRight(offer.acceptance)) return { offer: { ...offer, stage: "committing" }, answer: ok(null) };
  const wrong = offer.acceptance.wrong + 1;
  const left = WRONG_WORDS - wrong;
  return {
    offer: { ...offer, acceptance: left > 0 ? { ...offer.acceptance, wrong } : null },
    answer: err({ code: "wrong-words", left }),
  };
}

/** The owner takes the offer back. Too late once it is released. */
export function cancel(offer: Offer, standing: Look & Pick<Standing, "now">): Result<Offer, Failure> {
  const state = offerState(offer, standing);
  if (state === "committing" || state === "committed") return beingHandedOver;
  return ok({ ...offer, stage: "cancelled", acceptance: null });
}

/** It was released, and its owner's side is sealed: the next tenure is the one that accepted. */
export const commit = (offer: Offer): Offer => ({ ...offer, stage: "committed", acceptance: null });

/** The owner's side was erased before it could be sealed: nobody was promised anything yet. */
export const undo = (offer: Offer): Offer => ({ ...offer, stage: "cancelled", acceptance: null });
