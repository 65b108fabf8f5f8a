// Who may call which endpoint, when, and how fast; and who waits until one recovers. Knows no event and no word, and never drops a waiting twin.

import type { Admission, Ask, AttemptReport, Grant, Parked } from "../domain/exchange.ts";
import type { EndpointId, TwinId } from "../domain/ids.ts";
import { log } from "../platform/log.ts";
import { askLeave, enabled, hurried, NEW_BREAKER, onOutcome, type Breaker } from "../relay/breaker.ts";
import { RATE_PER_SECOND, reserve, type Pace } from "../relay/pace.ts";
import type { Duty } from "./duty.ts";

export const ADMISSION_SCHEMA = `
CREATE TABLE endpoint_health (
  endpoint TEXT PRIMARY KEY,
  breaker TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE parked (
  endpoint TEXT NOT NULL,
  twin TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (endpoint, twin)
) STRICT, WITHOUT ROWID;
CREATE INDEX parked_order ON parked (endpoint, at);
`;

/**
 * A turn that comes later is only kept for its twin, which asks again then: meanwhile the endpoint may have failed, moved or got another
 * key, and what was given before would still be used.
 */
const GIVEN_AHEAD_MS = 1_000;
/** Turns are not kept further ahead than this, nor for twins that are so late. */
const AHEAD_MAX_MS = 120_000;
const LATE_MAX_MS = 10_000;
/** No more are woken while what was promised already takes longer than this. */
const BUSY_MS = 5_000;
const WAKE_EVERY_MS = 1_000;
/** Who could not be reached to be woken is tried again after this. */
const WAKE_AGAIN_MS = 60_000;
/** A later success is written down only when the last one written is older than this; memory has the exact one. */
const SUCCESS_GRAIN_MS = 10_000;

/** An endpoint as far as leave is concerned; `enabled` is its maker's wish. */
export type Door = {
  readonly id: EndpointId;
  readonly url: string;
  readonly types: readonly string[] | null;
  readonly createdAt: number;
  readonly enabled: boolean;
};

/** How an endpoint fares, for its maker. Times in ms. */
export type EndpointHealth = {
  readonly state: "ok" | "failing" | "disabled";
  readonly since: number | null;
  readonly reason: "gone" | "failing" | null;
  readonly lastSuccessAt: number | null;
  readonly parked: number;
};

type Waking = { readonly endpoint: EndpointId; readonly twin: TwinId; readonly keepsAt: number | null };
/** The requests that a twin may make, and when. */
type Turn = Pick<Grant, "startAt" | "budget" | "intervalMs">;

export type AdmissionParts = {
  readonly storage: DurableObjectStorage;
  readonly doors: () => readonly Door[];
  readonly keysOf: (endpoint: EndpointId, now: number) => Promise<Grant["keys"]>;
  /** Has a twin's courier look at its lines. */
  readonly wake: (twin: TwinId) => Promise<void>;
  readonly scale: number;
};

export class Admissions implements Duty {
  readonly name = "admission";
  readonly #parts: AdmissionParts;
  readonly #sql: SqlStorage;
  readonly #breakers = new Map<EndpointId, { breaker: Breaker; savedSuccessAt: number | null }>();
  // Pace, turns and wake times are worth nothing after a rest, so memory is enough.
  readonly #paces = new Map<EndpointId, Pace>();
  readonly #turns = new Map<EndpointId, Map<TwinId, Turn>>();
  readonly #wakeAt = new Map<EndpointId, number>();

  constructor(parts: AdmissionParts) {
    this.#parts = parts;
    this.#sql = parts.storage.sql;
  }

  /** Leave for one twin at every endpoint, or its place among the waiting, decided in one step. */
  async admit(twin: TwinId, ask: Ask, now: number): Promise<Admission> {
    const { granted, parked } = this.#parts.storage.transactionSync(() => this.#decide(twin, ask, now));
    const keys = await Promise.all(
      granted.map(async ({ endpoint, budget }) => (budget > 0 ? this.#parts.keysOf(endpoint, now) : [])),
    );
    return { granted: granted.map((grant, n) => Object.assign(grant, { keys: keys[n]! })), parked };
  }

  #decide(twin: TwinId, ask: Ask, now: number): Admission {
    const granted: Grant[] = [];
    const parked: Parked[] = [];
    for (const door of this.#parts.doors()) {
      const { id: endpoint, types, createdAt } = door;
      const { breaker } = this.#health(endpoint);
      const grant = {
        endpoint,
        url: door.url,
        types,
        createdAt,
        keys: [],
        intervalMs: 0,
        probe: false,
        lastSuccessAt: breaker.lastSuccessAt,
      };
      const shut = !door.enabled ? "off" : breaker.disabledAt !== null ? "disabled" : null;
      if (shut === null && ask.idle.includes(endpoint)) {
        granted.push({ ...grant, startAt: now, budget: 0 });
        continue;
      }
      const { answer, breaker: after } = askLeave(breaker, now);
      if (shut !== null || answer.leave === "park" || answer.leave === "disabled") {
        this.#park(endpoint, twin, now);
        parked.push({ endpoint, types, createdAt, reason: shut ?? "breaker-open" });
      } else if (answer.leave === "probe") {
        // It stays among the waiting, at the end: should it fail, another one tries next.
        this.#parkLast(endpoint, twin, now);
        this.#save(endpoint, after);
        granted.push({ ...grant, startAt: now, budget: 1, probe: true });
      } else {
        this.#sql.exec("DELETE FROM parked WHERE endpoint = ? AND twin = ?", endpoint, twin);
        granted.push({ ...grant, ...this.#turn(endpoint, twin, ask.want, now) });
      }
    }
    return { granted, parked };
  }

  #turn(endpoint: EndpointId, twin: TwinId, want: number, now: number): Turn {
    const turns = this.#turns.get(endpoint) ?? new Map<TwinId, Turn>();
    this.#turns.set(endpoint, turns);
    for (const [late, { startAt }] of turns) {
      if (startAt >= now - LATE_MAX_MS) break;
      turns.delete(late);
    }
    const turn = turns.get(twin) ?? this.#reserve(endpoint, want, now);
    if (turn.startAt > now + GIVEN_AHEAD_MS) {
      if (turn.budget > 0) turns.set(twin, turn);
      return { ...turn, budget: 0 };
    }
    turns.delete(twin);
    return { ...turn, startAt: Math.max(turn.startAt, now) };
  }

  #reserve(endpoint: EndpointId, want: number, now: number): Turn {
    const { state, startAt, everyMs, granted } = reserve(this.#paces.get(endpoint), now, want);
    if (startAt - now > AHEAD_MAX_MS) return { startAt, budget: 0, intervalMs: everyMs };
    this.#paces.set(endpoint, state);
    return { startAt, budget: granted, intervalMs: everyMs };
  }

  #park(endpoint: EndpointId, twin: TwinId, now: number): void {
    this.#sql.exec(
      "INSERT INTO parked (endpoint, twin, at) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET at = min(at, excluded.at)",
      endpoint,
      twin,
      now,
    );
  }

  #parkLast(endpoint: EndpointId, twin: TwinId, at: number): void {
    this.#sql.exec("INSERT OR REPLACE INTO parked (endpoint, twin, at) VALUES (?, ?, ?)", endpoint, twin, at);
  }

  /**
   * Takes in how attempts ended.
   * @returns the endpoints that failed and are not called now: the twin is among those who wait for them
   */
  report(twin: TwinId, reports: readonly AttemptReport[]): EndpointId[] {
    return this.#parts.storage.transactionSync(() => {
      const failing = new Set<EndpointId>();
      const urls = new Map(this.#parts.doors().map(({ id, url }) => [id, url]));
      for (const { endpoint, url, outcome, startedAt, at, probe, retryAfterMs } of reports) {
        if (!urls.has(endpoint)) continue;
        const before = this.#health(endpoint).breaker;
        if (url !== urls.get(endpoint) || startedAt < (before.enabledAt ?? 0)) {
          // Says nothing of the receiver that is there now; but its twin may have parked itself because of it.
          this.#park(endpoint, twin, at);
          continue;
        }
        const after = onOutcome(before, outcome, at, this.#parts.scale, probe, retryAfterMs);
        if (after.disabledAt !== null) this.#park(endpoint, twin, at);
        else if (after.openedAt !== null && outcome === "retry") {
          this.#park(endpoint, twin, at);
          failing.add(endpoint);
        }
        if (after === before) continue;
        this.#save(endpoint, after);
        if (before.openedAt === null && after.openedAt !== null) {
          this.#paces.delete(endpoint);
          this.#turns.delete(endpoint);
          log("endpoint-failing", { endpoint });
        }
        if (before.disabledAt === null && after.disabledAt !== null) {
          log("endpoint-disabled", { endpoint, reason: after.disabledReason });
        }
        if (before.openedAt !== null && after.openedAt === null) this.#wakeAt.delete(endpoint);
      }
      return [...failing];
    });
  }

  /** Its maker wants it again: whatever it did before is forgotten, and who waits is woken. */
  enable(endpoint: EndpointId, now: number): void {
    this.#save(endpoint, enabled(this.#health(endpoint).breaker, now));
    this.#wakeAt.delete(endpoint);
  }

  /** It took something in, or a person wants it tried: should it be failing, one twin that waits tries it at once. */
  hurry(endpoint: EndpointId, reason: "answered" | "asked", now: number): void {
    const { breaker } = this.#health(endpoint);
    const after = hurried(breaker, now, this.#parts.scale, reason);
    if (after === breaker) return;
    this.#save(endpoint, after);
    this.#wakeAt.delete(endpoint);
  }

  remove(endpoint: EndpointId): void {
    this.#sql.exec("DELETE FROM endpoint_health WHERE endpoint = ?", endpoint);
    this.#sql.exec("DELETE FROM parked WHERE endpoint = ?", endpoint);
    for (const kept of [this.#breakers, this.#paces, this.#turns, this.#wakeAt]) kept.delete(endpoint);
  }

  health(endpoint: EndpointId): EndpointHealth {
    const { breaker } = this.#health(endpoint);
    const { parked } = this.#sql
      .exec<{ parked: number }>("SELECT count(*) AS parked FROM parked WHERE endpoint = ?", endpoint)
      .one();
    const state = breaker.disabledAt !== null ? "disabled" : breaker.openedAt !== null ? "failing" : "ok";
    const since = breaker.disabledAt ?? breaker.openedAt;
    return { state, since, reason: breaker.disabledReason, lastSuccessAt: breaker.lastSuccessAt, parked };
  }

  #health(endpoint: EndpointId): { breaker: Breaker; savedSuccessAt: number | null } {
    const known = this.#breakers.get(endpoint);
    if (known) return known;
    const row = [
      ...this.#sql.exec<{ breaker: string }>("SELECT breaker FROM endpoint_health WHERE endpoint = ?", endpoint),
    ][0];
    // What an earlier version wrote has fewer fields.
    const breaker: Breaker = row ? { ...NEW_BREAKER, ...(JSON.parse(row.breaker) as Partial<Breaker>) } : NEW_BREAKER;
    const health = { breaker, savedSuccessAt: breaker.lastSuccessAt };
    this.#breakers.set(endpoint, health);
    return health;
  }

  #save(endpoint: EndpointId, breaker: Breaker): void {
    const before = this.#health(endpoint);
    const onlySuccess =
      JSON.stringify({ ...before.breaker, lastSuccessAt: null }) ===
      JSON.stringify({ ...breaker, lastSuccessAt: null });
    const savedAt = before.savedSuccessAt ?? Number.NEGATIVE_INFINITY;
    if (onlySuccess && (breaker.lastSuccessAt ?? 0) - savedAt < SUCCESS_GRAIN_MS) {
      this.#breakers.set(endpoint, { ...before, breaker });
      return;
    }
    this.#sql.exec(
      "INSERT OR REPLACE INTO endpoint_health (endpoint, breaker) VALUES (?, ?)",
      endpoint,
      JSON.stringify(breaker),
    );
    this.#breakers.set(endpoint, { breaker, savedSuccessAt: breaker.lastSuccessAt });
  }

  nextDueAt = (): number | null => {
    const times = this.#parts
      .doors()
      .map((door) => this.#nextWakeAt(door))
      .filter((at) => at !== null);
    return times.length === 0 ? null : Math.min(...times);
  };

  /** When the next waiting twin is to be woken for an endpoint, null while none waits or none may go. */
  #nextWakeAt({ id, enabled }: Door): number | null {
    const { breaker } = this.#health(id);
    if (!enabled || breaker.disabledAt !== null) return null;
    const { at } = this.#sql
      .exec<{ at: number | null }>("SELECT min(at) AS at FROM parked WHERE endpoint = ?", id)
      .one();
    return at === null ? null : Math.max(at, breaker.probeAt ?? 0, this.#wakeAt.get(id) ?? 0);
  }

  runDue = async (now: number): Promise<void> => {
    const woken = this.#parts.storage.transactionSync(() =>
      this.#parts.doors().flatMap((door) => {
        const at = this.#nextWakeAt(door);
        return at === null || at > now ? [] : this.#choose(door.id, now);
      }),
    );
    const calls = [...Map.groupBy(woken, ({ twin }) => twin)].map(async ([twin, places]) => {
      await this.#parts.wake(twin);
      // A prober keeps its place, and so does one that was parked again since.
      for (const { endpoint, keepsAt } of places) {
        if (keepsAt === null) continue;
        this.#sql.exec("DELETE FROM parked WHERE endpoint = ? AND twin = ? AND at = ?", endpoint, twin, keepsAt);
      }
    });
    const missed = (await Promise.allSettled(calls)).filter(({ status }) => status === "rejected").length;
    if (missed > 0) log("wake-missed", { missed });
  };

  /**
   * The twins to wake now: one for a probe, or as many as the endpoint takes in the next second, the longest waiting first.
   * Each has moved to the end of those who wait: it leaves the place `keepsAt` once it was reached, and is woken again then if it was not.
   */
  #choose(endpoint: EndpointId, now: number): Waking[] {
    const { probeAt, probeIntervalMs } = this.#health(endpoint).breaker;
    const probing = probeAt !== null;
    const ahead = (this.#paces.get(endpoint)?.tat ?? now) - now;
    if (!probing && ahead > BUSY_MS) {
      this.#wakeAt.set(endpoint, now + WAKE_EVERY_MS);
      return [];
    }
    const count = probing ? 1 : Math.ceil((RATE_PER_SECOND * WAKE_EVERY_MS) / 1_000);
    const twins = [
      ...this.#sql.exec<{ twin: TwinId }>(
        "SELECT twin FROM parked WHERE endpoint = ? AND at <= ? ORDER BY at LIMIT ?",
        endpoint,
        now,
        count,
      ),
    ].map(({ twin }) => twin);
    const keepsAt = probing ? null : now + WAKE_AGAIN_MS;
    for (const twin of twins) this.#parkLast(endpoint, twin, keepsAt ?? now);
    this.#wakeAt.set(endpoint, now + (probing ? probeIntervalMs : WAKE_EVERY_MS));
    return twins.map((twin) => ({ endpoint, twin, keepsAt }));
  }
}
