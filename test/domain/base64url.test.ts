// base64url without padding: what others write is read, and each value has one spelling.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { base64urlOf, bytesOfBase64url } from "../../src/domain/base64url.ts";

describe("base64url", () => {
  test("is what the engine itself writes and reads", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const text = bytes.toBase64({ alphabet: "base64url", omitPadding: true });
        expect(base64urlOf(bytes)).toBe(text);
        expect(bytesOfBase64url(text)).toEqual(bytes);
      }),
    );
  });

  test("has one spelling for each value", () => {
    fc.assert(
      fc.property(fc.base64String({ maxLength: 12 }), fc.string({ maxLength: 6 }), (some, other) => {
        for (const text of [some, some.replaceAll("=", ""), other]) {
          const bytes = bytesOfBase64url(text);
          expect(bytes === null || base64urlOf(bytes) === text).toBe(true);
        }
      }),
    );
  });

  test.each(["A", "AB", "AAB", "AA==", "A A", "A+", "A/", "AAAAé"])("refuses %j", (text) => {
    expect(bytesOfBase64url(text)).toBeNull();
  });
});
