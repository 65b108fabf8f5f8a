// How far each company's desk was told of this tenure's threads. Rows only; what is told is rendered elsewhere.

import { isDomain, type Domain, type NoteId } from "../domain/ids.ts";

/**
 * `turn` is the last telling that was begun, `acked` the last that the desk answered. `cursor`: events up to it are told. `walk`: everything
 * is told anew, notes up to it are; null while not. Verdicts and closings are the only changes of a thread whose time no other row has.
 */
export const DESK_LINE_SCHEMA = `
CREATE TABLE desk_line (
  maker TEXT PRIMARY KEY,
  epoch INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  acked INTEGER NOT NULL,
  cursor INTEGER NOT NULL,
  walk INTEGER,
  again_at INTEGER,
  failures INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX event_turn ON event (note, at) WHERE type IN ('note.sent', 'thread.verdict', 'thread.closed');
`;

type Row = {
  maker: Domain;
  epoch: number;
  turn: number;
  acked: number;
  cursor: number;
  walk: number | null;
  again_at: number | null;
  failures: number;
};

export type DeskLine = {
  readonly maker: Domain;
  readonly epoch: number;
  readonly turn: number;
  readonly acked: number;
  readonly cursor: number;
  readonly walk: number | null;
  readonly againAt: number;
  readonly failures: number;
};

const lineOf = ({ again_at: againAt, ...row }: Row): DeskLine => ({ ...row, againAt: againAt ?? 0 });

export const deskLines = (sql: SqlStorage): DeskLine[] => [...sql.exec<Row>("SELECT * FROM desk_line")].map(lineOf);
export const deskLine = (sql: SqlStorage, maker: Domain): DeskLine | null => {
  const row = [...sql.exec<Row>("SELECT * FROM desk_line WHERE maker = ?", maker)][0];
  return row ? lineOf(row) : null;
};

/** Companies that agreed to terms and whose desk was told nothing yet. An agreement by a reply link is with nobody who has a desk. */
export const makersWithoutLine = (sql: SqlStorage): Domain[] =>
  [
    ...sql.exec<{ maker: Domain }>(
      "SELECT DISTINCT maker FROM agreement WHERE terms IS NOT NULL AND maker NOT IN (SELECT maker FROM desk_line)",
    ),
  ].flatMap(({ maker }) => (isDomain(maker) ? [maker] : []));

/** From here on everything is told anew, whatever was told before; what happened up to the event `last` is part of that. */
export function beginAnew(sql: SqlStorage, maker: Domain, last: number): void {
  sql.exec(
    `INSERT INTO desk_line (maker, epoch, turn, acked, cursor, walk, failures) VALUES (?1, 1, 0, 0, ?2, 0, 0)
     ON CONFLICT DO UPDATE SET epoch = epoch + 1, cursor = ?2, walk = 0, again_at = NULL`,
    maker,
    last,
  );
}

/** The desk has not what it answered to: it takes the next telling whatever it knows. */
export const forgetAcked = (sql: SqlStorage, maker: Domain): void => {
  sql.exec("UPDATE desk_line SET acked = 0 WHERE maker = ?", maker);
};

export const takeTurn = (sql: SqlStorage, maker: Domain): number =>
  sql.exec<{ turn: number }>("UPDATE desk_line SET turn = turn + 1 WHERE maker = ? RETURNING turn", maker).one().turn;

/** What was told is told; where everything is to be told anew since, only that the desk answered. */
export function settleTurn(
  sql: SqlStorage,
  { maker, epoch }: DeskLine,
  told: { readonly turn: number; readonly cursor: number; readonly walk: number | null },
): void {
  sql.exec(
    `UPDATE desk_line SET acked = ?3, failures = 0, again_at = NULL, cursor = iif(epoch = ?2, ?4, cursor), walk = iif(epoch = ?2, ?5, walk)
     WHERE maker = ?1`,
    maker,
    epoch,
    told.turn,
    told.cursor,
    told.walk,
  );
}

/** Nothing up to here concerns this desk. */
export const skipTo = (sql: SqlStorage, { maker, epoch }: DeskLine, cursor: number): void => {
  sql.exec("UPDATE desk_line SET cursor = ? WHERE maker = ? AND epoch = ? AND walk IS NULL", cursor, maker, epoch);
};

export const tellLater = (sql: SqlStorage, maker: Domain, at: number): void => {
  sql.exec("UPDATE desk_line SET again_at = ?, failures = failures + 1 WHERE maker = ?", at, maker);
};

export type Concerning = { readonly seq: number; readonly note: NoteId | null };

/** Events after `after` that change what this company's desk shows; one without a note changes all of its threads. */
export const eventsConcerning = (sql: SqlStorage, maker: Domain, after: number, limit: number): Concerning[] => [
  ...sql.exec<{ seq: number; note: NoteId | null }>(
    `SELECT event.seq, event.note FROM event
       LEFT JOIN note ON note.id = event.note LEFT JOIN agreement ON agreement.id = event.agreement
     WHERE event.seq > ?1 AND (
       (note.maker = ?2 AND event.type IN ('note.written', 'note.sent', 'note.updated', 'note.retracted', 'message.posted',
         'thread.outcome', 'thread.verdict', 'thread.closed'))
       OR (agreement.maker = ?2 AND event.type GLOB 'agreement.*'))
     ORDER BY event.seq LIMIT ?3`,
    after,
    maker,
    limit,
  ),
];

/** The company's notes in the order they were written, those after `after`; told or not. */
export const notesToTell = (
  sql: SqlStorage,
  maker: Domain,
  after: number,
  limit: number,
): { seq: number; id: NoteId }[] => [
  ...sql.exec<{ seq: number; id: NoteId }>(
    `SELECT seq, id FROM note WHERE seq > ? AND sent_at IS NOT NULL AND maker = ? AND outgoing_seq IS NOT NULL
       AND retracted_at IS NULL ORDER BY seq LIMIT ?`,
    after,
    maker,
    limit,
  ),
];

/** When a thread was last sent, judged or closed; null where never. */
export const turnedAt = (sql: SqlStorage, note: NoteId): number | null =>
  sql
    .exec<{ at: number | null }>(
      "SELECT max(at) AS at FROM event WHERE note = ? AND type IN ('note.sent', 'thread.verdict', 'thread.closed')",
      note,
    )
    .one().at;
