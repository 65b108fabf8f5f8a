// Pictures kept on this device, the least lately seen given up first. No DOM here.

import { db } from "./db.ts";

const KEPT = 60;

export async function keepPhoto(twin: string, id: string, blob: Blob): Promise<void> {
  const tx = (await db()).transaction("photo", "readwrite");
  await tx.store.put({ id, twin, blob, usedAt: Date.now() });
  const over = (await tx.store.count()) - KEPT;
  const oldest = over > 0 ? await tx.store.index("usedAt").getAllKeys(undefined, over) : [];
  for (const key of oldest) await tx.store.delete(key);
  await tx.done;
}

/** The picture, if it is here; it counts as just seen. */
export async function keptPhoto(id: string): Promise<Blob | null> {
  const tx = (await db()).transaction("photo", "readwrite");
  const kept = await tx.store.get(id);
  if (kept) await tx.store.put({ ...kept, usedAt: Date.now() });
  await tx.done;
  return kept?.blob ?? null;
}
