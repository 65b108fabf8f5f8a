// The twelve words of a card, by BIP-39's English list: heavy, so it is loaded when words are shown or typed. Never makes the secret from words of its own choice.

import { entropyToMnemonic, mnemonicToEntropy } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";

/** No two words of the list begin with the same four letters. */
const TELLING_LETTERS = 4;

export const wordsOf = (secret: Uint8Array): string[] => entropyToMnemonic(secret, wordlist).split(" ");

/** The word of the list that `typed` is, or begins with four letters or more. */
export function wordBegun(typed: string): string | null {
  if (wordlist.includes(typed)) return typed;
  return typed.length < TELLING_LETTERS ? null : (wordlist.find((word) => word.startsWith(typed)) ?? null);
}

/** The word of the list that was meant: itself, or the one that begins with the same four letters. */
export const wordMeant = (typed: string): string | null =>
  wordBegun(typed) ?? (typed.length > TELLING_LETTERS ? wordBegun(typed.slice(0, TELLING_LETTERS)) : null);

/** The secret that twelve words of the list write, or null when their checksum doesn't fit. */
export function secretOf(words: readonly string[]): Uint8Array<ArrayBuffer> | null {
  try {
    return new Uint8Array(mnemonicToEntropy(words.join(" "), wordlist));
  } catch {
    return null;
  }
}
