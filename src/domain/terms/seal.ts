// Digests and signatures of what an agreement is made of. It makes no keys and no randomness.

import { base64urlOf, bytesOfBase64url } from "../base64url.ts";
import { isSignedBy, publicEd25519, SIGNATURE_BYTES } from "../ed25519.ts";
import { hexOf } from "../hex.ts";
import { canonical, type Json } from "../json.ts";

/** The name of the format, in every body and at the head of every signed message. */
export const AGREEMENT_SCHEMA = "pico-twins/agreement/1";

export type SealedKind = "proffer" | "decision" | "confirmation" | "event";

/** A body with the signature of one party's agent. `key` is a did:key or the id of a key in a did:web document; the signature is base64url without padding. */
export type Signed<B> = { readonly body: B; readonly key: string; readonly signature: string };

/** An agent's private Ed25519 key, wherever it is kept: it gives 64 bytes for any message. */
export type Signer = { readonly key: string; readonly sign: (message: Uint8Array) => Promise<Uint8Array> };

/** SHA-256 of the text's UTF-8 bytes in lower-case hex. */
export async function sha256Hex(text: string): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
}

/** The digest of a value: SHA-256 of its canonical form, in lower-case hex. */
export const digestOf = (value: Json): Promise<string> => sha256Hex(canonical(value));

/** What is signed for a body: the schema, the kind and the body's digest, a line each, so no signature can be taken for one of another kind. */
async function messageOf(kind: SealedKind, body: Json): Promise<Uint8Array<ArrayBuffer>> {
  return new TextEncoder().encode(`${AGREEMENT_SCHEMA}\n${kind}\n${await digestOf(body)}`) as Uint8Array<ArrayBuffer>;
}

/** `body`, signed by one party's agent. */
export async function signBody<B extends Json>(kind: SealedKind, body: B, signer: Signer): Promise<Signed<B>> {
  const signature = await signer.sign(await messageOf(kind, body));
  return { body, key: signer.key, signature: base64urlOf(signature) };
}

/** Whether the signature is this public key's (32 bytes) over this body as this kind. False for anything malformed. */
export async function verifySigned(kind: SealedKind, signed: Signed<Json>, publicKey: Uint8Array): Promise<boolean> {
  const signature = bytesOfBase64url(signed.signature);
  if (signature?.length !== SIGNATURE_BYTES) return false;
  const key = await publicEd25519(publicKey);
  return key !== null && isSignedBy(key, signature, await messageOf(kind, signed.body));
}
