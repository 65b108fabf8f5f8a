// An endpoint that goes away and comes back while many twins have something for it: it is left alone meanwhile, and called at its own
// rate afterwards. The real process.

import { afterAll, beforeAll, expect, test } from "vitest";
import { agree, freshGtin, join, write, type TestMaker, type TestOwner } from "../support/people.ts";
import { checkLines } from "../support/server/line-check.ts";
import { eventually, startProduct, subscribe, type Product } from "../support/server/product.ts";
import { answer, OK } from "../support/server/receiver.ts";

const TWINS = 200;
const LANES = 8;
const RATE_PER_SECOND = 20;
const BURST = 20;

let product: Product;
beforeAll(async () => {
  product = await startProduct(0.01);
});
afterAll(() => product.end());

/** Does `work` for each of `count`, a few at a time. */
async function each<T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let n = next++; n < count; n = next++) results[n] = await work(n);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results;
}

async function claimMany(maker: TestMaker, count: number): Promise<TestOwner[]> {
  const { api } = product;
  const gtin = freshGtin();
  const { body } = await api.post(`/v1/makers/${maker.domain}/labels`, { gtin, model: "Model T", count }, maker.key);
  return each(count, async (n) => {
    const { serial, code } = body.labels[n];
    const claimed = await api.post("/v1/claims", { gtin, serial, code });
    if (claimed.status !== 201) throw new Error(`claim: ${claimed.status} ${JSON.stringify(claimed.body)}`);
    return claimed.body as TestOwner;
  });
}

test(`an endpoint that was away while ${TWINS} twins had two notes each for it gets them all, at its own rate`, async () => {
  const { api, server } = product;
  const maker = await join(api, server.operatorKey);
  const owners = await claimMany(maker, TWINS);
  await each(TWINS, (n) => agree(api, owners[n]!));
  let isBack = false;
  const { hook, path } = await subscribe(product, maker, () => (isBack ? OK : answer(503)));
  const notes = (await each(TWINS * 2, (n) => write(api, owners[n >> 1]!, `Number ${n}.`, { send: true }))).map(
    ({ id }) => id as string,
  );
  const health = async () => (await api.get(path, maker.key)).body.health;
  const { state } = await eventually(health, ({ parked }) => parked === TWINS, 90_000);
  expect(state).toBe("failing");
  const whileAway = hook.arrivals.length;
  expect(whileAway).toBeLessThan(150);
  isBack = true;
  await hook.until(() => hook.has(notes), "all notes", 150_000);
  expect(checkLines(hook.arrivals, notes)).toEqual({ lost: [], orderBreaks: [] });
  // Over all of it: a busy machine takes requests in bunches, but none can come before it was sent. Unpaced it would be a moment.
  const times = hook.taken.map(({ at }) => at);
  const tookS = (times.at(-1)! - times[0]!) / 1_000;
  expect(times.length).toBeLessThanOrEqual(1.25 * RATE_PER_SECOND * tookS + BURST);
  expect(await eventually(health, ({ parked }) => parked === 0)).toMatchObject({ state: "ok" });
  console.log({
    notes: notes.length,
    whileAway,
    requests: hook.arrivals.length,
    tookS,
  });
});

test("an endpoint that is switched off under load is called no more, whatever was promised before, and gets the rest when it is on again", async () => {
  const { api, server } = product;
  const maker = await join(api, server.operatorKey);
  const owners = await claimMany(maker, 10);
  // They wait for the agreement, and then all go out at once.
  const written = await each(owners.length * 20, async (n) => {
    const owner = owners[n % owners.length]!;
    return { owner, note: (await write(api, owner, `Number ${n}.`, { send: true })).id as string };
  });
  const notes = written.map(({ note }) => note);
  const { hook, path } = await subscribe(product, maker);
  await each(owners.length, (n) => agree(api, owners[n]!));
  const switchTo = async (enabled: boolean) => expect((await api.patch(path, { enabled }, maker.key)).status).toBe(200);
  await switchTo(false);
  const before = hook.arrivals.length;
  const left = (): Set<TestOwner> => {
    const here = hook.notes;
    return new Set(written.filter(({ note }) => !here.has(note)).map(({ owner }) => owner));
  };
  expect(left().size).toBeGreaterThan(5);
  const health = async () => (await api.get(path, maker.key)).body.health;
  await eventually(health, ({ parked }) => parked === left().size, 90_000);
  const afterwards = hook.arrivals.length - before;
  expect(afterwards).toBeLessThan(4 * BURST);
  expect(hook.has(notes)).toBe(false);
  await switchTo(true);
  await hook.until(() => hook.has(notes), "all notes");
  expect(checkLines(hook.arrivals, notes)).toEqual({ lost: [], orderBreaks: [] });
  console.log({ notes: notes.length, before, afterwards });
});
