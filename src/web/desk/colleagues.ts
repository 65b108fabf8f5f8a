// Who there is to assign a thread to: whoever is signed in, and the colleagues this page has met.

import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { threads } from "./inbox/list.ts";
import { ask } from "./api/ask.ts";
import type { TeamKey } from "./api/views.ts";
import { me, session, type Role } from "./session.ts";

export type Colleague = { readonly id: string; readonly label: string };

const team = signal<readonly (Colleague & { readonly role: Role })[]>([]);
let asked: string | null = null;

/** Asks for the team, once for each who signs in. */
export async function meetColleagues(): Promise<void> {
  const key = session.peek()?.key ?? null;
  if (asked === key) return;
  asked = key;
  team.value = [];
  const answer = await ask<{ items: readonly Pick<TeamKey, "id" | "label" | "role">[] }>("/colleagues");
  if (answer.ok && asked === key) team.value = answer.value.items;
  else asked = null;
}

/** Those who may answer, by name; whoever has a thread here is among them. */
export const colleagues: ReadonlySignal<readonly Colleague[]> = computed(() => {
  const found = new Map<string, string>();
  for (const { assignee } of threads.value.items) if (assignee) found.set(assignee.id, assignee.label);
  for (const { id, label, role } of team.value) if (role !== "reader") found.set(id, label);
  if (me.value) found.set(me.value.id, me.value.label);
  return Array.from(found, ([id, label]) => ({ id, label })).toSorted((a, b) => a.label.localeCompare(b.label));
});
