// Web push by the real process to a push service on this machine, judged by libraries that are not ours: http_ece opens, jose verifies.

import { importJWK, jwtVerify } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { agree, claim, join, write, type TestMaker, type TestOwner } from "../support/people.ts";
import { eventually, startProduct, subscribe, type Product } from "../support/server/product.ts";
import { hang, PushService, status, type Arrival, type PhoneBrowser } from "../support/server/push-service.ts";

/** Of the schedule: the first retry comes within a second. */
const SCALE = 0.01;
const HALF_A_DAY_S = 12 * 3_600;

let product: Product;
let service: PushService;
beforeAll(async () => {
  product = await startProduct(SCALE);
  service = await new PushService().up();
});
afterEach(() => {
  service.answers = status(201);
});
afterAll(async () => {
  await product.end();
  await service.down();
});

type Scene = { maker: TestMaker; owner: TestOwner; note: string; browser: PhoneBrowser; path: string };

/** An owner with a browser that is subscribed, and a note that its company was sent. */
async function subscribed(): Promise<Scene> {
  const { api, server } = product;
  const maker = await join(api, server.operatorKey);
  const owner = await claim(api, maker);
  await agree(api, owner);
  const { id: note } = await write(api, owner, "planted-question", { send: true });
  const browser = service.browser();
  const path = `/v1/twins/${owner.twin}/push`;
  const { status, body } = await api.put(path, browser.subscription(), owner.token);
  expect([status, body]).toEqual([
    200,
    { on: true, host: new URL(service.origin).host, since: expect.stringMatching(/Z$/) },
  ]);
  return { maker, owner, note, browser, path };
}

async function reply({ maker, owner, note }: Scene, text = "planted-answer"): Promise<void> {
  const path = `/v1/makers/${maker.domain}/threads/${owner.twin}/${note}/messages`;
  expect((await product.api.post(path, { text }, maker.key)).status).toBe(201);
}

const isOn = async ({ owner, path }: Scene): Promise<boolean> => (await product.api.get(path, owner.token)).body.on;

describe("a company's answer", () => {
  test("is pushed: sealed for the browser, signed with the key it subscribed with, without a word", async () => {
    const scene = await subscribed();
    const { browser, owner, note } = scene;
    const askedAt = Math.floor(Date.now() / 1000);
    await reply(scene);
    await service.until(() => browser.arrivals.length === 1, "the push");
    const [arrival] = browser.arrivals as [Arrival];
    expect(browser.open(arrival)).toEqual({ twin: owner.twin, about: "answer", note });
    expect(arrival.method).toBe("POST");
    expect(arrival.headers).toMatchObject({
      "content-encoding": "aes128gcm",
      ttl: "2419200",
      urgency: "high",
      topic: expect.stringMatching(/^[A-Za-z0-9_-]{32}$/),
    });
    expect(arrival.body.length).toBeLessThanOrEqual(4_096);

    const { publicKey } = (await product.api.get("/v1/push")).body;
    const [, token, k] = /^vapid t=(\S+), k=(\S+)$/.exec(arrival.headers.authorization!)!;
    expect(k).toBe(publicKey);
    const point = Buffer.from(publicKey, "base64url");
    expect([point.length, point[0]]).toEqual([65, 4]);
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((bytes) => bytes.toString("base64url"));
    const key = await importJWK({ kty: "EC", crv: "P-256", x: x!, y: y! }, "ES256");
    const { payload } = await jwtVerify(token!, key, { audience: service.origin, algorithms: ["ES256"] });
    expect(payload.exp! - askedAt).toBeLessThanOrEqual(HALF_A_DAY_S + 2);
    expect(payload.sub).toMatch(/^mailto:[^@]+@127\.0\.0\.1$/);

    const seen = JSON.stringify(arrival.headers) + arrival.path + arrival.body.toString("latin1");
    for (const word of ["planted", owner.twin.slice(5), note.slice(5), scene.maker.domain])
      expect(seen).not.toContain(word);
  });

  test("is pushed again after a 503, and the redirect of a push service leads nowhere", async () => {
    const scene = await subscribed();
    const { browser } = scene;
    service.answers = (response) => {
      service.answers = status(201);
      response.writeHead(503).end();
    };
    await reply(scene);
    await service.until(() => browser.arrivals.length >= 2, "the second try");
    expect(browser.open(browser.arrivals[1]!)).toEqual(browser.open(browser.arrivals[0]!));

    const elsewhere = "/elsewhere";
    service.answers = status(307, { location: service.origin + elsewhere });
    await reply(scene);
    await service.until(() => browser.arrivals.length >= 3, "the redirected push");
    service.answers = status(201);
    await reply(scene);
    await service.until(() => browser.arrivals.length >= 4, "the push after it");
    expect(service.arrivals.map(({ path }) => path)).not.toContain(elsewhere);
    expect(await isOn(scene)).toBe(true);
  });

  test("switches the subscription off where the browser is gone (410)", async () => {
    const scene = await subscribed();
    service.answers = status(410);
    await reply(scene);
    await service.until(() => scene.browser.arrivals.length === 1, "the push");
    await eventually(
      () => isOn(scene),
      (on) => !on,
    );
  });
});

describe("a push service that hangs", () => {
  test("delays nothing that goes to a company", async () => {
    const scene = await subscribed();
    const { maker, owner, browser } = scene;
    const { hook } = await subscribe(product, maker);
    service.answers = hang;
    await reply(scene);
    await service.until(() => browser.arrivals.length === 1, "the push that hangs");
    const begun = Date.now();
    const { id } = await write(product.api, owner, "Meanwhile.", { send: true });
    await hook.until(() => hook.taken.some(({ body }) => body.data.note?.id === id), "the note");
    expect(Date.now() - begun).toBeLessThan(12_000);
    expect(browser.arrivals).toHaveLength(1);
  });
});

describe("kill -9 while a push is under way", () => {
  test("loses no push: after the next start it is tried again, by the same key, without anyone asking", async () => {
    const scene = await subscribed();
    const { browser, owner, note } = scene;
    const { server } = product;
    service.answers = hang;
    await reply(scene);
    await service.until(() => browser.arrivals.length === 1, "the push that is cut off");
    service.answers = status(201);
    await server.kill9();
    await server.start();
    await service.until(() => browser.arrivals.length >= 2, "the push after the start");
    expect(browser.open(browser.arrivals[1]!)).toEqual({ twin: owner.twin, about: "answer", note });
    const keys = browser.arrivals.map(({ headers }) => /k=(\S+)$/.exec(headers.authorization!)![1]);
    expect(new Set(keys).size).toBe(1);
    const { stdout, stderr } = await server.stop();
    expect(stdout + stderr).not.toContain(browser.path);
    await server.start();
  });
});
