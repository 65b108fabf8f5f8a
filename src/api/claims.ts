// How an owner begins: with a label's inner code, with a name for any product, or back in with a recovery code.

import { z } from "@hono/zod-openapi";
import { encodeCrockford, normalizeCrockford } from "../domain/crockford.ts";
import { isSerial } from "../domain/gtin.ts";
import { spellings, type Label } from "../domain/label-hash.ts";
import { gtin, productInput, type Product, type Proof } from "../domain/product.ts";
import { text } from "../domain/text.ts";
import { readTwinCode } from "../domain/twin-code.ts";
import { now } from "../platform/clock.ts";
import { equalInConstantTime, fingerprint } from "../platform/crypto.ts";
import { randomBytes } from "../platform/random.ts";
import { rootOf } from "../platform/root.ts";
import { itemOf, productOf, tenureOf } from "../platform/stubs.ts";
import { created, json } from "./answer.ts";
import { define, type App } from "./define.ts";
import { sealing, secretOf, type Keyed } from "./idempotency-key.ts";
import { newAccess, shownAccess } from "./new-access.ts";
import { problem } from "./problem.ts";
import { access } from "./schemas.ts";
import { countFailure, refusalOf } from "./strangers.ts";

const TAG = "Beginning";
const ITEM_BYTES = 10;
const CODE_CHARACTERS = 60;

/** Gives an item to its first owner. */
async function begin(env: Env, item: string, product: Product, proof: Proof, keyed: Keyed | null): Promise<Response> {
  const twin = await rootOf(env).twinId(item, 0);
  const { secrets, tokenHash, codeHash } = await newAccess();
  const shown = shownAccess(twin, secrets);
  const opening = { twin, tenure: 0, product, proof, tokenHash, recoveryHash: codeHash, createdAt: now() };
  const begun = await itemOf(env, item).begin(opening, await sealing(keyed, shown));
  // An item of no label is named by its key: taken means that the key was used, and that its answer is forgotten.
  if (!begun.ok)
    return problem(
      proof === "none" && begun.error.code === "claim-refused" ? { code: "idempotency-conflict" } : begun.error,
    );
  return created(begun.value, await secretOf(keyed, begun.value, shown));
}

export function claims(app: App): void {
  define(
    app,
    {
      method: "post",
      path: "/v1/twins",
      tag: TAG,
      summary: "Start a twin for any product",
      description: "Whether or not its maker has joined. What is typed here is a claim, not a proof.",
      caller: "anyone",
      idempotent: true,
      body: z.strictObject({ product: productInput }),
      answers: { 201: { description: "The twin and the owner's access", schema: access } },
    },
    async ({ c, env, body, keyed }) => {
      const refusal = await refusalOf(env, c.req.raw, keyed);
      if (refusal) return problem(refusal);
      const item = keyed ? await rootOf(env).repeatedItem(keyed.key) : encodeCrockford(randomBytes(ITEM_BYTES));
      const { name, maker, model, gtin: typed, serial } = body.product;
      const product = { name, maker: maker ?? null, model: model ?? null, gtin: typed ?? null, serial: serial ?? null };
      return begin(env, item, product, "none", keyed);
    },
  );

  define(
    app,
    {
      method: "post",
      path: "/v1/claims",
      tag: TAG,
      summary: "Claim a labelled item with the code from inside its packaging",
      description:
        "Wrong, used and unknown are refused alike. A serial of 16 characters, as this server makes them, may be in capitals and in groups; any other is taken as it is written.",
      caller: "anyone",
      idempotent: true,
      body: z.strictObject({
        gtin,
        serial: z.string().refine(isSerial, "must be 1 to 20 characters of GS1's CSET 82"),
        code: text(CODE_CHARACTERS),
      }),
      answers: { 201: { description: "The twin and the owner's access", schema: access } },
    },
    async ({ c, env, body, keyed }) => {
      const refusal = await refusalOf(env, c.req.raw, keyed);
      if (refusal) return problem(refusal);
      const root = rootOf(env);
      const refuse = (): Response => {
        countFailure(env, c.req.raw);
        return problem({ code: "claim-refused" });
      };
      // Verified before any object is touched: a wrong guess leaves nothing on disk.
      const typed = normalizeCrockford(body.code);
      let label: Label | null = null;
      // The code is of one item alone: it says which spelling of the serial is meant.
      for (const one of spellings(body))
        if (equalInConstantTime(await root.claimCode(one.gtin, one.serial), typed)) label = one;
      if (!label) return refuse();
      const about = await productOf(env, body.gtin).about();
      if (!about) return refuse();
      const product = {
        name: about.model,
        maker: about.maker,
        model: about.model,
        ...label,
      };
      const answer = await begin(env, await root.labelledItem(label.gtin, label.serial), product, "label", keyed);
      if (answer.status === 403) countFailure(env, c.req.raw);
      return answer;
    },
  );

  define(
    app,
    {
      method: "post",
      path: "/v1/recoveries",
      tag: TAG,
      summary: "Recover a twin with its recovery code",
      description:
        "Every other channel is revoked. If one was used in the last 30 days, the answer is 202 and all channels are told; the same call after `readyAt` answers 200 unless one of them objected.",
      caller: "anyone",
      idempotent: true,
      body: z.strictObject({ code: text(200) }),
      answers: {
        200: { description: "The owner's new access", schema: access },
        202: { description: "Wait for objections", schema: z.object({ readyAt: z.string() }) },
      },
    },
    async ({ c, env, body, keyed }) => {
      const refusal = await refusalOf(env, c.req.raw, keyed);
      if (refusal) return problem(refusal);
      const refuse = (): Response => {
        countFailure(env, c.req.raw);
        return problem({ code: "recovery-refused" });
      };
      const code = readTwinCode(body.code);
      if (!code || !(await rootOf(env).isTwinId(code.twin))) return refuse();
      const { secrets, tokenHash, codeHash } = await newAccess();
      const shown = shownAccess(code.twin, secrets);
      const hashes = { codeHash: await fingerprint(code.secret), tokenHash, nextCodeHash: codeHash };
      const answer = await tenureOf(env, code.twin).recover(hashes, await sealing(keyed, shown));
      if (!answer.ok) return answer.error.code === "recovery-refused" ? refuse() : problem(answer.error);
      if ("readyAt" in answer.value.body) return json(answer.value.body, 202);
      return created(answer.value, await secretOf(keyed, answer.value, shown), 200);
    },
  );
}
