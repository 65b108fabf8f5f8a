// The one thing worth keeping of EXIF: which way is up. Everything else in it is personal and is never copied.

import { big, bigOctets, type Octets, joined, little, name, nameOctets } from "./octets.ts";

/** EXIF 2.32, 4.6.5: 1 is upright, 2..4 mirror or turn by 180 degrees, 5..8 also swap width and height. */
export type Orientation = number;

export const UPRIGHT: Orientation = 1;

const ORIENTATION_TAG = 0x0112;
const SHORT = 3;
const ENTRY_BYTES = 12;
// JPEG always writes this before the TIFF structure, some WebP writers do.
const PREFIX = "Exif\0\0";

/** The orientation (1..8) in an EXIF block, with or without its `Exif` prefix; 1 if it is absent or unreadable. */
export function readOrientation(exif: Uint8Array): Orientation {
  const tiff = name(exif, 0, PREFIX.length) === PREFIX ? exif.subarray(PREFIX.length) : exif;
  const order = name(tiff, 0, 2);
  if (order !== "II" && order !== "MM") return UPRIGHT;
  const read = order === "II" ? little : big;
  if (read(tiff, 2, 2) !== 42) return UPRIGHT;
  const directory = read(tiff, 4, 4);
  const entries = read(tiff, directory, 2);
  for (let i = 0, at = directory + 2; i < entries && at + ENTRY_BYTES <= tiff.length; i++, at += ENTRY_BYTES) {
    if (read(tiff, at, 2) !== ORIENTATION_TAG) continue;
    const value = read(tiff, at + 8, 2);
    const valid = read(tiff, at + 2, 2) === SHORT && read(tiff, at + 4, 4) === 1 && value >= 1 && value <= 8;
    return valid ? value : UPRIGHT;
  }
  return UPRIGHT;
}

/** A TIFF structure of one directory with one entry, the orientation. */
export const writeOrientation = (orientation: Orientation): Octets =>
  joined([
    nameOctets("MM\0*"),
    bigOctets(8, 4), // where the directory begins
    bigOctets(1, 2), // its number of entries
    bigOctets(ORIENTATION_TAG, 2),
    bigOctets(SHORT, 2),
    bigOctets(1, 4),
    bigOctets(orientation, 2),
    bigOctets(0, 2), // fills the value's four bytes
    bigOctets(0, 4), // no further directory
  ]);

/** The same with the prefix, as a JPEG's APP1 holds it. */
export const writePrefixedOrientation = (orientation: Orientation): Octets =>
  joined([nameOctets(PREFIX), writeOrientation(orientation)]);

/** The size a viewer shows: 5..8 turn the stored picture by a quarter. */
export const displayed = (width: number, height: number, orientation: Orientation) =>
  orientation >= 5 ? { width: height, height: width } : { width, height };
