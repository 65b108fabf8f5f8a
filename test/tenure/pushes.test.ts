// Pushes: what is news to whom, each told once, tried again while there is hope, and never in the way of what goes to a company.

import { runDurableObjectAlarm } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { agree, claim, join, write, type TestMaker, type TestOwner } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { answer, due, PushService, subscriptions, taken, type Phone } from "./push-service.ts";
import { TwoSides } from "./two-sides.ts";
import {
  alarmAt,
  channelWith,
  DAY_MS,
  HOUR_MS,
  makerOf,
  MINUTE_MS,
  pass,
  path,
  rest,
  startTwin,
  stillClock,
  tenureOf,
} from "./world.ts";

stillClock();

const LEASE_MS = 30_000;

type Talk = { service: PushService; maker: TestMaker; owner: TestOwner; note: string };

/** An owner and a company who agreed, with a note that was sent. */
async function talk(): Promise<Talk> {
  const service = new PushService();
  const maker = await join(api, operator);
  const owner = await claim(api, maker);
  await agree(api, owner);
  const { id: note } = await write(api, owner, "planted-question", { send: true, title: "planted-title" });
  await rest(tenureOf(owner));
  return { service, maker, owner, note };
}

async function reply({ maker, owner, note }: Omit<Talk, "service">, more: object = {}): Promise<void> {
  const { status, body } = await api.post(
    `/v1/makers/${maker.domain}/threads/${owner.twin}/${note}/messages`,
    { text: "planted-answer", ...more },
    maker.key,
  );
  if (status !== 201) throw new Error(`the reply answered ${status} ${JSON.stringify(body)}`);
}

/** A twin with one phone, and something it is told of. */
async function told(): Promise<{ service: PushService; phone: Phone }> {
  const service = new PushService();
  const phone = await service.phone(await startTwin());
  await api.post("/v1/recoveries", { code: phone.recoveryCode });
  return { service, phone };
}

describe("news", () => {
  test("of a company's answer names the twin and the note, and says no word of anyone's", async () => {
    const { service, ...scene } = await talk();
    const phone = await service.phone(scene.owner);
    await reply(scene, { outcome: "answered", author: { name: "planted-author" } });
    await service.rest(scene.owner);
    expect(await phone.news()).toEqual([{ twin: scene.owner.twin, about: "answer", note: scene.note }]);
    const [{ headers, body }] = service.arrivals as [any];
    const sent =
      JSON.stringify([...headers]) + (await phone.browser.open(body)) + new TextDecoder("latin1").decode(body);
    expect(sent).not.toMatch(/planted|Model/);
    expect(headers.get("urgency")).toBe("high");
    expect(await due(scene.owner)).toEqual([]);
  });

  test.each([
    ["accepted", { decision: "accepted" }],
    ["refused", { decision: "refused", reason: "planted" }],
    ["countered", { decision: "countered", chosen: "SD-BASE-AT", reason: "planted" }],
  ])("of terms that a company's person %s is told once, with the twin's name alone", async (_, decision) => {
    const service = new PushService();
    const sides = await TwoSides.meet({ "SD-BASE-DP": "hold" });
    const { id } = await sides.proffer();
    const phone = await service.phone(sides.owner);
    expect((await sides.decide(id, decision)).status).toBe(200);
    await service.rest(sides.owner);
    expect(await phone.news()).toEqual([{ twin: sides.owner.twin, about: "terms" }]);
  });

  test("of terms that the company ended is told; of those that the owner ended, confirmed or took back is not", async () => {
    const service = new PushService();
    const sides = await TwoSides.meet({ "SD-BASE-DP": "counter:SD-BASE" });
    const countered = await sides.proffer();
    const phone = await service.phone(sides.owner);
    await sides.act(countered.id, "confirm", { decision: "accepted" });
    await sides.act(countered.id, "terminate");
    await service.rest(sides.owner);
    expect(await phone.news()).toEqual([]);
    await sides.policy({ "SD-BASE-DP": "accept" });
    const other = await TwoSides.meet({ "SD-BASE-DP": "accept" });
    const { id } = await other.proffer();
    const elsewhere = await service.phone(other.owner);
    expect((await other.end(id)).status).toBe(200);
    await service.rest(other.owner);
    expect(await elsewhere.news()).toEqual([{ twin: other.owner.twin, about: "terms" }]);
  });

  test("that answers a call goes to the other channels, not to the one that asked", async () => {
    const service = new PushService();
    const { owner } = await TwoSides.meet({ "SD-BASE-DP": "accept" });
    const asking = await service.phone(owner);
    const other = await service.phone(await channelWith(owner, ["owner"]));
    expect((await agree(api, owner)).state).toBe("accepted");
    await service.rest(owner);
    expect([await asking.news(), await other.news()]).toEqual([[], [{ twin: owner.twin, about: "terms" }]]);
  });

  test("of a proffer that waited for its company comes when the company's first policy decides it", async () => {
    const service = new PushService();
    const maker = await join(api, operator, null);
    const owner = await claim(api, maker);
    expect((await agree(api, owner)).state).toBe("proffered");
    const phone = await service.phone(owner);
    await api.put(`/v1/makers/${maker.domain}/policy`, { rules: { "SD-BASE-DP": "accept" } }, maker.key);
    await rest(makerOf(maker));
    await service.rest(owner);
    expect(await phone.news()).toEqual([{ twin: owner.twin, about: "terms" }]);
  });

  test("of a recovery is told to every channel, once", async () => {
    const service = new PushService();
    const owner = await startTwin();
    const [own, helper] = [await service.phone(owner), await service.phone(await channelWith(owner, ["twin:read"]))];
    await api.post("/v1/recoveries", { code: owner.recoveryCode });
    await api.post("/v1/recoveries", { code: owner.recoveryCode });
    await service.rest(owner);
    for (const phone of [own, helper]) expect(await phone.news()).toEqual([{ twin: owner.twin, about: "recovery" }]);
    expect(service.arrivals[0]!.headers.get("urgency")).toBe("high");
  });

  test("of a warranty's end is told to owners, on its day", async () => {
    const service = new PushService();
    const owner = await startTwin();
    const [own, helper] = [await service.phone(owner), await service.phone(await channelWith(owner, ["twin:read"]))];
    const warrantyUntil = new Date(Date.now() + 40 * DAY_MS).toISOString().slice(0, 10);
    await api.put(path(owner, "/papers"), { warrantyUntil, price: "planted" }, owner.token);
    await service.rest(owner);
    expect(service.arrivals).toEqual([]);
    pass(11 * DAY_MS);
    await service.rest(owner);
    expect([await own.news(), await helper.news()]).toEqual([[{ twin: owner.twin, about: "papers" }], []]);
  });

  test("is not what the owner does", async () => {
    const { service, ...scene } = await talk();
    const { owner, note } = scene;
    const phone = await service.phone(await channelWith(owner, ["owner"]));
    await api.post(path(owner, `/notes/${note}/messages`), { text: "And?" }, owner.token);
    await write(api, owner, "Another.", { send: true });
    await api.patch(path(owner, `/notes/${note}`), { text: "Better." }, owner.token);
    await channelWith(owner, ["twin:read"]);
    await service.rest(owner);
    expect([await phone.news(), await due(owner)]).toEqual([[], []]);
  });

  test.each([
    [["twin:read"], false],
    [["twin:read", "notes:read"], false],
    [["twin:read", "messages:read"], true],
    [["twin:read", "notes:own", "messages:read"], false],
    [["twin:read", "notes:read", "messages:read"], true],
    [["twin:read", "agreements:read"], false],
    [["owner"], true],
  ])("of an answer to a channel with %j, for a note of another: %s", async (scopes, isTold) => {
    const { service, ...scene } = await talk();
    const phone = await service.phone(await channelWith(scene.owner, scopes));
    await reply(scene);
    await service.rest(scene.owner);
    expect(await phone.news()).toHaveLength(isTold ? 1 : 0);
  });

  test("of an answer to its own note is told to a channel that sees only those", async () => {
    const { service, ...scene } = await talk();
    const scopes = ["twin:read", "notes:own", "notes:write", "notes:send", "messages:read"];
    const phone = await service.phone(await channelWith(scene.owner, scopes));
    const { id: note } = await write(api, phone, "Mine.", { send: true });
    await reply({ ...scene, note });
    await service.rest(scene.owner);
    expect(await phone.news()).toEqual([{ twin: scene.owner.twin, about: "answer", note }]);
  });
});

describe("what is not sent yet", () => {
  test("is at most one a channel, note and subject", async () => {
    const { service, ...scene } = await talk();
    const { owner, maker, note } = scene;
    const phone = await service.phone(owner);
    const { id: second } = await write(api, owner, "Also.", { send: true });
    for (const about of [note, note, second, note]) await reply({ ...scene, note: about });
    await api.post(
      `/v1/makers/${maker.domain}/agreements/${(await agreementOf(owner)).id}/terminate`,
      { reason: "x" },
      maker.key,
    );
    expect((await due(owner)).map(({ about }) => about)).toEqual(["answer", "answer", "terms"]);
    await service.rest(owner);
    expect(new Set((await phone.news()).map(({ about, note }) => `${about} ${note}`))).toEqual(
      new Set([`answer ${note}`, `answer ${second}`, "terms undefined"]),
    );
    expect(service.arrivals).toHaveLength(3);
  });

  test("is told again when more happened while it was being sent", async () => {
    const { service, ...scene } = await talk();
    const phone = await service.phone(scene.owner);
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const { promise: answered, resolve } = Promise.withResolvers<Response>();
    service.answers = () => (ask(), answered);
    await reply(scene);
    await rest(tenureOf(scene.owner));
    await asked;
    await reply(scene, { text: "And one thing more." });
    service.answers = taken;
    resolve(answer(201));
    await service.sent(scene.owner);
    await service.rest(scene.owner);
    expect([await phone.news(), await due(scene.owner)]).toMatchObject([{ length: 2 }, []]);
    expect(new Set(service.arrivals.map(({ headers }) => headers.get("topic"))).size).toBe(1);
  });

  test("is not taken away with a subscription that was made anew meanwhile", async () => {
    const { service, ...scene } = await talk();
    const { owner } = scene;
    const old = await service.phone(owner);
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const { promise: answered, resolve } = Promise.withResolvers<Response>();
    service.answers = () => (ask(), answered);
    await reply(scene);
    await rest(tenureOf(owner));
    await asked;
    await api.delete(path(owner, "/push"), owner.token);
    const anew = await service.phone(owner);
    await reply(scene);
    service.answers = taken;
    resolve(answer(201));
    await service.sent(owner);
    await service.rest(owner);
    expect([(await old.news()).length, (await anew.news()).length]).toEqual([1, 1]);
  });
});

const agreementOf = async (owner: TestOwner) => (await api.get(path(owner, "/agreements"), owner.token)).body.items[0];

describe("a push service that answers", () => {
  test.each([404, 410])("%i ends the subscription", async (status) => {
    const { service, phone } = await told();
    service.answers = () => answer(status);
    await service.rest(phone);
    expect([await subscriptions(phone), await due(phone), service.arrivals.length]).toEqual([0, [], 1]);
    expect((await api.get(path(phone, "/push"), phone.token)).body).toEqual({ on: false });
    expect(await alarmAt(tenureOf(phone))).toBe(null);
  });

  test("410 for an address that the browser left meanwhile ends nothing, and the new one is told", async () => {
    const { service, phone } = await told();
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const { promise: answered, resolve } = Promise.withResolvers<Response>();
    service.answers = () => (ask(), answered);
    await rest(tenureOf(phone));
    await asked;
    const anew = await service.phone(phone);
    service.answers = taken;
    resolve(answer(410));
    await service.sent(phone);
    await service.rest(phone);
    expect([await anew.news(), await subscriptions(phone)]).toEqual([[{ twin: phone.twin, about: "recovery" }], 1]);
  });

  test.each([400, 401, 403, 413, 302])("%i is not asked again, and keeps the subscription", async (status) => {
    const { service, phone } = await told();
    service.answers = () => answer(status);
    await service.rest(phone);
    expect([await due(phone), service.arrivals.length, await subscriptions(phone)]).toEqual([[], 1, 1]);
  });

  test.each([
    ["503", () => answer(503)],
    ["429", () => answer(429)],
    ["nothing, as it can't be reached", () => Promise.reject(new TypeError("no route"))],
  ])("%s is asked six times within a day or so, and then no more", async (_, answering) => {
    const { service, phone } = await told();
    service.answers = answering;
    await service.rest(phone);
    for (const [tries, waits] of [MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, 17 * HOUR_MS].entries()) {
      expect(service.arrivals).toHaveLength(tries + 1);
      const at = (await alarmAt(tenureOf(phone)))!;
      expect(at - Date.now()).toBeGreaterThanOrEqual(waits);
      expect(at - Date.now()).toBeLessThanOrEqual(1.2 * waits);
      pass(waits - 1_000);
      await service.rest(phone);
      expect(service.arrivals).toHaveLength(tries + 1);
      pass(at - Date.now());
      await service.rest(phone);
    }
    expect([service.arrivals.length, await due(phone), await alarmAt(tenureOf(phone))]).toEqual([6, [], null]);
    expect(await subscriptions(phone)).toBe(1);
  });

  test("429 with Retry-After is left in peace so long, though more happens, and then takes it", async () => {
    const { service, ...scene } = await talk();
    const phone = await service.phone(scene.owner);
    service.answers = () => answer(429, { "Retry-After": "7200" });
    await reply(scene);
    await service.rest(scene.owner);
    await reply(scene);
    pass(2 * HOUR_MS - 1_000);
    await service.rest(scene.owner);
    expect(service.arrivals).toHaveLength(1);
    service.answers = taken;
    pass(2_000);
    await service.rest(scene.owner);
    expect([(await phone.news()).length, await due(scene.owner)]).toEqual([2, []]);
  });
});

describe("a push service that hangs", () => {
  const hanging = async () => {
    const scene = await talk();
    const { service, maker, owner } = scene;
    for (let phones = 0; phones < 4; phones++) await service.phone(await channelWith(owner, ["owner"]));
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const { promise: answered, resolve } = Promise.withResolvers<Response>();
    service.answers = () => (ask(), answered);
    const hooks: string[] = [];
    service.elsewhere = ({ body }) => {
      hooks.push(JSON.parse(body as unknown as string).type);
      return answer(200);
    };
    await api.post(`/v1/makers/${maker.domain}/endpoints`, { url: "http://127.0.0.1:9/hook" }, maker.key);
    await reply(scene);
    /** It comes back: what hung failed, and the rest is taken. */
    const end = async () => {
      service.answers = taken;
      resolve(answer(503));
      await service.sent(owner);
    };
    return { ...scene, asked, hooks, end };
  };

  test("keeps no note from its company, and no alarm from ringing", async () => {
    const { owner, asked, hooks, service, end } = await hanging();
    await runDurableObjectAlarm(tenureOf(owner));
    await asked;
    for (let notes = 0; notes < 3; notes++) {
      const { id } = await write(api, owner, "Meanwhile.", { send: true });
      await rest(tenureOf(owner));
      const { body } = await api.get(path(owner, `/notes/${id}`), owner.token);
      expect(body.relay.state).toBe("delivered");
    }
    expect(hooks).toEqual(["note.sent", "note.sent", "note.sent"]);
    expect(service.arrivals).toHaveLength(2);
    // Nobody looks in vain before one of the two may have failed.
    expect((await alarmAt(tenureOf(owner)))! - Date.now()).toBeGreaterThan(LEASE_MS / 2);
    await end();
    expect(service.arrivals).toHaveLength(4);
  });

  test("has each try written down before it begins, to be made again a lease later should the process die meanwhile", async () => {
    const { owner, asked, end } = await hanging();
    await rest(tenureOf(owner));
    await asked;
    const lease = (await due(owner)).filter(({ tries }) => tries === 1).map(({ at }) => at - Date.now());
    expect(lease).toHaveLength(2);
    for (const left of [...lease, (await alarmAt(tenureOf(owner)))! - Date.now()]) {
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThanOrEqual(LEASE_MS);
    }
    await end();
    expect((await due(owner)).map(({ tries }) => tries)).toEqual([1, 1]);
  });
});
