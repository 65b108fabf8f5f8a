// A person's keyring on this device: made silently with the first thing, kept sealed on the server, opened elsewhere by twelve words.
// Nothing here ever keeps anyone from writing: what fails is tried again when the network is back.

import { computed, effect, type ReadonlySignal } from "@preact/signals";
import { newKey, type Answer, type Problem } from "../api/call.ts";
import { DEFAULT_PROFFER, type RosterCode } from "../../domain/terms/roster.ts";
import { addThing, forgetThing, isHere, ready, type Thing } from "../store/things.ts";
import { newSecret, type Secret } from "./card.ts";
import type { Access } from "./channels.ts";
import { newDeviceKey } from "./device-key.ts";
import { deviceName } from "./device-name.ts";
import { changeHeld, changeRing, held, type Held, readHeld, unmarkCutOff } from "./held.ts";
import { switchCard, type Switched } from "./moving.ts";
import {
  emptyRing,
  freeName,
  merge,
  type Ring,
  withDevice,
  without,
  withoutToken,
  withTerms,
  withTwin,
} from "./ring.ts";
import { look, pull, push } from "./syncing.ts";
import { nameChannels, settleArrivals, takeAll, type Taken } from "./settling.ts";

export { cutOff, ringState, type RingState } from "./held.ts";

/** What a claim or a creation answers. */
export type OwnAccess = Access & { readonly recoveryCode: string };

/** The lock of whoever does what needs the network. */
export const SETTLING = "pico-twins.keyring.settling";
/** What other devices wrote is looked for when the app comes to the front, at most this often. */
const PULLED_AT_MOST_EVERY_MS = 5 * 60_000;

const nowText = (): string => new Date().toISOString();

async function newHeld(secret: Secret, ring: Ring): Promise<Held> {
  const key = await newDeviceKey();
  const id = newKey();
  const name = freeName(ring, deviceName(), id);
  return {
    secret,
    device: { id, name, labelled: name, key },
    ring: withDevice(ring, { id, name, key: key.public }, nowText()),
    revision: 1,
    savedRevision: 0,
    etag: null,
    pulledAt: 0,
    taken: [],
    takeKey: newKey(),
    arrivals: [],
    next: null,
  };
}

/** The ring of this device, made if there is none. */
async function ensureRing(): Promise<void> {
  if (await readHeld()) return;
  const made = await newHeld(newSecret(), emptyRing);
  await changeHeld((now) => now ?? made);
}

/** One tab at a time does what needs the network. */
const alone = <T>(work: () => Promise<T>): Promise<T> => navigator.locks.request(SETTLING, work) as Promise<T>;

async function settleOnce(): Promise<void> {
  const now = await readHeld();
  if (!now) return;
  if (now.next && (await switchCard()) === "later") return;
  // What was never put isn't looked for.
  const due = now.etag !== null && Date.now() - now.pulledAt > PULLED_AT_MOST_EVERY_MS;
  if (due && !(await pull())) return;
  await settleArrivals();
  if (!(await push())) return;
  await takeAll();
  await nameChannels();
}

let again = false;
let running: Promise<void> | null = null;

/** Brings this device and its keyring in step, as far as that is possible now. */
export function settle(): Promise<void> {
  again = true;
  running ??= (async () => {
    while (again) {
      again = false;
      await alone(settleOnce);
    }
  })().finally(() => {
    running = null;
  });
  return running;
}

/** Looks at once for what other devices wrote, and settles. */
export async function refreshRing(): Promise<void> {
  await changeHeld((now) => now && { ...now, pulledAt: 0 });
  await settle();
}

/** Called once when the app begins. */
export async function startKeyring(): Promise<void> {
  addEventListener("online", () => void settle());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void settle();
  });
  await readHeld();
  // What is here must be known before anything is taken.
  effect(() => {
    if (ready.value) void settle();
  });
}

/** Keeps a thing that was claimed or made here: on this device first, then in the ring, which is made if there is none. */
export async function keepAccess({ twin, token, recoveryCode }: OwnAccess): Promise<Answer<Thing>> {
  await ensureRing();
  // Before anything is asked: a token that was shown once must not be lost with the network.
  const arrival = { twin, token, recoveryCode, key: newKey() };
  await changeHeld((now) => now && { ...now, arrivals: [...now.arrivals.filter((one) => one.twin !== twin), arrival] });
  const added = await addThing({ twin, token });
  void settle();
  return added;
}

/**
 * Keeps the way to a thing that sleeps until its owner lets go of it. It is in the ring at once, so that the card opens it should this
 * device be lost meanwhile; settling asks for it until it wakes.
 */
export async function keepAsleep({ twin, token, recoveryCode }: OwnAccess): Promise<void> {
  await ensureRing();
  await changeHeld((now) => {
    const known =
      !now ||
      now.arrivals.some((one) => one.token === token) ||
      now.ring.twins.some((one) => one.twin === twin && one.channel !== null);
    if (known) return now;
    const arrival = { twin, token, recoveryCode, key: newKey() };
    return {
      ...now,
      arrivals: [...now.arrivals.filter((one) => one.twin !== twin), arrival],
      ring: withTwin(now.ring, { twin, token, channel: null, recoveryCode, given: false }, nowText()),
      revision: now.revision + 1,
      taken: [...now.taken.filter((one) => one !== twin), twin],
    };
  });
  void settle();
}

/** Keeps a thing that somebody else gave this person a token for. */
export async function keepGiven({ twin, token }: Access): Promise<Answer<Thing>> {
  const added = await addThing({ twin, token });
  if (!added.ok) return added;
  await ensureRing();
  await changeHeld(
    (now) =>
      now && {
        ...now,
        ring: withTwin(now.ring, { twin, token, channel: null, recoveryCode: null, given: true }, nowText()),
        revision: now.revision + 1,
        taken: [...now.taken.filter((one) => one !== twin), twin],
      },
  );
  void settle();
  return added;
}

/** Takes a thing out of the ring, and so off all this person's devices: it was erased, left or handed on. */
export async function dropTwin(twin: string): Promise<void> {
  await changeHeld((now) => now && { ...now, arrivals: now.arrivals.filter((one) => one.twin !== twin) });
  await changeRing((ring) => without(ring, twin, nowText()));
  await forgetThing(twin);
  void settle();
}

/** Lets go of the way to a thing that never woke. If another device has got another since, that one stays, and comes here, too. */
export async function dropAsleep({ twin, token }: Access): Promise<void> {
  await changeHeld((now) => {
    if (!now) return now;
    const ring = withoutToken(now.ring, { twin, token });
    return {
      ...now,
      arrivals: now.arrivals.filter((one) => one.token !== token),
      taken: isHere(twin) ? now.taken : now.taken.filter((one) => one !== twin),
      ...(ring !== now.ring && { ring, revision: now.revision + 1 }),
    };
  });
  void settle();
}

export type DefaultTerms = { readonly code: RosterCode; readonly alternates: readonly RosterCode[] };
const FIRST_TERMS: DefaultTerms = { code: DEFAULT_PROFFER.preferred, alternates: DEFAULT_PROFFER.alternates };

/** The terms that the next proffers begin with, the same on all this person's devices. */
export const defaultTerms: ReadonlySignal<DefaultTerms> = computed(() => held.value?.ring.terms ?? FIRST_TERMS);

export async function setDefaultTerms({ code, alternates }: DefaultTerms): Promise<void> {
  await ensureRing();
  await changeRing((ring) => withTerms(ring, { code, alternates }, nowText()));
  void settle();
}

/** The secret that the twelve words write. For the card's own page only. */
export const cardSecret = async (): Promise<Secret | null> => (await readHeld())?.secret ?? null;

/** Its owner has shown that the twelve words are on paper. */
export async function confirmCard(): Promise<void> {
  await changeRing((ring) => (ring.confirmedAt === null ? { ...ring, confirmedAt: nowText() } : ring));
  void settle();
}

/**
 * Goes on under a new card, whose words are on paper, with the other devices named by `goesOn`; those that aren't are cut off.
 * "later": it is finished when the network is back, and the old one works until then.
 */
export async function adoptCard(secret: Secret, goesOn: readonly string[]): Promise<Switched> {
  // One that is half done stands, and is finished first: overwritten, it would cut this device off from the ring it moved.
  if ((await readHeld())?.next && (await alone(switchCard)) === "later") return "overtaken";
  await changeHeld((now) => {
    if (!now) return now;
    const left = now.ring.devices.filter(({ id }) => id !== now.device.id && !goesOn.includes(id));
    const leaves = left.map(({ name }) => name);
    return { ...now, next: { secret, at: nowText(), confirmed: true, goesOn, leaves, key: newKey(), made: [] } };
  });
  const switched = await alone(switchCard);
  void settle();
  return switched;
}

export type Opened =
  | ({ readonly kind: "opened" } & Taken)
  /** No keyring lies under these words. */
  | { readonly kind: "nothing" }
  /** They are an old card's: a newer one was made then. */
  | { readonly kind: "old"; readonly since: string }
  /** This device belongs to another card already. */
  | { readonly kind: "another" }
  | { readonly kind: "failed"; readonly problem: Problem | null };

/**
 * Opens a keyring on this device: by the words on paper, or by the secret that another device handed over. What is here already goes into it,
 * unless it belongs to a card that is on paper, too.
 */
export const openCard = (
  secret: Secret,
  by: "words" | "device",
  step?: (done: number, of: number) => void,
): Promise<Opened> => alone(() => openAlone(secret, by, step));

async function openAlone(
  secret: Secret,
  by: "words" | "device",
  step?: (done: number, of: number) => void,
): Promise<Opened> {
  const before = await readHeld();
  const same = before?.secret.every((byte, at) => byte === secret[at]) === true;
  if (before && !same && before.ring.confirmedAt !== null) return { kind: "another" };
  const found = await look(secret);
  if (found.kind === "nothing") return found;
  if (found.kind === "moved") return { kind: "old", since: found.moved.movedAt };
  if (found.kind !== "ring") return { kind: "failed", problem: found.kind === "failed" ? found.problem : null };

  if (!before) {
    const made = await newHeld(secret, found.ring);
    await changeHeld((now) => now ?? { ...made, etag: found.etag });
    await unmarkCutOff();
  } else if (!same) {
    const name = freeName(found.ring, before.device.name, before.device.id);
    await changeHeld(
      (now) =>
        now && {
          ...now,
          device: { ...now.device, name },
          ring: withDevice(now.ring, { id: now.device.id, name, key: now.device.key.public }, nowText()),
          revision: now.revision + 1,
          next: { secret, at: nowText(), confirmed: false, goesOn: [], leaves: [], key: newKey(), made: [] },
        },
    );
    if ((await switchCard()) !== "done") return { kind: "failed", problem: null };
  } else {
    await changeHeld((now) => now && { ...now, ring: merge(now.ring, found.ring), etag: found.etag });
  }
  // Whoever brings the words wants everything, also what this device had forgotten or was cut off from.
  await changeHeld((now) => now && { ...now, taken: [], takeKey: newKey() });
  if (by === "words") await confirmCard();
  const taken = await takeAll(step);
  await push();
  return { kind: "opened", ...taken };
}

/** Calls this device something else, here, in the ring and on every thing. */
export async function nameDevice(wanted: string): Promise<void> {
  await changeHeld((now) => {
    if (!now) return now;
    const { id, key } = now.device;
    const name = freeName(now.ring, wanted, id);
    const ring = withDevice(now.ring, { id, name, key: key.public }, nowText());
    return { ...now, device: { ...now.device, name }, ring, revision: now.revision + 1 };
  });
  await settle();
}

/** Takes a device out of the ring: when it looks next, it knows that it was cut off. A new card shuts it out for good. */
export async function dropDevice(id: string): Promise<void> {
  await changeRing((ring) => without(ring, id, nowText()));
  await settle();
}
