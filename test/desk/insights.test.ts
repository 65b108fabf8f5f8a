// What a company is told its notes add up to: over all its desk's shards, whole weeks that are over, cells of five and more.

import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { ProjectedThread } from "../../src/domain/desk.ts";
import type { IssueId, TwinId } from "../../src/domain/ids.ts";
import { WEEK_MS, weekOf } from "../../src/domain/insights.ts";
import { newId } from "../../src/platform/random.ts";
import { deskOf } from "../../src/platform/stubs.ts";
import { api, operator } from "../support/worker.ts";
import { DAY_MS } from "../tenure/world.ts";

const SHARDS = 3;
const OWNERS = 4;
// One week for all of it, whenever this runs: the clock stands still, far enough ahead for no alarm to ring by itself.
vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 365 * DAY_MS });
afterAll(() => void vi.useRealTimers());
const THIS_WEEK = weekOf(Date.now());
const GTIN = "09524000000011";
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

type Company = { domain: string; key: string };
type More = Partial<Omit<ProjectedThread, "product">> & {
  weeksAgo?: number;
  product?: string;
  gtin?: string | null;
  owners?: number;
};

async function company(): Promise<Company> {
  const domain = `m${crypto.randomUUID().slice(0, 8)}.example`;
  const { body } = await api.post("/v1/makers", { domain, name: "A company", deskShards: SHARDS }, operator);
  return { domain, key: body.key };
}

let twins = 0;
/** Tells the company's desk of `n` threads like this, as the tenures of a few owners would. */
async function tell(
  to: Company,
  n: number,
  { weeksAgo = 1, product = "A kettle", gtin = null, owners = OWNERS, ...more }: More,
) {
  const sentAt = THIS_WEEK - weeksAgo * WEEK_MS + 3_600_000;
  const thread = (): ProjectedThread => ({
    note: newId("note"),
    product: { name: product, model: null, gtin },
    kind: "problem",
    wants: "nothing",
    sealed: "",
    words: "",
    state: "open",
    outcome: null,
    verdict: null,
    sentAt,
    updatedAt: sentAt,
    firstReplyAt: null,
    lastFrom: "owner",
    agreement: { id: "agr_00000000000000000000000000", terms: "SD-BASE-A" },
    counted: true,
    ...more,
  });
  const all = Array.from({ length: n }, thread);
  const told = Array.from({ length: owners }, async (_, owner) => {
    const twin: TwinId = `twin_${String(twins++).padStart(26, "0")}`;
    const threads = all.filter((_thread, i) => i % owners === owner);
    const projection = { twin, epoch: 1, turn: 1, after: 0, last: true, threads, gone: [] };
    await deskOf(env, to.domain, SHARDS, twin).project(to.domain, projection);
    return threads.map(({ note }) => ({ twin, note }));
  });
  return (await Promise.all(told)).flat();
}

const read = (of: Company, query = "") => api.get(`/v1/makers/${of.domain}/insights${query}`, of.key);
const facets = (of: Company) => api.get(`/v1/makers/${of.domain}/threads/facets`, of.key);

describe("a company's insights", () => {
  let lamo: Company;
  const hour = { firstReplyAt: THIS_WEEK - WEEK_MS + 2 * 3_600_000 };
  beforeAll(async () => {
    lamo = await company();
    await tell(lamo, 6, { ...hour, verdict: "addressed" });
    await tell(lamo, 2, { ...hour, verdict: "not-addressed" });
    await tell(lamo, 5, { weeksAgo: 2, kind: "idea", product: "Model T", gtin: GTIN });
    await tell(lamo, 4, { weeksAgo: 2 });
    await tell(lamo, 7, { weeksAgo: 0 });
    await tell(lamo, 9, { counted: false });
  });

  test("are the sums of cells of five and more in weeks that are over, and live totals of everything", async () => {
    const { status, body } = await read(lamo);
    expect(status).toBe(200);
    expect(body).toEqual({
      counted: 24,
      excluded: 9,
      weeks: { from: dateOf(THIS_WEEK - 52 * WEEK_MS), to: dateOf(THIS_WEEK - 1) },
      byKind: [
        { kind: "problem", n: 8 },
        { kind: "idea", n: 5 },
      ],
      byProduct: [
        { product: "A kettle", n: 8 },
        { product: GTIN, n: 5 },
      ],
      byWeek: [
        { week: dateOf(THIS_WEEK - 2 * WEEK_MS), n: 5 },
        { week: dateOf(THIS_WEEK - WEEK_MS), n: 8 },
      ],
      knownIssues: [],
      firstReplySeconds: { p50: expect.any(Number), p90: expect.any(Number), slowest: expect.any(Number) },
      addressed: { share: 0.75, of: 8 },
    });
    for (const seconds of Object.values(body.firstReplySeconds)) {
      expect(Math.abs((seconds as number) - 3600)).toBeLessThan(3600 * 0.03);
    }
  });

  test("can be narrowed to a product and to weeks, and their totals cannot", async () => {
    const one = (await read(lamo, `?product=${GTIN}`)).body;
    expect([one.byKind, one.counted, one.excluded]).toEqual([[{ kind: "idea", n: 5 }], 24, 9]);
    expect((await read(lamo, "?product=A%20kettle")).body.byWeek).toHaveLength(1);
    expect((await read(lamo, "?product=A%20pot")).body).toMatchObject({ byKind: [], counted: 24, excluded: 9 });
    const week = THIS_WEEK - 2 * WEEK_MS;
    const narrow = (await read(lamo, `?from=${dateOf(week + 3 * 24 * 3_600_000)}&to=${dateOf(week)}`)).body;
    expect([narrow.weeks, narrow.byWeek, narrow.counted]).toEqual([
      { from: dateOf(week), to: dateOf(week + WEEK_MS - 1) },
      [{ week: dateOf(week), n: 5 }],
      24,
    ]);
  });

  test("never reach into the present week, whatever is asked", async () => {
    expect((await read(lamo, "?to=2099-01-01")).body.weeks.to).toBe(dateOf(THIS_WEEK - 1));
    for (const query of [
      `?from=${dateOf(THIS_WEEK)}`,
      "?from=2099-01-01",
      "?from=2024-02-12&to=2024-02-01",
      "?to=2024-02-30",
      "?from=0000-01-01",
    ]) {
      expect((await read(lamo, query)).status, query).toBe(422);
    }
  });

  test("show at once what changed since they were last read: more of a week, a week that is new, what was linked, what left", async () => {
    const other = await company();
    const weeks = async () => (await read(other)).body.byWeek.map(({ n }: { n: number }) => n);
    const first = await tell(other, 5, { weeksAgo: 2 });
    expect([await weeks(), await weeks()]).toEqual([[5], [5]]);
    await tell(other, 2, { weeksAgo: 2, owners: 1 });
    expect(await weeks()).toEqual([7]);
    await tell(other, 6, { weeksAgo: 3 });
    expect([await weeks(), (await facets(other)).body.byKind]).toEqual([[6, 7], [{ kind: "problem", n: 13 }]]);
    const issue = (
      await api.post(`/v1/makers/${other.domain}/known-issues`, { title: "Drips", status: "investigating" }, other.key)
    ).body.id;
    for (const { twin, note } of first)
      await deskOf(env, other.domain, SHARDS, twin).handle(other.domain, [{ twin, note }], { knownIssue: issue });
    expect((await read(other)).body.knownIssues).toEqual([{ issue, n: 5 }]);
    for (const { twin } of first.slice(0, 3)) await deskOf(env, other.domain, SHARDS, twin).leave(other.domain, twin);
    expect(await weeks()).toEqual([6]);
  });

  test("and the facets of the search are counted the same way", async () => {
    const { status, body } = await facets(lamo);
    const { byKind, byProduct, excluded } = (await read(lamo)).body;
    expect([status, body]).toEqual([200, { byKind, byProduct, excluded }]);
  });

  test("are no other company's", async () => {
    const other = await company();
    expect((await read({ ...other, key: lamo.key })).status).toBe(401);
    expect((await facets({ ...other, key: lamo.key })).status).toBe(401);
    expect((await read(other)).body).toMatchObject({ counted: 0, excluded: 0, byKind: [] });
  });
});

test("what its owners' terms leave out is one number, and in no other", async () => {
  const lamo = await company();
  await tell(lamo, 20, { counted: false, verdict: "addressed", firstReplyAt: THIS_WEEK });
  expect((await read(lamo)).body).toMatchObject({
    counted: 0,
    excluded: 20,
    byKind: [],
    byProduct: [],
    byWeek: [],
    knownIssues: [],
    firstReplySeconds: { p50: null, p90: null, slowest: null },
    addressed: { share: null, of: 0 },
  });
  expect((await facets(lamo)).body).toEqual({ byKind: [], byProduct: [], excluded: 20 });
});

test("a cell is of notes: five of one owner's are shown, four of four owners are not", async () => {
  const lamo = await company();
  await tell(lamo, 5, { owners: 1, kind: "idea" });
  await tell(lamo, 4, { owners: 4, kind: "praise" });
  expect((await read(lamo)).body.byKind).toEqual([{ kind: "idea", n: 5 }]);
});

test("a known issue is counted from five of the threads linked to it that may be counted", async () => {
  const lamo = await company();
  const threads = [...(await tell(lamo, 6, {})), ...(await tell(lamo, 3, { counted: false }))];
  const link = async (some: typeof threads, knownIssue: IssueId | null) => {
    for (const name of some)
      await deskOf(env, lamo.domain, SHARDS, name.twin).handle(lamo.domain, [name], { knownIssue });
  };
  await link(threads.slice(2), "issue_1");
  expect((await read(lamo)).body.knownIssues).toEqual([]);
  await link(threads.slice(0, 1), "issue_1");
  expect((await read(lamo)).body.knownIssues).toEqual([{ issue: "issue_1", n: 5 }]);
  await link(threads.slice(0, 1), null);
  expect((await read(lamo)).body.knownIssues).toEqual([]);
});
