// Joining without the operator: a company says who it is, proves its domain by a file there, and sees how many owners wait for it.

import { z } from "@hono/zod-openapi";
import { bandOf } from "../domain/band.ts";
import { fingerprint } from "../platform/crypto.ts";
import { newSecret } from "../platform/random.ts";
import { makerOf } from "../platform/stubs.ts";
import { fingerprintOf, keyHashOf, proofUrl } from "../maker/proof.ts";
import { created, found, json } from "./answer.ts";
import { define, type App } from "./define.ts";
import { makerParam } from "./fields.ts";
import { sealing, secretOf } from "./idempotency-key.ts";
import { asMaker, publicMaker } from "./listed-maker.ts";
import { band } from "./maker-views.ts";
import { registered, registration } from "./makers.ts";
import { problem } from "./problem.ts";
import { refusalOf } from "./strangers.ts";
import { inboundSecret } from "./webhook-secrets.ts";

const TAG = "Joining";
const params = z.object({ maker: makerParam });

const joined = registered
  .extend({
    verified: z.literal(false),
    proof: z
      .object({ url: z.string(), file: z.object({ maker: z.string(), keys: z.array(z.string()) }) })
      .describe(
        "What must stand where, as JSON, so that the domain proves to be yours. The keys are fingerprints: SHA-256 of the secret after the `~` of an admin key, in lower-case hex.",
      ),
  })
  .openapi("Joining");
const proven = z.object({ maker: z.string(), verified: z.literal(true) }).openapi("Proven");

export function joinings(app: App): void {
  define(
    app,
    {
      method: "post",
      path: "/v1/joinings",
      tag: TAG,
      summary: "Join as a company",
      description:
        "Until its domain is proven a company is shown as not verified: it can set up its team, policy and endpoints, and nothing of any owner's comes to it. A joining that nobody proved blocks nobody: the next one takes its place.",
      caller: "anyone",
      idempotent: true,
      body: registration,
      answers: { 201: { description: "Joined, and not verified yet", schema: joined } },
    },
    async ({ c, env, body, keyed }) => {
      const refusal = await refusalOf(env, c.req.raw, keyed);
      if (refusal) return problem(refusal);
      const { domain } = body;
      const [secret, inboundName] = [newSecret(), newSecret()];
      const keyHash = await fingerprint(secret);
      const shown = {
        key: `${domain}~${secret}`,
        inboundSecret: await inboundSecret(env, inboundName),
        verified: false,
        proof: { url: proofUrl(domain), file: { maker: domain, keys: [fingerprintOf(keyHash)] } },
      };
      const joining = await makerOf(env, domain).found(
        { ...body, keyHash, inboundName },
        false,
        await sealing(keyed, shown),
      );
      return joining.ok ? created(joining.value, await secretOf(keyed, joining.value, shown)) : problem(joining.error);
    },
  );
  define(
    app,
    {
      method: "post",
      path: "/v1/makers/:maker/verification",
      tag: TAG,
      summary: "Have the domain's file looked at",
      description:
        "The file must stand at the domain itself, over https and without a redirect, and name the fingerprint of the very key that asks. The proffers that waited are decided from then on, by the policy.",
      caller: "maker",
      needs: "admin",
      params,
      answers: { 200: { description: "The domain is proven", schema: proven } },
    },
    async (call) => asMaker(call, async (maker) => found(await maker.prove(call.tokenHash))),
  );
  define(
    app,
    {
      method: "put",
      path: "/v1/makers/:maker/verified",
      tag: TAG,
      summary: "Vouch for a company",
      description:
        "In place of the file. Which of those who joined under this domain is meant, says the fingerprint that its joining was answered with.",
      caller: "operator",
      params,
      body: z.strictObject({
        key: z.string().regex(/^[0-9a-f]{64}$/, "must be a fingerprint: SHA-256 in lower-case hex"),
      }),
      answers: { 200: { description: "It is verified", schema: proven } },
    },
    async ({ env, params: { maker: domain }, body }) => {
      const maker = await publicMaker(env, domain);
      return maker.ok ? found(await maker.value.vouchFor(keyHashOf(body.key))) : problem(maker.error);
    },
  );
  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/waiting",
      tag: TAG,
      summary: "How many owners wait for this company",
      description: "Owners whose terms were proffered and not put to it yet, in bands of 20.",
      caller: "maker",
      needs: "reader",
      params,
      answers: { 200: { description: "The band", schema: z.object({ owners: band }) } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const waiting = await maker.ownersWaiting(call.tokenHash);
        return waiting.ok ? json({ owners: bandOf(waiting.value) }) : problem(waiting.error);
      }),
  );
}
