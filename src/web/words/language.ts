// Which language the app speaks: the one chosen on this device, else the browser's, else English.

import { signal } from "@preact/signals";

export const LANGUAGES = ["en", "de"] as const;
export type Language = (typeof LANGUAGES)[number];
/** Languages written from right to left; none is in the catalogue yet, and the pages are ready for one. */
const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(["ar", "fa", "he", "ur"]);

const KEY = "language";

export const isLanguage = (text: string | null | undefined): text is Language =>
  (LANGUAGES as readonly (string | null | undefined)[]).includes(text);

function chosen(): Language {
  // Storage that is forbidden is no reason to fail.
  try {
    const kept = localStorage.getItem(KEY);
    if (isLanguage(kept)) return kept;
  } catch {}
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? "en";
}

export const language = signal<Language>(chosen());

/** Keeps the choice on this device. */
export function keepLanguage(next: Language): void {
  try {
    localStorage.setItem(KEY, next);
  } catch {}
}

export const direction = (tag: string): "ltr" | "rtl" => (RIGHT_TO_LEFT.has(tag.slice(0, 2)) ? "rtl" : "ltr");
