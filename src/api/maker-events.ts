// The maker's feed, for those who would rather poll: the same events as the webhooks, oldest first, rendered as they may be told now.

import { z } from "@hono/zod-openapi";
import { EVENT_TYPES } from "../domain/event-types.ts";
import type { FeedRow } from "../maker/feed.ts";
import { tenureOf } from "../platform/stubs.ts";
import { json } from "./answer.ts";
import { define, type App } from "./define.ts";
import { idField, instant, makerParam } from "./fields.ts";
import { asMaker } from "./listed-maker.ts";
import { cursorOf, pageOf, pageQuery } from "./page.ts";
import { problem } from "./problem.ts";

const event = z
  .object({ id: idField("evt"), type: z.enum(EVENT_TYPES), timestamp: instant, data: z.object({}).loose() })
  .openapi("MakerEvent");

/** The event's body, or null when it is not to be told any more. */
async function bodyOf(env: Env, maker: string, row: FeedRow): Promise<unknown> {
  if (row.body === null) return tenureOf(env, row.twin).renderForFeed(maker, row.event);
  return { id: row.event, ...(JSON.parse(row.body) as object) };
}

export function makerEvents(app: App): void {
  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/events",
      tag: "Makers",
      summary: "The maker's events, to poll",
      description:
        "Oldest first. `next` is always where to go on: pass it as `after`. An empty page means that nothing is new.",
      caller: "maker",
      needs: "reader",
      params: z.object({ maker: makerParam }),
      query: z.object({ limit: pageQuery.limit, after: pageQuery.cursor }),
      answers: { 200: { description: "A page of events", schema: pageOf(event) } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const { after = 0, limit } = call.query;
        const page = await maker.feedPage(call.tokenHash, after, limit);
        if (!page.ok) return problem(page.error);
        const rendered = await Promise.allSettled(page.value.map((row) => bodyOf(call.env, call.params.maker, row)));
        // An owner's side that can't be reached now ends the page before its event: it must not be missed.
        const unreached = rendered.findIndex(({ status }) => status === "rejected");
        if (unreached === 0)
          return problem({ code: "unavailable", detail: "The next event can't be read now. Try again." });
        const told = unreached < 0 ? rendered : rendered.slice(0, unreached);
        const items = told
          .map((result) => (result.status === "fulfilled" ? result.value : null))
          .filter((item) => item !== null);
        return json({ items, next: cursorOf(page.value[told.length - 1]?.seq ?? after) });
      }),
  );
}
