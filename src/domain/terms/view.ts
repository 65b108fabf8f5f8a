// An agreement as either side's API shows it: what was signed, and the state computed from that now.

import type { AgreementId, Domain } from "../ids.ts";
import { rfc3339 } from "../instant.ts";
import { agreedTerms, checkCode, type AgreementRecord, type DecisionBody, type SignedEvent } from "./record.ts";
import type { AgreementKind, Obligation, Permission, Prohibition, RosterCode } from "./roster.ts";
import { closesAt, isOpen, stateOf, type AgreementFacts, type AgreementState } from "./states.ts";

/** An agreement as it is kept on either side. Times in milliseconds. */
export type KeptAgreement = AgreementFacts & {
  readonly id: AgreementId;
  readonly maker: Domain;
  readonly createdAt: number;
  readonly record: AgreementRecord;
};

export type AgreementView = {
  readonly id: AgreementId;
  readonly state: AgreementState;
  readonly twin: string;
  readonly maker: Domain;
  readonly product: { readonly name: string; readonly model: string | null; readonly gtin: string | null };
  readonly kind: AgreementKind;
  readonly preferred: RosterCode;
  readonly alternates: readonly RosterCode[];
  /** What the company offered instead, whether or not it was taken. */
  readonly counter: RosterCode | null;
  /** What both signed; null while they have not. */
  readonly terms: RosterCode | null;
  readonly obliges: readonly Obligation[];
  /** Empty unless it is in force: what has ended, or never began, permits nothing. */
  readonly permits: readonly Permission[];
  readonly prohibits: readonly Prohibition[];
  readonly decision: {
    readonly decision: DecisionBody["decision"];
    readonly chosen: RosterCode | null;
    readonly reason: string | null;
    readonly decidedAt: string;
    readonly decidedBy: DecisionBody["decidedBy"];
  } | null;
  readonly events: readonly SignedEvent[];
  readonly createdAt: string;
  /** The last moment for whoever's turn it is: the company's with a proffer, the owner's with a counter. Null when nobody's. */
  readonly decideBy: string | null;
  readonly recordDigest: string;
  readonly checkCode: string;
};

export function viewOf(kept: KeptAgreement, recordDigest: string, now: number): AgreementView {
  const { proffer, decision } = kept.record;
  const { subject, kind, preferred, alternates } = proffer.body;
  const agreed = agreedTerms(kept.record);
  const state = stateOf(kept, now);
  const answerBy = isOpen(kept, now) ? closesAt(kept) : null;
  return {
    id: kept.id,
    state,
    twin: subject.twin,
    maker: kept.maker,
    product: subject.product,
    kind,
    preferred: preferred.code,
    alternates: alternates.map(({ code }) => code),
    counter: decision?.body.decision === "countered" ? (decision.body.chosen?.code ?? null) : null,
    terms: agreed?.code ?? null,
    obliges: agreed?.terms.obliges ?? [],
    permits: state === "accepted" && agreed !== null ? agreed.terms.permits : [],
    prohibits: agreed?.terms.prohibits ?? [],
    decision: decision
      ? {
          decision: decision.body.decision,
          chosen: decision.body.chosen?.code ?? null,
          reason: decision.body.reason,
          decidedAt: decision.body.decidedAt,
          decidedBy: decision.body.decidedBy,
        }
      : null,
    events: kept.events,
    createdAt: rfc3339(kept.createdAt),
    decideBy: answerBy === null ? null : rfc3339(answerBy),
    recordDigest,
    checkCode: checkCode(recordDigest),
  };
}
