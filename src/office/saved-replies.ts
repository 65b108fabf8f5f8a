// The team's saved replies. Theirs alone: no owner's word is in one.

import type { Failure } from "../domain/failure.ts";
import type { ReplyId } from "../domain/ids.ts";
import { err, ok, type Result } from "../domain/result.ts";
import {
  MAX_SAVED_REPLIES,
  type SavedReply,
  type SavedReplyChange,
  type SavedReplyInput,
} from "../domain/saved-reply.ts";

export const SAVED_REPLY_SCHEMA = `
CREATE TABLE saved_reply (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
`;

type Row = { id: ReplyId; title: string; text: string; created_at: number; updated_at: number };
const replyOf = ({ id, title, text, created_at, updated_at }: Row): SavedReply => ({
  id,
  title,
  text,
  createdAt: created_at,
  updatedAt: updated_at,
});

const noSuchReply: Failure = { code: "not-found", detail: "There is no such saved reply." };

export class SavedReplies {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  add(id: ReplyId, { title, text }: SavedReplyInput, now: number): Result<SavedReply, Failure> {
    const { n } = this.#sql.exec<{ n: number }>("SELECT count(*) AS n FROM saved_reply").one();
    if (n >= MAX_SAVED_REPLIES) {
      return err({ code: "quota-exceeded", detail: `A company has ${MAX_SAVED_REPLIES} saved replies at most.` });
    }
    this.#sql.exec(
      "INSERT INTO saved_reply (id, title, text, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
      id,
      title,
      text,
      now,
      now,
    );
    return ok({ id, title, text, createdAt: now, updatedAt: now });
  }

  find(id: string): SavedReply | null {
    const row = [...this.#sql.exec<Row>("SELECT * FROM saved_reply WHERE id = ?", id)][0];
    return row ? replyOf(row) : null;
  }

  /** Newest first. */
  all(): SavedReply[] {
    return [...this.#sql.exec<Row>("SELECT * FROM saved_reply ORDER BY seq DESC")].map(replyOf);
  }

  change(id: ReplyId, change: SavedReplyChange, now: number): Result<SavedReply, Failure> {
    const before = this.find(id);
    if (!before) return err(noSuchReply);
    const { title = before.title, text = before.text } = change;
    this.#sql.exec("UPDATE saved_reply SET title = ?, text = ?, updated_at = ? WHERE id = ?", title, text, now, id);
    return ok({ ...before, title, text, updatedAt: now });
  }

  remove(id: ReplyId): Result<null, Failure> {
    return this.#sql.exec("DELETE FROM saved_reply WHERE id = ?", id).rowsWritten > 0 ? ok(null) : err(noSuchReply);
  }
}
