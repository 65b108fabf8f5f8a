// A thread as a company's desk shows it: in a list, and whole.

import { z } from "@hono/zod-openapi";
import type { DeskThread, Headline, InternalNote } from "../domain/desk.ts";
import { OUTCOMES } from "../domain/exchange.ts";
import { rfc3339 } from "../domain/instant.ts";
import { ISSUE_STATUSES } from "../domain/issue-status.ts";
import { KINDS, WANTS } from "../domain/note.ts";
import { OBLIGATIONS, PERMISSIONS, PROHIBITIONS, ROSTER, ROSTER_CODES } from "../domain/terms/roster.ts";
import { VERDICTS } from "../domain/thread.ts";
import { idField, instant, twinField } from "./fields.ts";
import { photoView, saidView } from "./schemas.ts";

export const THREAD_STATES = ["open", "answered", "closed"] as const;

const noteBrief = z.object({
  id: idField("note"),
  kind: z.enum(KINDS),
  title: z.string().nullable(),
  excerpt: z.string().describe("How its text begins."),
  wants: z.enum(WANTS),
  sentAt: instant,
});
const agreementBrief = z.object({
  id: idField("agr"),
  terms: z.enum(ROSTER_CODES),
  permits: z.array(z.enum(PERMISSIONS)),
});
const assignee = z.object({ id: idField("key"), label: z.string() });

export const deskThreadView = z
  .object({
    note: noteBrief,
    twin: twinField,
    product: z
      .object({ name: z.string(), model: z.string().nullable(), gtin: z.string().nullable() })
      .describe("As the proffer named it."),
    state: z.enum(THREAD_STATES),
    outcome: z.enum(OUTCOMES).nullable().describe("What the company proposed it did."),
    verdict: z.enum(VERDICTS).nullable().describe("What its owner said of that."),
    assignee: assignee.nullable(),
    labels: z.array(z.string()),
    knownIssue: idField("issue").nullable(),
    lastFrom: z.enum(["owner", "maker"]),
    firstReplyAt: instant.nullable(),
    updatedAt: instant,
    agreement: agreementBrief.describe("The one in force, and what it permits beyond reading and answering."),
  })
  .openapi("DeskThread");

export const internalNoteView = z
  .object({ id: z.string(), author: assignee, text: z.string(), at: instant })
  .openapi("InternalNote");

export const wholeThreadView = deskThreadView
  .extend({
    note: noteBrief.extend({
      text: z.string(),
      occurredAt: instant.nullable(),
      serial: z.string().nullable().describe("Where its owner put it in."),
      createdAt: instant,
      revision: z.int(),
      photos: z.array(photoView),
    }),
    messages: z.array(saidView).describe("Oldest first; of a very long thread the newest 500."),
    agreement: agreementBrief.extend({
      obliges: z.array(z.enum(OBLIGATIONS)),
      prohibits: z.array(z.enum(PROHIBITIONS)),
      recordDigest: z.string(),
      plain: z.string().describe("What its owner was told that it means."),
    }),
    internalNotes: z.array(internalNoteView).describe("What the team told itself. Oldest first."),
    readReceipt: z
      .object({ message: idField("msg"), at: instant })
      .nullable()
      .describe("How far its owner read; null where the terms do not permit to know."),
    knownIssue: z.object({ id: idField("issue"), title: z.string(), status: z.enum(ISSUE_STATUSES) }).nullable(),
  })
  .openapi("WholeThread");

export const threadItem = (thread: DeskThread, { title, excerpt }: Headline) => ({
  note: {
    id: thread.note,
    kind: thread.kind,
    title,
    excerpt,
    wants: thread.wants,
    sentAt: rfc3339(thread.sentAt),
  },
  twin: thread.twin,
  product: thread.product,
  state: thread.state,
  outcome: thread.outcome,
  verdict: thread.verdict,
  assignee: thread.assignee,
  labels: thread.labels,
  knownIssue: thread.issue,
  lastFrom: thread.lastFrom,
  firstReplyAt: thread.firstReplyAt === null ? null : rfc3339(thread.firstReplyAt),
  updatedAt: rfc3339(thread.updatedAt),
  agreement: { ...thread.agreement, permits: ROSTER[thread.agreement.terms].permits },
});

export const internalNoteItem = ({ at, ...note }: InternalNote) => ({ ...note, at: rfc3339(at) });
