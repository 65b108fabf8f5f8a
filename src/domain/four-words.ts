// The four words that a buyer reads to a seller before the seller lets go: what shows that both mean the same handover. Which words there
// are is given by whoever asks (BIP-39's English list: 2,048, told apart by their first four letters). Holds no secret.

import { sha256 } from "@noble/hashes/sha2.js";
import type { Head } from "./record/entry.ts";

export const WORDS = 4;
/** Each word stands for so many bits: the list has 2,048. */
const WORD_BITS = 11;
const LETTERS_NEEDED = 4;

/** Everything that one acceptance is about. Another code, record or access gives other words. */
export type Bound = {
  readonly offer: string;
  readonly codeHash: string;
  readonly head: Head;
  readonly tokenHash: string;
  readonly recoveryHash: string;
};

/** The four places in the list: the first 44 bits of a SHA-256 over everything that the acceptance is about. */
export function placesOf({ offer, codeHash, head, tokenHash, recoveryHash }: Bound): number[] {
  const text = ["pico-twins/handover/1", offer, codeHash, head.size, head.root, tokenHash, recoveryHash].join("\n");
  const bits = [...sha256(new TextEncoder().encode(text))].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return Array.from({ length: WORDS }, (_, at) => Number.parseInt(bits.slice(at * WORD_BITS, (at + 1) * WORD_BITS), 2));
}

/** The words as they are read out. */
export const wordsOf = (bound: Bound, list: readonly string[]): string =>
  placesOf(bound)
    .map((place) => list[place]!)
    .join(" ");

/**
 * Whether these are the words. Case, punctuation and spacing are forgiven, and four letters of a word will do.
 * Takes as long for wrong ones as for right ones.
 */
export function areWords(typed: string, bound: Bound, list: readonly string[]): boolean {
  const given = typed.toLowerCase().match(/[a-z]+/g) ?? [];
  const places = placesOf(bound);
  let wrong = given.length === WORDS ? 0 : 1;
  for (let at = 0; at < WORDS; at++) wrong += isWord(given[at] ?? "", list[places[at]!]!) ? 0 : 1;
  return wrong === 0;
}

const isWord = (given: string, word: string): boolean =>
  given.length >= Math.min(LETTERS_NEEDED, word.length) && word.startsWith(given);
