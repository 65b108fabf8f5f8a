// The keyboard: single keys and sequences such as "g i". They rest while somebody types or a dialog is open, and can be switched off.

import { signal, type ReadonlySignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

/** What a key does, by its name: "j", "A", "/", "Escape", or two in a row: "g i". */
export type Keys = { readonly [key: string]: () => void };

const SEQUENCE_MS = 1_500;
const KEPT = "pico-twins.desk.keys";
const OFF = "off";
const TYPED_IN =
  "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])";
/** There Enter and the space bar do what the browser has them do. */
const PRESSED = "a[href], button, summary, input, label";

function keptOn(): boolean {
  try {
    return localStorage.getItem(KEPT) !== OFF;
  } catch {
    return true;
  }
}

const on = signal(keptOn());
/** Whether single keys do anything in this browser. */
export const keysAreOn: ReadonlySignal<boolean> = on;

export function switchKeys(next: boolean): void {
  on.value = next;
  try {
    if (next) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, OFF);
  } catch {}
}

/** The latest is asked first. */
const bound: { current: Keys }[] = [];
let prefix = "";
let prefixAt = 0;

const isBound = (test: (key: string) => boolean): boolean =>
  bound.some(({ current }) => Object.keys(current).some(test));

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const at = event.target instanceof Element ? event.target : null;
  if (at?.closest(TYPED_IN) || document.querySelector("dialog[open]")) return;
  if ((event.key === "Enter" || event.key === " ") && at?.closest(PRESSED)) return;
  if (!on.peek() && event.key !== "Escape") return;
  if (Date.now() < restsUntil && event.key !== "Escape") return;
  const before = Date.now() - prefixAt < SEQUENCE_MS ? prefix : "";
  prefix = "";
  const key = before === "" ? event.key : `${before} ${event.key}`;
  const found = bound.findLast(({ current }) => key in current);
  if (found) {
    event.preventDefault();
    found.current[key]!();
  } else if (before === "" && isBound((name) => name.startsWith(`${event.key} `))) {
    event.preventDefault();
    prefix = event.key;
    prefixAt = Date.now();
  }
}

let restsUntil = 0;
/** What is typed until a field is there to take it in does nothing: it is meant for the field. */
export const restKeys = (ms: number): void => void (restsUntil = Date.now() + ms);

let listens = false;

/** Has `keys` do what they say for as long as the component is shown. */
export function useKeys(keys: Keys): void {
  const mine = useRef(keys);
  mine.current = keys;
  useLayoutEffect(() => {
    if (!listens) addEventListener("keydown", press);
    listens = true;
    bound.push(mine);
    return () => void bound.splice(bound.indexOf(mine), 1);
  }, []);
}
