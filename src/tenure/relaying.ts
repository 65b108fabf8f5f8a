// What the courier did, told to the owner: where each note and message stands. What may be kept of what it brought back.

import type { Domain } from "../domain/ids.ts";
import { eventAt } from "../relay/outgoing.ts";
import { relayStateOf } from "../relay/relay-state.ts";
import { addEvent } from "./events.ts";
import type { Ground } from "./ground.ts";
import { messageById, setMessageRelay } from "./messages.ts";
import { noteById, setRelay } from "./notes.ts";
import type { Subject } from "./outbox.ts";
import { mayRelay } from "./sending.ts";

/** Within the transaction in which the event's state changed. A note whose place was taken back is no longer this event's. */
export function noteRelayed(ground: Ground, maker: Domain, seq: number, now: number): void {
  const event = eventAt(ground.sql, maker, seq);
  if (!event || (event.type !== "note.sent" && event.type !== "message.posted")) return;
  const { note: noteId, message: messageId } = event.subject as Subject;
  const note = noteId && noteById(ground.sql, noteId);
  if (!note) return;
  const { state, reason } = relayStateOf(ground.sql, maker, seq);
  if (event.type === "note.sent") {
    if (note.outgoingSeq !== seq || (note.relay.state === state && note.relay.reason === reason)) return;
    setRelay(ground.sql, note.id, state, reason);
    if (state !== "delivering")
      addEvent(
        ground.sql,
        "note.relay",
        { note: note.id, channel: note.channel, data: { relay: { state, reason } } },
        now,
      );
    return;
  }
  const message = messageId && messageById(ground.sql, messageId);
  if (
    !message ||
    message.outgoingSeq !== seq ||
    (message.view.relay?.state === state && message.view.relay.reason === reason)
  )
    return;
  setMessageRelay(ground.sql, message.view.id, state, reason);
  if (state !== "delivering") {
    addEvent(
      ground.sql,
      "message.relay",
      { note: note.id, message: message.view.id, channel: note.channel, data: { relay: { state, reason } } },
      now,
    );
  }
}

/** Whether what an endpoint answered to this event may be kept: it may repeat words, and those must be the company's to read. */
export function mayKeepAnswer(ground: Ground, maker: Domain, seq: number): boolean {
  const { note: id } = (eventAt(ground.sql, maker, seq)?.subject ?? {}) as Subject;
  const isTakenBack = id !== undefined && noteById(ground.sql, id)?.retractedAt !== null;
  return mayRelay(ground, maker) && !isTakenBack;
}
