// AES-256-GCM in the two shapes in which sealed things are kept, bytes and text: a new nonce each time, before what it hides. Holds no key.

import { bytesOf, derivedBytes } from "./crypto.ts";
import { randomBytes } from "./random.ts";

export const SEALING_KEY_BYTES = 32;
const NONCE_BYTES = 12;

export const sealingKey = (bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);

/** A key that derives from `secret` (HKDF-SHA-256, `purpose` as info). */
export const derivedSealingKey = async (secret: string, purpose: string): Promise<CryptoKey> =>
  sealingKey(await derivedBytes(secret, purpose, SEALING_KEY_BYTES));

// To be bound to nothing is, in GCM, to be bound to the empty text.
const algorithm = (iv: Uint8Array<ArrayBuffer>, boundTo: string) => ({
  name: "AES-GCM",
  iv,
  additionalData: bytesOf(boundTo),
});

/** The nonce and, after it, the ciphertext. `boundTo` must be the same when it is opened. */
export async function sealBytes(
  key: CryptoKey,
  bytes: Uint8Array<ArrayBuffer>,
  boundTo = "",
): Promise<Uint8Array<ArrayBuffer>> {
  const nonce = randomBytes(NONCE_BYTES);
  const hidden = new Uint8Array(await crypto.subtle.encrypt(algorithm(nonce, boundTo), key, bytes));
  const whole = new Uint8Array(NONCE_BYTES + hidden.length);
  whole.set(nonce);
  whole.set(hidden, NONCE_BYTES);
  return whole;
}

/** @throws OperationError when `whole` was not sealed under this key, or was bound to something else. */
export const openBytes = (key: CryptoKey, whole: Uint8Array<ArrayBuffer>, boundTo = ""): Promise<ArrayBuffer> =>
  crypto.subtle.decrypt(algorithm(whole.subarray(0, NONCE_BYTES), boundTo), key, whole.subarray(NONCE_BYTES));

/** As `sealBytes`: the nonce in base64, a full stop, and the ciphertext in base64. */
export async function sealText(key: CryptoKey, text: string, boundTo = ""): Promise<string> {
  const whole = await sealBytes(key, bytesOf(text), boundTo);
  return `${whole.subarray(0, NONCE_BYTES).toBase64()}.${whole.subarray(NONCE_BYTES).toBase64()}`;
}

/** @throws as `openBytes` does. */
export async function openText(key: CryptoKey, sealed: string, boundTo = ""): Promise<string> {
  // The nonce's length divides by three: its base64 has no padding, and is the beginning of that of the whole.
  const whole = Uint8Array.fromBase64(sealed.replace(".", ""));
  return new TextDecoder().decode(await openBytes(key, whole, boundTo));
}
