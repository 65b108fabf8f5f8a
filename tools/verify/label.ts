// A label that whoever checks a file has in hand: whether it is the one that the record was opened for.

import { gtin14, isSerial, readDigitalLink } from "../../src/domain/gtin.ts";
import { isHashOf, type Label } from "../../src/domain/label-hash.ts";
import type { Bundle } from "../../src/domain/record/bundle.ts";
import type { Findings } from "../../src/domain/record/verify.ts";
import { err, ok, type Result } from "../../src/domain/result.ts";

/** `none`: its owner started the record, and no label is tied to it. `unable`: the file has no salt to compare with. */
export type Compared = "same" | "other" | "none" | "unable";

const ADDRESS = "https://HOST/01/GTIN/21/SERIAL";

/** `assumed`: only its serial was given, and its GTIN is the one that the file names, which nobody signed. */
export type Given = { readonly label: Label; readonly assumed: boolean };

/** A label's address, `https://HOST/01/GTIN/21/SERIAL`, whose host is nobody's proof of anything; or its serial alone. */
export function readLabel(text: string, { history: { product } }: Bundle): Result<Given, string> {
  const alone = text.trim();
  if (!alone.includes("/") && isSerial(alone)) {
    const gtin = gtin14(product.gtin ?? "");
    return gtin === null
      ? err(`The file names no GTIN for the serial ${alone}: give the label's address, like ${ADDRESS}`)
      : ok({ label: { gtin, serial: alone }, assumed: true });
  }
  const { gtin, serial = null } = readDigitalLink(URL.parse(alone)?.pathname ?? "") ?? {};
  return gtin === undefined || serial === null
    ? err(`${text} is neither a serial nor a label's address, like ${ADDRESS}`)
    : ok({ label: { gtin, serial }, assumed: false });
}

/** By the hash that the twin signed. */
export function compared(label: Label, { history }: Bundle, { item }: Findings): Compared {
  if (item === null) return "none";
  if (history.label === null) return "unable";
  return isHashOf({ salt: history.label.salt, hash: item }, label) ? "same" : "other";
}
