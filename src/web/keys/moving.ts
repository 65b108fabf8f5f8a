// From one card to the next: every thing gets a channel for the new card and loses the old card's, and under the old card's name
// only the way on is left, sealed to the devices that its owner lets go on. Each step may be repeated, so that it can break off anywhere.

import { isPassing } from "../api/call.ts";
import { things } from "../store/things.ts";
import { CARD_LABEL, channelsOf, makeChannel, revokeChannel, type NewChannel } from "./channels.ts";
import { changeHeld, type Held, type NextCard, readHeld } from "./held.ts";
import { emptyRing, merge, type Ring, sameRing, without, withTwin } from "./ring.ts";
import { look, movedTo, put } from "./syncing.ts";

const CARD = { label: CARD_LABEL, scopes: ["owner"] };
/** As often as another device may write in between before this one gives way until later. */
const TRIES = 5;

/** A channel for a card, made with the first token that still opens the thing: "later" when it can't be known now, null when none does. */
export async function cardChannel(
  twin: string,
  tokens: readonly string[],
  key: string,
): Promise<NewChannel | "later" | null> {
  for (const token of tokens) {
    const answer = await makeChannel({ twin, token }, CARD, key);
    if (answer.ok) return { channel: answer.value.channel, token: answer.value.token };
    if (isPassing(answer.problem)) return "later";
  }
  return null;
}

const ownToken = (twin: string): string[] =>
  things.peek().flatMap((thing) => (thing.id === twin && thing.scopes.includes("owner") ? [thing.token] : []));

/** `next` with a channel for every thing that still opens; null when some must wait. */
async function withChannels(held: Held, next: NextCard): Promise<NextCard | null> {
  let reached = next;
  for (const { twin, token, given } of held.ring.twins) {
    if (given || reached.made.some((one) => one.twin === twin)) continue;
    const made = await cardChannel(twin, [...ownToken(twin), token], next.key);
    if (made === "later") return null;
    // What nothing opens any more is carried over as it is: its recovery code may still be of use.
    if (made === null) continue;
    const longer: NextCard = { ...reached, made: [...reached.made, { twin, ...made }] };
    await changeHeld((now) => now && { ...now, next: longer });
    reached = longer;
  }
  return reached;
}

/** What of the old ring goes on: all but the devices that don't. Of a ring that is left for another card, the things alone. */
function carried({ ring, device }: Held, next: NextCard): Ring {
  if (!next.confirmed) {
    const own = ring.devices.filter(({ id }) => id === device.id);
    return { ...emptyRing, twins: ring.twins, devices: own };
  }
  return ring.devices
    .filter(({ id }) => id !== device.id && !next.goesOn.includes(id))
    .reduce((kept, { id }) => without(kept, id, next.at), ring);
}

function underNext(held: Held, next: NextCard): Ring {
  const moved = next.made.reduce(
    (under, { twin, token, channel }) => {
      const before = under.twins.find((one) => one.twin === twin);
      if (!before || before.token === token) return under;
      return withTwin(under, { ...before, token, channel }, next.at);
    },
    carried(held, next),
  );
  return { ...moved, confirmedAt: next.confirmed ? next.at : null };
}

/** Writes the ring under the new card, together with what lies there. Null when it must wait. */
async function putUnderNext(next: NextCard, ring: Ring): Promise<{ ring: Ring; etag: string } | null> {
  const first = next.confirmed ? await put(next.secret, ring, null) : null;
  if (first?.ok) return { ring, etag: first.value };
  const found = await look(next.secret);
  if (found.kind !== "ring" && found.kind !== "nothing") return null;
  const whole = found.kind === "ring" ? merge(ring, found.ring) : ring;
  const written = await put(next.secret, whole, found.kind === "ring" ? found.etag : null);
  return written?.ok ? { ring: whole, etag: written.value } : null;
}

/** Leaves only the way on under the old card. "again": it changed meanwhile; "overtaken": another device went on to another card first. */
async function leaveOld(held: Held, next: NextCard): Promise<"left" | "again" | "overtaken" | "later"> {
  const found = await look(held.secret);
  if (found.kind === "nothing") return "left";
  if (found.kind === "moved") return found.moved.movedAt === next.at ? "left" : "overtaken";
  if (found.kind !== "ring") return "later";
  const merged = merge(held.ring, found.ring);
  if (!sameRing(merged, held.ring)) {
    await changeHeld((now) => now && { ...now, ring: merge(now.ring, merged) });
    return "again";
  }
  const others = merged.devices.filter(({ id }) => next.goesOn.includes(id));
  const written = await put(held.secret, await movedTo(next.secret, others, next.at, held.device.key), found.etag);
  if (written?.ok) return "left";
  return written?.problem.status === 412 ? "again" : "later";
}

/** Takes back the channels of the old card, of whatever else calls itself a card, and of the devices that don't go on. False when some must wait. */
async function revokeOld(next: NextCard): Promise<boolean> {
  const ended = new Set([CARD_LABEL, ...next.leaves]);
  for (const { twin, token, channel } of next.made) {
    const all = await channelsOf({ twin, token });
    if (!all.ok) {
      if (isPassing(all.problem)) return false;
      continue;
    }
    const old = all.value.filter(
      ({ id, label, scopes }) => ended.has(label) && scopes.includes("owner") && id !== channel,
    );
    for (const { id } of old) {
      const revoked = await revokeChannel({ twin, token }, id);
      if (!revoked.ok && isPassing(revoked.problem)) return false;
    }
  }
  return true;
}

export type Switched = "done" | "later" | "overtaken";

/** Does what is left of the way to the next card. */
export async function switchCard(): Promise<Switched> {
  for (let tries = 0; tries < TRIES; tries++) {
    const held = await readHeld();
    if (!held?.next) return "done";
    const next = await withChannels(held, held.next);
    if (!next) return "later";
    const written = await putUnderNext(next, underNext(held, next));
    if (!written) return "later";
    const left = await leaveOld(held, next);
    if (left === "again") continue;
    if (left === "overtaken") {
      await changeHeld((now) => now && { ...now, next: null });
      return "overtaken";
    }
    if (left === "later" || !(await revokeOld(next))) return "later";
    await changeHeld(
      (now) =>
        now && {
          ...now,
          secret: next.secret,
          ring: { ...merge(carried(now, next), written.ring), confirmedAt: written.ring.confirmedAt },
          etag: written.etag,
          savedRevision: held.revision,
          next: null,
        },
    );
    return "done";
  }
  return "later";
}
