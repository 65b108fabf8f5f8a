// The tenure's read receipts: of each note the last message of a company's that was read. Whether one may be kept or told is not known here.

import type { MessageId, NoteId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import type { ReadReceipt } from "../domain/thread.ts";

export const RECEIPT_SCHEMA = `
CREATE TABLE read_receipt (
  note TEXT PRIMARY KEY,
  message TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

export const receiptOf = (sql: SqlStorage, note: NoteId): ReadReceipt | null => {
  const [row] = sql.exec<{ message: MessageId; at: number }>(
    "SELECT message, at FROM read_receipt WHERE note = ?",
    note,
  );
  return row ? { message: row.message, at: rfc3339(row.at) } : null;
};

export const keepReceipt = (sql: SqlStorage, note: NoteId, message: MessageId, now: number): void => {
  sql.exec(
    `INSERT INTO read_receipt (note, message, at) VALUES (?, ?, ?)
     ON CONFLICT (note) DO UPDATE SET message = excluded.message, at = excluded.at`,
    note,
    message,
    now,
  );
};

export const forgetReceipt = (sql: SqlStorage, note: NoteId): void => {
  sql.exec("DELETE FROM read_receipt WHERE note = ?", note);
};
