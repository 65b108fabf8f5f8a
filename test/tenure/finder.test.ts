// Telling an owner that their thing was found: only who wants to hear of it does, and nobody else can tell who that is.

import { beforeAll, describe, expect, test } from "vitest";
import { claim, freshGtin, join, type TestMaker, type TestOwner } from "../support/people.ts";
import { everything } from "../support/universe.ts";
import { api, operator } from "../support/worker.ts";
import { channelWith, DAY_MS, pass, path, startTwin, stillClock } from "./world.ts";

stillClock();

type Label = { readonly gtin: string; readonly serial: string };
let maker: TestMaker;
beforeAll(async () => {
  maker = await join(api, operator);
});

async function owned(): Promise<{ owner: TestOwner; label: Label }> {
  const owner = await claim(api, maker);
  const { gtin, serial } = (await api.get(path(owner), owner.token)).body.product;
  return { owner, label: { gtin, serial } };
}
const turn = (owner: TestOwner, on: boolean) => api.put(path(owner, "/finder"), { on }, owner.token);
const report = (label: Label, text: string, contact?: string) =>
  api.post("/v1/finds", { gtin: label.gtin, serial: label.serial, text, ...(contact !== undefined && { contact }) });
const found = async (owner: TestOwner): Promise<any[]> =>
  (await api.get(path(owner, "/events?limit=200"), owner.token)).body.items.filter(
    ({ type }: { type: string }) => type === "find.reported",
  );
/** What was reported before this is done with. */
async function settled(): Promise<void> {
  const { owner, label } = await owned();
  await turn(owner, true);
  await report(label, "The last one.");
  await expect.poll(() => found(owner)).toHaveLength(1);
}

describe("a find", () => {
  test("reaches an owner who has turned it on, in the finder's words, as news", async () => {
    const { owner, label } = await owned();
    expect((await api.get(path(owner, "/finder"), owner.token)).body).toEqual({ on: false, lastAt: null });
    expect(await turn(owner, true)).toMatchObject({ status: 200, body: { on: true, lastAt: null } });
    const at = new Date().toISOString();
    await report(label, "It lay on the bench by the river.", "0660 123");
    await expect
      .poll(() => found(owner))
      .toMatchObject([{ data: { text: "It lay on the bench by the river.", contact: "0660 123", at } }]);
    expect((await api.get(path(owner, "/finder"), owner.token)).body).toEqual({
      on: true,
      lastAt: at,
    });
    const friend = await channelWith(owner, ["twin:read", "notes:read", "history:read"]);
    expect(await found(friend)).toEqual([]);
    expect((await api.get(path(owner, "/finder"), friend.token)).status).toBe(403);
    const lines = (await api.get(path(owner, "/export"), owner.token)).body.split("\n");
    expect(lines.filter((line: string) => line.startsWith('{"type":"find"'))).toHaveLength(1);
  });

  test("is answered alike, to the byte, for unknown, unclaimed and claimed items, on or off or erased, and leaves nothing anywhere", async () => {
    const { owner: off, label: offLabel } = await owned();
    const { owner: back, label: backLabel } = await owned();
    const { owner: gone, label: goneLabel } = await owned();
    await turn(back, true);
    await turn(back, false);
    await turn(gone, true);
    expect((await api.delete(path(gone), gone.token)).status).toBe(204);
    const gtin = freshGtin();
    const order = { gtin, model: "Model T", count: 1 };
    const unclaimed = (await api.post(`/v1/makers/${maker.domain}/labels`, order, maker.key)).body.labels[0];
    await startTwin({ gtin: "09520000000004", serial: "MINE" });
    await settled();
    const before = await everything();
    const answers = [];
    for (const label of [
      offLabel,
      backLabel,
      goneLabel,
      unclaimed,
      { gtin, serial: "never-made" },
      { gtin: freshGtin(), serial: "UNKNOWN" },
      { gtin: "09520000000004", serial: "MINE" },
    ]) {
      const { status, headers, body } = await report(label, "Found it.");
      answers.push(JSON.stringify([status, [...headers], body]));
    }
    const { owner: on, label: onLabel } = await owned();
    await turn(on, true);
    const { status, headers, body } = await report(onLabel, "Found it.");
    expect(body).toEqual({ status: "taken" });
    expect(new Set([...answers, JSON.stringify([status, [...headers], body])]).size).toBe(1);
    await settled();
    const after = await everything();
    for (const name of Object.keys(before).filter((name) => /^(?:TWIN|TENURE|MAKER)/.test(name))) {
      expect([name, after[name]]).toEqual([name, before[name]]);
    }
    // Two items were claimed since, and nothing else was made.
    const objects = (all: object, kind: string) => Object.keys(all).filter((name) => name.startsWith(kind)).length;
    const grown = ["TWIN ", "TENURE ", "PRODUCT "].map((kind) => objects(after, kind) - objects(before, kind));
    expect(grown).toEqual([2, 2, 2]);
    expect([await found(off), await found(back)]).toEqual([[], []]);
  });

  test("is told once, and of twenty a day at most", async () => {
    const { owner, label } = await owned();
    await turn(owner, true);
    for (let n = 0; n < 22; n++) {
      await report(label, `Found it, ${n}.`);
      await report(label, `Found it, ${n}.`);
    }
    await settled();
    expect((await found(owner)).length).toBe(20);
    pass(DAY_MS);
    await report(label, "Found it, 3.");
    await expect.poll(async () => (await found(owner)).length).toBe(21);
    await turn(owner, false);
    await report(label, "And again.");
    await settled();
    expect((await found(owner)).length).toBe(21);
  });

  test("needs words, a label that can be one, and an item that has a label", async () => {
    const { label } = await owned();
    const fault = async (body: object) => (await api.post("/v1/finds", body)).body.errors?.[0].path;
    expect(await fault({ ...label, text: "" })).toBe("text");
    expect(await fault({ ...label, text: "x".repeat(2_001) })).toBe("text");
    expect(await fault({ ...label, text: "Here.", contact: "x".repeat(301) })).toBe("contact");
    expect(await fault({ gtin: "1", serial: label.serial, text: "Here." })).toBe("gtin");
    expect(await fault({ gtin: label.gtin, serial: "é", text: "Here." })).toBe("serial");
    const started = await startTwin();
    expect((await turn(started, true)).status).toBe(409);
    expect((await turn(started, false)).body).toEqual({ on: false, lastAt: null });
  });
});
