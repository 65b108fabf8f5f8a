// base58 with Bitcoin's alphabet, which Multibase calls base58btc: how Multikeys and proof values are written.

import { bytesOfHex, hexOf } from "./hex.ts";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const ZERO = "1";
/** As many digits as a double holds exactly: arithmetic on long integers is by the piece, not by the digit. */
const PIECE = 9;
const PIECE_VALUE = 58n ** BigInt(PIECE);

function digitsOf(piece: number): string {
  let digits = "";
  for (let rest = piece; digits.length < PIECE; rest = Math.floor(rest / 58)) digits = ALPHABET[rest % 58]! + digits;
  return digits;
}

function leadingZeros(bytes: Uint8Array): number {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? bytes.length : first;
}

/** The bytes in base58; each leading zero byte is a `1`. */
export function base58Of(bytes: Uint8Array): string {
  let text = "";
  for (let rest = BigInt(`0x0${hexOf(bytes)}`); rest > 0n; rest /= PIECE_VALUE) {
    text = digitsOf(Number(rest % PIECE_VALUE)) + text;
  }
  return ZERO.repeat(leadingZeros(bytes)) + text.replace(/^1+/, "");
}

/** The `length` bytes that `base58Of` writes as this text; null for any other text. */
export function bytesOfBase58(text: string, length: number): Uint8Array<ArrayBuffer> | null {
  if (text.length > 2 * length) return null;
  let number = 0n;
  for (let at = 0; at < text.length; at += PIECE) {
    const digits = text.slice(at, at + PIECE);
    let piece = 0;
    for (const digit of digits) {
      const value = ALPHABET.indexOf(digit);
      if (value < 0) return null;
      piece = piece * 58 + value;
    }
    number = number * (digits.length === PIECE ? PIECE_VALUE : 58n ** BigInt(digits.length)) + BigInt(piece);
  }
  const hex = (number === 0n ? "" : number.toString(16)).padStart(2 * length, "0");
  if (hex.length > 2 * length) return null;
  const bytes = bytesOfHex(hex);
  // One spelling a value: as many ones lead as zero bytes do.
  const ones = /^1*/.exec(text)![0].length;
  return ones === leadingZeros(bytes) ? bytes : null;
}
