// Web push: the key that browsers subscribe with, and whether the channel that asks is told of news.

import { z } from "@hono/zod-openapi";
import { subscriptionInput } from "../domain/push.ts";
import { rootOf } from "../platform/root.ts";
import { tenureOf } from "../platform/stubs.ts";
import { judgeSubscription } from "../relay/push/subscription.ts";
import { publicKeyText } from "../relay/push/vapid.ts";
import { relaySettings } from "../relay/settings.ts";
import { found, json, noContent } from "./answer.ts";
import { define, type App } from "./define.ts";
import { instant } from "./fields.ts";
import { problem } from "./problem.ts";

const TAG = "Push";
const PUSH = "/v1/twins/:twin/push";

const pushView = z
  .object({
    on: z.boolean(),
    host: z.string().optional().describe("The push service. The address itself is never shown again."),
    since: instant.optional(),
  })
  .openapi("Push");

export function push(app: App): void {
  define(
    app,
    {
      method: "get",
      path: "/v1/push",
      tag: TAG,
      summary: "The key to subscribe with",
      description: "For `applicationServerKey` of the browser's `pushManager.subscribe` (VAPID, RFC 8292).",
      caller: "anyone",
      answers: {
        200: {
          description: "The key",
          schema: z.object({
            publicKey: z.string().describe("base64url of the uncompressed P-256 point, 65 bytes."),
          }),
        },
      },
    },
    async ({ env }) => json({ publicKey: publicKeyText(await rootOf(env).vapid()) }),
  );
  define(
    app,
    {
      method: "get",
      path: PUSH,
      tag: TAG,
      summary: "Whether this channel is told of news",
      caller: "channel",
      needs: "twin:read",
      answers: { 200: { description: "On, and where; or off", schema: pushView } },
    },
    async ({ env, twin, tokenHash }) => found(await tenureOf(env, twin).push(tokenHash)),
  );
  define(
    app,
    {
      method: "put",
      path: PUSH,
      tag: TAG,
      summary: "Tell this channel of news, by web push",
      description:
        'One subscription a channel; a new one replaces it. A push is sealed for the browser (RFC 8291) and says `{twin, about: "answer"|"terms"|"recovery"|"papers"|"notice", note?}`, only of what the channel may read and did not do itself, and never a word of anyone\'s. It ends when the channel does, or when the push service says that the browser unsubscribed.',
      caller: "channel",
      needs: "twin:read",
      body: subscriptionInput,
      answers: { 200: { description: "On", schema: pushView } },
    },
    async ({ env, twin, tokenHash, body, refuse }) => {
      const subscription = await judgeSubscription(body, relaySettings(env));
      return subscription.ok
        ? found(await tenureOf(env, twin).subscribe(tokenHash, subscription.value))
        : refuse(subscription.error);
    },
  );
  define(
    app,
    {
      method: "delete",
      path: PUSH,
      tag: TAG,
      summary: "Tell this channel no more",
      caller: "channel",
      needs: "twin:read",
      answers: { 204: { description: "Off" } },
    },
    async ({ env, twin, tokenHash }) => {
      const ended = await tenureOf(env, twin).unsubscribe(tokenHash);
      return ended.ok ? noContent() : problem(ended.error);
    },
  );
}
