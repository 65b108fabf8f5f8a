// The example of a company's server, alone: a door that stands in for Pico Twins signs with another implementation of the convention.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Webhook } from "svix";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Awaited } from "../../examples/demo/awaited.ts";
import { Program } from "../../examples/demo/program.ts";

const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
const INBOUND_SECRET = `whsec_${Buffer.alloc(32, 2).toString("base64")}`;
const RULES = [
  { product: "moccasin", kind: "problem", words: ["sole"], answer: { text: "Ask a cobbler.", type: "advice" } },
];

type Arrived = { path: string; id: string; body: string; data: { note: string } };

const scratch = mkdtempSync(join(tmpdir(), "pico-twins-maker-server-"));
let arrivals: Awaited<Arrived>;
let refusals = 0;
let door: Server;
let program: Program;
let address: string;

beforeAll(async () => {
  door = createServer(async (request, response) => {
    const body = (await request.toArray()).join("");
    const headers = request.headers as Record<string, string> & { "webhook-id": string };
    new Webhook(INBOUND_SECRET).verify(body, headers);
    const { data } = JSON.parse(body) as Arrived;
    const status = refusals > 0 ? 500 : 200;
    refusals = Math.max(0, refusals - 1);
    response.writeHead(status).end();
    arrivals.came({ path: request.url!, id: headers["webhook-id"], body, data });
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  const rules = join(scratch, "rules.json");
  writeFileSync(rules, JSON.stringify(RULES));
  program = new Program("the company's server", "examples/maker-server/server.ts", {
    PORT: "0",
    TWINS_URL: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    MAKER: "lamo.example",
    WEBHOOK_SECRET,
    INBOUND_SECRET,
    RULES: rules,
  });
  address = await program.address();
});
beforeEach(() => {
  arrivals = new Awaited();
  refusals = 0;
});
afterAll(async () => {
  await program.stop();
  door.close();
  rmSync(scratch, { recursive: true });
});

const note = (id: string, text: string): string =>
  JSON.stringify({
    type: "note.sent",
    timestamp: "2026-01-01T00:00:00.000Z",
    data: {
      twin: "twin_x",
      product: { name: "Lamo moccasins" },
      agreement: { terms: "SD-BASE-DP", permits: [], prohibits: ["analytics"] },
      note: { id, kind: "problem", wants: "answer", text, photos: [] },
    },
  });

async function deliver(id: string, body: string, { secret = WEBHOOK_SECRET, sentBody = body } = {}): Promise<number> {
  const at = new Date();
  const signature = new Webhook(secret).sign(id, at, body);
  const headers = {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": signature,
  };
  return (await fetch(address, { method: "POST", headers, body: sentBody })).status;
}

const answerTo = (id: string): Promise<Arrived> => arrivals.next(`an answer to ${id}`, ({ data }) => data.note === id);

test("says what arrived, with terms, kind and text, and answers it with a signed reply", async () => {
  expect(await deliver("evt_1", note("note_1", "The soles\nare \u001b[31mthrough."))).toBe(204);
  const { text } = await program.line("note.sent");
  expect(text).toBe("note.sent, SD-BASE-DP, Lamo moccasins, problem, wants answer: The soles are [31mthrough.");
  const { path, id, data } = await answerTo("note_1");
  expect({ path, id }).toEqual({ path: "/v1/makers/lamo.example/inbound", id: "re_evt_1" });
  expect(data).toEqual({ twin: "twin_x", note: "note_1", text: "Ask a cobbler.", type: "advice" });
});

test("takes an event in once, however often it comes", async () => {
  for (let time = 0; time < 3; time++)
    expect(await deliver("evt_2", note("note_2", "The soles are through."))).toBe(204);
  expect(await deliver("evt_3", note("note_3", "The soles again."))).toBe(204);
  await answerTo("note_3");
  expect(arrivals.all.map(({ data }) => data.note)).toEqual(["note_2", "note_3"]);
});

test("refuses what was signed with another secret, or changed on its way", async () => {
  const body = note("note_4", "The soles are through.");
  expect(await deliver("evt_4", body, { secret: INBOUND_SECRET })).toBe(401);
  expect(await deliver("evt_4", body, { sentBody: body.replace("soles", "souls") })).toBe(401);
  expect(await deliver("evt_4", body, { sentBody: `${body} ` })).toBe(401);
  expect((await fetch(address, { method: "POST", body })).status).toBe(401);
  expect(arrivals.all).toEqual([]);
  expect(await deliver("evt_4", body)).toBe(204);
  await answerTo("note_4");
});

test("sends an answer that was not taken again, under the same id and word for word", async () => {
  refusals = 1;
  await deliver("evt_5", note("note_5", "The soles are through."));
  const first = await answerTo("note_5");
  const second = await answerTo("note_5");
  expect({ id: second.id, body: second.body }).toEqual({ id: first.id, body: first.body });
});

test("leaves a note that no rule fits to a person", async () => {
  await deliver("evt_6", note("note_6", "The lining is loose."));
  await deliver("evt_7", note("note_7", "The soles are through."));
  await answerTo("note_7");
  expect(arrivals.all.map(({ data }) => data.note)).toEqual(["note_7"]);
});

test("says which setting is missing, and does not start", async () => {
  const bare = new Program("a server without secrets", "examples/maker-server/server.ts", {
    PORT: "0",
    MAKER: "lamo.example",
  });
  await bare.line("WEBHOOK_SECRET is missing");
  expect(await bare.exit).toBe(1);
});
