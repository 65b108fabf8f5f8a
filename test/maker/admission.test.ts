// Leave to call an endpoint: given at its rate, refused while it is down, and never forgotten by a restart.

import { describe, expect, it } from "vitest";
import type { Ask, AttemptReport } from "../../src/domain/exchange.ts";
import type { EndpointId, TwinId } from "../../src/domain/ids.ts";
import { Admissions } from "../../src/maker/admission.ts";
import { HOUR, inWorld, MINUTE, SECOND, type World } from "../relay/world.ts";

const ask = (want = 1, idle: EndpointId[] = []): Ask => ({ want, idle, fresh: [] });
const twin = (n: number): TwinId => `twin_${n}`;
type Target = { id: EndpointId; url: string };
const answered = (
  { id, url }: Target,
  outcome: AttemptReport["outcome"],
  at: number,
  more: Partial<AttemptReport> = {},
): AttemptReport => ({ endpoint: id, url, outcome, startedAt: at, at, probe: false, retryAfterMs: null, ...more });
const fail = (admissions: Admissions, endpoint: Target, at: number, times: number, probe = false): EndpointId[] =>
  admissions.report(
    twin(1),
    Array.from({ length: times }, () => answered(endpoint, "retry", at, { probe })),
  );

/** Admissions whose wakes are only noted, after `reach` let them through. */
function noting(
  world: World,
  reach: (twin: TwinId) => Promise<void> = async () => {},
): { admissions: Admissions; woken: TwinId[] } {
  const woken: TwinId[] = [];
  const admissions = new Admissions({
    storage: world.storage,
    doors: () => world.receivers,
    keysOf: async () => [{ secret: "c2VjcmV0", seed: "c2VlZA==" }],
    wake: async (each) => {
      await reach(each);
      woken.push(each);
    },
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
      fail(admissions, endpoint, waits.startAt, 5);
      expect((await admissions.admit(twin(5), ask(20), later.startAt)).parked).toMatchObject([
        { reason: "breaker-open" },
      ]);
    }));

  it("parks a twin in the same step while the breaker is open, also after a restart", () =>
    inWorld(async (world) => {
      const endpoint = world.listen();
      const { id } = endpoint;
      fail(noting(world).admissions, endpoint, world.now, 5);
      const { admissions } = noting(world);
      expect(await admissions.admit(twin(1), ask(), world.now)).toMatchObject({
        granted: [],
        parked: [{ endpoint: id, reason: "breaker-open" }],
      });
      expect(admissions.health(id)).toMatchObject({ state: "failing", parked: 1 });
      expect(admissions.nextDueAt()).toBe(world.now + 30 * SECOND);
    }));

  it("has a twin wait whose own failure opens the breaker, or comes while it is open, and says so", () =>
    inWorld(async (world) => {
      const endpoint = world.listen();
      const { admissions, woken } = noting(world);
      expect(fail(admissions, endpoint, world.now, 4)).toEqual([]);
      expect(admissions.health(endpoint.id).parked).toBe(0);
      expect(fail(admissions, endpoint, world.now, 1)).toEqual([endpoint.id]);
      expect(admissions.report(twin(2), [answered(endpoint, "retry", world.now + 1)])).toEqual([endpoint.id]);
      expect(admissions.report(twin(3), [answered(endpoint, "poison", world.now + 1)])).toEqual([]);
      expect(admissions.health(endpoint.id).parked).toBe(2);
      await admissions.runDue(world.now + 30 * SECOND);
      expect(woken).toEqual([twin(1)]);
    }));

  it("starts no probe before the time that the endpoint asked for", () =>
    inWorld(async (world) => {
      const endpoint = world.listen();
      const { admissions } = noting(world);
      fail(admissions, endpoint, world.now, 4);
      admissions.report(twin(1), [answered(endpoint, "retry", world.now, { retryAfterMs: HOUR })]);
      await admissions.admit(twin(1), ask(), world.now);
      expect(admissions.nextDueAt()).toBe(world.now + HOUR);
    }));

  it("wakes one waiting twin for a probe, another one the next time", () =>
    inWorld(async (world) => {
      const endpoint = world.listen();
      const { admissions, woken } = noting(world);
      fail(admissions, endpoint, world.now, 5);
      for (let n = 1; n <= 3; n++) await admissions.admit(twin(n), ask(), world.now + n);
      for (let probes = 0; probes < 2; probes++) {
        world.now = admissions.nextDueAt()!;
        await admissions.runDue(world.now);
        const { granted } = await admissions.admit(woken.at(-1)!, ask(), world.now);
        expect(granted).toMatchObject([{ probe: true, budget: 1 }]);
        expect((await admissions.admit(twin(3), ask(), world.now)).parked).toHaveLength(1);
        fail(admissions, endpoint, world.now, 1, true);
      }
      expect(woken).toEqual([twin(1), twin(2)]);
    }));

  it("wakes one waiting twin at once where the next probe is hurried, once only, and everyone once that got through", () =>
    inWorld(async (world) => {
      const endpoint = world.listen();
      const { admissions, woken } = noting(world);
      fail(admissions, endpoint, world.now, 5);
      for (let n = 1; n <= 3; n++) await admissions.admit(twin(n), ask(), world.now);
      for (let probes = 0; probes < 6; probes++) {
        world.now = admissions.nextDueAt()!;
        await admissions.runDue(world.now);
        await admissions.admit(woken.at(-1)!, ask(), world.now);
        fail(admissions, endpoint, world.now, 1, true);
      }
      expect(admissions.nextDueAt()).toBe(world.now + 10 * MINUTE);
      woken.length = 0;
      world.now += SECOND;
      for (let hurries = 0; hurries < 5; hurries++) {
        admissions.hurry(endpoint.id, "answered", world.now);
        if (hurries === 0) expect(admissions.nextDueAt()).toBe(world.now);
        await admissions.runDue(world.now);
        if (hurries === 0)
          expect((await admissions.admit(woken[0]!, ask(), world.now)).granted).toMatchObject([{ probe: true }]);
      }
      expect(woken).toHaveLength(1);
      admissions.report(woken[0]!, [answered(endpoint, "delivered", world.now, { probe: true })]);
      await admissions.runDue(world.now);
      expect(new Set(woken)).toEqual(new Set([twin(1), twin(2), twin(3)]));
    }));

  it("knows an endpoint's health that a version before wrote, which had fewer words for it", () =>
    inWorld(async (world) => {
      const endpoint = world.listen();
      fail(noting(world).admissions, endpoint, world.now, 5);
      world.sql.exec("UPDATE endpoint_health SET breaker = json_remove(breaker, '$.probingSince', '$.restsUntil')");
      const { admissions } = noting(world);
      await admissions.admit(twin(1), ask(), world.now);
      admissions.hurry(endpoint.id, "asked", world.now + SECOND);
      expect(admissions.nextDueAt()).toBe(world.now + SECOND);
    }));

  it("wakes everyone, longest waiting first and no faster than the rate, once a probe got through", () =>
    inWorld(async (world) => {
      const endpoint = world.listen();
      const { admissions, woken } = noting(world);
      fail(admissions, endpoint, world.now, 5);
      for (let n = 0; n < 50; n++) await admissions.admit(twin(n), ask(), world.now + n);
      admissions.report(twin(0), [answered(endpoint, "delivered", world.now + MINUTE, { probe: true })]);
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
      admissions.enable(endpoint.id, world.now);
      await admissions.runDue(world.now + HOUR);
      expect(woken).toEqual([twin(1)]);
    }));

  it("keeps every twin that met a 410, not only the first, and wakes them all when the endpoint is enabled again", () =>
    inWorld(async (world) => {
      const endpoint = world.listen();
      const { admissions, woken } = noting(world);
      for (let n = 1; n <= 3; n++) admissions.report(twin(n), [answered(endpoint, "gone", world.now + n)]);
      expect(admissions.health(endpoint.id)).toMatchObject({ state: "disabled", parked: 3 });
      admissions.enable(endpoint.id, world.now + HOUR);
      await admissions.runDue(world.now + HOUR);
      expect(woken).toEqual([twin(1), twin(2), twin(3)]);
    }));

  it("does not hold against an endpoint what the address before answered, or what was asked before it was enabled", () =>
    inWorld(async (world) => {
      const endpoint = world.listen();
      const { url } = endpoint;
      const { admissions, woken } = noting(world);
      endpoint.url = "https://hooks.example/moved";
      admissions.enable(endpoint.id, world.now);
      admissions.report(twin(1), [answered(endpoint, "gone", world.now + 1, { url })]);
      admissions.report(twin(2), [answered(endpoint, "gone", world.now + 2, { startedAt: world.now - 1 })]);
      for (let n = 0; n < 5; n++)
        admissions.report(twin(3), [answered(endpoint, "retry", world.now + 3, { startedAt: world.now - 1 })]);
      expect(admissions.health(endpoint.id)).toMatchObject({ state: "ok", parked: 3 });
      await admissions.runDue(world.now + SECOND);
      expect(woken).toEqual([twin(1), twin(2), twin(3)]);
      admissions.report(twin(1), [answered(endpoint, "gone", world.now + SECOND)]);
      expect(admissions.health(endpoint.id).state).toBe("disabled");
    }));

  it("wakes a twin again, behind the others, that it could not reach", () =>
    inWorld(async (world) => {
      const endpoint = world.listen();
      let reachable = false;
      const { admissions, woken } = noting(world, async (each) => {
        if (each === twin(1) && !reachable) throw new Error("not to be reached");
      });
      for (let n = 1; n <= 3; n++) admissions.report(twin(n), [answered(endpoint, "gone", world.now)]);
      admissions.enable(endpoint.id, world.now);
      await admissions.runDue(world.now);
      expect(woken).toEqual([twin(2), twin(3)]);
      expect(admissions.health(endpoint.id).parked).toBe(1);
      reachable = true;
      expect(admissions.nextDueAt()).toBe(world.now + MINUTE);
      await admissions.runDue(world.now + MINUTE);
      expect(woken).toEqual([twin(2), twin(3), twin(1)]);
      expect(admissions.nextDueAt()).toBeNull();
    }));

  it("keeps the place of a twin that is parked again while it is being woken", () =>
    inWorld(async (world) => {
      const endpoint = world.listen();
      const { admissions } = noting(world, async (each) => {
        admissions.report(each, [answered(endpoint, "gone", world.now)]);
      });
      admissions.report(twin(1), [answered(endpoint, "gone", world.now)]);
      admissions.enable(endpoint.id, world.now);
      await admissions.runDue(world.now);
      expect(admissions.health(endpoint.id)).toMatchObject({ state: "disabled", parked: 1 });
    }));

  it("writes nothing for the ordinary success", () =>
    inWorld(async (world) => {
      const endpoint = world.listen();
      const { admissions } = noting(world);
      admissions.report(twin(1), [answered(endpoint, "delivered", world.now)]);
      const changes = () => world.sql.exec<{ n: number }>("SELECT total_changes() AS n").one().n;
      const before = changes();
      for (let n = 1; n < 10; n++) {
        await admissions.admit(twin(1), ask(), world.now);
        admissions.report(twin(1), [answered(endpoint, "delivered", world.now + n)]);
      }
      expect(changes() - before).toBe(0);
      expect(admissions.health(endpoint.id).lastSuccessAt).toBe(world.now + 9);
    }));
});
