// Small facts this device keeps by name: its language, where push is on, and the like.

import { db } from "./db.ts";

/** Under this name stands the language that the service worker speaks. */
export const LANGUAGE = "language";

/** Under this name stand the ids of the things that this device is told of by push. */
export const PUSHED = "push";

/** Under this name stands what this device is taking over from others. */
export const TAKINGS = "takings";

/** Under this name stands what was handed over from this device. */
export const HANDED = "handed";

/** Under this name stands what this device keeps of a thing's papers. */
export const papersKey = (twin: string): string => `papers:${twin}`;

/** Under this name stands a thing's history as this device saw it last. */
export const historyKey = (twin: string): string => `history:${twin}`;

/** Under this name stands which statement of how many entries there are in a thing's history was made on this device. */
export const statementKey = (twin: string): string => `statement:${twin}`;

/** Under this name stands what this device keeps while a thing of its owner changes hands. */
export const handoverKey = (twin: string): string => `handover:${twin}`;

/** What is kept of a thing's content under names of its own, and goes with the content. */
export const contentKeys = (twin: string): readonly string[] => [papersKey(twin), historyKey(twin), statementKey(twin)];

/** All that is kept of a thing under names of its own, and goes with it. How it changed hands is said for as long as the thing is here. */
export const keysOf = (twin: string): readonly string[] => [...contentKeys(twin), handoverKey(twin)];

/** What is kept under `key`, if anything. */
export const meta = async <T>(key: string): Promise<T | undefined> =>
  (await (await db()).get("meta", key)) as T | undefined;

/** Changes what is kept of a thing under a name of its own; null where the thing isn't here any more: then nothing is kept. */
export async function changeOf<T>(twin: string, key: string, change: (before: T | undefined) => T): Promise<T | null> {
  const tx = (await db()).transaction(["thing", "meta"], "readwrite");
  const store = tx.objectStore("meta");
  const isHere = (await tx.objectStore("thing").count(twin)) > 0;
  const changed = isHere ? change((await store.get(key)) as T | undefined) : null;
  if (isHere) await store.put(changed, key);
  await tx.done;
  return changed;
}

export async function setMeta(key: string, value: unknown): Promise<void> {
  await (await db()).put("meta", value, key);
}
