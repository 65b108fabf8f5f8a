// Web Crypto in the shapes the rest uses: digests, keyed derivation. Holds no key of its own.

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

/** So many bytes derived from `secret` (HKDF-SHA-256, `purpose` as info). */
export async function derivedBytes(secret: string, purpose: string, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const base = await crypto.subtle.importKey("raw", bytesOf(secret), "HKDF", false, ["deriveBits"]);
  // RFC 5869: without a salt of its own, a hash's length of zeros.
  const salt = new Uint8Array(32);
  const algorithm = { name: "HKDF", hash: "SHA-256", salt, info: bytesOf(`pico-twins/${purpose}`) };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, base, 8 * length));
}
