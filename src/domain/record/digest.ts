// SHA-256 at once, not by promise: a record of 500 entries is thousands of small digests.

import { sha256 } from "@noble/hashes/sha2.js";

const UTF8 = new TextEncoder();
/** What one UTF-16 code unit takes in UTF-8, at most. */
const UNIT_BYTES = 3;

export type Octets = Uint8Array<ArrayBuffer>;

/** Where parts are put together: a digest of one piece is far quicker than of several. Grown as needed, and never kept across a call. */
let together = new Uint8Array(4_096);

/** SHA-256 of the parts, one after the other; text is taken as UTF-8. */
export function digestOf(...parts: readonly (Uint8Array | string)[]): Octets {
  let most = 0;
  for (const part of parts) most += typeof part === "string" ? UNIT_BYTES * part.length : part.length;
  if (most > together.length) together = new Uint8Array(2 * most);
  let length = 0;
  for (const part of parts) {
    if (typeof part === "string") length += UTF8.encodeInto(part, together.subarray(length)).written;
    else {
      together.set(part, length);
      length += part.length;
    }
  }
  return sha256(together.subarray(0, length));
}
