// Photos of notes, messages and papers: bytes already cleaned of metadata, one row each.

import type { ChannelId, Domain, MessageId, NoteId, PhotoId } from "../domain/ids.ts";
import type { PhotoView } from "../domain/note.ts";

export type CleanPhoto = {
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
};
export type PhotoAuthor =
  | { readonly side: "owner"; readonly channel: ChannelId }
  | { readonly side: "maker"; readonly maker: Domain; readonly note: NoteId };

type Row = {
  id: PhotoId;
  side: "owner" | "maker";
  maker: Domain | null;
  channel: ChannelId | null;
  note: NoteId | null;
  message: MessageId | null;
  type: string;
  size: number;
  width: number;
  height: number;
};
const COLUMNS = "id, side, maker, channel, note, message, type, size, width, height";

const view = (row: Row): PhotoView => ({
  id: row.id,
  type: row.type,
  bytes: row.size,
  width: row.width,
  height: row.height,
});

/** A photo that no note, message or paper names within a day was given up. */
const FREE_FOR_MS = 24 * 3_600_000;

/** Lets go of photos that were given up. */
export const dropFreePhotos = (sql: SqlStorage, now: number): void => {
  sql.exec(
    "DELETE FROM photo WHERE note IS NULL AND created_at < ? AND NOT EXISTS (SELECT 1 FROM paper_file WHERE paper_file.photo = photo.id)",
    now - FREE_FOR_MS,
  );
};

/** How many bytes of pictures a maker has in this tenure. */
export const bytesOfMaker = (sql: SqlStorage, maker: Domain): number =>
  sql.exec<{ bytes: number }>("SELECT coalesce(sum(size), 0) AS bytes FROM photo WHERE maker = ?", maker).one().bytes;

/** Adds a photo that belongs to nothing yet. */
export function addPhoto(sql: SqlStorage, id: PhotoId, author: PhotoAuthor, photo: CleanPhoto, now: number): PhotoView {
  const maker = author.side === "maker" ? author.maker : null;
  const channel = author.side === "owner" ? author.channel : null;
  sql.exec(
    "INSERT INTO photo (id, side, maker, channel, position, type, size, width, height, bytes, created_at) VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?)",
    id,
    author.side,
    maker,
    channel,
    photo.type,
    photo.bytes.length,
    photo.width,
    photo.height,
    photo.bytes,
    now,
  );
  return { id, type: photo.type, bytes: photo.bytes.length, width: photo.width, height: photo.height };
}

/** The photo, and whether (1) it is filed with the papers. */
export const photoRow = (sql: SqlStorage, id: string): (Row & { filed: number }) | undefined =>
  [
    ...sql.exec<Row & { filed: number }>(
      `SELECT ${COLUMNS}, EXISTS (SELECT 1 FROM paper_file WHERE paper_file.photo = photo.id) AS filed FROM photo WHERE id = ?`,
      id,
    ),
  ][0];

/** As anyone who may see the photo is told of it. It must be there. */
export const photoView = (sql: SqlStorage, id: PhotoId): PhotoView => view(photoRow(sql, id)!);

export const photoCount = (sql: SqlStorage): number =>
  sql.exec<{ n: number }>("SELECT count(*) AS n FROM photo WHERE side = 'owner'").one().n;

export const photoBytes = (sql: SqlStorage, id: string): ArrayBuffer =>
  sql.exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM photo WHERE id = ?", id).one().bytes;

/** The first of `ids` that is not a photo of this author which still belongs to nothing; null when all are. */
export function notFree(sql: SqlStorage, ids: readonly string[], author: PhotoAuthor): string | null {
  for (const id of ids) {
    const row = photoRow(sql, id);
    const own = author.side === "owner" ? row?.channel === author.channel : row?.maker === author.maker;
    if (!row || row.side !== author.side || !own || row.note !== null || row.message !== null || row.filed === 1)
      return id;
  }
  return null;
}

export function attachPhotos(sql: SqlStorage, ids: readonly string[], note: NoteId, message: MessageId | null): void {
  ids.forEach((id, position) => {
    sql.exec("UPDATE photo SET note = ?, message = ?, position = ? WHERE id = ?", note, message, position, id);
  });
}

export const notePhotos = (sql: SqlStorage, note: NoteId): PhotoView[] =>
  [...sql.exec<Row>(`SELECT ${COLUMNS} FROM photo WHERE note = ? AND message IS NULL ORDER BY position`, note)].map(
    view,
  );

export const messagePhotos = (sql: SqlStorage, message: MessageId): PhotoView[] =>
  [...sql.exec<Row>(`SELECT ${COLUMNS} FROM photo WHERE message = ? ORDER BY position`, message)].map(view);

export const deletePhotosOf = (sql: SqlStorage, note: NoteId): void => {
  sql.exec("DELETE FROM photo WHERE note = ?", note);
};

export const deletePhotos = (sql: SqlStorage, ids: readonly PhotoId[]): void => {
  for (const id of ids) sql.exec("DELETE FROM photo WHERE id = ?", id);
};

export const photoIdsAfter = (
  sql: SqlStorage,
  after: string,
  limit: number,
): { id: PhotoId; note: NoteId | null; message: MessageId | null; type: string; size: number }[] => [
  ...sql.exec<Row>(`SELECT ${COLUMNS} FROM photo WHERE id > ? ORDER BY id LIMIT ?`, after, limit),
];
