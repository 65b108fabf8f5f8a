// Web Crypto in the shapes the rest uses: digests, keyed derivation, sealing. Holds no key of its own.

import { randomBytes } from "./random.ts";

const utf8 = new TextEncoder();

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => utf8.encode(text) as Uint8Array<ArrayBuffer>;

export async function sha256(data: string | Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = typeof data === "string" ? bytesOf(data) : (data as Uint8Array<ArrayBuffer>);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** SHA-256 as base64url: how tokens and idempotency keys are stored. */
export const fingerprint = async (data: string | Uint8Array): Promise<string> =>
  (await sha256(data)).toBase64({ alphabet: "base64url", omitPadding: true });

export const importHmac = (key: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);

export const hmac = async (key: CryptoKey, text: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await crypto.subtle.sign("HMAC", key, bytesOf(text)));

/** Equal, in time that depends on the lengths only. */
export const equalInConstantTime = (a: string, b: string): boolean => {
  const left = bytesOf(a);
  const right = bytesOf(b);
  return left.length === right.length && crypto.subtle.timingSafeEqual(left, right);
};

// RFC 5869: without a salt of its own, a hash's length of zeros.
const hkdf = (purpose: string) => ({
  name: "HKDF",
  hash: "SHA-256",
  salt: new Uint8Array(32),
  info: bytesOf(`pico-twins/${purpose}`),
});

/** So many bytes derived from `secret` (HKDF-SHA-256, `purpose` as info). */
export async function derivedBytes(secret: string, purpose: string, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const base = await crypto.subtle.importKey("raw", bytesOf(secret), "HKDF", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits(hkdf(purpose), base, 8 * length));
}

async function sealingKey(secret: string, purpose: string): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey("raw", bytesOf(secret), "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(hkdf(purpose), base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

const NONCE_BYTES = 12;

/** AES-256-GCM under a key derived from `secret` (HKDF-SHA-256, `purpose` as info); nonce and ciphertext as base64. */
export async function seal(secret: string, purpose: string, text: string): Promise<string> {
  const iv = randomBytes(NONCE_BYTES);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await sealingKey(secret, purpose), bytesOf(text));
  return `${iv.toBase64()}.${new Uint8Array(sealed).toBase64()}`;
}

/** @throws OperationError when `sealed` was not made under this secret and purpose. */
export async function unseal(secret: string, purpose: string, sealed: string): Promise<string> {
  const [iv = "", data = ""] = sealed.split(".");
  const open = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: Uint8Array.fromBase64(iv) },
    await sealingKey(secret, purpose),
    Uint8Array.fromBase64(data),
  );
  return new TextDecoder().decode(open);
}
