// What this device keeps while a thing of its owner changes hands: the offer's code, which is shown only where it was made, and when
// the owner's own copy was saved. Goes when the thing leaves the device.

import { signal } from "@preact/signals";
import type { NewOffer } from "../api/views.ts";
import { newKey, type Answer } from "../api/call.ts";
import { handoverKey, meta, setMeta } from "../store/meta.ts";
import { cancel, offer } from "./calls.ts";

export type Kept = {
  /** When the copy was saved, and whether it came with its seal. */
  readonly copy: { readonly at: string; readonly sealed: boolean } | null;
  /** Kept before the offer is asked for: its answer shows the code once, and a repeat by the same key shows it again. */
  readonly asked: { readonly key: string; readonly gift: boolean; readonly expiresAt: string } | null;
  readonly made: NewOffer | null;
};
const NOTHING: Kept = { copy: null, asked: null, made: null };

const all = signal<ReadonlyMap<string, Kept>>(new Map());
/** The same as before is the same to whoever reads it: it is read anew every few seconds. */
const publish = (twin: string, kept: Kept): void => {
  if (JSON.stringify(all.value.get(twin)) !== JSON.stringify(kept)) all.value = new Map([...all.value, [twin, kept]]);
};

/** What is kept of a thing's handover; undefined until it was read. Reactive. */
export const keptOf = (twin: string): Kept | undefined => all.value.get(twin);

export async function readKept(twin: string): Promise<Kept> {
  const kept = (await meta<Kept>(handoverKey(twin))) ?? NOTHING;
  publish(twin, kept);
  return kept;
}

async function change(twin: string, with_: Partial<Kept>): Promise<void> {
  const kept = { ...(await readKept(twin)), ...with_ };
  await setMeta(handoverKey(twin), kept);
  publish(twin, kept);
}

export const keepCopy = (twin: string, copy: NonNullable<Kept["copy"]>): Promise<void> => change(twin, { copy });

/** Makes the offer. What was asked and never answered is asked again as it was. */
export async function makeOffer(twin: string, wanted: { gift: boolean; expiresAt: string }): Promise<Answer<NewOffer>> {
  const { asked } = await readKept(twin);
  const same = asked !== null && asked.gift === wanted.gift ? asked : { key: newKey(), ...wanted };
  await change(twin, { asked: same, made: null });
  const { key, ...body } = same;
  const answer = await offer(twin, body, key);
  if (answer.ok) await change(twin, { made: answer.value });
  else if (answer.problem.status >= 400 && answer.problem.status < 500 && answer.problem.status !== 429)
    await forgetOffer(twin);
  return answer;
}

/** Nothing of an offer that is over is kept. */
export const forgetOffer = (twin: string): Promise<void> => change(twin, { asked: null, made: null });

export async function cancelOffer(twin: string): Promise<Answer<null>> {
  const answer = await cancel(twin);
  if (answer.ok) await forgetOffer(twin);
  return answer;
}
