// When a key was last used, in words. The server tells it to the minute.

import { ago } from "../words/format.ts";
import { words } from "../words/words.ts";

const IN_USE_MS = 2 * 60_000;

export function usedWords(at: string | null): string {
  const { inUse, lastUsed, neverUsed } = words.value.keys;
  if (at === null) return neverUsed;
  return Date.now() - Date.parse(at) < IN_USE_MS ? inUse : lastUsed(ago(at));
}
