// A product's public board: its safety notices and recalls, for anyone who has one, labelled or not. Never an item, never who owns one.

import { z } from "@hono/zod-openapi";
import { rfc3339 } from "../domain/instant.ts";
import { PUBLIC_KINDS } from "../domain/notice.ts";
import { gtin } from "../domain/product.ts";
import { directoryFor, productOf } from "../platform/stubs.ts";
import { json } from "./answer.ts";
import { define, type App } from "./define.ts";
import { noticeWords, withdrawn } from "./maker-views.ts";
import { noticeMaker } from "./notices.ts";
import { pageOf, pageQuery, slice } from "./page.ts";
import { problem } from "./problem.ts";
import { admitReader } from "./strangers.ts";

const publicNotice = z
  .object({
    ...noticeWords,
    kind: z.enum(PUBLIC_KINDS),
    maker: noticeMaker,
    concerns: z.enum(["every-item", "named-items"]).describe("Whether it is for every item of the product."),
    withdrawn,
  })
  .openapi("PublicNotice");

export function productBoard(app: App): void {
  define(
    app,
    {
      method: "get",
      path: "/v1/products/:gtin/notices",
      tag: "Products",
      summary: "A product's public board, newest first",
      description:
        "Safety notices and recalls of its maker, withdrawn ones marked as such. Empty for a GTIN that isn't known here.",
      caller: "anyone",
      params: z.object({ gtin }),
      query: z.object(pageQuery),
      answers: { 200: { description: "Notices", schema: pageOf(publicNotice) } },
    },
    async ({ c, env, params, query }) => {
      const admitted = await admitReader(env, c.req.raw);
      if (!admitted.ok) return problem(admitted.error);
      // A call to an object makes one: the directory, of which there are a few, says whether this one is there.
      const owner = await directoryFor(env, params.gtin).gtinOwner(params.gtin);
      const board = owner === null ? [] : await productOf(env, params.gtin).board();
      const { items, next } = slice(board, query);
      return json({
        items: items.map(({ at, withdrawn: back, ...notice }) => ({
          ...notice,
          at: rfc3339(at),
          withdrawn: back && { ...back, at: rfc3339(back.at) },
        })),
        next,
      });
    },
  );
}
