// Writing: notes, their revisions and their end. Private unless the owner says send.

import { may, mayChangeNote, type mayReadNote, type Caller, type Scope } from "../domain/access.ts";
import { invalid, type Failure } from "../domain/failure.ts";
import type { Domain } from "../domain/ids.ts";
import type { NoteChange, NoteInput, NoteView } from "../domain/note.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { forgetSubject, keep, kept, type Answer, type Idem } from "../platform/idempotency.ts";
import { newId } from "../platform/random.ts";
import { forgetAnswers } from "./delivery-news.ts";
import { addEvent } from "./events.ts";
import { idempotencyConflict, identity, noSuchNote, unauthorized, type Ground } from "./ground.ts";
import { hasAgreedLink } from "./links.ts";
import { deleteThread } from "./messages.ts";
import {
  addNote,
  markOnRecord,
  markSent,
  noteById,
  noteView,
  reviseNote,
  setRelay,
  wipeNote,
  type Note,
} from "./notes.ts";
import { placeOfNote, putNoteOnRecord, takeNoteOffRecord } from "./on-record.ts";
import { queueFor } from "./outbox.ts";
import { attachPhotos, deletePhotosOf, notFree } from "./photos.ts";
import { forgetReceipt } from "./receipts.ts";
import { noRoom } from "./room.ts";
import { mayRelay, placeNote, queueNote, WAITS_FOR_AGREEMENT } from "./sending.ts";
import { hasEnded } from "./showing.ts";
import type { ToRecord } from "./to-record.ts";

/** Reading notes at all takes either of two scopes; the narrower is the one that is asked for. */
const named = (scope: Scope): string =>
  scope === "notes:own" ? "notes:read (or notes:own, for what it wrote itself)" : scope;
export const forbidden = (scope: Scope): Failure => ({
  code: "forbidden",
  detail: `This channel lacks the scope ${named(scope)}.`,
});
const noMaker: Failure = {
  code: "conflict",
  detail:
    "This product names no company to send to. Name it first: PATCH the twin with {product: {maker: its domain}}.",
};

/** The serial that goes out with the note, when the owner put it in: their own words, or the twin's. */
function serialFor(ground: Ground, serial: NoteInput["serial"]): Result<string | null, Failure> {
  if (serial === false) return ok(null);
  if (typeof serial === "string") return ok(serial);
  const own = identity(ground).product.serial;
  return own === null
    ? err(invalid("serial", "this product has no serial here: give it as text, or leave it out"))
    : ok(own);
}

export function writeNote(
  ground: Ground,
  caller: Caller,
  input: NoteInput,
  idem: Idem | undefined,
  now: number,
): Result<Answer<NoteView>, Failure> {
  if (!may(caller, "notes:write")) return err(forbidden("notes:write"));
  if (input.send && !may(caller, "notes:send")) return err(forbidden("notes:send"));
  if (input.onRecord && !may(caller, "history:write")) return err(forbidden("history:write"));
  return ground.storage.transactionSync((): Result<Answer<NoteView>, Failure> => {
    const before = kept<NoteView>(ground.sql, idem, now);
    if (before.kind === "conflict") return idempotencyConflict;
    if (before.kind === "kept") return ok(before.answer);
    const full = noRoom(ground.sql);
    if (full) return full;

    const maker = input.send ? identity(ground).product.maker : null;
    if (input.send && maker === null) return err(noMaker);
    const serial = serialFor(ground, input.serial);
    if (!serial.ok) return serial;
    const strange = notFree(ground.sql, input.photos, { side: "owner", channel: caller.id });
    if (strange !== null) return err(invalid("photos", `${strange} is not a photo of this channel that is still free`));

    const id = newId("note");
    const relay =
      maker === null
        ? { state: "private" as const, reason: null, sentAt: null, maker: null, outgoingSeq: null }
        : { ...placeNote(ground, id, input.kind, maker, now), sentAt: now, maker };
    const note = addNote(ground.sql, id, caller.id, { ...input, serial: serial.value }, relay, now);
    if (input.photos.length > 0) attachPhotos(ground.sql, input.photos, id, null);
    if (input.onRecord) putNoteOnRecord(ground, id, note.revision, caller, now);
    addEvent(ground.sql, "note.written", { note: id, channel: caller.id }, now);
    const view = noteView(ground.sql, note);
    keep(ground.sql, idem, id, view, now);
    return ok({ body: view, replayed: false, sealed: null });
  });
}

/** The note, if `reaches` says the caller may, by who wrote it. A retracted one that was never sent is gone. */
export function noteFor(ground: Ground, caller: Caller, id: string, reaches: typeof mayReadNote): Note | null {
  const note = noteById(ground.sql, id);
  if (!note || !reaches(caller, note.channel)) return null;
  return note.retractedAt !== null && note.sentAt === null ? null : note;
}

function changeable(ground: Ground, caller: Caller, id: string): Result<Note, Failure> {
  if (!may(caller, "notes:write")) return err(forbidden("notes:write"));
  const note = noteFor(ground, caller, id, mayChangeNote);
  if (!note) return noSuchNote;
  return note.retractedAt === null ? ok(note) : err({ code: "gone", detail: "This note was retracted." });
}

export function changeNote(
  ground: Ground,
  caller: Caller,
  id: string,
  change: NoteChange,
  now: number,
): Result<NoteView, Failure> {
  return ground.storage.transactionSync((): Result<NoteView, Failure> => {
    const found = changeable(ground, caller, id);
    if (!found.ok) return found;
    let note = found.value;
    const rewrites = change.text !== undefined || change.title !== undefined;
    // New words in a note that was sent go to its maker, too.
    if ((change.send || (rewrites && note.sentAt !== null)) && !may(caller, "notes:send")) {
      return err(forbidden("notes:send"));
    }
    const recorded = note.onRecord && placeOfNote(ground.sql, note.id) !== null;
    const puts = (rewrites && recorded) || (change.onRecord === true && !recorded);
    if (puts && !may(caller, "history:write")) return err(forbidden("history:write"));
    // One that never went out goes to the company the product names now.
    const maker: Domain | null = note.outgoingSeq === null ? identity(ground).product.maker : note.maker;
    if (change.send && maker === null) return err(noMaker);

    if (rewrites) {
      const full = noRoom(ground.sql);
      if (full) return full;
      note = reviseNote(ground.sql, note, change, now);
      addEvent(ground.sql, "note.updated", { note: note.id, channel: note.channel }, now);
      if (note.outgoingSeq !== null && mayRelay(ground, note.maker!))
        queueFor(ground, note.maker!, "note.updated", { note: note.id }, false, now);
      // No agreement carries what it says now: it waits for one, and then goes out whole.
      else if (note.outgoingSeq !== null) markSent(ground.sql, note, note.maker!, null, WAITS_FOR_AGREEMENT, now);
    }
    if (puts) {
      markOnRecord(ground.sql, note.id);
      putNoteOnRecord(ground, note.id, note.revision, caller, now);
    }
    // A note that is in the outbox was sent already; one that waits is looked at again, which is the owner's tap.
    if (change.send && note.outgoingSeq === null) queueNote(ground, note, maker!, now);
    return ok(noteView(ground.sql, noteById(ground.sql, note.id)!));
  });
}

/**
 * Retracts a note: its words leave this object, and a maker that may have it is told that they must. What the record says of it goes first, as
 * the record alone knows whether the thing was let go of: then it stays, for whoever takes the thing over has seen it there.
 */
export async function retractNote(
  ground: Ground,
  toRecord: ToRecord,
  caller: Caller,
  id: string,
  now: number,
): Promise<Result<null, Failure>> {
  const before = changeable(ground, caller, id);
  const forgotten = before.ok && before.value.onRecord ? await toRecord.takeBack(before.value.id) : ok(null);
  if (hasEnded(ground)) return unauthorized;
  if (!forgotten.ok) return forgotten;
  return ground.storage.transactionSync((): Result<null, Failure> => {
    const found = changeable(ground, caller, id);
    if (!found.ok) return found;
    const note = found.value;
    deleteThread(ground.sql, note.id);
    deletePhotosOf(ground.sql, note.id);
    forgetReceipt(ground.sql, note.id);
    if (note.onRecord) takeNoteOffRecord(ground, note.id, now);
    wipeNote(ground.sql, note.id, now);
    if (note.told) queueFor(ground, note.maker!, "note.retracted", { note: note.id }, false, now);
    if (note.maker !== null) forgetAnswers(ground.sql, note.maker, note.id);
    if (!note.told || note.relay.state === "waiting") setRelay(ground.sql, note.id, "private", null);
    forgetSubject(ground.sql, note.id, noteView(ground.sql, noteById(ground.sql, note.id)!));
    addEvent(ground.sql, "note.retracted", { note: note.id, channel: note.channel }, now);
    // The alarm ends what was agreed through a reply link.
    if (hasAgreedLink(ground.sql, note.id)) ground.wakeAt(now);
    return ok(null);
  });
}
