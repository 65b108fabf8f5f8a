// What was begun and not yet said: one draft a thing, and one a reply. It never leaves this device.

import { db, type Draft } from "./db.ts";

export type { Draft } from "./db.ts";

/** Of a page that was left before the database had it; photos can't be kept this way. */
const HASTE = "pico-twins.haste:";
type Haste = Omit<Draft, "photos"> | { readonly id: string; readonly at: string; readonly dropped: true };

/** Keeps a draft's words at once, for a page that is being closed and won't see its database answer. */
export function saveInHaste(draft: Draft): void {
  const { photos: _, ...words } = draft;
  inHaste(words);
}

/** Keeps at once that it was thrown away. `at`: when, as a draft's. */
export const dropInHaste = (id: string, at: string): void => inHaste({ id, at, dropped: true });

function inHaste(what: Haste): void {
  try {
    localStorage.setItem(HASTE + what.id, JSON.stringify(what));
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

/** Does in the database what was kept in haste, words with the photos that are there; those of a thing that is gone leave. */
async function settleHaste(): Promise<void> {
  let left: Haste[] = [];
  try {
    left = Object.keys(localStorage)
      .filter((key) => key.startsWith(HASTE))
      .map((key) => JSON.parse(localStorage.getItem(key)!) as Haste);
  } catch {
    return;
  }
  for (const haste of left) {
    const before = await (await db()).get("draft", haste.id);
    if (!before || before.at <= haste.at) {
      await ("dropped" in haste ? dropDraft(haste.id) : saveDraft({ ...haste, photos: before?.photos ?? [] }));
    }
    forgetHaste(haste.id);
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
  await (await db()).delete("draft", id);
}
