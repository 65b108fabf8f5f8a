// Everything of this person leaves this device: for a phone that is sold, or shared. What other devices hold stays.

import { deleteDB } from "idb";
import { db } from "../store/db.ts";
import { things } from "../store/things.ts";
import { leave } from "./channels.ts";
import { changeRing, readHeld } from "./held.ts";
import { without } from "./ring.ts";
import { push } from "./syncing.ts";

/** Gives up this device's channels and its place in the keyring as far as the network lets it, then wipes what is kept here and begins anew. */
export async function forgetEverything(): Promise<void> {
  const held = await readHeld();
  if (held) {
    await changeRing((ring) => without(ring, held.device.id, new Date().toISOString()));
    await push();
  }
  // A token that somebody else gave is the same on all this person's devices: it stays theirs.
  const own = things.peek().filter(({ scopes, ended }) => scopes.includes("owner") && ended === null);
  await Promise.all(own.map(({ id, token }) => leave({ twin: id, token })));
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(workers.map((worker) => worker.unregister()));
  for (const name of await caches.keys()) await caches.delete(name);
  const { name } = await db();
  await deleteDB(name);
  location.replace("/");
}
