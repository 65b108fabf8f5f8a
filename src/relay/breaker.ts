// The circuit breaker of one endpoint, as a state and its steps. Parks what waits behind a failing endpoint; must never drop anything.

import type { Outcome } from "./outcome.ts";

/** Times are integer milliseconds since 1970 UTC. Closed: `openedAt` is null. The state is plain JSON. */
export type Breaker = {
  /** Failures since the last delivery. Poison (400, 413, 415, 422) is not one. */
  readonly consecutiveFailures: number;
  readonly openedAt: number | null;
  /** When the next probe may start; null unless open. */
  readonly probeAt: number | null;
  /** 0 while closed. */
  readonly probeIntervalMs: number;
  /** When the probe that is under way had its leave; null when none is, as far as is known. */
  readonly probingSince: number | null;
  /** Until when the failing endpoint asked to be left alone; null where it did not. */
  readonly restsUntil: number | null;
  /** The first failure after the last delivery. */
  readonly failingSince: number | null;
  readonly lastSuccessAt: number | null;
  /** When a person last enabled it: what an attempt from before says is of no matter. */
  readonly enabledAt: number | null;
  readonly disabledAt: number | null;
  /** gone: it answered 410. failing: nothing but failures for 120 h. */
  readonly disabledReason: "gone" | "failing" | null;
};

export const NEW_BREAKER: Breaker = {
  consecutiveFailures: 0,
  openedAt: null,
  probeAt: null,
  probeIntervalMs: 0,
  probingSince: null,
  restsUntil: null,
  failingSince: null,
  lastSuccessAt: null,
  enabledAt: null,
  disabledAt: null,
  disabledReason: null,
};

export const OPENS_AT_FAILURES = 5;
export const FIRST_PROBE_MS = 30_000;
export const LAST_PROBE_MS = 600_000;
export const DISABLED_AFTER_MS = 120 * 3_600_000;

// Never 0, however small the scale: probing must not become a busy loop.
const scaled = (ms: number, scale: number): number => Math.max(1, Math.ceil(ms * scale));

/** What a caller may do now. `park` says when asking again may help; `disabled` that only a person's act does. */
export type Leave =
  | { readonly leave: "go" }
  | { readonly leave: "probe" }
  | { readonly leave: "park"; readonly until: number }
  | { readonly leave: "disabled" };

/**
 * Asks for leave to attempt. `probe` is granted to one caller an interval, and one attempt only: the state it answers
 * already holds the date of the next, so a prober that dies delays recovery by one interval and no more.
 */
export function askLeave(breaker: Breaker, now: number): { readonly breaker: Breaker; readonly answer: Leave } {
  if (breaker.disabledAt !== null) return { breaker, answer: { leave: "disabled" } };
  if (breaker.probeAt === null) return { breaker, answer: { leave: "go" } };
  if (now < breaker.probeAt) return { breaker, answer: { leave: "park", until: breaker.probeAt } };
  const probed = { ...breaker, probeAt: now + breaker.probeIntervalMs, probingSince: now };
  return { breaker: probed, answer: { leave: "probe" } };
}

/**
 * Makes the next probe of an open breaker due at once, for a reason from outside: still one at a time, so none while another is under way.
 * @param reason answered: the endpoint just took in what was no event of any line, which outdoes what it asked for before, and probing
 * begins anew. asked: a person wants it tried; what it asked for is respected.
 */
export function hurried(breaker: Breaker, now: number, scale: number, reason: "answered" | "asked"): Breaker {
  if (breaker.probeAt === null) return breaker;
  const first = scaled(FIRST_PROBE_MS, scale);
  const free = breaker.probingSince === null ? now : Math.max(now, breaker.probingSince + first);
  return reason === "answered"
    ? { ...breaker, probeIntervalMs: first, probeAt: Math.min(breaker.probeAt, free), restsUntil: null }
    : { ...breaker, probeAt: Math.min(breaker.probeAt, Math.max(free, breaker.restsUntil ?? 0)) };
}

/**
 * The state after an attempt.
 *
 * Poison proves that the endpoint lives and refuses this one event: as a probe's answer it closes the breaker, otherwise
 * it changes nothing (a 400 between 503s must not hide that the endpoint is failing). A delivery that was under way when
 * the breaker opened is remembered and restarts the 120 h, but only a probe closes.
 * @param scale multiplies every delay; 1 outside development
 * @param probe whether this attempt had the leave `probe`
 * @param retryAfterMs how long a failing endpoint asked to be left alone: no probe starts sooner
 */
export function onOutcome(
  breaker: Breaker,
  outcome: Outcome,
  now: number,
  scale: number,
  probe: boolean,
  retryAfterMs: number | null = null,
): Breaker {
  const seen = outcome === "delivered" ? { ...breaker, lastSuccessAt: now } : breaker;
  if (seen.disabledAt !== null) return seen;
  switch (outcome) {
    case "delivered":
      return seen.openedAt === null || probe ? closed(seen) : { ...seen, failingSince: null };
    case "poison":
      return seen.openedAt !== null && probe ? closed(seen) : seen;
    case "gone":
      return disabled(seen, now, "gone");
    case "retry":
      return failed(seen, now, scale, probe, retryAfterMs ?? 0);
  }
}

const closed = ({ lastSuccessAt, enabledAt }: Breaker): Breaker => ({ ...NEW_BREAKER, lastSuccessAt, enabledAt });

/** After a person enabled the endpoint again: closed, with a clean count. */
export const enabled = (breaker: Breaker, now: number): Breaker => ({ ...closed(breaker), enabledAt: now });

const disabled = (breaker: Breaker, now: number, reason: "gone" | "failing"): Breaker => ({
  ...breaker,
  probeAt: null,
  probingSince: null,
  disabledAt: now,
  disabledReason: reason,
});

function failed(before: Breaker, now: number, scale: number, probe: boolean, retryAfterMs: number): Breaker {
  const failingSince = before.failingSince ?? now;
  const restsUntil = retryAfterMs > 0 ? Math.max(before.restsUntil ?? 0, now + retryAfterMs) : before.restsUntil;
  const breaker = { ...before, consecutiveFailures: before.consecutiveFailures + 1, failingSince, restsUntil };
  if (before.openedAt === null) {
    if (breaker.consecutiveFailures < OPENS_AT_FAILURES) return breaker;
    const probeIntervalMs = scaled(FIRST_PROBE_MS, scale);
    return { ...breaker, openedAt: now, probeIntervalMs, probeAt: Math.max(now + probeIntervalMs, restsUntil ?? 0) };
  }
  // Counted from the opening: a lone failure before a quiet week is not a week of failures.
  const nothingElseSince = Math.max(before.openedAt, failingSince);
  if (now - nothingElseSince >= DISABLED_AFTER_MS * scale) return disabled(breaker, now, "failing");
  if (!probe) return { ...breaker, probeAt: Math.max(before.probeAt ?? 0, now + retryAfterMs) };
  const probeIntervalMs = Math.min(before.probeIntervalMs * 2, scaled(LAST_PROBE_MS, scale));
  return { ...breaker, probeIntervalMs, probingSince: null, probeAt: now + Math.max(probeIntervalMs, retryAfterMs) };
}
