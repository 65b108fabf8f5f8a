// Telling an item by its label without being told its serial: a salted hash, where trying serials leads nowhere. No zod: the buyer's page has
// no room for it.

const RANDOM_SERIAL = /^[0-9a-hjkmnp-tv-z]{16}$/;
const COUNTED = /\d{4}/;
const DISTINCT = 9;

/**
 * Whether a serial looks like 16 random characters, as this project's labels have them. One that looks counted may be found by trying: its
 * hash is given to nobody. It errs to that side: some random ones look counted.
 */
export const isRandomSerial = (serial: string): boolean =>
  RANDOM_SERIAL.test(serial) && !COUNTED.test(serial) && new Set(serial).size >= DISTINCT;

/** The text whose SHA-256, in hex, is a label's hash. `gtin14` has 14 digits. */
export const labelText = (salt: string, gtin14: string, serial: string): string => `${salt}\n${gtin14}\n${serial}`;

/** `hash`: SHA-256 of `labelText`, 64 of hex. */
export type LabelHash = { readonly salt: string; readonly hash: string };
