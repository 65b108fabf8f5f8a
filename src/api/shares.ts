// Shares: the owner shows a thing's record to a buyer by a link; whoever has it reads what is shown, checks it, and nothing else.

import { z } from "@hono/zod-openapi";
import type { Failure } from "../domain/failure.ts";
import type { TwinId } from "../domain/ids.ts";
import { err, type Result } from "../domain/result.ts";
import { challengeAnswer, challengeInput, labelCheck, shareChange, shareInput, shareOpening } from "../domain/share.ts";
import { fingerprint } from "../platform/crypto.ts";
import { newSecret } from "../platform/random.ts";
import { publicOrigin } from "../platform/settings.ts";
import { tenureOf, twinOf } from "../platform/stubs.ts";
import type { Look } from "../tenure/looking.ts";
import { created, found, json, noContent } from "./answer.ts";
import { define, type App } from "./define.ts";
import { idField } from "./fields.ts";
import { sealing, secretOf } from "./idempotency-key.ts";
import { passingPicture } from "./notes.ts";
import { cursorOf, pageOf, pageQuery } from "./page.ts";
import { problem } from "./problem.ts";
import { entryRead } from "./record-views.ts";
import { challengeView, labelAnswer, madeShare, openedShare, presence, shareStatus, shareView } from "./share-views.ts";
import { keysFor, shownMaker } from "./shown-companies.ts";
import { boardNotices } from "./shown-notices.ts";

const TAG = "Shares";
const ALL = "/v1/twins/:twin/shares";
const ONE = `${ALL}/:share`;
const NEVER_KEPT = { "Cache-Control": "private, no-store" };

const params = z.object({ twin: z.string(), share: idField("share") });

/** A share of an owner whose time with the thing is over opened something once: that is said, and nothing else. */
async function ended<T>(
  env: Env,
  twin: TwinId,
  tokenHash: string,
  result: Result<T, Failure>,
): Promise<Result<T, Failure>> {
  return !result.ok && result.error.code === "unauthorized" && (await twinOf(env, twin).hadShare(tokenHash))
    ? err({ code: "gone", detail: "This link has ended: whoever made it does not have this twin any more." })
    : result;
}

async function opened(env: Env, look: Look): Promise<z.infer<typeof openedShare>> {
  const [maker, keys, board] = await Promise.all([
    shownMaker(env, look.product.maker),
    keysFor(env, look),
    boardNotices(env, look.product),
  ]);
  const { share, checkpoint, entries, counts, notices, warranty, owners, label, expiresAt } = look;
  return {
    share,
    product: { ...look.product, maker },
    checkpoint,
    entries: entries.map(entryRead),
    counts: [...counts],
    status: { alert: checkpoint.status === "current" ? null : checkpoint.status, at: checkpoint.at, current: true },
    keys,
    notices: [...notices, ...board],
    warranty,
    owners,
    label,
    expiresAt,
  };
}

export function shares(app: App): void {
  define(
    app,
    {
      method: "post",
      path: ALL,
      tag: TAG,
      summary: "Show the record to a buyer",
      description:
        "The link opens what stands on the record now, but for what is withheld, for 14 days unless `expiresAt` says otherwise. Refused while the thing is marked as lost or stolen.",
      caller: "channel",
      needs: "owner",
      idempotent: true,
      body: shareInput,
      optionalBody: true,
      answers: { 201: { description: "The link, to be sent however its owner likes", schema: madeShare } },
    },
    async ({ env, twin, tokenHash, body, keyed }) => {
      const secret = newSecret();
      const shown = { token: `${twin}~${secret}` };
      const made = await tenureOf(env, twin).show(
        tokenHash,
        body,
        await fingerprint(secret),
        await sealing(keyed, shown),
      );
      if (!made.ok) return problem(made.error);
      const { id } = made.value.body;
      const { token } = await secretOf(keyed, made.value, shown);
      return created(made.value, { share: id, url: `${publicOrigin(env)}/s/${id}#${token}` });
    },
  );
  define(
    app,
    {
      method: "get",
      path: ALL,
      tag: TAG,
      summary: "Its shares, newest first",
      caller: "channel",
      needs: "owner",
      query: z.object(pageQuery),
      answers: { 200: { description: "Shares", schema: pageOf(shareView) } },
    },
    async ({ env, twin, tokenHash, query }) => {
      const listed = await tenureOf(env, twin).listShares(tokenHash, query.limit, query.cursor ?? null);
      if (!listed.ok) return problem(listed.error);
      const { items, next } = listed.value;
      return json({ items, next: next === null ? null : cursorOf(next) });
    },
  );
  define(
    app,
    {
      method: "patch",
      path: ONE,
      tag: TAG,
      summary: "Change what a share shows",
      description:
        "The share now shows what the owner's side recorded up to now, but for what is withheld; not where only its label is changed.",
      caller: "channel",
      needs: "owner",
      params,
      body: shareChange,
      optionalBody: true,
      answers: { 200: { description: "The share", schema: shareView } },
    },
    async ({ env, twin, tokenHash, params: { share }, body }) =>
      found(await tenureOf(env, twin).changeShowing(tokenHash, share, body)),
  );
  define(
    app,
    {
      method: "delete",
      path: ONE,
      tag: TAG,
      summary: "Take a share back",
      description: "It opens nothing any more, from this moment on.",
      caller: "channel",
      needs: "owner",
      params,
      answers: { 204: { description: "Taken back" } },
    },
    async ({ env, twin, tokenHash, params: { share } }) => {
      const back = await tenureOf(env, twin).takeShareBack(tokenHash, share);
      return back.ok ? noContent() : problem(back.error);
    },
  );
  define(
    app,
    {
      method: "post",
      path: `${ONE}/answer`,
      tag: TAG,
      summary: "Show that the owner is there",
      description:
        "`code` is what the buyer was given and reads out. The twin then signs the buyer's number. Five wrong codes end the challenge.",
      caller: "channel",
      needs: "owner",
      params,
      body: challengeAnswer,
      answers: { 200: { description: "What the twin signed", schema: presence } },
    },
    async ({ env, twin, tokenHash, params: { share }, body }) =>
      found(await tenureOf(env, twin).answerChallenge(tokenHash, share, body.code)),
  );

  const caller = "share";
  define(
    app,
    {
      method: "post",
      path: `${ONE}/open`,
      tag: TAG,
      summary: "Open a share",
      description:
        "The record as its owner shows it, with all that it takes to check it. Counted as one opening, unless it is looked at `again`.",
      caller,
      params,
      query: shareOpening,
      answers: { 200: { description: "The record", schema: openedShare } },
    },
    async ({ env, twin, tokenHash, params: { share }, query }) => {
      const look = await ended(env, twin, tokenHash, await tenureOf(env, twin).look(tokenHash, share, query));
      return look.ok ? json(await opened(env, look.value), 200, NEVER_KEPT) : problem(look.error);
    },
  );
  define(
    app,
    {
      method: "get",
      path: `${ONE}/status`,
      tag: TAG,
      summary: "The record's head as it is now",
      description: "Signed anew at each call. Counted as nothing.",
      caller,
      params,
      answers: { 200: { description: "The head, what stands, and the last challenge's answer", schema: shareStatus } },
    },
    async ({ env, twin, tokenHash, params: { share } }) => {
      const status = await ended(env, twin, tokenHash, await tenureOf(env, twin).shareStatus(tokenHash, share));
      if (!status.ok) return problem(status.error);
      const { product, notices, ...rest } = status.value;
      const standing = [...notices, ...(await boardNotices(env, product))];
      return json({ ...rest, notices: standing.map(({ id }) => id) }, 200, NEVER_KEPT);
    },
  );
  define(
    app,
    {
      method: "get",
      path: `${ONE}/photos/:photo`,
      tag: TAG,
      summary: "A picture of an entry that is shown",
      caller,
      params: params.extend({ photo: idField("photo") }),
      answers: { 200: { description: "The picture", type: "image/*" } },
    },
    async ({ env, twin, tokenHash, params: { share, photo } }) => {
      const asked = await tenureOf(env, twin).pictureByShare(tokenHash, share, photo);
      const picture = await ended(env, twin, tokenHash, asked as Result<{ type: string; bytes: ArrayBuffer }, Failure>);
      return picture.ok ? passingPicture(picture.value) : problem(picture.error);
    },
  );
  define(
    app,
    {
      method: "post",
      path: `${ONE}/label`,
      tag: TAG,
      summary: "Whether this label is that item's",
      description:
        "Yes or no; the serial is never told. Ten times a minute, and a hundred times a day. A yes comes with the salt that proves it: believe it only if SHA-256 of salt, GTIN and serial is the `item` that the record's openings name.",
      caller,
      params,
      body: labelCheck,
      answers: { 200: { description: "Yes or no", schema: labelAnswer } },
    },
    async ({ env, twin, tokenHash, params: { share }, body }) =>
      found(await ended(env, twin, tokenHash, await tenureOf(env, twin).compareLabel(tokenHash, share, body))),
  );
  define(
    app,
    {
      method: "post",
      path: `${ONE}/challenge`,
      tag: TAG,
      summary: "Ask whether the owner is there",
      description:
        "Tell the code to whoever you are dealing with: only the owner can give it to the twin, which then signs `nonce` (see `status`). The same `nonce` again gets the same code.",
      caller,
      params,
      body: challengeInput,
      answers: { 201: { description: "The code, for ten minutes", schema: challengeView } },
    },
    async ({ env, twin, tokenHash, params: { share }, body }) => {
      const asked = await tenureOf(env, twin).challenge(tokenHash, share, body.nonce);
      const answer = await ended(env, twin, tokenHash, asked);
      return answer.ok ? json(answer.value, 201, NEVER_KEPT) : problem(answer.error);
    },
  );
}
