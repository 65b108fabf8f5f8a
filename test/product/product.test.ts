// A product: what its GTIN is, and the claimed items that no maker gets to see.

import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { TwinId } from "../../src/domain/ids.ts";
import { rootOf } from "../../src/platform/root.ts";
import { productOf } from "../../src/platform/stubs.ts";
import type { Product } from "../../src/product/product.ts";

const GTIN = "09521234500012";
const rows = (product: DurableObjectStub<Product>) =>
  runInDurableObject(product, (_: Product, state) => [
    ...state.storage.sql.exec<{ item: string; twin: string }>("SELECT item, twin FROM claimed_item"),
  ]);

describe("a product", () => {
  it("is unknown until its maker has labels made, and then has the latest model name", async () => {
    const product = productOf(env, GTIN);
    const twin = await rootOf(env).twinId("0123456789abcdef", 0);
    expect(await product.about()).toBe(null);
    expect(await product.claimed(twin)).toBe(null);
    await product.register({ gtin: GTIN, maker: "lamo.example", model: "LS-1", makerName: "Lamo" });
    await product.register({ gtin: GTIN, maker: "lamo.example", model: "LS-1b", makerName: "Lamo" });
    expect(await product.about()).toEqual({ gtin: GTIN, maker: "lamo.example", model: "LS-1b", makerName: "Lamo" });
  });

  it("keeps one row an item: the next owner's twin takes the last one's place, and a repeat changes nothing", async () => {
    const product = productOf(env, GTIN);
    const root = rootOf(env);
    const [first, second, other]: [TwinId, TwinId, TwinId] = [
      await root.twinId("0123456789abcdef", 0),
      await root.twinId("0123456789abcdef", 1),
      await root.twinId("1123456789abcdef", 0),
    ];
    for (const twin of [first, first, other, second]) expect(await product.claimed(twin)).toEqual([]);
    expect((await rows(product)).toSorted((a, b) => (a.item < b.item ? -1 : 1))).toEqual([
      { item: "0123456789abcdef", twin: second },
      { item: "1123456789abcdef", twin: other },
    ]);
  });
});
