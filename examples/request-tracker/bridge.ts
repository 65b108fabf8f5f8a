// A bridge between Pico Twins and Request Tracker 5: takes signed events in and makes tickets of them, takes agents' answers out as replies.
// Never believes a body before its signature, and answers only once an event is on disk.

import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { Arriving } from "./arriving.ts";
import { Leaving } from "./leaving.ts";
import { Ledger } from "./ledger.ts";
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
const arriving = new Arriving(ledger, tracker, twins);
const leaving = new Leaving(ledger, tracker, twins, {
  user,
  instance: new URL(rtUrl).host.replaceAll(/[^\w-]/g, "_"),
});

let working = false;
/** Takes events to Request Tracker, oldest first, until none waits. */
async function work(): Promise<void> {
  if (working) return;
  working = true;
  try {
    for (let next = ledger.next(); next !== null; next = ledger.next()) {
      await arriving.take(next);
      ledger.done(next.id);
      console.log(`${next.event.type} taken`);
    }
  } catch (error) {
    console.error(`will try again: ${(error as Error).message}`);
    setTimeout(() => void work(), AGAIN_MS).unref();
  } finally {
    working = false;
  }
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
  take(request).then(
    (status) => response.writeHead(status).end(),
    () => response.destroy(),
  );
});
server.listen(Number(process.env["PORT"] ?? 4000), "127.0.0.1", () => {
  console.log(`${maker} listens at http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`);
});
const look = (): void => {
  void work();
  leaving.look().catch((error: Error) => console.error(`will look again: ${error.message}`));
};
look();
setInterval(look, everyMs);
