// What was handed over, from this device or before its eyes: which thing, its name, the day. Nothing else of it is kept, and it goes when
// this device forgets everything.

import { publish } from "./change.ts";
import { db, type Handed } from "./db.ts";
import { HANDED } from "./meta.ts";
import { handed } from "./mirror.ts";

/** Whether this device knows that this thing was handed over, and when. Reactive. */
export const handedOf = (twin: string): Handed | undefined => handed.value.find((one) => one.twin === twin);

async function change(to: (list: readonly Handed[]) => readonly Handed[]): Promise<void> {
  const tx = (await db()).transaction("meta", "readwrite");
  const next = to(((await tx.store.get(HANDED)) as readonly Handed[] | undefined) ?? []);
  await tx.store.put(next, HANDED);
  await tx.done;
  publish({ handed: next });
}

/** Remembers it. A repeat changes nothing. */
export const keepHanded = (twin: string, { name, at }: Pick<Handed, "name" | "at">): Promise<void> =>
  change((list) => (list.some((one) => one.twin === twin) ? list : [...list, { twin, name, at, told: false }]));

export const handedTold = (): Promise<void> => change((list) => list.map((one) => ({ ...one, told: true })));
