// Leave to call an endpoint: given at its rate, refused while it is down, and never forgotten by a restart.

import { describe, expect, it } from "vitest";
import type { Ask } from "../../src/domain/exchange.ts";
import type { EndpointId, TwinId } from "../../src/domain/ids.ts";
import { Admissions } from "../../src/maker/admission.ts";
import { HOUR, inWorld, MINUTE, SECOND, type World } from "../relay/world.ts";

const ask = (want = 1, idle: EndpointId[] = []): Ask => ({ want, idle, fresh: [] });
const twin = (n: number): TwinId => `twin_${n}`;
const fail = (admissions: Admissions, endpoint: EndpointId, at: number, times: number, probe = false): void =>
  admissions.report(
    twin(0),
    Array.from({ length: times }, () => ({ endpoint, outcome: "retry" as const, at, probe })),
  );

/** Admissions whose wakes are only noted. */
function noting(world: World): { admissions: Admissions; woken: TwinId[] } {
  const woken: TwinId[] = [];
  const admissions = new Admissions({
    storage: world.storage,
    doors: () => world.receivers,
    keysOf: async () => [{ secret: "c2VjcmV0", seed: "c2VlZA==" }],
    wake: async (each) => void woken.push(each),
    scale: 1,
  });
  return { admissions, woken };
}

describe("admission", () => {
  it("gives a healthy endpoint's address and keys, and slots at its rate", () =>
    inWorld(async (world) => {
      const { id, url } = world.listen();
      const { admissions } = noting(world);
      const { granted } = await admissions.admit(twin(1), ask(20), world.now);
      expect(granted).toMatchObject([
        {
          endpoint: id,
          url,
          budget: 20,
          intervalMs: 50,
          startAt: world.now,
          probe: false,
          keys: [{ secret: "c2VjcmV0" }],
        },
      ]);
      const second = await admissions.admit(twin(2), ask(20), world.now);
      expect(second.granted[0]!.startAt).toBeGreaterThan(world.now);
    }));

  it("gives no keys and takes no slot where there is nothing to send", () =>
    inWorld(async (world) => {
      const { id } = world.listen();
      const { admissions } = noting(world);
      for (let n = 0; n < 100; n++) {
        const { granted } = await admissions.admit(twin(1), ask(20, [id]), world.now);
        expect(granted).toMatchObject([{ budget: 0, keys: [] }]);
      }
      expect((await admissions.admit(twin(2), ask(1), world.now)).granted[0]!.startAt).toBe(world.now);
    }));

  it("promises nothing further ahead than keys may be kept, and loses nobody's turn by that", () =>
    inWorld(async (world) => {
      world.listen();
      const { admissions } = noting(world);
      let last = (await admissions.admit(twin(0), ask(20), world.now)).granted[0]!;
      for (let n = 0; n < 500; n++) last = (await admissions.admit(twin(n), ask(20), world.now)).granted[0]!;
      expect(last).toMatchObject({ budget: 0, keys: [] });
      expect(last.startAt - world.now).toBeLessThan(3 * MINUTE);
      expect((await admissions.admit(twin(1), ask(20), last.startAt)).granted[0]!.budget).toBe(20);
    }));

  it("keeps a later turn for its twin without giving it yet: an endpoint that fails meanwhile is not called, one that moved is called there", () =>
    inWorld(async (world) => {
      const endpoint = world.listen();
      const { admissions } = noting(world);
      for (let n = 0; n < 3; n++) await admissions.admit(twin(n), ask(20), world.now);
      const waits = (await admissions.admit(twin(3), ask(20), world.now)).granted[0]!;
      expect(waits).toMatchObject({ budget: 0, keys: [] });
      expect((await admissions.admit(twin(3), ask(20), world.now)).granted[0]!.startAt).toBe(waits.startAt);
      endpoint.url = "https://hooks.example/moved";
      const turn = (await admissions.admit(twin(3), ask(20), waits.startAt)).granted[0]!;
      expect(turn).toMatchObject({ url: endpoint.url, startAt: waits.startAt, budget: 20 });

      await admissions.admit(twin(4), ask(20), waits.startAt);
      const later = (await admissions.admit(twin(5), ask(20), waits.startAt)).granted[0]!;
      expect(later.budget).toBe(0);
      fail(admissions, endpoint.id, waits.startAt, 5);
      expect((await admissions.admit(twin(5), ask(20), later.startAt)).parked).toMatchObject([
        { reason: "breaker-open" },
      ]);
    }));

  it("parks a twin in the same step while the breaker is open, also after a restart", () =>
    inWorld(async (world) => {
      const { id } = world.listen();
      fail(noting(world).admissions, id, world.now, 5);
      const { admissions } = noting(world);
      expect(await admissions.admit(twin(1), ask(), world.now)).toMatchObject({
        granted: [],
        parked: [{ endpoint: id, reason: "breaker-open" }],
      });
      expect(admissions.health(id)).toMatchObject({ state: "failing", parked: 1 });
      expect(admissions.nextDueAt()).toBe(world.now + 30 * SECOND);
    }));

  it("wakes one waiting twin for a probe, another one the next time", () =>
    inWorld(async (world) => {
      const { id } = world.listen();
      const { admissions, woken } = noting(world);
      fail(admissions, id, world.now, 5);
      for (let n = 1; n <= 3; n++) await admissions.admit(twin(n), ask(), world.now + n);
      for (let probes = 0; probes < 2; probes++) {
        world.now = admissions.nextDueAt()!;
        await admissions.runDue(world.now);
        const { granted } = await admissions.admit(woken.at(-1)!, ask(), world.now);
        expect(granted).toMatchObject([{ probe: true, budget: 1 }]);
        expect((await admissions.admit(twin(3), ask(), world.now)).parked).toHaveLength(1);
        fail(admissions, id, world.now, 1, true);
      }
      expect(woken).toEqual([twin(1), twin(2)]);
    }));

  it("wakes everyone, longest waiting first and no faster than the rate, once a probe got through", () =>
    inWorld(async (world) => {
      const { id } = world.listen();
      const { admissions, woken } = noting(world);
      fail(admissions, id, world.now, 5);
      for (let n = 0; n < 50; n++) await admissions.admit(twin(n), ask(), world.now + n);
      admissions.report(twin(0), [{ endpoint: id, outcome: "delivered", at: world.now + MINUTE, probe: true }]);
      const counts: number[] = [];
      for (
        let at = world.now + MINUTE;
        admissions.nextDueAt() !== null;
        at = Math.max(at + 1, admissions.nextDueAt()!)
      ) {
        await admissions.runDue(at);
        counts.push(woken.length);
      }
      expect(counts).toEqual([20, 40, 50]);
      expect(woken).toEqual(Array.from({ length: 50 }, (_, n) => twin(n)));
    }));

  it("keeps who waits for an endpoint that its maker switched off, and wakes them when it is on again", () =>
    inWorld(async (world) => {
      const endpoint = world.listen();
      endpoint.enabled = false;
      const { admissions, woken } = noting(world);
      expect((await admissions.admit(twin(1), ask(), world.now)).parked).toMatchObject([{ reason: "off" }]);
      expect(admissions.nextDueAt()).toBeNull();
      endpoint.enabled = true;
      admissions.enable(endpoint.id);
      await admissions.runDue(world.now + HOUR);
      expect(woken).toEqual([twin(1)]);
    }));

  it("writes nothing for the ordinary success", () =>
    inWorld(async (world) => {
      const { id } = world.listen();
      const { admissions } = noting(world);
      admissions.report(twin(1), [{ endpoint: id, outcome: "delivered", at: world.now, probe: false }]);
      const changes = () => world.sql.exec<{ n: number }>("SELECT total_changes() AS n").one().n;
      const before = changes();
      for (let n = 1; n < 10; n++) {
        await admissions.admit(twin(1), ask(), world.now);
        admissions.report(twin(1), [{ endpoint: id, outcome: "delivered", at: world.now + n, probe: false }]);
      }
      expect(changes() - before).toBe(0);
      expect(admissions.health(id).lastSuccessAt).toBe(world.now + 9);
    }));
});
