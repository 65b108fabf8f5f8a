// How the events of a source fare at each endpoint, in the words of their company. Reads only.

import { ATTEMPTS_TOLD, type DeliveryState, type ToldAttempt, type ToldDelivery } from "../domain/delivery.ts";
import type { NoteId } from "../domain/ids.ts";
import { Lines, type Delivery, type Line } from "./line.ts";
import { eventAt, GAP, type Outgoing } from "./outgoing.ts";

/** Completes "your server …". */
const PARKED_REASON = {
  "breaker-open": "is not answering; it is asked again and again until it does",
  disabled: "failed for so long, or said it is gone, that its endpoint is disabled",
  off: "has its endpoint switched off",
} as const;
const DELETED = "has this endpoint no more: it was deleted";

type AttemptRow = {
  n: number;
  started_at: number;
  ended_at: number;
  status: number | null;
  ms: number | null;
  outcome: ToldAttempt["outcome"];
  reason: string | null;
  head: string | null;
};

/** A Tenure's subject names the note; what an erased tenure left in the Maker is a body, that has it. */
function noteOf(subject: unknown): NoteId | null {
  const { note } = subject as { note?: NoteId | { id?: NoteId } };
  return typeof note === "string" ? note : (note?.id ?? null);
}

/** All deliveries of one event, the announcements of a gap that ends with it too. None at an endpoint that it never was for. */
export function deliveriesAt(sql: SqlStorage, source: string, seq: number): ToldDelivery[] {
  const event = eventAt(sql, source, seq);
  if (event === null) return [];
  const lines = new Lines(sql);
  return lines.withEnded(source).flatMap((line) => {
    const known = lines.deliveriesOf(source, line.endpoint, seq);
    const begun = known.filter(({ state }) => state !== "void").map((delivery) => told(sql, line, event, delivery));
    return known.some(({ gapFrom }) => gapFrom === 0) || !waits(line, event) ? begun : [...begun, untried(line, event)];
  });
}

/** The seqs that left their lines just before this one did: the announcement of a gap takes in the one before it, which is then no more. */
export function lostBefore(sql: SqlStorage, source: string, seq: number): number[] {
  const lines = new Lines(sql);
  return lines.withEnded(source).flatMap(({ endpoint }) => {
    const lost = lines.delivery(source, endpoint, seq);
    return lost !== null && lost.prev !== null && (lost.state === "dead" || lost.state === "aside") ? [lost.prev] : [];
  });
}

/** Whether the event is in this endpoint's line, and its turn has not come yet. */
const waits = (line: Line, event: Outgoing): boolean =>
  line.state !== "ended" && event.seq > line.cursor && (line.types === null || line.types.includes(event.type));

function untried(line: Line, event: Outgoing): ToldDelivery {
  return {
    event: event.id,
    type: event.type,
    note: noteOf(event.subject),
    seq: event.seq,
    endpoint: line.endpoint,
    state: line.reason === null ? "queued" : "delayed",
    reason: line.reason && PARKED_REASON[line.reason],
    nextAt: null,
    createdAt: event.createdAt,
    updatedAt: event.createdAt,
    attempts: [],
  };
}

function told(sql: SqlStorage, line: Line, event: Outgoing, delivery: Delivery): ToldDelivery {
  const rows = attemptsOf(sql, delivery);
  const isGap = delivery.gapFrom > 0;
  return {
    event: delivery.event,
    type: isGap ? GAP : event.type,
    note: isGap ? null : noteOf(event.subject),
    seq: delivery.seq,
    endpoint: delivery.endpoint,
    ...standing(line, delivery),
    createdAt: event.createdAt,
    updatedAt: Math.max(event.createdAt, delivery.openAt ?? 0, delivery.endedAt ?? 0, rows.at(-1)?.ended_at ?? 0),
    attempts: rows.map(({ n, started_at, status, ms, outcome, reason, head }) => ({
      n,
      at: started_at,
      status,
      ms,
      outcome,
      reason,
      head,
    })),
  };
}

function standing(
  line: Line,
  delivery: Delivery,
): { state: DeliveryState; reason: string | null; nextAt: number | null } {
  const { state, reason, nextAt } = delivery;
  if (state === "delivered" || state === "dead") return { state, reason, nextAt: null };
  if (line.state === "ended") return { state: "dead", reason: DELETED, nextAt: null };
  if (delivery.openAt !== null) return { state: "delivering", reason: null, nextAt: null };
  const why = line.reason === null ? reason : PARKED_REASON[line.reason];
  if (state === "gap" || state === "aside") return { state, reason: why, nextAt };
  return { state: why === null ? "queued" : "delayed", reason: why, nextAt };
}

/** The newest, oldest of them first. */
const attemptsOf = (sql: SqlStorage, { source, endpoint, seq, gapFrom }: Delivery): AttemptRow[] =>
  [
    ...sql.exec<AttemptRow>(
      `SELECT n, started_at, ended_at, status, ms, outcome, reason, head FROM attempt
       WHERE source = ? AND endpoint = ? AND seq = ? AND gap_from = ? ORDER BY n DESC LIMIT ?`,
      source,
      endpoint,
      seq,
      gapFrom,
      ATTEMPTS_TOLD,
    ),
  ].toReversed();
