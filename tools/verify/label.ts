// A label that whoever checks a file has in hand: whether it is the one that the record was opened for.

import { readDigitalLink } from "../../src/domain/gtin.ts";
import { isHashOf, type Label } from "../../src/domain/label-hash.ts";
import type { Bundle } from "../../src/domain/record/bundle.ts";
import type { Findings } from "../../src/domain/record/verify.ts";
import { err, ok, type Result } from "../../src/domain/result.ts";

/** `unable`: the file has no salt to compare with. */
export type Compared = "same" | "other" | "unable";

/** A label's address, `https://HOST/01/GTIN/21/SERIAL`; the host is nobody's proof of anything. */
export function readLabel(address: string): Result<Label, string> {
  const { gtin, serial = null } = readDigitalLink(URL.parse(address)?.pathname ?? "") ?? {};
  return gtin === undefined || serial === null
    ? err(`${address} is not a label's address, like https://HOST/01/GTIN/21/SERIAL`)
    : ok({ gtin, serial });
}

/** By the hash that the twin signed. */
export function compared(label: Label, { history }: Bundle, { item }: Findings): Compared {
  if (item === null) return "other";
  if (history.label === null) return "unable";
  return isHashOf({ salt: history.label.salt, hash: item }, label) ? "same" : "other";
}
