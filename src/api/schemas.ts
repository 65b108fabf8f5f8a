// What the twin's routes answer, as schemas: the same that /openapi.json shows.

import { z } from "@hono/zod-openapi";
import { SCOPES } from "../domain/access.ts";
import { MAKER_MESSAGE_TYPES, OUTCOMES } from "../domain/exchange.ts";
import { ALERTS } from "../domain/handover.ts";
import { ISSUE_STATUSES } from "../domain/issue-status.ts";
import { KINDS, RELAY_STATES, WANTS } from "../domain/note.ts";
import { AGREEMENT_KINDS, OBLIGATIONS, PERMISSIONS, PROHIBITIONS, ROSTER_CODES } from "../domain/terms/roster.ts";
import { AGREEMENT_STATES } from "../domain/terms/states.ts";
import { VERDICTS } from "../domain/thread.ts";
import { idField, instant, twinField } from "./fields.ts";

export const photoView = z
  .object({ id: z.string(), type: z.string(), bytes: z.int(), width: z.int(), height: z.int() })
  .openapi("Photo", { description: "`width` and `height` as a viewer shows it, its orientation applied." });

export const relayView = z
  .object({
    state: z.enum(RELAY_STATES),
    reason: z.string().nullable().describe("Why it waits, is delayed or failed."),
  })
  .openapi("Relay");

export const threadView = z
  .object({
    state: z.enum(["open", "answered", "closed"]),
    outcome: z.enum(OUTCOMES).nullable().describe("What the company proposes it did."),
    closesAt: instant.nullable().describe("When an outcome that nobody contradicts closes the thread."),
    verdict: z.enum(VERDICTS).nullable(),
  })
  .openapi("Thread");

/** What either side said, as whoever may read it sees it. */
export const saidView = z.object({
  id: idField("msg"),
  from: z.enum(["owner", "maker"]),
  text: z.string(),
  type: z.enum(MAKER_MESSAGE_TYPES).nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
  author: z.object({ name: z.string() }).nullable(),
  photos: z.array(photoView),
  createdAt: instant,
});

export const messageView = saidView
  .extend({ maker: z.string().nullable(), channel: z.string().nullable(), relay: relayView.nullable() })
  .openapi("Message");

export const readReceiptView = z
  .object({ message: z.string(), at: instant })
  .nullable()
  .describe(
    "The last message the owner read, and when: what the company may see. Null where the terms don't permit it.",
  );

export const ownersIssue = z
  .object({
    id: idField("issue"),
    title: z.string(),
    status: z.enum(ISSUE_STATUSES),
    fixedIn: z.string().nullable(),
    text: z.string().nullable(),
    updatedAt: instant,
    meToo: z.boolean().describe("Whether this owner counted themselves in."),
    others: z
      .int()
      .nullable()
      .describe("Owners who counted themselves in besides this one; null while there are fewer than five in all."),
  })
  .openapi("OwnersKnownIssue");

export const noteView = z
  .object({
    id: z.string(),
    kind: z.enum(KINDS),
    title: z.string().nullable(),
    text: z.string().nullable().describe("Null once the note was retracted."),
    wants: z.enum(WANTS),
    sent: z.boolean(),
    sentAt: instant.nullable(),
    serial: z.string().nullable().describe("The serial the owner put in, else null."),
    onRecord: z.boolean(),
    occurredAt: instant.nullable(),
    createdAt: instant,
    updatedAt: instant,
    revision: z.int(),
    retractedAt: instant.nullable(),
    channel: z.string().describe("The channel that wrote it."),
    photos: z.array(photoView),
    relay: relayView,
    thread: threadView,
    knownIssue: ownersIssue
      .nullable()
      .describe("What the company put this note to: you said, they changed. `others` is told of a single note only."),
    record: z
      .object({ seq: z.int().nullable() })
      .nullable()
      .describe("Its first entry on the item's record; `seq` is null while it is on its way there."),
    messages: z.array(messageView).optional(),
    readReceipt: readReceiptView.optional(),
    revisions: z
      .array(z.object({ revision: z.int(), title: z.string().nullable(), text: z.string(), at: instant }))
      .optional(),
  })
  .openapi("Note");

export const productView = z
  .object({
    name: z.string(),
    maker: z.string().nullable(),
    model: z.string().nullable(),
    gtin: z.string().nullable(),
    serial: z.string().nullable(),
  })
  .openapi("Product");

export const twinView = z
  .object({
    id: z.string(),
    product: productView,
    maker: z.string().nullable(),
    tenure: z.int(),
    proof: z.enum(["label", "none"]),
    agreement: z
      .object({
        id: z.string(),
        state: z.enum(AGREEMENT_STATES),
        terms: z.enum(ROSTER_CODES).nullable(),
        recordDigest: z.string(),
        checkCode: z.string(),
      })
      .nullable(),
    counts: z
      .object({ notes: z.int(), sent: z.int() })
      .describe("Without `notes:read`, of what this channel wrote itself."),
    alert: z.enum(ALERTS).nullable().describe("Whether its owner says that it is lost or stolen."),
    createdAt: instant,
  })
  .openapi("Twin");

export const access = z
  .object({
    twin: z.string(),
    token: z.string().describe("The owner's channel, shown once: `<twin id>~<43 characters>`."),
    recoveryCode: z.string().describe("The way back without a token, shown once. Write it down."),
  })
  .openapi("Access");

export const channelView = z
  .object({
    id: z.string(),
    label: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    createdAt: instant,
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable().describe("To the minute."),
    revokedAt: instant.nullable(),
    current: z.boolean().describe("Whether it is the one that asks."),
  })
  .openapi("Channel");

export const agreementEvent = z
  .object({
    body: z.object({
      schema: z.string(),
      record: z.string(),
      prev: z.string().nullable(),
      kind: z.string(),
      at: instant,
      by: z.enum(["first", "second"]),
      reason: z.string().nullable(),
      obligations: z.array(z.object({ duty: z.string(), what: z.string() })),
    }),
    key: z.string(),
    signature: z.string(),
    ack: z.object({ key: z.string(), signature: z.string() }).optional(),
  })
  .openapi("AgreementEvent");

const code = z.enum(ROSTER_CODES);

/** What both sides show of an agreement. */
export const agreementView = z
  .object({
    id: idField("agr"),
    state: z.enum(AGREEMENT_STATES),
    twin: twinField,
    maker: z.string(),
    product: z
      .object({ name: z.string(), model: z.string().nullable(), gtin: z.string().nullable() })
      .describe("As the proffer names it."),
    kind: z.enum(AGREEMENT_KINDS),
    preferred: code,
    alternates: z.array(code),
    counter: code.nullable().describe("What the company offered instead, whether or not it was taken."),
    terms: code.nullable().describe("What both signed; null while they have not."),
    obliges: z.array(z.enum(OBLIGATIONS)),
    permits: z.array(z.enum(PERMISSIONS)).describe("Empty unless it is in force."),
    prohibits: z.array(z.enum(PROHIBITIONS)),
    decision: z
      .object({
        decision: z.enum(["accepted", "refused", "countered"]),
        chosen: code.nullable(),
        reason: z.string().nullable(),
        decidedAt: instant,
        decidedBy: z.enum(["policy", "human"]),
      })
      .nullable(),
    events: z.array(agreementEvent),
    createdAt: instant,
    decideBy: instant.nullable().describe("The last moment for whoever's turn it is; null when it is nobody's."),
    recordDigest: z.string().describe("SHA-256 of the record's bytes, lower-case hex."),
    checkCode: z.string().describe("Its first ten characters, to read to each other."),
  })
  .openapi("Agreement");

export const ownAgreementView = agreementView
  .extend({
    acknowledged: z.boolean().describe("Whether the maker's side holds this very version."),
    company: z.string().describe("The company's name in the record."),
    unverified: z
      .boolean()
      .describe(
        "Somebody accepted it through a reply link, in that name: nobody has checked who. `maker` is `link:<link>` then.",
      ),
  })
  .openapi("OwnAgreement");

export const feedEvent = z
  .object({ seq: z.int(), type: z.string(), timestamp: instant, data: z.record(z.string(), z.unknown()) })
  .openapi("FeedEvent");
