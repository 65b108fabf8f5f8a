// The product's papers: receipt, manual, warranty and its reminder, for the owner's channels alone.

import { z } from "@hono/zod-openapi";
import { PAPER_KINDS, papersInput } from "../domain/papers.ts";
import { fingerprint } from "../platform/crypto.ts";
import { tenureOf } from "../platform/stubs.ts";
import { json } from "./answer.ts";
import { define, type App } from "./define.ts";
import { ifMatchOf } from "./etag.ts";
import { instant } from "./fields.ts";
import { problem } from "./problem.ts";
import { photoView } from "./schemas.ts";

const TAG = "Papers";
const PATH = "/v1/twins/:twin/papers";

const day = z.string().nullable().openapi({ format: "date" });
const words = z.string().nullable();

const papersView = z
  .object({
    boughtOn: day,
    boughtAt: words,
    price: words,
    serial: words,
    warrantyUntil: day,
    remindDays: z.int(),
    manualUrl: words,
    remarks: words,
    files: z.array(z.object({ photo: photoView, kind: z.enum(PAPER_KINDS), label: words })),
    updatedAt: instant.nullable().describe("Null while nothing was ever written."),
  })
  .openapi("Papers");

export function papers(app: App): void {
  define(
    app,
    {
      method: "get",
      path: PATH,
      tag: TAG,
      summary: "The papers",
      description: "Private: nothing of them is ever relayed. Under an ETag.",
      caller: "channel",
      needs: "owner",
      answers: { 200: { description: "The papers", schema: papersView } },
    },
    async ({ env, twin, tokenHash }) => {
      const read = await tenureOf(env, twin).readPapers(tokenHash);
      return read.ok ? json(read.value.papers, 200, { ETag: `"${read.value.etag}"` }) : problem(read.error);
    },
  );
  define(
    app,
    {
      method: "put",
      path: PATH,
      tag: TAG,
      summary: "Write the papers",
      description:
        "Replaces the whole document: what is left out is empty, and a photo that is no longer named is deleted. With `If-Match`, only where nobody wrote in between (412). " +
        "A photo is a free one of this channel (`POST …/photos`) or in the papers already, never one of a note.",
      caller: "channel",
      needs: "owner",
      body: papersInput,
      answers: { 200: { description: "The papers", schema: papersView } },
    },
    async ({ c, env, twin, tokenHash, body, refuse }) => {
      const ifMatch = ifMatchOf(c.req.raw);
      if (!ifMatch.ok) return refuse(ifMatch.error);
      const digest = await fingerprint(JSON.stringify(body));
      const filed = await tenureOf(env, twin).filePapers(tokenHash, body, digest, ifMatch.value);
      return filed.ok ? json(filed.value.papers, 200, { ETag: `"${filed.value.etag}"` }) : problem(filed.error);
    },
  );
}
