// What was begun and not yet said: one draft a thing, and one a reply. It never leaves this device.

import { db, type Draft } from "./db.ts";

export type { Draft } from "./db.ts";

/** Words of a page that was left before the database had them; photos can't be kept this way. */
const HASTE = "pico-twins.haste:";

/** Keeps a draft's words at once, for a page that is being closed and won't see its database answer. */
export function saveInHaste(draft: Draft): void {
  const { photos: _, ...words } = draft;
  try {
    localStorage.setItem(HASTE + words.id, JSON.stringify(words));
  } catch {
    // No room, or a browser that forbids it: then what the database has stays.
  }
}

export const forgetHaste = (id: string): void => {
  try {
    localStorage.removeItem(HASTE + id);
  } catch {
    // Where nothing may be kept there is nothing to forget.
  }
};

/** Takes words that were kept in haste into the database, with the photos that are there; those of a thing that is gone leave. */
async function settleHaste(): Promise<void> {
  let left: Omit<Draft, "photos">[] = [];
  try {
    left = Object.keys(localStorage)
      .filter((key) => key.startsWith(HASTE))
      .map((key) => JSON.parse(localStorage.getItem(key)!) as Omit<Draft, "photos">);
  } catch {
    return;
  }
  for (const words of left) {
    const before = await (await db()).get("draft", words.id);
    if (!before || before.at <= words.at) await saveDraft({ ...words, photos: before?.photos ?? [] });
    forgetHaste(words.id);
  }
}

export async function draftOf(id: string): Promise<Draft | undefined> {
  await settleHaste();
  return (await db()).get("draft", id);
}

/** The draft of an entry of a thing's history; of one that answers another, the other's place. */
export const entryDraft = (twin: string, answers: number | null): string =>
  answers === null ? `${twin} history` : `${twin} history ${answers}`;
/** All of them. */
export const entryDrafts = (twin: string): IDBKeyRange => IDBKeyRange.bound(`${twin} `, `${twin} \uffff`);

/** Keeps it, unless what it is about was taken off this device meanwhile. */
export async function saveDraft(draft: Draft): Promise<void> {
  const tx = (await db()).transaction(["thing", "note", "draft"], "readwrite");
  const isHere =
    draft.id.startsWith("local_") ||
    (await tx.objectStore("thing").getKey(draft.id.split(" ")[0]!)) !== undefined ||
    (await tx.objectStore("note").getKey(draft.id)) !== undefined;
  if (isHere) await tx.objectStore("draft").put(draft);
  await tx.done;
}

export async function dropDraft(id: string): Promise<void> {
  forgetHaste(id);
  await (await db()).delete("draft", id);
}
