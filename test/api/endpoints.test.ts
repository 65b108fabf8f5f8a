// Endpoints: which addresses are legal, what is shown and what never again, rotation, the test event.

import { describe, expect, it } from "vitest";
import { ask, joinedMaker, someIdempotencyKey, type TestMaker } from "../support/maker-world.ts";

const add = (maker: TestMaker, body: object, headers: Record<string, string> = {}) =>
  ask("POST", `${maker.path}/endpoints`, { token: maker.key, body, headers });
const change = (maker: TestMaker, ep: string, body: object) =>
  ask("PATCH", `${maker.path}/endpoints/${ep}`, { token: maker.key, body });
const rotate = (maker: TestMaker, ep: string, body?: object) =>
  ask("POST", `${maker.path}/endpoints/${ep}/rotate`, { token: maker.key, body });

describe("an endpoint", () => {
  it("is made with a secret that is shown once and a public key that can be read again", async () => {
    const maker = await joinedMaker();
    const url = `https://hooks.${maker.domain}/in`;
    const made = await add(maker, { url, types: ["note.sent"], description: "The desk" });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      endpoint: expect.stringMatching(/^ep_/),
      secret: expect.stringMatching(/^whsec_/),
      publicKey: expect.stringMatching(/^whpk_/),
      url,
      types: ["note.sent"],
      description: "The desk",
      processor: null,
      enabled: true,
    });
    const { body, text } = await ask("GET", `${maker.path}/endpoints`, { token: maker.key });
    expect(text).not.toContain("whsec_");
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      id: made.body.endpoint,
      keys: [{ publicKey: made.body.publicKey, endsAt: null }],
      health: { state: "ok", since: null, reason: null, lastSuccessAt: null, parked: 0 },
    });
  });

  it("is made once for an Idempotency-Key, its secret kept for the repeat", async () => {
    const maker = await joinedMaker();
    const headers = { "Idempotency-Key": someIdempotencyKey() };
    const body = { url: `https://${maker.domain}/in` };
    const first = await add(maker, body, headers);
    const again = await add(maker, body, headers);
    expect(again.body).toEqual(first.body);
    expect((await ask("GET", `${maker.path}/endpoints`, { token: maker.key })).body.items).toHaveLength(1);
  });

  it("outside the maker's domain must name its processor, which anyone can then see", async () => {
    const maker = await joinedMaker();
    const url = "https://hooks.crm.example/in";
    const refused = await add(maker, { url });
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, "processor"]);
    const lookalike = await add(maker, { url: `https://evil${maker.domain}/` });
    expect([lookalike.status, lookalike.body.errors[0].path]).toEqual([422, "processor"]);
    const made = await add(maker, { url, processor: "CRM Ltd" });
    expect(made.status).toBe(201);
    expect((await ask("GET", maker.path)).body.processors).toEqual(["CRM Ltd"]);
    expect((await change(maker, made.body.endpoint, { processor: null })).status).toBe(422);
    await change(maker, made.body.endpoint, { enabled: false });
    expect((await ask("GET", maker.path)).body.processors).toEqual([]);
  });

  it("must have a legal address; loopback is one in development only, and needs no processor", async () => {
    const maker = await joinedMaker();
    for (const url of [
      "http://lamo.example/",
      "https://10.0.0.1/",
      "https://twins.example/v1",
      "https://localhost/",
      "ftp://a.example",
      "x",
    ]) {
      const { status, body } = await add(maker, { url, processor: "P" });
      expect([url, status, body.errors?.[0]?.path]).toEqual([url, 422, "url"]);
    }
    expect((await add(maker, { url: "http://127.0.0.1:9999/in" })).status).toBe(201);
  });

  it("asks for known types only, or for all", async () => {
    const maker = await joinedMaker();
    const url = `https://${maker.domain}/`;
    for (const types of [["note.read"], [], ["note.sent", "note.sent"], "note.sent"]) {
      expect([types, (await add(maker, { url, types })).status]).toEqual([types, 422]);
    }
    const made = await add(maker, { url });
    expect(made.body.types).toBe(null);
  });

  it("can be changed, switched off, and deleted", async () => {
    const maker = await joinedMaker();
    const {
      body: { endpoint },
    } = await add(maker, { url: `https://${maker.domain}/a`, description: "A" });
    const changed = await change(maker, endpoint, {
      url: `https://${maker.domain}/b`,
      types: ["twin.erased"],
      description: null,
      enabled: false,
    });
    expect(changed.body).toMatchObject({
      url: `https://${maker.domain}/b`,
      types: ["twin.erased"],
      description: null,
      enabled: false,
    });
    expect((await change(maker, endpoint, {})).status).toBe(422);
    expect((await change(maker, endpoint, { url: "https://127.0.0.1/" })).status).toBe(422);
    expect((await ask("DELETE", `${maker.path}/endpoints/${endpoint}`, { token: maker.key })).status).toBe(204);
    expect((await change(maker, endpoint, { enabled: true })).status).toBe(404);
  });

  it("is one of ten at most", async () => {
    const maker = await joinedMaker();
    for (let n = 0; n < 10; n++) expect((await add(maker, { url: `https://${maker.domain}/${n}` })).status).toBe(201);
    const refused = await add(maker, { url: `https://${maker.domain}/11` });
    expect([refused.status, refused.body.code]).toEqual([409, "quota-exceeded"]);
  });
});

describe("rotation", () => {
  it("keeps the keys before it for a day, for the time asked, or not at all", async () => {
    const maker = await joinedMaker();
    const {
      body: { endpoint, publicKey },
    } = await add(maker, { url: `https://${maker.domain}/` });
    const keys = async () => (await ask("GET", `${maker.path}/endpoints/${endpoint}`, { token: maker.key })).body.keys;
    const second = await rotate(maker, endpoint);
    expect(Date.parse(second.body.previousUntil) - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    expect((await keys()).map((key: any) => key.publicKey)).toEqual([second.body.publicKey, publicKey]);
    const third = await rotate(maker, endpoint, { overlapHours: 1 });
    expect((await keys()).map((key: any) => key.endsAt)).toEqual([
      null,
      third.body.previousUntil,
      third.body.previousUntil,
    ]);
    const emergency = await rotate(maker, endpoint, { overlapHours: 0 });
    expect((await keys()).map((key: any) => key.publicKey)).toEqual([emergency.body.publicKey]);
  });

  it("ends the oldest of three when a fourth comes", async () => {
    const maker = await joinedMaker();
    const {
      body: { endpoint, publicKey },
    } = await add(maker, { url: `https://${maker.domain}/` });
    const newer = [await rotate(maker, endpoint), await rotate(maker, endpoint), await rotate(maker, endpoint)];
    const { body } = await ask("GET", `${maker.path}/endpoints/${endpoint}`, { token: maker.key });
    const live = body.keys.map((key: any) => key.publicKey);
    expect(live).toEqual(newer.map((answer) => answer.body.publicKey).toReversed());
    expect(live).not.toContain(publicKey);
  });

  it("takes 0 to 168 hours", async () => {
    const maker = await joinedMaker();
    const {
      body: { endpoint },
    } = await add(maker, { url: `https://${maker.domain}/` });
    for (const overlapHours of [-1, 169, 1.5, "1", null]) {
      expect([overlapHours, (await rotate(maker, endpoint, { overlapHours })).status]).toEqual([overlapHours, 422]);
    }
    expect((await rotate(maker, "ep_00000000000000000000000000")).status).toBe(404);
  });
});

describe("the test event", () => {
  it("says how the attempt went", async () => {
    const maker = await joinedMaker();
    // Port 1 of this machine: nothing listens there.
    const {
      body: { endpoint },
    } = await add(maker, { url: "http://127.0.0.1:1/" });
    const { status, body } = await ask("POST", `${maker.path}/endpoints/${endpoint}/test`, { token: maker.key });
    expect(status).toBe(200);
    expect(body).toEqual({
      ok: false,
      status: null,
      ms: expect.any(Number),
      detail: "Your server could not be reached.",
    });
  });
});
