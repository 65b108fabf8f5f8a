// What every step of a negotiation stands on: copies for the company, the company's key, and that nothing changed meanwhile.
// Everything is signed before its transaction and judged again inside it, as other calls run while a signature is made.

import type { AgreementCopy } from "../domain/exchange.ts";
import type { Failure } from "../domain/failure.ts";
import type { Domain } from "../domain/ids.ts";
import { err, type Result } from "../domain/result.ts";
import { writeEvent } from "../domain/terms/chain.ts";
import { isAgentKeyOf } from "../domain/terms/did.ts";
import { type SignedEvent } from "../domain/terms/record.ts";
import { signBody } from "../domain/terms/seal.ts";
import { makerOf } from "../platform/stubs.ts";
import { agentOf } from "./agent.ts";
import { agreementById, copyOf, type OwnAgreement } from "./agreements.ts";
import { identity, type Ground } from "./ground.ts";

export const stale: Result<never, Failure> = err({
  code: "agreement-state",
  detail: "It changed while this was being signed: look at it again.",
});

/** Names the product as the proffer did: what its owner calls it since is nobody's business. */
export const copy = (ground: Ground, agreement: OwnAgreement): AgreementCopy =>
  copyOf(agreement, identity(ground).twin, agreement.record.proffer.body.subject.product);

/** Whether nobody changed any of these since they were read. Asked inside the transaction that rests on them. */
export const unchanged = (ground: Ground, agreements: readonly OwnAgreement[]): boolean =>
  agreements.every((agreement) => agreementById(ground.sql, agreement.id)?.version === agreement.version);

/** The maker's own key. This server may have had another host when an older signature was made: the agent is the same. */
export const resolverFor =
  (ground: Ground, maker: Domain) =>
  async (keyId: string): Promise<Uint8Array | null> => {
    if (!isAgentKeyOf(keyId, maker)) return null;
    return (await makerOf(ground.env, maker).agentKey())?.publicKey ?? null;
  };

type EndingInput = Parameters<typeof writeEvent>[2];

export const ownEnding = async (ground: Ground, agreement: OwnAgreement, input: EndingInput): Promise<SignedEvent> =>
  signBody("event", await writeEvent(agreement.record, agreement.events, input), await agentOf(ground.storage));
