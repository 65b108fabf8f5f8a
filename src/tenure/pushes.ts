// Who is told by web push, and of what: one subscription a channel, and the pushes that are not sent yet. Endpoints never leave this file but to be called.

import type { ChannelId, NoteId } from "../domain/ids.ts";
import type { PushAbout, Subscription } from "../domain/push.ts";

/** `push_due.note` is "" for what is about no note; `event` is the newest it tells of, so that one of during a request is told too. */
export const PUSH_SCHEMA = `
CREATE TABLE push (
  channel TEXT PRIMARY KEY,
  endpoint TEXT NOT NULL,
  p256dh TEXT NOT NULL,
  auth TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE push_due (
  channel TEXT NOT NULL,
  about TEXT NOT NULL,
  note TEXT NOT NULL,
  at INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  event INTEGER NOT NULL,
  PRIMARY KEY (channel, about, note)
) STRICT, WITHOUT ROWID;
CREATE INDEX push_due_at ON push_due (at);
`;

type Row = { channel: ChannelId; endpoint: string; p256dh: string; auth: string; since: number };
type DueRow = { channel: ChannelId; about: PushAbout; note: NoteId | ""; at: number; tries: number; event: number };

export type Subscribed = Subscription & { readonly since: number };
/** A push that is being tried: for the `tries`-th time. */
export type DuePush = {
  readonly channel: ChannelId;
  readonly about: PushAbout;
  readonly note: NoteId | null;
  readonly tries: number;
  /** The newest event it tells of. */
  readonly event: number;
};

export function subscriptionOf(sql: SqlStorage, channel: ChannelId): Subscribed | null {
  const row = [...sql.exec<Row>("SELECT * FROM push WHERE channel = ?", channel)][0];
  return row ? { endpoint: row.endpoint, p256dh: row.p256dh, auth: row.auth, since: row.since } : null;
}

/** The channel is told there from now on; the very same subscription once more changes nothing. */
export function keepSubscription(
  sql: SqlStorage,
  channel: ChannelId,
  { endpoint, p256dh, auth }: Subscription,
  now: number,
): void {
  sql.exec(
    `INSERT INTO push (channel, endpoint, p256dh, auth, since) VALUES (?1, ?2, ?3, ?4, ?5)
     ON CONFLICT (channel) DO UPDATE SET endpoint = ?2, p256dh = ?3, auth = ?4, since = ?5
     WHERE endpoint <> ?2 OR p256dh <> ?3 OR auth <> ?4`,
    channel,
    endpoint,
    p256dh,
    auth,
    now,
  );
}

/** The channel is told no more, of what is waiting neither. */
export function endSubscription(sql: SqlStorage, channel: ChannelId): void {
  sql.exec("DELETE FROM push WHERE channel = ?", channel);
  sql.exec("DELETE FROM push_due WHERE channel = ?", channel);
}

export function endAllSubscriptions(sql: SqlStorage): void {
  sql.exec("DELETE FROM push");
  sql.exec("DELETE FROM push_due");
}

const EXPIRES = "SELECT id FROM channel WHERE expires_at <= ?";

/** Ends those of channels whose time is over. */
export function endExpiredSubscriptions(sql: SqlStorage, now: number): void {
  sql.exec(`DELETE FROM push WHERE channel IN (${EXPIRES})`, now);
  sql.exec(`DELETE FROM push_due WHERE channel IN (${EXPIRES})`, now);
}

export const subscribedChannels = (sql: SqlStorage): ChannelId[] =>
  [...sql.exec<{ channel: ChannelId }>("SELECT channel FROM push")].map(({ channel }) => channel);

/** At most one unsent a channel, subject and note. One that waits keeps its date, as a push service may have asked for it, and gets all its tries again. */
export function enqueuePush(
  sql: SqlStorage,
  channel: ChannelId,
  about: PushAbout,
  note: NoteId | null,
  event: number,
  now: number,
): void {
  sql.exec(
    `INSERT INTO push_due (channel, about, note, at, tries, event) VALUES (?, ?, ?, ?, 0, ?)
     ON CONFLICT (channel, about, note) DO UPDATE SET tries = 0, event = excluded.event`,
    channel,
    about,
    note ?? "",
    now,
    event,
  );
}

/** The next push to try, noted as tried; until `lease` nobody else takes it, and after a crash it is tried again then. */
export function takeDue(sql: SqlStorage, now: number, lease: number): DuePush | null {
  const due = [...sql.exec<DueRow>("SELECT * FROM push_due WHERE at <= ? ORDER BY at LIMIT 1", now)][0];
  if (!due) return null;
  const tries = due.tries + 1;
  setDue(sql, due, tries, lease);
  return { channel: due.channel, about: due.about, note: due.note || null, tries, event: due.event };
}

type Place = Pick<DuePush, "channel" | "about"> & { readonly note: NoteId | "" | null };

const setDue = (sql: SqlStorage, { channel, about, note }: Place, tries: number, at: number): void => {
  sql.exec(
    "UPDATE push_due SET tries = ?, at = ? WHERE channel = ? AND about = ? AND note = ?",
    tries,
    at,
    channel,
    about,
    note ?? "",
  );
};

/** Whether nothing more happened since it was taken. */
const isLatest = (sql: SqlStorage, { channel, about, note, event }: DuePush): boolean =>
  [
    ...sql.exec(
      "SELECT 1 FROM push_due WHERE channel = ? AND about = ? AND note = ? AND event > ?",
      channel,
      about,
      note ?? "",
      event,
    ),
  ].length === 0;

/** It is told, or given up. What happened meanwhile is tried at once. */
export function finishPush(sql: SqlStorage, push: DuePush, now: number): void {
  if (isLatest(sql, push)) {
    sql.exec(
      "DELETE FROM push_due WHERE channel = ? AND about = ? AND note = ?",
      push.channel,
      push.about,
      push.note ?? "",
    );
  } else setDue(sql, push, 0, now);
}

/** It is tried again at `at`. */
export const retryPush = (sql: SqlStorage, push: DuePush, at: number): void =>
  setDue(sql, push, isLatest(sql, push) ? push.tries : 0, at);

/** When the next push is due, or a subscribed channel expires; null when neither will be. */
export const nextPushAt = (sql: SqlStorage): number | null =>
  sql
    .exec<{ at: number | null }>(
      `SELECT min(at) AS at FROM (
         SELECT min(at) AS at FROM push_due
         UNION ALL SELECT min(expires_at) FROM channel JOIN push ON push.channel = channel.id
       )`,
    )
    .one().at;
