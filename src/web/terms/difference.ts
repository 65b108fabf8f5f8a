// What one agreement has and another has not: a counter as its owner has to judge it. Pure.

import { ROSTER, type Obligation, type Permission, type RosterCode } from "../../domain/terms/roster.ts";

export type Use = Obligation | Permission;

export type Difference = {
  readonly added: readonly Use[];
  readonly taken: readonly Use[];
  readonly kept: readonly Use[];
  /** Whether the company would get more out of it, or less; a duty that falls away is more for it. */
  readonly asks: "more" | "less" | "both";
};

const usesOf = (code: RosterCode): readonly Use[] => [...ROSTER[code].obliges, ...ROSTER[code].permits];
const isDuty = (use: Use): boolean => use === "data-portability";

/** From what was offered to what is offered instead. */
export function differenceOf(offered: RosterCode, instead: RosterCode): Difference {
  const [before, after] = [usesOf(offered), usesOf(instead)];
  const added = after.filter((use) => !before.includes(use));
  const taken = before.filter((use) => !after.includes(use));
  const more = added.some((use) => !isDuty(use)) || taken.some(isDuty);
  const less = taken.some((use) => !isDuty(use)) || added.some(isDuty);
  return {
    added,
    taken,
    kept: after.filter((use) => before.includes(use)),
    asks: more && less ? "both" : more ? "more" : "less",
  };
}
