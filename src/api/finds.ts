// Finding things: anyone may tell the owner of a labelled item that they found it. Unknown, unclaimed and claimed items, and owners who want
// to hear of it or not, are answered alike and before anything is looked up; nobody is told who owns anything.

import { z } from "@hono/zod-openapi";
import { findInput, finderInput, type FindInput } from "../domain/find.ts";
import { log } from "../platform/log.ts";
import { rootOf } from "../platform/root.ts";
import { directoryFor, productOf, tenureOf } from "../platform/stubs.ts";
import { found, json } from "./answer.ts";
import { define, type App } from "./define.ts";
import { instant } from "./fields.ts";
import { problem } from "./problem.ts";
import { admitStranger } from "./strangers.ts";

const TAG = "Finding";

export const finderView = z
  .object({
    on: z.boolean().describe("Whether the owner is told when somebody reports the thing as found. Off at first."),
    lastAt: instant.nullable().describe("When somebody last did."),
  })
  .openapi("Finder");
export const findTaken = z.object({ status: z.literal("taken") }).openapi("FindTaken");

/** Asks only what is there already: the directory whose the GTIN is, then its product, then the twin that has the item now. Never throws. */
async function deliver(env: Env, { gtin, serial, text, contact }: FindInput): Promise<void> {
  try {
    if ((await directoryFor(env, gtin).gtinOwner(gtin)) === null) return;
    const twin = await productOf(env, gtin).whoHas(await rootOf(env).labelledItem(gtin, serial));
    if (twin !== null) await tenureOf(env, twin).takeFind({ text, contact: contact ?? null });
  } catch (fault) {
    log("find-fault", { fault: fault instanceof Error ? fault.name : "unknown" });
  }
}

export function finds(app: App): void {
  define(
    app,
    {
      method: "post",
      path: "/v1/finds",
      tag: TAG,
      summary: "Tell the owner of a labelled item that it was found",
      description:
        "It is delivered if there is an owner who has turned this on; the answer never says. An owner gets 20 a day at most, and the same words once.",
      caller: "anyone",
      body: findInput,
      answers: { 202: { description: "Taken, whatever becomes of it", schema: findTaken } },
    },
    async ({ c, env, body }) => {
      const admitted = await admitStranger(env, c.req.raw);
      if (!admitted.ok) return problem(admitted.error);
      c.executionCtx.waitUntil(deliver(env, body));
      return json({ status: "taken" }, 202);
    },
  );
  define(
    app,
    {
      method: "get",
      path: "/v1/twins/:twin/finder",
      tag: TAG,
      summary: "Whether the owner is told of finds",
      caller: "channel",
      needs: "owner",
      answers: { 200: { description: "On or off", schema: finderView } },
    },
    async ({ env, twin, tokenHash }) => found(await tenureOf(env, twin).finder(tokenHash)),
  );
  define(
    app,
    {
      method: "put",
      path: "/v1/twins/:twin/finder",
      tag: TAG,
      summary: "Be told of finds, or not",
      description:
        "What was found comes with the feed as `find.reported`. Whoever found it learns nothing of the owner.",
      caller: "channel",
      needs: "owner",
      body: finderInput,
      answers: { 200: { description: "On or off", schema: finderView } },
    },
    async ({ env, twin, tokenHash, body }) => found(await tenureOf(env, twin).setFinder(tokenHash, body.on)),
  );
}
