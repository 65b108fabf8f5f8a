// What a company may learn across its owners' notes: counts by kind, product, week and known issue, and how it answers.
// Only notes whose agreement permits analytics are counted; what is left out is one number, and never broken down.

import { z } from "@hono/zod-openapi";
import {
  insightsOf,
  WEEK_MS,
  weekOf,
  weekParts,
  type Insights,
  type Reading,
  type ShardCounts,
} from "../domain/insights.ts";
import { invalid, type Failure } from "../domain/failure.ts";
import { gtin14 } from "../domain/gtin.ts";
import type { Domain } from "../domain/ids.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { text } from "../domain/text.ts";
import { now } from "../platform/clock.ts";
import { desksOf } from "../platform/stubs.ts";
import { json } from "./answer.ts";
import { define, type App } from "./define.ts";
import { makerParam } from "./fields.ts";
import { asMaker } from "./listed-maker.ts";
import { insightsView } from "./maker-views.ts";
import { problem } from "./problem.ts";
import { weekPartsOf } from "./week-parts.ts";

const TAG = "Makers: insights";
const DAY_MS = 24 * 3_600_000;
/** How many weeks are shown when no first one is named: a year. */
const WEEKS_SHOWN = 52;
const PRODUCT_CHARACTERS = 200;

const params = z.object({ maker: makerParam });
const day = z.iso
  .date("must be a day that exists, like 2026-11-22")
  .refine((date) => date >= "1970", "must not be before 1970");
const startOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The whole weeks that are over, of those in which `from` and `to` are. */
function weeksOf(from: string | undefined, to: string | undefined): Result<Pick<Reading, "from" | "to">, Failure> {
  const over = weekOf(now());
  const end = to === undefined ? over : Math.min(over, weekOf(startOf(to)) + WEEK_MS);
  const begin = from === undefined ? end - WEEKS_SHOWN * WEEK_MS : weekOf(startOf(from));
  if (from !== undefined && begin >= over) return err(invalid("from", "must be a day of a week that is over"));
  return begin < end ? ok({ from: begin, to: end }) : err(invalid("to", "must not be before `from`"));
}

/** What all shards together say to a reading. */
async function read(env: Env, maker: Domain, shards: number, reading: Reading): Promise<Insights> {
  const desks = desksOf(env, maker, shards);
  if (reading.product === null) {
    const { totals, parts } = await weekPartsOf(desks, maker, reading);
    return insightsOf(totals, parts);
  }
  const counts = (await Promise.all(desks.map((desk) => desk.counts(reading)))).map(
    (answer) => JSON.parse(answer) as ShardCounts,
  );
  return insightsOf(counts, weekParts(counts));
}

export function makerInsights(app: App): void {
  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/insights",
      tag: TAG,
      summary: "What owners' notes add up to",
      description:
        "Breakdowns cover whole weeks (Monday to Sunday, UTC) that are over: `from` and `to` are widened to the weeks they are in, and without them it is the last 52. A cell of one week, product and kind counts from 5 notes on, whoever wrote them; a smaller one is part of no number, so that no two answers can be subtracted to it. The two totals are live, and always of the whole company.",
      caller: "maker",
      needs: "reader",
      params,
      query: z.object({
        product: text(PRODUCT_CHARACTERS)
          .transform((typed) => gtin14(typed) ?? typed)
          .optional()
          .describe("A GTIN, or the thing's name where it has none: a `product` of `byProduct`."),
        from: day.optional(),
        to: day.optional(),
      }),
      answers: { 200: { description: "The numbers", schema: insightsView } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const who = await maker.enter(call.tokenHash, "reader");
        if (!who.ok) return problem(who.error);
        const { product = null, from, to } = call.query;
        const weeks = weeksOf(from, to);
        if (!weeks.ok) return problem(weeks.error);
        const { deskShards } = who.value;
        const found = await read(call.env, call.params.maker, deskShards, { ...weeks.value, product });
        return json({
          ...found,
          weeks: { from: dateOf(weeks.value.from), to: dateOf(weeks.value.to - DAY_MS) },
          byWeek: found.byWeek.map((item) => ({ ...item, week: dateOf(item.week) })),
        });
      }),
  );
  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/threads/facets",
      tag: TAG,
      summary: "How many threads there are of each kind and product, to narrow a search",
      description:
        "Counted as insights are: whole weeks that are over, cells of 5 notes and more, terms that permit analytics.",
      caller: "maker",
      needs: "reader",
      params,
      answers: {
        200: {
          description: "The facets",
          schema: insightsView.pick({ byKind: true, byProduct: true, excluded: true }),
        },
      },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const who = await maker.enter(call.tokenHash, "reader");
        if (!who.ok) return problem(who.error);
        const ever: Reading = { from: 0, to: weekOf(now()), product: null };
        const found = await read(call.env, call.params.maker, who.value.deskShards, ever);
        return json({ byKind: found.byKind, byProduct: found.byProduct, excluded: found.excluded });
      }),
  );
}
