// What both sides said under a note.

import type { MakerMessageType, MakerReply, Outcome } from "../domain/exchange.ts";
import type { ChannelId, Domain, MessageId, NoteId } from "../domain/ids.ts";
import type { RelayState } from "../domain/note.ts";
import type { MessageView } from "../domain/thread.ts";
import { rfc3339 } from "../domain/instant.ts";
import { messagePhotos } from "./photos.ts";

type Row = {
  seq: number;
  id: MessageId;
  note: NoteId;
  side: "owner" | "maker";
  maker: Domain | null;
  channel: ChannelId | null;
  text: string;
  type: MakerMessageType | null;
  outcome: Outcome | null;
  author: string | null;
  external_id: string | null;
  photos: number;
  created_at: number;
  outgoing_seq: number | null;
  relay_state: RelayState | null;
  relay_reason: string | null;
};

export type Message = {
  readonly seq: number;
  readonly view: MessageView;
  readonly note: NoteId;
  readonly outgoingSeq: number | null;
};

const messageOf = (sql: SqlStorage, row: Row): Message => ({
  seq: row.seq,
  note: row.note,
  outgoingSeq: row.outgoing_seq,
  view: {
    id: row.id,
    from: row.side,
    maker: row.maker,
    channel: row.channel,
    text: row.text,
    type: row.type,
    outcome: row.outcome,
    author: row.author === null ? null : { name: row.author },
    photos: row.photos === 0 ? [] : messagePhotos(sql, row.id),
    createdAt: rfc3339(row.created_at),
    relay: row.relay_state === null ? null : { state: row.relay_state, reason: row.relay_reason },
  },
});

export type OwnerMessage = {
  readonly id: MessageId;
  readonly note: NoteId;
  readonly channel: ChannelId;
  readonly text: string;
  readonly photos: number;
  readonly outgoingSeq: number | null;
  readonly relay: { readonly state: RelayState; readonly reason: string | null };
};

export function addOwnerMessage(sql: SqlStorage, message: OwnerMessage, now: number): void {
  sql.exec(
    `INSERT INTO message (id, note, side, channel, text, photos, created_at, outgoing_seq, relay_state, relay_reason)
     VALUES (?, ?, 'owner', ?, ?, ?, ?, ?, ?, ?)`,
    message.id,
    message.note,
    message.channel,
    message.text,
    message.photos,
    now,
    message.outgoingSeq,
    message.relay.state,
    message.relay.reason,
  );
}

export function addMakerMessage(sql: SqlStorage, id: MessageId, reply: MakerReply, now: number): void {
  sql.exec(
    `INSERT INTO message (id, note, side, maker, text, type, outcome, author, external_id, dedupe, photos, created_at)
     VALUES (?, ?, 'maker', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    reply.note,
    reply.maker,
    reply.text,
    reply.type,
    reply.outcome,
    reply.author,
    reply.externalId,
    reply.dedupe,
    reply.photos.length,
    now,
  );
}

const one = (sql: SqlStorage, column: "id" | "dedupe", value: string): Message | null => {
  const row = [...sql.exec<Row>(`SELECT * FROM message WHERE ${column} = ?`, value)][0];
  return row ? messageOf(sql, row) : null;
};
export const messageById = (sql: SqlStorage, id: string): Message | null => one(sql, "id", id);
/** The reply that was written under this name before. */
export const messageByDedupe = (sql: SqlStorage, dedupe: string): Message | null => one(sql, "dedupe", dedupe);

export const forgetDedupe = (sql: SqlStorage, id: MessageId): void => {
  sql.exec("UPDATE message SET dedupe = NULL WHERE id = ?", id);
};

/** The newest `limit` of a thread, oldest first, as it is read. */
export const threadMessages = (sql: SqlStorage, note: NoteId, limit: number): MessageView[] =>
  [...sql.exec<Row>("SELECT * FROM message WHERE note = ? ORDER BY seq DESC LIMIT ?", note, limit)]
    .map((row) => messageOf(sql, row).view)
    .toReversed();

// What still waits for an agreement is not the company's to see.
const SHARED = "note = ? AND (side = 'maker' OR outgoing_seq IS NOT NULL)";

/** The newest `limit` of what both sides have of a thread, oldest first. */
export const sharedMessages = (sql: SqlStorage, note: NoteId, limit: number): MessageView[] =>
  [...sql.exec<Row>(`SELECT * FROM message WHERE ${SHARED} ORDER BY seq DESC LIMIT ?`, note, limit)]
    .map((row) => messageOf(sql, row).view)
    .toReversed();

/** Who said the last of what both sides have, and when. */
export const lastShared = (sql: SqlStorage, note: NoteId): { from: "owner" | "maker"; at: number } | null =>
  [
    ...sql.exec<{ from: "owner" | "maker"; at: number }>(
      `SELECT side AS "from", created_at AS at FROM message WHERE ${SHARED} ORDER BY seq DESC LIMIT 1`,
      note,
    ),
  ][0] ?? null;

/** The words of what both sides have, newest first, up to so many characters in all. */
export function sharedTexts(sql: SqlStorage, note: NoteId, characters: number): string[] {
  const texts: string[] = [];
  let left = characters;
  for (const { text } of sql.exec<{ text: string }>(
    `SELECT text FROM message WHERE ${SHARED} ORDER BY seq DESC`,
    note,
  )) {
    texts.push(text.slice(0, left));
    left -= text.length;
    if (left <= 0) break;
  }
  return texts;
}

/** When a company first answered; null while none has. */
export const firstReplyAt = (sql: SqlStorage, note: NoteId): number | null =>
  [
    ...sql.exec<{ at: number }>(
      "SELECT created_at AS at FROM message WHERE note = ? AND side = 'maker' ORDER BY seq LIMIT 1",
      note,
    ),
  ][0]?.at ?? null;

/** Of all threads, in the order they were written: for an export. */
export const messagesAfter = (sql: SqlStorage, after: number, limit: number): Message[] =>
  [...sql.exec<Row>("SELECT * FROM message WHERE seq > ? ORDER BY seq LIMIT ?", after, limit)].map((row) =>
    messageOf(sql, row),
  );

/** Newest first. */
export function listMessages(
  sql: SqlStorage,
  note: NoteId,
  limit: number,
  before: number | null,
): { items: MessageView[]; next: number | null } {
  const rows = [
    ...sql.exec<Row>(
      "SELECT * FROM message WHERE note = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
      note,
      before ?? Number.MAX_SAFE_INTEGER,
      limit + 1,
    ),
  ];
  const page = rows.slice(0, limit);
  return { items: page.map((row) => messageOf(sql, row).view), next: rows.length > limit ? page.at(-1)!.seq : null };
}

export const waitingMessages = (sql: SqlStorage, note: NoteId): Message[] =>
  [...sql.exec<Row>("SELECT * FROM message WHERE note = ? AND relay_state = 'waiting' ORDER BY seq", note)].map((row) =>
    messageOf(sql, row),
  );

/** Messages that wait although their note is on its way or there: the agreement ended between. Oldest first. */
export const waitingUnderSent = (sql: SqlStorage, maker: Domain): Message[] =>
  [
    ...sql.exec<Row>(
      `SELECT message.* FROM message JOIN note ON note.id = message.note
     WHERE message.relay_state = 'waiting' AND note.maker = ? AND note.outgoing_seq IS NOT NULL ORDER BY message.seq`,
      maker,
    ),
  ].map((row) => messageOf(sql, row));

/** Takes back the outbox places of messages that have not arrived. */
export const withdrawMessages = (sql: SqlStorage, maker: Domain, reason: string): void => {
  sql.exec(
    `UPDATE message SET outgoing_seq = NULL, relay_state = 'waiting', relay_reason = ?
     WHERE relay_state IN ('queued', 'delivering', 'delayed') AND note IN (SELECT id FROM note WHERE maker = ?)`,
    reason,
    maker,
  );
};

export const queueMessage = (sql: SqlStorage, id: MessageId, outgoingSeq: number): void => {
  sql.exec(
    "UPDATE message SET outgoing_seq = ?, relay_state = 'queued', relay_reason = NULL WHERE id = ?",
    outgoingSeq,
    id,
  );
};

export const setMessageRelay = (sql: SqlStorage, id: MessageId, state: RelayState, reason: string | null): void => {
  sql.exec("UPDATE message SET relay_state = ?, relay_reason = ? WHERE id = ?", state, reason, id);
};

export const deleteThread = (sql: SqlStorage, note: NoteId): void => {
  sql.exec("DELETE FROM message WHERE note = ?", note);
};

export const hasMakerMessage = (sql: SqlStorage, note: NoteId): boolean =>
  sql
    .exec<{ n: number }>(
      "SELECT count(*) AS n FROM (SELECT 1 FROM message WHERE note = ? AND side = 'maker' LIMIT 1)",
      note,
    )
    .one().n > 0;
