// What a barcode says: the model and its maker, for anyone. Never an item, never who owns one.

import { z } from "@hono/zod-openapi";
import { gtin } from "../domain/product.ts";
import { directoryFor, productOf } from "../platform/stubs.ts";
import { json } from "./answer.ts";
import { define, type App } from "./define.ts";
import { problem } from "./problem.ts";
import { admitReader } from "./strangers.ts";

const productAbout = z
  .union([
    z.object({
      gtin: z.string().describe("As a GTIN-14."),
      known: z.literal(true),
      model: z.string(),
      maker: z.object({ id: z.string(), name: z.string() }),
    }),
    z.object({ gtin: z.string(), known: z.literal(false) }),
  ])
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
      answers: { 200: { description: "The model and its maker, or that it isn't known here", schema: productAbout } },
    },
    async ({ c, env, params }) => {
      const admitted = await admitReader(env, c.req.raw);
      if (!admitted.ok) return problem(admitted.error);
      // A call to an object makes one: the directory, of which there are a few, says whether this one is there.
      const owner = await directoryFor(env, params.gtin).gtinOwner(params.gtin);
      const about = owner === null ? null : await productOf(env, params.gtin).about();
      if (!about) return json({ gtin: params.gtin, known: false });
      const maker = { id: about.maker, name: about.makerName };
      return json({ gtin: about.gtin, known: true, model: about.model, maker });
    },
  );
}
