// Drives what is outgoing to its endpoints, for a Tenure or a Maker. Every request is written down before it starts and after it ends,
// so that a crash loses nothing; nothing here relies on the runtime's retries. Never keeps a key in storage.

import type { Admission, Ask, AttemptReport, Grant, HandedOver, Parked } from "../domain/exchange.ts";
import type { EndpointId, EventId, TwinId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import { log } from "../platform/log.ts";
import { attempt, BODY_MAX_BYTES, type AttemptResult } from "./attempt.ts";
import { handOver } from "./hand-over.ts";
import { Lines, SET_ASIDE_FOR_SAFETY_AFTER, type Delivery, type Line } from "./line.ts";
import { eventAt, eventsAfter, GAP, newestSeqs, type Outgoing } from "./outgoing.ts";
import { SET_ASIDE_AFTER } from "./schedule.ts";
import type { RelaySettings } from "./settings.ts";
import type { SigningKey } from "./sign.ts";
import { Slots } from "./slots.ts";

/** What to set the object's alarm ahead by, first thing in `alarm()`: after a crash the work goes on then. */
export const LEASE_MS = 30_000;
/** A run starts no further request after this, far below the 15 minutes an alarm may take. */
export const RUN_MS = 60_000;
export const PARKED_LOOK_MS = 3_600_000;
const CONNECTIONS = 6;
const SOURCES_AT_ONCE = 6;
const WANTED_AT_ONCE = 20;
const FRESH_AT_ONCE = 200;
const TOLD_AT_ONCE = 500;
/** Where it is not a twin's turn yet, leave is not asked for again before this. */
const TURN_LOOK_MS = 1_000;
const ASK_AGAIN_MS = 5_000;
const ASK_AGAIN_MAX_MS = 600_000;
const INTERRUPTED: AttemptResult = {
  outcome: "retry",
  status: null,
  ms: null,
  head: null,
  retryAfterMs: null,
  reason: "was being asked when we were interrupted",
};
/** Asks an endpoint whether it lives with an event that belongs to no line. */
const PING = "endpoint.test";

/** A body but for `seq` and `prev`, which the courier puts in. */
export type Rendered = { readonly type: string; readonly data: Readonly<Record<string, unknown>> };

export type CourierDeps = {
  readonly storage: DurableObjectStorage;
  readonly settings: RelaySettings;
  /** Asks the source's Maker for leave, in one call for all its endpoints. */
  readonly admit: (source: string, ask: Ask) => Promise<Admission>;
  /** Tells it how attempts ended; it answers which endpoints it parked the source at because of that. */
  readonly report: (source: string, reports: readonly AttemptReport[]) => Promise<readonly EndpointId[]>;
  /**
   * The body of an event as it may be told now, or null when it is not to be told at all. Called again at every attempt.
   * Also for `GAP`, whose subject is `{from, to}`: that one gets no seq.
   */
  readonly render: (event: Outgoing) => Rendered | null;
  /** Whether what an endpoint answered to this event may be kept: it may repeat what it was sent. Asked once it has answered. */
  readonly mayKeepAnswer: (source: string, seq: number) => boolean;
  /** Called in the transaction in which the state of the event, or of the gap that ends with it, changed: ask `relayStateOf`, `deliveriesAt`. */
  readonly onState: (source: string, seq: number) => void;
  readonly now: () => number;
  readonly random01: () => number;
  readonly newEventId: () => EventId;
  readonly fetch: typeof fetch;
  readonly pause: (ms: number) => Promise<void>;
};

/** A grant, how many of its requests were made, and its keys as bytes. */
type Leave = { readonly grant: Grant; used: number; readonly keys: readonly SigningKey[] };

type SourceRow = { source: string; newest: number; seen: number; againAt: number; failures: number };

export class Courier {
  readonly #deps: CourierDeps;
  readonly #sql: SqlStorage;
  readonly #lines: Lines;
  readonly #connections = new Slots(CONNECTIONS);
  #run: Promise<void> | null = null;
  #recovered = false;
  #stopped = false;
  #wakes = 0;

  constructor(deps: CourierDeps) {
    this.#deps = deps;
    this.#sql = deps.storage.sql;
    this.#lines = new Lines(deps.storage.sql);
  }

  /** Does what is due. Never throws; a second call while one is under way is the same run. Ask `nextDueAt` afterwards. */
  run(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    this.#run ??= this.#round().finally(() => {
      this.#run = null;
    });
    return this.#run;
  }

  /** When the courier wants to run next (ms; in the past: now), null when nothing is outgoing. */
  nextDueAt(): number | null {
    this.#recover();
    const dueAt = this.#lines.dueAt();
    const times = this.#sources()
      .map((row) => ({ ...row, due: row.newest > row.seen ? 0 : dueAt.get(row.source) }))
      .flatMap(({ due, againAt }) => (due === undefined ? [] : [Math.max(againAt, due)]));
    return times.length === 0 ? null : times.reduce((first, at) => Math.min(first, at));
  }

  /** An endpoint recovered: looks at every parked line in the next run. */
  wake(source?: string): void {
    this.#wakes++;
    for (const line of source === undefined ? this.#lines.all() : this.#lines.of(source)) {
      if (line.state === "parked") this.#lines.setDue(line, this.#deps.now());
    }
  }

  /** Sources that have nothing left to send. Where its maker switched an endpoint off, it reads the feed instead. */
  settled(): string[] {
    const ends = (line: Line): boolean => {
      if (line.reason === "off") return true;
      const next = this.#lines.next(line, this.#deps.now());
      return next.kind === "wait" && next.until === null;
    };
    return this.#sources()
      .filter(({ source, newest, seen }) => newest <= seen && this.#lines.of(source).every(ends))
      .map(({ source }) => source);
  }

  /**
   * What a source still has to send, for the Maker to send in its place. Ends this courier: a request that is under way counts as undelivered.
   * @param wordless the body of an event without anything of its owner's, or null when nobody is to be told
   */
  handOver(source: string, twin: TwinId, wordless: (event: Outgoing) => Rendered | null): HandedOver {
    this.#stopped = true;
    return { twin, ...handOver(this.#sql, source, wordless) };
  }

  #sources(): SourceRow[] {
    const known = new Map(
      [
        ...this.#sql.exec<{ source: string; seen: number; again_at: number | null; failures: number }>(
          "SELECT * FROM relay_source",
        ),
      ].map((row) => [row.source, row]),
    );
    return newestSeqs(this.#sql).map(({ source, newest }) => {
      const row = known.get(source);
      return { source, newest, seen: row?.seen ?? 0, againAt: row?.again_at ?? 0, failures: row?.failures ?? 0 };
    });
  }

  /** After a crash an open request counts as made and failed. Once in an instance's life: later ones are our own. */
  #recover(): void {
    if (this.#recovered) return;
    this.#recovered = true;
    const now = this.#deps.now();
    this.#deps.storage.transactionSync(() => {
      for (const line of this.#lines.all()) {
        const head = this.#lines.head(line);
        const open = [...(head ? [head] : []), ...this.#lines.apart(line, "gap"), ...this.#lines.apart(line, "aside")];
        for (const delivery of open.filter(({ openAt }) => openAt !== null)) {
          this.#lines.settle(delivery, INTERRUPTED, now, this.#given(null));
          this.#told(delivery);
        }
        // A run that was cut short left no date behind.
        this.#setNextLook(line.source, line.endpoint);
      }
    });
  }

  #given(lastSuccessAt: number | null): {
    random01: number;
    scale: number;
    lastSuccessAt: number | null;
    gapId: EventId;
  } {
    return {
      random01: this.#deps.random01(),
      scale: this.#deps.settings.scale,
      lastSuccessAt,
      gapId: this.#deps.newEventId(),
    };
  }

  #told(delivery: Delivery): void {
    this.#deps.onState(delivery.source, delivery.seq);
  }

  async #round(): Promise<void> {
    this.#recover();
    const now = this.#deps.now();
    const until = now + RUN_MS;
    const lines = Map.groupBy(this.#lines.all(), ({ source }) => source);
    const due = this.#sources().filter(
      (row) =>
        row.againAt <= now &&
        (row.newest > row.seen || (lines.get(row.source) ?? []).some(({ dueAt }) => dueAt !== null && dueAt <= now)),
    );
    const visits = new Slots(SOURCES_AT_ONCE);
    await Promise.all(due.map((row) => visits.with(() => this.#visit(row, until))));
  }

  /** One source: leave for all its endpoints, their lines side by side, one report. */
  async #visit(row: SourceRow, until: number): Promise<void> {
    const reports: AttemptReport[] = [];
    try {
      const leaves = await this.#askLeave(row);
      if (this.#stopped) return;
      const walks = await Promise.allSettled(leaves.map((leave) => this.#walk(row.source, leave, until, reports)));
      if (reports.length > 0) await this.#report(row.source, reports);
      const fault = walks.find((walk) => walk.status === "rejected");
      if (fault) throw fault.reason;
      if (row.failures > 0)
        this.#sql.exec("UPDATE relay_source SET again_at = NULL, failures = 0 WHERE source = ?", row.source);
    } catch (fault) {
      if (this.#stopped) return;
      // The name only: a message may quote what was being rendered.
      log("relay-fault", { fault: fault instanceof Error ? fault.name : "unknown" });
      this.#postpone(row);
      for (const { endpoint } of this.#lines.of(row.source)) this.#setNextLook(row.source, endpoint);
    }
  }

  async #report(source: string, reports: readonly AttemptReport[]): Promise<void> {
    const wakes = this.#wakes;
    const failing = await this.#deps.report(source, reports);
    if (this.#stopped) return;
    const now = this.#deps.now();
    this.#deps.storage.transactionSync(() => {
      for (const endpoint of failing) {
        const line = this.#lines.find(source, endpoint);
        // Its own next date may be hours away, and it is woken once its endpoint is back.
        if (line?.state === "open")
          this.#park(line, "breaker-open", wakes === this.#wakes ? now + this.#parkedLookMs() : now);
      }
    });
  }

  #postpone(row: SourceRow): void {
    this.#sql.exec(
      `INSERT INTO relay_source (source, seen, again_at, failures) VALUES (?1, 0, ?2, 1)
       ON CONFLICT (source) DO UPDATE SET again_at = ?2, failures = failures + 1`,
      row.source,
      this.#deps.now() + Math.min(ASK_AGAIN_MS * 2 ** row.failures, ASK_AGAIN_MAX_MS),
    );
  }

  async #askLeave(row: SourceRow): Promise<Leave[]> {
    const now = this.#deps.now();
    const fresh = eventsAfter(this.#sql, row.source, row.seen, FRESH_AT_ONCE);
    const idle: EndpointId[] = [];
    let asking = fresh.length > 0;
    for (const line of this.#lines.of(row.source)) {
      const due =
        line.state === "open" ? this.#lines.next(line, now).kind === "send" : line.dueAt !== null && line.dueAt <= now;
      if (due) {
        asking = true;
        continue;
      }
      idle.push(line.endpoint);
      // What is not due any more would be looked at for ever.
      this.#setNextLook(line.source, line.endpoint);
    }
    if (!asking) return [];
    const wakes = this.#wakes;
    const admission = await this.#deps.admit(row.source, {
      want: Math.min(WANTED_AT_ONCE, this.#backlog(row)),
      idle,
      fresh: fresh.map(({ seq, id }) => ({ seq, event: id })),
    });
    if (this.#stopped) return [];
    return this.#deps.storage.transactionSync(() => this.#take(row, fresh, idle, admission, wakes !== this.#wakes));
  }

  /** How many requests the furthest line may need. */
  #backlog(row: SourceRow): number {
    const behind = this.#lines
      .of(row.source)
      .map(
        (line) =>
          row.newest - line.cursor + this.#lines.apart(line, "gap").length + this.#lines.apart(line, "aside").length,
      );
    return Math.max(1, row.newest - row.seen, ...behind);
  }

  /** Writes down what the Maker answered. `woken`: it woke us meanwhile, so that being parked may be over already. */
  #take(
    row: SourceRow,
    fresh: readonly Outgoing[],
    idle: readonly EndpointId[],
    admission: Admission,
    woken: boolean,
  ): Leave[] {
    const now = this.#deps.now();
    const { source } = row;
    const seen = fresh.at(-1)?.seq ?? row.seen;
    if (seen !== row.seen) {
      this.#sql.exec(
        "INSERT INTO relay_source (source, seen, again_at, failures) VALUES (?1, ?2, NULL, 0) ON CONFLICT (source) DO UPDATE SET seen = ?2",
        source,
        seen,
      );
    }
    const mentioned = new Set<EndpointId>([...admission.granted, ...admission.parked].map(({ endpoint }) => endpoint));
    for (const line of this.#lines.of(source)) {
      if (!mentioned.has(line.endpoint)) this.#changeState(line, "ended", null, null);
    }
    for (const parked of admission.parked) {
      const line = this.#open(source, parked);
      this.#park(line, parked.reason, woken ? now : now + this.#parkedLookMs());
    }
    const leaves: Leave[] = [];
    for (const grant of admission.granted) {
      const line = this.#open(source, grant);
      const leave = this.#leaveOf(line, grant, idle.includes(grant.endpoint), now);
      if (leave) leaves.push(leave);
    }
    for (const event of fresh) this.#deps.onState(source, event.seq);
    return leaves;
  }

  #open(source: string, { endpoint, types, createdAt }: Grant | Parked): Line {
    const before = this.#lines.find(source, endpoint);
    const line = this.#lines.open(source, endpoint, types, createdAt);
    // What waits may no longer be wanted, or be wanted now.
    if (before !== null && JSON.stringify(before.types) !== JSON.stringify(types)) this.#tellWaiting(line);
    return line;
  }

  #leaveOf(line: Line, grant: Grant, wasIdle: boolean, now: number): Leave | null {
    if (grant.probe) this.#park(line, "breaker-open", now + this.#parkedLookMs());
    else if (!wasIdle && line.state === "parked") this.#changeState(line, "open", null, now);
    const head = this.#lines.apart(line, "gap")[0] ?? this.#lines.head(line);
    if (
      head &&
      head.openAt === null &&
      line.state === "open" &&
      head.calls >= SET_ASIDE_FOR_SAFETY_AFTER &&
      this.#lines.safetyWaits(line, head)
    ) {
      const aside = this.#lines.setAside(line, head, grant.lastSuccessAt, this.#deps.newEventId());
      if (aside) this.#setNextLook(line.source, line.endpoint);
    }
    if (grant.budget === 0) {
      if (!wasIdle)
        this.#lines.setDue(this.#lines.find(line.source, line.endpoint)!, Math.max(grant.startAt, now + TURN_LOOK_MS));
      return null;
    }
    const keys = grant.keys.map(({ secret, seed }) => ({
      secret: Uint8Array.fromBase64(secret),
      seed: Uint8Array.fromBase64(seed),
    }));
    return { grant, used: 0, keys };
  }

  #parkedLookMs(): number {
    return Math.ceil(PARKED_LOOK_MS * this.#deps.settings.scale);
  }

  #park(line: Line, reason: Parked["reason"], dueAt: number): void {
    this.#changeState(line, "parked", reason, dueAt);
  }

  #changeState(line: Line, state: Line["state"], reason: Line["reason"], dueAt: number | null): void {
    if (line.state === state && line.reason === reason) {
      this.#lines.setDue(line, dueAt);
      return;
    }
    this.#lines.setState(line, state, reason, dueAt);
    for (const delivery of [...this.#lines.apart(line, "gap"), ...this.#lines.apart(line, "aside")])
      this.#told(delivery);
    this.#tellWaiting(line);
  }

  #tellWaiting(line: Line): void {
    for (const event of eventsAfter(this.#sql, line.source, line.cursor, TOLD_AT_ONCE))
      this.#deps.onState(line.source, event.seq);
  }

  /** Sends from one line until there is nothing due or the budget is used up. */
  async #walk(source: string, leave: Leave, until: number, reports: AttemptReport[]): Promise<void> {
    const { grant } = leave;
    while (leave.used < grant.budget && this.#deps.now() < until && !this.#stopped) {
      const slot = grant.startAt + leave.used * grant.intervalMs;
      const wait = slot - this.#deps.now();
      if (this.#nextOf(source, leave) === null) break;
      if (wait > 0) await this.#deps.pause(wait);
      const report = await this.#connections.with(() => this.#sendNext(source, leave));
      if (report === null) continue;
      leave.used++;
      reports.push(report);
      if (report.outcome === "gone") break;
    }
    if (!this.#stopped) this.#setNextLook(source, grant.endpoint);
  }

  #nextOf(source: string, { grant }: Leave): { line: Line; delivery: Delivery; event: Outgoing | null } | null {
    const line = this.#lines.find(source, grant.endpoint);
    if (line === null || line.state === "ended" || (line.state === "parked" && !grant.probe)) return null;
    const due = this.#lines.next(line, this.#deps.now());
    // A probe asks how the endpoint is, and uses up no attempt: it needn't wait for the date of one.
    const next = due.kind === "wait" && grant.probe ? this.#lines.next(line, Number.MAX_SAFE_INTEGER) : due;
    return next.kind === "send" ? { line, ...next } : null;
  }

  /** One request, or null when there was none to make. */
  async #sendNext(source: string, leave: Leave): Promise<AttemptReport | null> {
    const next = this.#stopped ? null : this.#nextOf(source, leave);
    if (next === null) return null;
    const { line, delivery } = next;
    if (leave.grant.probe && this.#isStubborn(line, delivery)) return this.#ping(leave, line);
    const now = this.#deps.now();
    const event =
      delivery.gapFrom > 0 ? gapEvent(delivery, now) : (next.event ?? eventAt(this.#sql, source, delivery.seq));
    const body = this.#bodyOf(event, delivery);
    if (body === null) {
      this.#inTransaction(delivery, () => this.#lines.drop(delivery, now));
      return null;
    }
    if (new TextEncoder().encode(body).length > BODY_MAX_BYTES) {
      log("relay-body-too-large");
      this.#inTransaction(delivery, () =>
        this.#lines.bury(delivery, "was not asked: the event has over 64 KiB", now, this.#deps.newEventId()),
      );
      return null;
    }
    const begun = this.#inTransaction(delivery, () => this.#lines.begin(delivery, leave.grant.probe, now));
    const result = await this.#post(leave, delivery.event, body);
    if (this.#stopped) return null;
    this.#inTransaction(delivery, () => {
      const head = this.#deps.mayKeepAnswer(source, delivery.seq) ? result.head : null;
      this.#lines.settle(begun, { ...result, head }, this.#deps.now(), this.#given(leave.grant.lastSuccessAt));
      this.#afterAnswer(source, leave, result);
    });
    return this.#reportOf(leave, result, now);
  }

  #bodyOf(event: Outgoing | null, delivery: Delivery): string | null {
    const rendered = event && this.#deps.render(event);
    if (!event || !rendered) return null;
    const place = delivery.gapFrom > 0 ? {} : { seq: delivery.seq, prev: delivery.prev };
    return JSON.stringify({
      type: rendered.type,
      timestamp: rfc3339(event.createdAt),
      data: { ...place, ...rendered.data },
    });
  }

  #inTransaction<T>(delivery: Delivery, step: () => T): T {
    return this.#deps.storage.transactionSync(() => {
      const result = step();
      this.#told(delivery);
      return result;
    });
  }

  #post(leave: Leave, id: EventId, body: string): Promise<AttemptResult> {
    const { allowLoopback, ownHosts } = this.#deps.settings;
    return attempt(
      { url: leave.grant.url, id, body, keys: leave.keys, target: { allowLoopback, ownHosts } },
      { fetch: this.#deps.fetch, now: this.#deps.now },
    );
  }

  #afterAnswer(source: string, { grant }: Leave, { outcome }: AttemptResult): void {
    const line = this.#lines.find(source, grant.endpoint)!;
    const later = this.#deps.now() + this.#parkedLookMs();
    if (outcome === "gone") this.#park(line, "disabled", later);
    // Poison proves that the endpoint lives, so that it ends the breaker like a delivery does.
    else if (grant.probe && outcome !== "retry") this.#changeState(line, "open", null, this.#deps.now());
  }

  #reportOf({ grant }: Leave, result: AttemptResult, startedAt: number): AttemptReport {
    const { endpoint, url, probe } = grant;
    const { outcome, retryAfterMs } = result;
    return { endpoint, url, probe, outcome, startedAt, at: this.#deps.now(), retryAfterMs };
  }

  /**
   * Whether a head has failed so often that a probe with it would say more about the event than about the endpoint.
   * Without this an event that its receiver can't digest would keep the only line's breaker open for ever.
   */
  #isStubborn(line: Line, head: Delivery): boolean {
    return (
      head.calls >= SET_ASIDE_AFTER || (head.calls >= SET_ASIDE_FOR_SAFETY_AFTER && this.#lines.safetyWaits(line, head))
    );
  }

  async #ping(leave: Leave, line: Line): Promise<AttemptReport | null> {
    const startedAt = this.#deps.now();
    const body = JSON.stringify({ type: PING, timestamp: rfc3339(startedAt), data: {} });
    const result = await this.#post(leave, this.#deps.newEventId(), body);
    if (this.#stopped) return null;
    this.#deps.storage.transactionSync(() => this.#afterAnswer(line.source, leave, result));
    return this.#reportOf(leave, result, startedAt);
  }

  #setNextLook(source: string, endpoint: EndpointId): void {
    const line = this.#lines.find(source, endpoint);
    if (line === null || line.state !== "open") return;
    const now = this.#deps.now();
    const next = this.#lines.next(line, now);
    this.#lines.setDue(line, next.kind === "send" ? now : next.until);
  }
}

const gapEvent = (delivery: Delivery, now: number): Outgoing => ({
  id: delivery.event,
  type: GAP,
  subject: { from: delivery.gapFrom, to: delivery.seq },
  urgent: false,
  source: delivery.source,
  seq: delivery.seq,
  createdAt: delivery.firstAt ?? now,
});
