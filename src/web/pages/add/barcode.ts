// A barcode's number as a person types it: a GTIN, or what is wrong with it. Pure.

import { gtin14 } from "../../../domain/gtin.ts";

export type Barcode =
  | { readonly ok: true; readonly gtin: string }
  | { readonly ok: false; readonly wrong: "letters" | "length" | "check"; readonly digits: number };

const LENGTHS: ReadonlySet<number> = new Set([8, 12, 13, 14]);

/** Spaces and hyphens are forgiven. */
export function readBarcode(typed: string): Barcode {
  const text = typed.replaceAll(/[\s-]/g, "");
  const digits = text.length;
  if (/\D/.test(text)) return { ok: false, wrong: "letters", digits };
  if (!LENGTHS.has(digits)) return { ok: false, wrong: "length", digits };
  const gtin = gtin14(text);
  return gtin === null ? { ok: false, wrong: "check", digits } : { ok: true, gtin };
}
