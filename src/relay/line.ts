// The line of one source at one endpoint: strict first-in first-out, one in flight. Rows and their steps only; nothing here waits or sends.

import type { Parked } from "../domain/exchange.ts";
import type { EndpointId, EventId, NoteId } from "../domain/ids.ts";
import type { AttemptResult } from "./attempt.ts";
import { eventAt, eventsAfter, hasUrgentAfter, lastBefore, type Outgoing } from "./outgoing.ts";
import { nextDelayMs, nextPoisonDelayMs, SET_ASIDE_AFTER } from "./schedule.ts";

/** A safety note behind it shortens a failing head's patience: its first three tries come within a minute. */
export const SET_ASIDE_FOR_SAFETY_AFTER = 3;
const SCANNED_AT_ONCE = 100;

/**
 * `cursor`: every seq up to it has left the line (delivered, dead, set aside, not wanted). `prev`: the last of them that was this endpoint's.
 * parked: the Maker gives no leave, for `reason`. ended: the endpoint is no more. `dueAt`: when to look at it again (ms); null for a line with nothing to do.
 */
export type Line = {
  readonly source: string;
  readonly endpoint: EndpointId;
  readonly types: readonly string[] | null;
  readonly createdAt: number;
  readonly cursor: number;
  readonly prev: number | null;
  readonly state: "open" | "parked" | "ended";
  readonly reason: Parked["reason"] | null;
  readonly dueAt: number | null;
};

/**
 * One event (`gapFrom` 0), or the announcement of the gap `gapFrom`..`seq`, on its way to one endpoint.
 * queued: the head. gap: an announcement, ahead of all events. aside: out of the line, trying alone. void: no longer to be told at all.
 * `attempts` counts against the schedule, `calls` all requests, probes too. `openAt`: a request is under way since. Times in ms.
 */
export type Delivery = {
  readonly source: string;
  readonly endpoint: EndpointId;
  readonly seq: number;
  readonly gapFrom: number;
  readonly event: EventId;
  readonly prev: number | null;
  readonly state: "queued" | "gap" | "aside" | "delivered" | "dead" | "void";
  readonly attempts: number;
  readonly calls: number;
  readonly poison: number;
  readonly firstAt: number | null;
  readonly openAt: number | null;
  readonly openProbe: boolean;
  readonly nextAt: number | null;
  readonly deliveredAt: number | null;
  readonly endedAt: number | null;
  readonly reason: string | null;
};

/** What a line would send now, or when it will have something (ms; null when that is up to others). */
export type Next =
  | { readonly kind: "send"; readonly delivery: Delivery; readonly event: Outgoing | null }
  | { readonly kind: "wait"; readonly until: number | null };

type LineRow = {
  source: string;
  endpoint: string;
  types: string | null;
  created_at: number;
  cursor: number;
  prev: number | null;
  state: Line["state"];
  reason: Line["reason"];
  due_at: number | null;
};
type DeliveryRow = {
  source: string;
  endpoint: string;
  seq: number;
  gap_from: number;
  event: string;
  prev: number | null;
  state: Delivery["state"];
  attempts: number;
  calls: number;
  poison: number;
  first_at: number | null;
  open_at: number | null;
  open_probe: number;
  next_at: number | null;
  delivered_at: number | null;
  ended_at: number | null;
  reason: string | null;
};

const readLine = (row: LineRow): Line => ({
  source: row.source,
  endpoint: row.endpoint as EndpointId,
  types: row.types === null ? null : (JSON.parse(row.types) as string[]),
  createdAt: row.created_at,
  cursor: row.cursor,
  prev: row.prev,
  state: row.state,
  reason: row.reason,
  dueAt: row.due_at,
});

const readDelivery = (row: DeliveryRow): Delivery => ({
  source: row.source,
  endpoint: row.endpoint as EndpointId,
  seq: row.seq,
  gapFrom: row.gap_from,
  event: row.event as EventId,
  prev: row.prev,
  state: row.state,
  attempts: row.attempts,
  calls: row.calls,
  poison: row.poison,
  firstAt: row.first_at,
  openAt: row.open_at,
  openProbe: row.open_probe === 1,
  nextAt: row.next_at,
  deliveredAt: row.delivered_at,
  endedAt: row.ended_at,
  reason: row.reason,
});

export class Lines {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The lines of a source whose endpoint still exists. */
  of(source: string): Line[] {
    return [...this.#sql.exec<LineRow>("SELECT * FROM line WHERE source = ? AND state != 'ended'", source)].map(
      readLine,
    );
  }

  /** The same with those whose endpoint was deleted. */
  withEnded(source: string): Line[] {
    return [...this.#sql.exec<LineRow>("SELECT * FROM line WHERE source = ?", source)].map(readLine);
  }

  all(): Line[] {
    return [...this.#sql.exec<LineRow>("SELECT * FROM line WHERE state != 'ended'")].map(readLine);
  }

  /** When each source's first line is due (ms), of those that have one. */
  dueAt(): Map<string, number> {
    const due = this.#sql.exec<{ source: string; at: number }>(
      "SELECT source, min(due_at) AS at FROM line WHERE state != 'ended' AND due_at IS NOT NULL GROUP BY source",
    );
    return new Map([...due].map(({ source, at }) => [source, at]));
  }

  find(source: string, endpoint: EndpointId): Line | null {
    const row = [
      ...this.#sql.exec<LineRow>("SELECT * FROM line WHERE source = ? AND endpoint = ?", source, endpoint),
    ][0];
    return row ? readLine(row) : null;
  }

  /** The line of an endpoint, begun if it is new. It starts at the endpoint's creation: earlier events are not its. */
  open(source: string, endpoint: EndpointId, types: readonly string[] | null, createdAt: number): Line {
    const wanted = types === null ? null : JSON.stringify(types);
    const known = this.find(source, endpoint);
    if (known === null) {
      this.#sql.exec(
        "INSERT INTO line (source, endpoint, types, created_at, cursor, prev, state, reason, due_at) VALUES (?, ?, ?, ?, ?, NULL, 'open', NULL, NULL)",
        source,
        endpoint,
        wanted,
        createdAt,
        lastBefore(this.#sql, source, createdAt),
      );
    } else if (known.state === "ended" || JSON.stringify(known.types) !== JSON.stringify(types)) {
      this.#sql.exec(
        "UPDATE line SET types = ?, state = ?, reason = ? WHERE source = ? AND endpoint = ?",
        wanted,
        // A parked line stays so, whatever it is asked for: it is the parked ones that are woken.
        known.state === "ended" ? "open" : known.state,
        known.state === "ended" ? null : known.reason,
        source,
        endpoint,
      );
    } else {
      return known;
    }
    return this.find(source, endpoint)!;
  }

  setState(line: Line, state: Line["state"], reason: Line["reason"], dueAt: number | null): void {
    this.#sql.exec(
      "UPDATE line SET state = ?, reason = ?, due_at = ? WHERE source = ? AND endpoint = ?",
      state,
      reason,
      dueAt,
      line.source,
      line.endpoint,
    );
  }

  setDue(line: Line, dueAt: number | null): void {
    if (line.dueAt === dueAt) return;
    this.#sql.exec("UPDATE line SET due_at = ? WHERE source = ? AND endpoint = ?", dueAt, line.source, line.endpoint);
  }

  delivery(source: string, endpoint: EndpointId, seq: number): Delivery | null {
    const row = [
      ...this.#sql.exec<DeliveryRow>(
        "SELECT * FROM delivery WHERE source = ? AND endpoint = ? AND seq = ? AND gap_from = 0",
        source,
        endpoint,
        seq,
      ),
    ][0];
    return row ? readDelivery(row) : null;
  }

  /** What was ever begun at this seq: the event, and the announcement of a gap that ends with it. */
  deliveriesOf(source: string, endpoint: EndpointId, seq: number): Delivery[] {
    return [
      ...this.#sql.exec<DeliveryRow>(
        "SELECT * FROM delivery WHERE source = ? AND endpoint = ? AND seq = ? ORDER BY gap_from",
        source,
        endpoint,
        seq,
      ),
    ].map(readDelivery);
  }

  /** The head once it has been tried, or null. */
  head(line: Line): Delivery | null {
    const row = [
      ...this.#sql.exec<DeliveryRow>(
        "SELECT * FROM delivery WHERE source = ? AND endpoint = ? AND seq > ? AND gap_from = 0 ORDER BY seq LIMIT 1",
        line.source,
        line.endpoint,
        line.cursor,
      ),
    ][0];
    return row ? readDelivery(row) : null;
  }

  /** Announcements under way (`gap`), or what goes on trying alone (`aside`), by seq. */
  apart(line: Line, state: "gap" | "aside"): Delivery[] {
    return [
      ...this.#sql.exec<DeliveryRow>(
        "SELECT * FROM delivery WHERE source = ? AND endpoint = ? AND state IN ('gap', 'aside') AND state = ? ORDER BY seq, gap_from",
        line.source,
        line.endpoint,
        state,
      ),
    ].map(readDelivery);
  }

  /** Looks at what comes next. Passes over what the endpoint does not want; writes nothing else. */
  next(line: Line, now: number): Next {
    const first = this.#nextInLine(line);
    if (first !== null && (first.delivery.nextAt ?? 0) <= now) return { kind: "send", ...first };
    const alone = this.apart(line, "aside").toSorted((a, b) => (a.nextAt ?? 0) - (b.nextAt ?? 0))[0];
    if (alone && (alone.nextAt ?? 0) <= now) return { kind: "send", delivery: alone, event: null };
    const times = [first?.delivery.nextAt, alone?.nextAt].filter((at) => typeof at === "number");
    return { kind: "wait", until: times.length > 0 ? Math.min(...times) : null };
  }

  #nextInLine(line: Line): { delivery: Delivery; event: Outgoing | null } | null {
    const waiting = this.apart(line, "gap")[0] ?? this.head(line);
    if (waiting) return { delivery: waiting, event: null };
    let after = line.cursor;
    for (;;) {
      const events = eventsAfter(this.#sql, line.source, after, line.types === null ? 1 : SCANNED_AT_ONCE);
      const event = events.find(({ type }) => line.types === null || line.types.includes(type));
      const passed = event ? event.seq - 1 : (events.at(-1)?.seq ?? after);
      if (passed > after && line.types !== null) this.#move(line, passed, line.prev);
      if (event) return { delivery: untried(line, event), event };
      if (events.length === 0) return null;
      after = passed;
    }
  }

  #move(line: Line, cursor: number, prev: number | null): void {
    this.#sql.exec(
      "UPDATE line SET cursor = ?, prev = ? WHERE source = ? AND endpoint = ?",
      cursor,
      prev,
      line.source,
      line.endpoint,
    );
  }

  /** Notes that a request starts now, before it does: after a crash it counts as made. Fixes `prev` at the first. */
  begin(delivery: Delivery, probe: boolean, now: number): Delivery {
    const begun: Delivery = {
      ...delivery,
      attempts: delivery.attempts + (probe ? 0 : 1),
      calls: delivery.calls + 1,
      firstAt: delivery.firstAt ?? now,
      openAt: now,
      openProbe: probe,
    };
    this.#put(begun);
    return begun;
  }

  /**
   * Writes how a request ended and what that means for the line.
   * @param gapId the id of the announcement, should the event leave the line undelivered
   * @param lastSuccessAt of the endpoint, known before the request
   */
  settle(
    begun: Delivery,
    result: AttemptResult,
    now: number,
    given: { random01: number; scale: number; lastSuccessAt: number | null; gapId: EventId },
  ): Delivery {
    this.#sql.exec(
      `INSERT INTO attempt (source, endpoint, seq, gap_from, n, started_at, ended_at, probe, outcome, status, ms, reason, head)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      begun.source,
      begun.endpoint,
      begun.seq,
      begun.gapFrom,
      begun.calls,
      begun.openAt,
      now,
      begun.openProbe ? 1 : 0,
      result.outcome,
      result.status,
      result.ms,
      result.reason,
      result.head,
    );
    const ended = { ...begun, openAt: null, openProbe: false, reason: result.reason };
    if (result.outcome === "delivered")
      return this.#leave({ ...ended, state: "delivered", deliveredAt: now, endedAt: now, nextAt: null });
    if (result.outcome === "gone" || (result.outcome === "retry" && begun.openProbe)) {
      // Another time, as if this one had not been: the line is parked, and nobody's patience wears off.
      const next = { ...ended, nextAt: now + (result.retryAfterMs ?? 0) };
      this.#put(next);
      return next;
    }
    const poison = ended.poison + (result.outcome === "poison" ? 1 : 0);
    const delay =
      result.outcome === "poison"
        ? nextPoisonDelayMs(ended.attempts, poison, given.random01, given.scale)
        : nextDelayMs(ended.attempts, given.random01, given.scale);
    if (delay === null) return this.bury({ ...ended, poison }, result.reason, now, given.gapId);
    const waiting: Delivery = { ...ended, poison, nextAt: now + Math.max(delay, result.retryAfterMs ?? 0) };
    this.#put(waiting);
    const line = this.find(begun.source, begun.endpoint)!;
    return this.setAside(line, waiting, given.lastSuccessAt, given.gapId) ?? waiting;
  }

  /** Makes a dead letter: it frees the head, and the gap is announced. */
  bury(delivery: Delivery, reason: string | null, now: number, gapId: EventId): Delivery {
    const dead: Delivery = { ...delivery, state: "dead", endedAt: now, nextAt: null, reason };
    this.#leave(dead);
    if (delivery.state === "queued") this.#announce(dead, gapId);
    return dead;
  }

  /** Takes an event out that is no longer to be told to anyone. It leaves no trace in the line, so nothing is announced. */
  drop(delivery: Delivery, now: number): void {
    this.#put({ ...delivery, state: "void", endedAt: now, nextAt: null });
    const line = this.find(delivery.source, delivery.endpoint)!;
    if (delivery.state === "queued") this.#move(line, delivery.seq, line.prev);
  }

  /**
   * Sets the failing head aside if its endpoint delivers others: after eight failures, or after three when a safety note waits behind it.
   * @returns what became of it, or null when it stays
   */
  setAside(line: Line, head: Delivery, lastSuccessAt: number | null, gapId: EventId): Delivery | null {
    const healthy = lastSuccessAt !== null && head.firstAt !== null && lastSuccessAt > head.firstAt;
    if (!healthy || (head.state !== "queued" && head.state !== "gap")) return null;
    const patient = head.calls < SET_ASIDE_AFTER;
    if (patient && (head.calls < SET_ASIDE_FOR_SAFETY_AFTER || !this.safetyWaits(line, head))) return null;
    const aside: Delivery = { ...head, state: "aside" };
    this.#put(aside);
    if (head.state === "queued") {
      this.#move(line, head.seq, head.seq);
      this.#announce(aside, gapId);
    }
    return aside;
  }

  safetyWaits(line: Line, head: Delivery): boolean {
    return hasUrgentAfter(this.#sql, line.source, Math.max(line.cursor, head.seq), line.types);
  }

  /** Ends a delivery; if it was the head, the next may go. */
  #leave(delivery: Delivery): Delivery {
    this.#put(delivery);
    const line = this.find(delivery.source, delivery.endpoint)!;
    if (delivery.gapFrom === 0 && delivery.seq > line.cursor) this.#move(line, delivery.seq, delivery.seq);
    return delivery;
  }

  /** Puts the announcement of a gap before everything that follows. A gap next to it that never arrived is told with it. */
  #announce(lost: Delivery, gapId: EventId): void {
    const before = [
      ...this.#sql.exec<DeliveryRow>(
        "SELECT * FROM delivery WHERE source = ? AND endpoint = ? AND seq = ? AND gap_from > 0 AND state IN ('gap', 'aside', 'dead')",
        lost.source,
        lost.endpoint,
        lost.prev,
      ),
    ].map(readDelivery)[0];
    if (before) this.#put({ ...before, state: "void", nextAt: null });
    this.#put({
      ...untried(lost, { seq: lost.seq, id: gapId }),
      state: "gap",
      gapFrom: before?.gapFrom ?? lost.seq,
      prev: null,
    });
  }

  #put(delivery: Delivery): void {
    this.#sql.exec(
      `INSERT OR REPLACE INTO delivery (source, endpoint, seq, gap_from, event, prev, state, attempts, calls, poison, first_at, open_at,
         open_probe, next_at, delivered_at, ended_at, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      delivery.source,
      delivery.endpoint,
      delivery.seq,
      delivery.gapFrom,
      delivery.event,
      delivery.prev,
      delivery.state,
      delivery.attempts,
      delivery.calls,
      delivery.poison,
      delivery.firstAt,
      delivery.openAt,
      delivery.openProbe ? 1 : 0,
      delivery.nextAt,
      delivery.deliveredAt,
      delivery.endedAt,
      delivery.reason,
    );
  }

  /**
   * Sends an event again, alone and with a new count, under its id and with its `prev`. One that never was this endpoint's is not.
   * @returns whether it will go
   */
  again(source: string, endpoint: EndpointId, seq: number, now: number): boolean {
    const delivery = this.delivery(source, endpoint, seq);
    if (!delivery || (delivery.state !== "delivered" && delivery.state !== "dead" && delivery.state !== "aside"))
      return false;
    if (delivery.openAt !== null) return true;
    this.#put({ ...delivery, state: "aside", attempts: 0, poison: 0, nextAt: now, endedAt: null, reason: null });
    this.#lookBy(source, endpoint, now);
    return true;
  }

  #lookBy(source: string, endpoint: EndpointId, now: number): void {
    this.#sql.exec(
      "UPDATE line SET due_at = min(coalesce(due_at, ?1), ?1) WHERE source = ?2 AND endpoint = ?3 AND state = 'open'",
      now,
      source,
      endpoint,
    );
  }

  /**
   * Sends events again. Those that are still in their line stay there and go in their turn; one whose turn it is goes now, with a new count.
   * @returns the seqs that will go
   */
  replay(source: string, endpoint: EndpointId, seqs: readonly number[], now: number): number[] {
    return seqs.filter((seq) => this.again(source, endpoint, seq, now) || this.#inTurn(source, endpoint, seq, now));
  }

  /** Whether it is still in its line. If it was tried there, it is tried again at once. */
  #inTurn(source: string, endpoint: EndpointId, seq: number, now: number): boolean {
    const line = this.find(source, endpoint);
    const event = eventAt(this.#sql, source, seq);
    if (line === null || line.state === "ended" || event === null || seq <= line.cursor) return false;
    if (line.types !== null && !line.types.includes(event.type)) return false;
    const begun = this.delivery(source, endpoint, seq);
    if (begun !== null && begun.openAt === null && (begun.nextAt ?? 0) > now) {
      this.#put({ ...begun, attempts: 0, poison: 0, nextAt: now });
      this.#lookBy(source, endpoint, now);
    }
    return true;
  }

  /**
   * Forgets what was answered to the events of a source, or to those about one note.
   * @returns the seqs of which something was kept
   */
  forgetAnswers(source: string, note: NoteId | null): number[] {
    const kept = [
      ...this.#sql.exec<{ seq: number }>(
        `SELECT DISTINCT seq FROM attempt JOIN outgoing USING (source, seq)
         WHERE source = ?1 AND head IS NOT NULL AND (?2 IS NULL OR subject ->> '$.note' = ?2)`,
        source,
        note,
      ),
    ];
    for (const { seq } of kept)
      this.#sql.exec("UPDATE attempt SET head = NULL WHERE source = ? AND seq = ?", source, seq);
    return kept.map(({ seq }) => seq);
  }

  /** Puts back what an erased tenure's line had apart. */
  restore(position: {
    source: string;
    endpoint: EndpointId;
    types: readonly string[] | null;
    createdAt: number;
    cursor: number;
    prev: number | null;
    now: number;
    apart: readonly { event: EventId; seq: number; gapFrom: number; prev: number | null }[];
  }): void {
    const { source, endpoint } = position;
    this.#sql.exec(
      `INSERT OR IGNORE INTO line (source, endpoint, types, created_at, cursor, prev, state, reason, due_at) VALUES (?, ?, ?, ?, ?, ?, 'open', NULL, ?)`,
      source,
      endpoint,
      position.types === null ? null : JSON.stringify(position.types),
      position.createdAt,
      position.cursor,
      position.prev,
      position.now,
    );
    for (const { event, seq, gapFrom, prev } of position.apart) {
      if (this.#exists(source, endpoint, seq, gapFrom)) continue;
      this.#put({
        ...untried({ source, endpoint, prev }, { seq, id: event }),
        gapFrom,
        state: gapFrom > 0 ? "gap" : "aside",
      });
    }
  }

  #exists(source: string, endpoint: EndpointId, seq: number, gapFrom: number): boolean {
    const found = this.#sql.exec(
      "SELECT 1 FROM delivery WHERE source = ? AND endpoint = ? AND seq = ? AND gap_from = ?",
      source,
      endpoint,
      seq,
      gapFrom,
    );
    return !found.next().done;
  }
}

const untried = (
  line: { source: string; endpoint: EndpointId; prev: number | null },
  event: { seq: number; id: EventId },
): Delivery => ({
  source: line.source,
  endpoint: line.endpoint,
  seq: event.seq,
  gapFrom: 0,
  event: event.id,
  prev: line.prev,
  state: "queued",
  attempts: 0,
  calls: 0,
  poison: 0,
  firstAt: null,
  openAt: null,
  openProbe: false,
  nextAt: null,
  deliveredAt: null,
  endedAt: null,
  reason: null,
});
