// What warns of a thing, for whoever looks at it before they take it over: the product's public board, where no label ties the thing to its own
// notices.

import { rfc3339 } from "../domain/instant.ts";
import type { ShownProduct } from "../domain/record/shown.ts";
import type { ShownNotice } from "../domain/share.ts";
import { directoryFor, productOf } from "../platform/stubs.ts";

/** Safety notices and recalls on the product's board that were not withdrawn; none of a labelled item, whose Tenure has those that concern it. */
export async function boardNotices(
  env: Env,
  { proof, gtin }: Pick<ShownProduct, "proof" | "gtin">,
): Promise<ShownNotice[]> {
  if (proof === "label" || gtin === null || (await directoryFor(env, gtin).gtinOwner(gtin)) === null) return [];
  const standing = (await productOf(env, gtin).board()).filter(({ withdrawn }) => withdrawn === null);
  return standing.flatMap(({ id, kind, maker, title, text, url, at, concerns }) =>
    kind === "service" ? [] : [{ id, kind, maker, title, text, url, at: rfc3339(at), why: concerns }],
  );
}
