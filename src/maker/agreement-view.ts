// An agreement as the maker's API shows it: what was signed, and the state computed from that now.

import type { AgreementCopy, ProductBrief } from "../domain/exchange.ts";
import type { AgreementId, Domain, TwinId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import { agreedTerms, checkCode, recordDigest, type DecisionBody, type SignedEvent } from "../domain/terms/record.ts";
import { ROSTER, type AgreementKind, type Obligation, type Permission, type Prohibition, type RosterCode } from "../domain/terms/roster.ts";
import { stateOf, type AgreementState } from "../domain/terms/states.ts";

export type MakerAgreementView = {
  readonly id: AgreementId;
  readonly state: AgreementState;
  readonly twin: TwinId;
  readonly maker: Domain;
  readonly product: ProductBrief;
  readonly kind: AgreementKind;
  readonly preferred: RosterCode;
  readonly alternates: readonly RosterCode[];
  /** What both agreed to; null while they have not. */
  readonly terms: RosterCode | null;
  readonly obliges: readonly Obligation[];
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
  readonly decideBy: string | null;
  readonly recordDigest: string;
  readonly checkCode: string;
};

const NOTHING = { obliges: [], permits: [], prohibits: [] } as const;

export async function viewAgreement(copy: AgreementCopy, now: number): Promise<MakerAgreementView> {
  const { proffer, decision } = copy.record;
  const terms = agreedTerms(copy.record)?.code ?? null;
  const { obliges, permits, prohibits } = terms === null ? NOTHING : ROSTER[terms];
  const digest = await recordDigest(copy.record);
  return {
    id: copy.id,
    state: stateOf(copy, now),
    twin: copy.twin,
    maker: copy.maker,
    product: copy.product,
    kind: proffer.body.kind,
    preferred: proffer.body.preferred.code,
    alternates: proffer.body.alternates.map(({ code }) => code),
    terms,
    obliges,
    permits,
    prohibits,
    decision: decision
      ? {
          decision: decision.body.decision,
          chosen: decision.body.chosen?.code ?? null,
          reason: decision.body.reason,
          decidedAt: decision.body.decidedAt,
          decidedBy: decision.body.decidedBy,
        }
      : null,
    events: copy.events,
    createdAt: rfc3339(copy.createdAt),
    decideBy: copy.decideBy === null ? null : rfc3339(copy.decideBy),
    recordDigest: digest,
    checkCode: checkCode(digest),
  };
}
