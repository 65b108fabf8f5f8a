// The owner's feed: by asking, live over a WebSocket, and all of it as an export.

import { z } from "@hono/zod-openapi";
import { tenureOf } from "../platform/stubs.ts";
import { EXPORT_START } from "../tenure/exporting.ts";
import { jsonText } from "./answer.ts";
import { define, type App } from "./define.ts";
import { exportStream } from "./export-stream.ts";
import { pageQuery } from "./page.ts";
import { problem } from "./problem.ts";
import { feedEvent } from "./schemas.ts";

const TAG = "Feed";

const after = z.coerce
  .number({ error: "must be the `next` of an earlier answer" })
  .int("must be the `next` of an earlier answer")
  .min(0, "must be the `next` of an earlier answer")
  .max(Number.MAX_SAFE_INTEGER);

export function feed(app: App): void {
  define(
    app,
    {
      method: "get",
      path: "/v1/twins/:twin/events",
      tag: TAG,
      summary: "What happened, oldest first",
      description: "Only what the channel's scopes may read. Words are joined in as they stand now.",
      caller: "channel",
      needs: "twin:read",
      query: z.object({ after: after.default(0), limit: pageQuery.limit }),
      answers: {
        200: {
          description: "Events",
          schema: z.object({ items: z.array(feedEvent), next: z.int().describe("Give it as `after` to go on.") }),
        },
      },
    },
    async ({ env, twin, tokenHash, query }) => {
      const read = await tenureOf(env, twin).events(tokenHash, query.after, query.limit);
      return read.ok ? jsonText(read.value) : problem(read.error);
    },
  );
  define(
    app,
    {
      method: "get",
      path: "/v1/twins/:twin/live",
      tag: TAG,
      summary: "The same events, live",
      description:
        "A WebSocket. Offer the subprotocols `pico-twins.v1` and `bearer.<token>`, or send the Authorization header. With `after`, what came since is sent first. Closes with 4401 when the channel is revoked and 4410 when the twin is erased or its thing is handed over: the reason is then `this twin was erased` or `this twin was handed over`.",
      caller: "channel",
      needs: "twin:read",
      socket: true,
      query: z.object({ after: after.optional() }),
      answers: { 101: { description: "Switching to the WebSocket protocol" } },
    },
    async ({ c, env, twin, tokenHash, query, refuse }) => {
      if (c.req.header("Upgrade")?.toLowerCase() !== "websocket") {
        return refuse({ code: "upgrade-required", detail: "This is a WebSocket: send Upgrade: websocket." });
      }
      const headers: Record<string, string> = { Upgrade: "websocket", "X-Token-Hash": tokenHash };
      if (query.after !== undefined) headers["X-After"] = String(query.after);
      const answer = await tenureOf(env, twin).fetch("https://tenure/live", { headers });
      if (answer.status === 101) return answer;
      if (answer.status === 409) {
        return problem({
          code: "conflict",
          detail: "Much happened since: page with GET …/events first, then come back.",
        });
      }
      return problem(
        answer.status === 403
          ? { code: "forbidden", detail: "This channel lacks the scope twin:read." }
          : { code: "unauthorized" },
      );
    },
  );
  define(
    app,
    {
      method: "get",
      path: "/v1/twins/:twin/export",
      tag: TAG,
      summary: "Everything, a line of JSON each",
      description:
        "`type` tells what a line is: twin, channel, papers, agreement (with its record), note, revision, message, me-too (a known issue the owner counts themselves in), notice, record (the checkpoint of the record, and counts), entry (of the record), event (by ids), photo (in parts of base64). The last is the seal: a SHA-256 over all lines before it, each with its line feed, signed by the twin's agent over `pico-twins/export/1`, the twin, the number of lines and the digest, a line each.",
      caller: "channel",
      needs: "owner",
      answers: { 200: { description: "The export", type: "application/x-ndjson" } },
    },
    async ({ env, twin, tokenHash }) => {
      const tenure = tenureOf(env, twin);
      const first = await tenure.exportPage(tokenHash, EXPORT_START);
      if (!first.ok) return problem(first.error);
      return new Response(exportStream(tenure, tokenHash, first.value), {
        headers: {
          "Content-Type": "application/x-ndjson",
          "Content-Disposition": 'attachment; filename="twin.ndjson"',
        },
      });
    },
  );
}
