// How far a notice came, as its maker is shown it: no reading is proof of one item, nor makes it much likelier.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bandOf } from "../../src/domain/band.ts";
import { NOISE_BYTES, noticeInput, reachOf, shownCount } from "../../src/domain/notice.ts";

const NOISE = 10;
const FAR = 150;

/** The bytes that come out as `up` steps up and `down` steps down. */
function noiseOf(up: number, down: number): Uint8Array {
  const bytes = new Uint8Array(NOISE_BYTES);
  const word = (steps: number) => Math.exp(-(steps + 0.5) / NOISE) * 2 ** 32;
  new DataView(bytes.buffer).setUint32(0, word(up));
  new DataView(bytes.buffer).setUint32(4, word(down));
  return bytes;
}

/** How likely each band is of a count. */
function readings(count: number): Map<number, number> {
  const q = Math.exp(-1 / NOISE);
  const likely = new Map<number, number>();
  for (let steps = -FAR; steps <= FAR; steps++) {
    const { from } = bandOf(shownCount(count, noiseOf(Math.max(steps, 0), Math.max(-steps, 0))));
    likely.set(from, (likely.get(from) ?? 0) + ((1 - q) / (1 + q)) * q ** Math.abs(steps));
  }
  return likely;
}

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
      fc.property(
        fc.nat(19),
        bytes,
        fc.integer({ min: 1, max: 19 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, noise, named, told) => {
          const { targeted, delivered } = reachOf(shownCount(count, noise), named, told);
          expect([targeted, delivered.from]).toEqual([{ from: 0, to: 19 }, 0]);
        },
      ),
    );
  });

  test("are bands of twenty, near the number, and a named list's show nothing on the way", () => {
    fc.assert(
      fc.property(fc.nat(20_000), bytes, fc.option(fc.integer({ min: 20, max: 10_000 })), (count, noise, named) => {
        const shown = shownCount(count, noise);
        const there = reachOf(shown, named, 1);
        expect(there).toEqual({ targeted: bandOf(shown), delivered: bandOf(shown), finished: true });
        expect(there.targeted.from % 20).toBe(0);
        expect(there.targeted.to - there.targeted.from).toBe(19);
        expect(Math.abs(shown - count)).toBeLessThan(300);
        const halfway = reachOf(shown, named, 0.5);
        expect(halfway).toMatchObject({ targeted: there.targeted, finished: false });
        expect(halfway.delivered).toEqual(bandOf(named === null ? Math.floor(shown / 2) : 0));
      }),
    );
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
