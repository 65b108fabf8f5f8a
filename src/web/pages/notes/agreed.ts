// How the terms between a thing's owner and its company stand, as a mark says it.

import type { Agreement } from "../../api/views.ts";
import { standing } from "../../store/agreements.ts";
import { isHere, makerOf } from "../../store/makers.ts";
import { waiting } from "../../store/queue.ts";
import { mayIn, type Thing } from "../../store/things.ts";
import { standingOf, toneOf, type Standing } from "../../terms/standing-words.ts";
import type { Tone } from "../../ui/notice.tsx";
import { words } from "../../words/words.ts";

export type TermsState = Standing;

/** Whether the company is here, proven to be who it says; null while that isn't known here. */
export function hasJoined({ view }: Pick<Thing, "view">): boolean | null {
  const maker = view.maker === null ? undefined : makerOf(view.maker);
  return maker ? isHere(maker) : null;
}

/** The state that matters now. A channel that may not read agreements knows only what the twin says of them. Reactive. */
export function termsState(thing: Thing): TermsState {
  const agreement = standing(thing.id);
  const state = agreement ? standingOf(agreement) : (thing.view.agreement?.state ?? "none");
  return (state === "proffered" || state === "held") && hasJoined(thing) === false ? "absent" : state;
}

/** Whether an offer of terms still waits on this device. */
export const profferWaits = (twin: string): boolean =>
  waiting.value.some(({ op, state }) => op.type === "proffer" && op.twin === twin && state === "waiting");

export type Agreed = { readonly tone: Tone; readonly text: string };

export function agreed(thing: Thing): Agreed {
  const { terms } = words.value;
  const state = termsState(thing);
  if (state !== "accepted" && profferWaits(thing.id)) return { tone: "wait", text: terms.queued.mark };
  return { tone: toneOf(state), text: terms.states[state].mark };
}

/**
 * What sending a note now would rest on: terms in force, an offer that is open, a counter that waits for the owner, terms that the company
 * refused, an offer that goes out with it, or an owner who alone may make one.
 */
export type Footing =
  | { readonly kind: "force" | "open" | "countered"; readonly agreement: Agreement }
  | { readonly kind: "refused" }
  | { readonly kind: "proffer"; readonly again: boolean }
  | { readonly kind: "owner" };

export function footing(thing: Thing): Footing {
  const agreement = standing(thing.id);
  const state = termsState(thing);
  if (agreement && state === "accepted") return { kind: "force", agreement };
  if (agreement && state === "countered") return { kind: "countered", agreement };
  if (agreement && (state === "proffered" || state === "held" || state === "absent"))
    return { kind: "open", agreement };
  if (!mayIn(thing, "agreements:write")) return { kind: "owner" };
  if ((state === "refused" || state === "declined") && !profferWaits(thing.id)) return { kind: "refused" };
  return { kind: "proffer", again: state !== "none" };
}
