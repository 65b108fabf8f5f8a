// Which operation goes out next. Pure: time and what is held up are passed in.

import { subjectOf, type Queued } from "./operation.ts";

/**
 * Of each twin the operation whose turn it is. Within a twin all go in the order they were made; what is about a note whose earlier
 * operation was refused waits for the person, and other notes go on.
 */
function heads(queue: readonly Queued[]): readonly Queued[] {
  const first = new Map<string, Queued>();
  const stuck = new Set<string>();
  for (const queued of queue.toSorted((a, b) => a.seq - b.seq)) {
    const note = subjectOf(queued);
    if (note !== null && stuck.has(note)) continue;
    if (queued.state === "waiting") {
      if (!first.has(queued.op.twin)) first.set(queued.op.twin, queued);
    } else if (note !== null) stuck.add(note);
  }
  return [...first.values()].toSorted((a, b) => a.seq - b.seq);
}

/** The next one to send, or null while each must pause (ms). */
export const nextUp = (queue: readonly Queued[], now: number): Queued | null =>
  heads(queue).find(({ notBefore }) => notBefore <= now) ?? null;

/** When something may be tried again (ms); null where nothing can. */
export function triedAgainAt(queue: readonly Queued[]): number | null {
  const times = heads(queue).map(({ notBefore }) => notBefore);
  return times.length === 0 ? null : Math.min(...times);
}

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** How long to leave it alone after the `tries`-th failure that may pass (ms); `told` is what Retry-After asked for, in seconds. */
export const pauseMs = (tries: number, told: number | null): number =>
  Math.max((told ?? 0) * 1000, Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, tries - 1), LONGEST_PAUSE_MS));
