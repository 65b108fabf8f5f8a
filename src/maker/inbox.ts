// Which webhooks of the maker were taken in, so that a repeat writes nothing twice. Keeps a digest of each and its result, no words.

/** What the door answered the first time: one of its own kind's words, and the id of what came of it. */
export type InboundAnswer = { readonly status: string; readonly id: string };

export type Received =
  | { readonly kind: "new" }
  | { readonly kind: "other-body" }
  /** Begun and not ended: whoever did it died, or is still at it. */
  | { readonly kind: "begun" }
  | { readonly kind: "done"; readonly answer: InboundAnswer };

const KEPT_MS = 30 * 24 * 3_600_000;
const FORGOTTEN_AT_ONCE = 100;

export class Inbox {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  find(webhookId: string, bodyHash: string, now: number): Received {
    const row = [
      ...this.#sql.exec<{ body_hash: string; answer: string | null }>(
        "SELECT body_hash, answer FROM inbound_message WHERE webhook_id = ? AND received_at > ?",
        webhookId,
        now - KEPT_MS,
      ),
    ][0];
    if (!row) return { kind: "new" };
    if (row.body_hash !== bodyHash) return { kind: "other-body" };
    return row.answer === null ? { kind: "begun" } : { kind: "done", answer: JSON.parse(row.answer) as InboundAnswer };
  }

  /** Takes the id for this body, before anything is done with it. */
  begin(webhookId: string, bodyHash: string, now: number): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO inbound_message (webhook_id, body_hash, answer, received_at) VALUES (?, ?, NULL, ?)",
      webhookId,
      bodyHash,
      now,
    );
    this.#sql.exec(
      `DELETE FROM inbound_message WHERE webhook_id IN
         (SELECT webhook_id FROM inbound_message WHERE received_at <= ? ORDER BY received_at LIMIT ?)`,
      now - KEPT_MS,
      FORGOTTEN_AT_ONCE,
    );
  }

  finish(webhookId: string, answer: InboundAnswer): void {
    this.#sql.exec("UPDATE inbound_message SET answer = ? WHERE webhook_id = ?", JSON.stringify(answer), webhookId);
  }

  /** Lets go of an id whose message was refused: its sender may mend it and send it again. */
  release(webhookId: string): void {
    this.#sql.exec("DELETE FROM inbound_message WHERE webhook_id = ? AND answer IS NULL", webhookId);
  }
}
