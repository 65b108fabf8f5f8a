// What an agreement leaves the company to do when it ends: named in the ending event that both sides keep.

import { ROSTER, type Obligation, type Permission, type RosterCode } from "./roster.ts";

/** In the order they must be done: a copy is handed over before the original is deleted. */
export const END_DUTIES = ["hand-over", "stop", "delete"] as const;
export type EndDuty = (typeof END_DUTIES)[number];

export const END_MATTERS = [
  "copy-of-what-it-holds",
  "sharing",
  "ai-use",
  "publishing",
  "notes-and-threads",
  "counts-traceable-to-the-owner",
  "reading-traces",
  "profile",
  "intent",
  "contributed-data",
] as const;
export type EndMatter = (typeof END_MATTERS)[number];

/** One thing to do at the end, in words for machines: they are signed, so they are in no language. */
export type EndObligation = { readonly duty: EndDuty; readonly what: EndMatter };

const LEFT_BY: { readonly [use in Obligation | Permission]: readonly EndObligation[] } = {
  "service-delivery": [{ duty: "delete", what: "notes-and-threads" }],
  "data-portability": [{ duty: "hand-over", what: "copy-of-what-it-holds" }],
  analytics: [{ duty: "delete", what: "counts-traceable-to-the-owner" }],
  tracking: [{ duty: "delete", what: "reading-traces" }],
  profiling: [{ duty: "delete", what: "profile" }],
  "anonymised-third-party-sharing": [{ duty: "stop", what: "sharing" }],
  "intent-casting": [{ duty: "delete", what: "intent" }],
  "ai-training-and-operation": [
    { duty: "stop", what: "ai-use" },
    { duty: "delete", what: "contributed-data" },
  ],
  "public-good": [
    { duty: "stop", what: "publishing" },
    { duty: "delete", what: "contributed-data" },
  ],
};

const usesOf = (code: RosterCode): readonly (Obligation | Permission)[] => [
  ...ROSTER[code].obliges,
  ...ROSTER[code].permits,
];

/**
 * What the company must do once agreement `code` has ended: hand over, then stop, then delete.
 * What `successor`, the agreement that took its place, still carries is left out.
 */
export function obligationsAtEnd(code: RosterCode, successor?: RosterCode): readonly EndObligation[] {
  const carried = successor === undefined ? [] : usesOf(successor);
  return usesOf(code)
    .filter((use) => !carried.includes(use))
    .flatMap((use) => LEFT_BY[use])
    .toSorted((a, b) => END_DUTIES.indexOf(a.duty) - END_DUTIES.indexOf(b.duty));
}

const SAYINGS: { readonly [what in EndMatter]: string } = {
  "copy-of-what-it-holds": "must hand over a copy of what it holds, if you ask, before it deletes it.",
  sharing: "must stop passing anything on.",
  "ai-use": "must stop training and running its AI on what you gave.",
  publishing: "must stop publishing what you gave.",
  "notes-and-threads": "must delete the notes, photos and messages you sent.",
  "counts-traceable-to-the-owner": "must delete every count that can be traced back to you.",
  "reading-traces": "must delete what it kept about when and what you read.",
  profile: "must delete the picture it made of you.",
  intent: "must delete what you said you were looking for.",
  "contributed-data": "must delete what you gave.",
};

/** One obligation in plain words: "LAMO must delete the notes, photos and messages you sent." */
export const plainObligation = ({ what }: EndObligation, companyName: string): string =>
  `${companyName} ${SAYINGS[what]}`;
