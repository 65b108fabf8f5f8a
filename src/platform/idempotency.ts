// Answers kept for a repeated Idempotency-Key, in the object that did the work and in its transaction.
// Never holds a key (its hash only) nor a readable secret (sealed by the Worker under the key itself).

export const KEPT_MS = 30 * 24 * 3_600_000;
export const KEPT_SECRET_MS = 24 * 3_600_000;

/** What the Worker sends along: hashes of key and request, and the answer's secret part, sealed. */
export type Idem = { readonly keyHash: string; readonly bodyHash: string; readonly sealed?: string };

/** An answer, and whether it is the one kept from before; `sealed` holds its secret part then. */
export type Answer<T> = { readonly body: T; readonly replayed: boolean; readonly sealed: string | null };

export const IDEMPOTENCY_SCHEMA = `
CREATE TABLE idempotency (
  key_hash TEXT PRIMARY KEY,
  body_hash TEXT NOT NULL,
  subject TEXT,
  body TEXT,
  sealed TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX idempotency_subject ON idempotency (subject) WHERE subject IS NOT NULL;`;

type Row = {
  key_hash: string;
  body_hash: string;
  subject: string | null;
  body: string | null;
  sealed: string | null;
  created_at: number;
};

export type Kept<T> =
  | { readonly kind: "new" }
  | { readonly kind: "conflict" }
  /** Begun, its answer not yet kept (the work spans objects): go on with `subject`. */
  | { readonly kind: "begun"; readonly subject: string | null }
  | { readonly kind: "kept"; readonly answer: Answer<T> };

/** What is kept under this key. A secret's answer is forgotten after `secretMs`, 24 hours unless said, others after 30 days. */
export function kept<T>(
  sql: SqlStorage,
  idem: Idem | undefined,
  now: number,
  secretMs: number = KEPT_SECRET_MS,
): Kept<T> {
  if (!idem) return { kind: "new" };
  const row = [...sql.exec<Row>("SELECT * FROM idempotency WHERE key_hash = ?", idem.keyHash)][0];
  if (!row || row.created_at + (row.sealed === null ? KEPT_MS : secretMs) <= now) return { kind: "new" };
  if (row.body_hash !== idem.bodyHash) return { kind: "conflict" };
  if (row.body === null) return { kind: "begun", subject: row.subject };
  return { kind: "kept", answer: { body: JSON.parse(row.body) as T, replayed: true, sealed: row.sealed } };
}

/** Keeps an answer (null while it is still being worked out), and forgets the oldest that has had its time. */
export function keep(
  sql: SqlStorage,
  idem: Idem | undefined,
  subject: string | null,
  body: unknown,
  now: number,
): void {
  if (!idem) return;
  sql.exec(
    "INSERT OR REPLACE INTO idempotency (key_hash, body_hash, subject, body, sealed, created_at) VALUES (?, ?, ?, ?, ?, ?)",
    idem.keyHash,
    idem.bodyHash,
    subject,
    body === null ? null : JSON.stringify(body),
    idem.sealed ?? null,
    now,
  );
  sql.exec(
    "DELETE FROM idempotency WHERE rowid = (SELECT min(rowid) FROM idempotency) AND created_at < ?",
    now - KEPT_MS,
  );
}

/** Lets go of a key whose work was begun and refused: its sender may mend the request and send it again. */
export const release = (sql: SqlStorage, idem: Idem | undefined): void => {
  if (idem) sql.exec("DELETE FROM idempotency WHERE key_hash = ? AND body IS NULL", idem.keyHash);
};

/** Forgets what is kept under this key. */
export const forgetKept = (sql: SqlStorage, idem: Idem | undefined): void => {
  if (idem) sql.exec("DELETE FROM idempotency WHERE key_hash = ?", idem.keyHash);
};

/** Takes the words out of what is kept about a subject, when the subject itself lost them. */
export const forgetSubject = (sql: SqlStorage, subject: string, body: unknown): void => {
  sql.exec("UPDATE idempotency SET body = ? WHERE subject = ?", JSON.stringify(body), subject);
};
