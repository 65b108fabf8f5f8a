// GTINs and serials are what GS1's General Specifications say they are, and a slip of the pen is noticed.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkDigit, digitalLink, gtin14, isSerial, readElements } from "../../src/domain/gtin.ts";
import { gtin } from "../../src/domain/product.ts";

/** The check digit once more, the other way round: what is missing to the next ten when every digit from the left is weighed. */
const missingToTen = (thirteen: string): string => {
  const odd = [0, 2, 4, 6, 8, 10, 12].reduce((sum, at) => sum + Number(thirteen[at]), 0);
  const even = [1, 3, 5, 7, 9, 11].reduce((sum, at) => sum + Number(thirteen[at]), 0);
  for (let digit = 0; ; digit++) if ((odd * 3 + even + digit) % 10 === 0) return String(digit);
};

const digit = fc.integer({ min: 0, max: 9 });
const thirteen = fc.array(digit, { minLength: 13, maxLength: 13 }).map((digits) => digits.join(""));
const valid = thirteen.map((body) => body + missingToTen(body));
const at = fc.integer({ min: 0, max: 13 });

describe("a GTIN", () => {
  test("that GS1 prints as an example is right, in each of its lengths", () => {
    expect(gtin14("96385074")).toBe("00000096385074");
    expect(gtin14("614141000036")).toBe("00614141000036");
    expect(gtin14("4006381333931")).toBe("04006381333931");
    expect(gtin14("09506000134352")).toBe("09506000134352");
  });

  test("has the check digit that makes its weighed sum a multiple of ten", () => {
    fc.assert(
      fc.property(thirteen, (body) => {
        expect(String(checkDigit(body))).toBe(missingToTen(body));
      }),
    );
    fc.assert(
      fc.property(valid, (right) => {
        expect(gtin14(right)).toBe(right);
      }),
    );
  });

  test("with any one digit wrong is refused", () => {
    fc.assert(
      fc.property(valid, at, fc.integer({ min: 1, max: 9 }), (right, place, off) => {
        const digits = Array.from(right);
        digits[place] = String((Number(digits[place]) + off) % 10);
        expect(gtin14(digits.join(""))).toBeNull();
      }),
    );
  });

  test("with two neighbours swapped is refused unless they differ by five, which the weights 3 and 1 cannot see", () => {
    fc.assert(
      fc.property(valid, fc.integer({ min: 0, max: 12 }), (right, place) => {
        const [a, b] = [right[place]!, right[place + 1]!];
        const swapped = right.slice(0, place) + b + a + right.slice(place + 2);
        const seen = Math.abs(Number(a) - Number(b)) % 5 !== 0;
        expect(gtin14(swapped)).toBe(seen ? null : swapped);
      }),
    );
  });

  test("of another length, or with anything but ASCII digits, is refused", () => {
    for (const typed of [
      "",
      "0",
      "963850741",
      "09506000134352 ",
      "9506000134-352",
      "０９５０６０００１３４３５２",
      "095060001343520",
    ]) {
      expect(gtin14(typed), typed).toBeNull();
    }
  });

  test("reads as fourteen digits at the door, whatever its length was", () => {
    expect(gtin.parse("4006381333931")).toBe("04006381333931");
    expect(gtin.safeParse("4006381333932").error?.issues[0]?.message).toContain("check digit");
  });
});

describe("a serial", () => {
  const CSET82 = `!"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz`;

  test("is 1 to 20 characters of CSET 82, each of which may be in it", () => {
    expect(CSET82).toHaveLength(82);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from(CSET82)), minLength: 1, maxLength: 20 }), (serial) =>
        isSerial(serial),
      ),
    );
    expect(isSerial("")).toBe(false);
    expect(isSerial("a".repeat(21))).toBe(false);
  });

  test("holds no other character", () => {
    for (let code = 0; code < 0x250; code++) {
      const character = String.fromCodePoint(code);
      expect(isSerial(character), `U+${code.toString(16)}`).toBe(CSET82.includes(character));
    }
    expect(isSerial("abc\n")).toBe(false);
  });

  test("is read beside its product's number as GS1 has both printed, and by nothing less", () => {
    const item = { gtin: "09506000134352", serial: "a(21)b" };
    expect(readElements("(01)09506000134352(21)a(21)b")).toEqual(item);
    expect(readElements(" (01) 09506000134352 (21) a(21)b ")).toEqual(item);
    for (const other of [
      "(01)09506000134353(21)a",
      "(01)9506000134352(21)a",
      "(01)09506000134352",
      "(01)09506000134352(21)",
      "(01)09506000134352(21)a b",
      `(01)09506000134352(21)${"a".repeat(21)}`,
      "0109506000134352 21a",
    ]) {
      expect(readElements(other), other).toBeNull();
    }
  });

  test("comes back whole out of the product's link", () => {
    fc.assert(
      fc.property(
        valid,
        fc.string({ unit: fc.constantFrom(...Array.from(CSET82)), minLength: 1, maxLength: 20 }),
        (number, serial) => {
          const link = new URL(digitalLink("https://twins.example", number, serial));
          expect(link.search + link.hash).toBe("");
          // A serial of dots only is the one a URL's path swallows.
          fc.pre(!/^\.{1,2}$/.test(serial));
          expect(link.pathname.split("/").map(decodeURIComponent)).toEqual(["", "01", number, "21", serial]);
        },
      ),
    );
  });
});
