// The state of an agreement, computed from what was signed and when it is asked, and what may be done in each.
// Silence is never acceptance, and nothing follows an ending.

import { millisOf } from "../instant.ts";
import { invalid, type Failure } from "../failure.ts";
import { err, ok, type Result } from "../result.ts";
import { choiceFault } from "./decision.ts";
import { agreedTerms, type AgreementRecord, type DecisionBody, type SignedEvent } from "./record.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long a company has for a proffer that waited for it, from its first policy; also where an owner names no time. */
export const DECISION_WINDOW_MS = 14 * DAY_MS;
/** How long a counter stands while its owner has not answered, from the decision. */
export const COUNTER_WINDOW_MS = 14 * DAY_MS;

/** What an agreement's state is computed from. `AgreementCopy` is one. Times in milliseconds. */
export type AgreementFacts = {
  readonly record: AgreementRecord;
  readonly events: readonly SignedEvent[];
  /** The last moment for a decision; null while the company has not joined. */
  readonly decideBy: number | null;
  /** When the company's policy left it to a person. */
  readonly heldAt: number | null;
  /** When the company's legal identity changed. */
  readonly suspendedAt?: number | null;
  /** When the time of the owner who proffered it ended. */
  readonly tenureEndedAt?: number | null;
  /** What `verifyRecord` or `verifyEvents` found wrong with it. */
  readonly fault?: string | null;
};

/** Every state, with the plain words for it. */
export const STATE_WORDS = {
  none: "there is no agreement",
  proffered: "it waits for the company's answer",
  held: "it waits for a person at the company",
  countered: "the company has offered another agreement, and it waits for the owner's answer",
  accepted: "it is in force",
  refused: "it was refused",
  rescinded: "the owner took it back",
  lapsed: "the time to answer has passed",
  terminated: "it was ended",
  expired: "it has run out",
  superseded: "another agreement has taken its place",
  suspended: "the company's legal identity has changed, so it needs a new proffer",
  transferred: "the thing has a new owner",
  invalid: "its signatures do not verify",
} as const;
export type AgreementState = keyof typeof STATE_WORDS;
export const AGREEMENT_STATES = Object.keys(STATE_WORDS) as readonly AgreementState[];

/** How far the two parties' own signatures have brought it, whatever happened since. */
type Stage = "undecided" | "countered" | "refused" | "agreed";

function stageOf(record: AgreementRecord): Stage {
  if (agreedTerms(record) !== null) return "agreed";
  if (record.decision === undefined) return "undecided";
  if (record.decision.body.decision === "countered" && record.confirmation === undefined) return "countered";
  return "refused";
}

/** The last moment at which whoever's turn it is may still answer; null where there is none. */
export function closesAt({ record, decideBy }: AgreementFacts): number | null {
  switch (stageOf(record)) {
    case "undecided":
      return decideBy;
    case "countered":
      return record.decision === undefined ? null : millisOf(record.decision.body.decidedAt) + COUNTER_WINDOW_MS;
    default:
      return null;
  }
}

/** The state of an agreement at `now`; of no agreement at all, `none`. */
export function stateOf(facts: AgreementFacts | null, now: number): AgreementState {
  if (facts === null) return "none";
  const { record, events, heldAt, suspendedAt = null, tenureEndedAt = null, fault = null } = facts;
  if (fault !== null) return "invalid";

  const [ending] = events;
  if (ending !== undefined) return ending.body.kind;

  const stage = stageOf(record);
  if (stage === "refused") return "refused";

  // Time runs for an answer only until the parties are no longer the same: so no end turns into another one later.
  const until = Math.min(now, suspendedAt ?? now, tenureEndedAt ?? now);
  if (until > (closesAt(facts) ?? until)) return "lapsed";

  if (tenureEndedAt !== null) return "transferred";
  if (suspendedAt !== null) return "suspended";
  if (stage === "agreed") return "accepted";
  if (stage === "countered") return "countered";
  return heldAt === null ? "proffered" : "held";
}

/** Whether both have agreed and neither has ended it: in force, or suspended. */
export const stands = (facts: AgreementFacts, now: number): boolean => {
  const state = stateOf(facts, now);
  return state === "accepted" || (state === "suspended" && stageOf(facts.record) === "agreed");
};

/** Whether one of the two still owes an answer. */
export const isOpen = (facts: AgreementFacts, now: number): boolean => {
  const state = stateOf(facts, now);
  return state === "proffered" || state === "held" || state === "countered";
};

const allowed: Result<void, Failure> = ok(undefined);

const refusal = (facts: AgreementFacts, now: number, deed: string): Result<void, Failure> =>
  err({ code: "agreement-state", detail: `It can't be ${deed}: ${STATE_WORDS[stateOf(facts, now)]}.` });

/** Whether this decision may still take effect. A decision after lapse, rescission or another decision may not. */
export function mayDecide(
  facts: AgreementFacts,
  { decision, chosen }: DecisionBody,
  now: number,
): Result<void, Failure> {
  const state = stateOf(facts, now);
  if (state !== "proffered" && state !== "held") return refusal(facts, now, "decided");
  const fault = choiceFault(facts.record.proffer.body, decision, chosen?.code);
  return fault === null ? allowed : err(invalid("chosen", fault));
}

/** Whether the policy may still leave it to a person. */
export const mayHold = (facts: AgreementFacts, now: number): Result<void, Failure> =>
  stateOf(facts, now) === "proffered" ? allowed : refusal(facts, now, "held");

/** Whether the owner may answer the company's counter. */
export const mayConfirm = (facts: AgreementFacts, now: number): Result<void, Failure> =>
  stateOf(facts, now) === "countered" ? allowed : refusal(facts, now, "confirmed");

/** Whether the owner may take the proffer back: only before a decision. */
export function mayRescind(facts: AgreementFacts, now: number): Result<void, Failure> {
  const state = stateOf(facts, now);
  const undecided = stageOf(facts.record) === "undecided";
  return undecided && (state === "proffered" || state === "held" || state === "suspended")
    ? allowed
    : refusal(facts, now, "taken back");
}

/** Whether either side may end it. */
export const mayTerminate = (facts: AgreementFacts, now: number): Result<void, Failure> =>
  stands(facts, now) ? allowed : refusal(facts, now, "ended");

/** Whether another agreement may take its place. */
export const maySupersede = (facts: AgreementFacts, now: number): Result<void, Failure> =>
  stands(facts, now) ? allowed : refusal(facts, now, "superseded");
