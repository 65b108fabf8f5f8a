// The words that are shown now. English for a scanned label is always there; every other part is loaded when it is spoken.

import { signal } from "@preact/signals";
import { en } from "./en.ts";
import type { enMore } from "./en-more.ts";
import { direction, keepLanguage, language, type Language } from "./language.ts";

export type FirstWords = typeof en;
export type MoreWords = typeof enMore;
export type Words = FirstWords & MoreWords;

const first: { readonly [tag in Language]: () => Promise<FirstWords> } = {
  en: async () => en,
  de: async () => (await import("./de.ts")).de,
};
const more: { readonly [tag in Language]: () => Promise<MoreWords> } = {
  en: async () => (await import("./en-more.ts")).enMore,
  de: async () => (await import("./de-more.ts")).deMore,
};

/** Before `allWords` resolves only `FirstWords` are there: a page that says more is loaded through it. */
export const words = signal(en as Words);

let whole: Promise<void> | null = null;

/** Resolves when every word of the language spoken now is there. */
export function allWords(): Promise<void> {
  whole ??= more[language.value]().then((loaded) => {
    words.value = { ...words.value, ...loaded };
  });
  // What failed for want of a network is asked for again.
  whole.catch(() => {
    whole = null;
  });
  return whole;
}

/** Speaks a language from now on, as far as a scanned label needs it. */
export const speak = async (tag: Language): Promise<void> => speakIn(tag, await first[tag]());

/** The same for a page that needs these parts alone. */
export function speakIn(tag: Language, said: Partial<Words>): void {
  words.value = { ...words.value, ...said };
  language.value = tag;
  document.documentElement.lang = tag;
  document.documentElement.dir = direction(tag);
}

/** Speaks it wholly, and keeps it as this device's choice. */
export async function choose(tag: Language): Promise<void> {
  const [said, saidMore] = await Promise.all([first[tag](), more[tag]()]);
  keepLanguage(tag);
  await speak(tag);
  whole = Promise.resolve();
  words.value = { ...words.value, ...said, ...saidMore };
}
