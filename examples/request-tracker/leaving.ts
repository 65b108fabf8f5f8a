// From Request Tracker to Pico Twins: each answer of an agent, once. Told of by a call, and asked for every minute, because calls are lost.

import type { Ledger } from "./ledger.ts";
import type { Answer, RequestTracker } from "./request-tracker.ts";
import type { Twins } from "./twins.ts";

const TEXT_CHARACTERS = 8_000;
/** Numbers are given before they are committed: what came late is looked for this far back. */
const LATE_TRANSACTIONS = 500;

export type Bridge = { readonly user: string; readonly instance: string };

export class Leaving {
  readonly #ledger: Ledger;
  readonly #tracker: RequestTracker;
  readonly #twins: Twins;
  readonly #bridge: Bridge;
  #under: Promise<unknown> = Promise.resolve();

  constructor(ledger: Ledger, tracker: RequestTracker, twins: Twins, bridge: Bridge) {
    this.#ledger = ledger;
    this.#tracker = tracker;
    this.#twins = twins;
    this.#bridge = bridge;
  }

  /** Sends the answer that a call was about. */
  told(transaction: number): Promise<void> {
    return this.#alone(async () => {
      const answer = (await this.#tracker.answersAfter(transaction - 1))[0];
      // A call comes when all of its answer is written.
      if (answer?.transaction === transaction) await this.#send(answer);
    });
  }

  /** Sends what no call told of. */
  look(): Promise<void> {
    return this.#alone(async () => {
      const before = this.#ledger.lookedUpTo();
      if (before === null) return this.#ledger.looked(await this.#tracker.newest());
      let after = Math.max(0, before - LATE_TRANSACTIONS);
      let upTo = before;
      let whole = true;
      for (;;) {
        const page = await this.#tracker.answersAfter(after);
        for (const answer of page) {
          after = answer.transaction;
          whole = (answer.settled || this.#ledger.isAnswered(after)) && (await this.#send(answer)) && whole;
          if (whole) upTo = Math.max(upTo, after);
        }
        if (page.length === 0) break;
      }
      this.#ledger.looked(upTo);
    });
  }

  /** One after the other, so that an answer is never on its way twice. */
  #alone(work: () => Promise<void>): Promise<void> {
    const mine = this.#under.then(work);
    this.#under = mine.catch(() => {});
    return mine;
  }

  /** Whether it needs no more of us. */
  async #send({ transaction, ticket, creator, outcome, created }: Answer): Promise<boolean> {
    const thread = this.#ledger.threadOf(ticket);
    if (creator === this.#bridge.user || thread === null || this.#ledger.isAnswered(transaction)) return true;
    const text = await this.#tracker.textOf(transaction);
    const [twin, note] = thread.split("/") as [string, string];
    if (text === "") return this.#settle(transaction);
    if (text.length > TEXT_CHARACTERS) {
      const what = `has ${text.length} characters; the owner gets ${TEXT_CHARACTERS} at most`;
      return this.#refused(ticket, transaction, what);
    }
    const taken = await this.#twins.reply({
      id: `rt-${this.#bridge.instance}-${transaction}`,
      at: created,
      twin,
      note,
      text,
      outcome,
      author: await this.#tracker.nameOf(creator),
    });
    if (taken.kind === "taken") return this.#settle(transaction);
    if (taken.kind === "refused") return this.#refused(ticket, transaction, `was refused: ${taken.reason}`);
    console.error(`answer ${transaction} waits: ${taken.reason}`);
    return false;
  }

  async #refused(ticket: number, transaction: number, why: string): Promise<boolean> {
    await this.#tracker.comment(ticket, `rt-${transaction}`, `The owner did not get answer ${transaction}: it ${why}.`);
    return this.#settle(transaction);
  }

  #settle(transaction: number): boolean {
    this.#ledger.answered(transaction);
    return true;
  }
}
