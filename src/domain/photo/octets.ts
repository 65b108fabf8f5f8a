// The integers and short names image files are built of. Reading never throws:
// a byte past the end reads as 0, so the caller compares lengths first.

export type Octets = Uint8Array<ArrayBuffer>;

/** The big-endian unsigned integer of `size` bytes (0..8) at `at`; above 2^53 it is only approximately right. */
export function big(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let i = 0; i < size; i++) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}

/** The little-endian unsigned integer of `size` bytes at `at`. */
export function little(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let i = size - 1; i >= 0; i--) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}

/** `length` bytes at `at` as Latin-1 text: a chunk's or a box's four-letter name. */
export const name = (bytes: Uint8Array, at: number, length = 4): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

/** An unsigned integer in `size` bytes, big-endian. */
export function bigOctets(value: number, size: number): Octets {
  const out = new Uint8Array(size);
  for (let i = size - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256)) out[i] = rest % 256;
  return out;
}

/** An unsigned integer in `size` bytes, little-endian. */
export const littleOctets = (value: number, size: number): Octets => bigOctets(value, size).reverse();

/** Latin-1 text as bytes, one a character. */
export const nameOctets = (text: string): Octets => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** All parts one after the other, in a new array. */
export function joined(parts: readonly Uint8Array[]): Octets {
  const out = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
