// What was begun and not yet said: one draft a thing, and one a reply. It never leaves this device.

import type { Note } from "../api/views.ts";
import { db } from "./db.ts";

export type Draft = {
  /** The thing's id, or the note's for a reply. */
  readonly id: string;
  readonly text: string;
  readonly kind?: Note["kind"];
  readonly wants?: Note["wants"];
  /** Whom it is for, as the page that writes it names them. */
  readonly audience?: string;
  readonly photos: readonly Blob[];
  /** RFC 3339. */
  readonly at: string;
};

export const draftOf = async (id: string): Promise<Draft | undefined> => (await db()).get("draft", id);

/** Keeps it, unless what it is about was taken off this device meanwhile. */
export async function saveDraft(draft: Draft): Promise<void> {
  const tx = (await db()).transaction(["thing", "note", "draft"], "readwrite");
  const isHere =
    draft.id.startsWith("local_") ||
    (await tx.objectStore("thing").getKey(draft.id)) !== undefined ||
    (await tx.objectStore("note").getKey(draft.id)) !== undefined;
  if (isHere) await tx.objectStore("draft").put(draft);
  await tx.done;
}

export async function dropDraft(id: string): Promise<void> {
  await (await db()).delete("draft", id);
}
