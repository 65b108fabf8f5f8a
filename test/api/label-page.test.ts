import { expect, test } from "vitest";
import { claim, freshGtin, join } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";

test("a label's link says the same of an unknown, an unclaimed and a claimed item, byte for byte", async () => {
  const maker = await join(api, operator);
  const gtin = freshGtin();
  const { labels } = (
    await api.post(`/v1/makers/${maker.domain}/labels`, { gtin, model: "Kettle", count: 1 }, maker.key)
  ).body;
  const owner = await claim(api, maker, gtin);
  const twin = await api.get(`/v1/twins/${owner.twin}`, owner.token);
  const links = [
    labels[0].url,
    `https://twins.example/01/${gtin}/21/${twin.body.product.serial}`,
    `https://twins.example/01/${freshGtin()}/21/unknown-1`,
  ];
  const pages = await Promise.all(links.map((url: string) => api.get<string>(new URL(url).pathname)));
  expect(pages.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(new Set(pages.map(({ body }) => body)).size).toBe(1);
  expect(pages[0]!.body).toContain("/v1/claims");
});

test("what can't be a label's link is not found", async () => {
  expect((await api.get(`/01/${freshGtin().slice(0, 13)}x/21/1`)).status).toBe(404);
  expect((await api.get(`/01/09521234543210/21/1`)).status).toBe(404);
  expect((await api.get(`/01/${freshGtin()}/21/${"a".repeat(21)}`)).status).toBe(404);
});
