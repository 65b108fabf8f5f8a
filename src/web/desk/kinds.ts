// What is offered wherever the desk asks for a kind, a wish, an outcome or a type: their order.

import type { Kind, MakerMessageType, Outcome, Wants } from "./api/views.ts";

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
export const WANTS = ["answer", "repair", "refund", "change", "nothing"] as const satisfies readonly Wants[];
export const OUTCOMES = ["answered", "fixed", "changed", "declined", "forwarded"] as const satisfies readonly Outcome[];
export const TYPES = [
  "advice",
  "reassurance",
  "question",
  "fix",
  "recall",
  "other",
] as const satisfies readonly MakerMessageType[];
