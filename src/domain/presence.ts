// Who of a company's people looks at which thread: what a desk's page says of itself, and what the others are told.

import * as z from "zod";
import { idPattern, TWIN_PATTERN, type KeyId, type NoteId, type TwinId } from "./ids.ts";

/** What a page says when its person opens a thread, begins or stops to write, or (without a thread) leaves it. */
const looking = z.strictObject({
  type: z.literal("looking"),
  twin: z.string().regex(TWIN_PATTERN).optional(),
  note: z.string().regex(idPattern("note")).optional(),
  writing: z.boolean().default(false),
});

/** Where somebody is. */
export type Looking = { readonly twin: TwinId; readonly note: NoteId; readonly writing: boolean };

/** Somebody in a thread; `key` tells one's own page from a colleague's. */
export type Person = { readonly key: KeyId; readonly label: string; readonly writing: boolean };

/** What a page says, read; undefined when it says nothing that is understood, null when its person looks at no thread. */
export function whereLooking(said: string): Looking | null | undefined {
  let json: unknown;
  try {
    json = JSON.parse(said);
  } catch {
    return undefined;
  }
  const read = looking.safeParse(json);
  if (!read.success) return undefined;
  const { twin, note, writing } = read.data;
  return twin === undefined || note === undefined ? null : { twin: twin as TwinId, note: note as NoteId, writing };
}

/** Everyone in one thread, each once, however many pages they have open there. */
export function peopleOf(pages: readonly Person[]): Person[] {
  const people = new Map<KeyId, Person>();
  for (const page of pages) {
    people.set(page.key, { ...page, writing: page.writing || (people.get(page.key)?.writing ?? false) });
  }
  return [...people.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
}
