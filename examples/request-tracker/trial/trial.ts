// The trial of the bridge: a hundred notes and a hundred answers through a real Request Tracker, with a fifth of all calls lost on the way.
// Says what arrived, and fails unless each did, once. Needs Debian's request-tracker5 and rt5-db-sqlite.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api } from "../../demo/api.ts";
import { Program, stopAll } from "../../demo/program.ts";
import { threadOf } from "../events.ts";
import { Agent } from "./agent.ts";
import { lossyWay, type Lossy } from "./lossy.ts";
import { startRt, type Rt } from "./rt.ts";
import { tidyUp, type Status } from "./tidying.ts";
import { until } from "./until.ts";

const OWNERS = 10;
const NOTES_EACH = 10;
const NOTES = OWNERS * NOTES_EACH;
const LOSE_EVERY = 5;
/** As the bridge's own default. */
const POLL_SECONDS = 60;
/** As Request Tracker comes. */
const ROOT_PASSWORD = "password";
/** Of what each program said, when something did not come to pass. */
const LAST_LINES = 20;
const OUTCOMES = ["answered", "fixed", "changed", "declined", "forwarded"] as const;

type Owner = { readonly twin: string; readonly token: string };
type Message = {
  readonly from: string;
  readonly text: string;
  readonly outcome: string | null;
  readonly author: { name: string } | null;
};

const programs: Program[] = [];
const ways: Lossy[] = [];
let rt: Rt | undefined;
const scratch = mkdtempSync(join(tmpdir(), "pico-twins-rt-"));

async function play(): Promise<void> {
  const passwords = { bridge: randomBytes(18).toString("base64url"), ida: randomBytes(18).toString("base64url") };
  // Request Tracker calls once and heeds no answer: only what is lost on the way there is lost.
  const [webhooks, callbacks] = [
    await lossyWay(LOSE_EVERY, { both: true }),
    await lossyWay(LOSE_EVERY, { both: false }),
  ];
  ways.push(webhooks, callbacks);
  rt = await startRt(scratch, callbacks.url, passwords);
  console.log(`Request Tracker answers at ${rt.url}`);

  const operatorKey = randomBytes(32).toString("base64url");
  const server = new Program("the server", "self-host/start.ts", {
    PORT: "0",
    DATA_DIR: join(scratch, "data"),
    OPERATOR_KEY: operatorKey,
    ALLOW_LOOPBACK_WEBHOOKS: "1",
    RELAY_TIME_SCALE: "0.1",
    LIMIT_ANONYMOUS: "0",
  });
  programs.push(server);
  const api = new Api(await server.address());
  const maker = "lamo.example";
  const path = `/v1/makers/${maker}`;
  const { key, inboundSecret } = await api.post<{ key: string; inboundSecret: string }>(
    "/v1/makers",
    { domain: maker, name: "LAMO" },
    operatorKey,
  );
  await api.put(`${path}/policy`, { rules: { "SD-BASE-DP": "accept" } }, key);
  const reader = await api.post<{ id: string; key: string }>(
    `${path}/keys`,
    { label: "Request Tracker", role: "reader" },
    key,
  );
  const { secret } = await api.post<{ secret: string }>(`${path}/endpoints`, { url: webhooks.url }, key);
  const settings = {
    PORT: "0",
    TWINS_URL: api.origin,
    MAKER: maker,
    WEBHOOK_SECRET: secret,
    INBOUND_SECRET: inboundSecret,
    MAKER_KEY: reader.key,
    RT_URL: rt.url,
    RT_PASSWORD: passwords.bridge,
    LEDGER: join(scratch, "bridge.sqlite"),
    POLL_SECONDS: String(POLL_SECONDS),
  };
  const startBridge = async (): Promise<Program> => {
    const bridge = new Program("the bridge", "examples/request-tracker/bridge.ts", settings);
    programs.push(bridge);
    webhooks.to = await bridge.address();
    callbacks.to = new URL("/rt", webhooks.to).href;
    return bridge;
  };
  const bridge = await startBridge();

  const owners = await Promise.all(
    Array.from({ length: OWNERS }, async (_, n): Promise<Owner> => {
      const owner = await api.post<Owner>("/v1/twins", { product: { name: `Kettle ${n}`, maker } });
      await api.post(`/v1/twins/${owner.twin}/agreements`, { maker, preferred: "SD-BASE-DP" }, owner.token);
      return owner;
    }),
  );
  const notes = await Promise.all(
    owners.flatMap((owner, at) =>
      Array.from({ length: NOTES_EACH }, async (_, n) => {
        const text = `Größe ${at}/${n}: the lid sticks <b>“often”</b>.`;
        const { id } = await api.post<{ id: string }>(
          `/v1/twins/${owner.twin}/notes`,
          { kind: "problem", wants: "repair", text, send: true },
          owner.token,
        );
        return { ...owner, note: id, text };
      }),
    ),
  );
  const began = Date.now();
  const ida = new Agent(rt.url, "ida", passwords.ida);
  await until(
    "a ticket for every note",
    () => ida.count(),
    (count) => count >= NOTES,
  );
  const made = await ida.tickets();
  assert.equal(made.length, NOTES, "no note has two tickets");
  const ticketOf = new Map(made.map(({ id, thread }) => [thread, id]));
  const tickets = notes.map(({ twin, note }) => ticketOf.get(threadOf(twin, note))!);
  assert.ok(!tickets.includes(undefined!), "every note has a ticket");
  const { sent, lostThere, lostBack } = webhooks.counts;
  assert.ok(lostThere + lostBack >= Math.floor(sent / LOSE_EVERY), "a fifth of the webhooks was lost");
  console.log(
    `${NOTES} of ${NOTES} notes are tickets after ${seconds(began)} s; of ${sent} calls ${lostThere} were lost on the way there, ${lostBack} on the way back`,
  );

  const answered = Date.now();
  for (const [n, ticket] of tickets.entries()) {
    await ida.answer(ticket, `Answer ${n}: bring it in, grüße.`, OUTCOMES[n % OUTCOMES.length]!);
  }
  const readAll = () =>
    Promise.all(
      notes.map(
        async ({ twin, token, note }) =>
          (await api.get<{ messages: Message[] }>(`/v1/twins/${twin}/notes/${note}`, token)).messages,
      ),
    );
  const threads = await until("an answer to every note", readAll, (all) => all.every(({ length }) => length > 0));
  assert.deepEqual(
    threads,
    threads.map((messages, n) => [
      {
        ...messages[0]!,
        from: "maker",
        text: `Answer ${n}: bring it in, grüße.`,
        outcome: OUTCOMES[n % OUTCOMES.length]!,
        author: { name: "Ida" },
      },
    ]),
    "the answers, each once, with its outcome and its author",
  );
  assert.ok(callbacks.counts.lostThere >= NOTES / LOSE_EVERY, "a fifth of the callbacks was lost");
  console.log(
    `${NOTES} of ${NOTES} answers are replies after ${seconds(answered)} s; of ${callbacks.counts.sent} calls ${callbacks.counts.lostThere} were lost on the way there`,
  );

  const [first, second] = [notes[0]!, notes[NOTES_EACH]!];
  await api.post(`/v1/twins/${first.twin}/notes/${first.note}/verdict`, { verdict: "addressed" }, first.token);
  await until(
    "the verdict in the ticket",
    () => ida.statusOf(tickets[0]!),
    (status) => status === "resolved",
  );
  await api.call("DELETE", `/v1/twins/${second.twin}/notes/${second.note}`, second.token);
  await until(
    "a retracted note's ticket taken away",
    () => ida.statusOf(tickets[NOTES_EACH]!),
    (status) => status === "deleted",
  );
  assert.deepEqual(
    (await readAll()).filter(({ length }) => length > 1),
    [],
    "no thread has an answer twice",
  );
  console.log("A verdict resolves its ticket; a note taken back takes its ticket along; nothing is doubled.");

  await tidyUp({
    api,
    rt,
    ida,
    root: new Agent(rt.url, "root", ROOT_PASSWORD),
    threads: Array.from({ length: OWNERS }, (_, at) => ({
      ...notes[at * NOTES_EACH]!,
      ticket: tickets[at * NOTES_EACH]!,
    })),
    rest: tickets.slice(NOTES_EACH + 1, 2 * NOTES_EACH),
    status: () => fetch(new URL("/status", webhooks.to)).then((response) => response.json() as Promise<Status>),
    restart: async () => {
      await bridge.stop();
      await startBridge();
    },
    revokeReader: async () => void (await api.call("DELETE", `${path}/keys/${reader.id}`, key)),
  });
}

const seconds = (since: number): string => ((Date.now() - since) / 1000).toFixed(1);

try {
  await play();
} catch (error) {
  for (const { text } of programs.flatMap(({ lines }) => lines.all.slice(-LAST_LINES))) console.error(`  ${text}`);
  throw error;
} finally {
  await stopAll(programs);
  for (const way of ways) await way.stop();
  await rt?.stop();
  rmSync(scratch, { recursive: true, force: true });
}
