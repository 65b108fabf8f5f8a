// A company's standing answer to proffers, decided at once and without a person. A code it does not name is refused.

import * as z from "zod";
import { kindOf, ROSTER_CODES, type RosterCode } from "./roster.ts";

export type Rule = "accept" | "hold" | "refuse" | `counter:${RosterCode}`;
export type PolicyRules = { readonly [code in RosterCode]?: Rule | undefined };

export type PolicyDecision =
  | { readonly decision: "accepted"; readonly chosen: RosterCode }
  | { readonly decision: "held" }
  | { readonly decision: "countered"; readonly chosen: RosterCode }
  | { readonly decision: "refused"; readonly reason: string };

/** The codes an owner asks for, all of one kind. */
export type ProfferedCodes = { readonly preferred: RosterCode; readonly alternates: readonly RosterCode[] };

/** The reason a policy gives when it refuses. */
export const POLICY_REFUSAL = "The company's policy accepts none of the agreements proffered.";

const COUNTER = "counter:";
const isCounter = (rule: Rule): rule is `counter:${RosterCode}` => rule.startsWith(COUNTER);

/**
 * What a policy answers, in this order: the preferred code if accepted, else the first alternate accepted, else held
 * if any is, else the first counter that is of the same kind and was not itself proffered, else refused.
 */
export function decideByPolicy(rules: PolicyRules, { preferred, alternates }: ProfferedCodes): PolicyDecision {
  const proffered = [preferred, ...alternates];
  const rulings = proffered.map((code) => rules[code] ?? "refuse");

  const accepted = proffered.find((_, at) => rulings[at] === "accept");
  if (accepted !== undefined) return { decision: "accepted", chosen: accepted };
  if (rulings.includes("hold")) return { decision: "held" };

  const counter = rulings
    .filter(isCounter)
    .map((rule) => rule.slice(COUNTER.length) as RosterCode)
    .find((code) => kindOf(code) === kindOf(preferred) && !proffered.includes(code));
  if (counter !== undefined) return { decision: "countered", chosen: counter };
  return { decision: "refused", reason: POLICY_REFUSAL };
}

/** The codes a policy accepts outright: what its company publishes. */
export const acceptedCodes = (rules: PolicyRules): readonly RosterCode[] =>
  ROSTER_CODES.filter((code) => rules[code] === "accept");

/** Every rule that can stand beside `code`: a counter offers another agreement of the same kind. */
const ruleFor = (code: RosterCode) => {
  const counters = ROSTER_CODES.filter((other) => other !== code && kindOf(other) === kindOf(code));
  const rules: Rule[] = ["accept", "hold", "refuse", ...counters.map((other) => `counter:${other}` as const)];
  return z
    .enum(rules, {
      error: `must be accept, hold, refuse or counter:CODE, CODE being another ${kindOf(code)} agreement of the roster`,
    })
    .optional();
};

/** The rules of a policy as a company sends them. */
export const policyRules: z.ZodType<PolicyRules> = z.strictObject(
  Object.fromEntries(ROSTER_CODES.map((code) => [code, ruleFor(code)])) as Record<
    RosterCode,
    ReturnType<typeof ruleFor>
  >,
  {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `must name codes of the roster (${ROSTER_CODES.join(", ")}), and not ${issue.keys.join(", ")}`
        : undefined,
  },
);
