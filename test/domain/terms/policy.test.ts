// A company's policy answers in one fixed order, and what it does not name it refuses.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  acceptedCodes,
  decideByPolicy,
  POLICY_REFUSAL,
  policyRules,
  type PolicyRules,
} from "../../../src/domain/terms/policy.ts";
import { kindOf, ROSTER_CODES, type RosterCode } from "../../../src/domain/terms/roster.ts";

const both = { preferred: "SD-BASE-DP", alternates: ["SD-BASE"] } as const;

describe("a policy decides", () => {
  test.each<[string, PolicyRules, unknown]>([
    [
      "for the preferred code before an alternate",
      { "SD-BASE-DP": "accept", "SD-BASE": "accept" },
      { decision: "accepted", chosen: "SD-BASE-DP" },
    ],
    [
      "for an accepted alternate before holding the preferred code",
      { "SD-BASE-DP": "hold", "SD-BASE": "accept" },
      { decision: "accepted", chosen: "SD-BASE" },
    ],
    ["to hold before it counters", { "SD-BASE-DP": "counter:SD-BASE-A", "SD-BASE": "hold" }, { decision: "held" }],
    [
      "for the counter of the preferred code before an alternate's",
      { "SD-BASE-DP": "counter:SD-BASE-A", "SD-BASE": "counter:SD-BASE-AT" },
      { decision: "countered", chosen: "SD-BASE-A" },
    ],
    [
      "for an alternate's counter before it refuses",
      { "SD-BASE-DP": "refuse", "SD-BASE": "counter:SD-BASE-AT" },
      { decision: "countered", chosen: "SD-BASE-AT" },
    ],
    [
      "against a counter to what was proffered, and takes the next",
      { "SD-BASE-DP": "counter:SD-BASE", "SD-BASE": "counter:SD-BASE-A" },
      { decision: "countered", chosen: "SD-BASE-A" },
    ],
    ["against what it does not name", {}, { decision: "refused", reason: POLICY_REFUSAL }],
    [
      "against what only a code that was not proffered would allow",
      { "SD-BASE-A": "accept", "SD-BASE": "counter:SD-BASE-DP" },
      { decision: "refused", reason: POLICY_REFUSAL },
    ],
  ])("%s", (_, rules, decision) => expect(decideByPolicy(rules, both)).toEqual(decision));

  test("for the first alternate it accepts, in the owner's order", () => {
    const rules = { "SD-BASE-AT": "accept", "SD-BASE-A": "accept" } as const;
    const proffer = { preferred: "SD-BASE", alternates: ["SD-BASE-DP", "SD-BASE-AT", "SD-BASE-A"] } as const;
    expect(decideByPolicy(rules, proffer)).toEqual({ decision: "accepted", chosen: "SD-BASE-AT" });
  });

  test("never for anything the owner did not proffer, but by a counter of the same kind", () => {
    const code = fc.constantFrom(...ROSTER_CODES);
    const rule = fc.oneof(
      fc.constantFrom("accept", "hold", "refuse"),
      code.map((counter) => `counter:${counter}` as const),
    );
    const policy = fc.dictionary(code, rule) as fc.Arbitrary<PolicyRules>;
    const proffer = fc
      .uniqueArray(code, { minLength: 1 })
      .map((codes): { preferred: RosterCode; alternates: RosterCode[] } => {
        const [preferred = "SD-BASE", ...rest] = codes;
        return { preferred, alternates: rest.filter((other) => kindOf(other) === kindOf(preferred)) };
      });
    fc.assert(
      fc.property(policy, proffer, (rules, { preferred, alternates }) => {
        const proffered = [preferred, ...alternates];
        const answer = decideByPolicy(rules, { preferred, alternates });
        const named = (word: string) => proffered.some((one) => (rules[one] ?? "refuse") === word);
        if (answer.decision === "accepted") {
          expect(proffered).toContain(answer.chosen);
          expect(rules[answer.chosen]).toBe("accept");
        } else {
          expect(named("accept")).toBe(false);
          expect(answer.decision === "held").toBe(named("hold"));
        }
        if (answer.decision === "countered") {
          expect(proffered).not.toContain(answer.chosen);
          expect(kindOf(answer.chosen)).toBe(kindOf(preferred));
        }
      }),
    );
  });
});

describe("the rules a company sends", () => {
  const faults = (rules: unknown) =>
    policyRules.safeParse(rules).error?.issues.map(({ path, message }) => [path.join("."), message]);

  test("may name any code of the roster, or none", () => {
    expect(policyRules.parse({})).toEqual({});
    const rules = { "SD-BASE": "accept", "SD-BASE-ATP": "counter:SD-BASE-A", "PDC-AI": "counter:PDC-GOOD" };
    expect(policyRules.parse(rules)).toEqual(rules);
    expect(acceptedCodes(policyRules.parse(rules))).toEqual(["SD-BASE"]);
  });

  test("may not name a code the roster does not have, and every one is listed", () => {
    expect(faults({ "SD-BASE-Z": "accept", "SD-FREE": "hold" })).toEqual([
      ["", expect.stringMatching(/^must name codes of the roster \(SD-BASE, .*\), and not SD-BASE-Z, SD-FREE$/)],
    ]);
  });

  test.each(["counter:PDC-AI", "counter:SD-BASE", "counter:SD-BASE-Z", "accepted", "", null, 1])(
    "may not answer SD-BASE with %j",
    (rule) =>
      expect(faults({ "SD-BASE": rule })).toEqual([
        [
          "SD-BASE",
          "must be accept, hold, refuse or counter:CODE, CODE being another relationship agreement of the roster",
        ],
      ]),
  );
});
