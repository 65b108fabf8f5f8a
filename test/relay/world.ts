// A world for the courier: a virtual clock, receivers that answer as told, and the real admission or one that always grants.

import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import type { Admission, Ask, AttemptReport } from "../../src/domain/exchange.ts";
import type { EndpointId, TwinId } from "../../src/domain/ids.ts";
import { ADMISSION_SCHEMA, Admissions } from "../../src/maker/admission.ts";
import { newId, randomBytes } from "../../src/platform/random.ts";
import { Courier, LEASE_MS, type Rendered } from "../../src/relay/courier.ts";
import { enqueue, type Outgoing } from "../../src/relay/outgoing.ts";
import { RELAY_SCHEMA } from "../../src/relay/schema.ts";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
const BEGINNING = Date.UTC(2026, 4, 1);

export type Body = {
  type: string;
  timestamp: string;
  data: { seq?: number; prev?: number | null; from?: number; to?: number; twin?: string; [more: string]: unknown };
};
export type Received = {
  endpoint: EndpointId;
  at: number;
  id: string;
  body: Body;
  headers: Headers;
  answered: number | null;
};

/** What a receiver answers; a throw is a connection that broke after the request was read. */
export type Answer = (received: Received) => number | Response | Promise<number | Response>;

type Receiver = {
  id: EndpointId;
  url: string;
  types: string[] | null;
  createdAt: number;
  enabled: boolean;
  answer: Answer;
};

export class World {
  now = BEGINNING;
  random = 0;
  latency = 10;
  lastSuccessAt: number | null = null;
  real = false;
  render: (event: Outgoing) => Rendered | null = ({ source, type, subject }) => ({
    type,
    data: { twin: source, ...(subject as object) },
  });
  diesAtAsk: (n: number) => boolean = () => false;
  #died = Promise.withResolvers<void>();
  readonly received: Received[] = [];
  readonly receivers: Receiver[] = [];
  readonly fed: { source: string; seq: number }[] = [];
  readonly told: { source: string; seq: number }[] = [];
  readonly asked: Ask[] = [];
  readonly reports: AttemptReport[] = [];
  readonly storage: DurableObjectStorage;
  courier: Courier;
  admissions: Admissions;

  constructor(storage: DurableObjectStorage) {
    this.storage = storage;
    storage.sql.exec(RELAY_SCHEMA + ADMISSION_SCHEMA);
    this.admissions = this.#newAdmissions();
    this.courier = this.#newCourier();
  }

  get sql(): SqlStorage {
    return this.storage.sql;
  }

  #newAdmissions(): Admissions {
    return new Admissions({
      storage: this.storage,
      doors: () => this.receivers,
      keysOf: async () => [key],
      wake: async (twin) => this.courier.wake(twin),
      scale: 1,
    });
  }

  #newCourier(): Courier {
    return new Courier({
      storage: this.storage,
      settings: { scale: 1, allowLoopback: false, ownHosts: [] },
      admit: async (source, ask) => this.#admit(source, ask),
      report: async (source, reports) => {
        this.reports.push(...reports);
        return this.real ? this.admissions.report(source as TwinId, reports) : [];
      },
      render: (event) => this.render(event),
      mayKeepAnswer: () => true,
      onState: (source, seq) => this.told.push({ source, seq }),
      now: () => this.now,
      random01: () => this.random,
      newEventId: () => newId("evt"),
      fetch: (async (input: string, init: RequestInit) => this.#fetch(input, init)) as typeof fetch,
      pause: async (ms) => {
        this.now += ms;
      },
    });
  }

  async #admit(source: string, ask: Ask): Promise<Admission> {
    this.asked.push(ask);
    if (this.diesAtAsk(this.asked.length)) this.die();
    this.fed.push(...ask.fresh.map(({ seq }) => ({ source, seq })));
    if (this.real) return this.admissions.admit(source as TwinId, ask, this.now);
    const granted = this.receivers.map(({ id, url, types, createdAt }) => ({
      endpoint: id,
      url,
      types,
      createdAt,
      keys: [key],
      startAt: this.now,
      budget: ask.idle.includes(id) ? 0 : ask.want,
      intervalMs: 50,
      probe: false,
      lastSuccessAt: this.lastSuccessAt,
    }));
    return { granted, parked: [] };
  }

  async #fetch(input: string, init: RequestInit): Promise<Response> {
    const receiver = this.receivers.find(({ url }) => url === input)!;
    const headers = new Headers(init.headers);
    const body = JSON.parse(init.body as string) as Body;
    const received: Received = {
      endpoint: receiver.id,
      at: this.now,
      id: headers.get("webhook-id")!,
      body,
      headers,
      answered: null,
    };
    this.received.push(received);
    const answer = await receiver.answer(received);
    this.now += this.latency;
    const response = typeof answer === "number" ? new Response("", { status: answer }) : answer;
    received.answered = response.status;
    return response;
  }

  /** A company's endpoint; it starts now. */
  listen(answer: Answer = () => 200, types: string[] | null = null): Receiver {
    const id = newId("ep");
    const receiver = {
      id,
      url: `https://${id.replace("_", "-")}.example.com/hook`,
      types,
      createdAt: this.now,
      enabled: true,
      answer,
    };
    this.receivers.push(receiver);
    return receiver;
  }

  /** Something to relay. */
  say(source = "lamo.example", type = "note.sent", urgent = false): number {
    return enqueue(
      this.sql,
      source,
      { id: newId("evt"), type, subject: { note: { id: newId("note") } }, urgent },
      this.now,
    ).seq;
  }

  /** The process dies in the middle of whatever it does. */
  die(): never {
    // What is left of it ends without a say.
    this.courier.handOver("nobody", "twin_nobody", () => null);
    this.#died.resolve();
    throw new Error("killed");
  }

  /** The process comes back when the lease has run out: memory is gone, storage is not. */
  crash(): void {
    this.#died = Promise.withResolvers();
    this.admissions = this.#newAdmissions();
    this.courier = this.#newCourier();
    this.now += LEASE_MS;
  }

  /** Lets time pass, with every alarm in its turn. */
  async passTo(end: number): Promise<void> {
    for (let alarms = 0; ; alarms++) {
      if (alarms > 20_000) throw new Error("the courier asks for its alarm for ever");
      const due = [this.courier.nextDueAt(), this.real ? this.admissions.nextDueAt() : null].filter(
        (at) => at !== null,
      );
      const next = due.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...due);
      if (next > end) break;
      this.now = Math.max(this.now + 1, next);
      if (this.real) await this.admissions.runDue(this.now);
      let dead = false;
      const died = this.#died.promise.then(() => {
        dead = true;
      });
      await Promise.race([this.courier.run(), died]);
      await Promise.resolve();
      if (dead) this.crash();
    }
    this.now = Math.max(this.now, end);
  }

  async pass(ms: number): Promise<void> {
    await this.passTo(this.now + ms);
  }

  at(endpoint: { id: EndpointId }): Received[] {
    return this.received.filter((received) => received.endpoint === endpoint.id);
  }

  /** What an endpoint took, in the order it did: seqs, and gaps as `from-to`. */
  taken(endpoint: { id: EndpointId }): (number | string)[] {
    return this.at(endpoint)
      .filter(({ answered }) => answered === 200)
      .map(({ body: { data, type } }) => (type === "thread.gap" ? `${data.from}-${data.to}` : (data.seq ?? type)));
  }
}

const key = { secret: randomBytes(32).toBase64(), seed: randomBytes(32).toBase64() };

/** Runs in the storage of an object of its own. */
export async function inWorld(story: (world: World) => Promise<void>): Promise<void> {
  await runInDurableObject(env.TENURE.getByName(crypto.randomUUID()), (_, state) => story(new World(state.storage)));
}
