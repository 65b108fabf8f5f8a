// An allowance: some at once, then one each interval (GCRA, as ITU-T I.371 has it). In memory: after a rest it is whole again.

export class Allowance {
  readonly #everyMs: number;
  readonly #aheadMs: number;
  /** When all that was taken is earned back; ms. */
  #earnedAt = 0;

  /** `atOnce` may be taken without waiting, and another one each `everyMs`. */
  constructor(atOnce: number, everyMs: number) {
    this.#everyMs = everyMs;
    this.#aheadMs = (atOnce - 1) * everyMs;
  }

  /** Takes one and answers 0, or answers in how many ms there is one. */
  take(now: number): number {
    const earnedAt = Math.max(this.#earnedAt, now);
    const wait = earnedAt - now - this.#aheadMs;
    if (wait > 0) return wait;
    this.#earnedAt = earnedAt + this.#everyMs;
    return 0;
  }
}
