// A push service in the place of the internet, and the phones of an owner that are subscribed at it. Nothing leaves the machine: the global fetch is taken over.

import { vi } from "vitest";
import { Pusher } from "../../src/tenure/pushing.ts";
import { Browser } from "../support/browser.ts";
import type { TestOwner } from "../support/people.ts";
import { api } from "../support/worker.ts";
import { inside, path, rest, tenureOf } from "./world.ts";

export type Arrival = { readonly url: string; readonly headers: Headers; readonly body: Uint8Array };
type Answering = (arrival: Arrival) => Response | Promise<Response>;

export const answer = (status: number, headers: Record<string, string> = {}): Response =>
  new Response(null, { status, headers });
export const taken: Answering = () => answer(201);

/** Somebody with a channel and a browser that is subscribed with it. */
export type Phone = TestOwner & {
  readonly endpoint: string;
  readonly browser: Browser;
  /** What it was told, opened. */
  readonly news: () => Promise<any[]>;
};

export class PushService {
  readonly host = `push-${crypto.randomUUID().slice(0, 8)}.example.net`;
  readonly arrivals: Arrival[] = [];
  answers: Answering = taken;
  /** Answers whatever is not for this push service. */
  elsewhere: Answering = () => answer(200);
  readonly #runs = vi.spyOn(Pusher.prototype, "run");

  constructor() {
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
      const url = String(input);
      const arrival = { url, headers: new Headers(init?.headers), body: init?.body as Uint8Array };
      if (new URL(url).host !== this.host) return this.elsewhere(arrival);
      this.arrivals.push(arrival);
      return this.answers(arrival);
    });
  }

  /** Subscribes the browser of whoever holds this token. */
  async phone(holder: TestOwner): Promise<Phone> {
    const browser = await Browser.make();
    const endpoint = `https://${this.host}/${crypto.randomUUID()}`;
    const { status, body } = await api.put(path(holder, "/push"), browser.at(endpoint), holder.token);
    if (status !== 200) throw new Error(`the subscription answered ${status} ${JSON.stringify(body)}`);
    const here = () => this.arrivals.filter(({ url }) => url === endpoint);
    return {
      ...holder,
      endpoint,
      browser,
      news: () => Promise.all(here().map(async (arrival) => JSON.parse(await browser.open(arrival.body)))),
    };
  }

  /** Lets the tenure's alarm ring until nothing is due, and waits for the pushes that began. */
  async rest(owner: Pick<TestOwner, "twin">): Promise<void> {
    await rest(tenureOf(owner));
    await this.sent(owner);
  }

  async sent(owner: Pick<TestOwner, "twin">): Promise<void> {
    await inside(tenureOf(owner), async () => {
      await Promise.all(this.#runs.mock.results.map(({ value }) => value as Promise<void>));
    });
  }
}

/** The pushes that a tenure has still to send. */
export const due = (owner: Pick<TestOwner, "twin">): Promise<any[]> =>
  inside(tenureOf(owner), ({ storage }) => [
    ...storage.sql.exec("SELECT about, note, at, tries FROM push_due ORDER BY about, note"),
  ]);

export const subscriptions = (owner: Pick<TestOwner, "twin">): Promise<number> =>
  inside(tenureOf(owner), ({ storage }) => storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM push").one().n);
