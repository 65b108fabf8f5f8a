// Checks many proofs at once: each key is made ready once, and the checks run side by side.

import { publicEd25519 } from "../ed25519.ts";
import { publicKeyOfKeyId } from "../terms/did.ts";
import type { ResolveKey } from "../terms/verify.ts";
import { isProvenBy, type Secured } from "./proof.ts";

export type SignatureCheck = (secured: Secured<object>) => Promise<"bad-signature" | "unknown-key" | null>;

/** A check of whether a document's proof verifies under the key it names; whether that key is the right one is another question. */
export function signatureCheck(resolve: ResolveKey): SignatureCheck {
  const keys = new Map<string, Promise<CryptoKey | null>>();
  const ready = async (keyId: string): Promise<CryptoKey | null> => {
    const publicKey = publicKeyOfKeyId(keyId) ?? (await resolve(keyId));
    return publicKey === null ? null : publicEd25519(publicKey);
  };
  return async (secured) => {
    const keyId = secured.proof.verificationMethod;
    const known = keys.get(keyId) ?? ready(keyId);
    keys.set(keyId, known);
    const key = await known;
    if (key === null) return "unknown-key";
    return (await isProvenBy(secured, key)) ? null : "bad-signature";
  };
}
