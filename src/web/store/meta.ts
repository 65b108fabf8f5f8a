// Small facts this device keeps by name: its language, where push is on, and the like.

import { db } from "./db.ts";

/** Under this name stands the language that the service worker speaks. */
export const LANGUAGE = "language";

/** Under this name stand the ids of the things that this device is told of by push. */
export const PUSHED = "push";

/** Under this name stands what this device keeps of a thing's papers. */
export const papersKey = (twin: string): string => `papers:${twin}`;

/** Under this name stands a thing's history as this device saw it last. */
export const historyKey = (twin: string): string => `history:${twin}`;

/** What is kept of a thing under names of its own, and goes with it. */
export const keysOf = (twin: string): readonly string[] => [papersKey(twin), historyKey(twin)];

/** Under this name stands what this device keeps while a thing of its owner changes hands. */
export const handoverKey = (twin: string): string => `handover:${twin}`;

/** What is kept under `key`, if anything. */
export const meta = async <T>(key: string): Promise<T | undefined> =>
  (await (await db()).get("meta", key)) as T | undefined;

export async function setMeta(key: string, value: unknown): Promise<void> {
  await (await db()).put("meta", value, key);
}
