// A maker's one alarm: never put off by a later wish, and cheap to keep however much erased twins left behind.

import { env } from "cloudflare:workers";
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { afterEach, expect, it, vi } from "vitest";
import type { Ask, AttemptReport } from "../../src/domain/exchange.ts";
import type { EndpointId } from "../../src/domain/ids.ts";
import type { Maker } from "../../src/maker/maker.ts";
import { newId } from "../../src/platform/random.ts";
import { Tenure } from "../../src/tenure/tenure.ts";
import { ask, joinedMaker } from "../support/maker-world.ts";

const LEAVE: Ask = { want: 1, idle: [], fresh: [] };
const PROBE_MS = 30_000;
/** Sooner than the probe, and late enough not to ring within the test. */
const SOON_MS = 20_000;
const WAIT = { timeout: 20_000, interval: 10 };

afterEach(() => {
  vi.restoreAllMocks();
});

const answered = (endpoint: EndpointId, url: string): AttemptReport => ({
  endpoint,
  url,
  probe: false,
  outcome: "retry",
  startedAt: Date.now(),
  at: Date.now(),
  retryAfterMs: null,
});
const listening = async () => {
  const maker = await joinedMaker();
  const url = `https://${maker.domain}.com/in`.replace(".example.com", ".example.org");
  const { body } = await ask("POST", `${maker.path}/endpoints`, {
    token: maker.key,
    body: { url, processor: "Hooks Ltd" },
  });
  return { stub: env.MAKER.getByName(maker.domain), endpoint: body.endpoint as EndpointId, url };
};
const downEndpoint = async () => {
  const { stub, endpoint, url } = await listening();
  return { stub, failures: Array.from({ length: 5 }, () => answered(endpoint, url)) };
};

it("is set for the next probe, and stays where it was set sooner before the object began", async () => {
  const { stub, failures } = await downEndpoint();
  const soon = Date.now() + SOON_MS;
  await runInDurableObject(stub, async (maker: Maker, { storage }) => {
    maker.report("twin_a", failures);
    await maker.admit("twin_a", LEAVE);
    expect(await storage.getAlarm()).toBeGreaterThanOrEqual(failures[0]!.at + PROBE_MS);
    await storage.setAlarm(soon);
  });
  await evictDurableObject(stub);
  await runInDurableObject(stub, async (maker: Maker, { storage }) => {
    expect((await maker.admit("twin_b", LEAVE)).parked).toHaveLength(1);
    expect(await storage.getAlarm()).toBe(soon);
  });
});

it("is kept without a look at what erased twins left when a courier asks for leave or reports", async () => {
  const { stub, failures } = await downEndpoint();
  await runInDurableObject(stub, async (maker: Maker, { storage }) => {
    // Of this maker alone: others' couriers look whenever they like.
    const asked = vi.spyOn(storage.sql, "exec");
    const looks = (): string[] => asked.mock.calls.map(([query]) => query).filter((query) => /\bline\b/.test(query));
    maker.report("twin_a", failures);
    await maker.admit("twin_a", LEAVE);
    expect(asked).toHaveBeenCalled();
    expect(looks()).toEqual([]);
    await maker.alarm();
    expect(looks()).not.toEqual([]);
  });
});

it("wakes who waits for an endpoint while what an erased twin left is still being sent", async () => {
  const { stub, endpoint, url } = await listening();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  // Other makers' objects send and wake as well meanwhile.
  const asked = vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    if (input === url) await released;
    return new Response("", { status: 200 });
  });
  const waits = env.TENURE.idFromName("twin_waits");
  const woken = vi.spyOn(Tenure.prototype, "wake");
  const isWoken = () => woken.mock.contexts.some((tenure) => waits.equals(Reflect.get(tenure as object, "ctx").id));
  const signals = [{ seq: 1, event: newId("evt"), type: "twin.erased", at: Date.now(), data: {} }];
  await stub.takeOver({ twin: "twin_gone", signals, lines: [] });
  await vi.waitFor(() => expect(asked).toHaveBeenCalledWith(url, expect.anything()), WAIT);
  await runInDurableObject(stub, async (maker: Maker) => {
    // A late answer of an address before: its twin is to be woken.
    maker.report("twin_waits", [answered(endpoint, `${url}/before`)]);
  });
  await vi.waitFor(() => expect(isWoken()).toBe(true), WAIT);
  release();
  await runInDurableObject(stub, (_: Maker, { storage }) =>
    vi.waitFor(() => expect([...storage.sql.exec("SELECT * FROM outgoing")]).toEqual([]), WAIT),
  );
});
