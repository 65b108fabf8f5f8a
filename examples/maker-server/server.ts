// A company's side of Pico Twins in one file: takes its webhooks in, says what arrived, and answers notes by rule.
// Never believes a body before its signature, and never does the same event twice.
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";

type Agreement = { terms: string; permits: string[]; prohibits: string[] };

/** What this program reads of an event; there is more in it. */
type Event = {
  type: string;
  data: {
    twin: string;
    product?: { name: string };
    agreement?: Agreement;
    note?: { id: string; kind: string; text: string; wants: string; photos: { id: string }[] };
    message?: { text: string };
    verdict?: string;
    decideBy?: string;
    obligations?: { duty: string; what: string }[];
  };
};

/** The first rule whose conditions all hold answers the note. `words`: one of them must be in its text. */
type Rule = {
  product?: string;
  kind?: string;
  words?: string[];
  answer: { text: string; type?: string; outcome?: string; author?: { name: string } };
};

const MOST_BYTES = 256 * 1024;
const ATTEMPTS = 5;
const FIRST_RETRY_MS = 500;

function setting(name: string): string {
  const value = process.env[name];
  if (value) return value;
  console.error(`${name} is missing. See README.md.`);
  process.exit(1);
}

const twins = process.env["TWINS_URL"] ?? "http://127.0.0.1:8787";
const maker = setting("MAKER");
/** Checks what comes in. */
const arriving = new Webhook(setting("WEBHOOK_SECRET"));
/** Signs what goes out. */
const leaving = new Webhook(setting("INBOUND_SECRET"));
/** Only to fetch pictures: a key with the role `reader`. */
const key = process.env["MAKER_KEY"];
const rules = JSON.parse(
  readFileSync(process.env["RULES"] ?? join(import.meta.dirname, "rules.json"), "utf8"),
) as Rule[];

// Yours is a table: insert the id and queue the work in one transaction, then answer.
const seen = new Set<string>();

/** Also without control characters: a terminal would obey them. */
const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, " ");

/** What arrived, in a line. */
function told({ type, data }: Event): string {
  const { product, agreement, note, message, verdict, decideBy, obligations } = data;
  const about = [type, agreement?.terms, product?.name].filter(Boolean).join(", ");
  switch (type) {
    case "agreement.proffered":
      return `${about}: a person must decide before ${decideBy}`;
    case "agreement.accepted":
      return `${about}: ${bounds(agreement!)}`;
    case "agreement.terminated":
      return `${about}: now ${obligations?.map(({ duty, what }) => `${duty} ${what}`).join(", ")}`;
    case "note.retracted":
      return `${about}: the words of ${note?.id} must go here too`;
    case "note.sent":
    case "note.updated":
      return `${about}, ${note?.kind}, wants ${note?.wants}: ${oneLine(note?.text ?? "")}`;
    case "message.posted":
      return `${about}: ${oneLine(message?.text ?? "")}`;
    case "thread.verdict":
      return `${about}: the owner says ${verdict}`;
    default:
      return about;
  }
}

/** What the terms allow beyond reading and answering, and what they forbid by name. What they don't allow is forbidden anyway. */
function bounds({ permits, prohibits }: Agreement): string {
  const allowed = permits.length === 0 ? "" : `permits ${permits.join(", ")}; `;
  return `${allowed}forbids ${prohibits.join(", ")}`;
}

function answerTo({ product, note }: Event["data"]): Rule["answer"] | undefined {
  const has = (text: string | undefined, word: string) => text?.toLowerCase().includes(word.toLowerCase()) ?? false;
  return rules.find(
    (rule) =>
      (rule.product === undefined || has(product?.name, rule.product)) &&
      (rule.kind === undefined || rule.kind === note?.kind) &&
      (rule.words === undefined || rule.words.some((word) => has(note?.text, word))),
  )?.answer;
}

/** Posts a signed reply. Its id comes from the event's, so an answer that is sent twice is taken once. */
async function reply(event: string, { twin, note }: Event["data"], answer: Rule["answer"]): Promise<void> {
  const id = `re_${event}`;
  const body = JSON.stringify({
    type: "message.reply",
    timestamp: new Date().toISOString(),
    data: { twin, note: note!.id, ...answer },
  });
  for (let attempt = 1; ; attempt++) {
    const now = new Date();
    const response = await fetch(`${twins}/v1/makers/${maker}/inbound`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
        "webhook-signature": leaving.sign(id, now, body),
      },
      body,
    }).catch((error: Error) => error);
    if (response instanceof Response && response.ok)
      return console.log(`answered ${note!.id}: ${oneLine(answer.text)}`);
    const reason =
      response instanceof Error ? (response.cause as Error).message : `${response.status} ${await response.text()}`;
    // A refusal stays one however often it is asked for; a server that is away, or busy, comes back.
    const again = response instanceof Error || response.status === 429 || response.status >= 500;
    if (!again || attempt === ATTEMPTS) return console.error(`no answer to ${note!.id}: ${reason}`);
    await new Promise((resolve) => setTimeout(resolve, FIRST_RETRY_MS * 2 ** (attempt - 1)));
  }
}

async function fetchPicture({ twin, note }: Event["data"], photo: string): Promise<void> {
  const url = `${twins}/v1/makers/${maker}/threads/${twin}/${note!.id}/photos/${photo}`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
  if (!response.ok) return console.error(`no picture ${photo}: ${response.status}`);
  console.log(`picture ${photo}: ${response.headers.get("content-type")}, ${(await response.bytes()).length} bytes`);
}

/** What an event makes us do, after it was answered. */
async function work(id: string, { type, data }: Event): Promise<void> {
  if (type !== "note.sent") return;
  if (key) for (const photo of data.note!.photos) await fetchPicture(data, photo.id);
  const answer = answerTo(data);
  if (answer) await reply(id, data, answer);
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
  if (request.method !== "POST" || request.url !== "/webhooks") return 404;
  // The signature is over the very bytes: parsing first, and writing them again, would break it.
  const body = await rawBody(request);
  let event: Event;
  try {
    event = arriving.verify(body, request.headers as Record<string, string>) as Event;
  } catch (error) {
    console.error(`refused: ${(error as Error).message}`);
    return 401;
  }
  const id = request.headers["webhook-id"] as string;
  if (seen.has(id)) return 204;
  seen.add(id);
  console.log(told(event));
  setImmediate(() => void work(id, event).catch(console.error));
  return 204;
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
