// What this device keeps of a thing's history: as it saw it last, so that it can be read without a connection, and what was stated here.

import { db, isKept } from "../store/db.ts";
import { historyKey, meta, statementKey } from "../store/meta.ts";
import type { History } from "./history.ts";

export const keptHistory = (twin: string): Promise<History | undefined> => meta<History>(historyKey(twin));
export const keepHistory = (twin: string, history: History): Promise<void> => keep(twin, historyKey(twin), history);

/** A statement of how many entries there are that was made here, by its signature. Only the channel that made it can replace it. */
export type OwnStatement = { readonly channel: string | null; readonly signature: string };

export const keptStatement = (twin: string): Promise<OwnStatement | undefined> =>
  meta<OwnStatement>(statementKey(twin));
export const keepStatement = (twin: string, statement: OwnStatement): Promise<void> =>
  keep(twin, statementKey(twin), statement);

/** A page that still stood open when its thing was taken off this device brings nothing back. */
async function keep(twin: string, key: string, value: unknown): Promise<void> {
  const tx = (await db()).transaction(["thing", "meta"], "readwrite");
  if (isKept(await tx.objectStore("thing").get(twin))) await tx.objectStore("meta").put(value, key);
  await tx.done;
}
