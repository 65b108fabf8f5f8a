// Load over raw keep-alive sockets: requests are bytes made beforehand, so that the client costs little of the machine
// it shares with the server. Every answer's status is checked; a wrong one ends the run.
import { connect, type Socket } from "node:net";

export type Request = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly status: number;
};

type Prepared = { readonly bytes: Buffer; readonly status: number };

const HEAD_END = Buffer.from("\r\n\r\n");

function prepare(host: string, { method, path, token, body, status }: Request): Prepared {
  const text = body === undefined ? "" : JSON.stringify(body);
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${host}`,
    ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
    ...(body === undefined ? [] : ["Content-Type: application/json", `Content-Length: ${Buffer.byteLength(text)}`]),
  ];
  return { bytes: Buffer.from(`${lines.join("\r\n")}\r\n\r\n${text}`), status };
}

/** One connection: asks, waits for the whole answer, asks again; `next` says what, and null to stop. */
function converse(socket: Socket, depth: number, next: () => Prepared | null): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const waiting: Prepared[] = [];
  let held: Buffer = Buffer.alloc(0);
  const ask = (): void => {
    const batch: Buffer[] = [];
    while (waiting.length < depth) {
      const request = next();
      if (request === null) break;
      waiting.push(request);
      batch.push(request.bytes);
    }
    if (batch.length > 0) socket.write(Buffer.concat(batch));
    else if (waiting.length === 0) end();
  };
  const end = (error?: Error): void => {
    socket.off("data", take).off("error", end).off("close", broken);
    if (error) reject(error);
    else resolve();
  };
  const broken = (): void => end(new Error("the server closed a connection"));
  const take = (chunk: Buffer): void => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (;;) {
      const head = held.indexOf(HEAD_END);
      if (head < 0) return;
      const text = held.toString("latin1", 0, head);
      const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
      if (length === undefined) return end(new Error(`an answer without Content-Length:\n${text}`));
      const whole = head + HEAD_END.length + Number(length);
      if (held.length < whole) return;
      const expected = waiting.shift();
      const status = Number(text.slice(9, 12));
      if (status !== expected?.status) {
        return end(new Error(`expected ${expected?.status}, got:\n${held.toString("utf8", 0, whole)}`));
      }
      held = held.subarray(whole);
      ask();
      if (held.length === 0) return;
    }
  };
  socket.on("data", take).on("error", end).on("close", broken);
  ask();
  return promise;
}

async function open(origin: string): Promise<Socket> {
  const { hostname, port } = new URL(origin);
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  socket.once("error", reject).once("connect", () => resolve(socket.off("error", reject)));
  return promise;
}

export type Way = {
  /** Ends after so many requests, or takes no further one after so many milliseconds. */
  readonly until: { readonly count: number } | { readonly ms: number };
  readonly connections?: number;
  /** Requests under way at once on each connection. */
  readonly depth?: number;
};

/**
 * Sends `requests` in turn, over and over. Answers how many a second were answered.
 * Connections are opened each time, before the clock starts: workerd closes one that is idle for 5 s.
 */
export async function send(
  origin: string,
  requests: readonly Request[],
  { until, connections = 10, depth = 1 }: Way,
): Promise<number> {
  const { host } = new URL(origin);
  const prepared = requests.map((request) => prepare(host, request));
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(origin)));
  let sent = 0;
  const began = performance.now();
  const isOver = "count" in until ? () => sent >= until.count : () => performance.now() - began >= until.ms;
  const next = (): Prepared | null => (isOver() ? null : prepared[sent++ % prepared.length]!);
  await Promise.all(sockets.map((socket) => converse(socket, depth, next)));
  const tookMs = performance.now() - began;
  for (const socket of sockets) socket.destroy();
  return (sent * 1_000) / tookMs;
}
