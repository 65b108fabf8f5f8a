// A maker's webhook server on loopback: records every request, verifies it with a library that is not ours, and answers by
// script, well or as badly as real ones do. Never sends anything by itself.

import { EventEmitter, once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

export type EventBody = {
  type: string;
  timestamp: string;
  data: {
    seq?: number;
    prev?: number | null;
    twin?: string;
    from?: number;
    to?: number;
    note?: { id: string; text?: string };
    message?: { id: string; text: string };
  };
};

/** One request that came in whole. Times in ms. */
export type Arrival = {
  readonly at: number;
  /** When the exchange was over, by whichever side; null while it lasts. */
  endedAt: number | null;
  /** How much of an answer went out until then, as far as the kernel took it. */
  sentBytes: number;
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: EventBody;
  /** Those of the hook's secrets that made one of its signatures. */
  readonly signedWith: readonly string[];
  /** Whether the receiver has it now: it answered 2xx, or took it in and lost the connection. */
  taken: boolean;
};

/** What a receiver does with one request. `takes`: it has the event afterwards. */
export type Reply = { readonly takes: boolean; readonly give: (response: ServerResponse) => void };
export type Script = (arrival: Arrival) => Reply;

export const answer = (status: number, headers: Record<string, string> = {}, body = ""): Reply => ({
  takes: status >= 200 && status <= 299,
  give: (response) => response.writeHead(status, headers).end(body),
});
export const OK = answer(200);

/** Processed, then the connection is lost: the sender can't know. */
export const takenThenDropped: Reply = { takes: true, give: (response) => response.socket?.destroy() };

export const silence: Reply = { takes: false, give: () => {} };

/** One byte of a body of 100 each `everyMs`. */
export const trickle = (everyMs: number): Reply => ({
  takes: false,
  give: (response) => {
    response.writeHead(200, { "content-length": "100" });
    const timer = setInterval(() => response.write("x"), everyMs);
    response.once("close", () => clearInterval(timer));
  },
});

/** A 200 whose body goes on for `bytes`, as fast as it is read. */
export const flood = (bytes: number): Reply => ({
  takes: true,
  give: (response) => {
    const chunk = Buffer.alloc(64 * 1024, "y");
    response.writeHead(200, Number.isFinite(bytes) ? { "content-length": String(bytes) } : {});
    let left = bytes;
    const pour = (): void => {
      while (left > 0 && !response.destroyed) {
        left -= chunk.length;
        if (!response.write(left < 0 ? chunk.subarray(0, left) : chunk)) return void response.once("drain", pour);
      }
      if (left <= 0) response.end();
    };
    pour();
  },
});

/** A 200 under a header of `bytes`. */
export const bigHeader = (bytes: number): Reply => ({
  takes: false,
  // Written raw: Node's own writer refuses it.
  give: (response) =>
    response.socket?.end(`HTTP/1.1 200 OK\r\nx-big: ${"z".repeat(bytes)}\r\ncontent-length: 0\r\n\r\n`),
});

const WITHIN_MS = 120_000;

/** One address of the receiver, as its maker runs it. */
export class Hook {
  readonly url: string;
  /** Shown once by the server; requests that come sooner wait. One signed with none of them is answered 401. */
  secrets: readonly string[] = [];
  readonly arrivals: Arrival[] = [];
  /** Requests with a signature that none of the secrets made. */
  refused = 0;
  script: Script;
  readonly #learned = Promise.withResolvers<void>();
  readonly #receiver: Receiver;

  constructor(receiver: Receiver, url: string, script: Script) {
    this.#receiver = receiver;
    this.url = url;
    this.script = script;
  }

  learn(...secrets: string[]): void {
    this.secrets = secrets;
    this.#learned.resolve();
  }

  get taken(): Arrival[] {
    return this.arrivals.filter(({ taken }) => taken);
  }

  /** The ids of the notes that are here, once each. */
  get notes(): Set<string> {
    return new Set(this.taken.flatMap(({ body }) => (body.type === "note.sent" ? [body.data.note!.id] : [])));
  }

  has(notes: readonly string[]): boolean {
    const here = this.notes;
    return notes.every((note) => here.has(note));
  }

  /** Waits for an event of the receiver after which `holds`. */
  until(holds: () => boolean, what: string, withinMs?: number): Promise<void> {
    return this.#receiver.until(
      holds,
      () => `${what}; ${this.arrivals.length} came, ${this.taken.length} taken`,
      withinMs,
    );
  }

  async receive(request: IncomingMessage, bytes: Buffer, response: ServerResponse): Promise<void> {
    await this.#learned.promise;
    const text = bytes.toString("utf8");
    const arrival: Arrival = {
      at: Date.now(),
      endedAt: null,
      sentBytes: 0,
      id: String(request.headers["webhook-id"]),
      headers: request.headers,
      body: JSON.parse(text) as EventBody,
      signedWith: this.secrets.filter((secret) => isSignedWith(secret, text, request.headers)),
      taken: false,
    };
    this.arrivals.push(arrival);
    const { socket } = request;
    const before = socket.bytesWritten;
    response.once("close", () => {
      arrival.endedAt = Date.now();
      arrival.sentBytes = socket.bytesWritten - before;
      this.#receiver.emit("change");
    });
    this.#receiver.emit("read");
    if (arrival.signedWith.length === 0) this.refused++;
    const reply = arrival.signedWith.length === 0 ? answer(401) : this.script(arrival);
    arrival.taken = reply.takes;
    reply.give(response);
    this.#receiver.emit("answered");
    this.#receiver.emit("change");
  }
}

function isSignedWith(secret: string, text: string, headers: IncomingHttpHeaders): boolean {
  try {
    new Webhook(secret).verify(text, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

/** Emits `read` before and `answered` after each answer, `change` after each answer and when an exchange is over. */
export class Receiver extends EventEmitter {
  /** Every byte of every request's body, also of those that did not come whole, by moment of arrival. */
  readonly heard: { readonly at: number; readonly bytes: Buffer }[] = [];
  connections = 0;
  readonly #hooks = new Map<string, Hook>();
  #server: Server | null = null;
  #port = 0;

  /** Answers at its address, the same one each time. */
  async up(): Promise<this> {
    const server = createServer((request, response) => {
      void this.#receive(request, response);
    });
    server.on("connection", () => this.connections++);
    server.listen(this.#port, "127.0.0.1");
    await once(server, "listening");
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
    return this;
  }

  /** Nobody listens any more: connections are refused. */
  async down(): Promise<void> {
    if (this.#server === null) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    this.#server = null;
    await closed;
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      this.heard.push({ at: Date.now(), bytes: chunk });
    });
    response.on("error", () => {}); // the sender hung up: the scripts of bad receivers provoke it
    try {
      await once(request, "end");
    } catch {
      return; // its sender died
    }
    const hook = this.#hooks.get(request.url ?? "");
    if (hook) await hook.receive(request, Buffer.concat(chunks), response);
    else response.writeHead(404).end();
  }

  hook(name: string, script: Script = () => OK): Hook {
    const hook = new Hook(this, `http://127.0.0.1:${this.#port}/${name}`, script);
    this.#hooks.set(`/${name}`, hook);
    return hook;
  }

  /** Whether any of `words` was ever in a body, from `since` on (ms). */
  heardAny(words: readonly string[], since = 0): boolean {
    const text = Buffer.concat(this.heard.filter(({ at }) => at >= since).map(({ bytes }) => bytes)).toString("utf8");
    return words.some((word) => text.includes(word));
  }

  async until(holds: () => boolean, what: () => string, withinMs = WITHIN_MS): Promise<void> {
    const signal = AbortSignal.timeout(withinMs);
    try {
      while (!holds()) await once(this, "change", { signal });
    } catch (cause) {
      throw new Error(`not within ${withinMs / 1000} s: ${what()}`, { cause });
    }
  }
}
