// Who of those that the owner let in wrote a note. The owner's own devices are named nowhere: what they wrote, the owner wrote.

import { signal } from "@preact/signals";
import { call } from "../../api/call.ts";
import type { Channel, Page } from "../../api/views.ts";
import type { LocalNote } from "../../store/notes.ts";
import { online } from "../../store/queue.ts";
import { mayIn, type Thing } from "../../store/things.ts";

const MOST = 200;

/** By channel: the name of whoever has it, null where that is the owner. */
const names = signal<ReadonlyMap<string, string | null>>(new Map());
const asked = new Set<string>();
const asking = new Set<string>();

/** Those who were cut off since are among them: what they wrote stays theirs. */
async function ask({ id, token }: Thing): Promise<void> {
  const answer = await call<Page<Channel>>(`/v1/twins/${id}/channels?limit=${MOST}`, { token });
  if (!answer.ok) return;
  names.value = new Map([
    ...names.value,
    ...answer.value.items.map((one) => [one.id, one.scopes.includes("owner") ? null : one.label] as const),
  ]);
}

/** The name the owner gave to whoever wrote it; null of the owner's own, and where this device doesn't know. Reactive. */
export function authorOf(thing: Thing, note: LocalNote): string | null {
  const { channel } = note;
  const name = names.value.get(channel);
  if (name !== undefined || note.queued !== null) return name ?? null;
  const mayAsk = mayIn(thing, "owner") && thing.ended === null && online.value;
  if (mayAsk && !asked.has(channel) && !asking.has(thing.id)) {
    asked.add(channel);
    asking.add(thing.id);
    queueMicrotask(() => void ask(thing).finally(() => asking.delete(thing.id)));
  }
  return null;
}
