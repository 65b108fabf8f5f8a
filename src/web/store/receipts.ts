// Telling a company that its answer was read. Never without terms in force, at that moment, that let it follow the owner so far.

import { permits, type AgreementInForce } from "../../domain/terms/permits.ts";
import { agreementsOf } from "./agreements.ts";
import { askFor } from "./catchup.ts";
import type { LocalNote } from "./notes.ts";
import { mayIn, type Thing } from "./things.ts";

/** Whether the terms in force with the thing's company permit it. Reactive. */
export function tellsWhenRead({ id, view }: Thing): boolean {
  const inForce = agreementsOf(id)
    .filter(({ maker, state, terms }) => maker === view.maker && state === "accepted" && terms !== null)
    .map(({ id: agreement, terms, kind }) => ({ id: agreement, code: terms, kind }) as AgreementInForce);
  return permits(inForce, "read-receipt");
}

/** The last message of each note that this page told of. */
const told = new Map<string, string>();

/** Tells that the company's last answer is before the owner's eyes, once; a connection that is missing takes nothing from anyone. */
export async function tellRead(thing: Thing, note: LocalNote): Promise<void> {
  const answer = note.messages.findLast(({ maker }) => maker !== null && maker === thing.view.maker);
  if (!answer || told.get(note.id) === answer.id || thing.ended !== null) return;
  // Whoever may not see the terms has none here: what somebody else of the household reads is not told.
  if (!mayIn(thing, "messages:read") || !tellsWhenRead(thing)) return;
  told.set(note.id, answer.id);
  const done = await askFor<unknown>(thing.id, `/notes/${note.id}/seen`, {
    method: "PUT",
    body: { message: answer.id },
  });
  if (!done?.ok) told.delete(note.id);
}
