// A keyring and its sealed copy on the server, made one again: read, merge, write. What can't be done now is done the next time.

import type { Answer, Problem } from "../api/call.ts";
import { type DeviceKey, openSealed, sealTo } from "./device-key.ts";
import { changeHeld, dropHeld, type Held, readHeld } from "./held.ts";
import { isMoved, isRing, merge, type Moved, type Ring, sameRing } from "./ring.ts";
import { readSlot, writeSlot } from "./shelf.ts";
import { open, seal, slotOf } from "./slot.ts";
import type { Secret } from "./card.ts";

/** What a new card's secret is sealed for. */
const CONTEXT = "card";
/** As often as another device may write in between before this one gives way until later. */
const TRIES = 5;

export type Found =
  | { readonly kind: "ring"; readonly ring: Ring; readonly etag: string }
  | { readonly kind: "moved"; readonly moved: Moved; readonly etag: string }
  | { readonly kind: "unchanged" }
  | { readonly kind: "nothing" }
  /** It is there, and this version of the app can't read it. */
  | { readonly kind: "unreadable" }
  | { readonly kind: "failed"; readonly problem: Problem };

/** What lies under a card's secret. */
export async function look(secret: Secret, seen: string | null = null): Promise<Found> {
  const slot = await slotOf(secret, "card");
  const answer = await readSlot(slot, seen);
  if (!answer.ok) {
    return answer.problem.status === 401 ? { kind: "nothing" } : { kind: "failed", problem: answer.problem };
  }
  if (answer.value === null) return { kind: "unchanged" };
  const { etag, bytes } = answer.value;
  const document = await open(slot, bytes);
  if (isRing(document)) return { kind: "ring", ring: document, etag };
  return isMoved(document) ? { kind: "moved", moved: document, etag } : { kind: "unreadable" };
}

/** Writes a document where `seen` lies; null when it is too large for a slot. */
export async function put(secret: Secret, document: Ring | Moved, seen: string | null): Promise<Answer<string> | null> {
  const slot = await slotOf(secret, "card");
  const bytes = await seal(slot, document);
  return bytes && writeSlot(slot, bytes, seen);
}

/**
 * What is left under an old card: the way on to the new one, for these devices alone, sealed by the one that made it. Whoever has the
 * old card can write here, too; nobody must follow them.
 */
export async function movedTo(next: Secret, devices: Ring["devices"], at: string, from: DeviceKey): Promise<Moved> {
  const to = await Promise.all(
    devices.map(async ({ id, key }) => ({ device: id, box: await sealTo(key, next, CONTEXT, from) })),
  );
  return { v: 1, movedAt: at, to: to.flatMap(({ device, box }) => (box === null ? [] : [{ device, box }])) };
}

/** The secret in the box, where a device that this one knew before put it there. */
async function secretFrom({ device, ring }: Held, box: string): Promise<Secret | null> {
  for (const { key } of ring.devices) {
    const secret = await openSealed(device.key, box, CONTEXT, key);
    if (secret) return secret;
  }
  return null;
}

/** Goes on under the new card, if the device that made it meant this one to; else this device is cut off. */
async function follow(held: Held, moved: Moved): Promise<boolean> {
  const own = moved.to.find(({ device }) => device === held.device.id);
  const secret = own ? await secretFrom(held, own.box) : null;
  if (!secret) {
    await dropHeld();
    return false;
  }
  await changeHeld(
    (now) => now && { ...now, secret, etag: null, savedRevision: -1, ring: { ...now.ring, confirmedAt: null } },
  );
  return pull();
}

/** Takes in what other devices wrote. False when the rest must wait. */
export async function pull(): Promise<boolean> {
  const held = await readHeld();
  if (!held) return false;
  const found = await look(held.secret, held.etag);
  switch (found.kind) {
    case "failed":
    case "unreadable":
      return false;
    case "nothing":
      // Never put, or lost by the server: it is put as a whole.
      await changeHeld((now) => now && { ...now, etag: null, savedRevision: -1 });
      return true;
    case "unchanged":
      await changeHeld((now) => now && { ...now, pulledAt: Date.now() });
      return true;
    case "moved":
      return follow(held, found.moved);
    case "ring":
      break;
  }
  const { ring, etag } = found;
  const isIn = ring.devices.some(({ id }) => id === held.device.id);
  if (!isIn && ring.gone.some(({ id }) => id === held.device.id)) {
    await dropHeld();
    return false;
  }
  await changeHeld((now) => {
    if (!now) return now;
    const merged = merge(now.ring, ring);
    const known = sameRing(merged, ring);
    return { ...now, ring: merged, etag, pulledAt: Date.now(), savedRevision: known ? now.revision : -1 };
  });
  return true;
}

/** Writes what the server doesn't hold yet. False when that must wait. */
export async function push(): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries++) {
    const held = await readHeld();
    if (!held) return false;
    if (held.savedRevision === held.revision) return true;
    if (held.unsure) {
      if (!(await pull())) return false;
      await changeHeld((now) => now && { ...now, unsure: false });
      continue;
    }
    await changeHeld((now) => now && { ...now, unsure: true });
    const written = await put(held.secret, held.ring, held.etag);
    if (written?.ok) {
      const etag = written.value;
      await changeHeld((now) => now && { ...now, etag, savedRevision: held.revision, unsure: false });
    } else if (written?.problem.status !== 412 || !(await pull())) return false;
  }
  return false;
}
