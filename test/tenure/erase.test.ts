// Erasing: everything goes at once and for good, the companies are told without a word, and a crash in the middle only delays it.

import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { describe, expect, test, vi } from "vitest";
import { Maker } from "../../src/maker/maker.ts";
import { Twin } from "../../src/twin/twin.ts";
import { jpeg } from "../domain/photo/pictures.ts";
import { agree, claim, join, write, type TestMaker, type TestOwner } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import {
  alarmAt,
  channelWith,
  HOUR_MS,
  inside,
  makerOf,
  pass,
  path,
  rest,
  startTwin,
  stillClock,
  tenureOf,
  twinOf,
  everything,
} from "./world.ts";

stillClock();

const crash = () => {
  throw new Error("the process died here");
};

async function lived(): Promise<{ maker: TestMaker; owner: TestOwner; note: any }> {
  const maker = await join(api, operator);
  const owner = await claim(api, maker);
  await agree(api, owner);
  const photo = (await api.post(path(owner, "/photos"), jpeg(), owner.token)).body.id;
  const note = await write(api, owner, "planted-word", { send: true, photos: [photo] });
  return { maker, owner, note };
}

const leftIn = (owner: TestOwner) =>
  inside(tenureOf(owner), async ({ storage }) => ({
    tables: [
      ...storage.sql.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'"),
    ].map(({ name }) => name),
    values: [...storage.kv.list()].length,
    alarm: await storage.getAlarm(),
  }));
const NOTHING = { tables: [], values: 0, alarm: null };
const erase = (owner: TestOwner) => api.delete(path(owner), owner.token);
const feed = async (maker: TestMaker) => (await api.get(`/v1/makers/${maker.domain}/events`, maker.key)).body.items;
const erasedAt = (owner: TestOwner) =>
  inside(
    twinOf(owner),
    ({ storage }) => storage.sql.exec<{ erased_at: number | null }>("SELECT erased_at FROM tenure").one().erased_at,
  );

describe("an erased twin", () => {
  test("leaves nothing in its tenure: no table, no value, no alarm", async () => {
    const { owner } = await lived();
    await channelWith(owner, ["notes:read"]);
    expect((await leftIn(owner)).tables.length).toBeGreaterThan(5);
    expect((await erase(owner)).status).toBe(204);
    expect(await leftIn(owner)).toEqual(NOTHING);
    await evictDurableObject(tenureOf(owner));
    expect(await leftIn(owner)).toEqual(NOTHING);
    expect(await erasedAt(owner)).toBe(Date.now());
  });

  test("leaves nothing of what its owner typed with the item, nor of the access it began with", async () => {
    const key = crypto.randomUUID();
    const { body: owner } = await api.post(
      "/v1/twins",
      { product: { name: "planted-name", serial: "planted-serial" } },
      undefined,
      {
        "Idempotency-Key": key,
      },
    );
    expect(await everything(twinOf(owner))).toContain(owner.twin);
    expect((await erase(owner)).status).toBe(204);
    expect(await everything(twinOf(owner))).not.toMatch(/planted|sealed":"/);
    // The item stays taken, for whoever knows the key as well.
    expect(
      (await api.post("/v1/twins", { product: { name: "another" } }, undefined, { "Idempotency-Key": key })).status,
    ).toBe(409);
  });

  test("answers 401 to whoever had a channel, for anything, as if it had never been", async () => {
    const { owner, note } = await lived();
    const helper = await channelWith(owner, ["owner"]);
    await erase(owner);
    for (const token of [owner.token, helper.token]) {
      for (const rest of [
        "",
        "/notes",
        `/notes/${note.id}`,
        "/agreements",
        "/channels",
        "/events",
        "/export",
        "/recovery",
      ]) {
        expect(await api.get(path(owner, rest), token)).toMatchObject({ status: 401, body: { code: "unauthorized" } });
      }
      expect((await api.post(path(owner, "/notes"), { kind: "diary", text: "x" }, token)).status).toBe(401);
      expect((await api.delete(path(owner), token)).status).toBe(401);
    }
    expect(await leftIn(owner)).toEqual(NOTHING);
  });

  test("is told to a company that had an agreement, after what it had not been told yet, without a word of it", async () => {
    const { maker, owner, note } = await lived();
    await erase(owner);
    await rest(makerOf(maker));
    const events = await feed(maker);
    // The note's place in the line is kept, as a signal of why it doesn't come.
    expect(events.map(({ type, data }: any) => [data.seq, type, data.note?.id])).toEqual([
      [1, "agreement.accepted", undefined],
      [2, "agreement.terminated", note.id],
      [3, "agreement.terminated", undefined],
      [4, "twin.erased", undefined],
    ]);
    expect(JSON.stringify(events)).not.toContain("planted-word");
  });

  test("takes the words back from what a company was told", async () => {
    const { maker, owner } = await lived();
    await rest(tenureOf(owner));
    expect(JSON.stringify(await feed(maker))).toContain("planted-word");
    await erase(owner);
    await rest(makerOf(maker));
    expect(JSON.stringify(await feed(maker))).not.toContain("planted-word");
    expect((await feed(maker)).at(-1)).toMatchObject({ type: "twin.erased", data: { twin: owner.twin } });
  });

  test("is not told to a company that never had an agreement", async () => {
    const maker = await join(api, operator, {});
    const owner = await claim(api, maker);
    expect((await agree(api, owner)).state).toBe("refused");
    await erase(owner);
    await rest(makerOf(maker));
    expect(await feed(maker)).toEqual([]);
  });

  test("leaves the company its copy of the record, ended, and no way to answer", async () => {
    const { maker, owner, note } = await lived();
    const [agreement] = (await api.get(path(owner, "/agreements"), owner.token)).body.items;
    await erase(owner);
    const copy = await api.get(`/v1/makers/${maker.domain}/agreements/${agreement.id}/record`, maker.key);
    expect(copy.headers.get("ETag")).toBe(`"${agreement.recordDigest}"`);
    const door = `/v1/makers/${maker.domain}/threads/${owner.twin}/${note.id}/messages`;
    expect(await api.post(door, { text: "x" }, maker.key)).toMatchObject({ status: 410, body: { code: "gone" } });
    expect((await api.get(`/v1/makers/${maker.domain}/agreements/${agreement.id}`, maker.key)).body.state).toBe(
      "terminated",
    );
    expect(
      (await api.post(`/v1/makers/${maker.domain}/agreements/${agreement.id}/terminate`, { reason: "x" }, maker.key))
        .status,
    ).toBe(409);
    expect(await leftIn(owner)).toEqual(NOTHING);
  });

  test("without any agreement goes as completely", async () => {
    const owner = await startTwin();
    await write(api, owner, "planted-word");
    expect((await erase(owner)).status).toBe(204);
    expect(await leftIn(owner)).toEqual(NOTHING);
  });
});

describe("an erasure that a crash interrupts", () => {
  test.each([
    ["while it hands over to the company", () => vi.spyOn(Maker.prototype, "takeOver").mockImplementationOnce(crash)],
    ["while it tells the item", () => vi.spyOn(Twin.prototype, "erased").mockImplementationOnce(crash)],
  ])("%s lets nobody in meanwhile, and is finished by the alarm; the company is told once", async (_, dies) => {
    const { maker, owner } = await lived();
    dies();
    // It is decided: nobody gets in, and the alarm finishes it.
    expect((await erase(owner)).status).toBe(204);
    expect((await api.get(path(owner), owner.token)).status).toBe(401);
    expect((await leftIn(owner)).alarm).toBeLessThanOrEqual(Date.now() + 30_000);
    await evictDurableObject(tenureOf(owner));
    expect((await api.get(path(owner), owner.token)).status).toBe(401);
    pass(30_000);
    expect(await runDurableObjectAlarm(tenureOf(owner))).toBe(true);
    expect(await leftIn(owner)).toEqual(NOTHING);
    expect(await erasedAt(owner)).toBe(Date.now());
    await rest(makerOf(maker));
    expect((await feed(maker)).filter(({ type }: any) => type === "twin.erased")).toHaveLength(1);
  });

  test("again and again is finished in the end", async () => {
    const { owner } = await lived();
    const dies = vi.spyOn(Maker.prototype, "takeOver").mockImplementation(crash);
    await erase(owner);
    for (let ring = 0; ring < 3; ring++) {
      pass(30_000);
      await runDurableObjectAlarm(tenureOf(owner)).catch(() => undefined);
      expect(await alarmAt(tenureOf(owner))).toBeGreaterThan(Date.now());
    }
    dies.mockRestore();
    pass(30_000);
    await runDurableObjectAlarm(tenureOf(owner));
    expect(await leftIn(owner)).toEqual(NOTHING);
  });

  test("while the alarm was at other work is finished too: that work's end doesn't call the alarm off", async () => {
    const maker = await join(api, operator, {});
    const owner = await claim(api, maker);
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    let asked = (): void => {};
    const asking = new Promise<void>((resolve) => (asked = resolve));
    const synced = Reflect.get(Maker.prototype, "syncAgreement");
    vi.spyOn(Maker.prototype, "syncAgreement")
      .mockImplementationOnce(crash)
      .mockImplementationOnce(async function answersLate(this: Maker, copy) {
        asked();
        await gate;
        return synced.call(this, copy);
      });
    await agree(api, owner);
    pass(HOUR_MS);
    const alarm = runDurableObjectAlarm(tenureOf(owner));
    await asking;
    vi.spyOn(Twin.prototype, "erased").mockImplementationOnce(crash);
    // It is decided: nobody gets in, and the alarm finishes it.
    expect((await erase(owner)).status).toBe(204);
    release();
    await alarm;
    expect(await alarmAt(tenureOf(owner))).toBeLessThanOrEqual(Date.now() + 30_000);
    pass(30_000);
    expect(await runDurableObjectAlarm(tenureOf(owner))).toBe(true);
    expect(await leftIn(owner)).toEqual(NOTHING);
  });
});
