// base64url without padding (RFC 4648, 5), where every text has one reading and every reading one text.
// btoa and atob, because a record must also be checkable where Uint8Array has no base64 of its own (Node 24, browsers before 2025).

/** The bytes as base64url without padding. */
export function base64urlOf(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** Bits of the last character that stand for nothing, by the length of the text modulo 4. */
const SPARE_BITS = [0, null, 4, 2] as const;

/** The bytes of a text that `base64urlOf` writes; null for any other, also for one whose last character has spare bits set. */
export function bytesOfBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  const spare = SPARE_BITS[(text.length % 4) as 0 | 1 | 2 | 3];
  if (spare === null || !/^[A-Za-z0-9_-]*$/.test(text)) return null;
  if (ALPHABET.indexOf(text.slice(-1)) % 2 ** spare !== 0) return null;
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
