// What a scanned or typed text means here: a label's link, a barcode, a code from inside the packaging, or something else. Pure.

import { normalizeCrockford } from "../../domain/crockford.ts";
import { digitalLink, gtin14, readDigitalLink } from "../../domain/gtin.ts";

export type Reading =
  /** A label of this server; `code` where the inner code stood in its fragment. */
  | { readonly kind: "label"; readonly gtin: string; readonly serial: string; readonly code: string | null }
  /** A product's number: a barcode, or the link of a label that leads elsewhere. */
  | { readonly kind: "product"; readonly gtin: string; readonly serial: string | null }
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "nothing" };

const NOTHING: Reading = { kind: "nothing" };
/** 80 bits in Crockford's base32. */
const CODE = /^[0-9a-hjkmnp-tv-z]{16}$/;

/** The inner code as the API takes it, however it was written; null when it can't be one. Also as a fragment: `code=…`. */
export function readCode(typed: string): string | null {
  const code = normalizeCrockford(typed.trim().replace(/^code=/i, ""));
  return CODE.test(code) ? code : null;
}

const urlOf = (text: string): URL | null => URL.parse(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);

function readLink(url: URL, home: string): Reading {
  const link = readDigitalLink(url.pathname);
  if (link === null) return NOTHING;
  const { gtin, serial } = link;
  if (serial === null || url.host !== new URL(home).host) return { kind: "product", gtin, serial };
  return { kind: "label", gtin, serial, code: readCode(url.hash.slice(1)) };
}

/** `home` is the origin whose labels are ours. */
export function readLabel(text: string, home: string): Reading {
  const trimmed = text.trim();
  const gtin = gtin14(trimmed.replaceAll(/[\s-]/g, ""));
  if (gtin !== null) return { kind: "product", gtin, serial: null };
  const code = readCode(trimmed);
  if (code !== null) return { kind: "code", code };
  const url = trimmed.includes("/") ? urlOf(trimmed) : null;
  return url === null ? NOTHING : readLink(url, home);
}

/** Where the app shows a label, as a path. */
export const labelPath = (gtin: string, serial: string | null): string => digitalLink("", gtin, serial);
