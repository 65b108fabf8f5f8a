// A GTIN looked up: the model and its maker for anyone, of no item and no owner; what is unknown leaves nothing behind.

import { env } from "cloudflare:workers";
import { listDurableObjectIds } from "cloudflare:test";
import { expect, test } from "vitest";
import { claim, freshGtin, join } from "../support/people.ts";
import { everything } from "../support/universe.ts";
import { api, operator } from "../support/worker.ts";

const look = (gtin: string, token?: string) => api.get(`/v1/products/${gtin}`, token);
const products = async (): Promise<number> => (await listDurableObjectIds(env.PRODUCT)).length;

test("a GTIN that a maker had labels made for says its model and who makes it, whoever asks and whoever owns one", async () => {
  const [maker, other] = [await join(api, operator), await join(api, operator)];
  const gtin = freshGtin();
  const labels = (model: string, by = maker) =>
    api.post(`/v1/makers/${by.domain}/labels`, { gtin, model, count: 1 }, by.key);
  await labels("Kettle");
  const about = { gtin, known: true, model: "Kettle", maker: { id: maker.domain, name: `Maker ${maker.domain}` } };
  expect(await look(gtin)).toMatchObject({ status: 200, body: about });

  const owner = await claim(api, maker, gtin);
  const claimed = { ...about, model: "Model T" };
  for (const token of [undefined, owner.token, other.key, operator])
    expect((await look(gtin, token)).body).toEqual(claimed);
  expect((await labels("Stolen", other)).status).toBe(409);
  expect((await look(gtin)).body).toEqual(claimed);
});

test("a GTIN is read in each of its lengths, as a GTIN-14; what can't be one is refused", async () => {
  const maker = await join(api, operator);
  // A GTIN-8, and what a reader of longer codes makes of it.
  for (const [typed, gtin] of [
    ["95210001", "00000095210001"],
    ["000095210001", "00000095210001"],
    ["0000095210001", "00000095210001"],
    ["00000095210001", "00000095210001"],
  ] as const) {
    await api.post(`/v1/makers/${maker.domain}/labels`, { gtin, model: "Cup", count: 1 }, maker.key);
    expect(await look(typed)).toMatchObject({ status: 200, body: { gtin, model: "Cup" } });
  }
  for (const wrong of ["95210004", "1234567", "0".repeat(15), "9521000x", "%00", "9521%200003", "-1"])
    expect([wrong, (await look(wrong)).status]).toEqual([wrong, 422]);
});

test("an unknown GTIN is said to be unknown, and no object is made by asking", async () => {
  const [before, count] = [await everything(), await products()];
  for (let n = 0; n < 20; n++) {
    const gtin = freshGtin();
    expect(await look(gtin)).toMatchObject({ status: 200, body: { gtin, known: false } });
  }
  expect(await products()).toBe(count);
  expect(await everything()).toEqual(before);
});
