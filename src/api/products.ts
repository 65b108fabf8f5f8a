// What a barcode says: the model and its maker, for anyone. Never an item, never who owns one.

import { z } from "@hono/zod-openapi";
import type { Failure } from "../domain/failure.ts";
import { gtin } from "../domain/product.ts";
import { directoryFor, productOf } from "../platform/stubs.ts";
import { json } from "./answer.ts";
import { define, type App } from "./define.ts";
import { problem } from "./problem.ts";
import { admitReader } from "./strangers.ts";

const unknown: Failure = { code: "not-found", detail: "No maker has had labels made for this GTIN here." };

const productAbout = z
  .object({
    gtin: z.string().describe("As a GTIN-14."),
    model: z.string(),
    maker: z.object({ id: z.string(), name: z.string() }),
  })
  .openapi("ProductAbout");

export function products(app: App): void {
  define(
    app,
    {
      method: "get",
      path: "/v1/products/:gtin",
      tag: "Products",
      summary: "What a GTIN stands for",
      description:
        "A GTIN of 8, 12, 13 or 14 digits, as a barcode has it. Known where its maker has had labels made for it.",
      caller: "anyone",
      params: z.object({ gtin }),
      answers: { 200: { description: "The model and its maker", schema: productAbout } },
    },
    async ({ c, env, params }) => {
      const admitted = await admitReader(env, c.req.raw);
      if (!admitted.ok) return problem(admitted.error);
      // A call to an object makes one: the directory, of which there are a few, says whether this one is there.
      const owner = await directoryFor(env, params.gtin).gtinOwner(params.gtin);
      const about = owner === null ? null : await productOf(env, params.gtin).about();
      if (!about) return problem(unknown);
      return json({ gtin: about.gtin, model: about.model, maker: { id: about.maker, name: about.makerName } });
    },
  );
}
