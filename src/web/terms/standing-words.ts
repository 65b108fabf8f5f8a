// How it stands with a company: one of the agreement's states, or that the company isn't here yet, with its mark's tone.

import type { Agreement, Maker } from "../api/views.ts";
import { isHere } from "../store/makers.ts";
import type { Tone } from "../ui/notice.tsx";
import { words } from "../words/words.ts";

type States = (typeof words.value)["terms"]["states"];
export type Standing = keyof States;

const TONES: { readonly [standing in Standing]: Tone } = {
  none: "calm",
  absent: "wait",
  proffered: "wait",
  held: "wait",
  countered: "news",
  accepted: "good",
  refused: "bad",
  declined: "bad",
  rescinded: "calm",
  lapsed: "calm",
  terminated: "bad",
  expired: "calm",
  superseded: "calm",
  suspended: "wait",
  transferred: "calm",
  invalid: "bad",
};

const OPEN: ReadonlySet<Standing> = new Set(["proffered", "held", "countered"]);

/** Whether one of the two still owes an answer. */
export const isOpen = (agreement: Agreement): boolean => OPEN.has(standingOf(agreement));

/** The state now: a device that was away may have kept one whose time has passed since. */
export function standingOf(agreement: Agreement | undefined, maker?: Maker): Standing {
  if (!agreement) return "none";
  const { state, decideBy, counter, terms } = agreement;
  // A counter that the owner turned down ends as a refusal does; that was the owner's no, not the company's.
  if (state === "refused" && counter !== null && terms === null) return "declined";
  if (!OPEN.has(state)) return state;
  if (decideBy !== null && Date.parse(decideBy) < Date.now()) return "lapsed";
  return state === "proffered" && decideBy === null && maker && !isHere(maker) ? "absent" : state;
}

export const toneOf = (standing: Standing): Tone => TONES[standing];
