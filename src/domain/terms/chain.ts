// The events after a record: each names the record and the event before it, is signed by the party that acted, and is acknowledged by the other.
// A missing acknowledgement never blocks anything.

import { rfc3339 } from "../instant.ts";
import { obligationsAtEnd } from "./obligations.ts";
import {
  agreedTerms,
  recordDigest,
  signedDigest,
  type AgreementRecord,
  type Ending,
  type EventBody,
  type Party,
  type SignedEvent,
} from "./record.ts";
import type { RosterCode } from "./roster.ts";
import { AGREEMENT_SCHEMA, signBody, type Signer } from "./seal.ts";

export type EndingInput = {
  readonly kind: Ending;
  /** Milliseconds. */
  readonly at: number;
  readonly by: Party;
  readonly reason?: string;
  /** The agreement that takes its place: what that one still carries need not be undone. */
  readonly successor?: RosterCode;
};

/** The next event of this record, ready for its party's agent to sign. An agreement that was in force names what the company must now do. */
export async function writeEvent(
  record: AgreementRecord,
  chain: readonly SignedEvent[],
  { kind, at, by, reason, successor }: EndingInput,
): Promise<EventBody> {
  const last = chain.at(-1);
  const agreed = agreedTerms(record);
  return {
    schema: AGREEMENT_SCHEMA,
    record: await recordDigest(record),
    prev: last === undefined ? null : await signedDigest(last),
    kind,
    at: rfc3339(at),
    by,
    reason: reason ?? null,
    obligations: agreed === null ? [] : obligationsAtEnd(agreed.code, successor),
  };
}

/** The event with the other party's signature beside the first: it has seen this. */
export async function acknowledge(event: SignedEvent, other: Signer): Promise<SignedEvent> {
  const { key, signature } = await signBody("event", event.body, other);
  return { ...event, ack: { key, signature } };
}
