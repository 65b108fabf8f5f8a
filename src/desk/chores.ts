// What a desk shard does by itself, driven by its one alarm: it tells the office what that has not heard, and drops what is too old to keep.

import { now } from "../platform/clock.ts";
import { deliveriesDueAt, pruneDeliveries } from "./deliveries.ts";
import { Relinking, relinkingDueAt } from "./relinking.ts";

/** Work that is cut off goes on then. */
const LEASE_MS = 60_000;

export class Chores {
  readonly #storage: DurableObjectStorage;
  readonly #relinking: Relinking;

  constructor(env: Env, storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#relinking = new Relinking(env, storage, now);
  }

  /** Tells the office what is due, and should that fail, later. */
  async tellOffice(): Promise<void> {
    await this.#storage.setAlarm(now() + LEASE_MS);
    await this.#relinking.tell();
    await this.#setAlarm();
  }

  /** There is something to do some day: has the alarm set if it isn't. */
  async remember(): Promise<void> {
    if ((await this.#storage.getAlarm()) === null) await this.#setAlarm();
  }

  async run(): Promise<void> {
    // Lease first.
    await this.#storage.setAlarm(now() + LEASE_MS);
    await this.#relinking.tell();
    this.#storage.transactionSync(() => pruneDeliveries(this.#storage.sql, now()));
    await this.#setAlarm();
  }

  async #setAlarm(): Promise<void> {
    const { sql } = this.#storage;
    const due = [relinkingDueAt(sql), deliveriesDueAt(sql)].filter((at) => at !== null);
    await (due.length === 0
      ? this.#storage.deleteAlarm()
      : this.#storage.setAlarm(Math.max(now() + 1, Math.min(...due))));
  }
}
