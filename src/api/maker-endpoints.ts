// Where a maker has its events sent, and the secrets both doors are signed with.

import { z } from "@hono/zod-openapi";
import { EVENT_TYPES } from "../domain/event-types.ts";
import type { EndpointId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import { text } from "../domain/text.ts";
import type { KeyedEndpoint } from "../maker/maker.ts";
import { newSecret } from "../platform/random.ts";
import { TARGET_MAX_LENGTH } from "../relay/target.ts";
import { created, json, noContent } from "./answer.ts";
import { define, type App } from "./define.ts";
import { idField, instant, makerParam } from "./fields.ts";
import { sealing, secretOf } from "./idempotency-key.ts";
import { asMaker } from "./listed-maker.ts";
import { endpointView } from "./maker-views.ts";
import { pageOf, pageQuery, slice } from "./page.ts";
import { problem } from "./problem.ts";
import { endpointSecrets, inboundSecret, publicKeyFor } from "./webhook-secrets.ts";

const TAG = "Makers: endpoints";
const ENDPOINTS = "/v1/makers/:maker/endpoints";
const NAME_CHARACTERS = 200;
const HOUR_MS = 3_600_000;
const MOST_OVERLAP_HOURS = 168;
const OVERLAP_HOURS = 24;

const params = z.object({ maker: makerParam });
const one = params.extend({ ep: idField("ep") });

const types = z
  .array(z.enum(EVENT_TYPES, { error: `must be one of ${EVENT_TYPES.join(", ")}` }))
  .min(1, "name at least one type, or leave types out to get all")
  .refine((named) => new Set(named).size === named.length, "must not repeat a type");
const url = z.string().max(TARGET_MAX_LENGTH, `must have ${TARGET_MAX_LENGTH} characters at most`);
const description = text(NAME_CHARACTERS);
const processor = text(NAME_CHARACTERS).describe(
  "Who runs the host for the maker; needed outside its own domain, and shown to owners.",
);

const endpointInput = z.strictObject({
  url,
  types: types.optional(),
  description: description.optional(),
  processor: processor.optional(),
});
const endpointChange = z
  .strictObject({
    url: z.exactOptional(url),
    types: z.exactOptional(types.nullable()),
    description: z.exactOptional(description.nullable()),
    processor: z.exactOptional(processor.nullable()),
    enabled: z.exactOptional(z.boolean()),
  })
  .refine(
    (change) => Object.keys(change).length > 0,
    "name at least one of url, types, description, processor, enabled",
  );

const overlap = z.strictObject({
  overlapHours: z
    .int()
    .min(0, "must be 0 or more")
    .max(MOST_OVERLAP_HOURS, `must be ${MOST_OVERLAP_HOURS} at most`)
    .default(OVERLAP_HOURS)
    .describe("How long the keys before it still hold; 0 in an emergency."),
});

const secrets = {
  secret: z.string().describe("`whsec_…`, for v1 signatures. Shown once."),
  publicKey: z.string().describe("`whpk_…`, for v1a signatures."),
};

const instantOf = (at: number | null): string | null => (at === null ? null : rfc3339(at));

async function viewOf(env: Env, { endpoint, keys, health, verifies }: KeyedEndpoint) {
  return {
    ...endpoint,
    enabled: endpoint.enabled && health.state !== "disabled",
    createdAt: rfc3339(endpoint.createdAt),
    keys: await Promise.all(
      keys.map(async ({ name, createdAt, endsAt }) => ({
        publicKey: await publicKeyFor(env, name),
        createdAt: rfc3339(createdAt),
        endsAt: instantOf(endsAt),
      })),
    ),
    health: { ...health, since: instantOf(health.since), lastSuccessAt: instantOf(health.lastSuccessAt) },
    verifies: verifies && { ok: verifies.ok, at: rfc3339(verifies.at) },
  };
}

export function makerEndpoints(app: App): void {
  define(
    app,
    {
      method: "post",
      path: ENDPOINTS,
      tag: TAG,
      summary: "Have events sent to an address",
      caller: "maker",
      needs: "admin",
      idempotent: true,
      params,
      body: endpointInput,
      answers: {
        201: {
          description: "The endpoint; its secret is shown once",
          schema: endpointView.extend({ endpoint: idField("ep"), ...secrets }),
        },
      },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const { env, body, keyed, tokenHash } = call;
        const name = newSecret();
        const draft = {
          url: body.url,
          types: body.types ?? null,
          description: body.description ?? null,
          processor: body.processor ?? null,
          enabled: true,
        };
        const shown = await endpointSecrets(env, name);
        const added = await maker.addEndpoint(tokenHash, draft, name, await sealing(keyed, shown));
        if (!added.ok) return problem(added.error);
        const answer = {
          ...added.value,
          body: { endpoint: added.value.body.endpoint.id, ...(await viewOf(env, added.value.body)) },
        };
        return created(answer, await secretOf(keyed, added.value, shown));
      }),
  );
  define(
    app,
    {
      method: "get",
      path: ENDPOINTS,
      tag: TAG,
      summary: "The endpoints, newest first, and how they fare",
      caller: "maker",
      needs: "admin",
      params,
      query: z.object(pageQuery),
      answers: { 200: { description: "Endpoints", schema: pageOf(endpointView) } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const endpoints = await maker.endpoints(call.tokenHash);
        if (!endpoints.ok) return problem(endpoints.error);
        return json(
          slice(await Promise.all(endpoints.value.map((endpoint) => viewOf(call.env, endpoint))), call.query),
        );
      }),
  );
  define(
    app,
    {
      method: "get",
      path: `${ENDPOINTS}/:ep`,
      tag: TAG,
      summary: "One endpoint",
      caller: "maker",
      needs: "admin",
      params: one,
      answers: { 200: { description: "The endpoint", schema: endpointView } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const endpoint = await maker.endpoint(call.tokenHash, call.params.ep as EndpointId);
        return endpoint.ok ? json(await viewOf(call.env, endpoint.value)) : problem(endpoint.error);
      }),
  );
  define(
    app,
    {
      method: "patch",
      path: `${ENDPOINTS}/:ep`,
      tag: TAG,
      summary: "Change an endpoint",
      description: "null takes a value away. `enabled: true` also brings one back that was disabled for its failures.",
      caller: "maker",
      needs: "admin",
      params: one,
      body: endpointChange,
      answers: { 200: { description: "The endpoint", schema: endpointView } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const changed = await maker.changeEndpoint(call.tokenHash, call.params.ep as EndpointId, call.body);
        return changed.ok ? json(await viewOf(call.env, changed.value)) : problem(changed.error);
      }),
  );
  define(
    app,
    {
      method: "delete",
      path: `${ENDPOINTS}/:ep`,
      tag: TAG,
      summary: "Delete an endpoint",
      caller: "maker",
      needs: "admin",
      params: one,
      answers: { 204: { description: "Deleted; its keys are ended" } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const removed = await maker.removeEndpoint(call.tokenHash, call.params.ep as EndpointId);
        return removed.ok ? noContent() : problem(removed.error);
      }),
  );
  define(
    app,
    {
      method: "post",
      path: `${ENDPOINTS}/:ep/rotate`,
      tag: TAG,
      summary: "Give an endpoint a new key",
      description:
        "Until `previousUntil` every request carries the signatures of the keys before it as well. Three are live at most: the oldest ends.",
      caller: "maker",
      needs: "admin",
      idempotent: true,
      params: one,
      body: overlap,
      optionalBody: true,
      answers: {
        200: {
          description: "The new key, shown once",
          schema: z.object({ endpoint: idField("ep"), ...secrets, previousUntil: instant }),
        },
      },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const {
          env,
          body,
          keyed,
          params: { ep },
          tokenHash,
        } = call;
        const name = newSecret();
        const shown = await endpointSecrets(env, name);
        const idem = await sealing(keyed, shown);
        const rotated = await maker.rotateEndpoint(
          tokenHash,
          ep as EndpointId,
          name,
          body.overlapHours * HOUR_MS,
          idem,
        );
        if (!rotated.ok) return problem(rotated.error);
        const answer = {
          ...rotated.value,
          body: { endpoint: ep, previousUntil: rfc3339(rotated.value.body.previousUntil) },
        };
        return created(answer, await secretOf(keyed, rotated.value, shown), 200);
      }),
  );
  define(
    app,
    {
      method: "post",
      path: "/v1/makers/:maker/inbound-secret/rotate",
      tag: TAG,
      summary: "Give the inbound door a new secret",
      caller: "maker",
      needs: "admin",
      idempotent: true,
      params,
      body: overlap,
      optionalBody: true,
      answers: {
        200: {
          description: "The new secret, shown once",
          schema: z.object({ inboundSecret: z.string(), previousUntil: instant }),
        },
      },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const name = newSecret();
        const shown = { inboundSecret: await inboundSecret(call.env, name) };
        const idem = await sealing(call.keyed, shown);
        const rotated = await maker.rotateInbound(call.tokenHash, name, call.body.overlapHours * HOUR_MS, idem);
        if (!rotated.ok) return problem(rotated.error);
        const answer = { ...rotated.value, body: { previousUntil: rfc3339(rotated.value.body.previousUntil) } };
        return created(answer, await secretOf(call.keyed, rotated.value, shown), 200);
      }),
  );
}
