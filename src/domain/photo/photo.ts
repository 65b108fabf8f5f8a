// An uploaded photo: what it is, judged by its content, and the same picture without what its maker did not mean to tell.
// Pixels are never decoded or changed; a byte that is not the picture, its colours or its orientation never passes.

import { err, ok, type Result } from "../result.ts";
import { cleanAvif } from "./avif.ts";
import { cleanJpeg } from "./jpeg.ts";
import { name, type Octets } from "./octets.ts";
import type { Cleaned } from "./picture.ts";
import { cleanPng, PNG_SIGNATURE } from "./png.ts";
import { cleanWebp } from "./webp.ts";

export type PhotoType = "image/jpeg" | "image/png" | "image/webp" | "image/avif";

export type Photo = {
  readonly type: PhotoType;
  readonly bytes: Octets;
  readonly width: number;
  readonly height: number;
};

const FORMATS: readonly [PhotoType, (bytes: Uint8Array) => boolean, (bytes: Uint8Array) => Cleaned][] = [
  ["image/jpeg", (bytes) => name(bytes, 0, 3) === "\xff\xd8\xff", cleanJpeg],
  ["image/png", (bytes) => name(bytes, 0, 8) === PNG_SIGNATURE, cleanPng],
  ["image/webp", (bytes) => name(bytes, 0) === "RIFF" && name(bytes, 8) === "WEBP", cleanWebp],
  ["image/avif", (bytes) => name(bytes, 4) === "ftyp", cleanAvif],
];

/**
 * The photo to store: EXIF, GPS, XMP, IPTC, comments, thumbnails and whatever follows the image are gone;
 * orientation and colour profile stay. `width` and `height` are pixels as a viewer shows them.
 * The error is one sentence for the person who uploaded. The input is not changed. Never throws.
 */
export function cleanPhoto(bytes: Uint8Array): Result<Photo, string> {
  const format = FORMATS.find(([, looksLike]) => looksLike(bytes));
  if (!format) return err("The content is not a JPEG, PNG, WebP or AVIF image; send the photo as one of these.");
  const [type, , clean] = format;
  const cleaned = clean(bytes);
  return cleaned.ok ? ok({ type, ...cleaned.value }) : cleaned;
}
