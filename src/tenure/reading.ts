// Read receipts: how far an owner has read what a company answered, kept and told only while an agreement lets that company track.
// Where none does nothing is kept, and what was kept before is not told.

import { mayReachThread, type Caller } from "../domain/access.ts";
import { invalid, type Failure } from "../domain/failure.ts";
import type { Domain, NoteId } from "../domain/ids.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { permits } from "../domain/terms/permits.ts";
import type { ReadReceipt } from "../domain/thread.ts";
import { agreementsInForce } from "./agreements.ts";
import { noSuchNote, type Ground } from "./ground.ts";
import { messageById } from "./messages.ts";
import { keepReceipt, receiptOf } from "./receipts.ts";
import { noteFor } from "./writing.ts";

const mayKnow = (sql: SqlStorage, maker: Domain): boolean => permits(agreementsInForce(sql, maker), "read-receipt");

/** What `maker` may see of how far this owner read in a thread: null where no agreement in force permits it, or nothing was read. */
export const readReceipt = (sql: SqlStorage, maker: Domain, note: NoteId): ReadReceipt | null =>
  mayKnow(sql, maker) ? receiptOf(sql, note) : null;

/**
 * The owner's app showed a company's message. Answers what that company may see of it now. What was read stays read: an earlier message
 * after a later one changes nothing, nor does the same one again.
 */
export function markRead(
  ground: Ground,
  caller: Caller,
  id: string,
  message: string,
  now: number,
): Result<ReadReceipt | null, Failure> {
  const { sql } = ground;
  const note = noteFor(ground, caller, id, mayReachThread);
  if (!note) return noSuchNote;
  const read = messageById(sql, message);
  if (read?.note !== note.id || read.view.maker === null) {
    return err(invalid("message", "must be a message of the company's under this note"));
  }
  if (!mayKnow(sql, read.view.maker)) return ok(null);
  const before = receiptOf(sql, note.id);
  const last = before && messageById(sql, before.message);
  if (!last || last.seq < read.seq) keepReceipt(sql, note.id, read.view.id, now);
  return ok(receiptOf(sql, note.id));
}
