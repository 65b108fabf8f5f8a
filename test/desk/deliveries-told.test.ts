// What the desk has of deliveries is what the relay's own tables say, whatever the courier, the endpoints and the way to the desk did meanwhile.

import { env } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, it, vi } from "vitest";
import { DELIVERIES_SCHEMA, forgetDeliveries, listDeliveries, takeDeliveries } from "../../src/desk/deliveries.ts";
import {
  mergeDeliveries,
  type DeliveryFilter,
  type DeliveryNews,
  type ListedDelivery,
} from "../../src/domain/delivery.ts";
import type { EventId, TwinId } from "../../src/domain/ids.ts";
import { deskAt } from "../../src/platform/stubs.ts";
import { Lines } from "../../src/relay/line.ts";
import { eventsAfter } from "../../src/relay/outgoing.ts";
import { deliveriesAt } from "../../src/relay/told.ts";
import {
  DELIVERY_NEWS_SCHEMA,
  DeliveryTeller,
  markAllDeliveries,
  markDelivery,
} from "../../src/tenure/delivery-news.ts";
import { HOUR, inWorld, MINUTE, type World } from "../relay/world.ts";

const DAY = 24 * HOUR;
const MAKER = "lamo.example";
const TWIN: TwinId = "twin_0000000000000000000000000a";
const ALL: DeliveryFilter = { state: null, endpoint: null, twin: null, note: null, type: null, from: null, to: null };

class Telling {
  readonly world: World;
  readonly teller: DeliveryTeller;
  readonly sent: DeliveryNews[] = [];
  /** What the way to the desk does with the next news. */
  way: (news: DeliveryNews) => Promise<void> = async () => {};
  #heard = 0;

  constructor(world: World) {
    this.world = world;
    world.sql.exec(DELIVERY_NEWS_SCHEMA + DELIVERIES_SCHEMA);
    this.teller = this.newTeller();
  }

  newTeller(): DeliveryTeller {
    return new DeliveryTeller({
      storage: this.world.storage,
      twin: () => TWIN,
      tell: async (news) => {
        this.sent.push(news);
        await this.way(news);
        takeDeliveries(this.world.sql, news);
        return true;
      },
      now: () => this.world.now,
    });
  }

  /** Marks what the courier said it did since, as a tenure does at once. */
  mark(): void {
    for (; this.#heard < this.world.told.length; this.#heard++) {
      const { source, seq } = this.world.told[this.#heard]!;
      markDelivery(this.world.sql, source, seq);
    }
  }

  async tell(): Promise<void> {
    this.mark();
    await this.teller.run();
  }

  atDesk = (): ListedDelivery[] => listDeliveries(this.world.sql, ALL, null, 1_000);
  /** The same from the relay's own tables. */
  truth(): ListedDelivery[] {
    const all = eventsAfter(this.world.sql, MAKER, 0, 1_000).flatMap(({ seq }) =>
      deliveriesAt(this.world.sql, MAKER, seq),
    );
    return mergeDeliveries([all.map((delivery) => ({ ...delivery, twin: TWIN }))], 1_000);
  }
}

const telling = (story: (telling: Telling) => Promise<void>): Promise<void> =>
  inWorld((world) => story(new Telling(world)));

/** Mulberry32: the same numbers for the same seed. */
const numbers = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

describe("the desk's deliveries", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    "equal the relay's after failures, gaps, crashes, replays and changed endpoints (%i)",
    (seed) =>
      telling(async (told) => {
        const { world } = told;
        const random = numbers(seed);
        const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
        world.real = true;
        const answer = () => (random() < 0.02 ? 410 : pick([200, 200, 200, 500, 400, 422, 422, 400, 302]));
        for (const types of [null, ["note.sent"], ["message.posted", "note.sent"]]) world.listen(answer, types);
        for (let round = 0; round < 40; round++) {
          const receiver = pick(world.receivers);
          const step = pick(["say", "say", "say", "switch", "types", "crash", "again", "delete", "mend", "lost"]);
          if (step === "say") world.say(MAKER, pick(["note.sent", "message.posted"]), random() < 0.2);
          if (step === "switch" && receiver) receiver.enabled = !receiver.enabled;
          if (step === "types" && receiver) receiver.types = pick([null, ["note.sent"], ["message.posted"]]);
          if (step === "crash") world.crash();
          if (step === "delete" && world.receivers.length > 1 && random() < 0.3) {
            const [gone] = world.receivers.splice(world.receivers.indexOf(receiver), 1);
            world.admissions.remove(gone!.id);
          }
          if (step === "mend" && receiver) {
            receiver.answer = () => 200;
            world.admissions.enable(receiver.id, world.now);
          }
          if (step === "again" && receiver) {
            const seq = 1 + Math.floor(random() * 10);
            if (new Lines(world.sql).again(MAKER, receiver.id, seq, world.now)) markDelivery(world.sql, MAKER, seq);
          }
          told.way = async () => {
            if (step === "lost") throw new Error("no answer");
          };
          await world.pass(pick([1_000, MINUTE, HOUR, 24 * HOUR]));
          await told.tell();
        }
        told.way = async () => {};
        world.say(MAKER, "note.sent");
        await world.pass(HOUR);
        world.now += HOUR;
        await told.tell();
        expect(told.teller.nextDueAt()).toBe(null);
        expect(told.atDesk().length).toBeGreaterThan(5);
        expect(told.atDesk()).toEqual(told.truth());
        // Made anew from the relay's tables alone it is the same.
        for (const table of ["told_delivery", "told_attempt", "told_twin"]) world.sql.exec(`DELETE FROM ${table}`);
        expect(told.atDesk()).toEqual([]);
        markAllDeliveries(world.sql, MAKER);
        await told.tell();
        expect(told.atDesk()).toEqual(told.truth());
      }),
  );

  it("have what a step did while the news of the one before was on its way", () =>
    telling(async (told) => {
      const { world } = told;
      const endpoint = world.listen();
      world.say();
      await world.pass(MINUTE);
      told.way = async () => {
        if (told.sent.length > 1) return;
        new Lines(world.sql).again(MAKER, endpoint.id, 1, world.now);
        await world.pass(MINUTE);
        told.mark();
      };
      await told.tell();
      expect(told.atDesk()).toMatchObject([{ seq: 1, state: "delivered", attempts: [{ n: 1 }, { n: 2 }] }]);
      expect(told.teller.nextDueAt()).toBe(null);
    }));

  it("have the announcement of a gap with its own attempts, and one where two gaps became one", () =>
    telling(async (told) => {
      const { world } = told;
      world.listen(({ body }) => (body.type === "thread.gap" ? 500 : body.data.seq === 2 ? 200 : 400));
      const seen = async (): Promise<string[]> => {
        await told.tell();
        expect(told.atDesk()).toEqual(told.truth());
        return told.atDesk().map(({ type, state, seq }) => `${seq} ${type} ${state}`);
      };
      world.say(MAKER, "note.sent");
      await world.pass(11 * MINUTE);
      expect(await seen()).toEqual(expect.arrayContaining(["1 note.sent dead", "1 thread.gap gap"]));
      const attempts = (): number => told.atDesk().find(({ type }) => type === "thread.gap")!.attempts.length;
      const before = attempts();
      await world.pass(2 * HOUR);
      await seen();
      expect(attempts()).toBeGreaterThan(before);
      // Where an endpoint takes other events a gap is set aside; then the next one is lost, and announced with it.
      world.lastSuccessAt = Number.MAX_SAFE_INTEGER;
      await world.pass(24 * HOUR);
      for (let n = 2; n <= 4; n++) {
        world.say(MAKER, "note.sent");
        await world.pass(24 * HOUR);
        await seen();
      }
      expect(await seen()).toEqual(expect.arrayContaining(["4 thread.gap aside"]));
      expect((await seen()).filter((line) => line.includes("3 thread.gap"))).toEqual([]);
    }));

  it("are told again, ever more rarely, until the desk answers, also after a crash on the way", () =>
    telling(async (told) => {
      const { world } = told;
      world.listen();
      world.say();
      await world.pass(MINUTE);
      told.way = () => Promise.reject(new Error("no answer"));
      await told.tell();
      const first = told.teller.nextDueAt()!;
      expect(first).toBeGreaterThan(world.now);
      await told.teller.run();
      expect(told.sent).toHaveLength(1);
      const wait = first - world.now;
      world.now = first;
      await told.teller.run();
      expect(told.teller.nextDueAt()! - world.now).toBeGreaterThan(wait);
      // Dies while it waits for the answer: the lease was written before.
      world.now = told.teller.nextDueAt()!;
      told.way = () => new Promise(() => {});
      void told.teller.run();
      const after = told.newTeller();
      expect(after.nextDueAt()).toBeGreaterThan(world.now);
      world.now = after.nextDueAt()!;
      told.way = async () => {};
      await after.run();
      expect(told.atDesk()).toMatchObject([{ seq: 1, state: "delivered" }]);
      expect(after.nextDueAt()).toBe(null);
    }));

  it("are the same for news that come twice or too late", () =>
    telling(async (told) => {
      const { world } = told;
      world.listen(() => 500);
      world.say();
      await world.pass(MINUTE);
      await told.tell();
      await world.pass(HOUR);
      await told.tell();
      const before = told.atDesk();
      expect(before[0]!.attempts.length).toBeGreaterThan(told.sent[0]!.deliveries[0]!.attempts.length);
      for (const news of [...told.sent, ...told.sent.toReversed()]) expect(takeDeliveries(world.sql, news)).toBe(false);
      expect(told.atDesk()).toEqual(before);
    }));

  it("leave nothing but the names of the events when the twin does, and news that come after are not taken in", () =>
    telling(async (told) => {
      const { world } = told;
      world.listen();
      world.say();
      world.say();
      await world.pass(MINUTE);
      await told.tell();
      forgetDeliveries(world.sql, TWIN);
      expect(told.atDesk()).toEqual([]);
      expect([...world.sql.exec("SELECT * FROM told_attempt")]).toEqual([]);
      expect([...world.sql.exec("SELECT event FROM erased_delivery ORDER BY event")]).toEqual(
        told.sent[0]!.deliveries.map(({ event }) => ({ event })).toSorted((a, b) => (a.event < b.event ? -1 : 1)),
      );
      expect(takeDeliveries(world.sql, { ...told.sent[0]!, version: 99 })).toBe(false);
      expect(told.atDesk()).toEqual([]);
    }));

  it("are nobody's news where no endpoint ever listened", () =>
    telling(async (told) => {
      told.world.say();
      await told.world.pass(MINUTE);
      await told.tell();
      expect(told.sent).toEqual([]);
      expect(told.teller.nextDueAt()).toBe(null);
    }));

  it("are kept 90 days, with their requests and the names of those that left", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + DAY });
    const maker = "kept.example";
    const desk = deskAt(env, maker, 0);
    const createdAt = Date.now();
    const event = (n: number): EventId => `evt_${"0".repeat(25)}${n}`;
    const attempt = {
      n: 1,
      at: createdAt,
      status: 200,
      ms: 5,
      outcome: "delivered" as const,
      reason: null,
      head: null,
    };
    const delivery = (n: number, days: number) => ({
      event: event(n),
      type: "note.sent",
      note: null,
      seq: n,
      endpoint: "ep_0000000000000000000000000a" as const,
      state: "delivered" as const,
      reason: null,
      nextAt: null,
      createdAt: createdAt + days * DAY,
      updatedAt: createdAt,
      attempts: [attempt],
    });
    const left: TwinId = "twin_0000000000000000000000000b";
    await desk.delivered({ maker, twin: left, version: 1, seqs: [1], deliveries: [delivery(1, 0)] });
    await desk.leave(maker, left);
    const deliveries = [delivery(2, 0), delivery(3, 2)];
    await desk.delivered({ maker, twin: TWIN, version: 1, seqs: [2, 3], deliveries });
    const here = () =>
      runInDurableObject(desk as any, (_: unknown, { storage: { sql } }: DurableObjectState) =>
        ["told_delivery", "told_attempt", "erased_delivery"].map(
          (table) => sql.exec<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).one().n,
        ),
      );
    expect(await here()).toEqual([2, 2, 1]);
    const ring = async (days: number) => {
      vi.setSystemTime(createdAt + days * DAY);
      await runDurableObjectAlarm(desk);
      return here();
    };
    expect(await ring(89)).toEqual([2, 2, 1]);
    expect(await ring(90)).toEqual([1, 1, 0]);
    expect(await ring(92)).toEqual([0, 0, 0]);
    expect(
      await runInDurableObject(desk as any, (_: unknown, { storage }: DurableObjectState) => storage.getAlarm()),
    ).toBe(null);
    vi.useRealTimers();
  });
});
