// Rate limits kept in memory: exact over a sliding window, bounded in size. 0 means no limit.

const MAX_KEYS = 50_000;

/** The times of the last `limit` that were counted, as a ring; `oldest` is where the next one goes. */
type Ring = { readonly times: number[]; oldest: number };

export class Limiter {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #rings = new Map<string, Ring>();

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Seconds until a further one is allowed, 0 when it is allowed now. Counts nothing. */
  waitSeconds(key: string, now: number): number {
    const ring = this.#rings.get(key);
    if (this.#limit === 0 || !ring || ring.times.length < this.#limit) return 0;
    return Math.max(0, Math.ceil((ring.times[ring.oldest]! + this.#windowMs - now) / 1000));
  }

  count(key: string, now: number): void {
    if (this.#limit === 0) return;
    let ring = this.#rings.get(key);
    if (!ring) {
      if (this.#rings.size >= MAX_KEYS) this.#rings.clear();
      ring = { times: [], oldest: 0 };
      this.#rings.set(key, ring);
    }
    ring.times[ring.oldest] = now;
    ring.oldest = (ring.oldest + 1) % this.#limit;
  }

  /** Counts one if it is allowed; else the seconds to wait. */
  take(key: string, now: number): number {
    const wait = this.waitSeconds(key, now);
    if (wait === 0) this.count(key, now);
    return wait;
  }
}
