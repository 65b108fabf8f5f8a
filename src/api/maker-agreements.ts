// The maker's own copies of its agreements, and what its people decide about them.

import { z } from "@hono/zod-openapi";
import type { AgreementId } from "../domain/ids.ts";
import { decisionInput, REASON_LENGTH } from "../domain/terms/decision.ts";
import { AGREEMENT_STATES } from "../domain/terms/states.ts";
import { text } from "../domain/text.ts";
import { found, json } from "./answer.ts";
import { define, type App } from "./define.ts";
import { idField, makerParam } from "./fields.ts";
import { asMaker } from "./listed-maker.ts";
import { cursorOf, pageOf, pageQuery } from "./page.ts";
import { problem } from "./problem.ts";
import { recordResponse } from "./record-response.ts";
import { agreementView } from "./schemas.ts";

const TAG = "Makers: agreements";
const params = z.object({ maker: makerParam });
const one = params.extend({ agr: idField("agr") });

export function makerAgreements(app: App): void {
  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/agreements",
      tag: TAG,
      summary: "Agreements, newest first",
      caller: "maker",
      needs: "reader",
      params,
      query: z.object({ ...pageQuery, state: z.enum(AGREEMENT_STATES).optional() }),
      answers: { 200: { description: "A page of them", schema: pageOf(agreementView) } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const { state = null, cursor = null, limit } = call.query;
        const page = await maker.agreements(call.tokenHash, { state, before: cursor, limit });
        if (!page.ok) return problem(page.error);
        const { items, next } = page.value;
        return json({ items, next: next === null ? null : cursorOf(next) });
      }),
  );
  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/agreements/:agr",
      tag: TAG,
      summary: "One agreement",
      caller: "maker",
      needs: "reader",
      params: one,
      answers: { 200: { description: "The maker's own copy", schema: agreementView } },
    },
    async (call) =>
      asMaker(call, async (maker) => found(await maker.agreement(call.tokenHash, call.params.agr as AgreementId))),
  );
  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/agreements/:agr/record",
      tag: TAG,
      summary: "The record's canonical bytes",
      description: "The same bytes as on the owner's side; the ETag is their SHA-256 in lower-case hex.",
      caller: "maker",
      needs: "reader",
      params: one,
      answers: {
        200: { description: "The record", schema: z.object({}).loose() },
        304: { description: "It is the one named by If-None-Match" },
      },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const record = await maker.record(call.tokenHash, call.params.agr as AgreementId);
        return record.ok ? recordResponse(call.c.req.raw, record.value) : problem(record.error);
      }),
  );
  define(
    app,
    {
      method: "post",
      path: "/v1/makers/:maker/agreements/:agr/decision",
      tag: TAG,
      summary: "A person's decision about a held proffer",
      description:
        "An acceptance that chooses nothing takes the code the owner prefers; a counter names one code that was not proffered.",
      caller: "maker",
      needs: "agent",
      params: one,
      body: decisionInput,
      answers: { 200: { description: "The agreement after it", schema: agreementView } },
    },
    async (call) =>
      asMaker(call, async (maker) =>
        found(await maker.decide(call.tokenHash, call.params.agr as AgreementId, call.body)),
      ),
  );
  define(
    app,
    {
      method: "post",
      path: "/v1/makers/:maker/agreements/:agr/terminate",
      tag: TAG,
      summary: "End an agreement",
      caller: "maker",
      needs: "agent",
      params: one,
      body: z.strictObject({ reason: text(REASON_LENGTH).describe("The owner reads it.") }),
      answers: { 200: { description: "The agreement after it, with what must be done now", schema: agreementView } },
    },
    async (call) =>
      asMaker(call, async (maker) =>
        found(await maker.terminate(call.tokenHash, call.params.agr as AgreementId, call.body.reason)),
      ),
  );
}
