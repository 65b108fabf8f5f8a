// The wordless signals of twins that were erased before all of them had gone out: delivered from here by the same courier.
// Never holds a word of an owner, and forgets a twin as soon as its last signal is gone.

import type { HandedOver } from "../domain/exchange.ts";
import type { TwinId } from "../domain/ids.ts";
import { now } from "../platform/clock.ts";
import { newId, random01 } from "../platform/random.ts";
import { Courier } from "../relay/courier.ts";
import { forget, takeIn } from "../relay/hand-over.ts";
import type { RelaySettings } from "../relay/settings.ts";
import type { Admissions } from "./admission.ts";
import type { Duty } from "./duty.ts";

export class Signals implements Duty {
  readonly name = "signals";
  readonly #storage: DurableObjectStorage;
  readonly #courier: Courier;

  constructor(storage: DurableObjectStorage, settings: RelaySettings, admissions: Admissions) {
    this.#storage = storage;
    this.#courier = new Courier({
      storage,
      settings,
      admit: (twin, ask) => admissions.admit(twin as TwinId, ask, now()),
      report: async (twin, reports) => admissions.report(twin as TwinId, reports),
      render: ({ source, type, subject }) => ({ type, data: { twin: source, ...(subject as object) } }),
      // There is no owner's side any more that could say so.
      mayKeepAnswer: () => false,
      onState: () => {},
      now,
      random01,
      newEventId: () => newId("evt"),
      fetch: (input, init) => fetch(input, init),
      pause: (ms) => scheduler.wait(ms),
    });
  }

  takeOver(handed: HandedOver): void {
    this.#storage.transactionSync(() => takeIn(this.#storage.sql, handed, now()));
  }

  /** Whether this twin's lines are here, its tenure being gone. */
  has(twin: TwinId): boolean {
    return !this.#storage.sql.exec("SELECT 1 FROM outgoing WHERE source = ? LIMIT 1", twin).next().done;
  }

  wake(twin: TwinId): void {
    this.#courier.wake(twin);
  }

  nextDueAt = (): number | null => this.#courier.nextDueAt();

  runDue = async (): Promise<void> => {
    const due = this.nextDueAt();
    if (due === null || due > now()) return;
    await this.#courier.run();
    this.#storage.transactionSync(() => {
      for (const twin of this.#courier.settled()) forget(this.#storage.sql, twin as TwinId);
    });
  };
}
