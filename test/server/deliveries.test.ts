// Deliveries by the real server. The guided check of an endpoint: one that verifies passes, the example company's server among them, and each
// way of not verifying is found and named. And the list, which misses nothing that a kill came between.

import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Webhook } from "standardwebhooks";
import { Program } from "../../examples/demo/program.ts";
import { agree, claim, join, write, type TestMaker } from "../support/people.ts";
import { eventually, startProduct, subscribe, type Product } from "../support/server/product.ts";
import { answer as answers, OK } from "../support/server/receiver.ts";

type Answering = (headers: IncomingHttpHeaders, body: string) => number;

let product: Product;
let maker: TestMaker;
const servers: Server[] = [];

beforeAll(async () => {
  product = await startProduct(0.1);
  maker = await join(product.api, product.server.operatorKey);
});
afterAll(async () => {
  for (const server of servers) server.close();
  await product.end();
});

/** A server on loopback that answers as told, and what it was sent. */
async function serve(answering: Answering): Promise<{ url: string; got: IncomingHttpHeaders[] }> {
  const got: IncomingHttpHeaders[] = [];
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join("");
    got.push(request.headers);
    response.writeHead(answering(request.headers, body)).end();
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`, got };
}

/** A port that nobody listens at now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

const at = (rest: string): string => `/v1/makers/${maker.domain}/endpoints${rest}`;
const add = async (url: string): Promise<{ endpoint: string; secret: string }> => {
  const { status, body } = await product.api.post(at(""), { url, types: ["endpoint.test"] }, maker.key);
  if (status !== 201) throw new Error(`endpoint: ${status} ${JSON.stringify(body)}`);
  return body;
};
const check = (endpoint: string, key = maker.key) => product.api.post(at(`/${endpoint}/check`), {}, key);
const shown = async (endpoint: string) => (await product.api.get(at(`/${endpoint}`), maker.key)).body;

/** With the library that is not ours: signature and age. */
const verified = (secret: string, headers: IncomingHttpHeaders, body: string): boolean => {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
};
/** The signature alone. */
const signed = (secret: string, headers: IncomingHttpHeaders, body: string): boolean => {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const content = `${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${body}`;
  const right = createHmac("sha256", key).update(content).digest();
  return String(headers["webhook-signature"])
    .split(" ")
    .filter((one) => one.startsWith("v1,"))
    .map((one) => Buffer.from(one.slice(3), "base64"))
    .some((one) => one.length === right.length && timingSafeEqual(one, right));
};

describe("an endpoint's check", () => {
  test("is passed by one that verifies signature and age, and is shown with it until it moves", async () => {
    let secret = "";
    const { url, got } = await serve((headers, body) => (verified(secret, headers, body) ? 204 : 401));
    const made = await add(url);
    secret = made.secret;
    expect((await shown(made.endpoint)).verifies).toBe(null);
    const { status, body } = await check(made.endpoint);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      verifies: true,
      steps: [
        { step: "wrong-signature", expected: "refused", status: 401, ok: true },
        { step: "stale", expected: "refused", status: 401, ok: true },
        { step: "right", expected: "accepted", status: 204, ok: true },
      ],
    });
    const ages = got.map((headers) => Date.now() / 1000 - Number(headers["webhook-timestamp"]));
    expect(ages[0]).toBeLessThan(120);
    expect(ages[1]).toBeGreaterThan(590);
    expect(ages[2]).toBeLessThan(120);
    expect(new Set(got.map((headers) => headers["webhook-id"])).size).toBe(3);
    expect(await shown(made.endpoint)).toMatchObject({
      verifies: { ok: true, at: body.at },
      health: { state: "ok", lastSuccessAt: null },
    });
    await product.api.patch(at(`/${made.endpoint}`), { url: `${url}/elsewhere` }, maker.key);
    expect((await shown(made.endpoint)).verifies).toBe(null);
  });

  test("is passed by the example company's server", async () => {
    const port = await freePort();
    const made = await add(`http://127.0.0.1:${port}/webhooks`);
    const program = new Program("the company's server", "examples/maker-server/server.ts", {
      PORT: String(port),
      TWINS_URL: product.server.url,
      MAKER: maker.domain,
      WEBHOOK_SECRET: made.secret,
      INBOUND_SECRET: maker.inboundSecret,
    });
    try {
      await program.address();
      const { body } = await check(made.endpoint);
      expect(body.steps.map((step: { ok: boolean }) => step.ok)).toEqual([true, true, true]);
      expect(body.verifies).toBe(true);
    } finally {
      await program.stop();
    }
  });

  const careless: readonly [string, (secret: string) => Answering, readonly boolean[], string][] = [
    ["takes anything", () => () => 200, [false, false, true], "anyone could make it believe"],
    [
      "minds no age",
      (secret) => (h, b) => (signed(secret, h, b) ? 200 : 401),
      [true, false, true],
      "webhook-timestamp",
    ],
    ["refuses everything", () => () => 401, [true, true, false], "newest secret"],
    [
      "is in trouble when it should refuse",
      (secret) => (h, b) => (verified(secret, h, b) ? 200 : 500),
      [false, false, true],
      "Refuse with 401",
    ],
    ["sends elsewhere", () => () => 302, [false, false, false], "answered 302"],
  ];
  test.each(careless)("finds the one that %s, and says what to do", async (_, answering, steps, words) => {
    let answer: Answering = () => 503;
    const { url } = await serve((headers, body) => answer(headers, body));
    const made = await add(url);
    answer = answering(made.secret);
    const { body } = await check(made.endpoint);
    expect(body.verifies).toBe(false);
    expect(body.steps.map((step: { ok: boolean }) => step.ok)).toEqual(steps);
    expect(body.steps.find((step: { ok: boolean }) => !step.ok).detail).toContain(words);
    expect((await shown(made.endpoint)).verifies).toEqual({ ok: false, at: body.at });
    // Nothing of it counts for or against the endpoint.
    expect((await shown(made.endpoint)).health).toMatchObject({ state: "ok", lastSuccessAt: null });
    await product.api.delete(at(`/${made.endpoint}`), maker.key);
  });

  test("says of one that is down that it could not be reached, and asks no further", async () => {
    const made = await add(`http://127.0.0.1:${await freePort()}/`);
    const { body } = await check(made.endpoint);
    expect(body.verifies).toBe(false);
    expect(body.steps.map(({ status, ok }: { status: null; ok: boolean }) => [status, ok])).toEqual([
      [null, false],
      [null, false],
      [null, false],
    ]);
    expect(body.steps[0].detail).toBe("Your server could not be reached.");
    expect(body.steps[2]).toMatchObject({ ms: null, detail: expect.stringContaining("Not tried") });
  });

  test("is the company's own: no other company's key, no other company's endpoint, no lesser role", async () => {
    const { url, got } = await serve(() => 200);
    const { endpoint } = await add(url);
    const other = await join(product.api, product.server.operatorKey);
    const agent = (await product.api.post(`/v1/makers/${maker.domain}/keys`, { label: "A", role: "agent" }, maker.key))
      .body.key as string;
    expect((await check(endpoint, other.key)).status).toBe(401);
    expect((await check(endpoint, agent)).status).toBe(403);
    const foreign = `/v1/makers/${other.domain}/endpoints/${endpoint}/check`;
    expect((await product.api.post(foreign, {}, other.key)).status).toBe(404);
    expect(got).toEqual([]);
  });
});

describe("the list of deliveries", () => {
  test("has what was under way when the server was killed, and a replay sends it again under its id", async () => {
    const { api, server } = product;
    const company = await join(api, server.operatorKey);
    const { id: endpoint, hook } = await subscribe(product, company, () => OK, ["note.sent"]);
    const owner = await claim(api, company);
    await agree(api, owner);
    const killed = Promise.withResolvers<void>();
    hook.script = () => {
      hook.script = () => OK;
      killed.resolve(server.kill9());
      return answers(500);
    };
    await write(api, owner, "it squeaks", { send: true }).catch(() => null);
    await killed.promise;
    await server.start();
    // Without it the twin would wake when the lease of what was cut off is over.
    await write(api, owner, "it still squeaks", { send: true });
    const path = `/v1/makers/${company.domain}/deliveries?endpoint=${endpoint}`;
    const listed = (): Promise<any[]> => api.get(path, company.key).then(({ body }) => body.items);
    const items = await eventually(
      listed,
      (all) => all.length === 2 && all.every(({ state }) => state === "delivered"),
      90_000,
    );
    const delivery = items[1];
    expect(delivery).toMatchObject({ type: "note.sent", twin: owner.twin, seq: 2 });
    expect(delivery.attempts.length).toBeGreaterThan(1);
    expect(delivery.attempts.at(-1)).toMatchObject({ status: 200, outcome: "delivered", reason: null });
    const before = hook.arrivals.length;
    const again = await api.post(
      `/v1/makers/${company.domain}/deliveries/replay`,
      { endpoint, event: delivery.event },
      company.key,
    );
    expect(again.body).toEqual({ queued: 1, gone: 0, endpoint: "ok" });
    await hook.until(() => hook.arrivals.length > before, "the replay");
    expect(hook.arrivals.at(-1)).toMatchObject({ id: delivery.event, body: { data: { seq: 2 } } });
  });
});
