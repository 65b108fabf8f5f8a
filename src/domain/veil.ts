// Words to search by, so that whoever keeps the index can't read them: each is written with a key, and what begins alike is veiled alike.
// Keeps no order and no count of a text's words.

const MAX_WORD_CHARACTERS = 24;
const SYMBOLS = "0123456789abcdefghjkmnpqrstvwxyz";
// Scripts that put no space between words: there, every character is one.
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[[\p{L}\p{N}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]]+/gv;

/** The words of a text, in its order: letters and digits, whatever their case and accents. */
export const wordsIn = (text: string): string[] =>
  text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().match(WORD) ?? [];

/** Two halves of a secret, 32 bits each. */
export type VeilKey = readonly [number, number];

type State = { v0: number; v1: number; v2: number; v3: number };

const rotated = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

// HalfSipHash (Aumasson, Bernstein, 2012), a keyed function made for 32-bit machines.
function round(state: State): void {
  state.v0 = (state.v0 + state.v1) | 0;
  state.v1 = rotated(state.v1, 5) ^ state.v0;
  state.v0 = rotated(state.v0, 16);
  state.v2 = (state.v2 + state.v3) | 0;
  state.v3 = rotated(state.v3, 8) ^ state.v2;
  state.v0 = (state.v0 + state.v3) | 0;
  state.v3 = rotated(state.v3, 7) ^ state.v0;
  state.v2 = (state.v2 + state.v1) | 0;
  state.v1 = rotated(state.v1, 13) ^ state.v2;
  state.v2 = rotated(state.v2, 16);
}

function take(state: State, word: number): void {
  state.v3 ^= word;
  round(state);
  round(state);
  state.v0 ^= word;
}

function valueOf(state: State): number {
  const end = { ...state, v2: state.v2 ^ 0xff };
  for (let rounds = 0; rounds < 4; rounds++) round(end);
  return end.v1 ^ end.v3;
}

/**
 * A word under a key, as letters and digits: two for each of its characters, that depend on it and on all before it. So the veil of a
 * beginning is the beginning of the veil, and nothing else of the word can be told from it without the key.
 */
export function veiled([k0, k1]: VeilKey, word: string): string {
  const state: State = { v0: k0, v1: k1, v2: 0x6c796765 ^ k0, v3: 0x74656462 ^ k1 };
  let veil = "";
  for (const character of Array.from(word).slice(0, MAX_WORD_CHARACTERS)) {
    take(state, character.codePointAt(0)!);
    const value = valueOf(state);
    veil += SYMBOLS.charAt(value & 31) + SYMBOLS.charAt((value >>> 5) & 31);
  }
  return veil;
}

/** A text's words, each once and veiled, in an order that says nothing. */
export const veiledWords = (key: VeilKey, text: string): string =>
  [...new Set(wordsIn(text))]
    .map((word) => veiled(key, word))
    .toSorted()
    .join(" ");
