// A bridge between Pico Twins and Request Tracker 5: takes signed events in and makes tickets of them, takes agents' answers out as replies.
// Never believes a body before its signature, and answers only once an event is on disk.

import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { Arriving } from "./arriving.ts";
import { Leaving } from "./leaving.ts";
import { Ledger } from "./ledger.ts";
import { Line } from "./line.ts";
import { RequestTracker } from "./request-tracker.ts";
import { Twins } from "./twins.ts";

const MOST_BYTES = 256 * 1024;
const AGAIN_MS = 5_000;

function setting(name: string): string {
  const value = process.env[name];
  if (value) return value;
  console.error(`${name} is missing. See README.md.`);
  process.exit(1);
}

const twinsUrl = process.env["TWINS_URL"] ?? "http://127.0.0.1:8787";
const maker = setting("MAKER");
const arrivingSignatures = new Webhook(setting("WEBHOOK_SECRET"));
const user = process.env["RT_USER"] ?? "pico-twins";
const rtUrl = setting("RT_URL").replace(/\/$/, "");
const everyMs = Number(process.env["POLL_SECONDS"] ?? 60) * 1000;

const ledger = new Ledger(process.env["LEDGER"] ?? "bridge.sqlite");
const tracker = new RequestTracker(rtUrl, process.env["RT_QUEUE"] ?? "Owners", user, setting("RT_PASSWORD"));
const twins = new Twins(`${twinsUrl}/v1/makers/${maker}`, setting("INBOUND_SECRET"), process.env["MAKER_KEY"]);
const line = new Line(ledger, new Arriving(ledger, tracker, twins), tracker);
const leaving = new Leaving(ledger, tracker, twins, {
  user,
  instance: new URL(rtUrl).host.replaceAll(/[^\w-]/g, "_"),
});

let busy = false;
let held: string | null = null;
/** Takes events to Request Tracker. What holds the line is tried again in a while, whatever arrives meanwhile. */
async function work(): Promise<void> {
  if (busy) return;
  busy = true;
  held = await line.work().catch((error: Error) => error.message);
  if (held === null) {
    busy = false;
    return;
  }
  console.error(`will try again: ${held}`);
  setTimeout(() => {
    busy = false;
    void work();
  }, AGAIN_MS).unref();
}

async function rawBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error("too large for an event");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** What is under way, for whoever watches the bridge. Names events, never their words; a refusal is as Request Tracker put it. */
const status = (): string => JSON.stringify({ waiting: ledger.waiting(), held, aside: ledger.aside() });

/** The status that one request gets. */
async function take(request: IncomingMessage): Promise<number> {
  if (request.method !== "POST") return 405;
  // The signature is over the very bytes.
  const body = await rawBody(request);
  switch (request.url) {
    case "/webhooks": {
      try {
        arrivingSignatures.verify(body, request.headers as Record<string, string>);
      } catch (error) {
        console.error(`refused: ${(error as Error).message}`);
        return 401;
      }
      ledger.keep(request.headers["webhook-id"] as string, body);
      setImmediate(() => void work());
      return 204;
    }
    case "/rt": {
      // Anyone on this machine may call: it says only where to look, and what is found there decides.
      const transaction = Number(new URLSearchParams(body).get("transaction"));
      if (!Number.isSafeInteger(transaction) || transaction <= 0) return 422;
      leaving.told(transaction).catch((error: Error) => console.error(`will look again: ${error.message}`));
      return 202;
    }
    default:
      return 404;
  }
}

const server = createServer((request, response) => {
  if (request.method === "GET" && request.url === "/status") {
    response.setHeader("content-type", "application/json").end(status());
    return;
  }
  take(request).then(
    (status) => response.writeHead(status).end(),
    () => response.destroy(),
  );
});
server.listen(Number(process.env["PORT"] ?? 4000), "127.0.0.1", () => {
  console.log(`${maker} listens at http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`);
});
const again = ledger.tryAgain();
if (again > 0) console.log(`${again} events that were set aside are tried again`);
const look = (): void => {
  void work();
  leaving.look().catch((error: Error) => console.error(`will look again: ${error.message}`));
};
look();
setInterval(look, everyMs);
