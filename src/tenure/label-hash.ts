// What this thing's label says, as its record names it: by a hash, salted by the item's Twin. The salt is told where serials can't be tried, or
// to whoever names the right one; what the label says, to nobody.

import type { Failure } from "../domain/failure.ts";
import { hashOfLabel, isRandomSerial, type Label, type LabelAnswer, type LabelHash } from "../domain/label-hash.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { now as clock } from "../platform/clock.ts";
import { twinOf } from "../platform/stubs.ts";
import { identity, type Ground } from "./ground.ts";
import type { Identity } from "./identity.ts";
import { takeLabelTry } from "./label-tries.ts";

/** Null where there is no label. */
export function labelIn({ product: { gtin, serial }, proof }: Identity): Label | null {
  return proof === "label" && gtin !== null && serial !== null ? { gtin, serial } : null;
}

const saltOf = ({ env }: Ground, { twin }: Identity): Promise<string | null> => twinOf(env, twin).labelSalt(twin);

/** What lets anyone who is shown this thing compare a label by themselves. Null where there is none, or its serial could be guessed. */
export async function labelHash(ground: Ground): Promise<LabelHash | null> {
  const own = identity(ground);
  const label = labelIn(own);
  if (label === null || !isRandomSerial(label.serial)) return null;
  const salt = await saltOf(ground, own);
  return salt === null ? null : { salt, hash: hashOfLabel(salt, label) };
}

/** Whether a label is this item's: yes, with what proves it, or no; so often in a day. `asker`: a share's id, or the hash of an offer's code. */
export async function compareWithLabel(
  ground: Ground,
  asker: string,
  asked: Label,
): Promise<Result<LabelAnswer, Failure>> {
  const own = identity(ground);
  const label = labelIn(own);
  if (label === null) {
    return err({ code: "conflict", detail: "This thing was not claimed with a label: there is none to compare." });
  }
  const wait = takeLabelTry(ground.sql, asker, clock());
  if (wait > 0) return err({ code: "rate-limited", retryAfterSeconds: wait });
  const same = label.gtin === asked.gtin && label.serial === asked.serial;
  return ok({ same, salt: same ? await saltOf(ground, own) : null });
}
