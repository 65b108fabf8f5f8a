// Whether a record and its events hold together, checked from nothing but their bytes and the parties' public keys.

import { canonical, type Json } from "../json.ts";
import { err, ok, type Result } from "../result.ts";
import { choiceFault } from "./decision.ts";
import { isKeyOf, publicKeyOfDidKey, publicKeyOfKeyId } from "./did.ts";
import {
  agreedTerms,
  recordDigest,
  signedDigest,
  type AgreementRecord,
  type DecisionBody,
  type Ending,
  type EventBody,
  type Party,
  type ProfferBody,
  type SignedEvent,
} from "./record.ts";
import { isRosterCode, pin, type Pinned } from "./roster.ts";
import { verifySigned, type SealedKind, type Signed } from "./seal.ts";

/** The public key (32 bytes) of a key id in a company's DID document, retired keys included; null when it has no such key. */
export type ResolveKey = (keyId: string) => Promise<Uint8Array | null> | Uint8Array | null;

type Verdict = Result<void, string>;
const sound: Verdict = ok(undefined);

/**
 * Checks every signature, every digest that names another body, whose keys signed, and that what was chosen could be.
 * The error says in words what does not hold. Nothing here depends on the time it is asked.
 */
export async function verifyRecord(record: AgreementRecord, resolve: ResolveKey): Promise<Verdict> {
  const { proffer, decision, confirmation } = record;
  const parties = proffer.body;

  const fault = profferFault(proffer.body);
  if (fault !== null) return err(fault);
  const proffered = await verifyBy("first", parties, "proffer", proffer, resolve);
  if (!proffered.ok) return proffered;

  if (decision === undefined) {
    return confirmation === undefined ? sound : err("a confirmation needs a decision before it");
  }
  const misfit = decisionFault(proffer.body, decision.body);
  if (misfit !== null) return err(misfit);
  if (decision.body.proffer !== (await signedDigest(proffer))) return err("the decision is about another proffer");
  const decided = await verifyBy("second", parties, "decision", decision, resolve);
  if (!decided.ok || confirmation === undefined) return decided;

  if (decision.body.decision !== "countered") return err("only a counter is confirmed");
  if (confirmation.body.decision !== (await signedDigest(decision)))
    return err("the confirmation is about another decision");
  return verifyBy("first", parties, "confirmation", confirmation, resolve);
}

/** Checks that the events are this record's, in one unbroken chain, each signed by the party that acted and acknowledged, if at all, by the other. */
export async function verifyEvents(
  record: AgreementRecord,
  events: readonly SignedEvent[],
  resolve: ResolveKey,
): Promise<Verdict> {
  const digest = await recordDigest(record);
  const parties = record.proffer.body;
  let prev: string | null = null;
  for (const event of events) {
    const { body, ack } = event;
    if (body.record !== digest) return err(`the event "${body.kind}" belongs to another record`);
    if (body.prev !== prev) return err(`the event "${body.kind}" does not follow the one before it`);
    const misfit = endingFault(record, body);
    if (misfit !== null) return err(misfit);
    const acted = await verifyBy(body.by, parties, "event", event, resolve);
    if (!acted.ok) return acted;
    if (ack !== undefined) {
      const seen = await verifyBy(otherParty(body.by), parties, "event", { body, ...ack }, resolve);
      if (!seen.ok) return seen;
    }
    prev = await signedDigest(event);
  }
  return sound;
}

const otherParty = (party: Party): Party => (party === "first" ? "second" : "first");

/** A code whose terms, roster or digest are not the ones known here has a meaning nobody here can vouch for. */
const isAsInRoster = (pinned: Pinned): boolean =>
  isRosterCode(pinned.code) && canonical(pinned) === canonical(pin(pinned.code));

function profferFault({ kind, preferred, alternates }: ProfferBody): string | null {
  const proffered = [preferred, ...alternates];
  const strange = proffered.find((pinned) => !isAsInRoster(pinned));
  if (strange !== undefined) return `the terms of ${strange.code} are not the roster's`;
  const stray = proffered.find(({ terms }) => terms.kind !== kind);
  if (stray !== undefined) return `${stray.code} is not a ${kind} agreement`;
  return new Set(proffered.map(({ code }) => code)).size === proffered.length
    ? null
    : "an agreement was proffered twice";
}

function decisionFault(proffer: ProfferBody, { decision, chosen, decidedAt }: DecisionBody): string | null {
  if (chosen !== null && !isAsInRoster(chosen)) return `the terms of ${chosen.code} are not the roster's`;
  // Both are in the one fixed spelling of RFC 3339, which sorts as time does.
  if (proffer.decideBy !== null && decidedAt > proffer.decideBy) return "it was decided after its time had passed";
  return choiceFault(proffer, decision, chosen?.code);
}

const OWNERS_OWN: readonly Ending[] = ["rescinded", "superseded", "transferred"];

function endingFault(record: AgreementRecord, { kind, by }: EventBody): string | null {
  if (by === "second" && OWNERS_OWN.includes(kind)) return `only the first party makes an agreement ${kind}`;
  if (kind === "rescinded") return record.decision === undefined ? null : "what was decided cannot be rescinded";
  return kind === "transferred" || agreedTerms(record) !== null ? null : `what was not agreed cannot be ${kind}`;
}

/** Checks that `signed` carries a signature of this party's own key. */
async function verifyBy(
  party: Party,
  { first, second }: ProfferBody,
  kind: SealedKind,
  signed: Signed<Json>,
  resolve: ResolveKey,
): Promise<Verdict> {
  const own = party === "first" ? signed.key === first.id : isKeyOf(signed.key, second.id);
  if (!own) return err(`the ${kind} is signed with a key that is not the ${party} party's`);
  const publicKey =
    party === "first" ? publicKeyOfDidKey(signed.key) : (publicKeyOfKeyId(signed.key) ?? (await resolve(signed.key)));
  if (publicKey === null) return err(`the key of the ${kind} is unknown: ${signed.key}`);
  return (await verifySigned(kind, signed, publicKey)) ? sound : err(`the signature of the ${kind} does not verify`);
}
