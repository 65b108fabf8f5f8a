// What this device holds of its person's keyring, in IndexedDB; every tab of the device sees the same. Asks no network.

import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { meta, setMeta } from "../store/meta.ts";
import type { Secret } from "./card.ts";
import type { DeviceKey } from "./device-key.ts";
import type { Ring } from "./ring.ts";

/** A thing that came to this device and has no channel for the card yet. `key` makes asking for one repeatable. */
export type Arrival = {
  readonly twin: string;
  readonly token: string;
  readonly recoveryCode: string | null;
  readonly key: string;
};

/** A new card on its way: agreed to by its owner, and done once every thing has a channel for it. */
export type NextCard = {
  readonly secret: Secret;
  readonly at: string;
  /** Whether it was made here and its words are on paper; else it is another's that was opened here. */
  readonly confirmed: boolean;
  /** The other devices that its owner lets go on, by id: whoever else knew the old card could have put a device of theirs into the ring. */
  readonly goesOn: readonly string[];
  /** What the devices are called that don't: their channels end, too. */
  readonly leaves: readonly string[];
  /** Makes asking for its channels repeatable. */
  readonly key: string;
  readonly made: readonly { readonly twin: string; readonly token: string; readonly channel: string }[];
};

export type Held = {
  readonly secret: Secret;
  /** `labelled` is the name that its channels bear. */
  readonly device: { readonly id: string; readonly name: string; readonly labelled: string; readonly key: DeviceKey };
  readonly ring: Ring;
  /** Counts this device's changes; `savedRevision` is the last that the server holds. */
  readonly revision: number;
  readonly savedRevision: number;
  /** Of the sealed bytes that this device saw last. */
  readonly etag: string | null;
  /** A write began whose answer never came: the page was left meanwhile, or the network went. What lies there must be seen before the next. */
  readonly unsure?: boolean;
  readonly pulledAt: number;
  /** Twins of the ring that this device has, or had and forgot: it doesn't take them by itself again. */
  readonly taken: readonly string[];
  /** Makes asking for this device's channels repeatable, from one opening of the card to the next. */
  readonly takeKey: string;
  readonly arrivals: readonly Arrival[];
  readonly next: NextCard | null;
};

const KEY = "keyring";
const CUT_OFF = "keyring-cut-off";
const LOCK = "pico-twins.keyring";

/** Undefined until it was read. */
const current = signal<Held | null | undefined>(undefined);
export const held: ReadonlySignal<Held | null | undefined> = current;

const off = signal(false);
/** Whether another device cut this one off from its keyring. */
export const cutOff: ReadonlySignal<boolean> = off;

export type RingState = {
  /** Whether there is a keyring on this device. */
  readonly made: boolean;
  /** Whether its owner has the twelve words on paper. */
  readonly confirmed: boolean;
  /** Whether the server holds all of it, sealed. */
  readonly saved: boolean;
};

export const ringState: ReadonlySignal<RingState> = computed(() => {
  const now = current.value;
  if (!now) return { made: false, confirmed: false, saved: false };
  return {
    made: true,
    confirmed: now.ring.confirmedAt !== null,
    // One that sleeps lies in the ring before it is settled.
    saved:
      now.savedRevision === now.revision &&
      now.arrivals.every(({ token }) => now.ring.twins.some((one) => one.token === token)),
  };
});

/** The card's own channel on a thing while nobody has the card's words on paper: it lets nobody in yet. Null once they are. Reactive. */
export function unmadeCard(twin: string): string | null {
  const ring = current.value?.ring;
  if (!ring || ring.confirmedAt !== null) return null;
  return ring.twins.find((one) => one.twin === twin)?.channel ?? null;
}

const tabs = new BroadcastChannel(LOCK);
tabs.addEventListener("message", () => void readHeld());

/** Reads it as it stands, also after another tab changed it. */
export async function readHeld(): Promise<Held | null> {
  const [kept, isOff] = await Promise.all([meta<Held>(KEY), meta<boolean>(CUT_OFF)]);
  off.value = isOff === true;
  current.value = kept ?? null;
  return current.value;
}

/** Changes it, one tab at a time. `to` must ask no network: another tab waits. */
export const changeHeld = (to: (now: Held | null) => Held | null): Promise<Held | null> =>
  navigator.locks.request(LOCK, async () => {
    const before = (await meta<Held>(KEY)) ?? null;
    const next = to(before);
    if (next !== before) {
      await setMeta(KEY, next);
      current.value = next;
      tabs.postMessage("changed");
    }
    return next;
  });

/** Changes the ring itself, so that it is saved again. Nothing happens where there is none. */
export const changeRing = (to: (ring: Ring) => Ring): Promise<Held | null> =>
  changeHeld((now) => {
    if (!now) return now;
    const ring = to(now.ring);
    return ring === now.ring ? now : { ...now, ring, revision: now.revision + 1 };
  });

/** This device belongs to a keyring again. */
export async function unmarkCutOff(): Promise<void> {
  await setMeta(CUT_OFF, false);
  off.value = false;
}

/** This device no longer belongs to its keyring: another device said so. */
export async function dropHeld(): Promise<void> {
  await setMeta(CUT_OFF, true);
  try {
    await changeHeld(() => null);
  } finally {
    // Said once nothing of it is here, or can't be taken away.
    off.value = true;
  }
}
