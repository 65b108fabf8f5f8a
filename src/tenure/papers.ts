// The papers as they stand: one row, its files, and when to remind of the warranty's end.

import type { PhotoId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import { NO_PAPERS, type PaperKind, type PapersInput, type PapersView } from "../domain/papers.ts";
import { photoView } from "./photos.ts";

/** The tag of papers that were never written. What is written has a digest for its tag. */
const UNWRITTEN = "unwritten";

type Row = {
  bought_on: string | null;
  bought_at: string | null;
  price: string | null;
  serial: string | null;
  warranty_until: string | null;
  remind_days: number;
  manual_url: string | null;
  remarks: string | null;
  etag: string;
  updated_at: number;
  reminded_for: string | null;
};
type FileRow = { photo: PhotoId; kind: PaperKind; label: string | null };

const rowOf = (sql: SqlStorage): Row | undefined => [...sql.exec<Row>("SELECT * FROM papers")][0];
const files = (sql: SqlStorage): FileRow[] => [
  ...sql.exec<FileRow>("SELECT photo, kind, label FROM paper_file ORDER BY position"),
];

export const papersTag = (sql: SqlStorage): string => rowOf(sql)?.etag ?? UNWRITTEN;
/** The last day of the warranty that was reminded of last. */
export const remindedFor = (sql: SqlStorage): string | null => rowOf(sql)?.reminded_for ?? null;
export const paperPhotos = (sql: SqlStorage): PhotoId[] => files(sql).map(({ photo }) => photo);

export function papersView(sql: SqlStorage): PapersView {
  const row = rowOf(sql);
  if (!row) return { ...NO_PAPERS, files: [], updatedAt: null };
  return {
    boughtOn: row.bought_on,
    boughtAt: row.bought_at,
    price: row.price,
    serial: row.serial,
    warrantyUntil: row.warranty_until,
    remindDays: row.remind_days,
    manualUrl: row.manual_url,
    remarks: row.remarks,
    files: files(sql).map(({ photo, kind, label }) => ({ photo: photoView(sql, photo), kind, label })),
    updatedAt: rfc3339(row.updated_at),
  };
}

/** Writes the whole document in the place of what was there. `due` is when to remind, null for never. */
export function keepPapers(sql: SqlStorage, papers: PapersInput, etag: string, due: number | null, now: number): void {
  sql.exec(
    `INSERT INTO papers (id, bought_on, bought_at, price, serial, warranty_until, remind_days, manual_url, remarks, etag, updated_at, remind_at)
     VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET bought_on = excluded.bought_on, bought_at = excluded.bought_at, price = excluded.price,
       serial = excluded.serial, warranty_until = excluded.warranty_until, remind_days = excluded.remind_days,
       manual_url = excluded.manual_url, remarks = excluded.remarks, etag = excluded.etag, updated_at = excluded.updated_at,
       remind_at = excluded.remind_at`,
    papers.boughtOn,
    papers.boughtAt,
    papers.price,
    papers.serial,
    papers.warrantyUntil,
    papers.remindDays,
    papers.manualUrl,
    papers.remarks,
    etag,
    now,
    due,
  );
  sql.exec("DELETE FROM paper_file");
  papers.files.forEach(({ photo, kind, label }, position) => {
    sql.exec("INSERT INTO paper_file (photo, position, kind, label) VALUES (?, ?, ?, ?)", photo, position, kind, label);
  });
}

/** When the next reminder is due (ms), or null. */
export const nextReminderAt = (sql: SqlStorage): number | null =>
  [...sql.exec<{ at: number | null }>("SELECT remind_at AS at FROM papers")][0]?.at ?? null;

/** Takes the reminder that is due, so that it is given once: the warranty's last day, or null when there is none to give. */
export const takeReminder = (sql: SqlStorage, now: number): string | null =>
  [
    ...sql.exec<{ warranty_until: string }>(
      "UPDATE papers SET remind_at = NULL, reminded_for = warranty_until WHERE remind_at <= ? RETURNING warranty_until",
      now,
    ),
  ][0]?.warranty_until ?? null;
