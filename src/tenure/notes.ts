// The tenure's notes: one row each, its revisions beside it.

import type { ChannelId, Domain, NoteId } from "../domain/ids.ts";
import type { Kind, NoteInput, NoteView, RelayState, Wants } from "../domain/note.ts";
import { closesAt, newThread, type Thread, type ThreadState, type Verdict } from "../domain/thread.ts";
import type { Outcome } from "../domain/exchange.ts";
import { rfc3339 } from "../domain/instant.ts";
import { forgetNoteIssue, noteIssue } from "./note-issues.ts";
import { placeOfNote } from "./on-record.ts";
import { notePhotos } from "./photos.ts";

// Rows are read as arrays of these columns: an array of 24 values costs half of an object with 24 names.
const COLUMNS = `seq, id, channel, kind, wants, title, text, serial, on_record, occurred_at, created_at, updated_at, revision, photos, sent_at,
  maker, outgoing_seq, relay_state, relay_reason, retracted_at, thread_state, outcome, outcome_at, verdict, told`;
type NoteRow = [
  seq: number,
  id: NoteId,
  channel: ChannelId,
  kind: Kind,
  wants: Wants,
  title: string | null,
  text: string | null,
  serial: string | null,
  onRecord: number,
  occurredAt: number | null,
  createdAt: number,
  updatedAt: number,
  revision: number,
  photos: number,
  sentAt: number | null,
  maker: Domain | null,
  outgoingSeq: number | null,
  relayState: RelayState,
  relayReason: string | null,
  retractedAt: number | null,
  threadState: ThreadState,
  outcome: Outcome | null,
  outcomeAt: number | null,
  verdict: Verdict | null,
  told: number,
];

export type Note = {
  readonly seq: number;
  readonly id: NoteId;
  readonly channel: ChannelId;
  readonly kind: Kind;
  readonly wants: Wants;
  readonly title: string | null;
  readonly text: string | null;
  readonly serial: string | null;
  readonly onRecord: boolean;
  readonly occurredAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly revision: number;
  readonly photos: number;
  readonly sentAt: number | null;
  /** The maker it was sent to, fixed when it was. */
  readonly maker: Domain | null;
  /** Its `note.sent` event's place in the outbox; null until it went in. */
  readonly outgoingSeq: number | null;
  /** Whether it ever was in an outbox: then its maker must hear of its end. */
  readonly told: boolean;
  readonly relay: { readonly state: RelayState; readonly reason: string | null };
  readonly retractedAt: number | null;
  readonly thread: Thread;
};

const noteOf = ([
  seq,
  id,
  channel,
  kind,
  wants,
  title,
  text,
  serial,
  onRecord,
  occurredAt,
  createdAt,
  updatedAt,
  revision,
  photos,
  sentAt,
  maker,
  outgoingSeq,
  relayState,
  relayReason,
  retractedAt,
  threadState,
  outcome,
  outcomeAt,
  verdict,
  told,
]: NoteRow): Note => ({
  seq,
  id,
  channel,
  kind,
  wants,
  title,
  text,
  serial,
  onRecord: onRecord === 1,
  occurredAt,
  createdAt,
  updatedAt,
  revision,
  photos,
  sentAt,
  maker,
  outgoingSeq,
  told: told === 1,
  relay: { state: relayState, reason: relayReason },
  retractedAt,
  thread: { state: threadState, outcome, outcomeAt, verdict },
});

/** The notes that `rest` of a SELECT names. */
const select = (sql: SqlStorage, rest: string, ...bound: (string | number)[]): Note[] =>
  [...sql.exec(`SELECT ${COLUMNS} FROM note ${rest}`, ...bound).raw<NoteRow>()].map(noteOf);

const rfc3339OrNull = (at: number | null): string | null => (at === null ? null : rfc3339(at));

export function noteView(sql: SqlStorage, note: Note): NoteView {
  return {
    id: note.id,
    kind: note.kind,
    title: note.title,
    text: note.text,
    wants: note.wants,
    sent: note.sentAt !== null,
    sentAt: rfc3339OrNull(note.sentAt),
    serial: note.serial,
    onRecord: note.onRecord,
    occurredAt: rfc3339OrNull(note.occurredAt),
    createdAt: rfc3339(note.createdAt),
    updatedAt: rfc3339(note.updatedAt),
    revision: note.revision,
    retractedAt: rfc3339OrNull(note.retractedAt),
    channel: note.channel,
    photos: note.photos === 0 ? [] : notePhotos(sql, note.id),
    relay: note.relay,
    thread: {
      state: note.thread.state,
      outcome: note.thread.outcome,
      closesAt: rfc3339OrNull(closesAt(note.thread)),
      verdict: note.thread.verdict,
    },
    knownIssue: note.told ? noteIssue(sql, note.id) : null,
    record: note.onRecord ? placeOfNote(sql, note.id) : null,
  };
}

export type NewNote = Omit<NoteInput, "serial" | "send"> & { readonly serial: string | null };

export function addNote(
  sql: SqlStorage,
  id: NoteId,
  channel: ChannelId,
  input: NewNote,
  relay: {
    state: RelayState;
    reason: string | null;
    sentAt: number | null;
    maker: Domain | null;
    outgoingSeq: number | null;
  },
  now: number,
): Note {
  const told = relay.outgoingSeq !== null;
  const [row] = sql
    .exec(
      `INSERT INTO note (id, channel, kind, wants, title, text, serial, on_record, occurred_at, created_at, updated_at, revision,
         photos, sent_at, maker, outgoing_seq, relay_state, relay_reason, thread_state, told, verdict_waits)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, 'open', ?, 0) RETURNING seq`,
      id,
      channel,
      input.kind,
      input.wants,
      input.title ?? null,
      input.text,
      input.serial,
      input.onRecord ? 1 : 0,
      input.occurredAt ?? null,
      now,
      now,
      input.photos.length,
      relay.sentAt,
      relay.maker,
      relay.outgoingSeq,
      relay.state,
      relay.reason,
      told ? 1 : 0,
    )
    .raw<[seq: number]>();
  return {
    seq: row![0],
    id,
    channel,
    kind: input.kind,
    wants: input.wants,
    title: input.title ?? null,
    text: input.text,
    serial: input.serial,
    onRecord: input.onRecord,
    occurredAt: input.occurredAt ?? null,
    createdAt: now,
    updatedAt: now,
    revision: 1,
    photos: input.photos.length,
    sentAt: relay.sentAt,
    maker: relay.maker,
    outgoingSeq: relay.outgoingSeq,
    told,
    relay: { state: relay.state, reason: relay.reason },
    retractedAt: null,
    thread: newThread,
  };
}

export const noteById = (sql: SqlStorage, id: string): Note | null => select(sql, "WHERE id = ?", id)[0] ?? null;

export type NoteFilter = {
  readonly kind?: Kind | undefined;
  readonly sent?: boolean | undefined;
  readonly q?: string | undefined;
  readonly own?: ChannelId | undefined;
};

const SCANNED_AT_ONCE = 10_000;

/** Case and accents as a person searching expects. */
const folded = (text: string): string => text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();

/** Newest first. Private notes that were deleted are gone; a retracted note that was sent stays, without words. */
export function listNotes(
  sql: SqlStorage,
  filter: NoteFilter,
  limit: number,
  before: number | null,
): { items: Note[]; next: number | null } {
  const where = ["seq < ?", "(retracted_at IS NULL OR sent_at IS NOT NULL)"];
  const bound: (string | number)[] = [before ?? Number.MAX_SAFE_INTEGER];
  if (filter.kind) {
    where.push("kind = ?");
    bound.push(filter.kind);
  }
  if (filter.sent !== undefined) where.push(filter.sent ? "sent_at IS NOT NULL" : "sent_at IS NULL");
  if (filter.own) {
    where.push("channel = ?");
    bound.push(filter.own);
  }
  const clause = `WHERE ${where.join(" AND ")} ORDER BY seq DESC`;
  if (filter.q === undefined) return pageOf(select(sql, `${clause} LIMIT ?`, ...bound, limit + 1), limit);
  const wanted = folded(filter.q);
  const items: Note[] = [];
  let scanned = 0;
  for (const row of sql.exec(`SELECT ${COLUMNS} FROM note ${clause}`, ...bound).raw<NoteRow>()) {
    const note = noteOf(row);
    if (folded(`${note.title ?? ""}\n${note.text ?? ""}`).includes(wanted)) items.push(note);
    // A search that finds little must not hold everyone else up: the next page goes on from here.
    if (items.length === limit || ++scanned === SCANNED_AT_ONCE) return { items, next: note.seq };
  }
  return { items, next: null };
}

/** Up to `limit` of what was found, which is one more when there is a next page. */
function pageOf(found: readonly Note[], limit: number): { items: Note[]; next: number | null } {
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? items.at(-1)!.seq : null };
}

/** Oldest first, for an export: all that still have words, and what is left of those that were sent. */
export const notesAfter = (sql: SqlStorage, after: number, limit: number): Note[] =>
  select(sql, "WHERE seq > ? AND (retracted_at IS NULL OR sent_at IS NOT NULL) ORDER BY seq LIMIT ?", after, limit);

export function reviseNote(
  sql: SqlStorage,
  note: Note,
  change: { title?: string | null | undefined; text?: string | undefined },
  now: number,
): Note {
  sql.exec(
    "INSERT INTO note_revision (note, revision, title, text, at) VALUES (?, ?, ?, ?, ?)",
    note.id,
    note.revision,
    note.title,
    note.text ?? "",
    note.updatedAt,
  );
  sql.exec(
    "UPDATE note SET title = ?, text = ?, revision = revision + 1, updated_at = ? WHERE seq = ?",
    change.title === undefined ? note.title : change.title,
    change.text ?? note.text,
    now,
    note.seq,
  );
  return noteById(sql, note.id)!;
}

type RevisionView = NonNullable<NoteView["revisions"]>[number];
type RevisionRow = { note: NoteId; revision: number; title: string | null; text: string; at: number };
const revisionView = ({ revision, title, text, at }: RevisionRow): RevisionView => ({
  revision,
  title,
  text,
  at: rfc3339(at),
});

/** What a note said before: the newest `limit` of it, oldest first. */
export const revisionsOf = (sql: SqlStorage, note: NoteId, limit: number): RevisionView[] =>
  [...sql.exec<RevisionRow>("SELECT * FROM note_revision WHERE note = ? ORDER BY revision DESC LIMIT ?", note, limit)]
    .map(revisionView)
    .toReversed();

/** What a note said in one of its revisions, the present one or an earlier. */
export function wordsOf(sql: SqlStorage, note: Note, revision: number): { title: string | null; text: string | null } {
  const { title, text } = note;
  if (revision === note.revision) return { title, text };
  return sql
    .exec<{ title: string | null; text: string }>(
      "SELECT title, text FROM note_revision WHERE note = ? AND revision = ?",
      note.id,
      revision,
    )
    .one();
}

/** All of what was said before, a page at a time, by note and revision. */
export const revisionsAfter = (
  sql: SqlStorage,
  after: { note: string; revision: number },
  limit: number,
): { note: NoteId; view: RevisionView }[] =>
  [
    ...sql.exec<RevisionRow>(
      "SELECT * FROM note_revision WHERE (note, revision) > (?, ?) ORDER BY note, revision LIMIT ?",
      after.note,
      after.revision,
      limit,
    ),
  ].map((row) => ({ note: row.note, view: revisionView(row) }));

/** Its owner wants it on the item's record. */
export const markOnRecord = (sql: SqlStorage, note: NoteId): void => {
  sql.exec("UPDATE note SET on_record = 1 WHERE id = ?", note);
};

/** Marks it sent; the outbox place is null while it waits. */
export function markSent(
  sql: SqlStorage,
  note: Note,
  maker: Domain,
  outgoingSeq: number | null,
  reason: string | null,
  now: number,
): void {
  sql.exec(
    "UPDATE note SET sent_at = coalesce(sent_at, ?), maker = ?, outgoing_seq = ?, told = ?, relay_state = ?, relay_reason = ? WHERE seq = ?",
    now,
    maker,
    outgoingSeq,
    note.told || outgoingSeq !== null ? 1 : 0,
    outgoingSeq === null ? "waiting" : "queued",
    reason,
    note.seq,
  );
}

export const setRelay = (sql: SqlStorage, note: NoteId, state: RelayState, reason: string | null): void => {
  sql.exec("UPDATE note SET relay_state = ?, relay_reason = ? WHERE id = ?", state, reason, note);
};

export const setThread = (sql: SqlStorage, note: NoteId, thread: Thread): void => {
  sql.exec(
    "UPDATE note SET thread_state = ?, outcome = ?, outcome_at = ?, verdict = ? WHERE id = ?",
    thread.state,
    thread.outcome,
    thread.outcomeAt,
    thread.verdict,
    note,
  );
};

/** Takes every word of the note out; what stays says that there was one. */
export function wipeNote(sql: SqlStorage, note: NoteId, now: number): void {
  sql.exec("DELETE FROM note_revision WHERE note = ?", note);
  forgetNoteIssue(sql, note);
  sql.exec(
    "UPDATE note SET title = NULL, text = NULL, serial = NULL, occurred_at = NULL, photos = 0, retracted_at = ?, updated_at = ? WHERE id = ?",
    now,
    now,
    note,
  );
}

export const waitingNotes = (sql: SqlStorage, maker: Domain): Note[] =>
  select(sql, "WHERE relay_state = 'waiting' AND retracted_at IS NULL AND maker = ? ORDER BY sent_at, seq", maker);

/** Takes back the outbox places of notes that have not arrived. */
export const withdrawNotes = (sql: SqlStorage, maker: Domain, reason: string): void => {
  sql.exec(
    `UPDATE note SET outgoing_seq = NULL, relay_state = 'waiting', relay_reason = ?
     WHERE relay_state IN ('queued', 'delivering', 'delayed') AND maker = ? AND retracted_at IS NULL`,
    reason,
    maker,
  );
};

/** The owner's verdict on one of these was given while no agreement could carry it. */
export const verdictWaits = (sql: SqlStorage, note: NoteId, waits: boolean): void => {
  sql.exec("UPDATE note SET verdict_waits = ? WHERE id = ?", waits ? 1 : 0, note);
};

export const notesWithWaitingVerdict = (sql: SqlStorage, maker: Domain): Note[] =>
  select(
    sql,
    "WHERE verdict_waits = 1 AND outgoing_seq IS NOT NULL AND retracted_at IS NULL AND maker = ? ORDER BY seq",
    maker,
  );

export const closingNotes = (sql: SqlStorage, before: number): Note[] =>
  select(
    sql,
    "WHERE thread_state = 'answered' AND outcome_at IS NOT NULL AND outcome_at <= ? ORDER BY outcome_at LIMIT 100",
    before,
  );

export const firstOutcomeAt = (sql: SqlStorage): number | null =>
  sql
    .exec<{ at: number | null }>(
      "SELECT min(outcome_at) AS at FROM note WHERE thread_state = 'answered' AND outcome_at IS NOT NULL",
    )
    .one().at;

/** Rows are never deleted, so what was written is the highest seq; only what was retracted is counted. */
export function noteCounts(sql: SqlStorage): { notes: number; sent: number } {
  const { written, retracted, sent, unsaid } = sql
    .exec<{ written: number; retracted: number; sent: number; unsaid: number }>(
      `SELECT (SELECT coalesce(max(seq), 0) FROM note) AS written,
         (SELECT count(*) FROM note WHERE retracted_at IS NOT NULL) AS retracted,
         (SELECT count(*) FROM note WHERE sent_at IS NOT NULL) AS sent,
         (SELECT count(*) FROM note WHERE retracted_at IS NOT NULL AND sent_at IS NOT NULL) AS unsaid`,
    )
    .one();
  return { notes: written - retracted, sent: sent - unsaid };
}

/** The same of what one channel wrote, for one that may not know of the others' notes. */
export const ownNoteCounts = (sql: SqlStorage, channel: ChannelId): { notes: number; sent: number } =>
  sql
    .exec<{ notes: number; sent: number }>(
      "SELECT count(*) AS notes, count(sent_at) AS sent FROM note WHERE channel = ? AND retracted_at IS NULL",
      channel,
    )
    .one();
