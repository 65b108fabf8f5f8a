// Signing a yes or a no: only what its person was shown, and only what the owner's own key has signed. Pages carry no zod, so the body is
// written here as src/domain/terms/decision.ts writes it.

import { canonical, type Json } from "../../../domain/json.ts";
import type { LinkProffer } from "../../../domain/reply-link.ts";
import { keyIdOf, publicKeyOfDidKey } from "../../../domain/terms/did.ts";
import type { DecisionBody, ProfferBody } from "../../../domain/terms/record.ts";
import { pin, type RosterCode } from "../../../domain/terms/roster.ts";
import {
  AGREEMENT_SCHEMA,
  digestOf,
  signBody,
  verifySigned,
  type Signed,
  type Signer,
} from "../../../domain/terms/seal.ts";

/** What stood before the person's eyes. */
export type Shown = { readonly codes: readonly RosterCode[]; readonly company: string; readonly did: string };

const same = (one: Json, other: Json): boolean => canonical(one) === canonical(other);

/** Whether the proffer that came is the one that was shown, made out to this browser's key and this company, and signed by the owner's side. */
export async function isAsShown(proffer: Signed<ProfferBody>, shown: Shown): Promise<boolean> {
  const { first, second, preferred, alternates } = proffer.body;
  const owner = publicKeyOfDidKey(first.id);
  return (
    owner !== null &&
    proffer.key === first.id &&
    second.id === shown.did &&
    second.legalName === shown.company &&
    same([preferred, ...alternates], shown.codes.map(pin)) &&
    (await verifySigned("proffer", proffer, owner))
  );
}

/** The signed answer: `chosen` is what is accepted; null refuses. `at` is the server's time, as this clock may be off. */
export async function signDecision(
  { proffer, at }: LinkProffer,
  chosen: RosterCode | null,
  { key: did, sign }: Signer,
): Promise<Signed<DecisionBody>> {
  const body: DecisionBody = {
    schema: AGREEMENT_SCHEMA,
    proffer: await digestOf(proffer),
    decision: chosen === null ? "refused" : "accepted",
    chosen: chosen === null ? null : pin(chosen),
    reason: null,
    decidedAt: at,
    decidedBy: "human",
  };
  return signBody("decision", body, { key: keyIdOf(did), sign });
}

/** The record's bytes, as the owner's side keeps them too. */
export const recordBytesOf = (proffer: Signed<ProfferBody>, decision: Signed<DecisionBody>): string =>
  canonical({ schema: AGREEMENT_SCHEMA, proffer, decision });
