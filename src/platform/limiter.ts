// Rate limits kept in memory: a sliding window of two halves per key, bounded in size. 0 means no limit.

const MAX_KEYS = 50_000;

type Window = { start: number; count: number; before: number };

export class Limiter {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #windows = new Map<string, Window>();

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  #window(key: string, now: number): Window {
    const start = now - (now % this.#windowMs);
    const found = this.#windows.get(key);
    if (found?.start === start) return found;
    const before = found && found.start === start - this.#windowMs ? found.count : 0;
    const fresh = { start, count: 0, before };
    if (this.#windows.size >= MAX_KEYS) this.#windows.clear();
    this.#windows.set(key, fresh);
    return fresh;
  }

  /** Seconds until a further one is allowed, 0 when it is allowed now. Counts nothing. */
  waitSeconds(key: string, now: number): number {
    if (this.#limit === 0) return 0;
    const w = this.#window(key, now);
    const elapsed = now - w.start;
    const used = w.count + w.before * (1 - elapsed / this.#windowMs);
    return used < this.#limit ? 0 : Math.max(1, Math.ceil((this.#windowMs - elapsed) / 1000));
  }

  count(key: string, now: number): void {
    if (this.#limit > 0) this.#window(key, now).count++;
  }

  /** Counts one if it is allowed; else the seconds to wait. */
  take(key: string, now: number): number {
    const wait = this.waitSeconds(key, now);
    if (wait === 0) this.count(key, now);
    return wait;
  }
}
