import fc from "fast-check";
import { expect, test } from "vitest";
import {
  nextDelayMs,
  nextPoisonDelayMs,
  POISON_ATTEMPTS,
  SCHEDULE_MS,
  SET_ASIDE_AFTER,
} from "../../src/relay/schedule.ts";

const random01 = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const LARGEST_JITTER = 1 - Number.EPSILON;

test("there are sixteen attempts over 147 h 42 min, then the event is a dead letter", () => {
  const delays = Array.from({ length: 16 }, (_, made) => nextDelayMs(made, 0, 1)!);
  expect(delays.map((ms) => ms / 1_000)).toEqual([
    0, 5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200, 86_400, 86_400, 86_400, 86_400, 86_400,
  ]);
  const minutes = delays.reduce((sum, ms) => sum + ms, 0) / 60_000;
  expect(Math.floor(minutes)).toBe(147 * 60 + 42);
  expect(nextDelayMs(16, 0, 1)).toBeNull();
  expect(nextDelayMs(17, 0, 1)).toBeNull();
});

test("jitter adds 0 to 20 %, and never makes an attempt early", () => {
  fc.assert(
    fc.property(fc.nat(15), random01, fc.constantFrom(1, 0.01, 0.000_123), (made, random, scale) => {
      const delay = nextDelayMs(made, random, scale)!;
      const exact = SCHEDULE_MS[made]! * scale;
      expect(Number.isInteger(delay)).toBe(true);
      expect(delay).toBeGreaterThanOrEqual(exact);
      expect(delay).toBeLessThanOrEqual(Math.ceil(exact * 1.2));
    }),
  );
  expect(nextDelayMs(1, 0.5, 1)).toBe(5_500);
  expect(nextDelayMs(1, LARGEST_JITTER, 1)).toBe(6_000);
});

test("the scale multiplies every delay", () => {
  expect(nextDelayMs(2, 0, 0.001)).toBe(30);
  expect(nextDelayMs(15, 0, 2)).toBe(172_800_000);
  expect(nextPoisonDelayMs(1, 1, 0, 0.1)).toBe(500);
});

test("poison gets three attempts within ten minutes, time-outs included, however late it first shows", () => {
  const ATTEMPT_MS = 15_000;
  for (const before of [0, 7, 12]) {
    const second = nextPoisonDelayMs(before + 1, 1, LARGEST_JITTER, 1)!;
    const third = nextPoisonDelayMs(before + 2, 2, LARGEST_JITTER, 1)!;
    expect(second + third + 3 * ATTEMPT_MS).toBeLessThan(600_000);
    expect(nextPoisonDelayMs(before + 3, 3, 0, 1)).toBeNull();
  }
  expect(POISON_ATTEMPTS).toBe(3);
});

test("poison doesn't buy a seventeenth attempt", () => {
  expect(nextPoisonDelayMs(16, 1, 0, 1)).toBeNull();
});

test("an event is set aside after eight failed attempts", () => {
  expect(SET_ASIDE_AFTER).toBe(8);
});

test("a count that is no count is a bug and not a dead letter", () => {
  expect(() => nextDelayMs(-1, 0, 1)).toThrow(RangeError);
  expect(() => nextDelayMs(1.5, 0, 1)).toThrow(RangeError);
});
