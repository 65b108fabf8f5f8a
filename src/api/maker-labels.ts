// Labels for a maker's products: JSON for a few, CSV or NDJSON for many.

import { z } from "@hono/zod-openapi";
import { accepts } from "hono/accepts";
import { invalid } from "../domain/failure.ts";
import { isSerial } from "../domain/gtin.ts";
import { gtin } from "../domain/product.ts";
import { text } from "../domain/text.ts";
import { rootOf } from "../platform/root.ts";
import { publicOrigin } from "../platform/settings.ts";
import { json } from "./answer.ts";
import { define, type App } from "./define.ts";
import { makerParam } from "./fields.ts";
import { CSV_HEAD, csvOf, labelsFrom, labelStream, ndjsonOf, sizeOf, type Batch, type Label } from "./label-batch.ts";
import { asMaker } from "./listed-maker.ts";
import { problem } from "./problem.ts";

const MODEL_CHARACTERS = 200;
const MOST_LABELS = 100_000;
const MOST_IN_JSON = 1_000;
const JSON_TYPE = "application/json";
const CSV_TYPE = "text/csv";
const NDJSON_TYPE = "application/x-ndjson";

const order = z
  .strictObject({
    gtin,
    model: text(MODEL_CHARACTERS),
    serials: z
      .array(z.string().refine(isSerial, "must be 1 to 20 characters of GS1's CSET 82"))
      .min(1, "name at least one serial")
      .max(MOST_LABELS, `at most ${MOST_LABELS} serials`)
      .refine((serials) => new Set(serials).size === serials.length, "must not repeat a serial")
      .optional(),
    count: z.int().min(1, "must be 1 or more").max(MOST_LABELS, `must be ${MOST_LABELS} at most`).optional(),
  })
  .refine(({ serials, count }) => (serials === undefined) !== (count === undefined), "name either serials or count");

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
        `JSON holds ${MOST_IN_JSON} labels at most; \`Accept: ${CSV_TYPE}\` or \`${NDJSON_TYPE}\` streams up to ${MOST_LABELS}. ` +
        "Nothing is stored for an unsold item: the same Idempotency-Key makes the same serials again. " +
        "In CSV a serial that a spreadsheet would take for a formula has an apostrophe before it; its url is the right one.",
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
          serials: body.serials ?? body.count!,
          idempotencyKey: keyed?.key ?? null,
        };
        const type = accepts(call.c, { header: "Accept", supports: [JSON_TYPE, CSV_TYPE, NDJSON_TYPE], default: JSON_TYPE });
        if (type === JSON_TYPE && sizeOf(batch) > MOST_IN_JSON) {
          const more = `JSON holds ${MOST_IN_JSON} labels at most: ask for more with Accept: ${CSV_TYPE} or ${NDJSON_TYPE}`;
          return call.refuse(invalid(body.serials ? "serials" : "count", more));
        }
        const allowed = await maker.allowLabels(call.tokenHash, { gtin: body.gtin, model: body.model }, keyed?.idem);
        if (!allowed.ok) return problem(allowed.error);
        const headers = {
          "Cache-Control": "no-store",
          ...(allowed.value.replayed && { "Idempotency-Replayed": "true" }),
        };
        const root = rootOf(env);
        if (type === JSON_TYPE) {
          const labels: Label[] = [];
          while (labels.length < sizeOf(batch)) labels.push(...(await labelsFrom(root, batch, labels.length)));
          return json({ labels }, 201, headers);
        }
        const stream = type === CSV_TYPE ? labelStream(root, batch, CSV_HEAD, csvOf) : labelStream(root, batch, "", ndjsonOf);
        return new Response(stream, { status: 201, headers: { "Content-Type": `${type}; charset=utf-8`, ...headers } });
      }),
  );
}
