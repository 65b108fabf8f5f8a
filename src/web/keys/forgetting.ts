// Everything of this person leaves this device: for a phone that is sold, or shared. What other devices hold stays.

import { deleteDB } from "idb";
import { publish } from "../store/change.ts";
import { db } from "../store/db.ts";
import { waiting } from "../store/queue.ts";
import { things } from "../store/things.ts";
import { leave } from "./channels.ts";
import { changeHeld, changeRing, readHeld } from "./held.ts";
import { SETTLING } from "./keyring.ts";
import { without } from "./ring.ts";
import { push } from "./syncing.ts";

/** So long what is under way here may take to end; something that hangs is not waited for. */
const PATIENCE_MS = 10_000;

/** Gives up this device's channels and its place in the keyring as far as the network lets it, then wipes what is kept here and begins anew. */
export async function forgetEverything(): Promise<void> {
  // What settles just now, in any tab, would bring things back after the wipe.
  const { locks } = navigator;
  await locks.request(SETTLING, { signal: AbortSignal.timeout(PATIENCE_MS) }, wipe).catch((fault: unknown) => {
    if (!(fault instanceof DOMException) || fault.name !== "TimeoutError") throw fault;
    return locks.request(SETTLING, { steal: true }, wipe);
  });
}

async function wipe(): Promise<void> {
  const held = await readHeld();
  if (held) {
    await changeRing((ring) => without(ring, held.device.id, new Date().toISOString()));
    await push();
  }
  // A token that somebody else gave is the same on all this person's devices: it stays theirs.
  const own = things.peek().filter(({ scopes, ended }) => scopes.includes("owner") && ended === null);
  await Promise.all(own.map(({ id, token }) => leave({ twin: id, token })));
  // Other tabs show nothing of it any more.
  await changeHeld(() => null);
  publish({
    thingsGone: things.peek().map(({ id }) => id),
    queuedGone: waiting.peek().map(({ seq }) => seq),
    handed: [],
  });
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(workers.map((worker) => worker.unregister()));
  for (const name of await caches.keys()) await caches.delete(name);
  const { name } = await db();
  await deleteDB(name);
  location.replace("/");
}
