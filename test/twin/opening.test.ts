// An opening that a crash interrupts is finished: the item is its owner's from the moment the Twin committed it.

import { runDurableObjectAlarm } from "cloudflare:test";
import { describe, expect, test, vi } from "vitest";
import { Product } from "../../src/product/product.ts";
import { Tenure, type Opening } from "../../src/tenure/tenure.ts";
import { freshGtin, join } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { alarmAt, everything, inside, path, startTwin, stillClock, tenureOf, twinOf } from "../tenure/world.ts";

stillClock();

const crash = () => {
  throw new Error("the process died here");
};

async function freshLabel() {
  const maker = await join(api, operator);
  const gtin = freshGtin();
  const { body } = await api.post(`/v1/makers/${maker.domain}/labels`, { gtin, model: "Model T", count: 1 }, maker.key);
  return { gtin, serial: body.labels[0].serial, code: body.labels[0].code };
}

describe("an opening", () => {
  test("leaves no hash of the owner's access with the Twin, and no alarm", async () => {
    const owner = await startTwin();
    expect(
      await inside(twinOf(owner), ({ storage }) => [...storage.sql.exec("SELECT twin, opening FROM tenure")]),
    ).toEqual([{ twin: owner.twin, opening: null }]);
    expect(await alarmAt(twinOf(owner))).toBeNull();
  });

  test("interrupted before the tenure was made is refused to others, and finished by the owner's own repeat", async () => {
    const label = await freshLabel();
    const headers = { "Idempotency-Key": crypto.randomUUID() };
    const opened = vi.spyOn(Tenure.prototype, "open").mockImplementationOnce(crash);
    expect(await api.post("/v1/claims", label, undefined, headers)).toMatchObject({
      status: 503,
      body: { code: "unavailable" },
    });
    expect((await api.post("/v1/claims", label)).status).toBe(403);
    expect(opened).toHaveBeenCalledTimes(1);

    const { status, body: owner } = await api.post("/v1/claims", label, undefined, headers);
    expect(status).toBe(201);
    expect((await api.get(path(owner), owner.token)).body).toMatchObject({
      proof: "label",
      product: { serial: label.serial },
    });
  });

  test("left undone is done when the alarm rings, with nobody asking", async () => {
    const label = await freshLabel();
    const headers = { "Idempotency-Key": crypto.randomUUID() };
    const spy = vi.spyOn(Tenure.prototype, "open").mockImplementationOnce(crash);
    await api.post("/v1/claims", label, undefined, headers);
    const [first] = spy.mock.calls[0]!;
    const owner = { twin: first.twin };
    expect(await alarmAt(twinOf(owner))).toBe(Date.now() + 10_000);
    expect(await inside(tenureOf(owner), ({ storage }) => [...storage.kv.list()])).toEqual([]);

    expect(await runDurableObjectAlarm(twinOf(owner))).toBe(true);
    expect(await inside(tenureOf(owner), ({ storage }) => storage.kv.get<Opening>("identity")?.twin)).toBe(owner.twin);
    expect(await alarmAt(twinOf(owner))).toBeNull();
    expect(await everything(twinOf(owner))).not.toContain(first.tokenHash);
    const { body } = await api.post("/v1/claims", label, undefined, headers);
    expect((await api.get(path(body), body.token)).status).toBe(200);
  });

  test("interrupted between the tenure and the product's list is finished too, and changes nothing of the tenure", async () => {
    const label = await freshLabel();
    const headers = { "Idempotency-Key": crypto.randomUUID() };
    vi.spyOn(Product.prototype, "claimed").mockImplementationOnce(crash);
    const opened = vi.spyOn(Tenure.prototype, "open");
    expect((await api.post("/v1/claims", label, undefined, headers)).status).toBe(503);
    const [{ twin }] = opened.mock.calls[0]!;
    const before = await everything(tenureOf({ twin }));
    const listed = vi.spyOn(Product.prototype, "claimed");
    expect(await runDurableObjectAlarm(twinOf({ twin }))).toBe(true);
    expect(listed).toHaveBeenCalledWith(twin);
    expect(await everything(tenureOf({ twin }))).toBe(before);
  });

  test("repeated with other access, whoever tries it, changes nothing", async () => {
    const owner = await startTwin();
    const { createdAt, product } = (await api.get(path(owner), owner.token)).body;
    await tenureOf(owner).open({
      twin: owner.twin as Opening["twin"],
      tenure: 0,
      product,
      proof: "label",
      tokenHash: "other",
      recoveryHash: "other",
      createdAt: Date.parse(createdAt),
    });
    expect((await api.get(path(owner), owner.token)).body).toMatchObject({ proof: "none" });
    expect((await api.get(path(owner, "/channels"), owner.token)).body.items).toHaveLength(1);
  });
});
