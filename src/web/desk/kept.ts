// What was begun on a page of the desk and would be lost: typed and not sent, or shown once and not taken. Kept while the tab is open,
// gone with it, and never anybody else's. The browser asks before it is lost.

import { signal } from "@preact/signals";

type Fields = Readonly<Record<string, unknown>>;

/** Under each name, only what differs from what was there before. */
const all = signal<ReadonlyMap<string, Fields>>(new Map());

export type Kept<T> = {
  /** What was there before, with what is kept over it. */
  readonly now: T;
  readonly isBegun: boolean;
  readonly put: (change: Partial<T>) => void;
  readonly drop: () => void;
};

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function write(name: string, fields: Fields): void {
  const next = new Map(all.peek());
  if (Object.keys(fields).length === 0) next.delete(name);
  else next.set(name, fields);
  all.value = next;
}

/** What is kept under `name`, over `fresh`: a field that is again as it was there is not kept. Reactive. */
export function keptAt<T extends Fields>(name: string, fresh: T): Kept<T> {
  const changes = all.value.get(name);
  return {
    now: { ...fresh, ...changes },
    isBegun: changes !== undefined,
    put: (change) => {
      const fields = Object.entries({ ...all.peek().get(name), ...change });
      write(name, Object.fromEntries(fields.filter(([field, value]) => !isSame(value, fresh[field]))));
    },
    drop: () => write(name, {}),
  };
}

/** Somebody else is at this desk now: what was begun here is not theirs. */
export function forgetKept(): void {
  all.value = new Map();
}

addEventListener("beforeunload", (event) => {
  if (all.peek().size > 0) event.preventDefault();
});
