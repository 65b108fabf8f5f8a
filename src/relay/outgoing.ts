// What is to be relayed: one row an event, written in the transaction of the thing it tells of. Holds ids, never words.

import type { EventId, NoteId } from "../domain/ids.ts";

/** `subject` is JSON of ids: what the body is rendered from at each attempt. `urgent` marks a safety note. */
export type NewEvent = {
  readonly id: EventId;
  readonly type: string;
  readonly subject: unknown;
  readonly urgent: boolean;
};

/** `source`: the maker's domain in a Tenure, the twin in a Maker. `seq` counts from 1 per source. Times in ms. */
export type Outgoing = NewEvent & { readonly source: string; readonly seq: number; readonly createdAt: number };

/** The type of the announcement that seqs `from`..`to` did not arrive in their turn; its subject is `{from, to}`, and it has no seq. */
export const GAP = "thread.gap";

/** Queues an event: one insert. Set the alarm to now in the same transaction. */
export function enqueue(sql: SqlStorage, source: string, event: NewEvent, now: number): { seq: number; id: EventId } {
  const { seq } = sql
    .exec<{ seq: number }>(
      `INSERT INTO outgoing (source, seq, id, type, subject, urgent, created_at)
       VALUES (?1, (SELECT coalesce(max(seq), 0) + 1 FROM outgoing WHERE source = ?1), ?2, ?3, ?4, ?5, ?6) RETURNING seq`,
      source,
      event.id,
      event.type,
      JSON.stringify(event.subject),
      event.urgent ? 1 : 0,
      now,
    )
    .one();
  return { seq, id: event.id };
}

/** Keeps an event under the seq it already has, as a tenure that is gone numbered it. */
export function keep(sql: SqlStorage, event: Outgoing): void {
  sql.exec(
    "INSERT OR IGNORE INTO outgoing (source, seq, id, type, subject, urgent, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
    event.source,
    event.seq,
    event.id,
    event.type,
    JSON.stringify(event.subject),
    event.urgent ? 1 : 0,
    event.createdAt,
  );
}

type Row = {
  source: string;
  seq: number;
  id: string;
  type: string;
  subject: string;
  urgent: number;
  created_at: number;
};

const read = (row: Row): Outgoing => ({
  source: row.source,
  seq: row.seq,
  id: row.id as EventId,
  type: row.type,
  subject: JSON.parse(row.subject) as unknown,
  urgent: row.urgent === 1,
  createdAt: row.created_at,
});

/** Events of a source with a seq above `after`, in order. */
export const eventsAfter = (sql: SqlStorage, source: string, after: number, limit: number): Outgoing[] =>
  [
    ...sql.exec<Row>("SELECT * FROM outgoing WHERE source = ? AND seq > ? ORDER BY seq LIMIT ?", source, after, limit),
  ].map(read);

export const eventAt = (sql: SqlStorage, source: string, seq: number): Outgoing | null => {
  const row = [...sql.exec<Row>("SELECT * FROM outgoing WHERE source = ? AND seq = ?", source, seq)][0];
  return row ? read(row) : null;
};

/** Looks through one source's events: for the rare reader who knows no seq. */
export const eventById = (sql: SqlStorage, source: string, id: EventId): Outgoing | null => {
  const row = [...sql.exec<Row>("SELECT * FROM outgoing WHERE source = ? AND id = ?", source, id)][0];
  return row ? read(row) : null;
};

/** The seq of the newest event that is older than `at`, 0 when there is none. */
export const lastBefore = (sql: SqlStorage, source: string, at: number): number =>
  sql
    .exec<{ seq: number }>(
      "SELECT coalesce(max(seq), 0) AS seq FROM outgoing WHERE source = ? AND created_at < ?",
      source,
      at,
    )
    .one().seq;

/** Every source with the seq of its newest event. Seeks from source to source, because a thing has few makers and many events. */
export const newestSeqs = (sql: SqlStorage): { source: string; newest: number }[] => [
  ...sql.exec<{ source: string; newest: number }>(
    `WITH RECURSIVE each_source (source) AS (
       SELECT min(source) FROM outgoing
       UNION ALL
       SELECT (SELECT min(source) FROM outgoing WHERE source > each_source.source) FROM each_source WHERE each_source.source IS NOT NULL
     )
     SELECT source, (SELECT max(seq) FROM outgoing WHERE outgoing.source = each_source.source) AS newest
     FROM each_source WHERE source IS NOT NULL`,
  ),
];

/** Whether a safety note is among the events above `after` that an endpoint with these types wants. */
export const hasUrgentAfter = (
  sql: SqlStorage,
  source: string,
  after: number,
  types: readonly string[] | null,
): boolean =>
  [
    ...sql.exec<{ type: string }>(
      "SELECT DISTINCT type FROM outgoing WHERE source = ? AND seq > ? AND urgent = 1",
      source,
      after,
    ),
  ].some(({ type }) => types === null || types.includes(type));

/** Whether an event of this type was ever queued for a source. */
export const hasOutgoing = (sql: SqlStorage, source: string, type: string): boolean =>
  !sql.exec("SELECT 1 FROM outgoing WHERE source = ? AND type = ? LIMIT 1", source, type).next().done;

/** The seqs of a source's events about one note, in order. A body that an erased tenure left names the note as its `data` does. */
export const seqsAbout = (sql: SqlStorage, source: string, note: NoteId): number[] =>
  [
    ...sql.exec<{ seq: number }>(
      "SELECT seq FROM outgoing WHERE source = ?1 AND ?2 IN (subject ->> '$.note', subject ->> '$.note.id') ORDER BY seq",
      source,
      note,
    ),
  ].map(({ seq }) => seq);
