// What a team tells itself about a thread. It never leaves the company: no path to an owner reads it.

import type { Assignee, InternalNote } from "../domain/desk.ts";
import type { KeyId, NoteId } from "../domain/ids.ts";

type Row = { seq: number; author: KeyId; author_label: string; text: string; at: number };

const noteOf = ({ seq, author, author_label, text, at }: Row): InternalNote => ({
  id: String(seq),
  author: { id: author, label: author_label },
  text,
  at,
});

/** Oldest first; of many the newest `limit`. */
export const internalNotes = (sql: SqlStorage, note: NoteId, limit: number): InternalNote[] =>
  [...sql.exec<Row>("SELECT * FROM internal_note WHERE note = ? ORDER BY seq DESC LIMIT ?", note, limit)]
    .map(noteOf)
    .toReversed();

export const addInternalNote = (
  sql: SqlStorage,
  note: NoteId,
  author: Assignee,
  text: string,
  now: number,
): InternalNote =>
  noteOf(
    sql
      .exec<Row>(
        "INSERT INTO internal_note (note, author, author_label, text, at) VALUES (?, ?, ?, ?, ?) RETURNING *",
        note,
        author.id,
        author.label,
        text,
        now,
      )
      .one(),
  );
