// What lets somebody compare a thing's label without being told its serial: a salted hash, and only of a serial that nobody finds by trying.

import { isRandomSerial, labelText, type LabelHash } from "../domain/label-hash.ts";
import { sha256 } from "../platform/crypto.ts";
import { identity, type Ground } from "./ground.ts";

/** Null where there is no label, or its serial could be guessed. */
export async function labelHash(ground: Ground, salt: string): Promise<LabelHash | null> {
  const { product, proof } = identity(ground);
  const { gtin, serial } = product;
  if (proof !== "label" || gtin === null || serial === null || !isRandomSerial(serial)) return null;
  return { salt, hash: (await sha256(labelText(salt, gtin, serial))).toHex() };
}
