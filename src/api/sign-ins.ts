// How a person of the team gets in and out: one-time links that an admin makes, and the key that asks.

import { z } from "@hono/zod-openapi";
import { isDomain, tokenParts, type KeyId, type LinkId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import { ROLES } from "../domain/role.ts";
import { text } from "../domain/text.ts";
import type { SignInFor, SignInLink } from "../maker/sign-in.ts";
import type { TeamKey } from "../maker/team.ts";
import { fingerprint } from "../platform/crypto.ts";
import { newSecret } from "../platform/random.ts";
import { publicOrigin } from "../platform/settings.ts";
import { witnessArrival } from "./audit-trail.ts";
import { created, json, noContent } from "./answer.ts";
import { define, type App } from "./define.ts";
import { idField, instant, makerParam } from "./fields.ts";
import { sealing, secretOf } from "./idempotency-key.ts";
import { asMaker, listedMaker } from "./listed-maker.ts";
import { keyDraft, keyViewOf } from "./maker-keys.ts";
import { keyView } from "./maker-views.ts";
import { pageOf, pageQuery, slice } from "./page.ts";
import { problem } from "./problem.ts";
import { countFailure, refusalOf } from "./strangers.ts";

const HOUR_MS = 3_600_000;
const DEFAULT_HOURS = 48;
const MAX_HOURS = 168;
const HOURS = "must be a whole number of hours from 1 to 168";
const LINK_CHARACTERS = 400;
const TAG = "Makers";
const params = z.object({ maker: makerParam });

const linkView = z
  .object({
    id: idField("link"),
    label: z.string(),
    role: z.enum(ROLES),
    for: idField("key").nullable().describe("Whose key it renews; null where it makes one for somebody new."),
    createdAt: instant,
    expiresAt: instant,
  })
  .openapi("SignInLink");

const linkFields = z.strictObject({
  label: keyDraft.label.exactOptional(),
  role: keyDraft.role.exactOptional(),
  for: idField("key").exactOptional().describe("Whose key it renews, in place of `label` and `role`."),
  hours: z.number().int(HOURS).min(1, HOURS).max(MAX_HOURS, HOURS).default(DEFAULT_HOURS),
});
type LinkDraft = z.infer<typeof linkFields>;
/** Somebody new has the field; whoever has a key has what that says. */
const isWhereItBelongs = (field: "label" | "role") => (given: LinkDraft) =>
  (given[field] === undefined) === (given.for !== undefined);
const faultAt = (field: "label" | "role") => ({
  path: [field],
  error: ({ input }: { input?: unknown }) =>
    (input as Partial<LinkDraft>).for === undefined
      ? "is missing: a link for somebody new has `label` and `role`, one for somebody of the team has `for`"
      : "must not stand beside `for`: the key has its own",
  // Whatever else is wrong, too: every fault is listed.
  when: ({ value }: { value: unknown }) => typeof value === "object" && value !== null,
});
const linkDraft = linkFields
  .refine(isWhereItBelongs("label"), faultAt("label"))
  .refine(isWhereItBelongs("role"), faultAt("role"));

const viewOf = (link: SignInLink) => ({
  ...link,
  // An answer kept by a version before this one says nothing of it.
  for: link.for ?? null,
  createdAt: rfc3339(link.createdAt),
  expiresAt: rfc3339(link.expiresAt),
});

const currentView = keyView.extend({ maker: z.string(), name: z.string(), verified: z.boolean() });

const currentViewOf = (maker: string, { key, ...company }: { key: TeamKey; name: string; verified: boolean }) => ({
  ...keyViewOf(key),
  maker,
  ...company,
});

export function signIns(app: App): void {
  define(
    app,
    {
      method: "post",
      path: "/v1/makers/:maker/sign-in-links",
      tag: TAG,
      summary: "Make a link that signs a person in, once",
      description:
        "For somebody new, with `label` and `role`: whoever opens it first gets a key of this role, under this label. For somebody of the team on another device, with `for`: whoever opens it first gets another secret for that very key, which stays what it is, with all that was assigned to it or done with it. From then on its secret from before opens nothing, its live sockets close, and links that it made or that are for it and nobody used yet are over. One that is for a key ends with it.",
      caller: "maker",
      needs: "admin",
      idempotent: true,
      params,
      body: linkDraft,
      about: (body) => (body.for === undefined ? {} : { key: body.for }),
      answers: {
        201: {
          description: "The link, shown once",
          schema: linkView.extend({ url: z.string().describe("Its secret is behind the #, which no server is sent.") }),
        },
      },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const secret = newSecret();
        const shown = { url: `${publicOrigin(call.env)}/desk/sign-in#${call.params.maker}~${secret}` };
        const { hours, label, role, for: key } = call.body;
        const whom: SignInFor = key === undefined ? { label: label!, role: role! } : { for: key as KeyId };
        const link = { whom, lastsMs: hours * HOUR_MS, hash: await fingerprint(secret) };
        const added = await maker.addSignInLink(call.tokenHash, link, await sealing(call.keyed, shown));
        if (!added.ok) return problem(added.error);
        return created(
          { ...added.value, body: viewOf(added.value.body) },
          await secretOf(call.keyed, added.value, shown),
        );
      }),
  );
  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/sign-in-links",
      tag: TAG,
      summary: "The links that nobody used yet, newest first",
      caller: "maker",
      needs: "admin",
      params,
      query: z.object(pageQuery),
      answers: { 200: { description: "Links", schema: pageOf(linkView) } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const links = await maker.signInLinks(call.tokenHash);
        return links.ok ? json(slice(links.value.map(viewOf), call.query)) : problem(links.error);
      }),
  );
  define(
    app,
    {
      method: "delete",
      path: "/v1/makers/:maker/sign-in-links/:link",
      tag: TAG,
      summary: "Take a link back",
      caller: "maker",
      needs: "admin",
      params: params.extend({ link: idField("link") }),
      answers: { 204: { description: "It signs nobody in any more" } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const removed = await maker.removeSignInLink(call.tokenHash, call.params.link as LinkId);
        return removed.ok ? noContent() : problem(removed.error);
      }),
  );
  define(
    app,
    {
      method: "post",
      path: "/v1/sign-ins",
      tag: TAG,
      summary: "Sign in with a link",
      description:
        "`link` is what stands behind its #. Wrong, used and over are refused alike. One that is for a key gives that key another secret: what was answered here before opens nothing from then on.",
      caller: "anyone",
      idempotent: true,
      body: z.strictObject({ link: text(LINK_CHARACTERS) }),
      answers: {
        201: {
          description: "The key, shown once",
          schema: z.object({ maker: z.string(), name: z.string(), role: z.enum(ROLES), key: z.string() }),
        },
      },
    },
    async ({ c, env, body, keyed }) => {
      const refusal = await refusalOf(env, c.req.raw, keyed);
      if (refusal) return problem(refusal);
      const parts = tokenParts(body.link);
      const domain = parts && isDomain(parts.name) ? parts.name : null;
      const maker = domain === null ? null : await listedMaker(env, domain);
      const secret = newSecret();
      const shown = { key: `${domain}~${secret}` };
      const signedIn = await maker?.signIn(
        await fingerprint(parts!.secret),
        await fingerprint(secret),
        await sealing(keyed, shown),
      );
      if (!signedIn || (!signedIn.ok && signedIn.error.code === "sign-in-refused")) {
        countFailure(env, c.req.raw);
        return problem({ code: "sign-in-refused" });
      }
      if (!signedIn.ok) return problem(signedIn.error);
      const { key, name } = signedIn.value.body;
      if (!signedIn.value.replayed) await witnessArrival(env, domain!, signedIn.value.body);
      return created(
        { ...signedIn.value, body: { maker: domain, name, role: key.role } },
        await secretOf(keyed, signedIn.value, shown),
      );
    },
  );
  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/keys/current",
      tag: TAG,
      summary: "The very key that asks",
      caller: "maker",
      needs: "reader",
      params,
      answers: {
        200: {
          description: "The key, and whose it is",
          schema: currentView,
        },
      },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const current = await maker.currentKey(call.tokenHash);
        return current.ok ? json(currentViewOf(call.params.maker, current.value)) : problem(current.error);
      }),
  );
  define(
    app,
    {
      method: "patch",
      path: "/v1/makers/:maker/keys/current",
      tag: TAG,
      summary: "Label the very key that asks",
      description:
        "For a person, their name: the desk signs their answers with it, and owners read it. What was done before keeps the label it was done under.",
      caller: "maker",
      needs: "reader",
      params,
      body: z.strictObject({ label: keyDraft.label }),
      answers: { 200: { description: "The key, and whose it is", schema: currentView } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const renamed = await maker.renameKey(call.tokenHash, call.body.label);
        return renamed.ok ? json(currentViewOf(call.params.maker, renamed.value)) : problem(renamed.error);
      }),
  );
  define(
    app,
    {
      method: "delete",
      path: "/v1/makers/:maker/keys/current",
      tag: TAG,
      summary: "Sign out: revoke the very key that asks",
      description: "The last admin key can't be revoked.",
      caller: "maker",
      needs: "reader",
      params,
      answers: { 204: { description: "Revoked" } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const gone = await maker.signOut(call.tokenHash);
        return gone.ok ? noContent() : problem(gone.error);
      }),
  );
}
