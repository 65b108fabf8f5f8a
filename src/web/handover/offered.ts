// What this device keeps while a thing of its owner changes hands: the offer's code, which is shown only where it was made, when the
// owner's own copy was saved, and that it is being let go of. Goes when the thing leaves the device.

import { signal } from "@preact/signals";
import type { NewOffer } from "../api/views.ts";
import { DONE, isShutOut, isUnanswered, newKey, type Answer } from "../api/call.ts";
import { dropTwin } from "../keys/keyring.ts";
import { keepHanded } from "../store/handed.ts";
import { changeOf, handoverKey, meta } from "../store/meta.ts";
import { offer, release } from "./calls.ts";
import type { Goodbye } from "./gone.tsx";

export type Kept = {
  /** When the copy was saved, and whether it came with its seal. */
  readonly copy: { readonly at: string; readonly sealed: boolean } | null;
  /** Kept before the offer is asked for: its answer shows the code once, and a repeat by the same key shows it again. */
  readonly asked: {
    readonly key: string;
    readonly at: string;
    readonly gift: boolean;
    readonly expiresAt: string;
  } | null;
  readonly made: NewOffer | null;
  /** What is to be said once it is theirs. Kept before it is let go of, and until it is answered that it wasn't: once it is theirs this device is shut out. */
  readonly releasing: Goodbye | null;
};
const NOTHING: Kept = { copy: null, asked: null, made: null, releasing: null };

const all = signal<ReadonlyMap<string, Kept>>(new Map());
/** The same as before is the same to whoever reads it: it is read anew every few seconds. */
const publish = (twin: string, kept: Kept): void => {
  if (JSON.stringify(all.value.get(twin)) !== JSON.stringify(kept)) all.value = new Map([...all.value, [twin, kept]]);
};

/** What is kept of a thing's handover; undefined until it was read. Reactive. */
export const keptOf = (twin: string): Kept | undefined => all.value.get(twin);

export async function readKept(twin: string): Promise<Kept> {
  const kept = { ...NOTHING, ...(await meta<Kept>(handoverKey(twin))) };
  publish(twin, kept);
  return kept;
}

async function change(twin: string, with_: Partial<Kept>): Promise<void> {
  const kept = await changeOf<Kept>(twin, handoverKey(twin), (before) => ({ ...NOTHING, ...before, ...with_ }));
  if (kept !== null) publish(twin, kept);
}

export const keepCopy = (twin: string, copy: NonNullable<Kept["copy"]>): Promise<void> => change(twin, { copy });

/** Makes the offer. What was asked and never answered is asked again as it was. */
export async function makeOffer(twin: string, wanted: { gift: boolean; expiresAt: string }): Promise<Answer<NewOffer>> {
  const { asked } = await readKept(twin);
  const same =
    asked !== null && asked.gift === wanted.gift ? asked : { key: newKey(), at: new Date().toISOString(), ...wanted };
  await change(twin, { asked: same, made: null });
  const { key, at: _, ...body } = same;
  const answer = await offer(twin, body, key);
  if (answer.ok) await change(twin, { made: answer.value });
  else if (answer.problem.status >= 400 && answer.problem.status < 500 && answer.problem.status !== 429)
    await forgetOffer(twin);
  return answer;
}

/** Nothing of an offer that is over is kept. */
export const forgetOffer = (twin: string): Promise<void> => change(twin, { asked: null, made: null, releasing: null });

/** What is being let go of at this moment: whether it is theirs is known by the answer alone. */
const outstanding = signal<ReadonlySet<string>>(new Set());
/** Whether the answer to letting go of it is still outstanding. Reactive. */
export const isReleasing = (twin: string): boolean => outstanding.value.has(twin);

/**
 * Lets go. To be shut out says that it is theirs only after an answer that was lost: to be cut off otherwise must never pass for a
 * handover.
 */
export async function letGo(twin: string, words: string, goodbye: Goodbye): Promise<Answer<unknown>> {
  outstanding.value = new Set([...outstanding.value, twin]);
  try {
    const { releasing: before } = await readKept(twin);
    await change(twin, { releasing: goodbye });
    const answer = await release(twin, words);
    if (answer.ok) return answer;
    const { problem } = answer;
    if (before !== null && isShutOut(problem)) return DONE;
    if (!isUnanswered(problem)) await change(twin, { releasing: problem.status === 429 ? before : null });
    return answer;
  } finally {
    outstanding.value = new Set([...outstanding.value].filter((one) => one !== twin));
  }
}

/** It is theirs: of all that was here its name and the day stay. */
export async function partWith(twin: string, goodbye: Goodbye): Promise<void> {
  // A full device doesn't remember it; what goes must go all the same.
  await keepHanded(twin, goodbye).catch(() => {});
  await dropTwin(twin);
}

/** It was asked for after the answer was lost, and still stands: it was not let go of. */
export const notReleased = (twin: string): Promise<void> => change(twin, { releasing: null });
