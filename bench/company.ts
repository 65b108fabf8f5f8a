// A company with an endpoint that answers 200, and what has arrived there.
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Client } from "../test/support/client.ts";
import { join as joinMaker, type TestMaker } from "../test/support/people.ts";
import type { Arrival, Listening } from "./receiver.ts";

const TERMS = "SD-BASE-DP";

export class Company {
  readonly maker: TestMaker;
  readonly #end: () => void;
  readonly #waiting = new Map<(arrival: Arrival) => boolean, (arrival: Arrival) => void>();
  notes = 0;

  private constructor(maker: TestMaker, end: () => void) {
    this.maker = maker;
    this.#end = end;
  }

  static async found(api: Client, operatorKey: string): Promise<Company> {
    const receiver = fork(join(import.meta.dirname, "receiver.ts"));
    const [{ port }] = (await once(receiver, "message")) as [Listening];
    const maker = await joinMaker(api, operatorKey, { [TERMS]: "accept" });
    const url = `http://127.0.0.1:${port}/`;
    const { status } = await api.post(`/v1/makers/${maker.domain}/endpoints`, { url }, maker.key);
    if (status !== 201) throw new Error(`the endpoint was refused with ${status}`);
    const company = new Company(maker, () => receiver.disconnect());
    receiver.on("message", (arrival: Arrival) => company.#arrived(arrival));
    return company;
  }

  #arrived(arrival: Arrival): void {
    if (arrival.type === "note.sent") this.notes++;
    for (const [wanted, tell] of this.#waiting) {
      if (!wanted(arrival)) continue;
      this.#waiting.delete(wanted);
      tell(arrival);
    }
  }

  /** The first arrival from now on that is wanted. */
  arrival(wanted: (arrival: Arrival) => boolean): Promise<Arrival> {
    return new Promise((resolve) => {
      this.#waiting.set(wanted, resolve);
    });
  }

  /** When so many notes have arrived since the beginning. */
  async received(notes: number): Promise<void> {
    if (this.notes < notes) await this.arrival(() => this.notes >= notes);
  }

  end(): void {
    this.#end();
  }
}
