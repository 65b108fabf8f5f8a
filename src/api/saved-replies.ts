// Saved replies: what a team begins its answers with.

import { z } from "@hono/zod-openapi";
import type { ReplyId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import { savedReplyChange, savedReplyInput, type SavedReply } from "../domain/saved-reply.ts";
import { officeOf } from "../platform/stubs.ts";
import { created, json, noContent } from "./answer.ts";
import { define, type App } from "./define.ts";
import { idField, makerParam } from "./fields.ts";
import { asMaker } from "./listed-maker.ts";
import { savedReplyView } from "./maker-views.ts";
import { pageOf, pageQuery, slice } from "./page.ts";
import { problem } from "./problem.ts";

const TAG = "Makers: desk";
const params = z.object({ maker: makerParam });
const replyParams = params.extend({ reply: idField("reply") });

const viewOf = (reply: SavedReply) => ({
  ...reply,
  createdAt: rfc3339(reply.createdAt),
  updatedAt: rfc3339(reply.updatedAt),
});

export function savedReplies(app: App): void {
  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/saved-replies",
      tag: TAG,
      summary: "The team's saved replies, newest first",
      caller: "maker",
      needs: "reader",
      params,
      query: z.object(pageQuery),
      answers: { 200: { description: "Saved replies", schema: pageOf(savedReplyView) } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const allowed = await maker.allow(call.tokenHash, "reader");
        if (!allowed.ok) return problem(allowed.error);
        return json(slice((await officeOf(call.env, call.params.maker).replies()).map(viewOf), call.query));
      }),
  );
  define(
    app,
    {
      method: "post",
      path: "/v1/makers/:maker/saved-replies",
      tag: TAG,
      summary: "Save a reply to begin with",
      description:
        "Put what differs each time in brackets, like `[what they asked]`: an answer that names this reply as its `savedReply` is refused as long as it is the reply itself, or one of its brackets is left.",
      caller: "maker",
      needs: "agent",
      idempotent: true,
      params,
      body: savedReplyInput,
      answers: { 201: { description: "The saved reply", schema: savedReplyView } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const allowed = await maker.allow(call.tokenHash, "agent");
        if (!allowed.ok) return problem(allowed.error);
        const added = await officeOf(call.env, call.params.maker).addReply(call.body, call.keyed?.idem);
        return added.ok ? created({ ...added.value, body: viewOf(added.value.body) }) : problem(added.error);
      }),
  );
  define(
    app,
    {
      method: "patch",
      path: "/v1/makers/:maker/saved-replies/:reply",
      tag: TAG,
      summary: "Change a saved reply",
      caller: "maker",
      needs: "agent",
      params: replyParams,
      body: savedReplyChange,
      answers: { 200: { description: "The saved reply", schema: savedReplyView } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const allowed = await maker.allow(call.tokenHash, "agent");
        if (!allowed.ok) return problem(allowed.error);
        const reply = call.params.reply as ReplyId;
        const changed = await officeOf(call.env, call.params.maker).changeReply(reply, call.body);
        return changed.ok ? json(viewOf(changed.value)) : problem(changed.error);
      }),
  );
  define(
    app,
    {
      method: "delete",
      path: "/v1/makers/:maker/saved-replies/:reply",
      tag: TAG,
      summary: "Delete a saved reply",
      caller: "maker",
      needs: "agent",
      params: replyParams,
      answers: { 204: { description: "Deleted" } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const allowed = await maker.allow(call.tokenHash, "agent");
        if (!allowed.ok) return problem(allowed.error);
        const removed = await officeOf(call.env, call.params.maker).removeReply(call.params.reply as ReplyId);
        return removed.ok ? noContent() : problem(removed.error);
      }),
  );
}
