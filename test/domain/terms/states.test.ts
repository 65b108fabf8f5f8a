// Each state follows from what was signed and from the time, and each allows what its words say.

import { describe, expect, test } from "vitest";
import {
  AGREEMENT_STATES,
  closesAt,
  COUNTER_WINDOW_MS,
  isOpen,
  mayConfirm,
  mayDecide,
  mayHold,
  mayRescind,
  maySupersede,
  mayTerminate,
  STATE_WORDS,
  stands,
  stateOf,
  type AgreementFacts,
  type AgreementState,
} from "../../../src/domain/terms/states.ts";
import { DAY_MS, NOON } from "./parties.ts";
import { confirmed, decided, ended, proffered } from "./unsigned.ts";

const DEADLINE = NOON + 14 * DAY_MS;
const LATER = NOON + DAY_MS;

const open = proffered({ decideBy: DEADLINE });
const held: AgreementFacts = { ...open, heldAt: NOON };
const accepted = decided(open, "accepted", "SD-BASE-DP", LATER);
const refused = decided(open, "refused", undefined, LATER);
const countered = decided(open, "countered", "SD-BASE-A", LATER);

/** Every state as it comes about, at `LATER` unless said. */
const CASES: readonly [string, AgreementFacts | null, AgreementState, number?][] = [
  ["no proffer at all", null, "none"],
  ["a proffer in time", open, "proffered"],
  ["a proffer at its very last moment", open, "proffered", DEADLINE],
  ["a proffer a millisecond later", open, "lapsed", DEADLINE + 1],
  [
    "a proffer to a company that has not joined, after years",
    proffered({ decideBy: null }),
    "proffered",
    NOON + 4000 * DAY_MS,
  ],
  ["a proffer left to a person", held, "held"],
  ["a proffer left to a person who did not come", held, "lapsed", DEADLINE + 1],
  ["an acceptance", accepted, "accepted"],
  ["an acceptance, long after the time to decide", accepted, "accepted", DEADLINE + 1000 * DAY_MS],
  ["a refusal", refused, "refused"],
  ["a refusal, long after", refused, "refused", DEADLINE + 1000 * DAY_MS],
  ["a counter", countered, "countered"],
  ["a counter the owner let pass", countered, "lapsed", LATER + COUNTER_WINDOW_MS + 1],
  ["a counter confirmed", confirmed(countered, "accepted"), "accepted"],
  ["a counter turned down", confirmed(countered, "refused"), "refused"],
  ["a proffer taken back", ended(open, "rescinded"), "rescinded"],
  ["a termination", ended(accepted, "terminated"), "terminated"],
  ["a termination by the company", ended(accepted, "terminated", "second"), "terminated"],
  ["an agreement that ran out", ended(accepted, "expired"), "expired"],
  ["an agreement replaced", ended(accepted, "superseded"), "superseded"],
  ["an agreement whose company is another now", { ...accepted, suspendedAt: LATER }, "suspended"],
  ["a proffer to a company that is another now", { ...open, suspendedAt: LATER }, "suspended"],
  ["the same, after the time to decide", { ...open, suspendedAt: LATER }, "suspended", DEADLINE + 1],
  ["an agreement of an owner who sold the thing", { ...accepted, tenureEndedAt: LATER }, "transferred"],
  ["a proffer of an owner who sold the thing", { ...open, tenureEndedAt: LATER }, "transferred"],
  ["the same, after the time to decide", { ...open, tenureEndedAt: LATER }, "transferred", DEADLINE + 1],
  [
    "a proffer that had lapsed when the thing was sold",
    { ...open, tenureEndedAt: DEADLINE + 1 },
    "lapsed",
    DEADLINE + 2,
  ],
  ["a termination before the thing was sold", { ...ended(accepted, "terminated"), tenureEndedAt: LATER }, "terminated"],
  ["a record that does not verify", { ...accepted, fault: "the signature of the decision does not verify" }, "invalid"],
];

describe("the state of", () => {
  test.each(CASES)("%s is %3$s", (_, facts, state, now = LATER) => expect(stateOf(facts, now)).toBe(state));

  test("every kind comes up above and has words for it", () => {
    expect(new Set(CASES.map(([, , state]) => state))).toEqual(new Set(AGREEMENT_STATES));
    for (const state of AGREEMENT_STATES) expect(STATE_WORDS[state]).toMatch(/^[a-z].*[a-z]$/);
  });
});

describe("what may be done follows from the state:", () => {
  const allows = (deed: (facts: AgreementFacts, now: number) => { ok: boolean }) =>
    new Set(CASES.flatMap(([, facts, state, now = LATER]) => (facts !== null && deed(facts, now).ok ? [state] : [])));
  const decision = decided(open, "accepted", "SD-BASE", LATER).record.decision?.body;
  if (decision === undefined) throw new Error("the decision is missing");

  test("a company decides what is proffered or held", () =>
    expect(allows((facts, now) => mayDecide(facts, decision, now))).toEqual(new Set(["proffered", "held"])));
  test("a policy leaves to a person what is proffered", () => expect(allows(mayHold)).toEqual(new Set(["proffered"])));
  test("an owner confirms a counter", () => expect(allows(mayConfirm)).toEqual(new Set(["countered"])));
  test("an owner takes back what is not decided", () =>
    expect(allows(mayRescind)).toEqual(new Set(["proffered", "held", "suspended"])));
  test("either side ends what is in force or suspended", () =>
    expect(allows(mayTerminate)).toEqual(new Set(["accepted", "suspended"])));
  test("what is in force or suspended can be superseded", () =>
    expect(allows(maySupersede)).toEqual(new Set(["accepted", "suspended"])));

  test("a suspended proffer is not ended, and a suspended agreement not taken back", () => {
    expect(mayTerminate({ ...open, suspendedAt: LATER }, LATER).ok).toBe(false);
    expect(mayRescind({ ...accepted, suspendedAt: LATER }, LATER).ok).toBe(false);
  });

  test("a refusal of a deed says why in words", () => {
    expect(mayDecide(ended(open, "rescinded"), decision, LATER)).toEqual({
      ok: false,
      error: { code: "agreement-state", detail: "It can't be decided: the owner took it back." },
    });
  });

  test("a decision in time still has to choose what can be chosen", () => {
    const strange = decided(open, "accepted", "SD-BASE-ATP", LATER).record.decision?.body;
    expect(strange && mayDecide(open, strange, LATER)).toMatchObject({
      ok: false,
      error: { code: "invalid", errors: [{ path: "chosen" }] },
    });
  });

  test("an answer is owed until its time, and by nobody afterwards", () => {
    expect([closesAt(open), closesAt(countered), closesAt(accepted)]).toEqual([
      DEADLINE,
      LATER + COUNTER_WINDOW_MS,
      null,
    ]);
    for (const [, facts, state, now = LATER] of CASES) {
      if (facts === null) continue;
      expect(isOpen(facts, now)).toBe(["proffered", "held", "countered"].includes(state));
      expect(isOpen(facts, now) && stands(facts, now)).toBe(false);
    }
  });
});
