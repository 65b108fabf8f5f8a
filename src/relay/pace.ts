// How fast one endpoint is called: hands out start times (GCRA, ITU-T I.371). Must never hand out more than the rate once the burst is used.

/** The theoretical arrival time of the next request, in milliseconds since 1970 UTC. */
export type Pace = { readonly tat: number };

export const RATE_PER_SECOND = 20;
export const BURST = 20;

/** `granted` slots: the first may start at `startAt`, each further one `everyMs` after the one before it, or later. */
export type Reservation = {
  readonly state: Pace;
  readonly startAt: number;
  readonly everyMs: number;
  readonly granted: number;
};

/**
 * Reserves up to `n` slots, at most a burst of them. A slot not used is lost; forget the state (undefined) when the endpoint's
 * breaker opens, or what was reserved before would delay what is woken after.
 * @param state undefined when nothing was reserved yet
 * @param now milliseconds since 1970 UTC
 */
export function reserve(
  state: Pace | undefined,
  now: number,
  n: number,
  ratePerSecond: number = RATE_PER_SECOND,
  burst: number = BURST,
): Reservation {
  const everyMs = Math.ceil(1_000 / ratePerSecond);
  const granted = Math.max(0, Math.min(n, burst));
  const tat = Math.max(state?.tat ?? now, now);
  const startAt = Math.max(now, tat - (burst - 1) * everyMs);
  return { state: { tat: tat + granted * everyMs }, startAt, everyMs, granted };
}
