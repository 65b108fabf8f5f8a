// The events to a maker, as schemas of the bodies the courier sends: what /openapi.json shows under `webhooks`.
// A receiver must bear fields that are not here yet: they may be added.

import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { EventType } from "../domain/event-types.ts";
import { KINDS, WANTS } from "../domain/note.ts";
import { END_DUTIES, END_MATTERS } from "../domain/terms/obligations.ts";
import { PERMISSIONS, PROHIBITIONS, ROSTER_CODES } from "../domain/terms/roster.ts";
import { AGREEMENT_SCHEMA } from "../domain/terms/seal.ts";
import { VERDICTS } from "../domain/thread.ts";
import { ATTEMPT_MS } from "../relay/attempt.ts";
import { RETRY_AFTER_CAP_MS } from "../relay/retry-after.ts";
import { SCHEDULE_MS } from "../relay/schedule.ts";
import { SKEW_SECONDS } from "../relay/sign.ts";
import { idField, instant, twinField } from "./fields.ts";
import { photoView } from "./schemas.ts";

type Webhook = Parameters<OpenAPIHono["openAPIRegistry"]["registerWebhook"]>[0];

const TAG = "Webhooks";
const HOUR_MS = 3_600_000;

const product = z
  .object({
    name: z.string(),
    gtin: z.string().optional(),
    model: z.string().optional(),
    serial: z.string().optional().describe("Only where the owner put it into the note."),
  })
  .openapi("EventProduct");

const agreement = z
  .object({
    id: idField("agr"),
    terms: z.enum(ROSTER_CODES),
    permits: z.array(z.enum(PERMISSIONS)),
    prohibits: z.array(z.enum(PROHIBITIONS)),
    recordDigest: z.string().describe("SHA-256 of the record's bytes, lower-case hex: the same in both sides' copies."),
  })
  .openapi("EventAgreement", {
    description: "The terms this event stands under. What `permits` does not name is prohibited.",
  });

const signed = z.object({ body: z.record(z.string(), z.unknown()), key: z.string(), signature: z.string() });
const record = z
  .object({
    schema: z.literal(AGREEMENT_SCHEMA),
    proffer: signed,
    decision: signed.optional(),
    confirmation: signed.optional(),
  })
  .openapi("AgreementRecord", {
    description: "What both sides keep byte for byte; `GET …/agreements/{agr}/record` has its bytes.",
  });

const noteId = z.object({ id: idField("note") });
const note = z
  .object({
    id: idField("note"),
    kind: z.enum(KINDS),
    title: z.string().nullable(),
    text: z.string(),
    wants: z
      .enum(WANTS)
      .describe(
        "`copy`: of everything you hold from this owner. Terms with data portability (`-DP`) oblige you to give it.",
      ),
    occurredAt: instant.nullable(),
    createdAt: instant,
    sentAt: instant,
    revision: z.int().describe("Counts from 1; each `note.updated` carries a higher one."),
    photos: z
      .array(photoView)
      .describe("Fetched with a key: `GET /v1/makers/{maker}/threads/{twin}/{note}/photos/{photo}`."),
  })
  .openapi("EventNote");
const message = z
  .object({ id: idField("msg"), text: z.string(), photos: z.array(photoView), createdAt: instant })
  .openapi("EventMessage");

/** An event's place in the line of this twin at this endpoint. */
const place = {
  seq: z.int().describe("Counts from 1 per twin and maker."),
  prev: z
    .int()
    .nullable()
    .describe("The seq before it in this endpoint's own line; null at first. The same in retries and replays."),
};
const about = { twin: twinField, product, agreement: agreement.optional() };
const agreed = { ...place, ...about, agreement };

const body = <T extends EventType, D extends z.ZodType>(type: T, data: D) =>
  z.object({ type: z.literal(type), timestamp: instant.describe("When it happened, not when it was sent."), data });

/** The body of each event, by its type. Two announcements (`thread.gap`, `endpoint.test`) stand outside the line and have no `seq`. */
export const webhookBodies = {
  "agreement.proffered": body(
    "agreement.proffered",
    z.object({ ...agreed, record: record.optional(), decideBy: instant.nullable() }),
  ),
  "agreement.accepted": body("agreement.accepted", z.object(agreed)),
  "agreement.rescinded": body("agreement.rescinded", z.object(agreed)),
  "agreement.terminated": body(
    "agreement.terminated",
    z.object({
      ...place,
      ...about,
      reason: z.string().nullable(),
      obligations: z
        .array(z.object({ duty: z.enum(END_DUTIES), what: z.enum(END_MATTERS) }))
        .describe("What you must now do, in this order."),
      note: noteId.optional().describe("In the place of words that had waited for you and may no longer go out."),
    }),
  ),
  "note.sent": body("note.sent", z.object({ ...agreed, note })),
  "note.updated": body("note.updated", z.object({ ...agreed, note })),
  "note.retracted": body("note.retracted", z.object({ ...place, ...about, note: noteId })),
  "message.posted": body("message.posted", z.object({ ...agreed, note: noteId, message })),
  "thread.verdict": body("thread.verdict", z.object({ ...agreed, note: noteId, verdict: z.enum(VERDICTS) })),
  "twin.transferred": body("twin.transferred", z.object({ ...place, ...about })),
  "twin.erased": body("twin.erased", z.object({ ...place, ...about })),
  "thread.gap": body(
    "thread.gap",
    z.object({
      ...about,
      product: product.optional(),
      from: z.int().describe("The first seq that did not arrive in its turn."),
      to: z.int().describe("The last."),
    }),
  ),
  "endpoint.test": body(
    "endpoint.test",
    z.object({
      endpoint: idField("ep")
        .optional()
        .describe("Where you asked for the test; absent where the relay looks whether you are back."),
    }),
  ),
} satisfies { readonly [type in EventType]: z.ZodType };

const SAYINGS: { readonly [type in EventType]: readonly [summary: string, description: string] } = {
  "agreement.proffered": [
    "An owner proffers terms, and your policy holds them for a person",
    "Decide at `POST …/agreements/{agr}/decision` or with a signed `agreement.decision` before `decideBy`. `record` holds the proffer as the owner's side signed it; it is absent once the owner erased the twin.",
  ],
  "agreement.accepted": ["An agreement is in force", "Notes that had waited for it follow."],
  "agreement.rescinded": ["The owner took a proffer back", "There is nothing left to decide."],
  "agreement.terminated": [
    "An agreement has ended",
    "`obligations` says what to hand over, stop and delete. Also sent in the place of words that the ending caught on their way: `note` then names whose.",
  ],
  "note.sent": [
    "An owner sent you a note",
    "Answer with a signed `message.reply` or at `POST …/threads/{twin}/{note}/messages`.",
  ],
  "note.updated": ["The owner revised a note that you have", "The whole note as it is now."],
  "note.retracted": [
    "The owner took a note back",
    "Its words must leave your systems too. No words are in this event, whatever it was before.",
  ],
  "message.posted": ["The owner wrote in a thread", "Under a note that you have."],
  "thread.verdict": [
    "The owner says whether your answer addressed it",
    "`addressed` closes the thread; `not-addressed` opens it again.",
  ],
  "twin.transferred": [
    "The thing has a new owner",
    "Its former owner's agreement has ended by that; its copy names what you must now hand over, stop and delete. Nothing else of the change is told: not to whom, not for how much. Only sent where an agreement was in force.",
  ],
  "twin.erased": ["The owner erased the twin", "Delete what you hold of it."],
  "thread.gap": [
    "Events did not arrive in their turn",
    "Seqs `from` to `to` failed at your endpoint and were passed over, so that the rest could go on. Some may still come. Read them at `GET /v1/makers/{maker}/events`. Once the owner erased the twin, no `product` is named.",
  ],
  "endpoint.test": [
    "Nothing but a test",
    "Sent when you ask for it, or to see whether an endpoint that failed for long is back.",
  ],
};

const headers = z.object({
  "webhook-id": idField("evt").describe(
    "Names the event: the same in every retry and replay. Keep it, and take an event in once.",
  ),
  "webhook-timestamp": z
    .string()
    .describe(
      `Seconds since 1970 UTC of this attempt. Refuse one more than ${SKEW_SECONDS / 60} minutes from your clock.`,
    ),
  "webhook-signature": z
    .string()
    .describe(
      "Signatures separated by spaces, of `id.timestamp.body`: a `v1,` (HMAC-SHA-256, your `whsec_`) and a `v1a,` (Ed25519, your `whpk_`) by every live key. One that verifies is enough.",
    ),
});

const responses: Webhook["responses"] = {
  "2XX": { description: `Taken in. Answer within ${ATTEMPT_MS / 1000} seconds; do the work afterwards.` },
  "410": { description: "Send no more: the endpoint is disabled until you enable it." },
  default: {
    description: `Not taken in, redirects included: tried again, ${SCHEDULE_MS.length} times over six days. A Retry-After of at most ${RETRY_AFTER_CAP_MS / HOUR_MS} hours is honoured. After 400, 413, 415 or 422, which say that the event itself is at fault, only twice more.`,
  },
};

/** One a type, for the registry. */
export const webhooks: readonly Webhook[] = Object.entries(webhookBodies).map(([type, schema]) => {
  const [summary, description] = SAYINGS[type as EventType];
  return {
    method: "post",
    path: type,
    tags: [TAG],
    summary,
    description,
    security: [],
    request: { headers, body: { required: true, content: { "application/json": { schema } } } },
    responses,
  };
});
