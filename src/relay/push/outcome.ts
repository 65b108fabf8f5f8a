// What a push service's answer means for the push and its subscription, and when to try again. Only 2xx is sent; a redirect is never followed.

import { jittered } from "../schedule.ts";

/** sent: done. gone: the browser unsubscribed. retry: later. refused: this push will never be taken. */
export type PushOutcome = "sent" | "gone" | "retry" | "refused";

export function judgePush(status: number): PushOutcome {
  if (status >= 200 && status <= 299) return "sent";
  // RFC 8030, 7.3 says 404; the services in use say 410 as well.
  if (status === 404 || status === 410) return "gone";
  return status === 408 || status === 429 || status >= 500 ? "retry" : "refused";
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** How long to wait after the 1st, 2nd, … 5th try: six tries in 24 h 11 min. What is a day late is news no more. */
const AFTER_MS: readonly number[] = [MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, 17 * HOUR_MS];

/**
 * Milliseconds to the next try, not before the service's Retry-After; null after the last one.
 * @param tries how many there were: 1 or more
 */
export function nextTryMs(tries: number, retryAfterMs: number | null, random01: number, scale: number): number | null {
  const delayMs = AFTER_MS[tries - 1];
  return delayMs === undefined ? null : Math.max(jittered(delayMs, random01, scale), retryAfterMs ?? 0);
}
