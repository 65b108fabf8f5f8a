// What changed in this device's keep, told to this page and to every other one, and by the service worker to all. No DOM here.

import type { Agreement } from "../api/views.ts";
import type { Alias, Handed, KeptNote, StoredThing } from "./db.ts";
import type { Queued } from "./operation.ts";

/** Something came in from outside that a person may want to hear of. */
export type Arrival = {
  readonly twin: string;
  readonly note: string | null;
  /** `recorded`: somebody else's entry is in the history; `recorded-here`: the owner's own, or words of it are gone. */
  readonly kind:
    | "answer"
    | "terms"
    | "recovery"
    | "papers"
    | "notice"
    | "issue"
    | "challenge"
    | "found"
    | "recorded"
    | "recorded-here";
  /** Of a challenge: the link whose holder asks, and when they did (the server's instant). */
  readonly challenge?: { readonly share: string; readonly at: string };
};

/** The operation whose photos go out now, and how many of its calls are done. */
export type Progress = { readonly seq: number; readonly done: number; readonly of: number };

export type Change = {
  readonly things?: readonly StoredThing[];
  readonly thingsGone?: readonly string[];
  readonly notes?: readonly KeptNote[];
  readonly notesGone?: readonly { readonly twin: string; readonly id: string }[];
  readonly agreements?: readonly Agreement[];
  readonly queued?: readonly Queued[];
  readonly queuedGone?: readonly number[];
  readonly aliases?: readonly Alias[];
  readonly progress?: Progress | null;
  readonly arrivals?: readonly Arrival[];
  /** What was said under these twins is gone from this device. */
  readonly emptied?: readonly string[];
  /** All that was handed over from this device, as it is remembered now. */
  readonly handed?: readonly Handed[];
};

const between = new BroadcastChannel("pico-twins");
const listeners = new Set<(change: Change) => void>();

/** Hears every change, this page's own and others'. */
export function onChange(listener: (change: Change) => void): void {
  listeners.add(listener);
}

between.addEventListener("message", ({ data }: MessageEvent<Change>) => {
  for (const listener of listeners) listener(data);
});

/** Tells it everywhere; call it once it is committed. */
export function publish(change: Change): void {
  for (const listener of listeners) listener(change);
  between.postMessage(change);
}
