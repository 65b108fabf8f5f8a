// What the present twin signs beside its entries: the checkpoint that vouches for them, and the answer to a live check. It needs nothing of the
// entries themselves, so that a page can check such a word long after it checked them.

import { millisOf } from "../instant.ts";
import { keyIdOf } from "../terms/did.ts";
import type { ResolveKey } from "../terms/verify.ts";
import { CHECKPOINT_SCHEMA, isAhead, type Checkpoint } from "./checkpoint.ts";
import type { FaultCode, RecordFault } from "./faults.ts";
import { isCheckpoint, isPresence } from "./form.ts";
import { PRESENCE_SCHEMA, type Presence } from "./presence.ts";
import { documentDigest, signatureCheck, type SignatureCheck } from "./signatures.ts";

/** Whose signature later words about a record must carry. */
export type Present = { readonly record: string; readonly tenure: number; readonly twin: string };

/** What is wrong with a checkpoint that the present twin is said to have signed, whatever the entries are: an empty list when nothing is. */
export const verifyCheckpoint = async (
  checkpoint: Checkpoint,
  present: Present,
  now: number,
): Promise<readonly RecordFault[]> =>
  isCheckpoint(checkpoint) ? checkpointFaults(checkpoint, present, signatureCheck(noCompany), now) : [formless];

const formless: RecordFault = { code: "malformed", seq: null, detail: "The checkpoint has not the form of one." };

/**
 * What is wrong with the answer to a live check: null when the twin gave it for this share, to this nonce. That nobody had seen the nonce
 * before it was asked is what makes it an answer from now: no clock is needed, and none is believed.
 */
export async function verifyPresence(
  presence: Presence,
  present: Present,
  asked: { readonly share: string; readonly nonce: string },
): Promise<FaultCode | null> {
  if (!isPresence(presence)) return "malformed";
  const { schema, record, tenure, share, nonce, proof } = presence;
  if (schema !== PRESENCE_SCHEMA || record !== present.record || tenure !== present.tenure) return "wrong-record";
  if (share !== asked.share || nonce !== asked.nonce) return "wrong-answer";
  if (proof.verificationMethod !== keyIdOf(present.twin)) return "wrong-author";
  return signatureCheck(noCompany)(proof, documentDigest(presence));
}

/** For what only a twin signs. */
const noCompany: ResolveKey = () => null;

/** What is wrong with a checkpoint of this form, by whichever keys `check` knows. `present`: null where the record introduced none. */
export async function checkpointFaults(
  checkpoint: Checkpoint,
  present: Present | null,
  check: SignatureCheck,
  now: number,
): Promise<readonly RecordFault[]> {
  const { schema, record, tenure, at, status, proof } = checkpoint;
  const fault = (code: FaultCode, detail: string): RecordFault => ({ code, seq: null, detail });
  const mine = schema === CHECKPOINT_SCHEMA && record === (present?.record ?? record);
  const signed = signatureFault(await check(proof, documentDigest(checkpoint)), null, "The checkpoint");
  return [
    ...(mine ? [] : [fault("wrong-record", "The checkpoint belongs to another record.")]),
    ...(tenure === present?.tenure ? [] : [fault("wrong-tenure", "The checkpoint is not of the present tenure.")]),
    ...(present !== null && proof.verificationMethod === keyIdOf(present.twin)
      ? []
      : [fault("wrong-author", "The checkpoint is not signed with the present twin's key.")]),
    ...(signed === null ? [] : [signed]),
    ...(isAhead(millisOf(at), now) ? [fault("from-future", "The checkpoint says a time that has not come yet.")] : []),
    ...(status === "current" ? [] : [fault("alert", `Its owner says that the thing is ${status}.`)]),
  ];
}

/** A signature that did not verify, as a fault of `what`, which is said in a sentence. */
export function signatureFault(
  code: Awaited<ReturnType<SignatureCheck>>,
  seq: number | null,
  what: string,
): RecordFault | null {
  if (code === null) return null;
  const detail = code === "unknown-key" ? "the key that signed it is not known" : "the signature is not right";
  return { code, seq, detail: `${what}: ${detail}.` };
}
