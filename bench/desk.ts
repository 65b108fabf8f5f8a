// A company's desk with many threads against one with few: what an agent waits for must not grow with the company. And whether the desk
// keeps up with what owners send, and how fast a notice reaches everybody.
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, Client } from "../test/support/client.ts";
import { agree, freshGtin, type TestMaker, type TestOwner } from "../test/support/people.ts";
import { type Request, send } from "./load.ts";
import type { Row } from "./report.ts";
import type { Servers } from "./servers.ts";
import type { Size } from "./size.ts";
import { median, percentile } from "./statistics.ts";
import { startTwin, writes } from "./twins.ts";
import { spreadOverTheYear } from "./weeks.ts";

const SHARDS = 8;
/** What a page of many may take, as a multiple of a page of few: 95 of 100 times. */
const SLOWER_AT_MOST = 3;
/** Less than this means that the desk falls behind while owners write. */
const KEEPS_UP = 0.8;
const WRITERS = 50;
const PRODUCTS = 20;
const KINDS = ["problem", "question", "idea", "praise"] as const;
const WORDS = ["handle", "switch", "lid", "cable", "sole", "hinge", "battery", "zip", "wheel", "filter"] as const;
/** In the first notes of so many owners. */
const RARE_WORD = "gasket";
const RARELY = 3;
/** Of so many owners one note each was not addressed, one is closed and one is linked to a known issue, and nothing else is. */
const FEW = 20;
const LOOK_MS = 20;
/** A desk to which nothing came for so long will not have the rest. */
const LOST_MS = 60_000;
const CLAIMS_AT_ONCE = 10;
const TOLD_AT_ONCE = 20;

type Company = TestMaker & { readonly name: string };
/** A company with threads at its desk, and by what a few of them are found. */
type Filled = Company & { readonly agent: string; readonly issue: string };

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

const note = (owner: TestOwner, n: number, rare = false): Request =>
  writes(owner, {
    send: true,
    kind: KINDS[n % KINDS.length],
    text: `The ${WORDS[n % WORDS.length]} of number ${n} sticks when it rains${rare ? `, by its ${RARE_WORD}` : ""}, and it did not in the first year.`,
  });

async function ownersOf(api: Client, { domain }: Company, count: number): Promise<TestOwner[]> {
  const owners: TestOwner[] = [];
  for (let n = 0; n < count; n++) owners.push(await startTwin(api, domain, `Drill ${n % PRODUCTS}`));
  return owners;
}

/** How many threads the desk counts, over all its shards: every one is under terms that let it. */
async function counted(api: Client, { domain, key }: Company): Promise<number> {
  const { status, body } = await api.get(`/v1/makers/${domain}/insights`, key);
  if (status !== 200) throw new Error(`the insights are answered with ${status}`);
  return body.counted;
}

/** Until so many threads are at the desk. @throws when they don't come, or more do */
async function areAtDesk(api: Client, company: Company, threads: number): Promise<void> {
  let last = { count: -1, at: performance.now() };
  while (last.count !== threads) {
    const count = await counted(api, company);
    if (count > threads) throw new Error(`${count} threads are at the desk, and ${threads} were sent`);
    if (count !== last.count) last = { count, at: performance.now() };
    else if (performance.now() - last.at > LOST_MS) throw new Error(`${count} of ${threads} threads came to the desk`);
    if (count !== threads) await sleep(LOOK_MS);
  }
}

async function done(call: Promise<Answer>): Promise<any> {
  const { status, body } = await call;
  if (status >= 300) throw new Error(`refused with ${status}: ${JSON.stringify(body)}`);
  return body;
}

/** What a team does to a few of many threads. */
async function handle(api: Client, company: Company, owners: readonly TestOwner[]): Promise<Filled> {
  const { domain, key } = company;
  const at = `/v1/makers/${domain}`;
  const agent = await done(api.post(`${at}/keys`, { label: "Mo", role: "agent" }, key));
  const issue = await done(api.post(`${at}/known-issues`, { title: "Sticks", status: "investigating" }, key));
  for (const [n, { twin, token }] of owners.slice(0, FEW).entries()) {
    const { items } = await done(api.get(`/v1/twins/${twin}/notes?limit=4`, token));
    const [bad, good, linked, mine] = (items as { id: string }[]).map(({ id }) => id);
    for (const [id, verdict] of [
      [bad, "not-addressed"],
      [good, "addressed"],
    ]) {
      await done(api.post(`${at}/threads/${twin}/${id}/messages`, { text: "Oil it.", outcome: "fixed" }, key));
      await done(api.post(`/v1/twins/${twin}/notes/${id}/verdict`, { verdict }, token));
    }
    await done(api.patch(`${at}/threads/${twin}/${linked}`, { knownIssue: issue.id }, key));
    if (n < RARELY) await done(api.patch(`${at}/threads/${twin}/${mine}`, { assignee: agent.id }, key));
  }
  return { ...company, agent: agent.id, issue: issue.id };
}

/** Fills a desk: the notes are sent first and wait, and the agreements bring them all. Answers in how long they came (ms). */
async function fill(
  api: Client,
  origin: string,
  company: Company,
  threads: number,
  each: number,
): Promise<{ company: Filled; ms: number }> {
  const owners = await ownersOf(api, company, threads / each);
  const requests = owners.flatMap((owner, at) =>
    Array.from({ length: each }, (_, n) => note(owner, n, n === 0 && at < RARELY)),
  );
  await send(origin, requests, { until: { count: requests.length }, depth: 2 });
  const began = performance.now();
  for (const owner of owners) await agree(api, owner, "SD-BASE-A");
  await areAtDesk(api, company, threads);
  const ms = performance.now() - began;
  return { company: await handle(api, company, owners), ms };
}

/** Sends notes as fast as they are accepted: how long that took, and until all were at the desk (ms). */
async function keepUp(api: Client, origin: string, company: Company, notes: number): Promise<[number, number]> {
  const owners = await ownersOf(api, company, WRITERS);
  for (const owner of owners) await agree(api, owner, "SD-BASE-A");
  const requests = Array.from({ length: notes }, (_, n) => note(owners[n % owners.length]!, n));
  const began = performance.now();
  await send(origin, requests, { until: { count: requests.length } });
  const accepted = performance.now() - began;
  await areAtDesk(api, company, notes);
  return [accepted, performance.now() - began];
}

/** What is asked of a desk, and where in the answer something must be. */
type Question = {
  readonly name: string;
  readonly paths: (company: Filled) => readonly string[];
  readonly list: "items" | "byWeek" | "byKind";
};
const QUESTIONS: readonly Question[] = [
  {
    name: "a filtered page of the inbox",
    paths: () => [
      "/threads?state=open&kind=problem",
      "/threads?kind=idea&wants=nothing",
      "/threads?state=open&assignee=none",
      "/threads?state=open&product=Drill%207",
      "/threads?state=open&order=oldest",
      "/threads?state=open&kind=idea&order=oldest",
    ],
    list: "items",
  },
  {
    name: "a page that hardly any thread is on",
    paths: ({ agent, issue }) => [
      "/threads?verdict=not-addressed",
      "/threads?state=open&verdict=not-addressed",
      "/threads?state=closed",
      `/threads?assignee=${agent}`,
      `/threads?state=open&assignee=${agent}&order=oldest`,
      `/threads?issue=${issue}`,
    ],
    list: "items",
  },
  { name: "a search", paths: () => WORDS.map((word) => `/threads?q=${word}`), list: "items" },
  {
    name: "a search that finds hardly any",
    paths: ({ issue }) => [
      `/threads?q=${RARE_WORD}`,
      `/threads?q=number%20${RARE_WORD}`,
      "/threads?q=rains&state=closed",
      "/threads?q=first%20year&verdict=not-addressed",
      `/threads?q=number&issue=${issue}`,
    ],
    list: "items",
  },
  { name: "the insights", paths: () => ["/insights"], list: "byWeek" },
  { name: "the facets", paths: () => ["/threads/facets"], list: "byKind" },
];

/** How long each of `rounds` answers took (ms), the two companies taking turns. @throws when one has nothing in it */
async function waits(
  api: Client,
  companies: readonly Filled[],
  { paths, list }: Question,
  rounds: number,
): Promise<number[][]> {
  const all: number[][] = companies.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [place, company] of companies.entries()) {
      const asked = paths(company);
      const path = asked[round % asked.length]!;
      const began = performance.now();
      const { status, body } = await api.get(`/v1/makers/${company.domain}${path}`, company.key);
      all[place]!.push(performance.now() - began);
      if (status !== 200 || body[list].length === 0) throw new Error(`${path} of ${company.name}: ${status}, nothing`);
    }
  }
  return all;
}

export async function* desks(size: Size, { another }: Servers): AsyncGenerator<Row> {
  const server = await another();
  const api = new Client(fetch, server.url);
  const live = await found(api, server.operatorKey, "live");
  const [accepted, there] = await keepUp(api, server.url, live, size.liveNotes);
  yield {
    name: `the desk keeps up with ${size.liveNotes.toLocaleString("en")} notes on ${WRITERS} twins, against their acceptance`,
    value: accepted / there,
    unit: "ratio",
    floor: KEEPS_UP,
    detail: `${((size.liveNotes * 1_000) / accepted).toFixed(0)}/s accepted, the last at the desk ${(there - accepted).toFixed(0)} ms later`,
  };
  const fewer = await found(api, server.operatorKey, "few");
  const few = await fill(api, server.url, fewer, size.fewThreads, size.fewThreads / PRODUCTS);
  const more = await found(api, server.operatorKey, "many");
  const many = await fill(api, server.url, more, size.manyThreads, size.threadsEach);
  const count = size.manyThreads.toLocaleString("en");
  yield {
    name: `${count} threads that waited come to the desk`,
    value: many.ms / 1_000,
    unit: "s",
    floor: null,
    detail: `${((size.manyThreads * 1_000) / many.ms).toFixed(0)}/s over ${SHARDS} shards`,
  };
  await server.stop();
  spreadOverTheYear(server.dataDir);
  await server.start();
  const companies = [few.company, many.company];
  await areAtDesk(api, few.company, size.fewThreads);
  await areAtDesk(api, many.company, size.manyThreads);
  for (const question of QUESTIONS) {
    const [small, large] = (await waits(api, companies, question, size.deskRounds)) as [number[], number[]];
    yield {
      name: `${question.name} of ${count} threads, against ${size.fewThreads.toLocaleString("en")} (p95)`,
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
  // Its maker sees nothing of the way. Items are told in the order of their names, some at a time: once the last have it, all have.
  const last = owners.toSorted((a, b) => (a.twin < b.twin ? 1 : -1)).slice(0, TOLD_AT_ONCE);
  for (const { twin, token } of last)
    while ((await api.get(`/v1/twins/${twin}/notices`, token)).body.items.length === 0) await sleep(LOOK_MS);
  const seconds = (performance.now() - began) / 1_000;
  const told: number[] = [];
  for (const { twin, token } of owners) {
    const { body } = await api.get(`/v1/twins/${twin}/events?limit=200`, token);
    told.push((body.items as { type: string }[]).filter(({ type }) => type === "notice.posted").length);
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
    value: told.filter((times) => times === 1).length / size.noticed,
    unit: "ratio",
    floor: 1,
    detail: `${told.filter((times) => times > 1).length} told again, ${told.filter((times) => times === 0).length} never, ${owners.length} owners`,
  };
  await server.stop();
}
