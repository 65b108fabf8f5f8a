// SHA-256 at once, not by promise: a record of 500 entries is thousands of small digests.

import { sha256 } from "@noble/hashes/sha2.js";

const UTF8 = new TextEncoder();

export type Octets = Uint8Array<ArrayBuffer>;

/** SHA-256 of the parts, one after the other; text is taken as UTF-8. */
export function digestOf(...parts: readonly (Uint8Array | string)[]): Octets {
  const hash = sha256.create();
  for (const part of parts) hash.update(typeof part === "string" ? UTF8.encode(part) : part);
  return hash.digest();
}
