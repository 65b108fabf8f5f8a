// A signed document of the record: a Data Integrity proof of the cryptosuite eddsa-jcs-2022 (W3C vc-di-eddsa, 3.3), which other
// people's software checks too. No `@context` and no `created`: neither is required, and each document says its own day.

import { base58Of, bytesOfBase58 } from "../base58.ts";
import { isSignedBy, publicEd25519, SIGNATURE_BYTES } from "../ed25519.ts";
import { canonical, type Json } from "../json.ts";
import type { Signer } from "../terms/seal.ts";
import { digestOf, type Octets } from "./digest.ts";

export type DataIntegrityProof = {
  readonly type: "DataIntegrityProof";
  readonly cryptosuite: "eddsa-jcs-2022";
  /** `did:key:z…#z…` of a twin or an owner, or `did:web:…#agent` of a company. */
  readonly verificationMethod: string;
  readonly proofPurpose: "assertionMethod";
  /** The 64 bytes of the signature, in base58 after a `z` (Multibase). */
  readonly proofValue: string;
};

/** A document and the proof of who vouches for it. */
export type Secured<D> = D & { readonly proof: DataIntegrityProof };

const MULTIBASE_BASE58 = "z";

/** What every proof says besides whose it is and the signature. */
export const PROOF_CONSTANTS = {
  type: "DataIntegrityProof",
  cryptosuite: "eddsa-jcs-2022",
  proofPurpose: "assertionMethod",
} as const;

/** What is signed: SHA-256 of the proof without its value, then SHA-256 of the document without its proof, both canonical (RFC 8785). */
export const signedBytes = (document: Json, proofOptions: Json): Octets =>
  bothDigests(digestOf(canonical(proofOptions)), digestOf(canonical(document)));

export function bothDigests(proofOptions: Octets, document: Octets): Octets {
  const bytes = new Uint8Array(64);
  bytes.set(proofOptions, 0);
  bytes.set(document, 32);
  return bytes;
}

/** `document`, vouched for by `signer`, whose `key` is the id of a key in a DID document: for a did:key, `keyIdOf(did)`. */
export async function secure<D extends { readonly [name: string]: Json }>(
  document: D,
  signer: Signer,
): Promise<Secured<D>> {
  const options = { ...PROOF_CONSTANTS, verificationMethod: signer.key };
  const signature = await signer.sign(signedBytes(document, options));
  return { ...document, proof: { ...options, proofValue: MULTIBASE_BASE58 + base58Of(signature) } };
}

/** The signature in a proof; null where it holds none, or is not of the one kind that is used here. */
export function signatureIn(proof: DataIntegrityProof): Octets | null {
  const { type, cryptosuite, proofPurpose } = PROOF_CONSTANTS;
  const rightKind = proof.type === type && proof.cryptosuite === cryptosuite && proof.proofPurpose === proofPurpose;
  const { proofValue } = proof;
  return rightKind && proofValue.startsWith(MULTIBASE_BASE58)
    ? bytesOfBase58(proofValue.slice(1), SIGNATURE_BYTES)
    : null;
}

/** Whether the proof is of this key over this document, and of the one kind that is used here. False for anything malformed. */
async function isProvenBy(secured: Secured<object>, key: CryptoKey): Promise<boolean> {
  const { proof, ...document } = secured;
  const { proofValue: _, ...options } = proof;
  const signature = signatureIn(proof);
  return signature !== null && isSignedBy(key, signature, signedBytes(document, options));
}

/** `isProvenBy` a public key given as its 32 bytes. */
export async function verifyProof(secured: Secured<object>, publicKey: Uint8Array): Promise<boolean> {
  const key = await publicEd25519(publicKey);
  return key !== null && isProvenBy(secured, key);
}
