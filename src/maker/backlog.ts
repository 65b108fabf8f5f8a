// Decides the proffers that waited for this maker to set its first policy and prove its domain, a batch at a time, until none waits.
// Each leaves the directory only once its owner's side has an answer, so a crash repeats and loses nothing.

import { now } from "../platform/clock.ts";
import { log } from "../platform/log.ts";
import { directoryFor, tenureOf } from "../platform/stubs.ts";
import type { WaitingProffer } from "../directory/waiting-room.ts";
import type { Company } from "./company.ts";
import type { Duty } from "./duty.ts";

const BATCH = 20;
// A proffer whose owner's side could not be reached goes to the end of the line; a line of nothing else rests.
const REST_MS = 60_000;

export class Backlog implements Duty {
  readonly name = "backlog";
  readonly #env: Env;
  readonly #company: Company;

  constructor(env: Env, company: Company) {
    this.#env = env;
    this.#company = company;
  }

  nextDueAt = (): number | null => this.#company.find()?.backlogAt ?? null;

  runDue = async (at: number): Promise<void> => {
    const { domain, name, deskShards, backlogAt, policyAt, verifiedAt } = this.#company.facts();
    if (backlogAt === null || backlogAt > at) return;
    const directory = directoryFor(this.#env, domain);
    // What a company decides is nobody's word until its domain is proven, and the directory must know that it is.
    if (verifiedAt !== null) await directory.register(domain, name, deskShards, true);
    if (verifiedAt === null || policyAt === null) {
      this.#company.backlogDue(null);
      return;
    }
    await directory.policySet(domain);
    const batch = await directory.waiting(domain, BATCH);
    const decided = await Promise.all(batch.map((proffer) => this.#decide(proffer)));
    for (const [index, { agreement }] of batch.entries()) {
      if (decided[index]) await directory.waited(domain, agreement);
      else await directory.postpone(domain, agreement);
    }
    const stuck = batch.length > 0 && !decided.includes(true);
    this.#company.backlogDue(batch.length === 0 ? null : now() + (stuck ? REST_MS : 1));
  };

  /** Whether the proffer needs no more of us: decided, held, or refused by its own side because it is gone or was taken back. */
  async #decide({ agreement, twin }: WaitingProffer): Promise<boolean> {
    try {
      const answer = await tenureOf(this.#env, twin).profferAgain(agreement);
      if (!answer.ok) log("backlog-proffer-refused", { code: answer.error.code });
      return answer.ok || answer.error.code !== "unavailable";
    } catch (error) {
      log("backlog-proffer-unreached", { error: error instanceof Error ? error.name : "unknown" });
      return false;
    }
  }
}
