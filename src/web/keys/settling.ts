// Keeps this device and its keyring in step: gives what came here a place in the ring, takes what other devices added, names its
// channels. Everything here heals by being tried again.

import { isPassing, type Problem } from "../api/call.ts";
import { addThing, forgetThing, isHere, things } from "../store/things.ts";
import { makeChannel, nameChannel } from "./channels.ts";
import { type Arrival, changeHeld, type Held, readHeld } from "./held.ts";
import { cardChannel } from "./moving.ts";
import { type RingTwin, withTwin } from "./ring.ts";

const nameHere = async (twin: string, label: string): Promise<boolean> => {
  const thing = things.peek().find(({ id }) => id === twin);
  if (!thing?.channel || !thing.scopes.includes("owner")) return true;
  const named = await nameChannel({ twin, token: thing.token }, thing.channel, label);
  return named.ok || !isPassing(named.problem);
};

/** Gives a thing that came to this device its place in the ring. False when that must wait. */
async function settle({ device }: Held, arrival: Arrival): Promise<boolean> {
  const { twin, token, recoveryCode, key } = arrival;
  if (!isHere(twin)) await addThing({ twin, token });
  const made = await cardChannel(twin, [token], key);
  // A thing that is handed over sleeps until it is let go: it is asked for again, like one that can't be reached.
  if (made === "later" || made === null) return false;
  await nameHere(twin, device.name);
  await changeHeld(
    (now) =>
      now && {
        ...now,
        ring: withTwin(now.ring, { twin, ...made, recoveryCode, given: false }, new Date().toISOString()),
        revision: now.revision + 1,
        taken: [...now.taken.filter((one) => one !== twin), twin],
        arrivals: now.arrivals.filter((one) => one.key !== key),
      },
  );
  return true;
}

export async function settleArrivals(): Promise<void> {
  const held = await readHeld();
  for (const arrival of held?.arrivals ?? []) await settle(held!, arrival);
}

/** `failed` is tried again; `closed` opens no more. */
export type Taken = { readonly added: number; readonly failed: number; readonly closed: number };

/** A thing of the ring comes to this device, with a channel of this device's own. */
async function take({ device, takeKey }: Held, { twin, token, given }: RingTwin): Promise<Problem | null> {
  let own = token;
  if (!given) {
    const made = await makeChannel({ twin, token }, { label: device.name, scopes: ["owner"] }, takeKey);
    if (!made.ok) return made.problem;
    own = made.value.token;
  }
  const added = await addThing({ twin, token: own });
  if (!added.ok) return added.problem;
  await changeHeld((now) => now && { ...now, taken: [...now.taken, twin] });
  return null;
}

/** Whether its owner has yet to let go of it: until then it has no channel of the card's. */
const sleeps = ({ channel, given }: RingTwin): boolean => channel === null && !given;

/** Takes what the ring has and this device never had; lets go of what was taken out of the ring. `step` hears of each. */
export async function takeAll(step: (done: number, of: number) => void = () => {}): Promise<Taken> {
  const held = await readHeld();
  if (!held) return { added: 0, failed: 0, closed: 0 };
  const wanted = held.ring.twins.filter(({ twin }) => !held.taken.includes(twin) && !isHere(twin));
  let failed = 0;
  let closed = 0;
  for (const [at, twin] of wanted.entries()) {
    step(at, wanted.length);
    const problem = await take(held, twin);
    if (problem && (isPassing(problem) || sleeps(twin))) failed++;
    else if (problem) closed++;
  }
  step(wanted.length, wanted.length);
  const gone = new Set(held.ring.gone.map(({ id }) => id));
  for (const twin of held.taken) {
    if (!gone.has(twin) || held.ring.twins.some((one) => one.twin === twin)) continue;
    if (isHere(twin)) await forgetThing(twin);
    await changeHeld((now) => now && { ...now, taken: now.taken.filter((one) => one !== twin) });
  }
  return { added: wanted.length - failed - closed, failed, closed };
}

/** Gives this device's channels the name it has now. */
export async function nameChannels(): Promise<void> {
  const held = await readHeld();
  if (!held || held.device.labelled === held.device.name) return;
  const { name } = held.device;
  for (const { id } of things.peek()) if (!(await nameHere(id, name))) return;
  await changeHeld((now) => now && { ...now, device: { ...now.device, labelled: name } });
}
