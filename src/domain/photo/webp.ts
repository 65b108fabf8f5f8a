// WebP (RFC 9649), still and animated: keeps the image, alpha, animation and colour profile chunks; EXIF, XMP and unknown chunks go.

import { err, ok } from "../result.ts";
import { displayed, readOrientation, UPRIGHT, writeOrientation } from "./exif-orientation.ts";
import { big, joined, little, littleOctets, name, nameOctets, type Octets } from "./octets.ts";
import type { Cleaned } from "./picture.ts";

type Chunk = { readonly type: string; readonly data: Uint8Array };

// Flags of the VP8X chunk (RFC 9649, 2.7.1.1).
const HAS_PROFILE = 0x20;
const HAS_ALPHA = 0x10;
const HAS_EXIF = 0x08;
const IS_ANIMATED = 0x02;
const VP8X_BYTES = 10;
const FRAME_HEADER_BYTES = 16;
const STILL = new Set(["ICCP", "ALPH", "VP8 ", "VP8L"]);
const ANIMATED = new Set(["ICCP", "ANIM", "ANMF"]);
const IN_FRAME = new Set(["ALPH", "VP8 ", "VP8L"]);

const BROKEN = "The WebP is broken or cut short: a chunk ends after the file does; send the whole file.";
const NO_PICTURE = "The WebP holds no picture; send one with a VP8, VP8L or animation chunk.";

/** The chunks of a RIFF body in order; undefined if one reaches past its end. */
function chunksIn(bytes: Uint8Array): Chunk[] | undefined {
  const found: Chunk[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const length = little(bytes, at + 4, 4);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (data.length < length) return undefined;
    found.push({ type: name(bytes, at), data });
    at += 8 + length + (length % 2);
  }
  return found;
}

const chunk = (type: string, data: Uint8Array): Octets =>
  joined([nameOctets(type), littleOctets(data.length, 4), data, new Uint8Array(data.length % 2)]);

const file = (chunks: readonly Uint8Array[]): Octets => chunk("RIFF", joined([nameOctets("WEBP"), ...chunks]));

const isImage = ({ type }: Chunk): boolean => type === "VP8 " || type === "VP8L";

/** An animation frame without unknown chunks; undefined if it is broken or empty. */
function cleanFrame(frame: Uint8Array): Octets | undefined {
  const inner = frame.length < FRAME_HEADER_BYTES ? undefined : chunksIn(frame.subarray(FRAME_HEADER_BYTES));
  if (!inner?.some(isImage)) return undefined;
  const kept = inner.filter(({ type }) => IN_FRAME.has(type)).map(({ type, data }) => chunk(type, data));
  return joined([frame.subarray(0, FRAME_HEADER_BYTES), ...kept]);
}

/** Width and height from the bitstream's own header (RFC 6386, 9.1; RFC 9649, 3.4); undefined if it is not one. */
function sizeOfImage({ type, data }: Chunk): { width: number; height: number } | undefined {
  if (type === "VP8 " && data.length >= 10 && big(data, 3, 3) === 0x9d012a) {
    return { width: little(data, 6, 2) & 0x3fff, height: little(data, 8, 2) & 0x3fff };
  }
  if (type === "VP8L" && data.length >= 5 && data[0] === 0x2f) {
    const bits = little(data, 1, 4);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return undefined;
}

function cleanSimple(image: Chunk): Cleaned {
  const size = sizeOfImage(image);
  if (!size || size.width === 0 || size.height === 0) return err(NO_PICTURE);
  return ok({ bytes: file([chunk(image.type, image.data)]), ...size });
}

function cleanExtended(header: Uint8Array, chunks: readonly Chunk[]): Cleaned {
  if (header.length < VP8X_BYTES) return err(BROKEN);
  const flags = big(header, 0, 1);
  const animated = (flags & IS_ANIMATED) !== 0;
  const wanted = animated ? ANIMATED : STILL;
  const kept = new Set<string>();
  const body: Octets[] = [];
  for (const { type, data } of chunks) {
    // Readers take the first of a kind; only frames repeat.
    if (!wanted.has(type) || (type !== "ANMF" && kept.has(type))) continue;
    const cleaned = type === "ANMF" ? cleanFrame(data) : data;
    if (!cleaned) return err(BROKEN);
    body.push(chunk(type, cleaned));
    kept.add(type);
  }
  if (animated ? !kept.has("ANMF") : !kept.has("VP8 ") && !kept.has("VP8L")) return err(NO_PICTURE);

  const exif = flags & HAS_EXIF ? chunks.find(({ type }) => type === "EXIF") : undefined;
  const orientation = exif ? readOrientation(exif.data) : UPRIGHT;
  const turned = orientation !== UPRIGHT;
  const keptFlags =
    (flags & (HAS_ALPHA | IS_ANIMATED)) | (kept.has("ICCP") ? HAS_PROFILE : 0) | (turned ? HAS_EXIF : 0);
  const vp8x = chunk("VP8X", joined([littleOctets(keptFlags, 4), header.subarray(4, VP8X_BYTES)]));
  const tail = turned ? [chunk("EXIF", writeOrientation(orientation))] : [];
  const width = little(header, 4, 3) + 1;
  const height = little(header, 7, 3) + 1;
  return ok({ bytes: file([vp8x, ...body, ...tail]), ...displayed(width, height, orientation) });
}

/** Cleans a file that begins with RIFF and WEBP. */
export function cleanWebp(bytes: Uint8Array): Cleaned {
  const end = 8 + little(bytes, 4, 4);
  const chunks = end > bytes.length ? undefined : chunksIn(bytes.subarray(12, end));
  if (!chunks) return err(BROKEN);
  const [first, ...others] = chunks;
  if (first?.type === "VP8X") return cleanExtended(first.data, others);
  return first ? cleanSimple(first) : err(NO_PICTURE);
}
