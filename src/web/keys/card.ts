// A card: 128 random bits, as twelve words for people and as a QR code's fragment for cameras. Never writes either anywhere.

import { fromBase64url, toBase64url } from "./base64url.ts";

export const SECRET_BYTES = 16;
export const WORD_COUNT = 12;

export type Secret = Uint8Array<ArrayBuffer>;

export const newSecret = (): Secret => crypto.getRandomValues(new Uint8Array(SECRET_BYTES));

/** The twelve words of a secret (BIP-39, English). */
export const wordsOf = async (secret: Secret): Promise<string[]> => (await import("./word-list.ts")).wordsOf(secret);

/** Why typed words are no card's. `at` counts from 1. */
export type WordsFault =
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "unknown"; readonly at: number; readonly word: string }
  | { readonly kind: "checksum" };

export type ReadWords =
  | { readonly ok: true; readonly secret: Secret }
  | { readonly ok: false; readonly fault: WordsFault };

/** What stands between words on paper: spaces, commas, full stops, and the numbers before them. */
const BETWEEN = /[^\p{L}]+/u;

const lettersOf = (typed: string): string[] => typed.toLowerCase().split(BETWEEN).filter(Boolean);

/** The secret that typed words write. Case, spacing, numbering and all after a word's fourth letter are forgiven. */
export async function readWords(typed: string): Promise<ReadWords> {
  const list = await import("./word-list.ts");
  const given = lettersOf(typed);
  const meant = given.map(list.wordMeant);
  const unknown = meant.indexOf(null);
  if (unknown >= 0) return { ok: false, fault: { kind: "unknown", at: unknown + 1, word: given[unknown]! } };
  if (given.length !== WORD_COUNT) return { ok: false, fault: { kind: "count", count: given.length } };
  const secret = list.secretOf(meant.map((word) => word!));
  return secret ? { ok: true, secret } : { ok: false, fault: { kind: "checksum" } };
}

/** Whether `typed` means this word of the card. */
export async function isWord(typed: string, word: string): Promise<boolean> {
  const { wordMeant } = await import("./word-list.ts");
  return wordMeant(lettersOf(typed).join("")) === word;
}

/** What the card's QR code holds after `#`: never sent to a server, cleared from the address bar by the page that reads it. */
export const fragmentOf = (secret: Secret): string => toBase64url(secret);

export const secretOfFragment = (fragment: string): Secret | null => fromBase64url(fragment, SECRET_BYTES);
