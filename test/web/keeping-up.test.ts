// A device hears of everything that happened elsewhere, once, however its connection came and went.

import type { Route } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Twin } from "../../src/web/api/views.ts";
import { eventually } from "../support/server/product.ts";
import { agree } from "../support/people.ts";
import { handOver } from "../support/handovers.ts";
import { keptIn, keptUnder } from "../support/web/kept.ts";
import { type Device, giveThing, untilInstalled, writeNote } from "../support/web/owner.ts";
import { answer, companyName, notesAt, shows, textsAt } from "../support/web/conversation.ts";
import { WebWorld } from "../support/web/world.ts";

let world: WebWorld;

beforeAll(async () => {
  world = await WebWorld.start();
});
afterEach(() => world.browsers.closeAll());
afterAll(() => world?.end());

describe("keeping up", () => {
  it("heals a lost connection, and shows once what was answered meanwhile", async () => {
    const mine = await world.claimed();
    await writeNote(mine, "It hums", companyName(world));
    const note = await eventually(
      async () => (await notesAt(world, mine))[0],
      (found) => found !== undefined,
    );
    await answer(world, mine, note!.id, "Before the fall");
    await mine.page.goto(world.at(`/t/${mine.twin}/n/${note!.id}`));
    await shows(mine.page, "Before the fall");
    await world.server.restart();
    await answer(world, mine, note!.id, "While you were away", { outcome: "fixed" });
    // The longer it was away, the longer it waits before it asks again.
    await mine.page.getByText("While you were away", { exact: true }).first().waitFor({ timeout: 90_000 });
    await expect.poll(() => mine.page.getByText("While you were away", { exact: true }).count()).toBe(1);
    await expect.poll(() => mine.page.getByText("Before the fall", { exact: true }).count()).toBe(1);
  }, 240_000);

  it("shows in every tab what came to one, and counts it as unread until it is opened", async () => {
    const mine = await world.claimed();
    await writeNote(mine, "It rattles", companyName(world));
    const note = await eventually(
      async () => (await notesAt(world, mine))[0],
      (found) => found !== undefined,
    );
    const list = await mine.context.newPage();
    await list.goto(world.at(`/t/${mine.twin}`));
    await answer(world, mine, note!.id, "Tighten the screw");
    await list.getByText("1 new").first().waitFor();
    await mine.page.bringToFront();
    await mine.page.goto(world.at(`/t/${mine.twin}/n/${note!.id}`));
    await shows(mine.page, "Tighten the screw");
    await list.getByText("1 new").first().waitFor({ state: "detached" });
  });

  it("shows a new device what was written last, counts nothing old as new but what waits for a word, and keeps it", async () => {
    const mine = await world.claimed();
    const path = `/v1/twins/${mine.twin}`;
    await world.api.post(`${path}/agreements`, { preferred: "SD-BASE-DP" }, mine.token);
    for (let at = 0; at < 60; at++) {
      await world.api.post(`${path}/notes`, { kind: "diary", text: `Day ${at}`, send: true }, mine.token);
    }
    const [newest, second] = await notesAt(world, mine);
    await answer(world, mine, newest!.id, "It is done, isn't it?", { outcome: "fixed" });
    await answer(world, mine, second!.id, "Old news");
    const other = await world.api.post(`${path}/channels`, { label: "Tablet", scopes: ["owner"] }, mine.token);
    const context = world.browsers.adopt(await world.browser.newContext());
    const page = await context.newPage();
    await page.goto(world.server.url);
    await giveThing(page, world.api, { twin: mine.twin, token: other.body.token });
    await page.goto(world.at(`/t/${mine.twin}`));
    await shows(page, "Day 59");
    await untilInstalled(page);
    await eventually(
      () => page.getByText("1 new", { exact: true }).count(),
      (count) => count === 1,
    );
    await page.goto(world.at(`/t/${mine.twin}/n/${second!.id}`));
    await shows(page, "Old news");
    await world.server.stop();
    await page.goto(world.at(`/t/${mine.twin}`));
    await shows(page, "Day 59");
    await expect.poll(() => page.getByText("1 new", { exact: true }).count()).toBe(1);
    await world.server.start();
  });

  it("keeps what was changed here where an older question about the thing is answered last", async () => {
    const { page, twin } = await world.claimed();
    const asked = Promise.withResolvers<Route>();
    let held = 0;
    await page.route(world.at(`/v1/twins/${twin}`), (route) => {
      const isItsPage = page.url().endsWith(`/t/${twin}`);
      return isItsPage && held++ === 0 ? asked.resolve(route) : route.fallback();
    });
    await page.goto(world.at(`/t/${twin}`));
    const question = await asked.promise;
    const old = await question.fetch();
    await page.getByRole("link", { name: "Manage" }).click();
    await page.getByLabel("Name", { exact: true }).fill("My moccasins");
    await page.getByRole("button", { name: "Rename" }).click();
    const named = async () => (await keptIn<{ view: Twin }>(page, "thing")).map(({ view }) => view.product.name);
    await expect.poll(named).toEqual(["My moccasins"]);
    const answered = page.waitForEvent("requestfinished", (request) => request === question.request());
    await question.fulfill({ response: old });
    await answered;
    await page.evaluate("new Promise((done) => requestIdleCallback(done))");
    expect(await named()).toEqual(["My moccasins"]);
  });

  it("says so when this device is cut off, and keeps what it knew", async () => {
    const mine = await world.claimed();
    await writeNote(mine, "Mine for now");
    await eventually(
      () => textsAt(world, mine),
      (all) => all.length === 1,
    );
    const other = await world.api.post(
      `/v1/twins/${mine.twin}/channels`,
      { label: "Desktop", scopes: ["owner"] },
      mine.token,
    );
    const all = await world.api.get(`/v1/twins/${mine.twin}/channels`, mine.token);
    const own = all.body.items.find(({ current }: { current: boolean }) => current);
    expect((await world.api.delete(`/v1/twins/${mine.twin}/channels/${own.id}`, other.body.token)).status).toBe(204);
    await shows(mine.page, "This thing doesn't open here any more");
    await shows(mine.page, "Mine for now");
  });

  it("takes every word off this device when the thing is erased elsewhere", async () => {
    const mine = await withWordsToLose();
    await agree(world.api, { ...mine, recoveryCode: "" });
    await expect.poll(() => keptIn(mine.page, "agreement")).toMatchObject([{ terms: "SD-BASE-DP" }]);
    expect((await world.api.delete(`/v1/twins/${mine.twin}`, mine.token)).status).toBe(204);
    await shows(mine.page, "This thing was erased");
    await mine.page.getByText("under the terms you signed").waitFor();
    await expect.poll(() => mine.page.getByText("Gone soon").count()).toBe(0);
    await mine.page.reload();
    await shows(mine.page, "This thing was erased");
    await expect.poll(() => mine.page.getByText("Gone soon").count()).toBe(0);
  });

  it("says so when the thing is handed over elsewhere, remembers its name and the day, and takes every word off this device", async () => {
    const mine = await withWordsToLose();
    await handOver(world.api, { ...mine, recoveryCode: "" });
    const gone = mine.page.getByRole("heading", { name: /^.+ was handed over on .+\.$/ });
    await gone.waitFor();
    await expect.poll(() => mine.page.getByText("Gone soon").count()).toBe(0);
    await expect.poll(() => mine.page.getByText(/was erased|doesn't open here|terms/).count()).toBe(0);
    await expect.poll(() => keptIn(mine.page, "note")).toEqual([]);
    await expect.poll(() => keptUnder(mine.page, "meta", "handed")).toMatchObject([{ twin: mine.twin, told: false }]);
    await mine.page.reload();
    await gone.waitFor();
    await mine.page.goto(world.at("/"));
    await mine.page.getByText(/ was handed over on /).waitFor();
    await mine.page.getByRole("listitem").getByText("Handed over", { exact: true }).waitFor();
    await mine.page.goto(world.at(`/t/${mine.twin}/handover`));
    await mine.page.getByRole("heading", { level: 1, name: "It is theirs now" }).waitFor();
    await expect.poll(() => keptUnder(mine.page, "thing", mine.twin)).toBeUndefined();
    await mine.page.goto(world.at(`/t/${mine.twin}`));
    await mine.page.getByRole("heading", { level: 1, name: "It is theirs now" }).waitFor();
  });

  it.each([
    {
      how: "erased",
      said: "This thing was erased",
      end: ({ twin, token }: Device) => world.api.delete(`/v1/twins/${twin}`, token),
    },
    {
      how: "handed over",
      said: "Its history went along.",
      end: (mine: Device) => handOver(world.api, { ...mine, recoveryCode: "" }),
    },
  ])("learns that the thing was $how also where a refused call told first that it is closed", async ({ said, end }) => {
    const mine = await world.claimed();
    await writeNote(mine, "Gone soon");
    await eventually(
      () => textsAt(world, mine),
      (all) => all.length === 1,
    );
    const { page } = mine;
    await page.addInitScript(SLOW_TO_CLOSE);
    await listening(mine);
    const asked = Promise.withResolvers<Route>();
    await page.route(world.at(`/v1/twins/${mine.twin}`), (route) => asked.resolve(route), { times: 1 });
    await happens(mine);
    const question = await asked.promise;
    await end(mine);
    await expect.poll(() => page.evaluate("endings.length")).toBe(1);
    await question.continue();
    await shows(page, "This thing doesn't open here any more");
    await page.evaluate("endings[0]()");
    await mine.page.getByText(said).waitFor();
    // None were ever agreed on.
    await expect.poll(() => mine.page.getByText("under the terms you signed").count()).toBe(0);
    await expect.poll(() => mine.page.getByText("Gone soon").count()).toBe(0);
  });
});

/** A device on which a note stands that the server has, and which hears of what happens. */
async function withWordsToLose(): Promise<Device> {
  const mine = await world.claimed();
  await writeNote(mine, "Gone soon");
  await eventually(
    () => textsAt(world, mine),
    (all) => all.length === 1,
  );
  await shows(mine.page, "Gone soon");
  await expect.poll(() => keptIn(mine.page, "queue")).toEqual([]);
  await listening(mine);
  return mine;
}

/** Something of which every device with this thing hears, and then asks how the thing stands. */
async function happens({ twin, token }: Device): Promise<void> {
  expect((await world.api.post(`/v1/twins/${twin}/notes`, { kind: "diary", text: "Heard" }, token)).status).toBe(201);
}

/** The page, loaded anew, hears of what happens elsewhere as it happens: its socket brought it a first word. */
async function listening(device: Device): Promise<void> {
  const opened = device.page.waitForEvent("websocket");
  await device.page.reload();
  const heard = (await opened).waitForEvent("framereceived");
  await happens(device);
  await heard;
}

/** The page learns that a socket was closed, and why, when the test says so, and not at all of one that it closed itself before. */
const SLOW_TO_CLOSE = `{
  const { addEventListener, close } = WebSocket.prototype;
  const own = new WeakSet();
  globalThis.endings = [];
  WebSocket.prototype.addEventListener = function (type, hear) {
    addEventListener.call(this, type, type !== "close" ? hear : (event) => endings.push(() => own.has(this) || hear(event)));
  };
  WebSocket.prototype.close = function (...reason) {
    own.add(this);
    close.apply(this, reason);
  };
}`;
