import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  askLeave,
  type Breaker,
  DISABLED_AFTER_MS,
  enabled,
  FIRST_PROBE_MS,
  hurried,
  LAST_PROBE_MS,
  NEW_BREAKER,
  onOutcome,
} from "../../src/relay/breaker.ts";
import type { Outcome } from "../../src/relay/outcome.ts";

const NOW = 1_800_000_000_000;
const HOUR_MS = 3_600_000;

const after = (outcomes: readonly Outcome[], from: Breaker = NEW_BREAKER): Breaker =>
  outcomes.reduce((breaker, outcome) => onOutcome(breaker, outcome, NOW, 1, false), from);
const fails = (count: number): Outcome[] => Array.from({ length: count }, () => "retry");
const OPEN = after(fails(5));

/** Probes whenever leave is given, each answered by `outcome`, to `until` or no more leave: the probes' times and the last state. */
function probing(from: Breaker, outcome: Outcome, until: number, start = NOW): { breaker: Breaker; probes: number[] } {
  const probes: number[] = [];
  let breaker = from;
  let now = start;
  while (now <= until) {
    const asked = askLeave(breaker, now);
    if (asked.answer.leave === "probe") {
      probes.push(now);
      breaker = onOutcome(asked.breaker, outcome, now, 1, true);
    } else if (asked.answer.leave === "park") now = asked.answer.until;
    else break;
  }
  return { breaker, probes };
}

describe("opening", () => {
  test("four failures leave it closed, the fifth in a row opens it", () => {
    expect(after(fails(4)).openedAt).toBeNull();
    expect(askLeave(after(fails(4)), NOW).answer).toEqual({ leave: "go" });
    expect(OPEN).toMatchObject({ openedAt: NOW, probeAt: NOW + FIRST_PROBE_MS, failingSince: NOW });
    expect(askLeave(OPEN, NOW).answer).toEqual({ leave: "park", until: NOW + 30_000 });
  });

  test("a delivery between them starts the count again", () => {
    expect(after([...fails(4), "delivered", ...fails(4)]).openedAt).toBeNull();
    expect(after([...fails(4), "delivered"])).toEqual({ ...NEW_BREAKER, lastSuccessAt: NOW });
  });

  test("poison neither counts nor hides a failure", () => {
    expect(after(Array.from({ length: 100 }, () => "poison" as const))).toEqual(NEW_BREAKER);
    expect(after(["retry", "poison", "retry", "poison", "retry", "poison", "retry", "poison"]).openedAt).toBeNull();
    expect(after(["retry", "poison", "retry", "poison", "retry", "poison", "retry", "poison", "retry"]).openedAt).toBe(
      NOW,
    );
  });
});

describe("probing", () => {
  test("is every 30 s doubling to 10 min", () => {
    const { probes } = probing(OPEN, "retry", NOW + HOUR_MS);
    const gaps = probes.map((at, i) => (at - (probes[i - 1] ?? NOW)) / 1_000);
    expect(gaps).toEqual([30, 60, 120, 240, 480, 600, 600, 600, 600]);
  });

  test("leave to probe is one caller's, and comes again an interval later when that caller died", () => {
    const due = OPEN.probeAt!;
    const first = askLeave(OPEN, due);
    expect(first.answer).toEqual({ leave: "probe" });
    expect(askLeave(first.breaker, due + 1).answer).toEqual({ leave: "park", until: due + FIRST_PROBE_MS });
    expect(askLeave(first.breaker, due + FIRST_PROBE_MS).answer).toEqual({ leave: "probe" });
  });

  test("a delivered probe closes it, and so does one answered with poison", () => {
    expect(onOutcome(OPEN, "delivered", NOW + 30_000, 1, true)).toEqual({
      ...NEW_BREAKER,
      lastSuccessAt: NOW + 30_000,
    });
    expect(onOutcome(OPEN, "poison", NOW + 30_000, 1, true)).toEqual(NEW_BREAKER);
  });

  test("attempts that were under way when it opened neither close it nor move the next probe", () => {
    for (const outcome of ["retry", "poison", "delivered"] as const) {
      const later = onOutcome(OPEN, outcome, NOW + 10, 1, false);
      expect(later).toMatchObject({ openedAt: NOW, probeAt: OPEN.probeAt, probeIntervalMs: FIRST_PROBE_MS });
    }
    expect(onOutcome(OPEN, "delivered", NOW + 10, 1, false).lastSuccessAt).toBe(NOW + 10);
  });

  test("is put off for as long as the endpoint asks, by whichever attempt it asks", () => {
    const opened = onOutcome(after(fails(4)), "retry", NOW, 1, false, HOUR_MS);
    expect(opened.probeAt).toBe(NOW + HOUR_MS);
    const probed = onOutcome(OPEN, "retry", NOW + 30_000, 1, true, HOUR_MS);
    expect(probed).toMatchObject({ probeAt: NOW + 30_000 + HOUR_MS, probeIntervalMs: 60_000 });
    expect(onOutcome(OPEN, "retry", NOW + 10, 1, false, HOUR_MS).probeAt).toBe(NOW + 10 + HOUR_MS);
    for (const probe of [true, false])
      expect(onOutcome(OPEN, "retry", NOW + 10, 1, probe, 1).probeAt).toBeGreaterThanOrEqual(OPEN.probeAt!);
  });

  test("the scale multiplies the intervals, and never makes them 0", () => {
    const open = fails(5).reduce((breaker, outcome) => onOutcome(breaker, outcome, NOW, 0.01, false), NEW_BREAKER);
    expect(open.probeAt).toBe(NOW + 300);
    expect(onOutcome(NEW_BREAKER, "retry", NOW, 0, false)).toMatchObject({ openedAt: null });
    expect(
      fails(5).reduce((breaker, outcome) => onOutcome(breaker, outcome, NOW, 0, false), NEW_BREAKER).probeIntervalMs,
    ).toBe(1);
  });
});

describe("hurrying the next probe", () => {
  const late = probing(OPEN, "retry", NOW + HOUR_MS).breaker;
  const now = NOW + HOUR_MS;

  test("makes it due at once when the endpoint answered something else, and begins at 30 s again", () => {
    expect(late.probeAt! - now).toBeGreaterThan(4 * 60_000);
    const soon = hurried(late, now, 1, "answered");
    expect(soon).toMatchObject({ openedAt: NOW, probeAt: now, probeIntervalMs: FIRST_PROBE_MS });
    const asked = askLeave(soon, now);
    expect(asked.answer).toEqual({ leave: "probe" });
    expect(onOutcome(asked.breaker, "delivered", now, 1, true).openedAt).toBeNull();
    expect(onOutcome(asked.breaker, "retry", now, 1, true).probeAt).toBe(now + 60_000);
  });

  test("makes it due at once when a person asks, and does not probe oftener by itself for that", () => {
    expect(hurried(late, now, 1, "asked")).toEqual({ ...late, probeAt: now });
  });

  test("starts no second one beside one that is under way, however often it is asked for", () => {
    for (const reason of ["answered", "asked"] as const) {
      let { breaker } = askLeave(hurried(late, now, 1, "asked"), now);
      for (let at = now; at < now + FIRST_PROBE_MS; at += 1_000) {
        breaker = hurried(breaker, at, 1, reason);
        expect(askLeave(breaker, at).answer.leave).toBe("park");
      }
      const failed = onOutcome(breaker, "retry", now + 15_000, 1, true);
      expect(askLeave(hurried(failed, now + 15_000, 1, reason), now + 15_000).answer.leave).toBe("probe");
    }
  });

  test("respects for how long the endpoint asked to be left alone, unless it answered since", () => {
    const rests = onOutcome(OPEN, "retry", NOW + 30_000, 1, true, HOUR_MS);
    expect(hurried(rests, NOW + 40_000, 1, "asked").probeAt).toBe(NOW + 30_000 + HOUR_MS);
    expect(hurried(rests, NOW + 40_000, 1, "answered").probeAt).toBe(NOW + 40_000);
    const before = onOutcome(after(fails(3)), "retry", NOW, 1, false, HOUR_MS);
    expect(onOutcome(before, "retry", NOW, 1, false).probeAt).toBe(NOW + HOUR_MS);
  });

  test("puts none off, and changes nothing where the breaker is closed or the endpoint disabled", () => {
    for (const reason of ["answered", "asked"] as const) {
      expect(hurried(OPEN, NOW + HOUR_MS, 1, reason).probeAt).toBe(OPEN.probeAt);
      expect(hurried(NEW_BREAKER, NOW, 1, reason)).toBe(NEW_BREAKER);
      const gone = onOutcome(OPEN, "gone", NOW, 1, true);
      expect(hurried(gone, NOW, 1, reason)).toBe(gone);
    }
  });
});

describe("disabling", () => {
  test("410 disables at once, and no leave is given any more", () => {
    const gone = onOutcome(NEW_BREAKER, "gone", NOW, 1, false);
    expect(gone).toMatchObject({ disabledAt: NOW, disabledReason: "gone", probeAt: null });
    expect(askLeave(gone, NOW + 1_000 * HOUR_MS).answer).toEqual({ leave: "disabled" });
    expect(onOutcome(OPEN, "gone", NOW, 1, true).disabledReason).toBe("gone");
  });

  test("nothing but failures for 120 h disables, and not a probe before", () => {
    const { breaker, probes } = probing(OPEN, "retry", NOW + 200 * HOUR_MS);
    expect(breaker.disabledReason).toBe("failing");
    expect(breaker.disabledAt! - NOW).toBeGreaterThanOrEqual(DISABLED_AFTER_MS);
    expect(breaker.disabledAt! - NOW).toBeLessThan(DISABLED_AFTER_MS + LAST_PROBE_MS);
    expect(probes.at(-1)).toBe(breaker.disabledAt);
  });

  test("a lone failure, a quiet week and four more failures open it, no more", () => {
    const week = NOW + 168 * HOUR_MS;
    let breaker = onOutcome(NEW_BREAKER, "retry", NOW, 1, false);
    for (let i = 0; i < 4; i++) breaker = onOutcome(breaker, "retry", week, 1, false);
    expect(breaker).toMatchObject({ openedAt: week, disabledAt: null });
    expect(onOutcome(breaker, "retry", week + FIRST_PROBE_MS, 1, true).disabledAt).toBeNull();
  });

  test("a delivery by an attempt that was no probe restarts the 120 h", () => {
    const middle = NOW + 60 * HOUR_MS;
    const { breaker: failing } = probing(OPEN, "retry", middle);
    const delivered = onOutcome(failing, "delivered", middle, 1, false);
    expect(delivered).toMatchObject({ openedAt: NOW, failingSince: null });
    const { breaker } = probing(delivered, "retry", NOW + 300 * HOUR_MS, middle);
    expect(breaker.disabledAt! - middle).toBeGreaterThanOrEqual(DISABLED_AFTER_MS);
  });

  test("later outcomes leave it disabled, a person's act does not", () => {
    const gone = onOutcome(NEW_BREAKER, "gone", NOW, 1, false);
    for (const outcome of ["retry", "poison", "gone"] as const)
      expect(onOutcome(gone, outcome, NOW + 1, 1, true)).toEqual(gone);
    const delivered = onOutcome(gone, "delivered", NOW + 1, 1, true);
    expect(delivered).toEqual({ ...gone, lastSuccessAt: NOW + 1 });
    expect(enabled(delivered, NOW + 2)).toEqual({ ...NEW_BREAKER, lastSuccessAt: NOW + 1, enabledAt: NOW + 2 });
  });
});

test("whatever happens, the state is integers and null that survive JSON, open exactly when it has a next probe, and time moves it forward", () => {
  const step = fc.record({
    outcome: fc.constantFrom<Outcome>("delivered", "poison", "retry", "retry", "retry", "retry"),
    wait: fc.nat(30 * 60_000),
    asks: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.constantFrom(1, 0.01, 0.012_345), (steps, scale) => {
      let breaker = NEW_BREAKER;
      let now = NOW;
      for (const { outcome, wait, asks } of steps) {
        now += wait;
        const asked = asks ? askLeave(breaker, now) : { breaker, answer: { leave: "go" as const } };
        breaker = onOutcome(asked.breaker, outcome, now, scale, asked.answer.leave === "probe");
        expect(JSON.parse(JSON.stringify(breaker))).toEqual(breaker);
        for (const value of Object.values(breaker))
          expect(value === null || typeof value === "string" || Number.isInteger(value)).toBe(true);
        expect(breaker.probeAt !== null).toBe(breaker.openedAt !== null && breaker.disabledAt === null);
        if (breaker.probeAt !== null) expect(breaker.probeIntervalMs).toBeGreaterThan(0);
        expect(breaker.openedAt ?? now).toBeLessThanOrEqual(now);
        if (breaker.openedAt !== null) expect(breaker.consecutiveFailures).toBeGreaterThanOrEqual(5);
      }
    }),
  );
});
