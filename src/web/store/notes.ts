// A thing's notes and what was said under them, with what this device has still to send.

import { computed, type ReadonlySignal } from "@preact/signals";
import { publish } from "./change.ts";
import { lookAt } from "./catchup.ts";
import { db } from "./db.ts";
import { aliases, keptNotes, sending, storedThings, waiting } from "./mirror.ts";
import { notesWith, type LocalNote } from "./overlay.ts";
import { seenNow } from "./replica.ts";
import { things } from "./things.ts";

export type { LocalMessage, LocalNote } from "./overlay.ts";

const lists = new Map<string, ReadonlySignal<readonly LocalNote[]>>();

function listOf(twin: string): ReadonlySignal<readonly LocalNote[]> {
  let list = lists.get(twin);
  if (!list) {
    const queue = computed(() => waiting.value.filter(({ op }) => op.twin === twin));
    const since = computed(() => storedThings.value.get(twin)?.since ?? null);
    const sendingSeq = computed(() => sending.value?.seq ?? null);
    list = computed(() => notesWith(keptNotes(twin).value.values(), queue.value, since.value, sendingSeq.value));
    lists.set(twin, list);
  }
  return list;
}

/** Newest first. Reactive, like all that reads here. */
export const notesOf = (twin: string): readonly LocalNote[] => listOf(twin).value;

/** Of all things, newest first. */
export const allNotes = (): readonly LocalNote[] =>
  things.value
    .flatMap(({ id }) => notesOf(id))
    .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0));

/** A note by its id; by its local one also after it got its own. */
export const noteOf = (twin: string, id: string): LocalNote | undefined => {
  const real = aliases.value.get(id)?.note ?? id;
  return notesOf(twin).find((note) => note.id === real);
};

/** What companies said or decided that was not opened on this device, of all things. */
export const unreadTotal: ReadonlySignal<number> = computed(() =>
  things.value.reduce((sum, thing) => sum + thing.unread, 0),
);

/** Everything said under this note is read on this device now. */
export async function markRead(twin: string, id: string): Promise<void> {
  const real = aliases.peek().get(id)?.note ?? id;
  const tx = (await db()).transaction("note", "readwrite");
  const note = await tx.store.get(real);
  const seen = note && seenNow(note);
  const read = note && seen !== undefined && note.seen !== seen ? { ...note, seen } : null;
  if (read) await tx.store.put(read);
  await tx.done;
  if (read) publish({ notes: [read] });
  // While the feed is still being caught up with, a note is shown before what was said under it is here.
  if (note && storedThings.peek().get(twin)?.since === null) await refreshNote(twin, real);
}

/** Asks the server for one note with all that was said and written before. */
export async function refreshNote(twin: string, id: string): Promise<void> {
  const real = aliases.peek().get(id)?.note ?? id;
  await lookAt(twin, real);
}
