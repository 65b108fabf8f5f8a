// The company's inbox by API: its threads as the agreements let it see them, and what its people do with them.

import { z } from "@hono/zod-openapi";
import { internalNoteInput, label, labels, MAX_BULK, type DeskThread, type Handling } from "../domain/desk.ts";
import { invalid, type Failure } from "../domain/failure.ts";
import { gtin14 } from "../domain/gtin.ts";
import type { Domain, IssueId, KeyId, NoteId, TwinId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import { KINDS, WANTS } from "../domain/note.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { plainWords } from "../domain/terms/plain-words.ts";
import { text } from "../domain/text.ts";
import { VERDICTS } from "../domain/thread.ts";
import { coverOf } from "../platform/desk-cover.ts";
import { deskAt, deskOf, deskShardOf, desksOf, officeOf, tenureOf } from "../platform/stubs.ts";
import { created, json } from "./answer.ts";
import { twinNamed } from "./credential.ts";
import { define, type App } from "./define.ts";
import {
  deskThreadView,
  internalNoteItem,
  internalNoteView,
  THREAD_STATES,
  threadItem,
  wholeThreadView,
} from "./desk-views.ts";
import { idField, instant, makerParam, twinField } from "./fields.ts";
import { asMaker, type MakerStub } from "./listed-maker.ts";
import { longestWaitingFirst, mergedPage, newestFirst, placeCursor } from "./merged-page.ts";
import { pageOf, pageQuery } from "./page.ts";
import { problem } from "./problem.ts";

const TAG = "Makers: threads";
const THREADS = "/v1/makers/:maker/threads";
const SEARCH_CHARACTERS = 200;
const PRODUCT_CHARACTERS = 200;

const makerParams = z.object({ maker: makerParam });
const threadParams = makerParams.extend({ twin: twinField, note: idField("note") });
const noSuchThread: Failure = { code: "not-found", detail: "There is no such thread at your desk." };

const assigneeInput = idField("key").nullable().describe("A key of the team, or null for nobody.");
const issueInput = idField("issue").nullable().describe("A known issue of the company, or null for none.");

const filters = z.strictObject({
  limit: pageQuery.limit,
  cursor: placeCursor,
  state: z.enum(THREAD_STATES).optional(),
  product: text(PRODUCT_CHARACTERS)
    .transform((typed) => gtin14(typed) ?? typed)
    .optional()
    .describe("A GTIN, or the product's or model's name as the list shows it."),
  kind: z.enum(KINDS).optional(),
  wants: z.enum(WANTS).optional(),
  verdict: z.enum(VERDICTS).optional(),
  label: label.optional(),
  assignee: z
    .union([z.literal("none"), idField("key")], { error: "must be a key's id, or none" })
    .optional()
    .describe("A key's id, or `none` for what nobody has taken on."),
  issue: idField("issue").optional(),
  order: z
    .enum(["newest", "oldest"])
    .default("newest")
    .describe(
      "`newest`: the newest change first. `oldest`, of open threads alone (`state=open`): what waits longest first, by when the note was sent.",
    ),
  q: text(SEARCH_CHARACTERS)
    .optional()
    .describe(
      "Words, all of which must occur in note or messages, the last one as a beginning; case and accents are ignored.",
    ),
});

const change = z
  .strictObject({ assignee: assigneeInput.optional(), labels: labels.optional(), knownIssue: issueInput.optional() })
  .refine((given) => Object.keys(given).length > 0, "name at least one of assignee, labels, knownIssue");

const threadName = z.strictObject({ twin: twinField, note: idField("note") });
const bulk = z
  .strictObject({
    threads: z.array(threadName).min(1, "name at least one thread").max(MAX_BULK, `at most ${MAX_BULK} threads`),
    assignee: assigneeInput.optional(),
    addLabels: labels.optional(),
    removeLabels: labels.optional(),
    knownIssue: issueInput.optional(),
  })
  .refine(
    (given) => Object.keys(given).length > 1,
    "name at least one of assignee, addLabels, removeLabels, knownIssue",
  );

const opened = async (env: Env, maker: Domain, threads: readonly DeskThread[]) => {
  const cover = await coverOf(env, maker);
  return Promise.all(threads.map(async (thread) => threadItem(thread, await cover.open(thread.note, thread.sealed))));
};

type Asked = Omit<Handling, "assignee" | "issueProduct"> & { readonly assignee?: string | null | undefined };

/** What is asked for as the desk keeps it: a person by the name they go by now, and only an issue that there is. */
async function handlingFor(
  env: Env,
  domain: Domain,
  maker: MakerStub,
  asked: Asked,
): Promise<Result<Handling, Failure>> {
  const { assignee: key, knownIssue, ...rest } = asked;
  const assignee = key === undefined || key === null ? key : await maker.colleague(key as KeyId);
  if (key && !assignee) return err(invalid("assignee", "must be a key of this company's team"));
  const issue = knownIssue ? await officeOf(env, domain).issue(knownIssue) : null;
  if (knownIssue && issue === null) return err(invalid("knownIssue", "must be a known issue of this company"));
  return ok({ ...rest, assignee, knownIssue, issueProduct: issue?.product });
}

type Named = { readonly twin: TwinId; readonly note: NoteId };

/** Asks again once the twin has told the desk what it did not know yet: an agent may be quicker than the news. */
async function onceTold<T>(env: Env, twin: TwinId, ask: () => Promise<T | null>): Promise<T | null> {
  const answer = await ask();
  if (answer !== null) return answer;
  await tenureOf(env, twin).tellDesks();
  return ask();
}

export function deskThreads(app: App): void {
  define(
    app,
    {
      method: "get",
      path: THREADS,
      tag: TAG,
      summary: "List threads",
      description:
        "What owners sent and an agreement in force lets the company read, the newest change first. A thread that changes between two pages moves to the top; nothing else is shown twice or left out. With `order=oldest` what waits longest comes first, and every thread keeps its place.",
      caller: "maker",
      needs: "reader",
      params: makerParams,
      query: filters,
      answers: { 200: { description: "A page of threads", schema: pageOf(deskThreadView) } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const who = await maker.enter(call.tokenHash, "reader");
        if (!who.ok) return problem(who.error);
        const { env, params, query } = call;
        const { limit, cursor, order: asked, q, assignee, issue, ...rest } = query;
        if (asked === "oldest" && rest.state !== "open")
          return problem(invalid("order", "is an order of open threads: ask with state=open"));
        const words = q === undefined ? undefined : (await coverOf(env, params.maker)).searched(q);
        const filter = {
          ...rest,
          words,
          assignee: assignee as KeyId | "none" | undefined,
          issue: issue as IssueId | undefined,
        };
        const at = (shard: number) => deskAt(env, params.maker, shard);
        const order =
          asked === "oldest"
            ? longestWaitingFirst(cursor, (shard, after, most) => at(shard).waiting(filter, after, most))
            : newestFirst(cursor, (shard, upTo, most) => at(shard).threads(filter, upTo, most));
        if (order === null) return problem(invalid("cursor", "must be the `next` of an answer in the same order"));
        const { items, next } = await mergedPage(who.value.deskShards, limit, order);
        return json({ items: await opened(env, params.maker, items), next });
      }),
  );
  define(
    app,
    {
      method: "get",
      path: `${THREADS}/:twin/:note`,
      tag: TAG,
      summary: "Read a thread",
      description: "The note and what both sides said, as they stand with the owner now.",
      caller: "maker",
      needs: "reader",
      params: threadParams,
      answers: { 200: { description: "The thread", schema: wholeThreadView } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const who = await maker.enter(call.tokenHash, "reader");
        if (!who.ok) return problem(who.error);
        const { env, twin } = call;
        const { maker: domain } = call.params;
        const note = call.params.note as NoteId;
        const read = await tenureOf(env, twin).threadForMaker(domain, note);
        if (!read.ok) return problem(read.error);
        const desk = deskOf(env, domain, who.value.deskShards, twin);
        const kept = await onceTold(env, twin, () => desk.thread({ twin, note }));
        const { thread, agreement, messages, readReceipt } = read.value;
        const { headline, ...bare } = thread;
        const own = kept?.thread ?? { rank: 0, assignee: null, labels: [], issue: null };
        const item = threadItem({ ...own, ...bare, twin, sealed: "" }, headline);
        const issue = own.issue === null ? null : await officeOf(env, domain).issue(own.issue);
        const { legalName, obliges, permits, prohibits, recordDigest } = agreement;
        return json({
          ...item,
          note: { ...item.note, ...read.value.note },
          messages,
          agreement: {
            ...item.agreement,
            permits,
            obliges,
            prohibits,
            recordDigest,
            plain: plainWords(item.agreement.terms, legalName),
          },
          internalNotes: (kept?.internalNotes ?? []).map(internalNoteItem),
          readReceipt,
          knownIssue: issue && { id: issue.id, title: issue.title, status: issue.status },
        });
      }),
  );
  define(
    app,
    {
      method: "patch",
      path: `${THREADS}/:twin/:note`,
      tag: TAG,
      summary: "Take a thread on, label it, link it to a known issue",
      description:
        "Its owner sees nothing of this, but what the known issue says. An issue about one GTIN takes no thread about another.",
      caller: "maker",
      needs: "agent",
      params: threadParams,
      body: change,
      answers: { 200: { description: "The thread", schema: deskThreadView } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const who = await maker.enter(call.tokenHash, "agent");
        if (!who.ok) return problem(who.error);
        const { env, twin } = call;
        const { maker: domain } = call.params;
        const name = { twin, note: call.params.note as NoteId };
        const handling = await handlingFor(env, domain, maker, call.body as Asked);
        if (!handling.ok) return problem(handling.error);
        const desk = deskOf(env, domain, who.value.deskShards, twin);
        const handled = await onceTold(env, twin, async () => {
          const answer = await desk.handle(domain, [name], handling.value);
          return answer.ok && answer.value.length === 0 ? null : answer;
        });
        if (handled === null) return problem(noSuchThread);
        if (!handled.ok) return problem(handled.error);
        const [item] = await opened(env, domain, [handled.value[0]!.thread]);
        return json(item);
      }),
  );
  define(
    app,
    {
      method: "post",
      path: `${THREADS}/bulk`,
      tag: TAG,
      summary: "Do the same to many threads",
      description: "To all of them, or to none when one can't take it.",
      caller: "maker",
      needs: "agent",
      params: makerParams,
      body: bulk,
      answers: {
        200: {
          description: "How many were changed, and which are not at the desk",
          schema: z.object({
            changed: z.int(),
            missing: z.array(z.object({ twin: twinField, note: idField("note") })),
          }),
        },
      },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const who = await maker.enter(call.tokenHash, "agent");
        if (!who.ok) return problem(who.error);
        const { env } = call;
        const { maker: domain } = call.params;
        const { threads, ...asked } = call.body;
        const handling = await handlingFor(env, domain, maker, asked as Asked);
        if (!handling.ok) return problem(handling.error);
        const { deskShards } = who.value;
        const proven = (
          await Promise.all(
            threads.map(async ({ twin, note }) => ({ twin: await twinNamed(env, twin), note: note as NoteId })),
          )
        ).filter((name): name is Named => name.twin !== null);
        const parts = [...Map.groupBy(proven, ({ twin }) => deskShardOf(twin, deskShards))].map(([shard, names]) => ({
          desk: deskAt(env, domain, shard),
          names,
        }));
        // All or none: each shard refuses for itself alone.
        const reasons = await Promise.all(parts.map(({ desk, names }) => desk.whyNot(names, handling.value)));
        const why = reasons.find((reason) => reason !== null);
        if (why) return problem(why);
        const answers = await Promise.all(parts.map(({ desk, names }) => desk.handle(domain, names, handling.value)));
        const handled = answers.flatMap((answer) => (answer.ok ? answer.value : []));
        const refused = answers.find((answer) => !answer.ok);
        if (refused && !refused.ok) return problem(refused.error);
        const changed = new Set<string>(handled.map(({ thread }) => thread.note));
        return json({ changed: changed.size, missing: threads.filter(({ note }) => !changed.has(note)) });
      }),
  );
  define(
    app,
    {
      method: "post",
      path: `${THREADS}/:twin/:note/internal-notes`,
      tag: TAG,
      summary: "Tell the team something about a thread",
      description: "It never leaves the company.",
      caller: "maker",
      needs: "agent",
      idempotent: true,
      params: threadParams,
      body: internalNoteInput,
      answers: { 201: { description: "The internal note", schema: internalNoteView } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const who = await maker.enter(call.tokenHash, "agent");
        if (!who.ok) return problem(who.error);
        const { env, twin } = call;
        const { maker: domain } = call.params;
        const desk = deskOf(env, domain, who.value.deskShards, twin);
        const author = { id: who.value.key, label: who.value.label };
        const name = { twin, note: call.params.note as NoteId };
        const added = await onceTold(env, twin, async () => {
          const answer = await desk.remark(domain, name, author, call.body.text, call.keyed?.idem);
          return !answer.ok && answer.error.code === "not-found" ? null : answer;
        });
        if (added === null) return problem(noSuchThread);
        if (!added.ok) return problem(added.error);
        return created({ ...added.value, body: internalNoteItem(added.value.body) });
      }),
  );
  define(
    app,
    {
      method: "post",
      path: "/v1/makers/:maker/desk/rebuild",
      tag: TAG,
      summary: "Make the desk anew",
      description:
        "Every owner's twin tells it everything again, in the background. It can be read meanwhile, and keeps what the company put to its threads.",
      caller: "maker",
      needs: "admin",
      params: makerParams,
      answers: { 202: { description: "It began, or is under way", schema: z.object({ began: instant }) } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const began = await maker.rebuildDesk(call.tokenHash);
        return began.ok ? json({ began: rfc3339(began.value) }, 202) : problem(began.error);
      }),
  );
  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/labels-in-use",
      tag: TAG,
      summary: "The labels that threads have",
      caller: "maker",
      needs: "reader",
      params: makerParams,
      answers: { 200: { description: "Each once, by name", schema: z.object({ items: z.array(z.string()) }) } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const who = await maker.enter(call.tokenHash, "reader");
        if (!who.ok) return problem(who.error);
        const used = await Promise.all(
          desksOf(call.env, call.params.maker, who.value.deskShards).map((desk) => desk.labels()),
        );
        return json({ items: [...new Set(used.flat())].toSorted() });
      }),
  );
}
