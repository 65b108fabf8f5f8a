// Notes, what is said under them, and photos.

import { z } from "@hono/zod-openapi";
import { KINDS, noteChange, noteInput } from "../domain/note.ts";
import { cleanPhoto } from "../domain/photo/photo.ts";
import { messageInput, verdictInput } from "../domain/thread.ts";
import { text } from "../domain/text.ts";
import { tenureOf } from "../platform/stubs.ts";
import { created, createdText, found, json, jsonText, noContent } from "./answer.ts";
import { PHOTO_BYTES } from "./body.ts";
import { define, type App } from "./define.ts";
import { idField } from "./fields.ts";
import { cursorOf, pageOf, pageQuery } from "./page.ts";
import { problem } from "./problem.ts";
import { messageView, noteView, photoView, readReceiptView, threadView } from "./schemas.ts";

const TAG = "Notes";
const NOTES = "/v1/twins/:twin/notes";
const SEARCH_CHARACTERS = 200;
export const PHOTO_TYPES = ["image/jpeg", "image/png", "image/webp", "image/avif"] as const;

const noteParams = z.object({ twin: z.string(), note: z.string() });
const flag = z.enum(["true", "false"], { error: "must be true or false" }).transform((value) => value === "true");

/** A list's answer with its cursor written out. Items that are text are JSON already. */
export const paged = ({ items, next }: { items: readonly unknown[] | string; next: number | null }): Response => {
  const list = typeof items === "string" ? items : JSON.stringify(items);
  return jsonText(`{"items":${list},"next":${next === null ? "null" : JSON.stringify(cursorOf(next))}}`);
};

/** A stored photo as a response: never sniffed, never run. */
export const picture = ({ type, bytes }: { type: string; bytes: ArrayBuffer }): Response =>
  new Response(bytes, { headers: { "Content-Type": type, "Cache-Control": "private, max-age=31536000, immutable" } });

/** The same for whoever may see it now, and perhaps not later: no cache keeps it. */
export const passingPicture = ({ type, bytes }: { type: string; bytes: ArrayBuffer }): Response =>
  new Response(bytes, { headers: { "Content-Type": type, "Cache-Control": "private, no-store" } });

export function notes(app: App): void {
  define(
    app,
    {
      method: "post",
      path: NOTES,
      tag: TAG,
      summary: "Write a note",
      description:
        "Private unless `send` is true. A note that is sent goes to the product's own maker when an agreement permits it, and waits until then.",
      caller: "channel",
      needs: "notes:write",
      idempotent: true,
      body: noteInput,
      answers: { 201: { description: "The note", schema: noteView } },
    },
    async ({ env, twin, tokenHash, body, keyed }) => {
      const written = await tenureOf(env, twin).writeNote(tokenHash, body, keyed?.idem);
      return written.ok ? createdText(written.value) : problem(written.error);
    },
  );
  define(
    app,
    {
      method: "get",
      path: NOTES,
      tag: TAG,
      summary: "Notes, newest first",
      caller: "channel",
      needs: "notes:own",
      query: z.object({
        ...pageQuery,
        kind: z.enum(KINDS).optional(),
        sent: flag.optional(),
        q: text(SEARCH_CHARACTERS).optional(),
      }),
      answers: { 200: { description: "Notes", schema: pageOf(noteView) } },
    },
    async ({ env, twin, tokenHash, query: { limit, cursor, kind, sent, q } }) => {
      const page = await tenureOf(env, twin).listNotes(tokenHash, { kind, sent, q }, limit, cursor ?? null);
      return page.ok ? paged(page.value) : problem(page.error);
    },
  );
  define(
    app,
    {
      method: "get",
      path: `${NOTES}/:note`,
      tag: TAG,
      summary: "One note, with its messages and revisions",
      caller: "channel",
      needs: "notes:own",
      params: noteParams,
      answers: { 200: { description: "The note", schema: noteView } },
    },
    async ({ env, twin, tokenHash, params }) => found(await tenureOf(env, twin).readNote(tokenHash, params.note)),
  );
  define(
    app,
    {
      method: "patch",
      path: `${NOTES}/:note`,
      tag: TAG,
      summary: "Revise a note, or send it",
      caller: "channel",
      needs: "notes:write",
      params: noteParams,
      body: noteChange,
      answers: { 200: { description: "The note", schema: noteView } },
    },
    async ({ env, twin, tokenHash, params, body }) =>
      found(await tenureOf(env, twin).changeNote(tokenHash, params.note, body)),
  );
  define(
    app,
    {
      method: "delete",
      path: `${NOTES}/:note`,
      tag: TAG,
      summary: "Retract a note",
      description: "Its words leave the twin; a maker that has it is told that they must leave there too.",
      caller: "channel",
      needs: "notes:write",
      params: noteParams,
      answers: { 204: { description: "Retracted" } },
    },
    async ({ env, twin, tokenHash, params }) => {
      const retracted = await tenureOf(env, twin).retractNote(tokenHash, params.note);
      return retracted.ok ? noContent() : problem(retracted.error);
    },
  );
  define(
    app,
    {
      method: "post",
      path: `${NOTES}/:note/messages`,
      tag: TAG,
      summary: "Say something under a note that was sent",
      caller: "channel",
      needs: "messages:write",
      idempotent: true,
      params: noteParams,
      body: messageInput,
      answers: { 201: { description: "The message", schema: messageView } },
    },
    async ({ env, twin, tokenHash, params, body, keyed }) => {
      const posted = await tenureOf(env, twin).postMessage(tokenHash, params.note, body, keyed?.idem);
      return posted.ok ? created(posted.value) : problem(posted.error);
    },
  );
  define(
    app,
    {
      method: "get",
      path: `${NOTES}/:note/messages`,
      tag: TAG,
      summary: "What was said under a note, newest first",
      caller: "channel",
      needs: "messages:read",
      params: noteParams,
      query: z.object(pageQuery),
      answers: { 200: { description: "Messages", schema: pageOf(messageView) } },
    },
    async ({ env, twin, tokenHash, params, query: { limit, cursor } }) => {
      const page = await tenureOf(env, twin).listMessages(tokenHash, params.note, limit, cursor ?? null);
      return page.ok ? paged(page.value) : problem(page.error);
    },
  );
  define(
    app,
    {
      method: "put",
      path: `${NOTES}/:note/seen`,
      tag: TAG,
      summary: "Say how far the company's answers were read",
      description:
        "Kept, and shown to the company, only while an agreement in force permits tracking: its `permits` says so. Otherwise nothing is kept, and the answer's `readReceipt` is null.",
      caller: "channel",
      needs: "messages:read",
      params: noteParams,
      body: z.strictObject({ message: idField("msg") }),
      answers: {
        200: { description: "What the company may see of it", schema: z.object({ readReceipt: readReceiptView }) },
      },
    },
    async ({ env, twin, tokenHash, params, body }) => {
      const read = await tenureOf(env, twin).markRead(tokenHash, params.note, body.message);
      return read.ok ? json({ readReceipt: read.value }) : problem(read.error);
    },
  );
  define(
    app,
    {
      method: "post",
      path: `${NOTES}/:note/verdict`,
      tag: TAG,
      summary: "Say whether the answer addressed it",
      description: "`addressed` confirms and closes the thread; `not-addressed` opens it again.",
      caller: "channel",
      needs: "messages:write",
      params: noteParams,
      body: verdictInput,
      answers: { 200: { description: "The thread", schema: threadView } },
    },
    async ({ env, twin, tokenHash, params, body }) =>
      found(await tenureOf(env, twin).giveVerdict(tokenHash, params.note, body.verdict)),
  );
  define(
    app,
    {
      method: "post",
      path: "/v1/twins/:twin/photos",
      tag: TAG,
      summary: "Add a photo, to be named in a note or message",
      description: "JPEG, PNG, WebP or AVIF, judged by content. Metadata is removed; the orientation is kept.",
      caller: "channel",
      needs: "notes:write",
      idempotent: true,
      raw: { limit: PHOTO_BYTES, types: PHOTO_TYPES },
      answers: { 201: { description: "The photo", schema: photoView } },
    },
    async ({ env, twin, tokenHash, bytes, keyed, refuse }) => {
      const clean = cleanPhoto(bytes);
      if (!clean.ok) return refuse({ code: "unsupported-media-type", detail: clean.error });
      const added = await tenureOf(env, twin).addPhoto(tokenHash, clean.value, keyed?.idem);
      return added.ok ? created(added.value) : problem(added.error);
    },
  );
  define(
    app,
    {
      method: "get",
      path: "/v1/twins/:twin/photos/:photo",
      tag: TAG,
      summary: "A photo",
      caller: "channel",
      needs: "notes:own",
      params: z.object({ twin: z.string(), photo: z.string() }),
      answers: { 200: { description: "The picture", type: "image/*" } },
    },
    async ({ env, twin, tokenHash, params }) => {
      const photo = await tenureOf(env, twin).readPhoto(tokenHash, params.photo);
      return photo.ok ? picture(photo.value) : problem(photo.error);
    },
  );
}
