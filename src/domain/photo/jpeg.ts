// JPEG (ITU-T T.81): keeps the tables and scans, JFIF, the colour profile and Adobe's colour transform; nothing else passes.

import { err, ok } from "../result.ts";
import { displayed, readOrientation, UPRIGHT, writePrefixedOrientation } from "./exif-orientation.ts";
import { big, bigOctets, joined, name } from "./octets.ts";
import type { Cleaned } from "./picture.ts";

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const COM = 0xfe;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const APP15 = 0xef;
/** Baseline, extended and progressive: what browsers show. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2]);
/** Huffman tables, quantization tables, restart interval. */
const TABLES = new Set([0xc4, 0xdb, 0xdd]);
const JFIF_BYTES = 14;
const ADOBE_BYTES = 12;

const CUT_SHORT = "The JPEG is cut short: it stops before its end marker (FF D9); send the whole file.";
const BROKEN =
  "The JPEG is broken: a segment does not begin and end where it says; send the file as the camera wrote it.";

const segment = (marker: number, body: Uint8Array): Uint8Array =>
  joined([Uint8Array.of(0xff, marker), bigOctets(body.length + 2, 2), body]);

/** What remains of an application segment: itself without a thumbnail or tail, or nothing. */
function keptApplicationBody(marker: number, body: Uint8Array): Uint8Array | undefined {
  if (marker === APP0 && name(body, 0, 5) === "JFIF\0" && body.length >= JFIF_BYTES) {
    // The last two bytes are the thumbnail's width and height.
    return joined([body.subarray(0, JFIF_BYTES - 2), Uint8Array.of(0, 0)]);
  }
  if (marker === APP2 && name(body, 0, 12) === "ICC_PROFILE\0") return body;
  if (marker === APP14 && name(body, 0, 5) === "Adobe" && body.length >= ADOBE_BYTES) {
    return body.subarray(0, ADOBE_BYTES);
  }
  return undefined;
}

/** Where the entropy-coded data from `at` ends: at the first marker that is not a restart. The file's length if there is none. */
function endOfScan(bytes: Uint8Array, at: number): number {
  for (let found = bytes.indexOf(0xff, at); found !== -1;) {
    let code = found + 1;
    while (bytes[code] === 0xff) code++;
    const marker = bytes[code];
    if (marker === undefined) break;
    const stuffedOrRestart = marker === 0 || (marker >= 0xd0 && marker <= 0xd7);
    if (!stuffedOrRestart) return found;
    found = bytes.indexOf(0xff, code + 1);
  }
  return bytes.length;
}

/** Cleans a file that begins with FF D8 FF. */
export function cleanJpeg(bytes: Uint8Array): Cleaned {
  let orientation: number | undefined;
  let frame: { width: number; height: number } | undefined;
  let scans = 0;
  // JFIF comes first in the file, then EXIF, whatever order they were found in (JFIF 1.02; EXIF 2.32, 4.5.4).
  const jfif: Uint8Array[] = [];
  const rest: Uint8Array[] = [];

  for (let at = 2; ;) {
    if (at >= bytes.length) return err(CUT_SHORT);
    if (bytes[at] !== 0xff) return err(BROKEN);
    while (bytes[at] === 0xff) at++; // any number of fill bytes (T.81, B.1.1.2)
    const marker = bytes[at++];
    if (marker === undefined) return err(CUT_SHORT);
    if (marker === EOI) break;

    const end = at + big(bytes, at, 2);
    if (end > bytes.length || at + 2 > bytes.length) return err(CUT_SHORT);
    if (end < at + 2) return err(BROKEN);
    const whole = bytes.subarray(at - 2, end);
    const body = bytes.subarray(at + 2, end);
    at = end;

    if (marker >= APP0 && marker <= APP15) {
      if (scans > 0) continue;
      if (marker === APP1 && name(body, 0, 5) === "Exif\0") orientation ??= readOrientation(body);
      const kept = keptApplicationBody(marker, body);
      if (!kept) continue;
      if (marker !== APP0) rest.push(segment(marker, kept));
      else if (jfif.length === 0) jfif.push(segment(marker, kept));
    } else if (TABLES.has(marker)) {
      rest.push(whole);
    } else if (FRAMES.has(marker)) {
      if (frame || body.length < 6 || body.length !== 6 + 3 * big(body, 5, 1)) return err(BROKEN);
      frame = { height: big(body, 1, 2), width: big(body, 3, 2) };
      if (frame.width === 0 || frame.height === 0) return err("The JPEG has no width or height; send one with both.");
      rest.push(whole);
    } else if (marker === SOS) {
      if (!frame) return err(BROKEN);
      at = endOfScan(bytes, end);
      rest.push(whole, bytes.subarray(end, at));
      scans++;
    } else if (marker !== COM) {
      const code = marker.toString(16).toUpperCase().padStart(2, "0");
      return err(
        `The JPEG uses the marker FF ${code}, which browsers do not show; send a baseline or progressive JPEG.`,
      );
    }
  }

  if (!frame || scans === 0) return err("The JPEG holds no picture; send one with a frame and a scan.");
  const turned = orientation ?? UPRIGHT;
  const exif = turned === UPRIGHT ? [] : [segment(APP1, writePrefixedOrientation(turned))];
  const parts = [Uint8Array.of(0xff, SOI), ...jfif, ...exif, ...rest, Uint8Array.of(0xff, EOI)];
  return ok({ bytes: joined(parts), ...displayed(frame.width, frame.height, turned) });
}
