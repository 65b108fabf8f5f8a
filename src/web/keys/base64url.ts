// Bytes as base64url without padding (RFC 4648, 5), for browsers that have no Uint8Array.prototype.toBase64 yet.

const PATTERN = /^[A-Za-z0-9_-]*$/;

export const toBase64url = (bytes: Uint8Array): string =>
  btoa(String.fromCodePoint(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** The bytes, or null when `text` is not the base64url of exactly `length` bytes (of any length where none is given). No other text gives the same bytes. */
export function fromBase64url(text: string, length?: number): Uint8Array<ArrayBuffer> | null {
  if (!PATTERN.test(text) || text.length % 4 === 1) return null;
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.codePointAt(0)!);
  if (length !== undefined && bytes.length !== length) return null;
  return toBase64url(bytes) === text ? bytes : null;
}
