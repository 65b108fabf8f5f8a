// Checks what one endpoint received against the promise: nothing lost, each twin's events in their order, one at a time.

import type { Arrival } from "./receiver.ts";

export type LineFaults = { readonly lost: string[]; readonly orderBreaks: string[] };

/**
 * @param arrivals in the order in which they came
 * @param acknowledged ids of the notes whose writing was answered with 2xx
 */
export function checkLines(arrivals: readonly Arrival[], acknowledged: readonly string[]): LineFaults {
  const here = new Set(
    arrivals.flatMap(({ taken, body }) => (taken && body.type === "note.sent" ? [body.data.note!.id] : [])),
  );
  const orderBreaks: string[] = [];
  const heads = new Map<string, { seq: number; id: string; prev: number | null; taken: boolean }>();
  for (const { id, taken, body } of arrivals) {
    const { twin = "", seq, prev = null } = body.data;
    const found = (fault: string): number => orderBreaks.push(`${twin} ${body.type} ${seq}: ${fault}`);
    if (seq === undefined) {
      found("an announcement, where nothing was given up");
      continue;
    }
    const head = heads.get(twin);
    if (head && seq === head.seq) {
      if (id !== head.id) found("came again under another id");
      if (prev !== head.prev) found(`came again with prev ${prev} for ${head.prev}`);
      head.taken ||= taken;
      continue;
    }
    if (head && !head.taken) found(`came before ${head.seq} was taken`);
    if (prev !== (head?.seq ?? null)) found(`its prev is ${prev} after ${head?.seq ?? null}`);
    if (head && seq < head.seq) found(`came after ${head.seq}`);
    heads.set(twin, { seq, id, prev, taken });
  }
  return { lost: acknowledged.filter((note) => !here.has(note)), orderBreaks };
}
