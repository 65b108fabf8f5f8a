// What this device keeps of a thing's history: as it saw it last, so that it can be read without a connection.

import { db, isKept } from "../store/db.ts";
import { historyKey, meta } from "../store/meta.ts";
import type { History } from "./history.ts";

export const keptHistory = (twin: string): Promise<History | undefined> => meta<History>(historyKey(twin));

/** A page that still stood open when its thing was taken off this device brings nothing back. */
export async function keepHistory(twin: string, history: History): Promise<void> {
  const tx = (await db()).transaction(["thing", "meta"], "readwrite");
  if (isKept(await tx.objectStore("thing").get(twin))) await tx.objectStore("meta").put(history, historyKey(twin));
  await tx.done;
}
