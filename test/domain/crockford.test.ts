// Crockford's base32: what is written in it can be read aloud and typed back by a tired person.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  crockfordNumber,
  encodeCrockford,
  grouped,
  normalizeCrockford,
  readCrockfordNumber,
} from "../../src/domain/crockford.ts";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const bytes = fc.uint8Array({ minLength: 0, maxLength: 20 });

/** The bits written out, five at a time from the right. */
const bitByBit = (data: Uint8Array): string => {
  const bits = [...data].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const width = Math.ceil(bits.length / 5) * 5;
  return (bits.padStart(width, "0").match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join("");
};

describe("Crockford's base32", () => {
  test("writes bytes as their bits in fives, the first padded with zeros", () => {
    expect(encodeCrockford(new Uint8Array([0xff]))).toBe("7z");
    expect(encodeCrockford(new Uint8Array(16).fill(255))).toBe(`7${"z".repeat(25)}`);
    fc.assert(
      fc.property(bytes, (data) => {
        expect(encodeCrockford(data)).toBe(bitByBit(data));
      }),
    );
  });

  test("uses no letter that is taken for another", () => {
    fc.assert(
      fc.property(bytes, (data) => {
        expect(encodeCrockford(data)).not.toMatch(/[^0-9a-z]|[ilou]/);
      }),
    );
  });

  test("reads what a person typed: any case, spaces, hyphens, O for 0, I and L for 1", () => {
    const code = fc.string({ unit: fc.constantFrom(...Array.from(ALPHABET)), minLength: 1, maxLength: 30 });
    const slip: Record<string, readonly string[]> = { "0": ["0", "o", "O"], "1": ["1", "i", "I", "l", "L"] };
    fc.assert(
      fc.property(code, fc.infiniteStream(fc.nat()), (meant, choices) => {
        const pick = <T>(from: readonly T[]): T => from[choices.next().value! % from.length]!;
        const typed = Array.from(meant, (c) => pick(["", " ", "-", "\t"]) + pick(slip[c] ?? [c, c.toUpperCase()])).join(
          "",
        );
        expect(normalizeCrockford(typed)).toBe(meant);
        expect(normalizeCrockford(grouped(meant))).toBe(meant);
      }),
    );
  });

  test("writes a number in as many characters as asked, and reads it again", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 32 ** 4 - 1 }), (value) => {
        expect(crockfordNumber(value, 4)).toHaveLength(4);
        expect(readCrockfordNumber(crockfordNumber(value, 4))).toBe(value);
      }),
    );
    expect(crockfordNumber(0, 2)).toBe("00");
    expect(crockfordNumber(1023, 2)).toBe("zz");
  });

  test("prints a code in groups of four", () => {
    expect(grouped("abcdefgh1")).toBe("ABCD-EFGH-1");
    expect(grouped("")).toBe("");
  });
});
