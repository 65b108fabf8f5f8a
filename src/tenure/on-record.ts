// Which notes are on the item's record, or on their way there: a row a revision, written in the note's own transaction.

import { may, type Caller } from "../domain/access.ts";
import type { ChannelId, NoteId } from "../domain/ids.ts";
import type { RecordPlace } from "../domain/note.ts";
import type { Ground } from "./ground.ts";

/** `at` is null when nothing is to be done. Notes that were to be on the record before there was one are taken there now. */
export const ON_RECORD_SCHEMA = `
CREATE TABLE on_record (
  note TEXT NOT NULL,
  revision INTEGER NOT NULL,
  role TEXT NOT NULL,
  channel TEXT NOT NULL,
  seq INTEGER,
  erasing INTEGER NOT NULL,
  at INTEGER,
  tries INTEGER NOT NULL,
  PRIMARY KEY (note, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX on_record_at ON on_record (at) WHERE at IS NOT NULL;
INSERT INTO on_record (note, revision, role, channel, erasing, at, tries)
SELECT note.id, revision, CASE WHEN scopes LIKE '%"owner"%' THEN 'owner' ELSE 'channel' END, channel, 0, note.created_at, 0
FROM note JOIN channel ON channel.id = note.channel WHERE on_record = 1 AND retracted_at IS NULL;
`;

/** A revision of a note: who put it on the record, its place there (null while on its way), whether what it says is to be forgotten (1). */
export type RevisionOnRecord = {
  readonly note: NoteId;
  readonly revision: number;
  readonly role: "owner" | "channel";
  readonly channel: ChannelId;
  readonly seq: number | null;
  readonly erasing: number;
  readonly tries: number;
};
const COLUMNS = "note, revision, role, channel, seq, erasing, tries";

/** Where a note is on the record: its first entry. Null when it is not, and not on its way. */
export function placeOfNote(sql: SqlStorage, note: NoteId): RecordPlace | null {
  const row = [
    ...sql.exec<{ seq: number | null }>("SELECT seq FROM on_record WHERE note = ? ORDER BY revision LIMIT 1", note),
  ][0];
  return row ? { seq: row.seq } : null;
}

/** Has a note as it stands now taken to the record. Part of its transaction. */
export function putNoteOnRecord(ground: Ground, note: NoteId, revision: number, caller: Caller, now: number): void {
  ground.sql.exec(
    "INSERT INTO on_record (note, revision, role, channel, erasing, at, tries) VALUES (?, ?, ?, ?, 0, ?, 0)",
    note,
    revision,
    may(caller, "owner") ? "owner" : "channel",
    caller.id,
    now,
  );
  ground.wakeAt(now);
}

/** Has the record forget what the note's entries say. Part of the transaction in which the note goes. */
export function takeNoteOffRecord(ground: Ground, note: NoteId, now: number): void {
  const { sql } = ground;
  const { rowsWritten } = sql.exec("UPDATE on_record SET erasing = 1, at = ?, tries = 0 WHERE note = ?", now, note);
  if (rowsWritten > 0) ground.wakeAt(now);
}

/** The next that is due: a note's revisions in their order, and none while an earlier one is under way. */
export const nextForRecord = (sql: SqlStorage, now: number): RevisionOnRecord | null =>
  [
    ...sql.exec<RevisionOnRecord>(
      `SELECT ${COLUMNS} FROM on_record AS one WHERE at <= ? AND NOT EXISTS
         (SELECT 1 FROM on_record AS other WHERE other.note = one.note AND other.revision < one.revision AND other.at IS NOT NULL)
       ORDER BY at, revision LIMIT 1`,
      now,
    ),
  ][0] ?? null;

/** All of a note's that are on the record or on their way there. */
export const revisionsOnRecord = (sql: SqlStorage, note: NoteId): RevisionOnRecord[] => [
  ...sql.exec<RevisionOnRecord>(`SELECT ${COLUMNS} FROM on_record WHERE note = ?`, note),
];

/** One that the record is still to forget, due or not; null when there is none. */
export const takenBack = (sql: SqlStorage): RevisionOnRecord | null =>
  [...sql.exec<RevisionOnRecord>(`SELECT ${COLUMNS} FROM on_record WHERE erasing = 1 LIMIT 1`)][0] ?? null;

/** When something is due (ms), or null. */
export const nextForRecordAt = (sql: SqlStorage): number | null =>
  sql.exec<{ at: number | null }>("SELECT min(at) AS at FROM on_record WHERE at IS NOT NULL").one().at;

export const tryAt = (sql: SqlStorage, { note, revision }: RevisionOnRecord, at: number, tries: number): void => {
  sql.exec("UPDATE on_record SET at = ?, tries = ? WHERE note = ? AND revision = ?", at, tries, note, revision);
};

/** It is on the record. A note that went meanwhile is due again at `now`, to be forgotten. */
export const isOnRecord = (sql: SqlStorage, { note, revision }: RevisionOnRecord, seq: number, now: number): void => {
  sql.exec(
    "UPDATE on_record SET seq = ?, at = CASE erasing WHEN 1 THEN ? END, tries = 0 WHERE note = ? AND revision = ?",
    seq,
    now,
    note,
    revision,
  );
};

export const dropFromRecord = (sql: SqlStorage, { note, revision }: RevisionOnRecord): void => {
  sql.exec("DELETE FROM on_record WHERE note = ? AND revision = ?", note, revision);
};

/** The place of the note's entry before this revision, which this one corrects; null for its first. */
export const placeBefore = (sql: SqlStorage, { note, revision }: RevisionOnRecord): number | null =>
  [
    ...sql.exec<{ seq: number }>(
      "SELECT seq FROM on_record WHERE note = ? AND revision < ? AND seq IS NOT NULL ORDER BY revision DESC LIMIT 1",
      note,
      revision,
    ),
  ][0]?.seq ?? null;
