// Makers: registered by the operator; what anyone may know of one; the policy it answers proffers with.

import { z } from "@hono/zod-openapi";
import { makerDid } from "../domain/terms/did.ts";
import { rfc3339 } from "../domain/instant.ts";
import { domain } from "../domain/product.ts";
import { policyRules } from "../domain/terms/policy.ts";
import { ROSTER, ROSTER_CODES } from "../domain/terms/roster.ts";
import { text } from "../domain/text.ts";
import { fingerprint } from "../platform/crypto.ts";
import { newSecret } from "../platform/random.ts";
import { publicOrigin } from "../platform/settings.ts";
import { makerOf } from "../platform/stubs.ts";
import { created, json } from "./answer.ts";
import { define, type App } from "./define.ts";
import { didDocument, didDocumentOf } from "./did-document.ts";
import { instant, makerParam } from "./fields.ts";
import { sealing, secretOf } from "./idempotency-key.ts";
import { asMaker, listedMaker, publicMaker } from "./listed-maker.ts";
import { problem } from "./problem.ts";
import { inboundSecret } from "./webhook-secrets.ts";

const NAME_CHARACTERS = 200;
/** As the contract has it: what one page of the desk asks at once. */
const MAX_DESK_SHARDS = 64;
const TAG = "Makers";
const params = z.object({ maker: makerParam });

export const registration = z.strictObject({
  domain,
  name: text(NAME_CHARACTERS),
  deskShards: z
    .number()
    .int("must be a whole number from 1 to 64")
    .min(1, "must be a whole number from 1 to 64")
    .max(MAX_DESK_SHARDS, "must be a whole number from 1 to 64")
    .default(1)
    .describe("Over how many objects its desk is spread: 1 will do up to some 10,000 threads. It can't be changed."),
});
export const registered = z
  .object({
    maker: z.string(),
    key: z.string().describe("An admin key, shown once: `<domain>~<43 characters>`."),
    inboundSecret: z.string().describe("`whsec_…`: what the maker signs its webhooks to us with. Shown once."),
  })
  .openapi("RegisteredMaker");

const makerView = z
  .union([
    z.object({
      id: z.string(),
      name: z.string(),
      did: z.string(),
      joined: z.literal(true),
      joinedAt: instant,
      verified: z.boolean(),
      accepts: z.array(z.enum(ROSTER_CODES)),
      processors: z.array(z.string()).describe("Companies that run this maker's endpoints for it."),
    }),
    z.object({ id: z.string(), joined: z.literal(false) }),
  ])
  .openapi("Maker");

const myTerms = z
  .object({
    effective_date: z.string().nullable().describe("The day (UTC) of the policy; null while there is none."),
    agreements: z.array(z.object({ id: z.enum(ROSTER_CODES), url: z.string() })),
    accepts: z.array(z.object({ code: z.enum(ROSTER_CODES), digest: z.string() })),
  })
  .openapi("MyTerms");

const policyView = z.object({ rules: z.record(z.string(), z.string()), since: instant.nullable() }).openapi("Policy");

export function makers(app: App): void {
  define(
    app,
    {
      method: "post",
      path: "/v1/makers",
      tag: TAG,
      summary: "Register a maker",
      caller: "operator",
      idempotent: true,
      body: registration,
      answers: { 201: { description: "Registered, and verified by that", schema: registered } },
    },
    async ({ env, body, keyed }) => {
      const [secret, inboundName] = [newSecret(), newSecret()];
      const shown = { key: `${body.domain}~${secret}`, inboundSecret: await inboundSecret(env, inboundName) };
      const founding = { ...body, keyHash: await fingerprint(secret), inboundName };
      const founded = await makerOf(env, body.domain).found(founding, true, await sealing(keyed, shown));
      return founded.ok ? created(founded.value, await secretOf(keyed, founded.value, shown)) : problem(founded.error);
    },
  );

  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker",
      tag: TAG,
      summary: "What anyone may know of a maker",
      caller: "anyone",
      params,
      answers: { 200: { description: "The maker, or that it has not joined", schema: makerView } },
    },
    async ({ env, params: { maker: id } }) => {
      const about = await (await listedMaker(env, id))?.about();
      if (!about) return json({ id, joined: false });
      const { name, registeredAt, verified, accepts, processors } = about;
      const did = makerDid(new URL(publicOrigin(env)).host, id);
      return json({
        id,
        name,
        did,
        joined: true,
        joinedAt: rfc3339(registeredAt),
        verified,
        accepts,
        processors,
      });
    },
  );

  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/did.json",
      tag: TAG,
      summary: "The maker's DID document: the key its agent signs with",
      caller: "anyone",
      params,
      answers: { 200: { description: "A did:web document", schema: didDocument, type: "application/did+json" } },
    },
    async ({ env, params: { maker: id } }) => {
      const maker = await publicMaker(env, id);
      const agent = maker.ok ? await maker.value.agentKey() : null;
      if (!agent) return problem(maker.ok ? { code: "not-found", detail: `${id} has not joined here.` } : maker.error);
      return json(didDocumentOf(agent), 200, { "Content-Type": "application/did+json" });
    },
  );

  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/myterms.json",
      tag: TAG,
      summary: "The agreements this maker accepts at once",
      caller: "anyone",
      params,
      answers: { 200: { description: "What its policy accepts", schema: myTerms } },
    },
    async ({ env, params: { maker: id } }) => {
      const maker = await publicMaker(env, id);
      if (!maker.ok) return problem(maker.error);
      const about = await maker.value.about();
      if (!about) return problem({ code: "not-found", detail: `${id} has not joined here.` });
      return json({
        effective_date: about.policyAt === null ? null : rfc3339(about.policyAt).slice(0, 10),
        agreements: about.accepts.map((code) => ({ id: code, url: `${publicOrigin(env)}/v1/roster/${code}` })),
        accepts: about.accepts.map((code) => ({ code, digest: ROSTER[code].digest })),
      });
    },
  );

  define(
    app,
    {
      method: "put",
      path: "/v1/makers/:maker/policy",
      tag: TAG,
      summary: "Set the policy",
      description:
        "Codes not named are refused. The first policy also has the proffers decided that waited, in the background.",
      caller: "maker",
      needs: "admin",
      params,
      body: z.strictObject({ rules: policyRules }),
      answers: { 200: { description: "The policy as it is now", schema: policyView } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const policy = await maker.setPolicy(call.tokenHash, call.body.rules);
        return policy.ok ? json(policyOf(policy.value)) : problem(policy.error);
      }),
  );

  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/policy",
      tag: TAG,
      summary: "The policy",
      caller: "maker",
      needs: "reader",
      params,
      answers: { 200: { description: "The policy; `since` is null while there is none", schema: policyView } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const policy = await maker.policy(call.tokenHash);
        return policy.ok ? json(policyOf(policy.value)) : problem(policy.error);
      }),
  );
}

const policyOf = ({ rules, since }: { rules: object; since: number | null }) => ({
  rules,
  since: since === null ? null : rfc3339(since),
});
