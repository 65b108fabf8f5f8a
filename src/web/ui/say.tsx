// What is said without taking the focus: to a screen reader, and for a moment to the eye.

import { effect, signal, untracked } from "@preact/signals";

const SHOWN_MS = 4_000;

const said = signal("");
const toasts = signal<readonly { readonly id: number; readonly text: string }[]>([]);
let count = 0;

/** Has a screen reader say it when it has finished what it says now. The same text twice is said twice. */
export function say(text: string): void {
  said.value = said.value === text ? `${text}\u00a0` : text;
}

/** What a toast says instead once `holds`, which is reactive. */
export type Then = { readonly text: string; readonly holds: () => boolean };

/** Shows it at the foot of the page for a moment, and says it. */
export function toast(text: string, then?: Then): void {
  const id = ++count;
  toasts.value = [...toasts.value, { id, text }];
  say(text);
  const stop = then && follow(id, then);
  setTimeout(() => {
    stop?.();
    toasts.value = toasts.value.filter((one) => one.id !== id);
  }, SHOWN_MS);
}

function follow(id: number, { text, holds }: Then): () => void {
  let held = false;
  return effect(() => {
    if (held || !holds()) return;
    held = true;
    untracked(() => {
      toasts.value = toasts.value.map((one) => (one.id === id ? { id, text } : one));
      say(text);
    });
  });
}

/** Stands once in the app, outside of every page. */
export const Voice = () => (
  <>
    <div class="unseen" role="status" aria-live="polite">
      {said}
    </div>
    <div class="toasts" aria-hidden="true">
      {toasts.value.map(({ id, text }) => (
        <div class="toast" key={id}>
          {text}
        </div>
      ))}
    </div>
  </>
);
