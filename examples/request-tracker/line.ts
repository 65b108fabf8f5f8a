// The line of events on their way into Request Tracker, oldest first. What may pass holds it, and nothing is lost; what is refused for good is
// set aside, by name, so that no event stands in the way of all that come after it.

import type { Arriving } from "./arriving.ts";
import { isEnding, threadIn } from "./events.ts";
import type { Ledger } from "./ledger.ts";
import { Refused, type RequestTracker } from "./request-tracker.ts";

const REFUSALS = 3;

export class Line {
  readonly #ledger: Ledger;
  readonly #arriving: Arriving;
  readonly #tracker: RequestTracker;
  readonly #refusals = new Map<string, number>();

  constructor(ledger: Ledger, arriving: Arriving, tracker: RequestTracker) {
    this.#ledger = ledger;
    this.#arriving = arriving;
    this.#tracker = tracker;
  }

  /** Takes what waits until nothing does, which is null, or something holds it: what that is. */
  async work(): Promise<string | null> {
    for (let next = this.#ledger.next(); next !== null; next = this.#ledger.next()) {
      const { id, event } = next;
      const before = isEnding(event) ? null : this.#ledger.asideIn(threadIn(event));
      if (before !== null) {
        this.#setAside(id, event.type, `it follows ${before}`);
        continue;
      }
      try {
        await this.#arriving.take(next);
        this.#ledger.done(id);
        this.#refusals.delete(id);
        console.log(`${event.type} taken`);
      } catch (error) {
        const held = await this.#held(id, event.type, error as Error);
        if (held !== null) return held;
      }
    }
    return null;
  }

  async #held(id: string, type: string, error: Error): Promise<string | null> {
    if (!(error instanceof Refused)) return error.message;
    const isLetIn = await this.#tracker.letsIn().catch((failure: Error) => failure);
    if (isLetIn instanceof Error) return isLetIn.message;
    // Whatever it says then, it says to every event.
    if (!isLetIn) return `${error.message}; see to its address, the queue, and the rights of the bridge's user`;
    const refusals = (this.#refusals.get(id) ?? 0) + 1;
    this.#refusals.set(id, refusals);
    if (refusals < REFUSALS) return error.message;
    this.#refusals.delete(id);
    this.#setAside(id, type, error.message);
    return null;
  }

  #setAside(id: string, type: string, why: string): void {
    this.#ledger.setAside(id, why);
    console.error(`${type} ${id} is set aside until the bridge starts again: ${why}`);
  }
}
