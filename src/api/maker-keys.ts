// The keys of a maker's team.

import { z } from "@hono/zod-openapi";
import { rfc3339 } from "../domain/instant.ts";
import type { KeyId } from "../domain/ids.ts";
import { ROLES } from "../domain/role.ts";
import { text } from "../domain/text.ts";
import type { TeamKey } from "../maker/team.ts";
import { fingerprint } from "../platform/crypto.ts";
import { newSecret } from "../platform/random.ts";
import { created, json, noContent } from "./answer.ts";
import { define, type App } from "./define.ts";
import { idField, makerParam } from "./fields.ts";
import { sealing, secretOf } from "./idempotency-key.ts";
import { asMaker } from "./listed-maker.ts";
import { keyView } from "./maker-views.ts";
import { pageOf, pageQuery, slice } from "./page.ts";
import { problem } from "./problem.ts";

const TAG = "Makers";
const params = z.object({ maker: makerParam });

const LABEL_CHARACTERS = 120;
/** Whom a key is for, and what it may do. */
export const keyDraft = { label: text(LABEL_CHARACTERS), role: z.enum(ROLES) };

export const keyViewOf = (key: TeamKey) => ({
  ...key,
  createdAt: rfc3339(key.createdAt),
  lastUsedAt: key.lastUsedAt === null ? null : rfc3339(key.lastUsedAt),
});

export function makerKeys(app: App): void {
  define(
    app,
    {
      method: "post",
      path: "/v1/makers/:maker/keys",
      tag: TAG,
      summary: "Make a key for a person or a system of the team",
      caller: "maker",
      needs: "admin",
      idempotent: true,
      params,
      body: z.strictObject(keyDraft),
      answers: { 201: { description: "The key, shown once", schema: keyView.extend({ key: z.string() }) } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const secret = newSecret();
        const shown = { key: `${call.params.maker}~${secret}` };
        const draft = { ...call.body, hash: await fingerprint(secret) };
        const added = await maker.addKey(call.tokenHash, draft, await sealing(call.keyed, shown));
        if (!added.ok) return problem(added.error);
        return created(
          { ...added.value, body: keyViewOf(added.value.body) },
          await secretOf(call.keyed, added.value, shown),
        );
      }),
  );
  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/keys",
      tag: TAG,
      summary: "The team's keys, newest first",
      caller: "maker",
      needs: "admin",
      params,
      query: z.object(pageQuery),
      answers: { 200: { description: "Keys", schema: pageOf(keyView) } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const keys = await maker.keys(call.tokenHash);
        return keys.ok ? json(slice(keys.value.map(keyViewOf), call.query)) : problem(keys.error);
      }),
  );
  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/colleagues",
      tag: TAG,
      summary: "Who is in the team, newest first: whom a thread can be assigned to",
      caller: "maker",
      needs: "reader",
      params,
      answers: {
        200: {
          description: "Every key by its name and role",
          schema: z.object({ items: z.array(keyView.pick({ id: true, label: true, role: true })) }),
        },
      },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const found = await maker.colleagues(call.tokenHash);
        return found.ok ? json({ items: found.value }) : problem(found.error);
      }),
  );
  define(
    app,
    {
      method: "delete",
      path: "/v1/makers/:maker/keys/:key",
      tag: TAG,
      summary: "Revoke a key, at once",
      description: "The last admin key can't be revoked.",
      caller: "maker",
      needs: "admin",
      params: params.extend({ key: idField("key") }),
      answers: { 204: { description: "Revoked" } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const removed = await maker.removeKey(call.tokenHash, call.params.key as KeyId);
        return removed.ok ? noContent() : problem(removed.error);
      }),
  );
}
