// What this device keeps of a thing's papers: what it saw last, and what was typed and not saved yet, photos too.

import { db, isKept } from "../../store/db.ts";
import { meta, papersKey } from "../../store/meta.ts";
import type { Form, Tagged } from "./form.ts";

export type Kept = {
  readonly seen: Tagged | null;
  /** Typed on top of `seen`; null when nothing waits to be saved. */
  readonly typed: Form | null;
};

export const keptPapers = async (twin: string): Promise<Kept> =>
  (await meta<Kept>(papersKey(twin))) ?? { seen: null, typed: null };

/** A page that still stood open when its thing was taken off this device, in another tab say, brings nothing back. */
export async function keepPapers(twin: string, kept: Kept): Promise<void> {
  const tx = (await db()).transaction(["thing", "meta"], "readwrite");
  if (isKept(await tx.objectStore("thing").get(twin))) await tx.objectStore("meta").put(kept, papersKey(twin));
  await tx.done;
}
