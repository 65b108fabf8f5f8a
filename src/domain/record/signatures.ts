// Checks many proofs at once: each key is made ready once, and the checks run side by side.

import { isSignedBy, publicEd25519 } from "../ed25519.ts";
import { canonical } from "../json.ts";
import { publicKeyOfKeyId } from "../terms/did.ts";
import type { ResolveKey } from "../terms/verify.ts";
import { digestOf, type Octets } from "./digest.ts";
import { bothDigests, PROOF_CONSTANTS, signatureIn, type DataIntegrityProof, type Secured } from "./proof.ts";

/** What is wrong with a proof of the form that proofs here have, over a document whose digest this is. */
export type SignatureCheck = (
  proof: DataIntegrityProof,
  document: Octets,
) => Promise<"bad-signature" | "unknown-key" | null>;

/** The digest of a document without its proof: what a proof is over. */
export function documentDigest(secured: Secured<object>): Octets {
  const { proof: _, ...document } = secured;
  return digestOf(canonical(document));
}

/** A key, and what every proof by it says besides its signature: its digest. */
type Ready = { readonly key: CryptoKey; readonly options: Octets };

/** A check of whether a proof verifies under the key it names; whether that key is the right one is another question. */
export function signatureCheck(resolve: ResolveKey): SignatureCheck {
  const keys = new Map<string, Promise<Ready | null>>();
  const ready = async (keyId: string): Promise<Ready | null> => {
    const publicKey = publicKeyOfKeyId(keyId) ?? (await resolve(keyId));
    const key = publicKey === null ? null : await publicEd25519(publicKey);
    return key && { key, options: digestOf(canonical({ ...PROOF_CONSTANTS, verificationMethod: keyId })) };
  };
  return async (proof, document) => {
    const keyId = proof.verificationMethod;
    const known = keys.get(keyId) ?? ready(keyId);
    keys.set(keyId, known);
    const by = await known;
    if (by === null) return "unknown-key";
    const signature = signatureIn(proof);
    const proven = signature !== null && (await isSignedBy(by.key, signature, bothDigests(by.options, document)));
    return proven ? null : "bad-signature";
  };
}
