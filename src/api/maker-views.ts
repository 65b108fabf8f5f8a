// What a company reads of its own, as shapes alone: the desk's pages take their types from them. A thread is in desk-views.ts.

import { z } from "@hono/zod-openapi";
import { DELIVERY_STATES } from "../domain/delivery.ts";
import { CHECK_STEPS } from "../domain/endpoint-check.ts";
import { EVENT_TYPES } from "../domain/event-types.ts";
import { ISSUE_STATUSES } from "../domain/issue-status.ts";
import { KINDS } from "../domain/note.ts";
import { NOTICE_KINDS } from "../domain/notice-kind.ts";
import { ROLES } from "../domain/role.ts";
import { idField, instant, twinField } from "./fields.ts";

export const keyView = z
  .object({
    id: idField("key"),
    label: z.string(),
    role: z.enum(ROLES).describe("admin includes agent, agent includes reader"),
    createdAt: instant,
    lastUsedAt: instant.nullable().describe("By the minute."),
  })
  .openapi("TeamKey");

export const savedReplyView = z
  .object({ id: idField("reply"), title: z.string(), text: z.string(), createdAt: instant, updatedAt: instant })
  .openapi("SavedReply");

export const issueView = z
  .object({
    id: idField("issue"),
    title: z.string(),
    product: z.string().nullable().describe("A GTIN-14; null where it concerns every product of the company."),
    status: z.enum(ISSUE_STATUSES),
    fixedIn: z.string().nullable(),
    text: z.string().nullable(),
    linked: z
      .int()
      .nullable()
      .describe("Linked threads whose agreement permits counting them; null while there are fewer than five."),
    meToo: z.int().nullable().describe("Owners who counted themselves in; null while there are fewer than five."),
    createdAt: instant,
    updatedAt: instant,
  })
  .openapi("KnownIssue");

export const band = z
  .object({ from: z.int(), to: z.int() })
  .openapi("Band", { description: "A number, as a band of 20." });

/** What everyone reads of a notice. */
export const noticeWords = {
  id: idField("notice"),
  title: z.string(),
  text: z.string(),
  url: z.string().nullable(),
  at: instant,
};
export const withdrawn = z
  .object({ reason: z.string(), at: instant })
  .nullable()
  .describe("When its maker said that it does not stand any more, and why.");

export const makerNoticeView = z
  .object({
    ...noticeWords,
    kind: z.enum(NOTICE_KINDS),
    gtin: z.string().nullable(),
    serials: z.int().nullable().describe("How many serials it named; null for every item."),
    targeted: band.describe("How many owners it was for when it was posted."),
    delivered: band.describe(
      "How many of them have it; of a withdrawn one, have its withdrawal. Of a safety notice or a recall: 0 to 19 until it is finished, then `targeted`.",
    ),
    finished: z
      .boolean()
      .describe(
        "Whether all are told. Of a safety notice or a recall it is never said within the first minute after it was posted or withdrawn, and then as soon as a few hundred at most are left. Items that are out of reach or claimed later are told as they come.",
      ),
    withdrawn,
  })
  .openapi("MakerNotice");

const n = z.number().int();
const seconds = z.number().int().nullable();
const excluded = n.describe("Live: threads not counted under their owners' terms. They are in no other number.");
const byKind = z.array(z.object({ kind: z.enum(KINDS), n }));
const byProduct = z.array(
  z.object({ product: z.string().describe("A GTIN-14, or the thing's name where it has none."), n }),
);
export const insightsView = z.object({
  counted: n.describe("Live: all threads of the company whose agreement permits analytics, whatever was asked for."),
  excluded,
  weeks: z
    .object({ from: z.iso.date(), to: z.iso.date() })
    .describe("The first day, a Monday, and the last, a Sunday, of the weeks that were added up; UTC."),
  byKind,
  byProduct,
  byWeek: z.array(z.object({ week: z.iso.date().describe("Its Monday."), n })),
  knownIssues: z.array(z.object({ issue: idField("issue"), n })),
  firstReplySeconds: z
    .object({ p50: seconds, p90: seconds, slowest: seconds })
    .describe(
      "From sent to first answered, right within 3 %; null where fewer than 5 of a product were answered a week.",
    ),
  addressed: z
    .object({ share: z.number().nullable(), of: n })
    .describe(
      "Of the notes whose owner said whether it was addressed: the share of which they said it was, from 0 to 1.",
    ),
});

export const deliveryView = z
  .object({
    event: idField("evt"),
    type: z.enum(EVENT_TYPES),
    twin: twinField,
    note: idField("note").nullable(),
    product: z.string().nullable().describe("What the note is about, while its thread is at the desk."),
    seq: z
      .int()
      .describe("Its place among the events of its twin; a gap's announcement has the last of those it tells of."),
    endpoint: idField("ep"),
    state: z
      .enum(DELIVERY_STATES)
      .describe(
        "`dead` was given up, `aside` is out of its line and tries alone, as a replay does, and `gap` announces that events did not come in their turn.",
      ),
    reason: z.string().nullable().describe("Why it is delayed or dead."),
    attempts: z
      .array(
        z.object({
          n: z.int(),
          at: instant,
          status: z.int().nullable().describe("null when there was no answer."),
          ms: z.int().nullable(),
          outcome: z.enum(["delivered", "poison", "gone", "retry"]),
          reason: z.string().nullable(),
          head: z
            .string()
            .nullable()
            .describe(
              "The first 1 KiB of the answer, as long as an agreement lets the company read what that may repeat.",
            ),
        }),
      )
      .describe("Oldest first; the newest 50."),
    nextAt: instant.nullable().describe("The next attempt, where one is planned."),
    createdAt: instant.describe("The event's."),
    updatedAt: instant,
  })
  .openapi("Delivery");

export const endpointView = z
  .object({
    id: idField("ep"),
    url: z.string(),
    types: z.array(z.enum(EVENT_TYPES)).nullable().describe("null for all"),
    description: z.string().nullable(),
    processor: z.string().nullable(),
    enabled: z
      .boolean()
      .describe(
        "False when its maker switched it off, or its own failures did: PATCH with `enabled: true` brings it back.",
      ),
    createdAt: instant,
    keys: z
      .array(z.object({ publicKey: z.string(), createdAt: instant, endsAt: instant.nullable() }))
      .describe("The live keys, newest first: every request is signed with each."),
    health: z.object({
      state: z.enum(["ok", "failing", "disabled"]),
      since: instant.nullable(),
      reason: z.enum(["gone", "failing"]).nullable(),
      lastSuccessAt: instant.nullable(),
      parked: z.int().describe("How many twins wait for it."),
    }),
    verifies: z
      .object({ ok: z.boolean(), at: instant })
      .nullable()
      .describe(
        "How the last check of this address ended, that it refuses what is signed wrong or old; null before one.",
      ),
  })
  .openapi("Endpoint");

export const endpointCheckView = z.object({
  steps: z.array(
    z.object({
      step: z.enum(CHECK_STEPS),
      expected: z.enum(["refused", "accepted"]),
      status: z.int().nullable().describe("The HTTP status; null when there was no answer."),
      ms: z.int().nullable(),
      ok: z.boolean(),
      detail: z.string(),
    }),
  ),
  verifies: z.boolean(),
  at: instant,
});
