// What people at the desk do with threads: read one, take it on, sort it, tell each other about it.

import type { Assignee, DeskThread, Handling, InternalNote } from "../domain/desk.ts";
import type { Failure } from "../domain/failure.ts";
import type { Domain, NoteId, TwinId } from "../domain/ids.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { keep, kept, type Answer, type Idem } from "../platform/idempotency.ts";
import { beginHandling, handle, refusalOf, type Relinked } from "./handling.ts";
import { addInternalNote, internalNotes } from "./internal-notes.ts";
import { noteRelinking } from "./relinking.ts";
import { deskThread, threadRow, type ThreadRow } from "./threads.ts";

/** Of what a team told itself about one thread the newest are shown. */
const INTERNAL_NOTES_SHOWN = 500;

export type ThreadName = { readonly twin: TwinId; readonly note: NoteId };
/** A thread as it stands after the change, and what that did to its known issue. */
export type Handled = Relinked & { readonly thread: DeskThread };

/** The thread of this twin, if it is in sight: a note named under another's twin is not. */
const inSight = (sql: SqlStorage, { twin, note }: ThreadName): ThreadRow | null => {
  const row = threadRow(sql, note);
  return row?.twin === twin ? row : null;
};

export function readThread(
  sql: SqlStorage,
  name: ThreadName,
): { thread: DeskThread; internalNotes: InternalNote[] } | null {
  const row = inSight(sql, name);
  return row && { thread: deskThread(sql, row), internalNotes: internalNotes(sql, name.note, INTERNAL_NOTES_SHOWN) };
}

class Refusal extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** Why a change of any of these threads would be refused; null where none would. */
export const whyNotAll = (sql: SqlStorage, names: readonly ThreadName[], change: Handling): Failure | null =>
  names.reduce<Failure | null>((why, { twin, note }) => why ?? refusalOf(sql, twin, note, change), null);

/** Changes all of them or none; what the office is to hear of it is kept along with it. */
export function handleAll(
  storage: DurableObjectStorage,
  maker: Domain,
  names: readonly ThreadName[],
  change: Handling,
  now: number,
): Result<Handled[], Failure> {
  const { sql } = storage;
  try {
    return ok(
      storage.transactionSync(() =>
        names.flatMap(({ twin, note }) => {
          const handled = handle(sql, twin, note, change);
          if (handled === null) return [];
          // Thrown, so that the transaction takes back what it did to the threads before this one.
          if (!handled.ok) throw new Refusal(handled.error);
          if (change.knownIssue !== undefined) noteRelinking(sql, maker, { twin, note }, handled.value, now);
          return [{ ...handled.value, thread: deskThread(sql, threadRow(sql, note)!) }];
        }),
      ),
    );
  } catch (error) {
    if (error instanceof Refusal) return err(error.failure);
    throw error;
  }
}

export function remark(
  storage: DurableObjectStorage,
  name: ThreadName,
  author: Assignee,
  text: string,
  idem: Idem | undefined,
  now: number,
): Result<Answer<InternalNote>, Failure> {
  const { sql } = storage;
  return storage.transactionSync((): Result<Answer<InternalNote>, Failure> => {
    const before = kept<InternalNote>(sql, idem, now);
    if (before.kind === "conflict") return err({ code: "idempotency-conflict" });
    if (before.kind === "kept") return ok(before.answer);
    const row = inSight(sql, name);
    if (!row) return err({ code: "not-found", detail: "There is no such thread." });
    beginHandling(sql, row);
    const added = addInternalNote(sql, row.note, author, text, now);
    keep(sql, idem, row.note, added, now);
    return ok({ body: added, replayed: false, sealed: null });
  });
}
