// What goes out to makers: an event in the outbox, in the same transaction as the thing itself. Only ids go in; words are rendered at each attempt.

import type { AgreementId, Domain, MessageId, NoteId } from "../domain/ids.ts";
import { newId } from "../platform/random.ts";
import { enqueue } from "../relay/outgoing.ts";
import type { Ground } from "./ground.ts";

export type OutgoingType =
  | "agreement.proffered"
  | "agreement.accepted"
  | "agreement.rescinded"
  | "agreement.terminated"
  | "note.sent"
  | "note.updated"
  | "note.retracted"
  | "message.posted"
  | "thread.verdict"
  | "twin.transferred"
  | "twin.erased";

/** What an outgoing event is about: names only. */
export type Subject = {
  readonly note?: NoteId;
  readonly message?: MessageId;
  readonly agreement?: AgreementId;
  readonly verdict?: string;
};

/** Puts an event in the line to one maker; answers its place (counts from 1 per maker). `urgent` is a safety note's. */
export function queueFor(
  ground: Ground,
  maker: Domain,
  type: OutgoingType,
  subject: Subject,
  urgent: boolean,
  now: number,
): number {
  const { seq } = enqueue(ground.sql, maker, { id: newId("evt"), type, subject, urgent }, now);
  ground.wakeAt(now);
  return seq;
}
