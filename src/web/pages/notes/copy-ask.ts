// The note that asks a company for a copy of what it holds, as the page that writes notes begins it. It is its owner's to change, and to send.

import { words } from "../../words/words.ts";
import type { Begun } from "./draft.ts";

const ASK = "copy";

/** The page that begins it. */
export const copyAskOf = (twin: string): string => `/t/${twin}/write?ask=${ASK}`;

/** Whether the page was opened to begin it. `query`: the page's own. */
export const asksCopy = (query: Readonly<Record<string, string>>): boolean => query["ask"] === ASK;

export const copyAsk = (): Begun => ({
  kind: "question",
  wants: "copy",
  audience: "company",
  text: words.value.write.copy.text,
  photos: [],
});
