// Reply links: the owner lends one thread to whoever answers for a company that is not here; that person reads and answers it, and nothing else.

import { z } from "@hono/zod-openapi";
import { KINDS, WANTS } from "../domain/note.ts";
import { replyDecision, replyLinkInput, replyMessage, replyPerson } from "../domain/reply-link.ts";
import { OBLIGATIONS, PERMISSIONS, PROHIBITIONS, ROSTER_CODES } from "../domain/terms/roster.ts";
import { AGREEMENT_STATES } from "../domain/terms/states.ts";
import { fingerprint } from "../platform/crypto.ts";
import { newSecret } from "../platform/random.ts";
import { publicOrigin } from "../platform/settings.ts";
import { tenureOf } from "../platform/stubs.ts";
import { created, found, json, noContent } from "./answer.ts";
import { define, type App } from "./define.ts";
import { idField, instant } from "./fields.ts";
import { sealing, secretOf } from "./idempotency-key.ts";
import { passingPicture } from "./notes.ts";
import { problem } from "./problem.ts";
import { recordResponse } from "./record-response.ts";
import { photoView, saidView, threadView } from "./schemas.ts";

const TAG = "Reply links";
const OWNED = "/v1/twins/:twin/notes/:note/reply-links";
const HELD = "/v1/reply-links";

const noteParams = z.object({ twin: z.string(), note: z.string() });
const code = z.enum(ROSTER_CODES);
const state = z.enum(["offered", "accepted", "refused", "ended"]);
const ended = z
  .enum(["revoked", "expired", "terminated", "joined", "retracted"])
  .nullable()
  .describe("`joined`: the company is here now, and the thread is its own.");
const accepted = z
  .object({ name: z.string(), company: z.string(), at: instant })
  .nullable()
  .describe("Who accepted, in their own words: nobody has checked them.");

const linkView = z
  .object({
    id: idField("link"),
    note: z.string(),
    company: z.string().nullable(),
    terms: z.object({ preferred: code, alternates: z.array(code) }),
    state,
    ended,
    createdAt: instant,
    expiresAt: instant,
    openedAt: instant.nullable().describe("When it was first opened."),
    accepted,
    agreement: z.string().nullable(),
    party: z.string().describe("What stands as `maker` in its agreement and its messages."),
  })
  .openapi("ReplyLink");
const madeLink = linkView
  .extend({
    link: idField("link"),
    url: z
      .string()
      .describe("For whoever is to answer; shown once. The secret stands after the `#` and never reaches a log."),
  })
  .openapi("MadeReplyLink");

const terms = z.object({
  code,
  digest: z.string(),
  plain: z.string().describe('In English, said to the owner: "you" is the owner.'),
  obliges: z.array(z.enum(OBLIGATIONS)),
  permits: z.array(z.enum(PERMISSIONS)),
  prohibits: z.array(z.enum(PROHIBITIONS)),
});
const linkAgreement = z
  .object({
    id: z.string(),
    state: z.enum(AGREEMENT_STATES),
    terms: code.nullable(),
    recordDigest: z.string(),
    checkCode: z.string(),
  })
  .openapi("LinkAgreement");
const openedLink = z
  .object({
    product: z.object({ name: z.string() }),
    company: z.string().nullable().describe("As the owner called it."),
    terms: z.object({ preferred: terms, alternates: z.array(terms) }),
    state,
    ended,
    expiresAt: instant,
    accepted,
    agreement: linkAgreement.nullable(),
  })
  .openapi("OpenedReplyLink");

const proffer = z
  .object({
    proffer: z
      .object({ body: z.object({}).loose(), key: z.string(), signature: z.string() })
      .describe("As in the record: the decision names its digest, SHA-256 of the RFC 8785 form of all three members."),
    at: instant.describe("This server's time, for `decidedAt`."),
  })
  .openapi("LinkProffer");

const message = saidView.openapi("LinkMessage");
const thread = z
  .object({
    product: z.object({ name: z.string(), model: z.string().nullable(), gtin: z.string().nullable() }),
    note: z.object({
      id: z.string(),
      kind: z.enum(KINDS),
      title: z.string().nullable(),
      text: z.string().nullable(),
      wants: z.enum(WANTS),
      serial: z.string().nullable(),
      occurredAt: instant.nullable(),
      createdAt: instant,
      revision: z.int(),
      photos: z.array(photoView),
    }),
    thread: threadView,
    messages: z.array(message).describe("The newest 200, oldest first."),
    agreement: linkAgreement,
  })
  .openapi("LinkThread");

export function replyLinks(app: App): void {
  define(
    app,
    {
      method: "post",
      path: OWNED,
      tag: TAG,
      summary: "Make a reply link for a company that is not here",
      description:
        "It opens this one note, for 30 days unless `expiresAt` says otherwise, to whoever has it and accepts the terms. One at a time opens a note.",
      caller: "channel",
      needs: "owner",
      idempotent: true,
      params: noteParams,
      body: replyLinkInput,
      answers: { 201: { description: "The link, to be sent however its owner likes", schema: madeLink } },
    },
    async ({ env, twin, tokenHash, params, body, keyed }) => {
      const secret = newSecret();
      const shown = { url: `${publicOrigin(env)}/r#${twin}~${secret}` };
      const made = await tenureOf(env, twin).makeReplyLink(
        tokenHash,
        params.note,
        body,
        await fingerprint(secret),
        await sealing(keyed, shown),
      );
      return made.ok
        ? created(made.value, { link: made.value.body.id, ...(await secretOf(keyed, made.value, shown)) })
        : problem(made.error);
    },
  );
  define(
    app,
    {
      method: "get",
      path: OWNED,
      tag: TAG,
      summary: "A note's reply links, newest first",
      caller: "channel",
      needs: "owner",
      params: noteParams,
      answers: { 200: { description: "Links", schema: z.object({ items: z.array(linkView) }) } },
    },
    async ({ env, twin, tokenHash, params }) => {
      const links = await tenureOf(env, twin).replyLinks(tokenHash, params.note);
      return links.ok ? json({ items: links.value }) : problem(links.error);
    },
  );
  define(
    app,
    {
      method: "delete",
      path: `${OWNED}/:link`,
      tag: TAG,
      summary: "Cut a reply link off",
      description: "It opens nothing any more, and what was agreed through it ends.",
      caller: "channel",
      needs: "owner",
      params: noteParams.extend({ link: idField("link") }),
      answers: { 204: { description: "Cut off" } },
    },
    async ({ env, twin, tokenHash, params }) => {
      const revoked = await tenureOf(env, twin).revokeReplyLink(tokenHash, params.note, params.link);
      return revoked.ok ? noContent() : problem(revoked.error);
    },
  );

  const caller = "reply-link";
  define(
    app,
    {
      method: "post",
      path: `${HELD}/open`,
      tag: TAG,
      summary: "Look at the terms",
      description: "Not a word of the note: that takes accepting them.",
      caller,
      answers: { 200: { description: "What it is about, and under which terms", schema: openedLink } },
    },
    async ({ env, twin, tokenHash }) => found(await tenureOf(env, twin).openLink(tokenHash)),
  );
  define(
    app,
    {
      method: "post",
      path: `${HELD}/proffer`,
      tag: TAG,
      summary: "Ask for the owner's signed proffer",
      description: "Made out to this key and company. The next person's takes its place until one is decided.",
      caller,
      body: replyPerson,
      answers: { 200: { description: "The proffer", schema: proffer } },
    },
    async ({ env, twin, tokenHash, body }) => found(await tenureOf(env, twin).profferByLink(tokenHash, body)),
  );
  define(
    app,
    {
      method: "post",
      path: `${HELD}/decision`,
      tag: TAG,
      summary: "Accept or refuse, signed by this browser's key",
      description:
        "`key` is `<did:key>#<the key again>`. The same decision again gets the same answer; after it there is no other.",
      caller,
      body: replyDecision,
      answers: { 200: { description: "What is agreed now", schema: openedLink } },
    },
    async ({ env, twin, tokenHash, body }) => found(await tenureOf(env, twin).decideByLink(tokenHash, body.decision)),
  );
  define(
    app,
    {
      method: "get",
      path: `${HELD}/record`,
      tag: TAG,
      summary: "The signed record, as canonical bytes",
      description: "RFC 8785. The ETag is its SHA-256; the owner's copy has the same bytes.",
      caller,
      answers: { 200: { description: "The record's bytes", type: "application/json" } },
    },
    async ({ c, env, twin, tokenHash }) => {
      const record = await tenureOf(env, twin).recordByLink(tokenHash);
      return record.ok ? recordResponse(c.req.raw, record.value) : problem(record.error);
    },
  );
  define(
    app,
    {
      method: "get",
      path: `${HELD}/thread`,
      tag: TAG,
      summary: "The note and what was said, while the terms are in force",
      caller,
      answers: { 200: { description: "The thread", schema: thread } },
    },
    async ({ env, twin, tokenHash }) => found(await tenureOf(env, twin).threadByLink(tokenHash)),
  );
  define(
    app,
    {
      method: "get",
      path: `${HELD}/photos/:photo`,
      tag: TAG,
      summary: "A picture in the thread",
      caller,
      params: z.object({ photo: idField("photo") }),
      answers: { 200: { description: "The picture", type: "image/*" } },
    },
    async ({ env, twin, tokenHash, params }) => {
      const picture = await tenureOf(env, twin).pictureByLink(tokenHash, params.photo);
      return picture.ok ? passingPicture(picture.value) : problem(picture.error);
    },
  );
  define(
    app,
    {
      method: "post",
      path: `${HELD}/messages`,
      tag: TAG,
      summary: "Answer",
      description:
        "In the name that accepted. An `outcome` proposes to close the thread: the owner confirms, or 14 days pass.",
      caller,
      idempotent: true,
      body: replyMessage,
      answers: { 201: { description: "The message", schema: message } },
    },
    async ({ env, twin, tokenHash, body, keyed }) => {
      const posted = await tenureOf(env, twin).replyByLink(tokenHash, body, keyed?.idem);
      return posted.ok ? created(posted.value) : problem(posted.error);
    },
  );
}
