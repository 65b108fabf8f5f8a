// Where a scanned or typed text leads: a label to its page, a barcode to adding it.

import { codeInLink } from "../../handover/code.ts";
import { keepFragment } from "../../keys/fragment.ts";
import { labelPath, readLabel } from "../../camera/read-label.ts";
import type { Format } from "../../camera/barcode-detector.ts";
import { words } from "../../words/words.ts";
import { followLabel, ownOrigin } from "../arrive/right-place.ts";

/** What the camera looks for where a label and a barcode will both do. */
export const LABELS_AND_BARCODES: readonly Format[] = ["qr_code", "ean_13", "ean_8", "upc_a"];

/** Goes there, and answers null; or why the text leads nowhere. */
export function leadOn(text: string, route: (path: string) => void): string | null {
  const code = codeInLink(text, ownOrigin());
  if (code !== null) {
    keepFragment(code);
    route("/h");
    return null;
  }
  const reading = readLabel(text, ownOrigin());
  if (reading.kind === "product") {
    route(
      `/add?${new URLSearchParams({ gtin: reading.gtin, ...(reading.serial !== null && { serial: reading.serial }) })}`,
    );
    return null;
  }
  if (reading.kind !== "label") return words.value.arrive.add.scanOther;
  const path = labelPath(reading.gtin, reading.serial);
  followLabel(path);
  // The code travels where it is never sent: in the fragment, which the label's page takes out at once.
  route(path + (reading.code === null ? "" : `#${reading.code}`));
  return null;
}
