// The one place that makes randomness.

import { SALT_BYTES } from "../domain/record/commitment.ts";
import { ID_BYTES, idOf, SECRET_BYTES, type Id, type IdPrefix } from "../domain/ids.ts";

export const randomBytes = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));
export const newId = <P extends IdPrefix>(prefix: P): Id<P> => idOf(prefix, randomBytes(ID_BYTES));
/** The 43 base64url characters of a token: 256 random bits. */
export const newSecret = (): string => randomBytes(SECRET_BYTES).toBase64({ alphabet: "base64url", omitPadding: true });
/** A number in [0, 1), for jitter only. */
export const random01 = (): number => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
/** So many decimal digits, each as likely as the others. */
export const randomDigits = (length: number): string => {
  let digits = "";
  while (digits.length < length) {
    // The 250 byte values that ten divides: the rest would make some digits likelier.
    for (const byte of randomBytes(2 * length)) if (byte < 250 && digits.length < length) digits += String(byte % 10);
  }
  return digits;
};
/** The salt of a record's entry: base64url. */
export const newSalt = (): string => randomBytes(SALT_BYTES).toBase64({ alphabet: "base64url", omitPadding: true });
