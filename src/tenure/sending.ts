// Sending: what the owner sent goes into the outbox when an agreement permits it, waits when none does, and never leaves otherwise.

import { permits } from "../domain/terms/permits.ts";
import type { Domain, NoteId } from "../domain/ids.ts";
import { WAITED_TOO_LONG_MS, type RelayState } from "../domain/note.ts";
import { addEvent } from "./events.ts";
import { agreementsInForce } from "./agreements.ts";
import { forgetAnswers } from "./delivery-news.ts";
import type { Ground } from "./ground.ts";
import { queueMessage, waitingMessages, waitingUnderSent, withdrawMessages, type Message } from "./messages.ts";
import {
  markSent,
  notesWithWaitingVerdict,
  setRelay,
  verdictWaits,
  waitingNotes,
  withdrawNotes,
  type Note,
} from "./notes.ts";
import { queueFor } from "./outbox.ts";

export const WAITS_FOR_AGREEMENT = "no agreement in force";
export const WAITS_FOR_TAP = "it waited over 30 days: send it again if you still want to";

export const mayRelay = (ground: Ground, maker: Domain): boolean =>
  permits(agreementsInForce(ground.sql, maker), "relay-note");

/** A note's way into the outbox, or its reason to wait. Within the caller's transaction, before the note's row is written. */
export function placeNote(
  ground: Ground,
  note: NoteId,
  kind: string,
  maker: Domain,
  now: number,
): { state: RelayState; reason: string | null; outgoingSeq: number | null } {
  if (!mayRelay(ground, maker)) return { state: "waiting", reason: WAITS_FOR_AGREEMENT, outgoingSeq: null };
  return {
    state: "queued",
    reason: null,
    outgoingSeq: queueFor(ground, maker, "note.sent", { note }, kind === "safety", now),
  };
}

/** Queues a note that was written, with what its owner said under it meanwhile. */
export function queueNote(ground: Ground, note: Note, maker: Domain, now: number): void {
  const place = placeNote(ground, note.id, note.kind, maker, now);
  markSent(ground.sql, note, maker, place.outgoingSeq, place.reason, now);
  addEvent(ground.sql, "note.sent", { note: note.id, channel: note.channel }, now);
  if (place.outgoingSeq === null) return;
  for (const message of waitingMessages(ground.sql, note.id)) queueWaiting(ground, message, maker, now);
  queueWaitingVerdicts(ground, maker, now);
}

function queueWaitingVerdicts(ground: Ground, maker: Domain, now: number): void {
  for (const { id, thread } of notesWithWaitingVerdict(ground.sql, maker)) {
    verdictWaits(ground.sql, id, false);
    if (thread.verdict === null) continue;
    queueFor(ground, maker, "thread.verdict", { note: id, verdict: thread.verdict }, false, now);
  }
}

function queueWaiting(ground: Ground, { note, view: { id } }: Message, maker: Domain, now: number): void {
  queueMessage(ground.sql, id, queueFor(ground, maker, "message.posted", { note, message: id }, false, now));
}

/**
 * An agreement came into force: what waited goes out, in the order it was sent. What waited too long waits for the owner's tap.
 */
export function sendWaiting(ground: Ground, maker: Domain, now: number): void {
  if (!mayRelay(ground, maker)) return;
  for (const note of waitingNotes(ground.sql, maker)) {
    if (note.outgoingSeq !== null) continue;
    if (now - (note.sentAt ?? now) > WAITED_TOO_LONG_MS) {
      setRelay(ground.sql, note.id, "waiting", WAITS_FOR_TAP);
      addEvent(ground.sql, "note.relay", { note: note.id, channel: note.channel }, now);
    } else {
      queueNote(ground, note, maker, now);
    }
  }
  for (const message of waitingUnderSent(ground.sql, maker)) queueWaiting(ground, message, maker, now);
  queueWaitingVerdicts(ground, maker, now);
}

/**
 * No agreement carries words to this maker any more: what had not arrived waits again, and of what arrived no answer is kept.
 * Its events stay in the outbox, where they are rendered without words.
 */
export function withdrawUndelivered(ground: Ground, maker: Domain): void {
  if (mayRelay(ground, maker)) return;
  withdrawNotes(ground.sql, maker, WAITS_FOR_AGREEMENT);
  withdrawMessages(ground.sql, maker, WAITS_FOR_AGREEMENT);
  forgetAnswers(ground.sql, maker, null);
}
