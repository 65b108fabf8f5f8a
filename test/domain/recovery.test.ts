// The recovery code: what is on paper gets its owner back in, however it is typed, and nothing else is a code.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeCrockford } from "../../src/domain/crockford.ts";
import { twinBody, twinIdOf } from "../../src/domain/ids.ts";
import { formatTwinCode, readTwinCode } from "../../src/domain/twin-code.ts";

const crockford = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map(encodeCrockford);
const twin = fc
  .tuple(crockford(10), fc.integer({ min: 0, max: 1023 }), crockford(5))
  .map(([item, tenure, mac]) => twinIdOf(twinBody(item, tenure), mac));
const secret = crockford(16);

describe("a recovery code", () => {
  test("is thirteen groups of four, in letters and digits that are not taken for each other", () => {
    fc.assert(
      fc.property(twin, secret, (id, code) => {
        expect(formatTwinCode(id, code)).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){12}[0-9A-HJKMNP-TV-Z]{4}$/);
      }),
    );
  });

  test("holds the twin and the secret", () => {
    fc.assert(
      fc.property(twin, secret, (id, code) => {
        expect(readTwinCode(formatTwinCode(id, code))).toEqual({ twin: id, secret: code });
      }),
    );
  });

  test("is read in any case, with or without its hyphens, with spaces and line ends, O for 0 and I or L for 1", () => {
    fc.assert(
      fc.property(twin, secret, (id, code) => {
        const printed = formatTwinCode(id, code);
        const meant = { twin: id, secret: code };
        for (const typed of [
          printed.toLowerCase(),
          printed.replaceAll("-", ""),
          printed.replaceAll("-", " "),
          `  ${printed.replaceAll("-", " - ")}\n`,
          printed.replaceAll("-", "\n"),
          printed.replaceAll("0", "O").replaceAll("1", "I"),
          printed.replaceAll("0", "o").replaceAll("1", "l"),
        ]) {
          expect(readTwinCode(typed)).toEqual(meant);
        }
      }),
    );
  });

  test("of another length, or with a letter outside the alphabet, is none", () => {
    const printed = formatTwinCode("twin_0123456789abcdefghjkmnpqrs", "0".repeat(26));
    for (const typed of [
      "",
      printed.slice(0, -1),
      `${printed}0`,
      printed.replace("A", "U"),
      printed.replace("A", "@"),
      "twin_0123456789abcdefghjkmnpqrs",
    ]) {
      expect(readTwinCode(typed), typed).toBeNull();
    }
  });
});
