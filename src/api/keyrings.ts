// Owners' keyrings: sealed bytes that this server can't read, under a bearer made from the owner's recovery words.

import { z } from "@hono/zod-openapi";
import { invalid, type Failure } from "../domain/failure.ts";
import { err, ok, type Result } from "../domain/result.ts";
import type { Condition } from "../keyring/precondition.ts";
import { fingerprint } from "../platform/crypto.ts";
import { keyringFor } from "../platform/stubs.ts";
import { json } from "./answer.ts";
import { define, type App } from "./define.ts";
import { ifMatchOf, namesTag, tagsOf } from "./etag.ts";
import { problem } from "./problem.ts";
import { admitStranger } from "./strangers.ts";

const TAG = "Keyrings";
const PATH = "/v1/keyrings/:keyring";
const KEYRING_BYTES = 256 * 1024;
const BYTES = "application/octet-stream";
const NAME = /^[a-z0-9_-]{16,64}$/;
const params = z.object({ keyring: z.string().regex(NAME, "must be 16 to 64 characters of a-z, 0-9, _ and -") });

function conditionOf(request: Request): Result<Condition, Failure> {
  const match = ifMatchOf(request);
  if (!match.ok) return match;
  if (match.value !== null) return ok(match.value === "*" ? { kind: "exists" } : { kind: "match", tags: match.value });
  const noneMatch = request.headers.get("If-None-Match");
  if (noneMatch === null) return ok({ kind: "none" });
  return tagsOf(noneMatch) === "*"
    ? ok({ kind: "absent" })
    : err({ code: "malformed", detail: "If-None-Match takes * here." });
}

export function keyrings(app: App): void {
  define(
    app,
    {
      method: "get",
      path: PATH,
      tag: TAG,
      summary: "A sealed keyring",
      description:
        "The bearer is made from the owner's recovery words. A name that nobody took and a wrong bearer get the same answer.",
      caller: "keyring",
      params,
      answers: {
        200: { description: "The sealed bytes, under an ETag", type: BYTES },
        304: { description: "It is the one named by If-None-Match" },
      },
    },
    async ({ c, env, tokenHash, params: { keyring } }) => {
      const ring = await keyringFor(env, keyring).read(tokenHash, keyring);
      if (!ring.ok) return problem(ring.error);
      const headers = { ETag: `"${ring.value.etag}"`, "Cache-Control": "private, no-cache" };
      if (namesTag(c.req.header("If-None-Match") ?? null, ring.value.etag))
        return new Response(null, { status: 304, headers });
      return new Response(ring.value.bytes, { headers: { "Content-Type": BYTES, ...headers } });
    },
  );
  define(
    app,
    {
      method: "put",
      path: PATH,
      tag: TAG,
      summary: "Keep a sealed keyring",
      description:
        "The first PUT (with `If-None-Match: *`) fixes the bearer. A later one needs `If-Match` with the ETag that was changed, else 428.",
      caller: "keyring",
      params,
      raw: { limit: KEYRING_BYTES, types: [BYTES] },
      answers: {
        200: { description: "Written over", schema: z.object({ etag: z.string() }) },
        201: { description: "Kept for the first time", schema: z.object({ etag: z.string() }) },
      },
    },
    async ({ c, env, tokenHash, params: { keyring }, bytes }) => {
      if (bytes.length === 0) return problem(invalid("", "send the sealed bytes as the body"));
      const condition = conditionOf(c.req.raw);
      if (!condition.ok) return problem(condition.error);
      // Only what could make a new one counts as a stranger's creation.
      if (condition.value.kind === "absent" || condition.value.kind === "none") {
        const admitted = await admitStranger(env, c.req.raw);
        if (!admitted.ok) return problem(admitted.error);
      }
      const etag = await fingerprint(bytes);
      const written = await keyringFor(env, keyring).write(tokenHash, keyring, { etag, bytes }, condition.value);
      if (!written.ok) return problem(written.error);
      return json({ etag: `"${etag}"` }, written.value.created ? 201 : 200, { ETag: `"${etag}"` });
    },
  );
}
