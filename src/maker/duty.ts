// What a maker does by itself, driven by its one alarm: each duty says when it is due and does a bounded piece of its work.

export type Duty = {
  readonly name: string;
  /** When there is something to do next (ms), or null. */
  readonly nextDueAt: () => number | null;
  /** Does what is due; leaves `nextDueAt` later than `now`, or null. */
  readonly runDue: (now: number) => Promise<void>;
};

/** The earliest of what is due, or null. */
export function earliestDue(duties: readonly Duty[]): number | null {
  const due = duties.map((duty) => duty.nextDueAt()).filter((at) => at !== null);
  return due.length === 0 ? null : Math.min(...due);
}
