// What companies tell of things unasked: notices and known issues, as a person sees them, and what they say to them.

import type { KnownIssue } from "../api/views.ts";
import { askWhatIsTold, changeThing } from "./catchup.ts";
import type { KeptNotice, NoticeState } from "./db.ts";
import { waiting } from "./mirror.ts";
import type { LocalNote } from "./notes.ts";
import { enqueue } from "./queue.ts";
import type { Thing } from "./things.ts";
import { noticesIn, withWord, withWordUnder } from "./told.ts";

export type { KeptNotice, NoticeState } from "./db.ts";
export { isAlarm } from "./told.ts";

const FRESH_MS = 3_600_000;

/** What is told of a thing, with what its owner said and the server has yet to hear. Reactive, like all that reads here. */
function toldOf({ id, told }: Thing): Thing["told"] {
  return told && waiting.value.reduce((now, { op }) => (op.twin === id ? withWord(now, op) : now), told);
}

/** Those that wait for their owner's word first. None of a thing that was erased. */
export const noticesOf = (thing: Thing): readonly KeptNotice[] => {
  const told = toldOf(thing);
  return told ? noticesIn(told) : [];
};

export const openNoticesOf = (thing: Thing): readonly KeptNotice[] =>
  noticesOf(thing).filter(({ state }) => state === "open");

/** Those to which this device can still say its owner's word: none of a thing that is closed to it. */
export const waitingNoticesOf = (thing: Thing): readonly KeptNotice[] =>
  thing.ended === null ? openNoticesOf(thing) : [];

/** What the company knows to be wrong with the product. */
export const issuesOf = (thing: Thing): readonly KnownIssue[] => toldOf(thing)?.issues ?? [];

/** A note's known issue with the owner's own count as they said it last. */
export const issueUnder = (note: LocalNote): KnownIssue | null =>
  waiting.value.reduce((now, { op }) => (op.twin === note.twin ? withWordUnder(now, op) : now), note).knownIssue ??
  null;

/** The owner's word on a notice. One that only stands at the board is settled on this device, as no server knows of it here. */
export async function settle(thing: Thing, notice: KeptNotice, state: NoticeState): Promise<void> {
  if (notice.why !== "board") {
    await enqueue({ type: "settle", twin: thing.id, notice: notice.id, state });
    return;
  }
  await changeThing(thing.id, (before) =>
    before.told ? { ...before, told: { ...before.told, said: { ...before.told.said, [notice.id]: state } } } : before,
  );
}

/** Counts this owner in, or out again: their own act, under any terms or none. */
export const countIn = (twin: string, issue: string, counted: boolean): Promise<string> =>
  enqueue({ type: "me-too", twin, issue, counted });

/** Asks what is told of a thing. `always`: also where this device asked a moment ago. */
export async function refreshTold({ id, ended, told }: Thing, { always }: { always: boolean }): Promise<void> {
  if (ended !== null || (!always && told && Date.now() - told.askedAt < FRESH_MS)) return;
  await askWhatIsTold(id);
}
