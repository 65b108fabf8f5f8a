// The list of deliveries and replay, from a company's own key, through the real objects, their alarms and a receiver that answers as told.

import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { deskShardOf } from "../../src/platform/stubs.ts";
import { newId } from "../../src/platform/random.ts";
import { rootOf } from "../../src/platform/root.ts";
import type { ListedDelivery } from "../../src/domain/delivery.ts";
import type { TwinId } from "../../src/domain/ids.ts";
import { agree, claim, join, write, type TestMaker, type TestOwner } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { deskOf, everything, HOUR_MS, makerOf, MINUTE_MS, pass, rest, stillClock, tenureOf } from "../tenure/world.ts";

stillClock();

type Hook = { id: string; body: { type: string; data: { seq: number; prev: number | null; [more: string]: unknown } } };
let hooks: Hook[] = [];
/** Addresses of this test's own: what other companies' objects still send meanwhile is not its business. */
const ours = new Set<string>();
let answer: (hook: Hook) => Response | number = () => 200;

beforeEach(() => {
  hooks = [];
  ours.clear();
  answer = () => 200;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    if (!ours.has(input as string)) return new Response("ok");
    const hook = { id: new Headers(init?.headers).get("webhook-id")!, body: JSON.parse(init?.body as string) };
    hooks.push(hook);
    const given = answer(hook);
    return typeof given === "number" ? new Response(`said ${given}`, { status: given }) : given;
  });
});

const at = (maker: TestMaker, rest: string): string => `/v1/makers/${maker.domain}${rest}`;
const listen = async (maker: TestMaker, types?: string[]): Promise<string> => {
  const body = { url: `https://${maker.domain}/in`, ...(types && { types }) };
  ours.add(body.url);
  return (await api.post(at(maker, "/endpoints"), body, maker.key)).body.endpoint;
};
const list = async (maker: TestMaker, query = ""): Promise<any[]> => {
  const { status, body } = await api.get(at(maker, `/deliveries${query}`), maker.key);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body.items;
};
const replay = (maker: TestMaker, body: object, key = maker.key) =>
  api.post(at(maker, "/deliveries/replay"), body, key);
const lines = (items: any[]): string[] => items.map(({ seq, type, state }) => `${seq} ${type} ${state}`);

async function setting(): Promise<{ maker: TestMaker; owner: TestOwner; endpoint: string }> {
  const maker = await join(api, operator);
  const endpoint = await listen(maker);
  const owner = await claim(api, maker);
  await agree(api, owner);
  pass(1);
  return { maker, owner, endpoint };
}
/** A note that was sent, once everything that is due has gone out and been told. */
async function sent(owner: TestOwner, text: string): Promise<string> {
  const { id } = await write(api, owner, text, { send: true });
  pass(1);
  await rest(tenureOf(owner));
  return id;
}

describe("the list of deliveries", () => {
  it("has every event at every endpoint with its attempts, newest first, and what each answered", async () => {
    const { maker, owner, endpoint } = await setting();
    const other = await listen(maker, ["note.sent"]);
    answer = ({ body }) => (body.type === "note.sent" ? 500 : 200);
    const note = await sent(owner, "it squeaks");
    const items = await list(maker);
    expect(lines(items)).toEqual(["2 note.sent delayed", "2 note.sent delayed", "1 agreement.accepted delivered"]);
    expect(
      items
        .map((item) => item.endpoint)
        .slice(0, 2)
        .toSorted(),
    ).toEqual([endpoint, other].toSorted());
    expect(items[0]).toMatchObject({
      event: expect.stringMatching(/^evt_/),
      twin: owner.twin,
      note,
      reason: "Your server answered 500.",
      attempts: [{ n: 1, status: 500, outcome: "retry", reason: "Your server answered 500.", head: "said 500" }],
    });
    expect(Date.parse(items[0].nextAt)).toBeGreaterThan(Date.now());
    expect(items[2]).toMatchObject({ note: null, reason: null, nextAt: null, attempts: [{ status: 200 }] });
    expect(JSON.stringify(items)).not.toContain("squeaks");
    pass(6_000);
    answer = () => 200;
    await rest(tenureOf(owner));
    const later = await list(maker, `?endpoint=${endpoint}`);
    expect(lines(later)).toEqual(["2 note.sent delivered", "1 agreement.accepted delivered"]);
    expect(later[0].attempts.map((attempt: any) => [attempt.n, attempt.status])).toEqual([
      [1, 500],
      [2, 200],
    ]);
  });

  it("says why an event waits that was not tried at all", async () => {
    const { maker, owner, endpoint } = await setting();
    await api.patch(at(maker, `/endpoints/${endpoint}`), { enabled: false }, maker.key);
    await sent(owner, "it squeaks");
    expect((await list(maker, "?state=delayed&type=note.sent"))[0]).toMatchObject({
      attempts: [],
      reason: "Your server has its endpoint switched off.",
      nextAt: null,
    });
    await api.delete(at(maker, `/endpoints/${endpoint}`), maker.key);
    await listen(maker, ["twin.erased"]);
    pass(HOUR_MS + 1);
    await sent(owner, "and again");
    expect(await list(maker, `?endpoint=${endpoint}&state=delayed`)).toEqual([]);
  });

  it("is the same read whole and page by page over all shards, whatever is asked for", async () => {
    const domain = `m${crypto.randomUUID().slice(0, 8)}.example`;
    const { body: made } = await api.post("/v1/makers", { domain, name: "Many", deskShards: 5 }, operator);
    const maker = { domain, key: made.key, inboundSecret: made.inboundSecret };
    const endpoints = [newId("ep"), newId("ep")];
    const states = ["delivered", "dead", "delayed"] as const;
    const began = Date.now();
    const all: ListedDelivery[] = [];
    for (let n = 0; n < 12; n++) {
      const twin = await rootOf(env).twinId(newId("evt").slice(4, 20), 1);
      const note = newId("note");
      const deliveries = [1, 2, 3, 4].flatMap((seq) => {
        const event = newId("evt");
        return endpoints.map((endpoint, e): ListedDelivery => ({
          event,
          twin,
          note,
          seq,
          endpoint,
          type: seq % 2 === 0 ? "note.sent" : "message.posted",
          state: states[(n + seq + e) % 3]!,
          reason: null,
          nextAt: null,
          // Many in the same millisecond.
          createdAt: began + ((n + seq) % 5),
          updatedAt: began + 10,
          attempts: [],
        }));
      });
      all.push(...deliveries);
      const desk = env.DESK.getByName(`${domain}/${deskShardOf(twin, 5)}`);
      await desk.delivered({ maker: domain, twin, version: 1, seqs: [1, 2, 3, 4], deliveries });
    }
    const paged = async (query: string): Promise<any[]> => {
      const items: any[] = [];
      for (let next: string | null = ""; next !== null;) {
        const path = at(maker, `/deliveries?limit=7${query}${next && `&cursor=${next}`}`);
        const page: { items: any[]; next: string | null } = (await api.get(path, maker.key)).body;
        expect(page.items.length).toBeLessThanOrEqual(7);
        items.push(...page.items);
        next = page.next;
      }
      return items;
    };
    const names = (items: { event: string; endpoint: string }[]): string[] =>
      items.map(({ event, endpoint }) => `${event} ${endpoint}`);
    const whole = await list(maker, "?limit=200");
    expect(names(whole).toSorted()).toEqual(names(all).toSorted());
    expect(whole.map((item) => item.createdAt)).toEqual(
      whole
        .map((item) => item.createdAt)
        .toSorted()
        .toReversed(),
    );
    const iso = (ms: number): string => encodeURIComponent(new Date(ms).toISOString());
    const some = all[20]!;
    for (const [query, wanted] of [
      ["", () => true],
      ["&state=dead", (d) => d.state === "dead"],
      ["&state=delivered", (d) => d.state === "delivered"],
      [`&endpoint=${endpoints[1]}`, (d) => d.endpoint === endpoints[1]],
      [`&twin=${some.twin}`, (d) => d.twin === some.twin],
      [`&note=${some.note}&state=delayed`, (d) => d.note === some.note && d.state === "delayed"],
      ["&type=note.sent", (d) => d.type === "note.sent"],
      [`&from=${iso(began + 1)}&to=${iso(began + 3)}`, (d) => d.createdAt > began && d.createdAt < began + 3],
    ] as [string, (delivery: ListedDelivery) => boolean][]) {
      const expected = new Set(names(all.filter(wanted)));
      expect(expected.size).toBeGreaterThan(0);
      expect([query, names(await paged(query))]).toEqual([query, names(whole).filter((name) => expected.has(name))]);
    }
    for (const query of ["state=lost", "cursor=MTIz", "from=yesterday", "endpoint=x", "type=note.read", "limit=0"]) {
      expect([query, (await api.get(at(maker, `/deliveries?${query}`), maker.key)).status]).toEqual([query, 422]);
    }
    expect(await list(maker, "?twin=nobody")).toEqual([]);
  });

  it("is one company's own, and its admins'", async () => {
    const { maker, owner } = await setting();
    await sent(owner, "it squeaks");
    const other = await join(api, operator);
    expect(await list(other, `?twin=${owner.twin}`)).toEqual([]);
    expect((await api.get(at(maker, "/deliveries"), other.key)).status).toBe(401);
    const { body: agent } = await api.post(at(maker, "/keys"), { label: "A", role: "agent" }, maker.key);
    expect((await api.get(at(maker, "/deliveries"), agent.key)).status).toBe(403);
    expect((await replay(maker, { endpoint: newId("ep"), event: newId("evt") }, agent.key)).status).toBe(403);
  });
});

describe("an endpoint that failed and answers again", () => {
  const health = async (maker: TestMaker, endpoint: string): Promise<string> =>
    (await api.get(at(maker, `/endpoints/${endpoint}`), maker.key)).body.health.state;
  /** Down for so long that the next probe is minutes away, and up again. */
  async function missed(): Promise<{ maker: TestMaker; owner: TestOwner; endpoint: string; event: string }> {
    const { maker, owner, endpoint } = await setting();
    await rest(tenureOf(owner));
    answer = () => 503;
    await sent(owner, "it squeaks");
    for (let minutes = 0; minutes < 25; minutes += 0.5) {
      pass(MINUTE_MS / 2);
      await rest(tenureOf(owner));
      await rest(makerOf(maker));
      await rest(tenureOf(owner));
    }
    expect(await health(maker, endpoint)).toBe("failing");
    answer = () => 200;
    hooks = [];
    const [{ event }] = await list(maker, "?type=note.sent");
    return { maker, owner, endpoint, event };
  }
  /** Lets what is due happen; far less passes than until the next probe. */
  async function soon(maker: TestMaker, owner: TestOwner): Promise<string[]> {
    pass(1);
    await rest(makerOf(maker));
    await rest(tenureOf(owner));
    return hooks.map(({ body }) => body.type);
  }

  it("gets what waits at once when it took in a test or the check's right event, and not when it did not", async () => {
    for (const trial of ["test", "check"] as const) {
      const { maker, owner, endpoint } = await missed();
      expect(await soon(maker, owner)).toEqual([]);
      answer = () => 503;
      await api.post(at(maker, `/endpoints/${endpoint}/${trial}`), {}, maker.key);
      expect(new Set(await soon(maker, owner))).toEqual(new Set(["endpoint.test"]));
      answer = () => 200;
      hooks = [];
      expect((await api.post(at(maker, `/endpoints/${endpoint}/${trial}`), {}, maker.key)).status).toBe(200);
      expect(await soon(maker, owner)).toContain("note.sent");
      expect(await health(maker, endpoint)).toBe("ok");
    }
  });

  it("is tried at once when events are sent there again, which says that it is failing", async () => {
    const { maker, owner, endpoint, event } = await missed();
    expect((await replay(maker, { endpoint, event })).body).toEqual({ queued: 1, gone: 0, endpoint: "failing" });
    await soon(maker, owner);
    expect(await health(maker, endpoint)).toBe("ok");
    expect((await replay(maker, { endpoint, event })).body.endpoint).toBe("ok");
    await api.patch(at(maker, `/endpoints/${endpoint}`), { enabled: false }, maker.key);
    expect((await replay(maker, { endpoint, event })).body.endpoint).toBe("off");
  });
});

describe("a replay", () => {
  it("sends one dead event again, alone, under its id and with its prev, and nothing else moves", async () => {
    const { maker, owner, endpoint } = await setting();
    answer = ({ body }) => (body.data.seq === 2 ? 400 : 200);
    await sent(owner, "it squeaks");
    pass(6_000);
    await rest(tenureOf(owner));
    pass(11 * MINUTE_MS);
    await rest(tenureOf(owner));
    await sent(owner, "it still squeaks");
    expect(lines(await list(maker)).toSorted()).toEqual([
      "1 agreement.accepted delivered",
      "2 note.sent dead",
      "2 thread.gap delivered",
      "3 note.sent delivered",
    ]);
    const [dead] = await list(maker, "?state=dead");
    expect(dead.reason).toBe("Your server answered 400.");
    answer = () => 200;
    hooks = [];
    const { status, body } = await replay(maker, { endpoint, event: dead.event });
    expect([status, body]).toEqual([200, { queued: 1, gone: 0, endpoint: "ok" }]);
    pass(1);
    await rest(tenureOf(owner));
    expect(hooks.map(({ id, body: { type, data } }) => [id, type, data.seq, data.prev])).toEqual([
      [dead.event, "note.sent", 2, 1],
    ]);
    expect(lines(await list(maker, "?state=dead"))).toEqual([]);
    expect((await list(maker, `?note=${dead.note}`))[0].attempts).toHaveLength(dead.attempts.length + 1);
    // What comes after is not held up by one that fails again.
    answer = ({ body: { data } }) => (data.seq === 2 ? 500 : 200);
    await replay(maker, { endpoint, event: dead.event });
    await sent(owner, "and squeaks");
    expect(lines(await list(maker, `?endpoint=${endpoint}&type=note.sent`))).toEqual([
      "4 note.sent delivered",
      "3 note.sent delivered",
      "2 note.sent aside",
    ]);
  });

  it("sends a thread, or a range of times, and says what a retracted note leaves: a signal without words", async () => {
    const { maker, owner, endpoint } = await setting();
    const note = await sent(owner, "a private matter");
    await api.post(`/v1/twins/${owner.twin}/notes/${note}/messages`, { text: "more of it" }, owner.token);
    pass(1);
    await rest(tenureOf(owner));
    pass(1_000);
    const between = new Date().toISOString();
    await sent(owner, "another matter");
    hooks = [];
    expect((await replay(maker, { endpoint, twin: owner.twin, note })).body).toEqual({
      queued: 2,
      gone: 0,
      endpoint: "ok",
    });
    pass(1);
    await rest(tenureOf(owner));
    expect(hooks.map(({ body: { type, data } }) => [type, data.seq]).toSorted()).toEqual([
      ["message.posted", 3],
      ["note.sent", 2],
    ]);
    await api.delete(`/v1/twins/${owner.twin}/notes/${note}`, owner.token);
    pass(1);
    await rest(tenureOf(owner));
    hooks = [];
    const early = { endpoint, from: "2026-01-01T00:00:00.000Z", to: between };
    expect((await replay(maker, early)).body).toEqual({ queued: 3, gone: 0, endpoint: "ok" });
    pass(1);
    await rest(tenureOf(owner));
    expect(hooks.map(({ body: { type, data } }) => `${data.seq} ${type}`).toSorted()).toEqual([
      "1 agreement.accepted",
      "2 note.retracted",
      "3 note.retracted",
    ]);
    expect(JSON.stringify(hooks)).not.toContain("matter");
    hooks = [];
    expect((await replay(maker, { ...early, from: between, to: "2099-01-01T00:00:00.000Z" })).body.queued).toBe(2);
  });

  it("leaves what is still in its line there, to go in its turn", async () => {
    const { maker, owner, endpoint } = await setting();
    answer = ({ body }) => (body.type === "agreement.accepted" ? 200 : 500);
    await sent(owner, "one");
    await sent(owner, "two");
    hooks = [];
    const range = { from: "2026-01-01T00:00:00.000Z", to: "2099-01-01T00:00:00.000Z" };
    expect((await replay(maker, { endpoint, ...range })).body).toEqual({ queued: 3, gone: 0, endpoint: "ok" });
    answer = () => 200;
    pass(6_000);
    await rest(tenureOf(owner));
    const inLine = hooks.filter(({ body }) => body.type === "note.sent").map(({ body }) => body.data.seq);
    expect(inLine).toEqual([2, 3]);
  });

  it("tries what failed in its turn again at once, and what waits behind it follows", async () => {
    const { maker, owner, endpoint } = await setting();
    answer = ({ body }) => (body.type === "agreement.accepted" ? 200 : 500);
    await sent(owner, "one");
    for (const wait of [7_000, 37_000, 3 * MINUTE_MS]) {
      pass(wait);
      await rest(tenureOf(owner));
    }
    await sent(owner, "two");
    const [two, one] = await list(maker, "?type=note.sent");
    expect(Date.parse(one.nextAt) - Date.now()).toBeGreaterThan(5 * MINUTE_MS);
    answer = () => 200;
    hooks = [];
    expect((await replay(maker, { endpoint, event: two.event })).body.queued).toBe(1);
    pass(1);
    await rest(tenureOf(owner));
    expect(hooks).toEqual([]);
    expect((await replay(maker, { endpoint, event: one.event })).body.queued).toBe(1);
    pass(1);
    await rest(tenureOf(owner));
    expect(hooks.map(({ id }) => id)).toEqual([one.event, two.event]);
  });

  it("counts what was erased as gone, and sends its last signals from the maker's own object", async () => {
    const { maker, owner, endpoint } = await setting();
    const note = await sent(owner, "a private matter");
    const [{ event }] = await list(maker, `?note=${note}`);
    const range = { from: "2026-01-01T00:00:00.000Z", to: "2099-01-01T00:00:00.000Z" };
    answer = () => new Response("No: it is a private matter.", { status: 500 });
    const failing = await sent(owner, "another private matter");
    expect((await api.delete(`/v1/twins/${owner.twin}`, owner.token)).status).toBeLessThan(300);
    pass(1);
    await rest(makerOf(maker));
    expect(lines(await list(maker))).toEqual([
      "5 twin.erased queued",
      "4 agreement.terminated queued",
      "3 agreement.terminated delayed",
    ]);
    expect(lines(await list(maker, `?note=${failing}`))).toEqual(["3 agreement.terminated delayed"]);
    // What the company's server says of an owner who is gone is not kept.
    expect((await list(maker))[2].attempts.map(({ status, head }: any) => [status, head])).toEqual([[500, null]]);
    expect(await everything(makerOf(maker))).not.toContain("private matter");
    expect(await list(maker, `?note=${note}`)).toEqual([]);
    hooks = [];
    expect((await replay(maker, { endpoint, event })).body).toEqual({ queued: 0, gone: 1, endpoint: "ok" });
    expect((await replay(maker, { endpoint, twin: owner.twin, note })).body).toEqual({
      queued: 0,
      gone: 1,
      endpoint: "ok",
    });
    expect((await replay(maker, { endpoint, twin: owner.twin, note: failing })).body).toEqual({
      queued: 1,
      gone: 0,
      endpoint: "ok",
    });
    // What the desk forgot and the maker's object still has is not gone.
    expect((await replay(maker, { endpoint, ...range })).body).toEqual({ queued: 3, gone: 2, endpoint: "ok" });
    answer = () => 200;
    pass(6_000);
    await rest(makerOf(maker));
    expect(hooks.map(({ body: { type } }) => type)).toEqual([
      "agreement.terminated",
      "agreement.terminated",
      "twin.erased",
    ]);
    expect(await list(maker)).toEqual([]);
    expect((await replay(maker, { endpoint, ...range })).body.queued).toBe(0);
    const desk = await everything(deskOf(maker));
    expect(desk).not.toContain(note);
    expect(desk).not.toContain("private matter");
  });

  it("takes exactly one way to say what, only for an endpoint of its own and events it had", async () => {
    const { maker, owner, endpoint } = await setting();
    const note = await sent(owner, "it squeaks");
    const other = await setting();
    const event = newId("evt");
    const [from, to] = ["2026-01-01T00:00:00.000Z", "2099-01-01T00:00:00.000Z"];
    for (const body of [
      { endpoint },
      { endpoint, event, from, to },
      { endpoint, event, twin: owner.twin, note },
      { endpoint, twin: owner.twin },
      { endpoint, note },
      { endpoint, from },
      { endpoint, to },
      { endpoint, from: to, to: from },
      { endpoint, twin: "twin_x", note },
      { endpoint, twin: owner.twin.replace(/.$/, (c) => (c === "0" ? "1" : "0")), note },
      { endpoint, event: "evt_1" },
      { event },
    ]) {
      expect([body, (await replay(maker, body)).status]).toEqual([body, 422]);
    }
    expect((await replay(maker, { endpoint, event })).status).toBe(404);
    expect((await replay(maker, { endpoint: other.endpoint, twin: owner.twin, note })).status).toBe(404);
    expect((await replay(other.maker, { endpoint, twin: owner.twin, note })).status).toBe(404);
    hooks = [];
    const foreign = await replay(other.maker, { endpoint: other.endpoint, twin: owner.twin, note });
    expect(foreign.body).toEqual({ queued: 0, gone: 0, endpoint: "ok" });
    const [{ event: ours }] = await list(maker, `?note=${note}`);
    expect((await replay(other.maker, { endpoint: other.endpoint, event: ours })).status).toBe(404);
    pass(1);
    await rest(tenureOf(owner));
    expect(hooks).toEqual([]);
  });

  it("of more than a thousand events asks for a narrower range", async () => {
    const { maker, endpoint } = await setting();
    const began = Date.now();
    const deliveries = Array.from({ length: 1_001 }, (_, n) => ({
      event: newId("evt"),
      note: null,
      seq: n + 1,
      endpoint: endpoint as never,
      type: "note.sent",
      state: "delivered" as const,
      reason: null,
      nextAt: null,
      createdAt: began + n,
      updatedAt: began + n,
      attempts: [],
    }));
    const twin: TwinId = await rootOf(env).twinId(newId("evt").slice(4, 20), 1);
    const seqs = deliveries.map(({ seq }) => seq);
    await env.DESK.getByName(`${maker.domain}/0`).delivered({
      maker: maker.domain,
      twin,
      version: 1,
      seqs,
      deliveries,
    });
    const range = (to: number): object => ({
      endpoint,
      from: new Date(began).toISOString(),
      to: new Date(to).toISOString(),
    });
    const refused = await replay(maker, range(began + 1_001));
    expect([refused.status, refused.body.errors[0].message]).toEqual([422, expect.stringContaining("narrow it")]);
    // A twin that never was answers as one that was erased.
    expect((await replay(maker, range(began + 1_000))).body).toEqual({ queued: 0, gone: 1_000, endpoint: "ok" });
  });
});
