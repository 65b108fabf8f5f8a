// The desk, live: which threads to look at again, and who else is in one.

import { z } from "@hono/zod-openapi";
import type { Visitor } from "../office/live.ts";
import { officeOf } from "../platform/stubs.ts";
import { define, type App } from "./define.ts";
import { makerParam } from "./fields.ts";
import { asMaker } from "./listed-maker.ts";
import { problem } from "./problem.ts";

export function deskLive(app: App): void {
  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/live",
      tag: "Makers: desk",
      summary: "What changes on the desk, live",
      description: [
        "A WebSocket. Offer the subprotocols `pico-twins.v1` and `bearer.<key>`, or send the Authorization header.",
        'It says what to read again: `{"type": "threads.changed", "threads": [{"twin", "note"}]}`, and `issues.changed`, `notices.changed`, `deliveries.changed`, which name nothing.',
        'Send `{"type": "looking", "twin", "note", "writing"}` when a person opens a thread, begins or stops to write, and `{"type": "looking"}` when they leave it; everyone in that thread is told `{"type": "presence", "twin", "note", "people": [{"key", "label", "writing"}]}`, oneself among them.',
        "Closes with 4401 when the key no longer works, because it was removed or its holder signed in on another device, and with 4429 when one key opens more than 20.",
      ].join(" "),
      caller: "maker",
      needs: "reader",
      socket: true,
      params: z.object({ maker: makerParam }),
      answers: { 101: { description: "Switching to the WebSocket protocol" } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const who = await maker.enter(call.tokenHash, "reader");
        if (!who.ok) return problem(who.error);
        if (call.c.req.header("Upgrade")?.toLowerCase() !== "websocket") {
          return problem({ code: "upgrade-required", detail: "This is a WebSocket: send Upgrade: websocket." });
        }
        const { key, label } = who.value;
        const arrived: Visitor = { maker: call.params.maker, key, label, secretHash: call.tokenHash };
        const visitor = encodeURIComponent(JSON.stringify(arrived));
        return officeOf(call.env, call.params.maker).fetch("https://office/live", {
          headers: { Upgrade: "websocket", "X-Visitor": visitor },
        });
      }),
  );
}
