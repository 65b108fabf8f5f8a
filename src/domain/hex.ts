// Bytes as lower-case hex, two digits each: how digests and roots are written.

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function hexOf(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += HEX[byte]!;
  return hex;
}

const DIGIT_ZERO = 48;
const DIGIT_A = 97;
const nibble = (code: number): number => (code < DIGIT_A ? code - DIGIT_ZERO : code - DIGIT_A + 10);

/** The bytes of well-formed hex. */
export function bytesOfHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length >> 1);
  for (let at = 0; at < bytes.length; at++) {
    bytes[at] = nibble(hex.charCodeAt(2 * at)) * 16 + nibble(hex.charCodeAt(2 * at + 1));
  }
  return bytes;
}
