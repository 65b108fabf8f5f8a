// Talking: what both sides say under a note, and the owner's verdict on an answer.

import { may, mayReachThread, type Caller } from "../domain/access.ts";
import type { MakerReply } from "../domain/exchange.ts";
import { invalid, type Failure } from "../domain/failure.ts";
import type { Domain } from "../domain/ids.ts";
import { millisOf } from "../domain/instant.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { permits } from "../domain/terms/permits.ts";
import {
  afterOwnerMessage,
  afterReply,
  afterVerdict,
  closesAt,
  type MessageInput,
  type MessageView,
  type ThreadView,
  type Verdict,
} from "../domain/thread.ts";
import { keep, kept, KEPT_MS, type Answer, type Idem } from "../platform/idempotency.ts";
import { newId } from "../platform/random.ts";
import { agreementsInForce } from "./agreements.ts";
import { addEvent } from "./events.ts";
import { wasAccepted } from "./links.ts";
import { idempotencyConflict, noSuchNote, type Ground } from "./ground.ts";
import {
  addMakerMessage,
  addOwnerMessage,
  forgetDedupe,
  hasMakerMessage,
  messageByDedupe,
  messageById,
} from "./messages.ts";
import { closingNotes, noteById, noteView, setThread, verdictWaits, type Note } from "./notes.ts";
import { queueFor } from "./outbox.ts";
import { attachPhotos, notFree } from "./photos.ts";
import { addNews } from "./pushing.ts";
import { noRoom } from "./room.ts";
import { mayRelay, WAITS_FOR_AGREEMENT } from "./sending.ts";
import { forbidden, noteFor } from "./writing.ts";

function talkable(ground: Ground, caller: Caller, id: string): Result<Note, Failure> {
  if (!may(caller, "messages:write")) return err(forbidden("messages:write"));
  const note = noteFor(ground, caller, id, mayReachThread);
  if (!note) return noSuchNote;
  if (note.retractedAt !== null) return err({ code: "gone", detail: "This note was retracted." });
  if (note.sentAt === null && !wasAccepted(ground.sql, note.id))
    return err({ code: "conflict", detail: "This note is private: send it first (PATCH with send: true)." });
  return ok(note);
}

export function postMessage(
  ground: Ground,
  caller: Caller,
  note: string,
  input: MessageInput,
  idem: Idem | undefined,
  now: number,
): Result<Answer<MessageView>, Failure> {
  return ground.storage.transactionSync((): Result<Answer<MessageView>, Failure> => {
    const found = talkable(ground, caller, note);
    if (!found.ok) return found;
    const before = kept<MessageView>(ground.sql, idem, now);
    if (before.kind === "conflict") return idempotencyConflict;
    if (before.kind === "kept") return ok(before.answer);
    const full = noRoom(ground.sql);
    if (full) return full;
    const strange = notFree(ground.sql, input.photos, { side: "owner", channel: caller.id });
    if (strange !== null) return err(invalid("photos", `${strange} is not a photo of this channel that is still free`));

    const { id: noteId, maker, outgoingSeq: noteSeq, channel } = found.value;
    const id = newId("msg");
    const goes = noteSeq !== null && mayRelay(ground, maker!);
    const outgoingSeq = goes
      ? queueFor(ground, maker!, "message.posted", { note: noteId, message: id }, false, now)
      : null;
    addOwnerMessage(
      ground.sql,
      {
        id,
        note: noteId,
        channel: caller.id,
        text: input.text,
        photos: input.photos.length,
        outgoingSeq,
        relay: goes ? { state: "queued", reason: null } : { state: "waiting", reason: WAITS_FOR_AGREEMENT },
      },
      now,
    );
    if (input.photos.length > 0) attachPhotos(ground.sql, input.photos, noteId, id);
    setThread(ground.sql, noteId, afterOwnerMessage());
    addEvent(ground.sql, "message.posted", { note: noteId, message: id, channel }, now);
    const { view } = messageById(ground.sql, id)!;
    keep(ground.sql, idem, noteId, view, now);
    return ok({ body: view, replayed: false, sealed: null });
  });
}

/** The owner says whether the answer addressed it. Confirms what was proposed, or opens the thread again. */
export function giveVerdict(
  ground: Ground,
  caller: Caller,
  note: string,
  verdict: Verdict,
  now: number,
): Result<ThreadView, Failure> {
  return ground.storage.transactionSync((): Result<ThreadView, Failure> => {
    const found = talkable(ground, caller, note);
    if (!found.ok) return found;
    const { id, thread, maker, outgoingSeq, channel } = found.value;
    if (!hasMakerMessage(ground.sql, id))
      return err({ code: "conflict", detail: "Nobody has answered this note yet." });
    setThread(ground.sql, id, afterVerdict(thread, verdict));
    addEvent(ground.sql, "thread.verdict", { note: id, channel, data: { verdict } }, now);
    const carried = outgoingSeq !== null && mayRelay(ground, maker!);
    if (carried) queueFor(ground, maker!, "thread.verdict", { note: id, verdict }, false, now);
    verdictWaits(ground.sql, id, !carried);
    return ok(noteView(ground.sql, noteById(ground.sql, id)!).thread);
  });
}

/** A note that this maker was sent, while an agreement lets it read and answer. */
export function sharedNote(ground: Ground, maker: Domain, note: string): Result<Note, Failure> {
  if (!permits(agreementsInForce(ground.sql, maker), "answer")) {
    return err({ code: "agreement-required", detail: "No agreement with this owner is in force." });
  }
  const found = noteById(ground.sql, note);
  if (!found || found.maker !== maker || found.outgoingSeq === null) return noSuchNote;
  return found.retractedAt === null ? ok(found) : err({ code: "gone", detail: "The owner retracted this note." });
}

/**
 * A reply by webhook, API or reply link. The same `dedupe` writes nothing twice and answers the same.
 * @param share says whether this maker may answer, and under which note
 */
export function takeReply(
  ground: Ground,
  reply: MakerReply,
  now: number,
  share: typeof sharedNote = sharedNote,
): Result<MessageView, Failure> {
  return ground.storage.transactionSync((): Result<MessageView, Failure> => {
    const again = messageByDedupe(ground.sql, `${reply.maker}\n${reply.dedupe}`);
    if (again && now - millisOf(again.view.createdAt) < KEPT_MS) return ok(again.view);
    // A key that was forgotten since names a new reply.
    if (again) forgetDedupe(ground.sql, again.view.id);
    const found = share(ground, reply.maker, reply.note);
    if (!found.ok) return found;
    const full = noRoom(ground.sql);
    if (full) return full;
    const { id: note, thread, channel } = found.value;
    const author = { side: "maker", maker: reply.maker, note } as const;
    const strange = notFree(ground.sql, reply.photos, author);
    if (strange !== null) return err(invalid("photos", `${strange} is not a photo of this thread that is still free`));
    const id = newId("msg");
    addMakerMessage(ground.sql, id, { ...reply, dedupe: `${reply.maker}\n${reply.dedupe}` }, now);
    if (reply.photos.length > 0) attachPhotos(ground.sql, reply.photos, note, id);
    const answered = afterReply(thread, reply.outcome, now);
    setThread(ground.sql, note, answered);
    const closes = closesAt(answered);
    if (closes !== null) ground.wakeAt(closes);
    // Its desk is told by the alarm.
    ground.wakeAt(now);
    addNews(ground, "message.posted", { note, message: id, channel }, now);
    if (reply.outcome !== null)
      addEvent(ground.sql, "thread.outcome", { note, channel, data: { outcome: reply.outcome } }, now);
    return ok(messageById(ground.sql, id)!.view);
  });
}

/** Outcomes that nobody contradicted in time close their threads. */
export function closeSettledThreads(ground: Ground, now: number, closesAfterMs: number): void {
  ground.storage.transactionSync(() => {
    for (const note of closingNotes(ground.sql, now - closesAfterMs)) {
      setThread(ground.sql, note.id, { ...note.thread, state: "closed" });
      addEvent(ground.sql, "thread.closed", { note: note.id, channel: note.channel }, now);
    }
  });
}
