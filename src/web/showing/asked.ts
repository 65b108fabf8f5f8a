// Whether a buyer asks now, through one of a thing's links, that its seller show that they hold its history.

import { computed, effect, signal } from "@preact/signals";
import { lastArrival } from "../store/live.ts";

/** As long as the six digits hold. */
const LASTS_MS = 10 * 60_000;

type Asked = { readonly share: string; readonly at: string };
const asked = signal<ReadonlyMap<string, Asked>>(new Map());
const settled = signal<ReadonlySet<string>>(new Set());

const keyOf = ({ share, at }: Asked): string => `${share} ${at}`;

effect(() => {
  const arrival = lastArrival.value;
  const { challenge } = arrival ?? {};
  if (arrival && challenge) asked.value = new Map([...asked.peek(), [arrival.twin, challenge]]);
});

const standing = computed(() => new Map([...asked.value].filter(([, one]) => !settled.value.has(keyOf(one)))));

/** The link through which a buyer of this thing asks; null where none does. Reactive. */
export function askedOf(twin: string): Asked | null {
  const one = standing.value.get(twin);
  return one && Date.now() - Date.parse(one.at) < LASTS_MS ? one : null;
}

/** It was answered, or put aside. */
export function settle(one: Asked): void {
  settled.value = new Set([...settled.peek(), keyOf(one)]);
}
