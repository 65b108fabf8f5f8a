// Makers: registration, what anyone may know, keys and their roles, the policy.

import { env } from "cloudflare:workers";
import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { checkDigit } from "../../src/domain/gtin.ts";
import type { Maker } from "../../src/maker/maker.ts";
import { ROSTER } from "../../src/domain/terms/roster.ts";
import {
  ask,
  joinedMaker,
  keyOf,
  ORIGIN,
  proffer,
  someDomain,
  someIdempotencyKey,
  twinOf,
} from "../support/maker-world.ts";

describe("registering a maker", () => {
  it("is the operator's alone", async () => {
    const maker = await joinedMaker();
    const body = { domain: someDomain(), name: "A" };
    for (const token of [undefined, maker.key, `${env.OPERATOR_KEY}x`]) {
      expect((await ask("POST", "/v1/makers", { token, body })).status).toBe(401);
    }
  });

  it("gives an admin key and an inbound secret, once, and refuses the domain a second time", async () => {
    const domain = someDomain();
    const body = { domain, name: "Lamo" };
    const first = await ask("POST", "/v1/makers", { token: env.OPERATOR_KEY, body });
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      maker: domain,
      key: expect.stringMatching(new RegExp(`^${domain}~[A-Za-z0-9_-]{43}$`)),
      inboundSecret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]+=*$/),
    });
    const second = await ask("POST", "/v1/makers", { token: env.OPERATOR_KEY, body });
    expect(second.status).toBe(409);
    expect(second.body.code).toBe("maker-exists");
  });

  it("answers a repeat with the same Idempotency-Key with the same secrets, and another body with 409", async () => {
    const body = { domain: someDomain(), name: "Lamo" };
    const headers = { "Idempotency-Key": someIdempotencyKey() };
    const first = await ask("POST", "/v1/makers", { token: env.OPERATOR_KEY, body, headers });
    const again = await ask("POST", "/v1/makers", { token: env.OPERATOR_KEY, body, headers });
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("Idempotency-Replayed")).toBe("true");
    const other = await ask("POST", "/v1/makers", {
      token: env.OPERATOR_KEY,
      body: { ...body, name: "Other" },
      headers,
    });
    expect(other.status).toBe(409);
    expect(other.body.code).toBe("idempotency-conflict");
  });

  it("has one winner when two come at once", async () => {
    const body = { domain: someDomain(), name: "Lamo" };
    const answers = await Promise.all([1, 2].map(() => ask("POST", "/v1/makers", { token: env.OPERATOR_KEY, body })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    const { key } = answers.find(({ status }) => status === 201)!.body;
    expect((await ask("GET", `/v1/makers/${body.domain}/keys`, { token: key })).status).toBe(200);
  });

  it("that died before the directory knew of it is begun again by the next call, and the first key is nothing", async () => {
    const domain = someDomain();
    const body = { domain, name: "Lamo" };
    const first = await ask("POST", "/v1/makers", { token: env.OPERATOR_KEY, body });
    await runInDurableObject(env.MAKER.getByName(domain), (_: Maker, state) => {
      state.storage.sql.exec("UPDATE company SET listed_at = NULL");
    });
    const again = await ask("POST", "/v1/makers", { token: env.OPERATOR_KEY, body });
    expect(again.status).toBe(201);
    const keys = async (token: string) => (await ask("GET", `/v1/makers/${domain}/keys`, { token })).status;
    expect([await keys(first.body.key), await keys(again.body.key)]).toEqual([401, 200]);
  });

  it("refuses what is no domain name", async () => {
    for (const domain of ["Lamo.example", "lamo", "127.0.0.1", "lamo..example", "lamo.example.", "", "a b.example"]) {
      const { status } = await ask("POST", "/v1/makers", { token: env.OPERATOR_KEY, body: { domain, name: "A" } });
      expect([domain, status]).toEqual([domain, 422]);
    }
  });
});

describe("what anyone may know of a maker", () => {
  it("says of one that never joined only that, and makes no object for it", async () => {
    const before = (await listDurableObjectIds(env.MAKER)).length;
    const domain = someDomain();
    expect((await ask("GET", `/v1/makers/${domain}`)).body).toEqual({ id: domain, joined: false });
    expect((await ask("GET", `/v1/makers/${domain}/did.json`)).status).toBe(404);
    expect((await ask("GET", `/v1/makers/${domain}/myterms.json`)).status).toBe(404);
    expect((await ask("GET", `/v1/makers/${domain}/keys`, { token: `${domain}~${"a".repeat(43)}` })).status).toBe(401);
    expect((await ask("POST", `/v1/makers/${domain}/inbound`, { raw: "{}" })).status).toBe(401);
    expect((await listDurableObjectIds(env.MAKER)).length).toBe(before);
  });

  it("names it, its DID and what it accepts", async () => {
    const maker = await joinedMaker({ "SD-BASE": "accept", "SD-BASE-DP": "accept", "SD-BASE-A": "hold" });
    const { body } = await ask("GET", maker.path);
    expect(body).toEqual({
      id: maker.domain,
      name: `Company ${maker.domain}`,
      did: `did:web:twins.example:v1:makers:${maker.domain}`,
      joined: true,
      joinedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      verified: true,
      accepts: ["SD-BASE", "SD-BASE-DP"],
      processors: [],
    });
    const terms = await ask("GET", `${maker.path}/myterms.json`);
    expect(terms.body).toEqual({
      effective_date: new Date().toISOString().slice(0, 10),
      agreements: [
        { id: "SD-BASE", url: `${ORIGIN}/v1/roster/SD-BASE` },
        { id: "SD-BASE-DP", url: `${ORIGIN}/v1/roster/SD-BASE-DP` },
      ],
      accepts: [
        { code: "SD-BASE", digest: ROSTER["SD-BASE"].digest },
        { code: "SD-BASE-DP", digest: ROSTER["SD-BASE-DP"].digest },
      ],
    });
  });

  it("publishes its agent's key as a did:web document where the DID says it is", async () => {
    const maker = await joinedMaker();
    const { status, body, headers } = await ask("GET", `${maker.path}/did.json`);
    expect(status).toBe(200);
    expect(headers.get("Content-Type")).toBe("application/did+json");
    const did = `did:web:twins.example:v1:makers:${maker.domain}`;
    expect(body.id).toBe(did);
    expect(body.verificationMethod).toEqual([
      { id: `${did}#agent`, type: "Multikey", controller: did, publicKeyMultibase: expect.stringMatching(/^z6Mk/) },
    ]);
    expect(body.assertionMethod).toEqual([`${did}#agent`]);
    const other = await joinedMaker();
    expect((await ask("GET", `${other.path}/did.json`)).body.verificationMethod[0].publicKeyMultibase).not.toBe(
      body.verificationMethod[0].publicKeyMultibase,
    );
  });
});

describe("the team's keys", () => {
  it("hold roles: admin includes agent, agent includes reader", async () => {
    const maker = await joinedMaker();
    const [agent, reader] = [await keyOf(maker, "agent"), await keyOf(maker, "reader")];
    const may = async (token: string, path: string, method = "GET", body?: unknown) =>
      (await ask(method, `${maker.path}/${path}`, { token, body })).status;
    const decision = "agreements/agr_00000000000000000000000000/decision";
    for (const token of [maker.key, agent.key, reader.key]) expect(await may(token, "agreements")).toBe(200);
    expect(await may(reader.key, decision, "POST", { decision: "refused" })).toBe(403);
    expect(await may(agent.key, decision, "POST", { decision: "refused" })).toBe(404);
    for (const token of [agent.key, reader.key]) {
      expect(await may(token, "keys")).toBe(403);
      expect(await may(token, "endpoints")).toBe(403);
      expect(await may(token, "policy", "PUT", { rules: {} })).toBe(403);
    }
  });

  it("are listed without their secret, newest first, with the minute of their last use", async () => {
    const maker = await joinedMaker();
    const reader = await keyOf(maker, "reader");
    await ask("GET", `${maker.path}/agreements`, { token: reader.key });
    const { body, text } = await ask("GET", `${maker.path}/keys`, { token: maker.key });
    expect(body.items.map((key: any) => key.role)).toEqual(["reader", "admin"]);
    expect(body.items[0].id).toBe(reader.id);
    expect(body.items[0].lastUsedAt).toMatch(/:00\.000Z$/);
    expect(text).not.toContain(reader.key.split("~")[1]);
  });

  it("end at once when they are revoked", async () => {
    const maker = await joinedMaker();
    const reader = await keyOf(maker, "reader");
    expect((await ask("DELETE", `${maker.path}/keys/${reader.id}`, { token: maker.key })).status).toBe(204);
    expect((await ask("GET", `${maker.path}/agreements`, { token: reader.key })).status).toBe(401);
    expect((await ask("DELETE", `${maker.path}/keys/${reader.id}`, { token: maker.key })).status).toBe(404);
  });

  it("never leave the maker without an admin", async () => {
    const maker = await joinedMaker();
    const [first] = (await ask("GET", `${maker.path}/keys`, { token: maker.key })).body.items;
    expect((await ask("DELETE", `${maker.path}/keys/${first.id}`, { token: maker.key })).status).toBe(409);
    const second = await keyOf(maker, "admin");
    expect((await ask("DELETE", `${maker.path}/keys/${first.id}`, { token: maker.key })).status).toBe(204);
    expect((await ask("GET", `${maker.path}/keys`, { token: second.key })).body.items).toHaveLength(1);
  });

  it("are made once for an Idempotency-Key, and the kept answer holds the key", async () => {
    const maker = await joinedMaker();
    const headers = { "Idempotency-Key": someIdempotencyKey() };
    const body = { label: "desk", role: "agent" };
    const first = await ask("POST", `${maker.path}/keys`, { token: maker.key, body, headers });
    const again = await ask("POST", `${maker.path}/keys`, { token: maker.key, body, headers });
    expect(again.body).toEqual(first.body);
    expect((await ask("GET", `${maker.path}/keys`, { token: maker.key })).body.items).toHaveLength(2);
  });
});

describe("credentials of others", () => {
  it("get 401 on every route of a maker, whatever they could do elsewhere", async () => {
    const [maker, other] = [await joinedMaker({ "SD-BASE": "accept" }), await joinedMaker()];
    const twin = await twinOf(maker.domain);
    const note = "note_00000000000000000000000000";
    const routes: [string, string, unknown?][] = [
      ["PUT", "policy", { rules: {} }],
      ["GET", "policy"],
      ["POST", "keys", { label: "a", role: "admin" }],
      ["GET", "keys"],
      ["DELETE", "keys/key_00000000000000000000000000"],
      ["POST", "labels", { gtin: `952123450001${checkDigit("0952123450001")}`, model: "a", count: 1 }],
      ["POST", "endpoints", { url: "http://127.0.0.1:9/" }],
      ["GET", "endpoints"],
      ["PATCH", "endpoints/ep_00000000000000000000000000", { enabled: false }],
      ["DELETE", "endpoints/ep_00000000000000000000000000"],
      ["POST", "endpoints/ep_00000000000000000000000000/rotate"],
      ["POST", "endpoints/ep_00000000000000000000000000/test"],
      ["POST", "inbound-secret/rotate"],
      ["GET", "agreements"],
      ["GET", "agreements/agr_00000000000000000000000000"],
      ["GET", "agreements/agr_00000000000000000000000000/record"],
      ["POST", "agreements/agr_00000000000000000000000000/decision", { decision: "refused" }],
      ["POST", "agreements/agr_00000000000000000000000000/terminate", { reason: "a" }],
      ["POST", `threads/${twin.twin}/${note}/messages`, { text: "a" }],
      ["GET", `threads/${twin.twin}/${note}/photos/photo_00000000000000000000000000`],
      ["GET", "events"],
    ];
    for (const [method, path, body] of routes) {
      for (const token of [
        other.key,
        twin.token,
        env.OPERATOR_KEY,
        `${maker.domain}~${other.key.split("~")[1]}`,
        undefined,
      ]) {
        const { status } = await ask(method, `${maker.path}/${path}`, { token, body });
        expect([method, path, status]).toEqual([method, path, 401]);
      }
    }
  });
});

describe("the policy", () => {
  it("is read back as it was set, and refuses what is not of the roster, every fault named", async () => {
    const maker = await joinedMaker();
    expect((await ask("GET", `${maker.path}/policy`, { token: maker.key })).body).toEqual({ rules: {}, since: null });
    const rules = { "SD-BASE": "accept", "SD-BASE-A": "counter:SD-BASE" };
    expect((await ask("PUT", `${maker.path}/policy`, { token: maker.key, body: { rules } })).status).toBe(200);
    expect((await ask("GET", `${maker.path}/policy`, { token: maker.key })).body.rules).toEqual(rules);
    const wrong = { "SD-BASE": "maybe", "SD-BASE-DP": "counter:PDC-AI", "SD-OTHER": "accept" };
    const refused = await ask("PUT", `${maker.path}/policy`, { token: maker.key, body: { rules: wrong } });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map((fault: any) => fault.path).toSorted()).toEqual([
      "rules",
      "rules.SD-BASE",
      "rules.SD-BASE-DP",
    ]);
  });

  it("answers an owner's proffer within the owner's own call, and both sides hold the same record", async () => {
    const maker = await joinedMaker({ "SD-BASE": "accept" });
    const twin = await twinOf(maker.domain);
    const agreement = await proffer(twin, "SD-BASE-DP", ["SD-BASE"]);
    expect(agreement.state).toBe("accepted");
    expect(agreement.terms).toBe("SD-BASE");
    const own = await ask("GET", `${twin.path}/agreements/${agreement.id}/record`, { token: twin.token });
    const theirs = await ask("GET", `${maker.path}/agreements/${agreement.id}/record`, { token: maker.key });
    expect(theirs.status).toBe(200);
    expect(theirs.text).toBe(own.text);
    expect(theirs.headers.get("ETag")).toBe(`"${agreement.recordDigest}"`);
    expect(own.headers.get("ETag")).toBe(theirs.headers.get("ETag"));
  });
});
