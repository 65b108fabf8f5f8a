// The delivery promise, driven through a virtual clock: order, schedule, gaps, crashes, endpoints that come, go and recover.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HandedOver, Signal } from "../../src/domain/exchange.ts";
import type { EndpointId } from "../../src/domain/ids.ts";
import { newId } from "../../src/platform/random.ts";
import { takeIn } from "../../src/relay/hand-over.ts";
import { relayStateOf } from "../../src/relay/relay-state.ts";
import { SCHEDULE_MS } from "../../src/relay/schedule.ts";
import { Lines } from "../../src/relay/line.ts";
import { HOUR, inWorld, MINUTE, SECOND, type Answer, type World } from "./world.ts";

const MAKER = "lamo.example";
const seqsOf = (received: { body: { data: { seq?: number } } }[]): (number | undefined)[] =>
  received.map(({ body }) => body.data.seq);
const answering = (...answers: number[]): Answer => {
  let n = 0;
  return () => answers[n++] ?? 200;
};
const exceptFor =
  (seq: number, answer: number): Answer =>
  ({ body }) =>
    body.data.seq === seq ? answer : 200;

describe("a healthy endpoint", () => {
  it("gets events in order, each with the seq before it, signed, in one ask and one report", () =>
    inWorld(async (world) => {
      const endpoint = world.listen();
      for (let n = 0; n < 5; n++) world.say();
      await world.pass(SECOND);
      expect(world.at(endpoint).map(({ body }) => [body.data.seq, body.data.prev])).toEqual([
        [1, null],
        [2, 1],
        [3, 2],
        [4, 3],
        [5, 4],
      ]);
      expect(world.asked).toHaveLength(1);
      expect(world.reports.map(({ outcome }) => outcome)).toEqual(Array(5).fill("delivered"));
      const { headers } = world.received[0]!;
      expect(headers.get("webhook-signature")).toMatch(/^v1,\S+ v1a,\S+$/);
      expect(headers.get("user-agent")).toBe("PicoTwins/1 (+webhooks)");
      expect(world.courier.nextDueAt()).toBeNull();
      expect(relayStateOf(world.sql, MAKER, 5).state).toBe("delivered");
    }));

  it("is called at the rate it was granted", () =>
    inWorld(async (world) => {
      const endpoint = world.listen();
      world.latency = 1;
      for (let n = 0; n < 10; n++) world.say();
      await world.pass(SECOND);
      const times = world.at(endpoint).map(({ at }) => at);
      for (let n = 1; n < times.length; n++) expect(times[n]! - times[n - 1]!).toBeGreaterThanOrEqual(49);
    }));

  it("starts at its creation, and its first event has no prev", () =>
    inWorld(async (world) => {
      const early = world.listen();
      world.say();
      world.say();
      await world.pass(MINUTE);
      const late = world.listen();
      world.say();
      await world.pass(MINUTE);
      expect(world.taken(early)).toEqual([1, 2, 3]);
      expect(world.at(late).map(({ body }) => [body.data.seq, body.data.prev])).toEqual([[3, null]]);
    }));

  it("gets only the types it asked for, and can tell by prev that nothing is missing", () =>
    inWorld(async (world) => {
      const all = world.listen();
      const some = world.listen(() => 200, ["note.retracted"]);
      for (const type of ["note.sent", "note.retracted", "note.sent", "note.sent", "note.retracted"])
        world.say(MAKER, type);
      await world.pass(MINUTE);
      expect(world.taken(all)).toEqual([1, 2, 3, 4, 5]);
      expect(world.at(some).map(({ body }) => [body.data.seq, body.data.prev])).toEqual([
        [2, null],
        [5, 2],
      ]);
      expect(relayStateOf(world.sql, MAKER, 4).state).toBe("delivered");
    }));
});

describe("a maker without an endpoint", () => {
  it("has its events in the feed, in order, and that counts as delivered", () =>
    inWorld(async (world) => {
      world.say();
      world.say();
      expect(relayStateOf(world.sql, MAKER, 1).state).toBe("queued");
      await world.pass(SECOND);
      expect(world.fed.map(({ seq }) => seq)).toEqual([1, 2]);
      expect(relayStateOf(world.sql, MAKER, 1).state).toBe("delivered");
      expect(world.told).toContainEqual({ source: MAKER, seq: 2 });
      expect(world.courier.nextDueAt()).toBeNull();
    }));
});

describe("the schedule", () => {
  it("makes 16 attempts, never early and at most 20 % late, under one webhook-id and one prev, then announces the gap", () =>
    inWorld(async (world) => {
      world.random = 0.999;
      const endpoint = world.listen(exceptFor(2, 503));
      world.say();
      world.say();
      world.say();
      await world.pass(200 * HOUR);
      const tries = world.at(endpoint).filter(({ body }) => body.data.seq === 2);
      expect(tries).toHaveLength(16);
      expect(new Set(tries.map(({ id }) => id)).size).toBe(1);
      expect(new Set(tries.map(({ body }) => body.data.prev))).toEqual(new Set([1]));
      for (let n = 1; n < 16; n++) {
        const waited = tries[n]!.at - tries[n - 1]!.at;
        expect(waited).toBeGreaterThanOrEqual(SCHEDULE_MS[n]!);
        expect(waited).toBeLessThanOrEqual(SCHEDULE_MS[n]! * 1.2 + 100);
      }
      expect(world.taken(endpoint)).toEqual([1, "2-2", 3]);
      expect(world.at(endpoint).at(-1)!.body.data.prev).toBe(2);
      expect(relayStateOf(world.sql, MAKER, 2)).toMatchObject({
        state: "failed",
        reason: expect.stringContaining("answered 503") as string,
      });
    }));

  it("says why an event is delayed and when it is tried next", () =>
    inWorld(async (world) => {
      world.listen(() => 500);
      world.say();
      await world.pass(SECOND);
      const { state, reason, nextTryAt } = relayStateOf(world.sql, MAKER, 1);
      expect(state).toBe("delayed");
      expect(reason).toBe(`the company's server answered 500; next try at ${new Date(nextTryAt!).toISOString()}`);
    }));

  it("waits as long as Retry-After says, but no longer than 24 hours", () =>
    inWorld(async (world) => {
      const waits = ["3600", "864000"];
      const endpoint = world.listen(() => {
        const wait = waits.shift();
        return wait === undefined ? 200 : new Response("", { status: 503, headers: { "retry-after": wait } });
      });
      world.say();
      await world.pass(60 * HOUR);
      const [first, second, third] = world.at(endpoint).map(({ at }) => at);
      expect(second! - first!).toBeGreaterThanOrEqual(HOUR);
      expect(second! - first!).toBeLessThan(HOUR + SECOND);
      expect(third! - second!).toBeGreaterThanOrEqual(24 * HOUR);
      expect(third! - second!).toBeLessThan(24 * HOUR + SECOND);
    }));
});

describe("poison at the head", () => {
  it("is given up after 3 attempts within 10 minutes; the ten behind it arrive in order after its gap", () =>
    inWorld(async (world) => {
      const endpoint = world.listen(exceptFor(1, 422));
      for (let n = 0; n < 11; n++) world.say();
      await world.pass(10 * MINUTE);
      expect(world.at(endpoint).filter(({ body }) => body.data.seq === 1)).toHaveLength(3);
      expect(world.taken(endpoint)).toEqual(["1-1", 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    }));

  it("makes one gap of neighbours when the first announcement was not taken either", () =>
    inWorld(async (world) => {
      const endpoint = world.listen(({ body }) =>
        body.type === "thread.gap" && body.data.to === 1 ? 400 : (body.data.seq ?? 9) < 3 ? 400 : 200,
      );
      for (let n = 0; n < 3; n++) world.say();
      await world.pass(10 * MINUTE);
      expect(world.taken(endpoint)).toEqual(["1-2", 3]);
    }));
});

describe("an event that its receiver can't digest while the endpoint lives", () => {
  it("is set aside after 8 failures, announced, and goes on trying alone", () =>
    inWorld(async (world) => {
      let failures = 11;
      const endpoint = world.listen(({ body }) => {
        world.lastSuccessAt = world.now;
        return body.data.seq === 1 && failures-- > 0 ? 500 : 200;
      });
      for (let n = 0; n < 3; n++) world.say();
      await world.pass(60 * HOUR);
      const before = world.at(endpoint).findIndex(({ body }) => body.type === "thread.gap");
      expect(before).toBe(8);
      expect(world.taken(endpoint)).toEqual(["1-1", 2, 3, 1]);
      expect(world.at(endpoint).at(-1)!.body.data.prev).toBeNull();
      expect(relayStateOf(world.sql, MAKER, 1).state).toBe("delivered");
    }));

  it("does not make a safety note wait", () =>
    inWorld(async (world) => {
      const endpoint = world.listen((received) => {
        world.lastSuccessAt = world.now;
        return exceptFor(1, 500)(received);
      });
      world.say();
      world.say();
      await world.pass(HOUR);
      expect(world.taken(endpoint)).toEqual([]);
      world.say(MAKER, "note.sent", true);
      await world.pass(MINUTE);
      expect(world.taken(endpoint)).toEqual(["1-1", 2, 3]);
    }));

  it("keeps its place when nothing else gets through either", () =>
    inWorld(async (world) => {
      const endpoint = world.listen(() => (world.received.length > 10 ? 200 : 500));
      world.say();
      world.say(MAKER, "note.sent", true);
      await world.pass(100 * HOUR);
      expect(world.taken(endpoint)).toEqual([1, 2]);
    }));
});

describe("410", () => {
  it("disables the endpoint, parks the twin, and loses nothing: switched on again, it goes on where it was", () =>
    inWorld(async (world) => {
      world.real = true;
      let gone = true;
      const endpoint = world.listen(() => (gone ? 410 : 200));
      world.say();
      world.say();
      await world.pass(10 * MINUTE);
      expect(world.at(endpoint)).toHaveLength(1);
      expect(world.admissions.health(endpoint.id)).toMatchObject({ state: "disabled", reason: "gone" });
      expect(relayStateOf(world.sql, MAKER, 2)).toMatchObject({
        state: "delayed",
        reason: "the company's endpoint is disabled",
      });
      gone = false;
      world.admissions.enable(endpoint.id, world.now);
      await world.pass(MINUTE);
      expect(world.taken(endpoint)).toEqual([1, 2]);
    }));
});

describe("an endpoint that is down", () => {
  it("opens the breaker after 5 failures, uses up no attempts meanwhile, and gets everything in order when it is back", () =>
    inWorld(async (world) => {
      world.real = true;
      let down = true;
      const endpoint = world.listen(() => (down ? 503 : 200));
      for (let n = 0; n < 30; n++) world.say();
      await world.pass(40 * HOUR);
      expect(relayStateOf(world.sql, MAKER, 1).state).toBe("delayed");
      expect(new Lines(world.sql).delivery(MAKER, endpoint.id, 1)!.attempts).toBe(5);
      expect(world.at(endpoint).length).toBeGreaterThan(100);
      down = false;
      const back = world.now;
      await world.pass(11 * MINUTE);
      expect(world.taken(endpoint).filter((taken) => taken !== "endpoint.test")).toEqual(
        Array.from({ length: 30 }, (_, n) => n + 1),
      );
      expect(world.at(endpoint).find(({ at, answered }) => at > back && answered === 200)).toBeDefined();
    }));

  it(
    "wakes a thousand parked twins at its rate when it is back",
    () =>
      inWorld(async (world) => {
        world.real = true;
        world.latency = 1;
        let down = true;
        const endpoint = world.listen(() => (down ? 503 : 200));
        for (let n = 0; n < 1_000; n++) world.say(`twin_${n}`);
        await world.pass(2 * HOUR);
        expect(world.admissions.health(endpoint.id)).toMatchObject({ state: "failing", parked: 1_000 });
        down = false;
        await world.pass(20 * MINUTE);
        const taken = world.at(endpoint).filter(({ answered }) => answered === 200);
        expect(new Set(taken.map(({ body }) => body.data.twin)).size).toBe(1_000);
        expect(world.admissions.health(endpoint.id)).toMatchObject({ state: "ok", parked: 0 });
        const seconds = Map.groupBy(taken, ({ at }) => Math.floor((at - taken[0]!.at) / SECOND));
        expect(Math.max(...[...seconds.values()].map((each) => each.length))).toBeLessThanOrEqual(41);
      }),
    60_000,
  );

  it("is disabled after 120 hours of nothing but failures, its twins parked and not dropped", () =>
    inWorld(async (world) => {
      world.real = true;
      let down = true;
      const endpoint = world.listen(() => (down ? 500 : 200));
      world.say();
      await world.pass(125 * HOUR);
      expect(world.admissions.health(endpoint.id)).toMatchObject({ state: "disabled", reason: "failing" });
      const calls = world.at(endpoint).length;
      await world.pass(5 * HOUR);
      expect(world.at(endpoint)).toHaveLength(calls);
      down = false;
      world.admissions.enable(endpoint.id, world.now);
      await world.pass(MINUTE);
      expect(world.taken(endpoint)).toEqual([1]);
    }));

  it("is found alive although its only line has an event at the head that it can't digest", () =>
    inWorld(async (world) => {
      world.real = true;
      const endpoint = world.listen(exceptFor(1, 500));
      for (let n = 0; n < 3; n++) world.say();
      await world.pass(48 * HOUR);
      // Once aside it goes on failing, and where that alone opened the breaker a test finds it alive.
      expect(world.taken(endpoint)).toEqual(["endpoint.test", "1-1", 2, 3, "endpoint.test"]);
    }));

  it("is left alone for as long as its answer to a probe says", () =>
    inWorld(async (world) => {
      world.real = true;
      let wait = "0";
      const endpoint = world.listen(() => new Response("", { status: 503, headers: { "retry-after": wait } }));
      world.say();
      await world.pass(15 * MINUTE);
      wait = String((5 * HOUR) / SECOND);
      await world.pass(11 * MINUTE);
      const last = world.at(endpoint).at(-1)!.at;
      expect(new Lines(world.sql).head(new Lines(world.sql).find(MAKER, endpoint.id)!)!.nextAt).toBeGreaterThanOrEqual(
        last + 5 * HOUR,
      );
      expect(world.reports.at(-1)).toMatchObject({ url: endpoint.url, startedAt: last, retryAfterMs: 5 * HOUR });
      await world.passTo(last + 5 * HOUR);
      expect(world.at(endpoint).at(-1)!.at).toBe(last);
      await world.pass(MINUTE);
      expect(world.at(endpoint).at(-1)!.at).toBeGreaterThan(last);
    }));

  it("is found again within a probe's interval by its only twin, whose next attempt has a later date", () =>
    inWorld(async (world) => {
      world.real = true;
      let down = true;
      const endpoint = world.listen(() => (down ? 503 : 200));
      world.say();
      await world.pass(13 * MINUTE);
      expect(new Lines(world.sql).delivery(MAKER, endpoint.id, 1)!.attempts).toBe(5);
      expect(relayStateOf(world.sql, MAKER, 1).reason).toContain("again and again");
      down = false;
      await world.pass(MINUTE);
      expect(world.taken(endpoint)).toEqual([1]);
    }));

  it("gets what waits at once where the next probe is hurried, the rest in order after it", () =>
    inWorld(async (world) => {
      world.real = true;
      let down = true;
      const endpoint = world.listen(() => (down ? 503 : 200));
      for (let n = 0; n < 3; n++) world.say();
      await world.pass(20 * MINUTE);
      down = false;
      await world.pass(2 * SECOND);
      expect(world.taken(endpoint)).toEqual([]);
      world.admissions.hurry(endpoint.id, "answered", world.now);
      await world.pass(2 * SECOND);
      expect(world.taken(endpoint)).toEqual(["endpoint.test", 1, 2, 3]);
    }));

  it("is found again on time though its maker asked for other types meanwhile", () =>
    inWorld(async (world) => {
      world.real = true;
      let down = true;
      const endpoint = world.listen(() => (down ? 503 : 200));
      world.say();
      await world.pass(HOUR);
      endpoint.types = ["note.sent", "note.retracted"];
      world.say();
      await world.pass(MINUTE);
      expect(relayStateOf(world.sql, MAKER, 1).reason).toContain("is not answering");
      down = false;
      await world.pass(11 * MINUTE);
      expect(world.taken(endpoint).filter((taken) => taken !== "endpoint.test")).toEqual([1, 2]);
    }));

  it("does not hold up another endpoint", () =>
    inWorld(async (world) => {
      world.real = true;
      world.listen(() => 500);
      const well = world.listen();
      for (let n = 0; n < 5; n++) world.say();
      await world.pass(MINUTE);
      expect(world.taken(well)).toEqual([1, 2, 3, 4, 5]);
      expect(relayStateOf(world.sql, MAKER, 1).state).toBe("delayed");
    }));

  it("is forgotten when its maker deletes it: what it alone still owed no longer counts", () =>
    inWorld(async (world) => {
      world.real = true;
      const endpoint = world.listen(() => 500);
      world.say();
      await world.pass(MINUTE);
      world.receivers.splice(0);
      world.admissions.remove(endpoint.id);
      await world.pass(3 * HOUR);
      expect(relayStateOf(world.sql, MAKER, 1).state).toBe("delivered");
      expect(world.courier.nextDueAt()).toBeNull();
    }));
});

describe("a crash", () => {
  it("between the attempt's beginning and its end loses nothing: the attempt counts as made and is repeated on schedule", () =>
    inWorld(async (world) => {
      let first = true;
      const states: string[] = [];
      const endpoint = world.listen(() => {
        if (!first) return 200;
        first = false;
        states.push(relayStateOf(world.sql, MAKER, 1).state);
        return world.die();
      });
      world.say();
      world.say();
      await world.pass(HOUR);
      expect(states).toEqual(["delivering"]);
      expect(world.taken(endpoint)).toEqual([1, 2]);
      const [before, after] = world.at(endpoint).filter(({ body }) => body.data.seq === 1);
      expect(after!.id).toBe(before!.id);
      expect(after!.at - before!.at).toBeGreaterThanOrEqual(SCHEDULE_MS[1]!);
      expect(new Lines(world.sql).delivery(MAKER, endpoint.id, 1)!.attempts).toBe(2);
    }));

  it("after leave was given and before the first request loses nothing", () =>
    inWorld(async (world) => {
      const endpoint = world.listen();
      const { render } = world;
      world.render = () => {
        world.render = render;
        return world.die();
      };
      world.say();
      world.say();
      await world.pass(HOUR);
      expect(world.taken(endpoint)).toEqual([1, 2]);
    }));

  it("of the code that renders is survived: work resumes once it is mended", () =>
    inWorld(async (world) => {
      const endpoint = world.listen();
      const { render } = world;
      world.render = () => {
        throw new Error("a bug");
      };
      world.say();
      await world.pass(HOUR);
      expect(world.received).toHaveLength(0);
      world.render = render;
      await world.pass(HOUR);
      expect(world.taken(endpoint)).toEqual([1]);
    }));
});

describe("what may no longer be told", () => {
  it("leaves the line without a trace", () =>
    inWorld(async (world) => {
      const endpoint = world.listen();
      for (let n = 0; n < 3; n++) world.say();
      const { render } = world;
      world.render = (event) => (event.seq === 2 ? null : render(event));
      await world.pass(MINUTE);
      expect(world.at(endpoint).map(({ body }) => [body.data.seq, body.data.prev])).toEqual([
        [1, null],
        [3, 1],
      ]);
    }));

  it("is rendered anew at every attempt", () =>
    inWorld(async (world) => {
      const endpoint = world.listen(answering(500));
      world.say();
      await world.pass(SECOND);
      world.render = () => ({ type: "note.retracted", data: {} });
      await world.pass(MINUTE);
      expect(world.at(endpoint).map(({ body }) => body.type)).toEqual(["note.sent", "note.retracted"]);
    }));
});

describe("a replay", () => {
  it("sends an event again, alone, with its id and its prev", () =>
    inWorld(async (world) => {
      const endpoint = world.listen();
      for (let n = 0; n < 3; n++) world.say();
      await world.pass(MINUTE);
      expect(new Lines(world.sql).again(MAKER, endpoint.id, 2, world.now)).toBe(true);
      await world.pass(MINUTE);
      expect(seqsOf(world.at(endpoint))).toEqual([1, 2, 3, 2]);
      const [before, after] = world.at(endpoint).filter(({ body }) => body.data.seq === 2);
      expect([after!.id, after!.body.data.prev]).toEqual([before!.id, before!.body.data.prev]);
      expect(new Lines(world.sql).again(MAKER, endpoint.id, 9, world.now)).toBe(false);
    }));
});

describe("an erased tenure", () => {
  it("leaves its signals with the Maker, which goes on from where each line stood", () =>
    inWorld(async (before) => {
      const endpoint = before.listen(({ body }) => ((body.data.seq ?? 0) < 3 ? 200 : 500));
      for (let n = 0; n < 5; n++) before.say();
      await before.pass(MINUTE);
      const handed = before.courier.handOver(MAKER, "twin_gone", ({ type, source }) => ({
        type,
        data: { wordless: source },
      }));
      expect(handed.signals.map(({ seq }) => seq)).toEqual([3, 4, 5]);
      await inWorld(async (after) => {
        after.receivers.push({ ...endpoint, answer: () => 200 });
        after.now = before.now;
        takeIn(after.sql, handed, after.now);
        takeIn(after.sql, handed, after.now);
        await after.pass(MINUTE);
        expect(after.at(endpoint).map(({ body }) => [body.data.seq, body.data.prev])).toEqual([
          [3, 2],
          [4, 3],
          [5, 4],
        ]);
        expect(after.received.map(({ id }) => id)).toEqual(handed.signals.map(({ event }) => event));
        expect(after.courier.settled()).toEqual(["twin_gone"]);
      });
    }));
});

describe("what an erased tenure left", () => {
  const left = (endpoint: { id: EndpointId; createdAt: number }, signals: Signal[]): HandedOver => ({
    twin: "twin_gone",
    signals,
    lines: [
      { endpoint: endpoint.id, types: null, createdAt: endpoint.createdAt, after: 0, prev: null, aside: [], gaps: [] },
    ],
  });
  const signal = (at: number): Signal => ({ seq: 1, event: newId("evt"), type: "twin.erased", at, data: {} });

  it("is settled where the maker switched its only endpoint off and reads the feed", () =>
    inWorld(async (world) => {
      world.real = true;
      const endpoint = world.listen();
      endpoint.enabled = false;
      takeIn(world.sql, left(endpoint, [signal(world.now)]), world.now);
      expect(world.courier.settled()).toEqual([]);
      await world.pass(MINUTE);
      expect(world.received).toEqual([]);
      expect(world.courier.settled()).toEqual(["twin_gone"]);
    }));

  it("leaves no trace where there was nothing to tell", () =>
    inWorld(async (world) => {
      takeIn(world.sql, left(world.listen(), []), world.now);
      expect(new Lines(world.sql).all()).toEqual([]);
    }));
});

describe("whatever a receiver answers", () => {
  // 0: the connection breaks after the receiver processed it. -1: our process dies then.
  const answers = fc.array(fc.constantFrom(200, 200, 200, 500, 429, 400, 301, 0, -1), { maxLength: 60 });
  const check = async (world: World, script: number[], count: number, crashes: number[]): Promise<void> => {
    let n = 0;
    const endpoint = world.listen(() => {
      const answer = script[n++] ?? 200;
      if (answer === -1) world.die();
      if (answer === 0) throw new Error("connection reset");
      return answer;
    });
    world.diesAtAsk = (ask) => crashes.includes(ask);
    for (let i = 0; i < count; i++) {
      world.say();
      await world.pass(i % 3 === 0 ? SECOND : 1);
    }
    await world.pass(400 * HOUR);
    const got = world.at(endpoint);
    // The first arrival of each seq: in order, each naming the one before it.
    const arrivals = [
      ...new Map(
        got
          .filter(({ body }) => body.data.seq !== undefined)
          .toReversed()
          .map((each) => [each.body.data.seq!, each]),
      ).values(),
    ].toReversed();
    expect(arrivals.map(({ body }) => body.data.seq)).toEqual(Array.from({ length: count }, (_, i) => i + 1));
    for (const { body } of got)
      if (body.data.seq !== undefined) expect(body.data.prev).toBe(body.data.seq === 1 ? null : body.data.seq - 1);
    // Never a lower seq after a higher one: a retry goes before what follows.
    const seqs = got.flatMap(({ body }) => body.data.seq ?? []);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
    const lines = new Lines(world.sql);
    for (let seq = 1; seq <= count; seq++) {
      const { state } = lines.delivery(MAKER, endpoint.id, seq)!;
      expect(["delivered", "dead"]).toContain(state);
      expect(relayStateOf(world.sql, MAKER, seq).state).toBe(state === "delivered" ? "delivered" : "failed");
      const announced = got.some(
        ({ body: { type, data } }) => type === "thread.gap" && data.from! <= seq && seq <= data.to!,
      );
      expect(announced).toBe(state === "dead");
    }
  };

  it(
    "seqs arrive in order, none is lost, the chain of prev holds and every dead letter is announced",
    () =>
      fc.assert(
        fc.asyncProperty(
          answers,
          fc.integer({ min: 1, max: 12 }),
          fc.array(fc.integer({ min: 1, max: 11 }), { maxLength: 3 }),
          (script, count, crashes) => inWorld((world) => check(world, script, count, crashes)),
        ),
        { numRuns: 60 },
      ),
    60_000,
  );
});
