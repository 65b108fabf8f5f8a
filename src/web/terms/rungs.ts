// The ladder of terms: each rung lets a company do one thing more, with or without the duty to give a copy. Pure.

import type { RosterCode } from "../../domain/terms/roster.ts";

/** From the least to the most. */
export const RUNGS = ["read", "count", "follow", "picture", "pass"] as const;
export type Rung = (typeof RUNGS)[number];

/** What an owner chose. `without`: the same without the copy would do, too. */
export type Choice = { readonly rung: Rung; readonly copy: boolean; readonly without: boolean };

/** An agreement to offer, and what else would do. */
export type Offer = { readonly code: RosterCode; readonly alternates: readonly RosterCode[] };

const BASE = {
  read: "SD-BASE",
  count: "SD-BASE-A",
  follow: "SD-BASE-AT",
  picture: "SD-BASE-ATP",
  pass: "SD-BASE-ATP-S3P",
} as const satisfies { readonly [rung in Rung]: RosterCode };

const COPY = "-DP";

export const codeOf = ({ rung, copy }: Pick<Choice, "rung" | "copy">): RosterCode =>
  copy ? `${BASE[rung]}${COPY}` : BASE[rung];

export const offerOf = (choice: Choice): Offer => ({
  code: codeOf(choice),
  alternates: choice.copy && choice.without ? [BASE[choice.rung]] : [],
});

/** Where on the ladder an agreement stands. A contribution stands nowhere on it: then its first rung. */
export function choiceOf({ code, alternates }: Offer): Choice {
  const copy = code.endsWith(COPY);
  const base = copy ? code.slice(0, -COPY.length) : code;
  const rung = RUNGS.find((one) => BASE[one] === base) ?? "read";
  return { rung, copy, without: copy && alternates.includes(BASE[rung]) };
}

export const sameOffer = (a: Offer, b: Offer): boolean =>
  a.code === b.code && a.alternates.join() === b.alternates.join();
