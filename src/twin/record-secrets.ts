// The short secrets of a record: the present twin's seed, the salt of the item's label, and the key of each body. To forget one is to overwrite it where it stands,
// so no row here may ever move in the file: all are of one length, none is deleted, and the table begins with its root split already.

import { randomBytes } from "../platform/random.ts";

export const SECRET_BYTES = 32;

// A table's first page is copied when it is full, and its old bytes stay in the file. Two rows of zeros that fill a page fill it before
// there is anything to keep; after that, rows come in at the end only, and SQLite begins a new page for them without touching another.
export const RECORD_SECRET_SCHEMA = `
CREATE TABLE record_secret (
  seq INTEGER PRIMARY KEY,
  secret BLOB NOT NULL
) STRICT;
INSERT INTO record_secret (seq, secret) VALUES (-2, zeroblob(3000)), (-1, zeroblob(3000));
`;

/** The place of the twin's seed; a body's key stands at its entry's seq. */
export const TWIN_SEED = 0;
/** The place of the salt: on the first page, which has room for it and gets nothing else. */
export const LABEL_SALT = -3;

const FORGOTTEN = new Uint8Array(SECRET_BYTES);

/** A new secret at a place that has none. */
export function addSecret(sql: SqlStorage, seq: number, secret: Uint8Array): void {
  sql.exec("INSERT INTO record_secret (seq, secret) VALUES (?, ?)", seq, secret);
}

/** Puts another secret in the place of one. */
export function replaceSecret(sql: SqlStorage, seq: number, secret: Uint8Array): void {
  sql.exec("UPDATE record_secret SET secret = ? WHERE seq = ?", secret, seq);
}

export const forgetSecret = (sql: SqlStorage, seq: number): void => replaceSecret(sql, seq, FORGOTTEN);

/** Null once it was forgotten, or where there never was one. */
export function secretAt(sql: SqlStorage, seq: number): Uint8Array<ArrayBuffer> | null {
  const row = [...sql.exec<{ secret: ArrayBuffer }>("SELECT secret FROM record_secret WHERE seq = ?", seq)][0];
  const secret = row && new Uint8Array(row.secret);
  return secret === undefined || secret.every((byte) => byte === 0) ? null : secret;
}

export const newSecretBytes = (): Uint8Array<ArrayBuffer> => randomBytes(SECRET_BYTES);
