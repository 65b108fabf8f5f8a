// What this device is taking over: kept before it is asked for, so that neither a closed tab nor a lost answer loses the key, and until it
// opens or its person puts it away. Nothing here is dropped because a server said no once.

import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import type { OpenedOffer, Twin } from "../api/views.ts";
import { answered, call, isPassing, newKey, PATIENCE_MS, type Answer, type Problem } from "../api/call.ts";
import { dropAsleep, keepAsleep, settle, type OwnAccess } from "../keys/keyring.ts";
import { meta, setMeta, TAKINGS } from "../store/meta.ts";
import { addThing, isHere, ready } from "../store/things.ts";
import { accept, offerStanding, twinOfCode } from "./calls.ts";

export type Taking = {
  /** What this device calls it, in addresses too. */
  readonly id: string;
  readonly code: string;
  /** Makes accepting repeatable, and opens its answer: it stands nowhere but here. */
  readonly key: string;
  /** The record as it was looked at. */
  readonly head: OpenedOffer["head"];
  readonly erased: number;
  readonly counted: string;
  readonly name: string;
  readonly gift: boolean;
  /** Null until the answer came. `inRing`: the keyring has it, from which it may go again. */
  readonly accepted: { readonly access: OwnAccess; readonly words: string; readonly inRing: boolean } | null;
  /** The API's word for why it was refused, for good; null where it wasn't. */
  readonly refused: string | null;
};

const LOCK = "pico-twins.takings";
const current = signal<readonly Taking[] | undefined>(undefined);
/** Asked for the first time in this tab, and not answered yet: whoever asks shows it. */
const underWay = signal<string | null>(null);
/** Undefined until it was read. */
export const takings: ReadonlySignal<readonly Taking[] | undefined> = computed(() =>
  current.value?.filter(({ key, accepted }) => accepted !== null || key !== underWay.value),
);

const tabs = new BroadcastChannel(LOCK);
tabs.addEventListener("message", () => void change((list) => list));

/** Changes it, one tab at a time; answers how it stands then. */
const change = (to: (list: readonly Taking[]) => readonly Taking[]): Promise<readonly Taking[]> =>
  navigator.locks.request(LOCK, async () => {
    const before = (await meta<readonly Taking[]>(TAKINGS)) ?? [];
    const next = to(before);
    if (next !== before) {
      await setMeta(TAKINGS, next);
      tabs.postMessage("changed");
    }
    current.value = next;
    return next;
  });

/** Into the keyring, once: what left it since must not come back. */
async function keepInRing({ accepted }: Taking): Promise<void> {
  if (accepted === null || accepted.inRing) return;
  const { access } = accepted;
  if (!isHere(access.twin)) await keepAsleep(access);
  const isIt = (one: Taking): boolean => one.accepted?.access.token === access.token;
  await change((list) => list.map((one) => (isIt(one) ? { ...one, accepted: { ...accepted, inRing: true } } : one)));
}

/** Reads it as it stands, and makes good what a closed tab cut short. */
export async function readTakings(): Promise<readonly Taking[]> {
  const list = await change((now) => now);
  for (const taking of list) await keepInRing(taking);
  return list;
}

const sameItem = (one: Taking, other: Taking): boolean => twinOfCode(one.code) === twinOfCode(other.code);
const drop = (taking: Taking): Promise<unknown> => change((list) => list.filter((one) => one.key !== taking.key));

/** Keeps what was answered. Whatever was accepted of the same item before is void by then. */
const keepAnswered = (taking: Taking): Promise<unknown> =>
  change((list) => {
    const others = list.filter((one) => one.key !== taking.key && (one.accepted === null || !sameItem(one, taking)));
    return isHere(taking.accepted!.access.twin) ? others : [...others, taking];
  });

/** Those that settling brought here meanwhile are things like any other. */
export const forgetWoken = (): Promise<unknown> =>
  change((list) => list.filter(({ accepted }) => accepted === null || !isHere(accepted.access.twin)));

/** The one that was begun here with this code, if any. */
export const takingOf = (code: string): Taking | undefined => takings.value?.find((one) => one.code === code);

/** Whether the server itself said no, and would again. What stands between may say anything. */
const isRefusal = (problem: Problem): boolean =>
  !isPassing(problem) && problem.code !== "unavailable" && problem.code !== "alert-stands";

/** Asks as it was asked the first time, and keeps the answer before anything else is done with it. */
async function ask(taking: Taking): Promise<Answer<Taking>> {
  const answer = await accept(taking.code, taking, taking.key);
  if (!answer.ok) return answer;
  const { twin, token, recoveryCode, words } = answer.value;
  const access = { twin, token, recoveryCode };
  const kept: Taking = { ...taking, refused: null, accepted: { access, words, inRing: false } };
  await keepAnswered(kept);
  await keepInRing(kept);
  return { ...answer, value: kept };
}

/** Accepts what was looked at and checked, which is kept first. What was begun with this code before, perhaps in another tab, is gone on with. */
export async function begin(
  code: string,
  { product, gift, counted, record: { checkpoint, entries } }: OpenedOffer,
): Promise<Answer<Taking>> {
  startTakings();
  // What the browser doesn't hold for persistent it may clear, and this is the only key.
  void navigator.storage?.persist?.();
  const fresh: Taking = {
    id: newKey(),
    code,
    key: newKey(),
    head: { size: checkpoint.size, root: checkpoint.root },
    erased: entries.filter(({ erased }) => erased).length,
    counted,
    name: product.name,
    gift,
    accepted: null,
    refused: null,
  };
  const put = (list: readonly Taking[]): readonly Taking[] => {
    const others = list.filter((one) => one.code !== code || one.refused === null);
    return others.some((one) => one.code === code) ? others : [...others, fresh];
  };
  underWay.value = fresh.key;
  try {
    for (;;) {
      const begun = (await change(put)).find((one) => one.code === code)!;
      if (begun.accepted !== null) return answered(begun);
      if (begun.key === fresh.key) break;
      const earlier = await resume(begun);
      if (earlier.ok || !isRefusal(earlier.problem)) return earlier;
    }
    const answer = await ask(fresh);
    // Nobody was answered under this key: nothing was accepted.
    if (!answer.ok && (isRefusal(answer.problem) || answer.problem.code === "alert-stands")) await drop(fresh);
    return answer;
  } finally {
    underWay.value = null;
  }
}

/** Asks for what was begun, as it was asked the first time. A refusal is kept with it until its person has seen it. */
export async function resume(taking: Taking): Promise<Answer<Taking>> {
  const answer = await ask(taking);
  if (!answer.ok && isRefusal(answer.problem)) {
    const refused = answer.problem.code;
    await change((list) =>
      list.map((one) => (one.key === taking.key && one.accepted === null ? { ...one, refused } : one)),
    );
  }
  return answer;
}

/** Asks again for what was never answered, and looks whether what sleeps has woken. */
async function goOn(): Promise<void> {
  const list = await readTakings();
  for (const taking of list)
    if (taking.accepted === null && taking.refused === null && taking.key !== underWay.peek()) await resume(taking);
  if (list.some(({ accepted }) => accepted !== null)) await settle();
}

let started = false;

/** Goes on with what was begun whenever that may help, wherever its person is in the app meanwhile. */
export function startTakings(): void {
  if (started) return;
  started = true;
  addEventListener("online", () => void goOn());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void goOn();
  });
  // What is here must be known before.
  effect(() => {
    if (ready.value) void goOn();
  });
}

/**
 * `moving`: its owner has let go, and it is on its way. `again`: what was accepted is void, and must be looked at anew. `over`: it isn't
 * coming.
 */
export type Standing = "waiting" | "moving" | "awake" | "again" | "over" | { readonly problem: Problem };

const isAwake = ({ twin, token }: OwnAccess): Promise<Answer<Twin>> =>
  call(`/v1/twins/${twin}`, { token, signal: AbortSignal.timeout(PATIENCE_MS) });

/** How an accepted one stands. Asks for the thing itself first: only that says that its owner let go. */
export async function standingOf({ code, accepted }: Taking, how: "thing" | "offer"): Promise<Standing> {
  const { access } = accepted!;
  const woke = await isAwake(access);
  if (woke.ok) return "awake";
  if (woke.problem.status !== 401) return { problem: woke.problem };
  if (how === "thing") return "waiting";
  const offer = await offerStanding(code, access.token);
  if (offer.ok) {
    const { state, yours } = offer.value;
    if (yours) return state === "committing" ? "moving" : "waiting";
    return state === "committing" ? "over" : "again";
  }
  if (offer.problem.code !== "handover-refused") return { problem: offer.problem };
  // It may have become theirs between the two questions, and then its code opens nothing either.
  const since = await isAwake(access);
  return since.ok ? "awake" : since.problem.status === 401 ? "over" : { problem: since.problem };
}

/** It is theirs: from here on it is a thing like any other. Settling may have brought it here already. */
export async function wake(taking: Taking): Promise<Answer<unknown>> {
  const { access } = taking.accepted!;
  const added = isHere(access.twin) ? answered(null) : await addThing(access);
  if (!added.ok) return added;
  void settle();
  await drop(taking);
  return added;
}

/**
 * Lets go of what won't come: its key leaves the keyring, too. Nothing goes that may still come, unless its person `gaveUp`, nor while that
 * can't be known: then it answers how it stands.
 */
export async function putAway(taking: Taking, why: "over" | "gaveUp"): Promise<Standing | "put away"> {
  if (taking.accepted !== null) {
    const standing = await standingOf(taking, "offer");
    const isLost = standing === "over" || standing === "again";
    if (!isLost && !(why === "gaveUp" && standing === "waiting")) return standing;
    // Another tab or device may have accepted it anew: its key stays.
    await dropAsleep(taking.accepted.access);
  }
  await drop(taking);
  return "put away";
}
