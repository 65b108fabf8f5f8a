// The words of what a buyer is shown, in the language that is spoken. English is always there; German is loaded when it is spoken.

import { signal } from "@preact/signals";
import type { Language } from "../language.ts";
import { speakIn } from "../words.ts";
import { en } from "./en.ts";

export type ShowWords = typeof en;

const load: { readonly [tag in Language]: () => Promise<ShowWords> } = {
  en: async () => en,
  de: async () => (await import("./de.ts")).de,
};

export const showWords = signal(en);

/** Speaks a language on this page, wholly. */
export async function speakShow(tag: Language): Promise<void> {
  const said = await load[tag]();
  showWords.value = said;
  speakIn(tag, said.shared);
}
