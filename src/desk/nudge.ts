// Tells the office that something changed: one call under way at a time, and one more for all that changed meanwhile. Best effort: what is lost
// is seen at the next look.

import { log } from "../platform/log.ts";

export class Nudge {
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
      this.#again = false;
      try {
        await this.#tell();
      } catch (fault) {
        log("nudge-fault", { fault: fault instanceof Error ? fault.name : "unknown" });
      }
    }
  }
}
