// The second party's answer to a proffer, and the first party's to a counter: what may be chosen, and the bodies that say so.
// One round, one counter; the terms themselves are never negotiated.

import * as z from "zod";
import { invalid, type Failure } from "../failure.ts";
import { rfc3339 } from "../instant.ts";
import { err, ok, type Result } from "../result.ts";
import { text } from "../text.ts";
import { signedDigest, type ConfirmationBody, type DecisionBody, type ProfferBody } from "./record.ts";
import { kindOf, pin, ROSTER_CODES, type RosterCode } from "./roster.ts";
import { AGREEMENT_SCHEMA, type Signed } from "./seal.ts";

/** How long a reason may be, in code points: why a party decided or ended, in its own words, goes into what is signed. */
export const REASON_LENGTH = 1_000;

/** A company's decision as it sends it, over the API or its inbound door. */
export const decisionInput = z.strictObject({
  decision: z.enum(["accepted", "refused", "countered"]),
  chosen: z.enum(ROSTER_CODES).optional(),
  reason: text(REASON_LENGTH).optional(),
});
export type DecisionInput = z.infer<typeof decisionInput>;

/** An owner's answer to a counter as they send it. */
export const confirmationInput = z.strictObject({ decision: z.enum(["accepted", "refused"]) });

/** A decision with nothing left open: `chosen` is what is accepted or offered instead. */
export type Choice =
  | { readonly decision: "accepted" | "countered"; readonly chosen: RosterCode; readonly reason?: string | undefined }
  | { readonly decision: "refused"; readonly chosen?: undefined; readonly reason?: string | undefined };

/** Why `chosen` cannot go with this decision about this proffer, or null when it can. */
export function choiceFault(
  proffer: ProfferBody,
  decision: DecisionBody["decision"],
  chosen: RosterCode | undefined,
): string | null {
  if (decision === "refused") return chosen === undefined ? null : "a refusal chooses nothing";
  if (chosen === undefined) return "name the agreement that is chosen";
  const proffered = [proffer.preferred, ...proffer.alternates].some(({ code }) => code === chosen);
  if (decision === "accepted") return proffered ? null : `${chosen} was not proffered: only a counter can name it`;
  if (proffered) return `${chosen} was proffered: accept it instead`;
  return kindOf(chosen) === proffer.kind
    ? null
    : `${chosen} is not a ${proffer.kind} agreement, which is what was proffered`;
}

/** What a company's decision comes to: an acceptance that names no code takes the one the owner prefers. */
export function choose(proffer: ProfferBody, input: DecisionInput): Result<Choice, Failure> {
  const { decision, reason } = input;
  const chosen = input.chosen ?? (decision === "accepted" ? proffer.preferred.code : undefined);
  const fault = choiceFault(proffer, decision, chosen);
  return fault === null ? ok({ decision, chosen, reason } as Choice) : err(invalid("chosen", fault));
}

/** The body of a decision about this proffer, ready for the second party's agent to sign. `decidedAt` in milliseconds. */
export const writeDecision = async (
  proffer: Signed<ProfferBody>,
  { decision, chosen, reason }: Choice,
  decidedAt: number,
  decidedBy: DecisionBody["decidedBy"],
): Promise<DecisionBody> => ({
  schema: AGREEMENT_SCHEMA,
  proffer: await signedDigest(proffer),
  decision,
  chosen: chosen === undefined ? null : pin(chosen),
  reason: reason ?? null,
  decidedAt: rfc3339(decidedAt),
  decidedBy,
});

/** The body of the owner's answer to a counter, ready for the first party's agent to sign. `confirmedAt` in milliseconds. */
export const writeConfirmation = async (
  counter: Signed<DecisionBody>,
  confirmation: ConfirmationBody["confirmation"],
  confirmedAt: number,
): Promise<ConfirmationBody> => ({
  schema: AGREEMENT_SCHEMA,
  decision: await signedDigest(counter),
  confirmation,
  confirmedAt: rfc3339(confirmedAt),
});
