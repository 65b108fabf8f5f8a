// What a key wanted written in a thread before the thread was there: the composer asks for it once.

import { signal } from "@preact/signals";
import { restKeys } from "../keys.ts";

export type Intent = "answer" | "close" | "internal";

const wanted = signal<{ readonly name: string; readonly intent: Intent } | null>(null);

/** So long a thread may take to open. */
const OPENING_MS = 3_000;

export function intend(name: string, intent: Intent): void {
  restKeys(OPENING_MS);
  wanted.value = { name, intent };
}

/** What is wanted of the thread `name`; reactive. */
export const intentFor = (name: string): Intent | null => (wanted.value?.name === name ? wanted.value.intent : null);

export function settleIntent(): void {
  wanted.value = null;
}
