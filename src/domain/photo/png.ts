// PNG (ISO/IEC 15948, third edition) and APNG: keeps the chunks that make the pixels and their colours; no text, time or EXIF passes.

import { err, ok } from "../result.ts";
import { displayed, readOrientation, UPRIGHT, writeOrientation } from "./exif-orientation.ts";
import { big, bigOctets, joined, name, nameOctets } from "./octets.ts";
import type { Cleaned } from "./picture.ts";

/** The first eight bytes of every PNG, as Latin-1 text. */
export const PNG_SIGNATURE = "\x89PNG\r\n\x1a\n";

const HEADER_BYTES = 13;
const MAX_LENGTH = 0x7fffffff;

/** Chunks that stay, each with the most bytes it can need: what is longer carries something else. */
const KEPT = new Map([
  ["PLTE", 768],
  ["IDAT", MAX_LENGTH],
  ["tRNS", 256],
  ["gAMA", 4],
  ["cHRM", 32],
  ["sRGB", 1],
  ["iCCP", MAX_LENGTH],
  ["cICP", 4],
  ["sBIT", 4],
  ["pHYs", 9],
  ["bKGD", 6],
  ["acTL", 8],
  ["fcTL", 26],
  ["fdAT", MAX_LENGTH],
]);

const CUT_SHORT = "The PNG is cut short: it stops before its IEND chunk; send the whole file.";
const BROKEN = "The PNG is broken";

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** The CRC of a chunk's name and data (ISO/IEC 15948, annex D). */
function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (CRC_TABLE[(value ^ byte) & 0xff] as number) ^ (value >>> 8);
  return ~value >>> 0;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = joined([nameOctets(type), data]);
  return joined([bigOctets(data.length, 4), named, bigOctets(crc(named), 4)]);
}

/** Cleans a file that begins with the PNG signature. */
export function cleanPng(bytes: Uint8Array): Cleaned {
  const header = bytes.subarray(8, 8 + 12 + HEADER_BYTES);
  const kept: Uint8Array[] = [];
  let orientation: number | undefined;
  let hasPixels = false;

  for (let at = 8; ;) {
    if (at + 12 > bytes.length) return err(CUT_SHORT);
    const length = big(bytes, at, 4);
    const type = name(bytes, at + 4);
    const whole = bytes.subarray(at, at + 12 + length);
    if (!/^[A-Za-z]{4}$/.test(type))
      return err(`${BROKEN}: a chunk's name is not four letters; send it as it was written.`);
    if (whole.length < 12 + length) return err(CUT_SHORT);
    if ((type === "IHDR") !== (at === 8)) return err(`${BROKEN}: it must begin with one IHDR chunk.`);
    at += whole.length;

    const data = whole.subarray(8, 8 + length);
    if (type === "eXIf") orientation ??= readOrientation(data);
    const most = type === "IHDR" ? HEADER_BYTES : type === "IEND" ? 0 : KEPT.get(type);
    const critical = /^[A-Z]/.test(type);
    if (most === undefined || length > most) {
      if (critical)
        return err(`The PNG has a ${type} chunk that the PNG standard does not allow; send a standard PNG.`);
      continue;
    }
    if (crc(whole.subarray(4, 8 + length)) !== big(whole, 8 + length, 4)) {
      return err(`${BROKEN}: the checksum of its ${type} chunk is wrong; send it again.`);
    }
    if (type === "IEND") break;
    if (type === "IDAT") hasPixels = true;
    if (type !== "IHDR") kept.push(whole);
  }

  const width = big(header, 8, 4);
  const height = big(header, 12, 4);
  if (big(header, 0, 4) !== HEADER_BYTES || width < 1 || height < 1 || width > MAX_LENGTH || height > MAX_LENGTH) {
    return err(`${BROKEN}: its IHDR chunk gives no usable width and height.`);
  }
  if (!hasPixels) return err("The PNG holds no picture; send one with an IDAT chunk.");
  const turned = orientation ?? UPRIGHT;
  const exif = turned === UPRIGHT ? [] : [chunk("eXIf", writeOrientation(turned))];
  const parts = [nameOctets(PNG_SIGNATURE), header, ...exif, ...kept, chunk("IEND", new Uint8Array())];
  return ok({ bytes: joined(parts), ...displayed(width, height, turned) });
}
