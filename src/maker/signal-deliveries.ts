// How the last signals of erased twins fare, that this maker's own courier still has: part of the list the desk shows, and replayed from here.

import {
  compareDeliveries,
  type DeliveryFilter,
  type DeliveryKey,
  type DeliveryPlace,
  type ListedDelivery,
  type ReplayChoice,
} from "../domain/delivery.ts";
import type { EndpointId, TwinId } from "../domain/ids.ts";
import { Lines } from "../relay/line.ts";
import { seqsAbout } from "../relay/outgoing.ts";
import { deliveriesAt } from "../relay/told.ts";

type Row = { source: TwinId; seq: number; created_at: number };

const matches = (filter: DeliveryFilter, { state, endpoint, note, type }: ListedDelivery): boolean =>
  (filter.state === null || filter.state === state) &&
  (filter.endpoint === null || filter.endpoint === endpoint) &&
  (filter.note === null || filter.note === note) &&
  (filter.type === null || filter.type === type);

/** Those that come after the place `after` in the list. */
export function listSignals(
  sql: SqlStorage,
  filter: DeliveryFilter,
  after: DeliveryPlace | null,
  limit: number,
): ListedDelivery[] {
  const rows = sql
    .exec<Row>(
      `SELECT source, seq, created_at FROM outgoing WHERE (?1 IS NULL OR source = ?1) AND created_at <= ?2 AND created_at >= ?3 AND created_at < ?4
       ORDER BY created_at DESC`,
      filter.twin,
      after?.createdAt ?? Number.MAX_SAFE_INTEGER,
      filter.from ?? 0,
      filter.to ?? Number.MAX_SAFE_INTEGER,
    )
    .toArray();
  const listed: ListedDelivery[] = [];
  let last: number | null = null;
  for (const { source, seq, created_at } of rows) {
    // All of one millisecond, before they are put in order by name.
    if (listed.length >= limit && created_at !== last) break;
    last = created_at;
    for (const delivery of deliveriesAt(sql, source, seq)) {
      const one = { ...delivery, twin: source };
      if (matches(filter, one) && (after === null || compareDeliveries(after, one) < 0)) listed.push(one);
    }
  }
  return listed.toSorted(compareDeliveries).slice(0, limit);
}

/** The signals that a replay at this endpoint is about, `limit` at most. */
export function replayableSignals(
  sql: SqlStorage,
  endpoint: EndpointId,
  choice: ReplayChoice,
  limit: number,
): DeliveryKey[] {
  return chosen(sql, choice)
    .flatMap(({ source, seq }) =>
      deliveriesAt(sql, source, seq)
        .filter((delivery) => delivery.endpoint === endpoint && delivery.type !== "thread.gap")
        .map(({ event }) => ({ event, twin: source, seq })),
    )
    .slice(0, limit);
}

function chosen(sql: SqlStorage, choice: ReplayChoice): Pick<Row, "source" | "seq">[] {
  if ("note" in choice) return seqsAbout(sql, choice.twin, choice.note).map((seq) => ({ source: choice.twin, seq }));
  return (
    "event" in choice
      ? sql.exec<Row>("SELECT source, seq, created_at FROM outgoing WHERE id = ?", choice.event)
      : sql.exec<Row>(
          "SELECT source, seq, created_at FROM outgoing WHERE created_at >= ? AND created_at < ?",
          choice.from,
          choice.to,
        )
  ).toArray();
}

/** @returns how many will go */
export function replaySignals(
  sql: SqlStorage,
  endpoint: EndpointId,
  keys: readonly DeliveryKey[],
  now: number,
): number {
  const lines = new Lines(sql);
  return keys.flatMap(({ twin, seq }) => lines.replay(twin, endpoint, [seq], now)).length;
}
