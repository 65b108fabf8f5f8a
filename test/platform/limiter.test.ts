import fc from "fast-check";
import { expect, test } from "vitest";
import { Limiter } from "../../src/platform/limiter.ts";

const WINDOW_MS = 60_000;

test("as many as the limit are allowed at once, and then none until the first of them is a window old", () => {
  const limiter = new Limiter(3, WINDOW_MS);
  expect([0, 10_000, 20_000].map((at) => limiter.take("a", at))).toEqual([0, 0, 0]);
  expect(limiter.take("a", 30_000)).toBe(30);
  expect(limiter.take("a", 59_999)).toBe(1);
  expect(limiter.take("a", 60_000)).toBe(0);
  expect(limiter.take("a", 60_001)).toBe(10);
});

test("whoever waits as long as was said may go on", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.nat(30_000), { minLength: 1, maxLength: 60 }),
      (limit, pauses) => {
        const limiter = new Limiter(limit, WINDOW_MS);
        let now = 0;
        for (const pause of pauses) {
          now += pause;
          const wait = limiter.take("a", now);
          if (wait > 0) expect(limiter.waitSeconds("a", now + wait * 1000)).toBe(0);
        }
      },
    ),
  );
});

test("no window of that length ever holds more than the limit", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(20_000), { maxLength: 80 }), (limit, pauses) => {
      const limiter = new Limiter(limit, WINDOW_MS);
      const allowed: number[] = [];
      let now = 0;
      for (const pause of pauses) {
        now += pause;
        if (limiter.take("a", now) === 0) allowed.push(now);
      }
      for (const at of allowed)
        expect(allowed.filter((other) => other > at - WINDOW_MS && other <= at).length).toBeLessThanOrEqual(limit);
    }),
  );
});

test("keys do not count for each other, and 0 is no limit", () => {
  const limiter = new Limiter(1, WINDOW_MS);
  expect([limiter.take("a", 0), limiter.take("b", 0)]).toEqual([0, 0]);
  expect(limiter.take("a", 1)).toBeGreaterThan(0);
  const free = new Limiter(0, WINDOW_MS);
  for (let n = 0; n < 100; n++) expect(free.take("a", 0)).toBe(0);
});
