// Agreements as the rules of state see them: whole bodies, no signatures, since those rules read none.

import { pin, type RosterCode } from "../../../src/domain/terms/roster.ts";
import { rfc3339 } from "../../../src/domain/instant.ts";
import type { ProfferParts } from "../../../src/domain/terms/proffer.ts";
import {
  recordOf,
  type ConfirmationBody,
  type DecisionBody,
  type Ending,
  type Party,
} from "../../../src/domain/terms/record.ts";
import { AGREEMENT_SCHEMA, type Signed } from "../../../src/domain/terms/seal.ts";
import type { Agreement } from "../../../src/domain/terms/standing.ts";
import { NOON, proffer } from "./parties.ts";

const DIGEST = "0".repeat(64);
const unsigned = <B>(body: B): Signed<B> => ({ body, key: "", signature: "" });

export function proffered(parts: Partial<ProfferParts> = {}): Agreement {
  const body = proffer(parts);
  return {
    id: body.id as Agreement["id"],
    record: recordOf(unsigned(body)),
    events: [],
    decideBy: parts.decideBy === undefined ? NOON : parts.decideBy,
    heldAt: null,
  };
}

export function decided(
  agreement: Agreement,
  decision: DecisionBody["decision"],
  chosen: RosterCode | undefined,
  at: number,
  decidedBy: DecisionBody["decidedBy"] = "human",
): Agreement {
  const body: DecisionBody = {
    schema: AGREEMENT_SCHEMA,
    proffer: DIGEST,
    decision,
    chosen: chosen === undefined ? null : pin(chosen),
    reason: null,
    decidedAt: rfc3339(at),
    decidedBy,
  };
  return { ...agreement, record: recordOf(agreement.record.proffer, unsigned(body)) };
}

export function confirmed(agreement: Agreement, confirmation: ConfirmationBody["confirmation"], at = NOON): Agreement {
  const { proffer: made, decision } = agreement.record;
  const body: ConfirmationBody = { schema: AGREEMENT_SCHEMA, decision: DIGEST, confirmation, confirmedAt: rfc3339(at) };
  return { ...agreement, record: recordOf(made, decision, unsigned(body)) };
}

export function ended(agreement: Agreement, kind: Ending, by: Party = "first", at = NOON): Agreement {
  const body = {
    schema: AGREEMENT_SCHEMA,
    record: DIGEST,
    prev: null,
    kind,
    at: rfc3339(at),
    by,
    reason: null,
    obligations: [],
  } as const;
  return { ...agreement, events: [...agreement.events, unsigned(body)] };
}
