// Telling an item by its label without being told its serial: a salted hash, which the record signs. Whoever has the salt can compare a label
// by themselves, and could try serials: it is given only where that leads nowhere, or for the right one. No zod: the buyer's page has no room.

import { normalizeCrockford } from "./crockford.ts";
import { hexOf } from "./hex.ts";
import { digestOf } from "./record/digest.ts";

const RANDOM_LENGTH = 16;
const RANDOM_SERIAL = /^[0-9a-hjkmnp-tv-z]{16}$/;
const COUNTED = /\d{4}/;
const DISTINCT = 9;

/**
 * Whether a serial looks like 16 random characters, as this project's labels have them. One that looks counted may be found by trying: its
 * salt is given to nobody who can't name it. It errs to that side: some random ones look counted.
 */
export const isRandomSerial = (serial: string): boolean =>
  RANDOM_SERIAL.test(serial) && !COUNTED.test(serial) && new Set(serial).size >= DISTINCT;

/** Whether what was typed has the form of this project's random serials, however that is spelt. */
export const hasRandomForm = (typed: string): boolean => RANDOM_SERIAL.test(normalizeCrockford(typed));

/** What a label says: `gtin` has 14 digits. */
export type Label = { readonly gtin: string; readonly serial: string };

/** `hash`: `hashOfLabel`, which is the `item` that the record's openings name. */
export type LabelHash = { readonly salt: string; readonly hash: string };

/** Whether a label is the item's; `salt` if it is, so that nobody has to believe it. */
export type LabelAnswer = { readonly same: boolean; readonly salt: string | null };

/** SHA-256 of the salt, the GTIN and the serial, a line each: 64 of hex. */
export const hashOfLabel = (salt: string, { gtin, serial }: Label): string =>
  hexOf(digestOf(`${salt}\n${gtin}\n${serial}`));

/** Serials of random characters are printed in groups and in capitals, too. */
export function spellings({ gtin, serial }: Label): readonly Label[] {
  const plain = normalizeCrockford(serial);
  return plain === serial || plain.length !== RANDOM_LENGTH
    ? [{ gtin, serial }]
    : [serial, plain].map((one) => ({ gtin, serial: one }));
}

/** Whether the hash is this label's, however that is spelt. */
export const isHashOf = ({ salt, hash }: LabelHash, label: Label): boolean =>
  spellings(label).some((one) => hashOfLabel(salt, one) === hash);
