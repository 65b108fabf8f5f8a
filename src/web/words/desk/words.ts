// The desk's words that are shown now, in the language that is spoken. None is there before `speakDesk` resolved.

import { signal } from "@preact/signals";
import type { Language } from "../language.ts";
import { speak, words } from "../words.ts";
import type { en } from "./en.ts";

export type DeskWords = typeof en;

const load: { readonly [tag in Language]: () => Promise<DeskWords> } = {
  en: async () => (await import("./en.ts")).en,
  de: async () => (await import("./de.ts")).de,
};

export const deskWords = signal({} as DeskWords);

/** Speaks a language at the desk, wholly. */
export async function speakDesk(tag: Language): Promise<void> {
  const [said] = await Promise.all([load[tag](), speak(tag)]);
  deskWords.value = said;
  // The parts that both sides' pages show.
  words.value = { ...words.value, photos: said.photos, notices: said.toOwners };
}
