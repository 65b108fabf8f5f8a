// The roster is the published one, its meanings are pinned, and every code has plain words.

import { describe, expect, test } from "vitest";
import { plainWords } from "../../../src/domain/terms/plain-words.ts";
import { isRosterCode, pin, ROSTER, ROSTER_CODES, ROSTER_URL } from "../../../src/domain/terms/roster.ts";
import { digestOf } from "../../../src/domain/terms/seal.ts";
import published from "../../vectors/roster.json";

describe("the roster", () => {
  test("holds the published agreements with their published meaning, and no legal text", () => {
    expect(ROSTER_URL).toBe(published.roster);
    expect(Object.values(ROSTER)).toEqual(published.agreements.map((agreement) => ({ ...agreement, legalText: null })));
    expect(ROSTER_CODES).toEqual(published.agreements.map(({ code }) => code));
  });

  test.each(ROSTER_CODES)("pins %s by the digest of its meaning", async (code) => {
    const { digest, terms } = pin(code);
    expect(await digestOf({ code, ...terms })).toBe(digest);
  });

  test("knows its codes from words that only look like them", () => {
    expect(isRosterCode("SD-BASE")).toBe(true);
    for (const stranger of ["sd-base", "SD-BASE-X", "toString", "__proto__", ""])
      expect(isRosterCode(stranger)).toBe(false);
  });
});

describe("the plain words", () => {
  test("of the default proffer are the ones on the first page", () => {
    expect(plainWords("SD-BASE-DP", "LAMO")).toBe(
      "LAMO may read and answer what you send. It may not count it, follow you, profile you or pass it on. Ask, and it must give you a copy.",
    );
  });

  test.each(ROSTER_CODES)("of %s name the company and say no more than the terms", (code) => {
    const words = plainWords(code, "L$&MO");
    const { obliges, permits } = ROSTER[code];
    expect(words).toMatch(/^(L\$&MO may|You tell L\$&MO) /);
    expect(words.includes("must give you a copy")).toBe(obliges.includes("data-portability"));
    expect(words.includes("count it together")).toBe(permits.includes("analytics"));
    expect(words.includes("see when you have read")).toBe(permits.includes("tracking"));
    expect(words.includes("a picture of you")).toBe(permits.includes("profiling"));
    expect(words.includes("taking out everything that points to you")).toBe(
      permits.includes("anonymised-third-party-sharing"),
    );
    expect(words.includes("AI")).toBe(permits.includes("ai-training-and-operation"));
    expect(words.includes("publish")).toBe(permits.includes("public-good"));
  });
});
