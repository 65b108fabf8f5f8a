// The kinds of notes as they are offered and drawn.

import type { Note } from "../../api/views.ts";
import type { IconName } from "../../ui/icon.tsx";

export type Kind = Note["kind"];

/** What hurts first, then what is asked and thought, then what is only kept. */
export const KINDS = [
  "problem",
  "safety",
  "question",
  "idea",
  "praise",
  "maintenance",
  "workaround",
  "diary",
] as const satisfies readonly Kind[];

export const kindIcon: { readonly [kind in Kind]: IconName } = {
  problem: "problem",
  safety: "alert",
  question: "help",
  idea: "idea",
  praise: "praise",
  maintenance: "maintenance",
  workaround: "workaround",
  diary: "diary",
};
