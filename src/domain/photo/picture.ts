// What cleaning one format gives: the bytes to store, and how large a viewer shows the picture.

import type { Result } from "../result.ts";
import type { Octets } from "./octets.ts";

/**
 * `width` and `height` in pixels as displayed, that is with the orientation applied. Chromium ignores
 * the EXIF orientation of a WebP, and shows such a picture unturned as it would have shown the upload.
 */
export type Picture = { readonly bytes: Octets; readonly width: number; readonly height: number };

/** A picture, or one sentence that says what is wrong with the file and what would be right. */
export type Cleaned = Result<Picture, string>;
