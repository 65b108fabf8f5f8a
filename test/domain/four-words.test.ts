// The four words: the same for the same handover however they are typed, and others as soon as anything about it is another.

import { wordlist } from "@scure/bip39/wordlists/english.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { areWords, placesOf, wordsOf, type Bound } from "../../src/domain/four-words.ts";

const BOUND: Bound = {
  offer: "offer_0",
  codeHash: "code",
  head: { size: 3, root: "ab" },
  tokenHash: "token",
  recoveryHash: "recovery",
};
const words = wordsOf(BOUND, wordlist);

describe("the four words", () => {
  test("are what anyone can compute from what the acceptance is about", async () => {
    const text = "pico-twins/handover/1\noffer_0\ncode\n3\nab\ntoken\nrecovery";
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
    let first = 0n;
    for (const byte of digest.subarray(0, 6)) first = (first << 8n) | BigInt(byte);
    const places = [37n, 26n, 15n, 4n].map((shift) => Number((first >> shift) & 2047n));
    expect(placesOf(BOUND)).toEqual(places);
    expect(words).toBe(places.map((place) => wordlist[place]).join(" "));
  });

  test("are of a list whose words four letters tell apart", () => {
    expect(wordlist).toHaveLength(2048);
    expect(new Set(wordlist.map((word) => word.slice(0, 4))).size).toBe(2048);
  });

  test("are right in any case and spacing, and when each is cut after four letters", () => {
    const short = words
      .split(" ")
      .map((word) => word.slice(0, 4))
      .join(" ");
    for (const typed of [
      words,
      words.toUpperCase(),
      `  ${words.replaceAll(" ", "-")}. `,
      words.replaceAll(" ", ",\n"),
      short,
    ])
      expect(areWords(typed, BOUND, wordlist), typed).toBe(true);
  });

  test("are wrong in another order, with one too few, too many or another, or cut shorter", () => {
    const [one, two, three, four] = words.split(" ") as [string, string, string, string];
    const other = wordlist.find((word) => !words.includes(word))!;
    for (const typed of [
      "",
      `${two} ${one} ${three} ${four}`,
      `${one} ${two} ${three}`,
      `${words} ${one}`,
      `${one} ${two} ${three} ${other}`,
      `${one}x ${two} ${three} ${four}`,
      words
        .split(" ")
        .map((word) => word.slice(0, 2))
        .join(" "),
      words.replaceAll(" ", ""),
    ])
      expect(areWords(typed, BOUND, wordlist), typed).toBe(false);
  });

  test("are others for another offer, code, record or access", () => {
    const others: Bound[] = [
      { ...BOUND, offer: "offer_1" },
      { ...BOUND, codeHash: "cods" },
      { ...BOUND, head: { size: 4, root: "ab" } },
      { ...BOUND, head: { size: 3, root: "ac" } },
      { ...BOUND, tokenHash: "tokem" },
      { ...BOUND, recoveryHash: "other" },
    ];
    for (const other of others) expect(areWords(words, other, wordlist)).toBe(false);
  });

  test("are not met by whoever guesses", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...wordlist), { minLength: 4, maxLength: 4 }), (guess) => {
        expect(areWords(guess.join(" "), BOUND, wordlist)).toBe(guess.join(" ") === words);
      }),
    );
  });
});
