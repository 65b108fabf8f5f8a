// A company's desk with many threads against one with few: what an agent waits for must not grow with the company. And whether the desk
// keeps up with what owners send, and how fast a notice reaches everybody.
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "../test/support/client.ts";
import { agree, freshGtin, type TestMaker, type TestOwner } from "../test/support/people.ts";
import { type Request, send } from "./load.ts";
import type { Row } from "./report.ts";
import type { Servers } from "./servers.ts";
import type { Size } from "./size.ts";
import { median, percentile } from "./statistics.ts";
import { startTwin, writes } from "./twins.ts";

const SHARDS = 8;
/** What a page of many may take, as a multiple of a page of few: 95 of 100 times. */
const SLOWER_AT_MOST = 3;
/** Less than this means that the desk falls behind while owners write. */
const KEEPS_UP = 0.8;
const WRITERS = 50;
const KINDS = ["problem", "question", "idea", "praise"] as const;
const WORDS = ["handle", "switch", "lid", "cable", "sole", "hinge", "battery", "zip", "wheel", "filter"] as const;
const LOOK_MS = 20;
const CLAIMS_AT_ONCE = 10;

type Company = TestMaker & { readonly name: string };

async function found(api: Client, operatorKey: string, name: string): Promise<Company> {
  const domain = `${name}.example`;
  const { status, body } = await api.post("/v1/makers", { domain, name, deskShards: SHARDS }, operatorKey);
  if (status !== 201) throw new Error(`${domain} was refused with ${status}`);
  const company = { name, domain, key: body.key as string, inboundSecret: body.inboundSecret as string };
  const rules = { "SD-BASE-A": "accept" };
  const put = await api.put(`/v1/makers/${domain}/policy`, { rules }, company.key);
  if (put.status !== 200) throw new Error(`the policy was refused with ${put.status}`);
  return company;
}

const note = (owner: TestOwner, n: number): Request =>
  writes(owner, {
    send: true,
    kind: KINDS[n % KINDS.length],
    text: `The ${WORDS[n % WORDS.length]} of number ${n} sticks when it rains, and it did not in the first year.`,
  });

async function ownersOf(api: Client, { domain }: Company, count: number): Promise<TestOwner[]> {
  const owners: TestOwner[] = [];
  for (let n = 0; n < count; n++) owners.push(await startTwin(api, domain));
  return owners;
}

/** The last note of each is at the desk when all of its are: a desk takes a twin's threads in their order. */
async function areAtDesk(api: Client, company: Company, owners: readonly TestOwner[]): Promise<void> {
  for (const owner of owners) while (!(await isAtDesk(api, company, owner))) await sleep(LOOK_MS);
}

/** Fills a desk: the notes are sent first and wait, and the agreements bring them all. Answers in how long (ms). */
async function fill(api: Client, origin: string, company: Company, threads: number, each: number): Promise<number> {
  const owners = await ownersOf(api, company, threads / each);
  const requests = owners.flatMap((owner) => Array.from({ length: each }, (_, n) => note(owner, n)));
  await send(origin, requests, { until: { count: requests.length }, depth: 2 });
  const began = performance.now();
  for (const owner of owners) await agree(api, owner, "SD-BASE-A");
  await areAtDesk(api, company, owners);
  return performance.now() - began;
}

/** Sends notes as fast as they are accepted: how long that took, and until all were at the desk (ms). */
async function keepUp(api: Client, origin: string, company: Company, notes: number): Promise<[number, number]> {
  const owners = await ownersOf(api, company, WRITERS);
  for (const owner of owners) await agree(api, owner, "SD-BASE-A");
  const requests = Array.from({ length: notes }, (_, n) => note(owners[n % owners.length]!, n));
  const began = performance.now();
  await send(origin, requests, { until: { count: requests.length } });
  const accepted = performance.now() - began;
  await areAtDesk(api, company, owners);
  return [accepted, performance.now() - began];
}

async function isAtDesk(api: Client, company: Company, { twin, token }: TestOwner): Promise<boolean> {
  const { body: notes } = await api.get(`/v1/twins/${twin}/notes?limit=1`, token);
  const { status } = await api.get(`/v1/makers/${company.domain}/threads/${twin}/${notes.items[0].id}`, company.key);
  return status === 200;
}

/** How long each of `rounds` answers took (ms), the two companies taking turns. */
async function waits(
  api: Client,
  companies: readonly Company[],
  paths: readonly string[],
  rounds: number,
): Promise<number[][]> {
  const all: number[][] = companies.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [place, { domain, key }] of companies.entries()) {
      const began = performance.now();
      const { status } = await api.get(`/v1/makers/${domain}${paths[round % paths.length]}`, key);
      if (status !== 200) throw new Error(`${paths[round % paths.length]} is answered with ${status}`);
      all[place]!.push(performance.now() - began);
    }
  }
  return all;
}

export async function* desks(size: Size, { another }: Servers): AsyncGenerator<Row> {
  const server = await another();
  const api = new Client(fetch, server.url);
  const few = await found(api, server.operatorKey, "few");
  const many = await found(api, server.operatorKey, "many");
  const live = await found(api, server.operatorKey, "live");
  const [accepted, there] = await keepUp(api, server.url, live, size.liveNotes);
  yield {
    name: `the desk keeps up with ${size.liveNotes.toLocaleString("en")} notes on ${WRITERS} twins, against their acceptance`,
    value: accepted / there,
    unit: "ratio",
    floor: KEEPS_UP,
    detail: `${((size.liveNotes * 1_000) / accepted).toFixed(0)}/s accepted, the last at the desk ${(there - accepted).toFixed(0)} ms later`,
  };
  await fill(api, server.url, few, size.fewThreads, size.threadsEach);
  const filled = await fill(api, server.url, many, size.manyThreads, size.threadsEach);
  const count = size.manyThreads.toLocaleString("en");
  yield {
    name: `${count} threads that waited come to the desk`,
    value: filled / 1_000,
    unit: "s",
    floor: null,
    detail: `${((size.manyThreads * 1_000) / filled).toFixed(0)}/s over ${SHARDS} shards`,
  };
  const asked: Readonly<Record<string, readonly string[]>> = {
    "a filtered page of the inbox": [
      "/threads?state=open&kind=problem",
      "/threads?kind=idea&wants=nothing",
      "/threads?state=open&assignee=none",
    ],
    "a search": WORDS.map((word) => `/threads?q=${word}`),
    "the insights": ["/insights"],
  };
  for (const [what, paths] of Object.entries(asked)) {
    const [small, large] = (await waits(api, [few, many], paths, size.deskRounds)) as [number[], number[]];
    yield {
      name: `${what} of ${count} threads, against ${size.fewThreads} (p95)`,
      value: percentile(large, 0.95) / percentile(small, 0.95),
      unit: "ratio",
      floor: null,
      ceiling: SLOWER_AT_MOST,
      detail: `${percentile(large, 0.95).toFixed(1)} : ${percentile(small, 0.95).toFixed(1)} ms, medians ${median(large).toFixed(1)} : ${median(small).toFixed(1)}`,
    };
  }
  await server.stop();
}

/** A recall to everybody who has one. */
export async function* notices(size: Size, { another }: Servers): AsyncGenerator<Row> {
  const server = await another();
  const api = new Client(fetch, server.url);
  const maker = await found(api, server.operatorKey, "recalls");
  const gtin = freshGtin();
  const owners: TestOwner[] = [];
  for (let left = size.noticed; left > 0; left -= 1_000) {
    const order = { gtin, model: "Model T", count: Math.min(1_000, left) };
    const made = await api.post(`/v1/makers/${maker.domain}/labels`, order, maker.key);
    const labels = [...(made.body.labels as { serial: string; code: string }[])];
    await Promise.all(
      Array.from({ length: CLAIMS_AT_ONCE }, async () => {
        for (let label = labels.pop(); label; label = labels.pop()) {
          const claimed = await api.post("/v1/claims", { gtin, serial: label.serial, code: label.code });
          if (claimed.status !== 201) throw new Error(`a claim was refused with ${claimed.status}`);
          owners.push(claimed.body as TestOwner);
        }
      }),
    );
  }
  const began = performance.now();
  const recall = { kind: "recall", gtin, title: "Stop using it", text: "The handle may come off." };
  const posted = await api.post(`/v1/makers/${maker.domain}/notices`, recall, maker.key);
  if (posted.status !== 202) throw new Error(`the recall was refused with ${posted.status}`);
  for (;;) {
    const { body } = await api.get(`/v1/makers/${maker.domain}/notices/${posted.body.id}`, maker.key);
    if (body.finished) break;
    await sleep(LOOK_MS);
  }
  const seconds = (performance.now() - began) / 1_000;
  let told = 0;
  for (const { twin, token } of owners) {
    const { body } = await api.get(`/v1/twins/${twin}/events?limit=200`, token);
    told += (body.items as { type: string }[]).filter(({ type }) => type === "notice.posted").length;
  }
  yield {
    name: `a recall to ${size.noticed.toLocaleString("en")} twins`,
    value: seconds,
    unit: "s",
    floor: null,
    detail: `${(size.noticed / seconds).toFixed(0)}/s`,
  };
  yield {
    name: "  … told to each of them once",
    value: told / size.noticed,
    unit: "ratio",
    floor: 1,
    ceiling: 1,
    detail: `${told} told, ${owners.length} owners`,
  };
  await server.stop();
}
