// What is offered wherever the desk asks for a kind or a wish: their order.

import type { Kind, Wants } from "./api/views.ts";

export const KINDS = [
  "safety",
  "problem",
  "question",
  "idea",
  "workaround",
  "maintenance",
  "praise",
  "diary",
] as const satisfies readonly Kind[];
export const WANTS = ["answer", "repair", "refund", "change", "copy", "nothing"] as const satisfies readonly Wants[];
