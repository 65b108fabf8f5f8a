// How each event fares on its way to each endpoint, as the tenures told it: a list that is newest event first, whose rows never change places.
// Of an erased twin only the names of its events stay, so that a replay can say how many are gone.

import type {
  DeliveryFilter,
  DeliveryKey,
  DeliveryNews,
  DeliveryPlace,
  ListedDelivery,
  NamedDelivery,
  ToldAttempt,
  ToldDelivery,
} from "../domain/delivery.ts";
import type { EndpointId, EventId, TwinId } from "../domain/ids.ts";

/** `told_twin.version` is that of the last news of a twin, and of one that left the highest there is. The order of `told_delivery`'s key is the list's, read backwards. */
export const DELIVERIES_SCHEMA = `
CREATE TABLE told_twin (
  twin TEXT PRIMARY KEY,
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE told_delivery (
  created_at INTEGER NOT NULL,
  event TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  twin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  type TEXT NOT NULL,
  note TEXT,
  state TEXT NOT NULL,
  reason TEXT,
  next_at INTEGER,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (created_at, seq, event, endpoint)
) STRICT, WITHOUT ROWID;
CREATE INDEX told_delivery_event ON told_delivery (event, endpoint);
CREATE INDEX told_delivery_twin ON told_delivery (twin, seq);
CREATE INDEX told_delivery_note ON told_delivery (note, created_at, seq, event, endpoint) WHERE note IS NOT NULL;
CREATE INDEX told_delivery_endpoint ON told_delivery (endpoint, created_at, seq, event);
CREATE INDEX told_delivery_state ON told_delivery (state, created_at, seq, event, endpoint) WHERE state != 'delivered';
CREATE TABLE told_attempt (
  event TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  n INTEGER NOT NULL,
  at INTEGER NOT NULL,
  status INTEGER,
  ms INTEGER,
  outcome TEXT NOT NULL,
  reason TEXT,
  head TEXT,
  PRIMARY KEY (event, endpoint, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE erased_delivery (
  endpoint TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  event TEXT NOT NULL,
  PRIMARY KEY (endpoint, created_at, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX erased_delivery_event ON erased_delivery (event, endpoint);
`;

/** What a replay of one event, or of a range, is about: what can go out, and what is gone with its owner's side. */
export type Replayable = { readonly keys: readonly DeliveryKey[]; readonly gone: readonly EventId[] };

type Row = {
  created_at: number;
  event: EventId;
  endpoint: EndpointId;
  twin: TwinId;
  seq: number;
  type: string;
  note: ToldDelivery["note"];
  state: ToldDelivery["state"];
  reason: string | null;
  next_at: number | null;
  updated_at: number;
};

/** @returns whether this was news. A repeat is not, nor is what comes after something later. */
export function takeDeliveries(sql: SqlStorage, news: DeliveryNews): boolean {
  const { twin, version } = news;
  const known = [...sql.exec<{ version: number }>("SELECT version FROM told_twin WHERE twin = ?", twin)][0];
  if (known && known.version >= version) return false;
  sql.exec("INSERT OR REPLACE INTO told_twin (twin, version) VALUES (?, ?)", twin, version);
  const told = new Set(news.deliveries.map(nameOf));
  for (const seq of news.seqs) {
    for (const before of rowsOf(sql, twin, seq)) if (!told.has(nameOf(before))) drop(sql, before);
  }
  for (const delivery of news.deliveries) put(sql, twin, delivery);
  return true;
}

const nameOf = ({ event, endpoint }: { event: EventId; endpoint: EndpointId }): string => `${event} ${endpoint}`;
const rowsOf = (sql: SqlStorage, twin: TwinId, seq: number): Row[] => [
  ...sql.exec<Row>("SELECT * FROM told_delivery WHERE twin = ? AND seq = ?", twin, seq),
];

function drop(sql: SqlStorage, { created_at, seq, event, endpoint }: Row): void {
  sql.exec(
    "DELETE FROM told_delivery WHERE created_at = ? AND seq = ? AND event = ? AND endpoint = ?",
    created_at,
    seq,
    event,
    endpoint,
  );
  sql.exec("DELETE FROM told_attempt WHERE event = ? AND endpoint = ?", event, endpoint);
}

function put(sql: SqlStorage, twin: TwinId, delivery: ToldDelivery): void {
  const { createdAt, event, endpoint, seq, type, note, state, reason, nextAt, updatedAt } = delivery;
  sql.exec(
    `INSERT OR REPLACE INTO told_delivery (created_at, event, endpoint, twin, seq, type, note, state, reason, next_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    createdAt,
    event,
    endpoint,
    twin,
    seq,
    type,
    note,
    state,
    reason,
    nextAt,
    updatedAt,
  );
  for (const attempt of delivery.attempts) {
    sql.exec(
      "INSERT OR REPLACE INTO told_attempt (event, endpoint, n, at, status, ms, outcome, reason, head) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      event,
      endpoint,
      attempt.n,
      attempt.at,
      attempt.status,
      attempt.ms,
      attempt.outcome,
      attempt.reason,
      attempt.head,
    );
  }
  const oldest = delivery.attempts[0]?.n ?? 0;
  sql.exec("DELETE FROM told_attempt WHERE event = ? AND endpoint = ? AND n < ?", event, endpoint, oldest);
}

const KEPT_MS = 90 * 24 * 3_600_000;
const PRUNED_AT_ONCE = 500;

/** The list's and the names' oldest are found by their times. */
export const DELIVERIES_AGE = `
CREATE INDEX erased_delivery_at ON erased_delivery (created_at);
`;

/** Earlier versions were told what was answered as it was. */
export const DELIVERIES_SEALED = `
UPDATE told_attempt SET head = NULL;
`;

/** When the oldest of what is kept is old enough to go (ms), or null where nothing is kept. */
export function deliveriesDueAt(sql: SqlStorage): number | null {
  const { at } = sql
    .exec<{ at: number | null }>(
      "SELECT min(at) AS at FROM (SELECT min(created_at) AS at FROM told_delivery UNION ALL SELECT min(created_at) FROM erased_delivery)",
    )
    .one();
  return at === null ? null : at + KEPT_MS;
}

/** Drops a bounded piece of what is older than 90 days, whatever became of it. */
export function pruneDeliveries(sql: SqlStorage, now: number): void {
  const old = sql
    .exec<Row>(
      "SELECT * FROM told_delivery WHERE created_at <= ? ORDER BY created_at LIMIT ?",
      now - KEPT_MS,
      PRUNED_AT_ONCE,
    )
    .toArray();
  for (const row of old) drop(sql, row);
  sql.exec(
    "DELETE FROM erased_delivery WHERE (endpoint, created_at, event) IN (SELECT endpoint, created_at, event FROM erased_delivery WHERE created_at <= ? ORDER BY created_at LIMIT ?)",
    now - KEPT_MS,
    PRUNED_AT_ONCE,
  );
}

/** No news has a higher version: nothing that is still on its way is taken in. */
const LEFT = Number.MAX_SAFE_INTEGER;

/** The twin left: of its deliveries nothing stays but which events there were. Within the transaction of the leaving. */
export function forgetDeliveries(sql: SqlStorage, twin: TwinId): void {
  sql.exec(
    "INSERT OR IGNORE INTO erased_delivery (endpoint, created_at, event) SELECT endpoint, created_at, event FROM told_delivery WHERE twin = ? AND type != 'thread.gap'",
    twin,
  );
  sql.exec(
    "DELETE FROM told_attempt WHERE (event, endpoint) IN (SELECT event, endpoint FROM told_delivery WHERE twin = ?)",
    twin,
  );
  sql.exec("DELETE FROM told_delivery WHERE twin = ?", twin);
  sql.exec("INSERT OR REPLACE INTO told_twin (twin, version) VALUES (?, ?)", twin, LEFT);
}

/** The deliveries that come after the place `after` in the list. */
export function listDeliveries(
  sql: SqlStorage,
  filter: DeliveryFilter,
  after: DeliveryPlace | null,
  limit: number,
): ListedDelivery[] {
  const { state, endpoint, twin, note, type, from, to } = filter;
  const wanted: readonly (readonly [string, ...(string | number)[]])[] = [
    ...(after
      ? [
          [
            "(created_at, seq, event, endpoint) < (?, ?, ?, ?)",
            after.createdAt,
            after.seq,
            after.event,
            after.endpoint,
          ] as const,
        ]
      : []),
    // The second half is what tells that the index of the undelivered serves.
    ...(state ? [[state === "delivered" ? "state = ?" : "state = ? AND state != 'delivered'", state] as const] : []),
    ...(endpoint ? [["endpoint = ?", endpoint] as const] : []),
    ...(twin ? [["twin = ?", twin] as const] : []),
    ...(note ? [["note = ?", note] as const] : []),
    ...(type ? [["type = ?", type] as const] : []),
    ...(from === null ? [] : [["created_at >= ?", from] as const]),
    ...(to === null ? [] : [["created_at < ?", to] as const]),
  ];
  const where = wanted.length === 0 ? "" : `WHERE ${wanted.map(([term]) => term).join(" AND ")}`;
  const rows = sql.exec<Row>(
    `SELECT * FROM told_delivery ${where} ORDER BY created_at DESC, seq DESC, event DESC, endpoint DESC LIMIT ?`,
    ...wanted.flatMap(([, ...values]) => values),
    limit,
  );
  return [...rows].map((row) => view(sql, row));
}

/** Says what each is about, and what was answered, as far as its thread is in sight. */
export const named = (sql: SqlStorage, deliveries: readonly ListedDelivery[]): NamedDelivery[] =>
  deliveries.map((delivery) => {
    const { note, attempts } = delivery;
    const [thread] = sql.exec<{ product: string }>("SELECT product FROM thread WHERE note = ?", note);
    // The tenure forgets what was answered when the words are taken back: its news of that may still be on the way.
    const isInSight = note === null || thread !== undefined;
    return {
      ...delivery,
      product: thread?.product ?? null,
      attempts: isInSight ? attempts : attempts.map((attempt) => ({ ...attempt, head: null })),
    };
  });

function view(sql: SqlStorage, row: Row): ListedDelivery {
  const { event, endpoint, twin, seq, type, note, state, reason } = row;
  return {
    event,
    type,
    twin,
    note,
    seq,
    endpoint,
    state,
    reason,
    nextAt: row.next_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    attempts: [
      ...sql.exec<ToldAttempt>(
        "SELECT n, at, status, ms, outcome, reason, head FROM told_attempt WHERE event = ? AND endpoint = ? ORDER BY n",
        event,
        endpoint,
      ),
    ],
  };
}

/** One event at one endpoint. */
export const replayableEvent = (sql: SqlStorage, endpoint: EndpointId, event: EventId): Replayable => ({
  keys: [
    ...sql.exec<DeliveryKey>(
      "SELECT event, twin, seq FROM told_delivery WHERE event = ? AND endpoint = ? AND type != 'thread.gap'",
      event,
      endpoint,
    ),
  ],
  gone: names(sql.exec("SELECT event FROM erased_delivery WHERE event = ? AND endpoint = ?", event, endpoint)),
});

/** The events of a range of times (ms, `to` exclusive) at one endpoint, `limit` of each kind at most. */
export const replayableRange = (
  sql: SqlStorage,
  endpoint: EndpointId,
  { from, to }: { readonly from: number; readonly to: number },
  limit: number,
): Replayable => ({
  keys: [
    ...sql.exec<DeliveryKey>(
      "SELECT event, twin, seq FROM told_delivery WHERE endpoint = ? AND created_at >= ? AND created_at < ? AND type != 'thread.gap' ORDER BY created_at LIMIT ?",
      endpoint,
      from,
      to,
      limit,
    ),
  ],
  gone: names(
    sql.exec(
      "SELECT event FROM erased_delivery WHERE endpoint = ? AND created_at >= ? AND created_at < ? ORDER BY created_at LIMIT ?",
      endpoint,
      from,
      to,
      limit,
    ),
  ),
});

const names = (rows: Iterable<Record<string, SqlStorageValue>>): EventId[] =>
  [...rows].map(({ event }) => event as EventId);
