// The owner's side of agreements.

import { z } from "@hono/zod-openapi";
import { idPattern, type AgreementId } from "../domain/ids.ts";
import { confirmationInput, REASON_LENGTH } from "../domain/terms/decision.ts";
import { profferInput } from "../domain/terms/proffer.ts";
import { text } from "../domain/text.ts";
import { tenureOf } from "../platform/stubs.ts";
import { created, found } from "./answer.ts";
import { define, type App } from "./define.ts";
import { paged } from "./notes.ts";
import { pageOf, pageQuery } from "./page.ts";
import { problem } from "./problem.ts";
import { recordResponse } from "./record-response.ts";
import { ownAgreementView } from "./schemas.ts";

const TAG = "Agreements";
const AGREEMENTS = "/v1/twins/:twin/agreements";
const agreementParams = z.object({
  twin: z.string(),
  agr: z
    .custom<AgreementId>((id) => typeof id === "string" && idPattern("agr").test(id), "must be the id of an agreement")
    .meta({ type: "string" }),
});
const answers = { 200: { description: "The agreement", schema: ownAgreementView } };

export function agreements(app: App): void {
  define(
    app,
    {
      method: "post",
      path: AGREEMENTS,
      tag: TAG,
      summary: "Proffer terms",
      description:
        "A joined maker's policy answers within this call, and both copies can then be read. For one that has not joined the proffer waits.",
      caller: "channel",
      needs: "agreements:write",
      idempotent: true,
      body: profferInput,
      answers: { 201: { description: "The agreement, as far as it has come", schema: ownAgreementView } },
    },
    async ({ env, twin, tokenHash, body, keyed }) => {
      const made = await tenureOf(env, twin).proffer(tokenHash, body, keyed?.idem);
      return made.ok ? created(made.value) : problem(made.error);
    },
  );
  define(
    app,
    {
      method: "get",
      path: AGREEMENTS,
      tag: TAG,
      summary: "Agreements, newest first",
      caller: "channel",
      needs: "agreements:read",
      query: z.object(pageQuery),
      answers: { 200: { description: "Agreements", schema: pageOf(ownAgreementView) } },
    },
    async ({ env, twin, tokenHash, query: { limit, cursor } }) => {
      const page = await tenureOf(env, twin).listAgreements(tokenHash, limit, cursor ?? null);
      return page.ok ? paged(page.value) : problem(page.error);
    },
  );
  define(
    app,
    {
      method: "get",
      path: `${AGREEMENTS}/:agr`,
      tag: TAG,
      summary: "One agreement",
      caller: "channel",
      needs: "agreements:read",
      params: agreementParams,
      answers,
    },
    async ({ env, twin, tokenHash, params }) => found(await tenureOf(env, twin).readAgreement(tokenHash, params.agr)),
  );
  define(
    app,
    {
      method: "get",
      path: `${AGREEMENTS}/:agr/record`,
      tag: TAG,
      summary: "The signed record, as canonical bytes",
      description: "RFC 8785. The ETag is its SHA-256; the maker's copy has the same bytes.",
      caller: "channel",
      needs: "agreements:read",
      params: agreementParams,
      answers: { 200: { description: "The record's bytes", type: "application/json" } },
    },
    async ({ c, env, twin, tokenHash, params }) => {
      const read = await tenureOf(env, twin).readRecord(tokenHash, params.agr);
      return read.ok ? recordResponse(c.req.raw, read.value) : problem(read.error);
    },
  );
  define(
    app,
    {
      method: "post",
      path: `${AGREEMENTS}/:agr/confirm`,
      tag: TAG,
      summary: "Answer the maker's counter",
      caller: "channel",
      needs: "agreements:write",
      params: agreementParams,
      body: confirmationInput,
      answers,
    },
    async ({ env, twin, tokenHash, params, body }) =>
      found(await tenureOf(env, twin).confirm(tokenHash, params.agr, body.decision)),
  );
  define(
    app,
    {
      method: "post",
      path: `${AGREEMENTS}/:agr/rescind`,
      tag: TAG,
      summary: "Take a proffer back before it is decided",
      caller: "channel",
      needs: "agreements:write",
      params: agreementParams,
      body: z.strictObject({}),
      optionalBody: true,
      answers,
    },
    async ({ env, twin, tokenHash, params }) => found(await tenureOf(env, twin).rescind(tokenHash, params.agr)),
  );
  define(
    app,
    {
      method: "post",
      path: `${AGREEMENTS}/:agr/terminate`,
      tag: TAG,
      summary: "End an agreement",
      description: "No words go out after this. What the maker must now delete is named in the signed event it gets.",
      caller: "channel",
      needs: "agreements:write",
      params: agreementParams,
      body: z.strictObject({ reason: text(REASON_LENGTH).optional() }),
      optionalBody: true,
      answers,
    },
    async ({ env, twin, tokenHash, params, body }) =>
      found(await tenureOf(env, twin).terminate(tokenHash, params.agr, body.reason)),
  );
}
