// The canonical form is RFC 8785's: what others' implementations of it write, this one writes.

import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonical, type Json } from "../../src/domain/json.ts";

const text = fc.string({ unit: "binary" }).filter((value) => value.isWellFormed());
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    text,
    fc.array(tie("json")),
    fc.dictionary(text, tie("json")),
  ),
}));

describe("the canonical form of a JSON value", () => {
  test("is what the npm package canonicalize writes", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonical(value)).toBe(canonicalize(value));
      }),
    );
  });

  test("means the same and does not depend on the order members were written in", () => {
    fc.assert(
      fc.property(fc.dictionary(text, json, { noNullPrototype: true }), (object) => {
        const reversed = Object.fromEntries(Object.entries(object).toReversed());
        expect(canonical(reversed)).toBe(canonical(object));
        expect(canonical(JSON.parse(canonical(object)) as Json)).toBe(canonical(object));
      }),
    );
  });

  test("sorts names by UTF-16 code units, as RFC 8785 section 3.2.3 shows", () => {
    const names = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\u{1f600}": 5, "\u0080": 6, "\u00f6": 7 };
    expect(canonical(names)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  test.each([1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])("does not exist for the number %d", (number) => {
    expect(() => canonical({ number })).toThrow(RangeError);
  });

  test("does not exist for text without UTF-8, nor for what JSON does not have", () => {
    expect(() => canonical("\ud800")).toThrow(TypeError);
    expect(() => canonical({ "\udc00": 1 })).toThrow(TypeError);
    expect(() => canonical([undefined] as never)).toThrow(TypeError);
    expect(() => canonical(1n as never)).toThrow(TypeError);
  });
});
