// How two devices meet after one has read the other's QR code: they talk over a slot of the server, and the keyring's secret goes over sealed
// to a key that the second device made for it, once a person has compared four digits. What is left there is of use to nobody.

import { isPassing, type Answer } from "../api/call.ts";
import { fromBase64url, toBase64url } from "./base64url.ts";
import { SECRET_BYTES, type Secret } from "./card.ts";
import { type DeviceKey, openSealed, sealTo } from "./device-key.ts";
import { digitsOf, type Invited, keptWord, newInvitation, NONCE_BYTES } from "./pairing-code.ts";
import { readSlot, writeSlot } from "./shelf.ts";
import { open, seal, slotOf, type Slot } from "./slot.ts";

/** How long a code may be answered. */
export const PAIRING_MS = 5 * 60_000;
const LOOKED_EVERY_MS = 1_200;
/** What is left in the meeting place. */
const OVER = new Uint8Array(1);

/** What the two say to each other, each in turn over what the other said. */
type Said =
  | { readonly step: "open" }
  | { readonly step: "ask"; readonly name: string; readonly key: string }
  | { readonly step: "show"; readonly key: string; readonly nonce: string; readonly from: string }
  | { readonly step: "give"; readonly box: string }
  | { readonly step: "taken" };
type Step<S extends Said["step"]> = Extract<Said, { step: S }>;

/** It ended before its end, as `why` says. */
class Ended extends Error {
  readonly why: Failed;
  constructor(why: Failed) {
    super(why);
    this.why = why;
  }
}

export type Failed =
  /** Too late, or used already. */
  | "over"
  /** One of the two said no, or left. */
  | "refused"
  /** Somebody else answered in between, or the code was changed. */
  | "strange"
  | "offline";

const kept = <T>(answer: Answer<T>): T => {
  if (answer.ok) return answer.value;
  throw new Ended(isPassing(answer.problem) ? "offline" : "over");
};

const contextOf = ({ name }: Slot): string => `pairing/${name}`;

/** A meeting place, from the side of one of the two. */
class Meeting {
  readonly #slot: Slot;
  readonly #signal: AbortSignal;
  readonly #until: number;
  #etag: string | null = null;
  #spoke = false;

  constructor(slot: Slot, signal: AbortSignal, until: number) {
    this.#slot = slot;
    this.#signal = signal;
    this.#until = until;
  }

  async say(said: Said): Promise<void> {
    this.#spoke = true;
    this.#etag = kept(await writeSlot(this.#slot, (await seal(this.#slot, said))!, this.#etag));
  }

  /** What lies there, once it is something new. */
  async #next(): Promise<Said | null> {
    for (;;) {
      if (this.#signal.aborted) throw new Ended("refused");
      if (Date.now() > this.#until) throw new Ended("over");
      const answer = await readSlot(this.#slot, this.#etag);
      const read = !answer.ok && isPassing(answer.problem) ? null : kept(answer);
      if (read) {
        this.#etag = read.etag;
        return (await open(this.#slot, read.bytes)) as Said | null;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOKED_EVERY_MS));
    }
  }

  /** What the other says next; "refused" when it left. */
  async hear<S extends Said["step"]>(step: S): Promise<Step<S>> {
    const said = await this.#next();
    if (said === null) throw new Ended("refused");
    if (said.step !== step) throw new Ended("strange");
    return said as Step<S>;
  }

  /** That the place is there and nobody answered yet. */
  async begun(): Promise<void> {
    if ((await this.#next())?.step !== "open") throw new Ended("over");
  }

  /** Leaves nothing of use there; a place where this side said nothing is not its to clear. */
  async wipe(): Promise<void> {
    if (!this.#spoke || this.#etag === null) return;
    const wiped = await writeSlot(this.#slot, OVER, this.#etag);
    if (!wiped.ok && wiped.problem.status === 412) {
      const read = await readSlot(this.#slot);
      if (read.ok && read.value) await writeSlot(this.#slot, OVER, read.value.etag);
    }
  }
}

const whyOf = (thrown: unknown): Failed => {
  if (thrown instanceof Ended) return thrown.why;
  throw thrown;
};

export type Hosting =
  | { readonly step: "showing"; readonly fragment: string }
  | { readonly step: "comparing"; readonly name: string; readonly digits: string }
  | { readonly step: "done"; readonly name: string }
  | { readonly step: "failed"; readonly why: Failed };

/** The first device's side: `tell` hears how it goes, `agreed` is awaited once the digits are shown. Ends by itself, or with `signal`. */
export async function host(
  cardSecret: Secret,
  { tell, agreed, signal }: { tell: (at: Hosting) => void; agreed: Promise<boolean>; signal: AbortSignal },
): Promise<void> {
  const invitation = await newInvitation();
  const slot = await slotOf(invitation.secret, "pairing");
  const meeting = new Meeting(slot, signal, Date.now() + PAIRING_MS);
  try {
    await meeting.say({ step: "open" });
    tell({ step: "showing", fragment: invitation.fragment });
    const { name, key } = await meeting.hear("ask");
    await meeting.say({ step: "show", key, nonce: toBase64url(invitation.nonce), from: invitation.key.public });
    tell({ step: "comparing", name, digits: await digitsOf(invitation.secret, invitation.nonce, key) });
    if (!(await agreed)) throw new Ended("refused");
    const box = await sealTo(key, cardSecret, contextOf(slot), invitation.key);
    if (box === null) throw new Ended("strange");
    await meeting.say({ step: "give", box });
    await meeting.hear("taken");
    tell({ step: "done", name });
  } catch (thrown) {
    tell({ step: "failed", why: whyOf(thrown) });
  } finally {
    await meeting.wipe();
  }
}

export type Joining =
  | { readonly step: "comparing"; readonly digits: string }
  | { readonly step: "failed"; readonly why: Failed };

/** The second device's side: the card's secret, or null when it came to nothing (`tell` heard why). */
export async function join(
  invited: Invited,
  device: { readonly name: string; readonly key: DeviceKey },
  { tell, signal }: { tell: (at: Joining) => void; signal: AbortSignal },
): Promise<Secret | null> {
  const slot = await slotOf(invited.secret, "pairing");
  const meeting = new Meeting(slot, signal, Date.now() + PAIRING_MS);
  let taken = false;
  try {
    await meeting.begun();
    await meeting.say({ step: "ask", name: device.name, key: device.key.public });
    const shown = await meeting.hear("show");
    const nonce = fromBase64url(shown.nonce, NONCE_BYTES);
    const isAnswer = shown.key === device.key.public && nonce !== null;
    if (!isAnswer || !(await keptWord(invited, nonce, shown.from))) throw new Ended("strange");
    tell({ step: "comparing", digits: await digitsOf(invited.secret, nonce, device.key.public) });
    const { box } = await meeting.hear("give");
    // Whoever photographed the code can write here, too: what they hand over would be their card.
    const secret = await openSealed(device.key, box, contextOf(slot), shown.from);
    if (secret?.length !== SECRET_BYTES) throw new Ended("strange");
    await meeting.say({ step: "taken" });
    taken = true;
    return secret;
  } catch (thrown) {
    tell({ step: "failed", why: whyOf(thrown) });
    return null;
  } finally {
    // What was said last is of no use to anybody either, and the first device waits for it.
    if (!taken) await meeting.wipe();
  }
}
