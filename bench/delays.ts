// How long a note takes from its acceptance to its maker, and a server from its start to its first answer.
import { setTimeout as sleep } from "node:timers/promises";
import { RATE_PER_SECOND } from "../src/relay/pace.ts";
import { Client } from "../test/support/client.ts";
import { agree, type TestOwner } from "../test/support/people.ts";
import type { TestServer } from "../test/support/server/server.ts";
import { Company } from "./company.ts";
import { send } from "./load.ts";
import type { Row } from "./report.ts";
import type { Servers } from "./servers.ts";
import type { Size } from "./size.ts";
import { median, percentile } from "./statistics.ts";
import { startTwin, writes } from "./twins.ts";

/** An endpoint's turns come this far apart; asking faster would measure the pace instead of the way. */
const TURN_MS = 1_000 / RATE_PER_SECOND;

const now = (): number => performance.timeOrigin + performance.now();

function delayRow(name: string, ms: readonly number[]): Row {
  const p99 = percentile(ms, 0.99);
  return { name, value: median(ms), unit: "ms", floor: null, detail: `p99 ${p99.toFixed(1)} ms, ${ms.length} notes` };
}

/** Milliseconds between a note's 201 and its arrival; 0 if it arrived first. */
async function delay(server: TestServer, company: Company, owner: TestOwner): Promise<number> {
  const arrival = company.arrival(({ type, twin }) => type === "note.sent" && twin === owner.twin);
  await send(server.url, [writes(owner, { send: true })], { until: { count: 1 }, connections: 1 });
  const accepted = now();
  return Math.max(0, (await arrival).at - accepted);
}

export async function* deliveryDelays(size: Size, { another }: Servers): AsyncGenerator<Row> {
  const server = await another();
  const api = new Client(fetch, server.url);
  const company = await Company.found(api, server.operatorKey);
  const agreed = async (): Promise<TestOwner> => {
    const owner = await startTwin(api, company.maker.domain);
    const told = company.arrival(({ type, twin }) => type === "agreement.accepted" && twin === owner.twin);
    await agree(api, owner);
    await told;
    return owner;
  };

  const fresh: number[] = [];
  for (let n = 0; n < size.deliveries; n++) {
    fresh.push(await delay(server, company, await agreed()));
    await sleep(2 * TURN_MS); // for the agreement and for the note
  }
  yield delayRow("note accepted to first POST received, a fresh twin each (p50)", fresh);

  const owner = await agreed();
  const one: number[] = [];
  for (let n = 0; n < size.deliveries; n++) {
    one.push(await delay(server, company, owner));
    await sleep(TURN_MS);
  }
  yield delayRow("note accepted to first POST received, one twin (p50)", one);
  company.end();
  await server.stop();
}

export async function* coldStarts(size: Size, { another }: Servers): AsyncGenerator<Row> {
  const server = await another();
  const owner = await startTwin(new Client(fetch, server.url));
  await send(server.url, [writes(owner)], { until: { count: 100 } });
  const health: number[] = [];
  const note: number[] = [];
  for (let n = 0; n < size.starts; n++) {
    await server.stop();
    const began = performance.now();
    await server.start();
    health.push(performance.now() - began);
    await send(server.url, [writes(owner)], { until: { count: 1 }, connections: 1 });
    note.push(performance.now() - began);
  }
  const detail = `median of ${size.starts} starts`;
  yield {
    name: "start of the process to the first /health 200",
    value: median(health),
    unit: "ms",
    floor: null,
    detail,
  };
  yield {
    name: "start of the process to the first note accepted",
    value: median(note),
    unit: "ms",
    floor: null,
    detail,
  };
  await server.stop();
}
