// A body is committed to with a salt: nobody finds it by trying, and nothing else opens the commitment.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { base64urlOf } from "../../../src/domain/base64url.ts";
import { commitmentOf, disclose, openDisclosure } from "../../../src/domain/record/commitment.ts";
import { EMPTY_BODY, type Body } from "../../../src/domain/record/entry.ts";

const SALT = "AAECAwQFBgcICQoLDA0ODw";
const text = fc.string({ unit: "binary", maxLength: 60 }).filter((value) => value.isWellFormed());

/** A disclosure as someone else might write it. */
const written = (value: unknown): string => base64urlOf(new TextEncoder().encode(JSON.stringify(value)));

describe("a disclosure", () => {
  test("opens to the body it was made of, in any script", () => {
    fc.assert(
      fc.property(text, text, (words, author) => {
        const body: Body = { ...EMPTY_BODY, text: words, author };
        expect(openDisclosure(disclose(SALT, body))).toEqual({ ok: true, value: body });
      }),
    );
  });

  test("holds the longest text there can be", () => {
    const body: Body = { ...EMPTY_BODY, text: "😀".repeat(8_000) };
    expect(openDisclosure(disclose(SALT, body))).toEqual({ ok: true, value: body });
  });

  test("is committed to by the digest of its characters, and the salt alone changes it", () => {
    // printf %s "$disclosure" | openssl dgst -sha256 -binary | basenc --base64url, without the padding.
    expect(commitmentOf("WyJBQUVDQXdRRkJnY0lDUW9MREEwT0R3Iix7fV0")).toBe("ZIu1gAtUEO8mqPkd0B54VjbAkpCfdZr9kGlj8eZ8kQI");
    expect(commitmentOf(disclose(SALT, EMPTY_BODY))).not.toBe(
      commitmentOf(disclose("AQECAwQFBgcICQoLDA0ODw", EMPTY_BODY)),
    );
  });

  test.each<[string, string]>([
    ["is not base64url", "not base64url!"],
    ["is not UTF-8", "_w"],
    ["is not JSON", base64urlOf(new TextEncoder().encode("[1"))],
    ["has no salt", written([EMPTY_BODY])],
    ["has a salt too short to hide anything", written(["AAAA", EMPTY_BODY])],
    ["has a body with a member too many", written([SALT, { ...EMPTY_BODY, price: 9 }])],
    ["has a body with a member too few", written([SALT, { text: "x" }])],
    ["has a body with text that is no text", written([SALT, { ...EMPTY_BODY, text: { toString: 1 } }])],
    ["has a day that does not exist", written([SALT, { ...EMPTY_BODY, warrantyUntil: "2026-02-30" }])],
    ["has a photo without its digest", written([SALT, { ...EMPTY_BODY, photos: [{ id: "photo_1" }] }])],
  ])("that %s opens to nothing", (_, disclosure) => {
    expect(openDisclosure(disclosure).ok).toBe(false);
  });
});
