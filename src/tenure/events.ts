// The tenure's own feed: what happened, in order. An event names what it is about; words are joined in when it is read,
// so a feed never says what its note or message no longer says.

import { may, mayReachThread, mayReadNote, type Caller } from "../domain/access.ts";
import type { AgreementId, ChannelId, MessageId, NoteId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";

export type EventType =
  | "note.written"
  | "note.sent"
  | "note.updated"
  | "note.retracted"
  | "note.relay"
  | "message.posted"
  | "message.relay"
  | "thread.outcome"
  | "thread.verdict"
  | "thread.closed"
  | "issue.changed"
  | "issue.unlinked"
  | `agreement.${string}`
  | "channel.created"
  | "channel.named"
  | "channel.revoked"
  | "link.made"
  | "link.revoked"
  | "recovery.started"
  | "recovery.objected"
  | "recovery.done"
  | "papers.changed"
  | "notice.posted"
  | "notice.withdrawn"
  | "notice.settled"
  | "papers.reminder"
  | "history.added"
  | "history.erased"
  | "share.made"
  | "share.changed"
  | "share.revoked"
  | "share.challenged"
  | "find.reported"
  | "handover.offered"
  | "handover.cancelled"
  | "handover.accepted"
  | "handover.received"
  | "alert.changed";

export type EventAbout = {
  readonly note?: NoteId;
  readonly message?: MessageId;
  readonly agreement?: AgreementId;
  readonly channel?: ChannelId;
  readonly data?: unknown;
};

export type EventView = {
  readonly seq: number;
  readonly type: string;
  readonly timestamp: string;
  readonly data: unknown;
};

export type EventRow = {
  seq: number;
  type: EventType;
  at: number;
  note: NoteId | null;
  message: MessageId | null;
  agreement: AgreementId | null;
  channel: ChannelId | null;
  data: string | null;
};

/** `about.channel` is the author of the note concerned, for a caller that sees its own only. */
export function addEvent(sql: SqlStorage, type: EventType, about: EventAbout, now: number): void {
  sql.exec(
    "INSERT INTO event (type, at, note, message, agreement, channel, data) VALUES (?, ?, ?, ?, ?, ?, ?)",
    type,
    now,
    about.note ?? null,
    about.message ?? null,
    about.agreement ?? null,
    about.channel ?? null,
    about.data === undefined ? null : JSON.stringify(about.data),
  );
}

export const eventsAfter = (sql: SqlStorage, after: number, limit: number): EventRow[] => [
  ...sql.exec<EventRow>("SELECT * FROM event WHERE seq > ? ORDER BY seq LIMIT ?", after, limit),
];

export const lastEvent = (sql: SqlStorage): number =>
  sql.exec<{ seq: number | null }>("SELECT max(seq) AS seq FROM event").one().seq ?? 0;

/** Whether the caller's scopes let it read this event. */
export function mayReadEvent(caller: Caller, event: Pick<EventRow, "type" | "channel">): boolean {
  const family = event.type.slice(0, event.type.indexOf("."));
  switch (family) {
    case "note":
      return event.channel !== null && mayReadNote(caller, event.channel);
    case "message":
    case "thread":
    case "issue":
      return may(caller, "messages:read") && event.channel !== null && mayReachThread(caller, event.channel);
    case "agreement":
      return may(caller, "agreements:read");
    case "history":
      return may(caller, "history:read");
    case "channel":
    case "link":
    case "papers":
    case "share":
    case "find":
    case "handover":
      return may(caller, "owner");
    default:
      return may(caller, "twin:read");
  }
}

/** `words` gives what the event is about, as it stands now. */
export const eventView = (event: EventRow, words: Readonly<Record<string, unknown>>): EventView => ({
  seq: event.seq,
  type: event.type,
  timestamp: rfc3339(event.at),
  data: { ...words, ...(event.data === null ? {} : (JSON.parse(event.data) as object)) },
});
