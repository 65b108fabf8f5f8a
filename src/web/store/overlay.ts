// A thing's notes as a person sees them: what the server has, with what they did since laid over it. Pure.

import type { Problem } from "../api/call.ts";
import type { Message, Photo } from "../api/views.ts";
import type { KeptNote } from "./db.ts";
import { photosOf, subjectOf, type Operation, type Queued } from "./operation.ts";
import { OPEN_AGAIN, unreadOf, withoutWords } from "./replica.ts";

/** What became of something done on this device: null once the server has it. */
export type Standing = null | "waiting" | "sending" | "refused";

type Pending = {
  readonly queued: Standing;
  /** Why it was refused. */
  readonly problem?: Problem;
  /** Its place in the queue, for `retry` and `discard`. */
  readonly queueSeq?: number;
};
export type LocalMessage = Message & Pending;
export type LocalNote = Omit<KeptNote, "messages" | "seen"> &
  Pending & { readonly messages: LocalMessage[]; readonly unread: number };

/** The id under which a queued photo is found until it has its own. */
export const localPhoto = (local: string, index: number): string => `${local}.${index}`;

/** Photos that are only here: nobody has measured them yet. */
const localPhotos = ({ id, op }: Queued): Photo[] =>
  photosOf(op).map((blob, index) => ({
    id: localPhoto(id, index),
    type: blob.type,
    bytes: blob.size,
    width: 0,
    height: 0,
  }));

const standing = (queued: Queued, sendingSeq: number | null): Pending => ({
  queued: queued.state === "refused" ? "refused" : queued.seq === sendingSeq ? "sending" : "waiting",
  queueSeq: queued.seq,
  ...(queued.problem && { problem: queued.problem }),
});

const QUEUED = { state: "queued", reason: null } as const;

const localNote = (queued: Queued, op: Extract<Operation, { type: "note" }>, pending: Pending): LocalNote => ({
  id: queued.id,
  twin: op.twin,
  kind: op.input.kind,
  title: op.input.title ?? null,
  text: op.input.text,
  wants: op.input.wants ?? "nothing",
  sent: op.input.send ?? false,
  sentAt: op.input.send ? queued.at : null,
  serial: typeof op.input.serial === "string" ? op.input.serial : null,
  onRecord: op.input.onRecord ?? false,
  occurredAt: op.input.occurredAt ?? null,
  createdAt: queued.at,
  updatedAt: queued.at,
  revision: 1,
  retractedAt: null,
  channel: "",
  photos: localPhotos(queued),
  relay: op.input.send ? QUEUED : { state: "private", reason: null },
  thread: OPEN_AGAIN,
  knownIssue: null,
  record: op.input.onRecord ? { seq: null } : null,
  messages: [],
  unread: 0,
  ...pending,
});

const localMessage = (queued: Queued, text: string, pending: Pending): LocalMessage => ({
  id: queued.id,
  from: "owner",
  maker: null,
  channel: null,
  text,
  type: null,
  outcome: null,
  author: null,
  photos: localPhotos(queued),
  createdAt: queued.at,
  relay: null,
  ...pending,
});

/** One operation laid over the note it is about; null when it takes the note away. */
function laidOver(note: LocalNote, queued: Queued, pending: Pending): LocalNote | null {
  const { op } = queued;
  // What was refused didn't happen; the note only says so.
  const refused = pending.queued === "refused";
  // The first that waits or was refused is what a person must know of.
  const marked = note.queued === null ? { ...note, ...pending } : note;
  switch (op.type) {
    case "message": {
      const messages = [...note.messages, localMessage(queued, op.text, pending)];
      return refused ? { ...note, messages } : { ...note, messages, thread: OPEN_AGAIN };
    }
    case "verdict":
      if (refused) return marked;
      return op.verdict === "addressed"
        ? { ...marked, thread: { ...note.thread, state: "closed", verdict: op.verdict } }
        : { ...marked, thread: { ...OPEN_AGAIN, verdict: op.verdict } };
    case "send":
      return refused || note.sent ? marked : { ...marked, sent: true, sentAt: queued.at, relay: QUEUED };
    case "on-record":
      return refused || note.onRecord ? marked : { ...marked, onRecord: true };
    case "revise":
      if (refused) return marked;
      return {
        ...marked,
        ...(op.text !== undefined && { text: op.text }),
        ...(op.title !== undefined && { title: op.title }),
        updatedAt: queued.at,
      };
    case "retract": {
      if (refused) return marked;
      const rest = withoutWords({ ...note, seen: null }, queued.at);
      if (!rest) return null;
      const { messages: _messages, seen: _seen, ...wordless } = rest;
      return { ...wordless, ...pending, messages: [], unread: 0 };
    }
    default:
      return note;
  }
}

const seenBefore = new WeakMap<KeptNote, { readonly since: string | null; readonly local: LocalNote }>();

/** The same object as long as nothing of the note changed, so that what shows it needs no drawing again. */
function plain(note: KeptNote, since: string | null): LocalNote {
  const before = seenBefore.get(note);
  if (before && before.since === since) return before.local;
  const { seen: _, ...rest } = note;
  const messages = note.messages.map((message) => ({ ...message, queued: null }));
  const local: LocalNote = { ...rest, messages, unread: unreadOf(note, since), queued: null };
  seenBefore.set(note, { since, local });
  return local;
}

/** By how much this device's clock may differ from the server's. */
const SKEW_MS = 300_000;

/**
 * The server's copy of a queued note, where the feed brought it before its answer came: the socket may be quicker. Until the answer
 * says that the two are one, the queue's stands for both.
 */
function arrived(notes: ReadonlyMap<string, LocalNote>, { op, tries, firstTriedAt }: Queued): string | null {
  if (op.type !== "note" || tries === 0 || firstTriedAt === null) return null;
  for (const note of notes.values()) {
    const isSame =
      note.queued === null &&
      note.kind === op.input.kind &&
      note.text === op.input.text &&
      Date.parse(note.createdAt) >= firstTriedAt - SKEW_MS;
    if (isSame) return note.id;
  }
  return null;
}

/** A twin's notes, newest first. `queue` holds its operations in their order. */
export function notesWith(
  notes: Iterable<KeptNote>,
  queue: readonly Queued[],
  since: string | null,
  sendingSeq: number | null,
): readonly LocalNote[] {
  const all = new Map<string, LocalNote>();
  for (const note of notes) all.set(note.id, plain(note, since));
  for (const queued of queue) {
    const pending = standing(queued, sendingSeq);
    if (queued.op.type === "note") {
      const there = arrived(all, queued);
      if (there !== null) all.delete(there);
      all.set(queued.id, localNote(queued, queued.op, pending));
      continue;
    }
    const note = all.get(subjectOf(queued) ?? "");
    if (!note) continue;
    const after = laidOver(note, queued, pending);
    if (after) all.set(note.id, after);
    else all.delete(note.id);
  }
  return [...all.values()].toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0));
}
