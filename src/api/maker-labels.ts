// Labels for a maker's products: JSON for a few, CSV or NDJSON for many.

import { z } from "@hono/zod-openapi";
import { accepts } from "hono/accepts";
import { isSerial } from "../domain/gtin.ts";
import { gtin } from "../domain/product.ts";
import { text } from "../domain/text.ts";
import { rootOf } from "../platform/root.ts";
import { publicOrigin } from "../platform/settings.ts";

import { define, type App } from "./define.ts";
import { makerParam } from "./fields.ts";
import { LABEL_FORMS, labelStream, type Batch } from "./label-batch.ts";
import { asMaker } from "./listed-maker.ts";
import { problem } from "./problem.ts";

const MODEL_CHARACTERS = 200;
const MOST_LABELS = 100_000;
const LABEL_TYPES = Object.keys(LABEL_FORMS);

const order = z
  .strictObject({
    gtin,
    model: text(MODEL_CHARACTERS),
    serials: z
      .array(
        z
          .string()
          .refine(isSerial, "must be 1 to 20 characters of GS1's CSET 82")
          .refine((serial) => !/^\.{1,2}$/.test(serial), "must not be . or .., which no URL can hold"),
      )
      .min(1, "name at least one serial")
      .max(MOST_LABELS, `at most ${MOST_LABELS} serials`)
      .refine((serials) => new Set(serials).size === serials.length, "must not repeat a serial")
      .optional(),
    count: z.int().min(1, "must be 1 or more").max(MOST_LABELS, `must be ${MOST_LABELS} at most`).optional(),
  })
  .refine(({ serials, count }) => serials === undefined || count === undefined, "name serials or count, not both");

const label = z
  .object({
    url: z.string().describe("GS1 Digital Link, for the outside."),
    gtin: z.string(),
    serial: z.string(),
    code: z.string().describe("For the inside of the packaging: whoever has it can claim the item."),
  })
  .openapi("Label");

export function makerLabels(app: App): void {
  define(
    app,
    {
      method: "post",
      path: "/v1/makers/:maker/labels",
      tag: "Makers",
      summary: "Make labels",
      description:
        `Up to ${MOST_LABELS}, streamed; one where neither serials nor count is named. \`Accept: text/csv\` or \`application/x-ndjson\` for the factory. ` +
        "Nothing is stored for an unsold item: the same Idempotency-Key makes the same serials again.",
      caller: "maker",
      needs: "admin",
      idempotent: true,
      params: z.object({ maker: makerParam }),
      body: order,
      answers: { 201: { description: "The labels", schema: z.object({ labels: z.array(label) }) } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const { body, env, params, keyed } = call;
        const batch: Batch = {
          maker: params.maker,
          gtin: body.gtin,
          origin: publicOrigin(env),
          serials: body.serials ?? body.count ?? 1,
          idempotencyKey: keyed?.key ?? null,
        };
        const type = accepts(call.c, {
          header: "Accept",
          supports: LABEL_TYPES,
          default: LABEL_TYPES[0]!,
        }) as keyof typeof LABEL_FORMS;
        const allowed = await maker.allowLabels(call.tokenHash, { gtin: body.gtin, model: body.model }, keyed?.idem);
        if (!allowed.ok) return problem(allowed.error);
        return new Response(labelStream(rootOf(env), batch, LABEL_FORMS[type]), {
          status: 201,
          headers: {
            "Content-Type": type.endsWith("json") ? type : `${type}; charset=utf-8`,
            ...(allowed.value.replayed && { "Idempotency-Replayed": "true" }),
          },
        });
      }),
  );
}
