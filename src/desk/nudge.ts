// Tells the office that something changed: some calls at once, then a few each second for all that changed meanwhile, one under way at a time.
// Best effort: what is lost is seen at the next look.

import { now } from "../platform/clock.ts";
import { log } from "../platform/log.ts";
import { Allowance } from "../relay/allowance.ts";

const AT_ONCE = 5;
const A_SECOND = 4;

export class Nudge {
  readonly #allowance = new Allowance(AT_ONCE, A_SECOND);
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
      const at = now();
      const next = this.#allowance.nextAt(at);
      this.#allowance.take(at);
      if (next > at) await scheduler.wait(next - at);
      this.#again = false;
      try {
        await this.#tell();
      } catch (fault) {
        log("nudge-fault", { fault: fault instanceof Error ? fault.name : "unknown" });
      }
    }
  }
}
