// The maker's side of a thread, by API: its answers, the pictures in them, and the owner's pictures while the agreement permits it.

import { z } from "@hono/zod-openapi";
import { invalid } from "../domain/failure.ts";
import type { NoteId } from "../domain/ids.ts";
import { cleanPhoto } from "../domain/photo/photo.ts";
import { externalId, replyFields } from "../domain/thread.ts";
import { tenureOf } from "../platform/stubs.ts";
import { created } from "./answer.ts";
import { PHOTO_BYTES } from "./body.ts";
import { define, type App } from "./define.ts";
import { idField, makerParam, twinField } from "./fields.ts";
import { asMaker } from "./listed-maker.ts";
import { passingPicture, PHOTO_TYPES } from "./notes.ts";
import { problem } from "./problem.ts";
import { messageView, photoView } from "./schemas.ts";

const TAG = "Makers: threads";
const params = z.object({ maker: makerParam, twin: twinField, note: idField("note") });

export function makerThreads(app: App): void {
  define(
    app,
    {
      method: "post",
      path: "/v1/makers/:maker/threads/:twin/:note/messages",
      tag: TAG,
      summary: "Answer in a thread",
      description:
        "Needs an agreement in force. An `outcome` proposes to close the thread: the owner confirms, or 14 days pass. What began as a saved reply names it as `savedReply`, and is refused as long as it is that reply as it stands, or has one of its [brackets] in it.",
      caller: "maker",
      needs: "agent",
      idempotent: true,
      params,
      body: z.strictObject({ ...replyFields, externalId, savedReply: idField("reply").optional() }),
      answers: { 201: { description: "The message", schema: messageView } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const { author, outcome, externalId: external, savedReply, ...reply } = call.body;
        const posted = await maker.reply(
          call.tokenHash,
          call.twin,
          {
            ...reply,
            note: call.params.note as NoteId,
            author: author?.name ?? null,
            outcome: outcome ?? null,
            externalId: external ?? null,
          },
          savedReply ?? null,
          call.keyed?.idem,
        );
        return posted.ok ? created(posted.value) : problem(posted.error);
      }),
  );
  define(
    app,
    {
      method: "post",
      path: "/v1/makers/:maker/threads/:twin/:note/photos",
      tag: TAG,
      summary: "Put a picture to a thread, to name it in an answer",
      caller: "maker",
      needs: "agent",
      idempotent: true,
      params,
      raw: { limit: PHOTO_BYTES, types: PHOTO_TYPES },
      answers: { 201: { description: "The picture, without its metadata", schema: photoView } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const allowed = await maker.allow(call.tokenHash, "agent");
        if (!allowed.ok) return problem(allowed.error);
        if (call.bytes.length === 0) return problem(invalid("", "send the picture's bytes as the body"));
        const clean = cleanPhoto(call.bytes);
        if (!clean.ok) return problem({ code: "unsupported-media-type", detail: clean.error });
        const note = call.params.note as NoteId;
        const added = await tenureOf(call.env, call.twin).addMakerPhoto(
          call.params.maker,
          note,
          clean.value,
          call.keyed?.idem,
        );
        return added.ok ? created(added.value) : problem(added.error);
      }),
  );
  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/threads/:twin/:note/photos/:photo",
      tag: TAG,
      summary: "A picture in a thread",
      caller: "maker",
      needs: "reader",
      params: params.extend({ photo: idField("photo") }),
      answers: { 200: { description: "The picture, while the agreement permits it", type: "image/*" } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const allowed = await maker.allow(call.tokenHash, "reader");
        if (!allowed.ok) return problem(allowed.error);
        const { maker: domain, note, photo: id } = call.params;
        const picture = await tenureOf(call.env, call.twin).photoForMaker(domain, note, id);
        return picture.ok ? passingPicture(picture.value) : problem(picture.error);
      }),
  );
}
