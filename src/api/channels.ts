// Channels: capabilities that the owner hands out, sees and cuts off.

import { z } from "@hono/zod-openapi";
import { channelChange, channelInput } from "../domain/access.ts";
import type { ChannelId } from "../domain/ids.ts";
import { fingerprint } from "../platform/crypto.ts";
import { newSecret } from "../platform/random.ts";
import { tenureOf } from "../platform/stubs.ts";
import { created, found, noContent } from "./answer.ts";
import { define, type App } from "./define.ts";
import { idField } from "./fields.ts";
import { sealing, secretOf } from "./idempotency-key.ts";
import { paged } from "./notes.ts";
import { pageOf, pageQuery } from "./page.ts";
import { problem } from "./problem.ts";
import { channelView } from "./schemas.ts";

const TAG = "Channels";
const CHANNELS = "/v1/twins/:twin/channels";
const CURRENT = `${CHANNELS}/current`;

export function channels(app: App): void {
  define(
    app,
    {
      method: "post",
      path: CHANNELS,
      tag: TAG,
      summary: "Make a channel",
      caller: "channel",
      needs: "owner",
      idempotent: true,
      body: channelInput,
      answers: {
        201: {
          description: "The channel and its token, shown once",
          schema: channelView
            .extend({
              channel: z.string().describe("The new channel's id."),
              token: z.string().describe("`<twin id>~<43 characters>`"),
            })
            .openapi("NewChannel"),
        },
      },
    },
    async ({ env, twin, tokenHash, body, keyed }) => {
      const secret = newSecret();
      const shown = { token: `${twin}~${secret}` };
      const made = await tenureOf(env, twin).createChannel(
        tokenHash,
        await fingerprint(secret),
        body,
        await sealing(keyed, shown),
      );
      if (!made.ok) return problem(made.error);
      return created(made.value, { channel: made.value.body.id, ...(await secretOf(keyed, made.value, shown)) });
    },
  );
  define(
    app,
    {
      method: "get",
      path: CHANNELS,
      tag: TAG,
      summary: "Channels, newest first, revoked ones too",
      caller: "channel",
      needs: "owner",
      query: z.object(pageQuery),
      answers: { 200: { description: "Channels", schema: pageOf(channelView) } },
    },
    async ({ env, twin, tokenHash, query: { limit, cursor } }) => {
      const page = await tenureOf(env, twin).listChannels(tokenHash, limit, cursor ?? null);
      return page.ok ? paged(page.value) : problem(page.error);
    },
  );
  define(
    app,
    {
      method: "get",
      path: CURRENT,
      tag: TAG,
      summary: "The channel that asks",
      caller: "channel",
      answers: { 200: { description: "The channel", schema: channelView } },
    },
    async ({ env, twin, tokenHash }) => found(await tenureOf(env, twin).currentChannel(tokenHash)),
  );
  define(
    app,
    {
      method: "delete",
      path: CURRENT,
      tag: TAG,
      summary: "Leave: revoke the channel that asks",
      description:
        "Any channel may, but for the last one with the owner's scope (409): erase the twin, or make another owner's channel first.",
      caller: "channel",
      answers: { 204: { description: "Left; its token opens nothing any more" } },
    },
    async ({ env, twin, tokenHash }) => {
      const left = await tenureOf(env, twin).leave(tokenHash);
      return left.ok ? noContent() : problem(left.error);
    },
  );
  // What follows would take it for an id.
  app.all(CURRENT, () => problem({ code: "method-not-allowed", allow: "GET, DELETE" }));
  define(
    app,
    {
      method: "patch",
      path: `${CHANNELS}/:chan`,
      tag: TAG,
      summary: "Call a channel something else",
      caller: "channel",
      needs: "owner",
      params: z.object({ twin: z.string(), chan: idField("chan") }),
      body: channelChange,
      answers: { 200: { description: "The channel", schema: channelView } },
    },
    async ({ env, twin, tokenHash, params, body }) =>
      found(await tenureOf(env, twin).nameChannel(tokenHash, params.chan as ChannelId, body)),
  );
  define(
    app,
    {
      method: "delete",
      path: `${CHANNELS}/:chan`,
      tag: TAG,
      summary: "Revoke a channel",
      description: "Its sockets close at once.",
      caller: "channel",
      needs: "owner",
      params: z.object({ twin: z.string(), chan: idField("chan") }),
      answers: { 204: { description: "Revoked" } },
    },
    async ({ env, twin, tokenHash, params }) => {
      const revoked = await tenureOf(env, twin).revokeChannel(tokenHash, params.chan as ChannelId);
      return revoked.ok ? noContent() : problem(revoked.error);
    },
  );
}
