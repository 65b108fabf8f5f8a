// The things on this device.

import { computed, type ReadonlySignal } from "@preact/signals";
import { call, type Answer } from "../api/call.ts";
import type { Channel, Twin } from "../api/views.ts";
import { catchUp, changeThing } from "./catchup.ts";
import { publish } from "./change.ts";
import { db, mayIn, type KeptFind, type StoredThing } from "./db.ts";
import { entryDrafts, forgetHaste } from "./drafts.ts";
import { keysOf } from "./meta.ts";
import { keptAgreements, keptNotes, storedThings } from "./mirror.ts";
import { pushOff } from "./push.ts";
import { resume } from "./sending.ts";
import { lastActive, unreadIn } from "./replica.ts";

export { refreshThing } from "./catchup.ts";
export { mayIn } from "./db.ts";
export { broken, ready } from "./mirror.ts";

/** `unread`: what companies said or decided about it that was not opened on this device; nothing once it is closed to it. */
export type Thing = StoredThing & { readonly unread: number };

type Counted = { readonly unread: number; readonly activeAt: string };
const counts = new Map<string, ReadonlySignal<Counted>>();

/** What a thing's notes and agreements add up to; counted again only when they change. */
function countsOf(id: string): ReadonlySignal<Counted> {
  let counted = counts.get(id);
  if (!counted) {
    counted = computed(() => {
      const thing = storedThings.value.get(id);
      if (!thing) return { unread: 0, activeAt: "" };
      const notes = [...keptNotes(id).value.values()];
      const agreements = [...keptAgreements(id).value.values()];
      // What is closed to this device calls nobody any more.
      const unread = thing.ended === null ? unreadIn(thing, notes, agreements) : 0;
      return { unread, activeAt: lastActive(thing, notes, agreements) };
    });
    counts.set(id, counted);
  }
  return counted;
}

/** Most recently active first. */
export const things: ReadonlySignal<readonly Thing[]> = computed(() =>
  [...storedThings.value.values()]
    .map((thing) => ({ thing, counted: countsOf(thing.id).value }))
    .toSorted((a, b) =>
      a.counted.activeAt < b.counted.activeAt ? 1 : a.counted.activeAt > b.counted.activeAt ? -1 : 0,
    )
    .map(({ thing, counted }) => ({ ...thing, unread: counted.unread })),
);

export const thingOf = (id: string): Thing | undefined => things.value.find((thing) => thing.id === id);

/** Whether its owner says that it is lost or stolen. What an older version of the app kept says nothing of it. */
export const alertOf = ({ view }: Pick<StoredThing, "view">): Twin["alert"] => view.alert ?? null;

/** What was reported found and is not done with, to its owner. */
export const findsOf = (thing: Thing): readonly KeptFind[] =>
  thing.ended === null && mayIn(thing, "owner") ? (thing.finds ?? []) : [];

/** What somebody who is taking it over did and its owner has not looked at yet. */
export const takerOf = ({ ended, taker }: Thing): Thing["taker"] => (ended === null ? taker : undefined);

/** Its owner looks at what they did. */
export const sawTaker = (id: string): Promise<void> =>
  changeThing(id, (thing) => {
    const { taker: _, ...rest } = thing;
    return rest;
  });

/** Whether this device has a thing, and a way in. */
export const isHere = (twin: string): boolean => things.peek().some(({ id, ended }) => id === twin && ended === null);

/** Takes a thing onto this device, or its new token if it is here already. */
export async function addThing({ twin, token }: { twin: string; token: string }): Promise<Answer<Thing>> {
  const path = `/v1/twins/${twin}`;
  const [view, channel] = await Promise.all([
    call<Twin>(path, { token }),
    call<Channel>(`${path}/channels/current`, { token }),
  ]);
  if (!view.ok) return view;
  if (!channel.ok) return channel;
  const database = await db();
  const tx = database.transaction("thing", "readwrite");
  const before = await tx.store.get(twin);
  // Another channel may read more than the one before: its feed begins anew.
  const goesOn = before?.channel === channel.value.id && before.ended === null;
  const thing: StoredThing = {
    cursor: 0,
    heard: "",
    since: null,
    termsSeen: before?.termsSeen ?? null,
    addedAt: before?.addedAt ?? new Date().toISOString(),
    ...(goesOn && before),
    id: twin,
    token,
    view: view.value,
    scopes: channel.value.scopes,
    channel: channel.value.id,
    ended: null,
  };
  await tx.store.put(thing);
  await tx.done;
  publish({ things: [thing] });
  // The browser may clear what it doesn't hold for persistent, and what waits in the queue is nowhere else.
  void navigator.storage?.persist?.();
  void resume(twin).then(() => catchUp(twin));
  return { ...view, value: { ...thing, unread: 0 } };
}

/** Removes a thing and all that is known of it from this device; its twin stays as it is. */
export async function forgetThing(id: string): Promise<void> {
  // It still has its token when this asks; that a device without a connection is told for a while longer can't be helped.
  pushOff(id).catch(() => {});
  const database = await db();
  const tx = database.transaction(
    ["thing", "note", "agreement", "queue", "alias", "photo", "draft", "meta"],
    "readwrite",
  );
  await tx.objectStore("thing").delete(id);
  for (const key of keysOf(id)) await tx.objectStore("meta").delete(key);
  const notes = await tx.objectStore("note").index("twin").getAllKeys(id);
  for (const key of notes) await tx.objectStore("note").delete(key);
  for (const key of [id, ...notes]) await tx.objectStore("draft").delete(key);
  await tx.objectStore("draft").delete(entryDrafts(id));
  for (const key of await tx.objectStore("agreement").index("twin").getAllKeys(id))
    await tx.objectStore("agreement").delete(key);
  for (const key of await tx.objectStore("photo").index("twin").getAllKeys(id))
    await tx.objectStore("photo").delete(key);
  for (const key of await tx.objectStore("alias").index("twin").getAllKeys(id))
    await tx.objectStore("alias").delete(key);
  const queued = (await tx.objectStore("queue").getAll()).filter(({ op }) => op.twin === id);
  for (const { seq } of queued) await tx.objectStore("queue").delete(seq);
  await tx.done;
  for (const key of [id, ...notes]) forgetHaste(key);
  publish({ thingsGone: [id], queuedGone: queued.map(({ seq }) => seq) });
}

/** What a thing's drawing is drawn from: for a labelled item its label, so that it looks the same before it is claimed. */
export function faceOf(id: string, view = thingOf(id)?.view): string {
  return view?.proof === "label" ? `${view.product.gtin}/${view.product.serial}` : id;
}
