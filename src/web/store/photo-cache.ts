// Pictures kept on this device, the least lately seen given up first. No DOM here.

import { db, isKept } from "./db.ts";

const KEPT = 60;

/** Keeps a picture of a thing that is on this device; one that came too late is let go of. */
export async function keepPhoto(twin: string, id: string, blob: Blob): Promise<void> {
  const tx = (await db()).transaction(["photo", "thing"], "readwrite");
  const photos = tx.objectStore("photo");
  if (isKept(await tx.objectStore("thing").get(twin))) {
    await photos.put({ id, twin, blob, usedAt: Date.now() });
    const over = (await photos.count()) - KEPT;
    const oldest = over > 0 ? await photos.index("usedAt").getAllKeys(undefined, over) : [];
    for (const key of oldest) await photos.delete(key);
  }
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
