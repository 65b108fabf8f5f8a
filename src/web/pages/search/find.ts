// Finding words in notes. Pure: works on what it is given, at once, and forgives case and accents.

export type Passage = { readonly text: string; readonly isFound: boolean };

/** As it is compared: case and accents don't matter. Each character stays one, so that places agree. */
const folded = (text: string): string =>
  Array.from(text, (letter) => {
    const plain = letter.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
    return plain.length === letter.length ? plain : letter;
  }).join("");

/** The words that were asked for, as they are compared. */
export const wordsAsked = (typed: string): readonly string[] =>
  [...new Set(folded(typed.normalize("NFC")).split(/\s+/u))].filter((word) => word !== "");

/** Whether each of the words is in one text or another. */
export function isIn(texts: readonly string[], asked: readonly string[]): boolean {
  const all = folded(texts.join("\n").normalize("NFC"));
  return asked.every((word) => all.includes(word));
}

/** Where the words stand, from the first to the last, overlaps joined. */
function places(text: string, asked: readonly string[]): readonly (readonly [from: number, to: number])[] {
  const all = folded(text);
  const found: [number, number][] = [];
  for (const word of asked) {
    for (let at = all.indexOf(word); at >= 0; at = all.indexOf(word, at + word.length))
      found.push([at, at + word.length]);
  }
  const joined: [number, number][] = [];
  for (const [from, to] of found.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

const BEFORE = 60;
const LENGTH = 220;

/** The part of a text around the first word that was found, in passages that say what is one. */
export function passages(written: string, asked: readonly string[]): readonly Passage[] {
  const text = written.normalize("NFC");
  const found = places(text, asked);
  const first = found[0]?.[0] ?? 0;
  const start = first <= BEFORE ? 0 : startOfWord(text, first - BEFORE);
  const end = text.length <= start + LENGTH ? text.length : startOfWord(text, start + LENGTH);
  const parts: Passage[] = start > 0 ? [{ text: "… ", isFound: false }] : [];
  let at = start;
  for (const [from, to] of found.filter(([, to]) => to <= end)) {
    if (from > at) parts.push({ text: text.slice(at, from), isFound: false });
    parts.push({ text: text.slice(from, to), isFound: true });
    at = to;
  }
  if (at < end) parts.push({ text: text.slice(at, end), isFound: false });
  if (end < text.length) parts.push({ text: " …", isFound: false });
  return parts;
}

/** The place after the next white space, or the place itself where there is none near; never within a character. */
function startOfWord(text: string, at: number): number {
  const space = text.slice(at, at + 24).search(/\s/u);
  const place = space < 0 ? at : at + space + 1;
  return /[\uDC00-\uDFFF]/u.test(text.charAt(place)) ? place + 1 : place;
}
