// What this device is taking over: kept before it is asked for, so that neither a closed tab nor a lost answer loses the key, and until it
// opens or its person puts it away. Nothing here is dropped because a server said no once.

import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { OpenedOffer, Twin } from "../api/views.ts";
import { call, isPassing, newKey, type Answer, type Problem } from "../api/call.ts";
import { dropTwin, keepAsleep, settle, type OwnAccess } from "../keys/keyring.ts";
import { meta, setMeta } from "../store/meta.ts";
import { addThing, things } from "../store/things.ts";
import { accept, openOffer, twinOfCode } from "./calls.ts";

export type Taking = {
  readonly code: string;
  /** Makes accepting repeatable. */
  readonly key: string;
  /** The record as it was looked at. */
  readonly head: OpenedOffer["head"];
  readonly name: string;
  readonly gift: boolean;
  /** Null until the answer came. */
  readonly accepted: { readonly access: OwnAccess; readonly words: string } | null;
};

const DONE: Answer<null> = { ok: true, value: null, status: 204, headers: new Headers() };
const KEY = "takings";
const LOCK = "pico-twins.takings";
const current = signal<readonly Taking[] | undefined>(undefined);
/** Asked for the first time in this tab, and not answered yet: whoever asks shows it. */
const underWay = signal<string | null>(null);
/** Undefined until it was read. */
export const takings: ReadonlySignal<readonly Taking[] | undefined> = computed(() =>
  current.value?.filter(({ key, accepted }) => accepted !== null || key !== underWay.value),
);

const isHere = (twin: string): boolean => things.peek().some(({ id, ended }) => id === twin && ended === null);

const change = (to: (list: readonly Taking[]) => readonly Taking[]): Promise<void> =>
  navigator.locks.request(LOCK, async () => {
    const before = (await meta<readonly Taking[]>(KEY)) ?? [];
    const next = to(before);
    if (next !== before) await setMeta(KEY, next);
    current.value = next;
  });

/** Reads it as it stands, and makes good what a closed tab cut short. */
export async function readTakings(): Promise<void> {
  const list = (await meta<readonly Taking[]>(KEY)) ?? [];
  for (const { accepted } of list) if (accepted && !isHere(accepted.access.twin)) await keepAsleep(accepted.access);
  await change((now) => now);
}

const sameOffer = (one: Taking, code: string): boolean => twinOfCode(one.code) === twinOfCode(code);
const keep = (taking: Taking): Promise<void> =>
  change((list) => [...list.filter((one) => !sameOffer(one, taking.code)), taking]);
const drop = (taking: Taking): Promise<void> => change((list) => list.filter((one) => one.key !== taking.key));

/** Those that settling brought here meanwhile are things like any other. */
export const forgetWoken = (): Promise<void> =>
  change((list) => list.filter(({ accepted }) => accepted === null || !isHere(accepted.access.twin)));

/** The one that was begun here with this code, if any. */
export const takingOf = (code: string): Taking | undefined => takings.value?.find((one) => one.code === code);

/** Accepts what was looked at. What is asked is kept first, and so is the answer, before anything else is done with it. */
export async function begin(code: string, opened: OpenedOffer): Promise<Answer<Taking>> {
  const taking: Taking = {
    code,
    key: newKey(),
    head: opened.head,
    name: opened.product.name,
    gift: opened.gift,
    accepted: null,
  };
  underWay.value = taking.key;
  await keep(taking);
  const answer = await resume(taking);
  underWay.value = null;
  return answer;
}

/** Asks for what was begun, as it was asked the first time. */
export async function resume(taking: Taking): Promise<Answer<Taking>> {
  const answer = await accept(taking.code, taking.head, taking.key);
  if (!answer.ok) {
    // Refused for good: nothing was accepted.
    if (!isPassing(answer.problem)) await drop(taking);
    return answer;
  }
  const { twin, token, recoveryCode, words } = answer.value;
  const kept: Taking = { ...taking, accepted: { access: { twin, token, recoveryCode }, words } };
  await keep(kept);
  await keepAsleep({ twin, token, recoveryCode });
  return { ...answer, value: kept };
}

/** `again`: what was accepted is void, and must be looked at anew. `over`: the offer is, as far as can be told. */
export type Standing = "waiting" | "awake" | "again" | "over" | { readonly problem: Problem };

const isAwake = ({ twin, token }: OwnAccess): Promise<Answer<Twin>> => call(`/v1/twins/${twin}`, { token });

/** How an accepted one stands. Asks for the thing itself first: only that says that its owner let go. */
export async function standingOf({ code, head, gift, accepted }: Taking, how: "thing" | "offer"): Promise<Standing> {
  const woke = await isAwake(accepted!.access);
  if (woke.ok) return "awake";
  if (woke.problem.status !== 401) return { problem: woke.problem };
  if (how === "thing" || gift) return "waiting";
  const opened = await openOffer(code);
  if (!opened.ok) return opened.problem.code === "handover-refused" ? "over" : { problem: opened.problem };
  const { state, head: now } = opened.value;
  return state === "open" || now.size !== head.size || now.root !== head.root ? "again" : "waiting";
}

/** It is theirs: from here on it is a thing like any other. Settling may have brought it here already. */
export async function wake(taking: Taking): Promise<Answer<unknown>> {
  const { access } = taking.accepted!;
  const added = isHere(access.twin) ? null : await addThing(access);
  if (added && !added.ok) return added;
  void settle();
  await drop(taking);
  return added ?? DONE;
}

/** Lets go of what won't come: its key leaves the keyring, too. Unless it came after all. */
export async function putAway(taking: Taking): Promise<"put away" | "awake"> {
  if (taking.accepted) {
    const { twin } = taking.accepted.access;
    if (isHere(twin) || (await isAwake(taking.accepted.access)).ok) return "awake";
    await dropTwin(twin);
  }
  await drop(taking);
  return "put away";
}
