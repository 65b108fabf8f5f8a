// What a handover answers, as schemas: to the owner who offers a thing, and to whoever has the code. Nothing of the owner's has a place in the second.

import { z } from "@hono/zod-openapi";
import { OFFER_STATES } from "../domain/handover.ts";
import { KINDS, WANTS } from "../domain/note.ts";
import { idField, instant } from "./fields.ts";
import { checkpointView, countView, entryView } from "./record-views.ts";
import { companyKeys, labelHash, shownNotice, shownProduct } from "./share-views.ts";

const state = z.enum(OFFER_STATES);
const head = z.object({ size: z.int(), root: z.string().describe("SHA-256, lower-case hex.") });

const openCase = z
  .object({
    kind: z.enum(KINDS),
    wants: z.enum(WANTS),
    maker: z.string(),
    since: z.string().describe("The day on which it was sent."),
  })
  .openapi("OpenCase", { description: "What the owner asked of a company and has not had. None of its words." });

const travels = z.object({ entries: z.int(), photos: z.int() }).describe("How much of the record goes with the thing.");

export const offerView = z
  .object({
    id: idField("offer"),
    state,
    gift: z.boolean(),
    createdAt: instant,
    expiresAt: instant,
    acceptedAt: instant.nullable(),
    stale: z
      .boolean()
      .describe(
        "Since somebody accepted, the record has grown, something in it was erased, or the number of its entries was stated anew: they must look, and accept again.",
      ),
    haveAt: instant.nullable().describe("When somebody with the code last said that they have the thing in hand."),
  })
  .openapi("Offer");

export const handoverView = z
  .object({
    offer: offerView.nullable().describe("The one that stands, or the last if it ran out."),
    travels,
    stays: z
      .object({
        notes: z.int(),
        photos: z.int(),
        papers: z.int(),
        agreements: z.int(),
        channels: z.int(),
        links: z.int(),
      })
      .describe("What ends with this tenure, and is erased."),
    openCases: z.array(openCase),
  })
  .openapi("Handover");

export const madeOffer = z
  .object({
    offer: idField("offer"),
    code: z.string().describe("For whoever is to have the thing; shown once."),
    url: z.string().describe("The same as a link. The code stands after the `#` and never reaches a log."),
    state,
    gift: z.boolean(),
    expiresAt: instant,
  })
  .openapi("MadeOffer");

export const openedOffer = z
  .object({
    state,
    gift: z.boolean(),
    expiresAt: instant,
    product: shownProduct,
    travels,
    record: z.object({
      checkpoint: checkpointView,
      entries: z.array(entryView).describe("All of them, oldest first, with every body that was not erased."),
      counts: z.array(countView),
    }),
    keys: companyKeys,
    notices: z.array(shownNotice).describe("Safety notices and recalls that stand, newest first."),
    openCases: z.array(openCase),
    label: labelHash,
    head: head.describe("What to accept: the record as it is shown here."),
    erased: z.int().describe("How many of its entries say nothing any more: what `head` does not tell. Send it along."),
    counted: z
      .string()
      .describe("A digest of the counts as they are shown here, which `head` does not tell either. Send it along."),
  })
  .openapi("OpenedOffer");

export const offerStanding = z
  .object({
    state: state.extract(["open", "accepted", "committing"]),
    yours: z.boolean().describe("Whether it is your acceptance that stands, or that the thing goes to."),
  })
  .openapi("OfferStanding");

export const acceptedOffer = z
  .object({
    twin: z.string().describe("The new owner's. It sleeps (401) until the offer is released."),
    token: z.string(),
    recoveryCode: z.string(),
    words: z.string().describe("Four words: the owner types what you read to them."),
    state: state.describe("`committed` where it was a gift."),
  })
  .openapi("AcceptedOffer");
