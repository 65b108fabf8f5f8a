// Crockford's base32 in lower case: ids, claim codes and recovery codes are written in it.

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** Bytes as Crockford base32, most significant bits first; n bytes give ceil(8n/5) characters, the first padded with zero bits. */
export function encodeCrockford(bytes: Uint8Array): string {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  const length = Math.ceil((bytes.length * 8) / 5);
  let text = "";
  for (let i = 0; i < length; i++) {
    text = ALPHABET.charAt(Number(value & 31n)) + text;
    value >>= 5n;
  }
  return text;
}

/** What a person typed, as the alphabet has it: case, spaces and hyphens forgiven, O read as 0, I and L as 1. */
export const normalizeCrockford = (typed: string): string =>
  typed.toLowerCase().replaceAll(/[\s-]/g, "").replaceAll("o", "0").replaceAll(/[il]/g, "1");

/** A number as exactly `length` characters. */
export const crockfordNumber = (value: number, length: number): string => {
  let text = "";
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = ALPHABET.charAt(rest % 32) + text;
  return text;
};

/** The number that `text` writes; `text` must be of the alphabet. */
export const readCrockfordNumber = (text: string): number =>
  text.split("").reduce((value, char) => value * 32 + ALPHABET.indexOf(char), 0);

/** Characters in groups of four joined by hyphens, upper case: how a code is printed. */
export const grouped = (code: string): string => (code.toUpperCase().match(/.{1,4}/g) ?? []).join("-");
