// An allowance: what may be had at once, and how often after that.

import { describe, expect, test } from "vitest";
import { Allowance } from "../../src/relay/allowance.ts";

/** Takes one and answers 0, or answers in how many ms there is one. */
function taken(allowance: Allowance, now: number): number {
  const wait = allowance.nextAt(now) - now;
  if (wait === 0) allowance.take(now);
  return wait;
}

describe("an allowance of three at once and one a second", () => {
  test("gives three, then one each second, however often it is asked", () => {
    const allowance = new Allowance(3, 1);
    const given: number[] = [];
    for (let now = 0; now <= 5_000; now += 100) if (taken(allowance, now) === 0) given.push(now);
    expect(given).toEqual([0, 100, 200, 1_000, 2_000, 3_000, 4_000, 5_000]);
  });

  test("says how long to wait, and then there is one", () => {
    const allowance = new Allowance(1, 1);
    expect(taken(allowance, 50)).toBe(0);
    expect(taken(allowance, 300)).toBe(750);
    expect(taken(allowance, 1_050)).toBe(0);
  });

  test("is whole again after a rest, and no more than whole", () => {
    const allowance = new Allowance(2, 1);
    const burst = (now: number) => [taken(allowance, now), taken(allowance, now), taken(allowance, now)];
    expect(burst(0)).toEqual([0, 0, 1_000]);
    expect(burst(60_000)).toEqual([0, 0, 1_000]);
  });
});
