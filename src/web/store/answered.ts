// What an answer to a queued operation changes here. It is committed together with the operation's leaving the queue, so that nothing is
// lost between, and nothing said twice. No DOM here.

import type { Answer, Problem } from "../api/call.ts";
import type { Agreement, Message, Note, Thread } from "../api/views.ts";
import { publish, type Change } from "./change.ts";
import { db, isKept } from "./db.ts";
import type { Operation, Queued } from "./operation.ts";
import { afterAnswer, laterOf, picturesOf, withMessage, withoutWords } from "./replica.ts";
import { withWord, withWordUnder } from "./told.ts";

const open = async () =>
  (await db()).transaction(["thing", "queue", "note", "agreement", "alias", "photo"], "readwrite");
type Writing = Awaited<ReturnType<typeof open>>;

/** What an answer changes here, within the transaction that takes its operation out of the queue. */
type Take<T> = (tx: Writing, queued: Queued, answer: T) => Promise<Change>;

/** Ends an operation with what came of it, or tells what was wrong. */
export async function done<T>(queued: Queued, answer: Answer<T>, take: Take<T>): Promise<Problem | null> {
  if (!answer.ok && !isDoneAlready(queued.op, answer.problem)) return answer.problem;
  const tx = await open();
  await tx.objectStore("queue").delete(queued.seq);
  const change = isKept(await tx.objectStore("thing").get(queued.op.twin))
    ? await take(tx, queued, answer.ok ? answer.value : (null as T))
    : {};
  await tx.done;
  publish({ ...change, queuedGone: [queued.seq] });
  return null;
}

/** What was to be taken back and isn't there is taken back. */
const isDoneAlready = (op: Operation, { status }: Problem): boolean =>
  op.type === "retract" && (status === 404 || status === 410);

const noteOf = ({ op }: Queued): string => ("note" in op ? op.note : "");

export const tookNote: Take<Note> = async (tx, { id, op, seq }, view) => {
  const { twin } = op;
  const note = afterAnswer(twin, view, await tx.objectStore("note").get(view.id));
  const alias = { local: id, twin, note: view.id };
  // What was done to it while it had no id of its own goes to the one it has now.
  const followers = (await tx.objectStore("queue").getAll())
    .filter((queued) => queued.seq !== seq && noteOf(queued) === id)
    .map((queued) => ({ ...queued, op: { ...queued.op, note: view.id } as Operation }));
  await tx.objectStore("note").put(note);
  await tx.objectStore("alias").put(alias);
  for (const follower of followers) await tx.objectStore("queue").put(follower);
  return { notes: [note], aliases: [alias], queued: followers };
};

export const tookMessage: Take<Message> = async (tx, queued, message) => {
  const before = await tx.objectStore("note").get(noteOf(queued));
  if (!before) return {};
  const note = withMessage(before, message);
  await tx.objectStore("note").put(note);
  return { notes: [note] };
};

export const tookThread: Take<Thread> = async (tx, queued, thread) => {
  const before = await tx.objectStore("note").get(noteOf(queued));
  if (!before) return {};
  const note = { ...before, thread };
  await tx.objectStore("note").put(note);
  return { notes: [note] };
};

export const tookView: Take<Note> = async (tx, { op: { twin } }, view) => {
  const note = afterAnswer(twin, view, await tx.objectStore("note").get(view.id));
  await tx.objectStore("note").put(note);
  return { notes: [note] };
};

/** The history itself is asked for by the page that shows it. */
export const tookEntry: Take<unknown> = async () => ({});

/** What the owner said of a notice, or of an issue, holds at the server now, and so here. */
export const tookWord: Take<unknown> = async (tx, { op }) => {
  const before = await tx.objectStore("thing").get(op.twin);
  const thing = before?.told && { ...before, told: withWord(before.told, op) };
  if (thing) await tx.objectStore("thing").put(thing);
  const notes = op.type === "me-too" ? await tx.objectStore("note").index("twin").getAll(op.twin) : [];
  const told = notes.map((note) => withWordUnder(note, op)).filter((note, at) => note !== notes[at]);
  for (const note of told) await tx.objectStore("note").put(note);
  return { ...(thing && { things: [thing] }), notes: told };
};

export const tookBack: Take<null> = async (tx, queued) => {
  const id = noteOf(queued);
  const before = await tx.objectStore("note").get(id);
  for (const picture of picturesOf(before)) await tx.objectStore("photo").delete(picture);
  const rest = before && (before.retractedAt === null ? withoutWords(before, new Date().toISOString()) : before);
  if (rest) {
    await tx.objectStore("note").put(rest);
    return { notes: [rest] };
  }
  await tx.objectStore("note").delete(id);
  return { notesGone: [{ twin: queued.op.twin, id }] };
};

export const tookAgreement: Take<Agreement> = async (tx, _queued, view) => {
  const agreement = laterOf(await tx.objectStore("agreement").get(view.id), view);
  await tx.objectStore("agreement").put(agreement);
  return { agreements: [agreement] };
};
