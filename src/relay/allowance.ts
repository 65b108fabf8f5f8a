// An allowance: some at once, then one each interval, by the rule of `pace.ts`. In memory: after a rest it is whole again.

import { reserve, type Pace } from "./pace.ts";

export class Allowance {
  readonly #atOnce: number;
  readonly #perSecond: number;
  #pace: Pace | undefined;

  constructor(atOnce: number, perSecond: number) {
    this.#atOnce = atOnce;
    this.#perSecond = perSecond;
  }

  /** When there is one to take: now, or later; ms. */
  nextAt = (now: number): number => reserve(this.#pace, now, 1, this.#perSecond, this.#atOnce).startAt;

  /** Takes the next one. */
  take(now: number): void {
    this.#pace = reserve(this.#pace, now, 1, this.#perSecond, this.#atOnce).state;
  }
}
