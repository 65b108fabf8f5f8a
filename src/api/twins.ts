// A twin and its recovery, as its channels see them.

import { z } from "@hono/zod-openapi";
import { productChange } from "../domain/product.ts";
import { tenureOf } from "../platform/stubs.ts";
import { found, noContent } from "./answer.ts";
import { define, type App } from "./define.ts";
import { instant } from "./fields.ts";
import { problem } from "./problem.ts";
import { twinView } from "./schemas.ts";

const TAG = "Twin";

export function twins(app: App): void {
  define(
    app,
    {
      method: "get",
      path: "/v1/twins/:twin",
      tag: TAG,
      summary: "The twin",
      caller: "channel",
      needs: "twin:read",
      answers: { 200: { description: "The twin", schema: twinView } },
    },
    async ({ env, twin, tokenHash }) => found(await tenureOf(env, twin).about(tokenHash)),
  );
  define(
    app,
    {
      method: "patch",
      path: "/v1/twins/:twin",
      tag: TAG,
      summary: "Correct what the product is",
      description:
        "Of a labelled item only the name can be changed. What goes along when it is handed over can't while an offer of it stands: `conflict`, with the reason `offered`.",
      caller: "channel",
      needs: "owner",
      body: z.strictObject({ product: productChange }),
      answers: { 200: { description: "The twin", schema: twinView } },
    },
    async ({ env, twin, tokenHash, body }) => found(await tenureOf(env, twin).changeProduct(tokenHash, body.product)),
  );
  define(
    app,
    {
      method: "delete",
      path: "/v1/twins/:twin",
      tag: TAG,
      summary: "Erase everything of this owner's time with the item",
      description:
        "Cannot be undone. Makers that had an agreement are told, without words. Of a labelled item's record the headers stay and what its maker said; the words and photos of all its owners and their channels are forgotten.",
      caller: "channel",
      needs: "owner",
      answers: { 204: { description: "Erased" } },
    },
    async ({ env, twin, tokenHash }) => {
      const erased = await tenureOf(env, twin).erase(tokenHash);
      return erased.ok ? noContent() : problem(erased.error);
    },
  );
  define(
    app,
    {
      method: "get",
      path: "/v1/twins/:twin/recovery",
      tag: TAG,
      summary: "A recovery under way",
      caller: "channel",
      answers: {
        200: {
          description: "Whether one is under way",
          schema: z.object({
            state: z.enum(["none", "waiting"]),
            startedAt: instant.optional(),
            readyAt: instant.optional(),
          }),
        },
      },
    },
    async ({ env, twin, tokenHash }) => found(await tenureOf(env, twin).recovery(tokenHash)),
  );
  define(
    app,
    {
      method: "delete",
      path: "/v1/twins/:twin/recovery",
      tag: TAG,
      summary: "Object to a recovery",
      caller: "channel",
      answers: { 204: { description: "It is stopped; whoever began it must wait another day" } },
    },
    async ({ env, twin, tokenHash }) => {
      const objected = await tenureOf(env, twin).objectToRecovery(tokenHash);
      return objected.ok ? noContent() : problem(objected.error);
    },
  );
}
