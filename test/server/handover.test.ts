// Handovers while the power goes: the real process, killed anywhere in the middle of releases. Whenever it is there again nobody meets two owners,
// and when all has settled each thing is its buyer's and nothing of its seller's is left on the disk.

import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accept, offer, release, type Accepted } from "../support/handovers.ts";
import { agree, claim, join, write, type TestMaker, type TestOwner } from "../support/people.ts";
import { onDisk, plant } from "../support/server/on-disk.ts";
import { eventually, startProduct, type Product } from "../support/server/product.ts";

/** At least so many kills, and at most, until one fell between two steps. */
const KILLS = 3;
const KILLS_AT_MOST = 8;
const AT_ONCE = 4;

let product: Product;
let maker: TestMaker;
beforeAll(async () => {
  product = await startProduct(0.01);
  maker = await join(product.api, product.server.operatorKey);
});
afterAll(() => product.end());

type Sale = { readonly seller: TestOwner; readonly buyer: Accepted; readonly word: string };

async function accepted(): Promise<Sale> {
  const { api } = product;
  const seller = await claim(api, maker);
  await agree(api, seller);
  const word = plant();
  await write(api, seller, word, { send: true });
  return { seller, buyer: await accept(api, seller, (await offer(api, seller)).code), word };
}

/** How long as many releases take here when nothing happens, in ms. */
async function untroubled(): Promise<number> {
  const sales = await Promise.all(Array.from({ length: AT_ONCE }, accepted));
  const began = performance.now();
  await Promise.all(sales.map(({ seller, buyer }) => release(product.api, seller, buyer.words)));
  return performance.now() - began;
}

const status = async ({ twin, token }: TestOwner): Promise<number> =>
  (await product.api.get(`/v1/twins/${twin}`, token)).status;

test("a release that the power cuts short leaves one owner, and is finished when the power is back", async () => {
  const { api, server } = product;
  const seen = { undone: 0, between: 0, done: 0 };
  const takes = await untroubled();
  const words: string[] = [];
  let kills = 0;
  for (; kills < KILLS || (seen.between === 0 && kills < KILLS_AT_MOST); kills++) {
    const sales = await Promise.all(Array.from({ length: AT_ONCE }, accepted));
    const letting = sales.map(({ seller, buyer }) => release(api, seller, buyer.words).catch(() => null));
    await sleep(Math.random() * takes);
    await server.kill9();
    const answers = await Promise.all(letting);
    await server.start();

    for (const [n, { seller, buyer }] of sales.entries()) {
      // The buyer first: what was between the two a moment ago may have gone on, and never goes back.
      const buyers = await status(buyer);
      const now = [await status(seller), buyers];
      expect(now).not.toEqual([200, 200]);
      // What was answered is so.
      if (answers[n]?.status === 200) expect(now).toEqual([401, 200]);
      if (now[0] === 200) seen.undone++;
      else if (now[1] === 200) seen.done++;
      else seen.between++;
      // Whoever has no answer asks again; a 401 says that it is theirs no more.
      const again = await release(api, seller, buyer.words);
      expect([200, 401]).toContain(again.status);
    }
    for (const { seller, buyer } of sales) {
      await eventually(
        async () => [await status(seller), await status(buyer)].join(),
        (now) => now === "401,200",
      );
    }
    words.push(...sales.map(({ word }) => word));
  }
  await eventually(
    async () => onDisk(server.dataDir, words),
    (left) => left.length === 0,
    90_000,
  );
  console.log(`${kills} kills in the middle of ${kills * AT_ONCE} releases`, seen);

  const { items } = (await api.get(`/v1/makers/${maker.domain}/events?limit=200`, maker.key)).body;
  const told = items.filter(({ type }: { type: string }) => type === "twin.transferred");
  expect(new Set(told.map(({ data }: { data: { twin: string } }) => data.twin)).size).toBe((kills + 1) * AT_ONCE);
  expect(told).toHaveLength((kills + 1) * AT_ONCE);
});
