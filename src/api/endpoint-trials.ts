// Trying an endpoint out: one test event, and a check that it verifies what it is sent.

import { z } from "@hono/zod-openapi";
import type { EndpointId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import { checkEndpoint } from "../maker/endpoint-check.ts";
import { now } from "../platform/clock.ts";
import { newId, randomBytes } from "../platform/random.ts";
import { ATTEMPT_MS, attempt, type Wire } from "../relay/attempt.ts";
import { relaySettings } from "../relay/settings.ts";
import { json } from "./answer.ts";
import { define, type App } from "./define.ts";
import { idField, makerParam } from "./fields.ts";
import { asMaker } from "./listed-maker.ts";
import { endpointCheckView } from "./maker-views.ts";
import { problem } from "./problem.ts";
import { endpointKey } from "./webhook-secrets.ts";

const TAG = "Makers: endpoints";
const ENDPOINT = "/v1/makers/:maker/endpoints/:ep";
const KEY_BYTES = 32;
const params = z.object({ maker: makerParam, ep: idField("ep") });

const wire: Wire = { fetch: (input, init) => fetch(input, init), now };

export function endpointTrials(app: App): void {
  define(
    app,
    {
      method: "post",
      path: `${ENDPOINT}/test`,
      tag: TAG,
      summary: "Send an `endpoint.test` event now",
      description: `Signed like any other event, and waited for: ${ATTEMPT_MS / 1000} s at most. It counts neither for the endpoint nor against it, but when a failing endpoint takes it in, what waits there is tried at once, beginning with one event.`,
      caller: "maker",
      needs: "admin",
      params,
      answers: {
        200: {
          description: "How it went",
          schema: z.object({
            ok: z.boolean(),
            status: z.int().nullable().describe("The HTTP status; null when there was no answer."),
            ms: z.int().nullable(),
            detail: z.string(),
          }),
        },
      },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const {
          env,
          params: { ep },
        } = call;
        const found = await maker.endpointToTry(call.tokenHash, ep as EndpointId);
        if (!found.ok) return problem(found.error);
        const { endpoint, keys } = found.value;
        const result = await attempt(
          {
            url: endpoint.url,
            id: newId("evt"),
            body: JSON.stringify({ type: "endpoint.test", timestamp: rfc3339(now()), data: { endpoint: ep } }),
            keys: await Promise.all(keys.map(({ name }) => endpointKey(env, name))),
            target: relaySettings(env),
          },
          wire,
        );
        const isOk = result.outcome === "delivered";
        const told = isOk ? await maker.tookTest(call.tokenHash, ep as EndpointId, endpoint.url) : found;
        if (!told.ok) return problem(told.error);
        return json({
          ok: isOk,
          status: result.status,
          ms: result.ms,
          detail: isOk ? "It was taken in." : `Your server ${result.reason}.`,
        });
      }),
  );
  define(
    app,
    {
      method: "post",
      path: `${ENDPOINT}/check`,
      tag: TAG,
      summary: "Check that an endpoint verifies what it is sent",
      description: `Sends \`endpoint.test\` three times: with a wrong signature, with a timestamp of 10 minutes ago, and as it should be. The first two must be refused with a 4xx, the last one taken in. Each is waited for, ${ATTEMPT_MS / 1000} s at most, and none is sent after one that got no answer. It counts neither for the endpoint nor against it, and how it ended is shown with the endpoint. When a failing endpoint takes in the last one, what waits there is tried at once, as after a test.`,
      caller: "maker",
      needs: "admin",
      params,
      answers: {
        200: {
          description: "How each step went",
          schema: endpointCheckView,
        },
      },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const { env, tokenHash } = call;
        const ep = call.params.ep as EndpointId;
        const found = await maker.endpointToTry(tokenHash, ep);
        if (!found.ok) return problem(found.error);
        const { endpoint, keys } = found.value;
        const { steps, verifies, at } = await checkEndpoint(
          {
            endpoint: ep,
            url: endpoint.url,
            keys: await Promise.all(keys.map(({ name }) => endpointKey(env, name))),
            wrongKey: { secret: randomBytes(KEY_BYTES), seed: randomBytes(KEY_BYTES) },
            target: relaySettings(env),
            newEventId: () => newId("evt"),
          },
          wire,
        );
        const right = steps.find(({ step }) => step === "right");
        const told = right?.ok ? await maker.tookTest(tokenHash, ep, endpoint.url) : found;
        if (!told.ok) return problem(told.error);
        const kept = await maker.keepCheck(tokenHash, ep, endpoint.url, { ok: verifies, at });
        return kept.ok ? json({ steps, verifies, at: rfc3339(at) }) : problem(kept.error);
      }),
  );
}
