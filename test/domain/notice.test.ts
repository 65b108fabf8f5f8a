// How far a notice came, as its maker is shown it: no reading is proof of one item, nor makes it much likelier.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bandOf } from "../../src/domain/band.ts";
import { NOISE_BYTES, noticeInput, passesForTold, reachOf, shownCount } from "../../src/domain/notice.ts";

const NOISE = 10;
const FAR = 150;

/** The bytes that come out as so many steps up, or down. */
function noiseOf(steps: number): Uint8Array {
  const bytes = new Uint8Array(NOISE_BYTES);
  const word = (of: number) => Math.exp(-(of + 0.5) / NOISE) * 2 ** 32;
  for (const at of [0, 8]) {
    new DataView(bytes.buffer).setUint32(at, word(Math.max(steps, 0)));
    new DataView(bytes.buffer).setUint32(at + 4, word(Math.max(-steps, 0)));
  }
  return bytes;
}

/** How likely each reading is. */
function likelihoods<Reading>(read: (noise: Uint8Array) => Reading): Map<Reading, number> {
  const q = Math.exp(-1 / NOISE);
  const likely = new Map<Reading, number>();
  for (let steps = -FAR; steps <= FAR; steps++) {
    const reading = read(noiseOf(steps));
    likely.set(reading, (likely.get(reading) ?? 0) + ((1 - q) / (1 + q)) * q ** Math.abs(steps));
  }
  return likely;
}
const readings = (count: number) => likelihoods((noise) => bandOf(shownCount(count, noise)).from);

const bytes = fc.uint8Array({ minLength: NOISE_BYTES, maxLength: NOISE_BYTES });

describe("the bands", () => {
  test("never tell whether one item is claimed: what one count reads as, its neighbours may read as, about as often", () => {
    for (let count = 0; count <= 60; count++) {
      const [one, more] = [readings(count), readings(count + 1)];
      for (const [from, likely] of one) {
        // At the far end of what is counted here, the last step of the one has no neighbour of the other.
        if (from > count + FAR - 20) continue;
        expect(more.get(from)! / likely, `${count} as ${from}`).toBeGreaterThan(0.88);
        expect(more.get(from)! / likely, `${count} as ${from}`).toBeLessThan(1.13);
      }
    }
  });

  test("are 0 to 19 for fewer than twenty serials, whatever the count, the noise and the way it has come", () => {
    fc.assert(
      fc.property(fc.nat(19), bytes, fc.integer({ min: 1, max: 19 }), fc.boolean(), (count, noise, named, finished) => {
        const { targeted, delivered } = reachOf(shownCount(count, noise), named, finished);
        expect([targeted, delivered]).toEqual([bandOf(0), bandOf(0)]);
      }),
    );
  });

  test("are bands of twenty, near the number, and show nothing on the way", () => {
    fc.assert(
      fc.property(fc.nat(20_000), bytes, fc.option(fc.integer({ min: 20, max: 10_000 })), (count, noise, named) => {
        const shown = shownCount(count, noise);
        const there = reachOf(shown, named, true);
        expect(there).toEqual({ targeted: bandOf(shown), delivered: bandOf(shown), finished: true });
        expect(there.targeted.from % 20).toBe(0);
        expect(there.targeted.to - there.targeted.from).toBe(19);
        expect(Math.abs(shown - count)).toBeLessThan(300);
        expect(reachOf(shown, named, false)).toEqual({ ...there, delivered: bandOf(0), finished: false });
      }),
    );
  });
});

describe("that a notice passes for told", () => {
  test("never says whether one item is left: of so few it always does, whatever the noise", () => {
    fc.assert(
      fc.property(fc.nat(20), bytes, (left, noise) => {
        expect(passesForTold(left, noise)).toBe(true);
      }),
    );
    const loudest = new Uint8Array(NOISE_BYTES).fill(255, 12);
    expect([20, 60].map((left) => passesForTold(left, loudest))).toEqual([true, false]);
  });

  test("is about as likely of one item more, up to the number at which it never does", () => {
    const likely = (left: number) => likelihoods((noise) => passesForTold(left, noise));
    for (let left = 250 - FAR + 20; left < 250 + FAR - 20; left++)
      for (const [reading, chance] of likely(left)) {
        const more = likely(left + 1).get(reading)!;
        expect(more / chance, `${left}: ${reading}`).toBeGreaterThan(0.88);
        expect(more / chance, `${left}: ${reading}`).toBeLessThan(1.13);
      }
    fc.assert(fc.property(fc.integer({ min: 600 }), bytes, (left, noise) => !passesForTold(left, noise)));
  });
});

describe("a notice", () => {
  const words = { title: "Mind", text: "It is hot." };
  const right = { kind: "recall", gtin: "09521234500018", serials: ["A1"], ...words };
  const faultsOf = (input: unknown) =>
    noticeInput.safeParse(input).error?.issues.map(({ path }) => path.join(".")) ?? [];

  test("has no kind for offers", () => {
    expect(faultsOf(right)).toEqual([]);
    for (const kind of ["marketing", "offer", "news", "", undefined])
      expect(faultsOf({ kind, gtin: right.gtin, ...words })).toEqual(["kind"]);
  });

  test.each([
    ["safety without a product", { kind: "safety", ...words }, ["gtin"]],
    ["serials without a product", { kind: "safety", serials: ["A1"], ...words }, ["gtin", "serials"]],
    ["a service message to serials", { ...right, kind: "service" }, ["serials"]],
    ["no serials", { ...right, serials: [] }, ["serials"]],
    ["a serial twice", { ...right, serials: ["A1", "A1"] }, ["serials"]],
    ["too many serials", { ...right, serials: Array.from({ length: 10_001 }, (_, n) => `S${n}`) }, ["serials"]],
    ["a serial that is none", { ...right, serials: ["A 1"] }, ["serials.0"]],
    ["a GTIN that is none", { ...right, gtin: "123" }, ["gtin"]],
    ["a link that isn't https", { ...right, url: "http://lamo.example/recall" }, ["url"]],
    ["a link that is a script", { ...right, url: "javascript:alert(1)" }, ["url"]],
  ])("with %s is refused", (_, input, faults) => {
    expect(faultsOf(input)).toEqual(faults);
  });
});
