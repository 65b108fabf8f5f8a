// From Request Tracker to Pico Twins: each answer of an agent, once. Told of by a call, and asked for every minute, because calls are lost.

import type { Ledger } from "./ledger.ts";
import { Refused, type Answer, type RequestTracker } from "./request-tracker.ts";
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

  /** Whether it needs no more of us. A refusal of Request Tracker keeps no other answer waiting. */
  async #send(answer: Answer): Promise<boolean> {
    try {
      return await this.#sent(answer);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      console.error(`answer ${answer.transaction} waits: ${error.message}`);
      return false;
    }
  }

  async #sent(answer: Answer): Promise<boolean> {
    const { transaction, ticket, creator, outcome, created } = answer;
    if (creator === this.#bridge.user || this.#ledger.isAnswered(transaction)) return true;
    const places = (await this.#tracker.answeredBy(answer)).flatMap((from) => {
      const thread = this.#ledger.threadOf(from);
      return thread === null ? [] : [{ ticket: from, thread }];
    });
    if (places.length === 0) return true;
    const text = await this.#tracker.textOf(transaction);
    if (text === "") return this.#settle(transaction);
    if (text.length > TEXT_CHARACTERS) {
      const what = `has ${text.length} characters; the owner gets ${TEXT_CHARACTERS} at most`;
      return this.#tell(ticket, transaction, [`The owner did not get answer ${transaction}: it ${what}.`]);
    }
    const author = await this.#tracker.nameOf(creator);
    const said: string[] = [];
    for (const { ticket: from, thread } of places) {
      const [twin, note] = thread.split("/") as [string, string];
      const taken = await this.#twins.reply({
        id: `rt-${this.#bridge.instance}-${transaction}${from === ticket ? "" : `-${from}`}`,
        at: created,
        twin,
        note,
        text,
        outcome,
        author,
      });
      if (taken.kind === "later") {
        console.error(`answer ${transaction} waits: ${taken.reason}`);
        return false;
      }
      const owner = places.length === 1 ? "The owner" : `The owner of ticket ${from}`;
      if (taken.kind === "refused")
        said.push(`${owner} did not get answer ${transaction}: it was refused: ${taken.reason}.`);
      else if (places.length > 1) said.push(`${owner} got answer ${transaction}.`);
    }
    return said.length === 0 ? this.#settle(transaction) : this.#tell(ticket, transaction, said);
  }

  /** Tells the agents what became of an answer. */
  async #tell(ticket: number, transaction: number, said: readonly string[]): Promise<boolean> {
    await this.#tracker.comment({ ticket, at: ticket }, `rt-${transaction}`, said.join("\n"));
    return this.#settle(transaction);
  }

  #settle(transaction: number): boolean {
    this.#ledger.answered(transaction);
    return true;
  }
}
