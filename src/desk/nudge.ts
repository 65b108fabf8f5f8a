// Tells the office that something changed: some calls at once, then a few each second for all that changed meanwhile, one under way at a time.
// Best effort: what is lost is seen at the next look.

import { Allowance } from "../platform/allowance.ts";
import { now } from "../platform/clock.ts";
import { log } from "../platform/log.ts";

const AT_ONCE = 5;
const EVERY_MS = 250;

export class Nudge {
  readonly #allowance = new Allowance(AT_ONCE, EVERY_MS);
  readonly #tell: () => Promise<void>;
  #under: Promise<void> | null = null;
  #again = false;

  constructor(tell: () => Promise<void>) {
    this.#tell = tell;
  }

  /** Never throws. */
  give(): Promise<void> {
    this.#again = true;
    this.#under ??= this.#go().finally(() => {
      this.#under = null;
    });
    return this.#under;
  }

  async #go(): Promise<void> {
    while (this.#again) {
      for (let wait = this.#allowance.take(now()); wait > 0; wait = this.#allowance.take(now()))
        await scheduler.wait(wait);
      this.#again = false;
      try {
        await this.#tell();
      } catch (fault) {
        log("nudge-fault", { fault: fault instanceof Error ? fault.name : "unknown" });
      }
    }
  }
}
