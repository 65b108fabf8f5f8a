import fc from "fast-check";
import { expect, test } from "vitest";
import { BURST, type Pace, RATE_PER_SECOND, reserve } from "../../src/relay/pace.ts";

const NOW = 1_800_000_000_000;

/** When each granted slot may start, for askers at `times` who want `wanted` slots each. */
function starts(asks: readonly { at: number; n: number }[], rate = RATE_PER_SECOND, burst = BURST): number[] {
  let state: Pace | undefined;
  return asks.flatMap(({ at, n }) => {
    const { startAt, everyMs, granted, ...rest } = reserve(state, at, n, rate, burst);
    state = rest.state;
    expect(startAt).toBeGreaterThanOrEqual(at);
    return Array.from({ length: granted }, (_, slot) => startAt + slot * everyMs);
  });
}

const most = (times: readonly number[], windowMs: number): number => {
  const sorted = times.toSorted((a, b) => a - b);
  let first = 0;
  return sorted.reduce((largest, time, last) => {
    while (sorted[first]! <= time - windowMs) first += 1;
    return Math.max(largest, last - first + 1);
  }, 0);
};

test("five thousand twins asking at once: a burst of 20 now, then each at a time of its own, 20 a second, none starved", () => {
  const times = starts(Array.from({ length: 5_000 }, () => ({ at: NOW, n: 1 })));
  expect(times.filter((time) => time === NOW)).toHaveLength(BURST);
  const rest = times.slice(BURST);
  expect(new Set(rest).size).toBe(rest.length);
  expect(most(rest, 1_000)).toBe(RATE_PER_SECOND);
  expect(times.at(-1)).toBe(NOW + (5_000 - BURST) * 50);
});

test("an endpoint that rested has its whole burst again, and no more", () => {
  const rested = NOW + 60_000;
  const times = starts([
    ...Array.from({ length: 20 }, () => ({ at: NOW, n: 1 })),
    ...Array.from({ length: 21 }, () => ({ at: rested, n: 1 })),
  ]);
  expect(times.slice(20)).toEqual([...Array.from({ length: 20 }, () => rested), rested + 50]);
});

test("whoever asks when and for how much, no window holds more than the burst and the rate allow", () => {
  const ask = fc.record({ wait: fc.nat(400), n: fc.integer({ min: 0, max: 40 }) });
  fc.assert(
    fc.property(
      fc.array(ask, { maxLength: 80 }),
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 5_000 }),
      (waits, rate, burst, windowMs) => {
        let at = NOW;
        const times = starts(
          waits.map(({ wait, n }) => ({ at: (at += wait), n })),
          rate,
          burst,
        );
        expect(most(times, windowMs)).toBeLessThanOrEqual(burst + Math.ceil((windowMs * rate) / 1_000));
      },
    ),
  );
});

test("a caller is granted what it wants up to a burst; nothing wanted reserves nothing", () => {
  expect(reserve(undefined, NOW, 7)).toEqual({ state: { tat: NOW + 350 }, startAt: NOW, everyMs: 50, granted: 7 });
  expect(reserve(undefined, NOW, 1_000).granted).toBe(BURST);
  expect(reserve({ tat: NOW + 5_000 }, NOW, 0)).toMatchObject({ state: { tat: NOW + 5_000 }, granted: 0 });
});

test("a rate that doesn't divide a second is rounded down, never up", () => {
  const times = starts(
    Array.from({ length: 100 }, () => ({ at: NOW, n: 1 })),
    30,
    1,
  );
  expect(most(times, 1_000)).toBe(30);
  expect(times.every(Number.isInteger)).toBe(true);
  expect(times[1]! - times[0]!).toBe(34);
});
