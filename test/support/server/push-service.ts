// A push service on loopback and browsers that are subscribed at it: keeps what comes in, opens it with a library that is not ours, answers by script.

import { createECDH, randomBytes, randomUUID, type ECDH } from "node:crypto";
import { EventEmitter, once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { decrypt } from "http_ece";

const WITHIN_MS = 120_000;

export type Arrival = {
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};
export type Answering = (response: ServerResponse, arrival: Arrival) => void;

export const status =
  (code: number, headers: Record<string, string> = {}): Answering =>
  (response) =>
    void response.writeHead(code, headers).end();
export const hang: Answering = () => {};

export class PhoneBrowser {
  readonly #ecdh: ECDH = createECDH("prime256v1");
  readonly #auth = randomBytes(16);
  readonly #publicKey = this.#ecdh.generateKeys();
  readonly path = `/push/${randomUUID()}`;
  readonly #service: PushService;

  constructor(service: PushService) {
    this.#service = service;
  }

  /** What `PushSubscription.toJSON()` gives. */
  subscription = () => ({
    endpoint: this.#service.origin + this.path,
    expirationTime: null,
    keys: { p256dh: this.#publicKey.toString("base64url"), auth: this.#auth.toString("base64url") },
  });

  get arrivals(): Arrival[] {
    return this.#service.arrivals.filter(({ path }) => path === this.path);
  }

  open = ({ body }: Arrival): any =>
    JSON.parse(
      decrypt(body, { version: "aes128gcm", privateKey: this.#ecdh, authSecret: this.#auth }).toString("utf8"),
    );
}

export class PushService {
  readonly arrivals: Arrival[] = [];
  answers: Answering = status(201);
  origin = "";
  readonly #server: Server;
  readonly #news = new EventEmitter();

  constructor() {
    this.#server = createServer((request, response) => void this.#take(request, response));
  }

  async up(): Promise<this> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async down(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }

  browser = (): PhoneBrowser => new PhoneBrowser(this);

  /** Resolves once what came in satisfies `holds`. */
  async until(holds: () => boolean, what: string): Promise<void> {
    const limit = AbortSignal.timeout(WITHIN_MS);
    while (!holds()) {
      await once(this.#news, "arrival", { signal: limit }).catch(() => {
        throw new Error(`${what}: not within ${WITHIN_MS / 1000} s; ${this.arrivals.length} came`);
      });
    }
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { url, method, headers } = request;
    const arrival = { path: url!, method: method!, headers, body: Buffer.concat(chunks) };
    this.arrivals.push(arrival);
    this.answers(response, arrival);
    this.#news.emit("arrival");
  }
}
