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

export async function saveDraft(draft: Draft): Promise<void> {
  await (await db()).put("draft", draft);
}

export async function dropDraft(id: string): Promise<void> {
  await (await db()).delete("draft", id);
}
