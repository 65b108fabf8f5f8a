// Those whom an owner lets in, and every page on which keys are made, shown and taken back. In real browsers at the real server.

import type { Page, Route } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { write } from "../support/people.ts";
import { eventually } from "../support/server/product.ts";
import { axeFindings } from "../support/web/browser.ts";
import {
  button,
  copied,
  go,
  keptOn,
  owner,
  ownerOf,
  saved,
  shows,
  stranger,
  tellingAddresses,
} from "../support/web/keyring.ts";
import { WebWorld } from "../support/web/world.ts";

let world: WebWorld;

beforeAll(async () => {
  world = await WebWorld.start();
});
afterEach(() => world.browsers.closeAll());
afterAll(() => world?.end());

describe("somebody who is invited", () => {
  async function invite(page: Page, twin: string, name: string, maySend = false): Promise<string> {
    await go(page, `/t/${twin}/people`);
    await button(page, "Invite somebody").click();
    await page.getByLabel("Their name").fill(name);
    if (maySend) await page.getByLabel(/^May send to the company/).check();
    await button(page, "Make the invitation").click();
    return copied(page, "Copy the link");
  }
  async function accept(link: string): Promise<Page> {
    const page = await stranger(world);
    await page.goto(link);
    await button(page, "Join").click();
    await shows(page, /is among your things/);
    return page;
  }
  const tokenOn = async (page: Page, twin: string): Promise<string> =>
    (await keptOn(page))!.ring.twins.find((one) => one.twin === twin)!.token;

  it("sees only what they wrote themselves, on every page and by the API", async () => {
    const mine = await owner(world);
    await write(world.api, ownerOf(mine), "The owner's secret");
    const link = await invite(mine.page, mine.twin, "Ida");
    const page = await stranger(world);
    await page.goto(link);
    await shows(page, "read what you wrote");
    expect(await page.evaluate("location.href")).toBe(world.at("/join"));
    await expect.poll(() => keptOn(page)).toBeNull();
    await button(page, "Join").click();
    await page.getByRole("link", { name: "Open it" }).click();
    await page.waitForURL(world.at(`/t/${mine.twin}`));
    await page
      .getByRole("link", { name: /^Write/ })
      .first()
      .click();
    await page.getByRole("textbox", { name: "Your note" }).fill("Ida was here");
    await button(page, "Keep this note").click();
    await shows(page, "Ida was here");
    await expect.poll(() => page.getByText("The owner's secret").count()).toBe(0);

    const token = await tokenOn(page, mine.twin);
    const path = `/v1/twins/${mine.twin}`;
    const texts = async (by: string): Promise<string[]> =>
      (await world.api.get(`${path}/notes`, by)).body.items.map(({ text }: { text: string }) => text);
    await eventually(
      () => texts(token),
      (list) => list.length === 1,
    );
    await expect.poll(() => texts(token)).toEqual(["Ida was here"]);
    expect(JSON.stringify((await world.api.get(`${path}/events?limit=200`, token)).body)).not.toContain("secret");
    for (const closed of ["channels", "papers", "export"]) {
      expect((await world.api.get(`${path}/${closed}`, token)).status, closed).toBe(403);
    }
    const sent = await world.api.post(`${path}/notes`, { kind: "problem", text: "x", send: true }, token);
    expect(sent.status).toBe(403);
    await expect.poll(async () => (await texts(mine.token)).sort()).toEqual(["Ida was here", "The owner's secret"]);

    await go(page, `/t/${mine.twin}/people`);
    await shows(page, "You were invited to this thing.");
    await expect.poll(() => button(page, "Invite somebody").count()).toBe(0);
  });

  it("may send to the company when the owner said so", async () => {
    const mine = await owner(world);
    const page = await accept(await invite(mine.page, mine.twin, "Ida", true));
    const token = await tokenOn(page, mine.twin);
    const sent = await world.api.post(
      `/v1/twins/${mine.twin}/notes`,
      { kind: "idea", text: "A softer bell", send: true },
      token,
    );
    expect(sent).toMatchObject({ status: 201, body: { sent: true } });
  });

  it("is cut off at once, on the page that was open", async () => {
    const mine = await owner(world);
    const link = await invite(mine.page, mine.twin, "Ida");
    const page = await accept(link);
    await go(page, `/t/${mine.twin}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await go(mine.page, `/t/${mine.twin}/people`);
    await button(mine.page, "Cut off Ida?").click();
    await mine.page.getByRole("dialog").getByRole("button", { name: "Cut off", exact: true }).click();
    await shows(mine.page, "Ida was cut off");
    expect((await world.api.get(`/v1/twins/${mine.twin}`, await tokenOn(page, mine.twin))).status).toBe(401);
    await shows(page, /cut off/);
    const late = await stranger(world);
    await late.goto(link);
    await shows(late, "This invitation is closed");
  });

  it("can leave, and what they wrote stays with the owner", async () => {
    const mine = await owner(world);
    const page = await accept(await invite(mine.page, mine.twin, "Ida"));
    const token = await tokenOn(page, mine.twin);
    await write(world.api, ownerOf({ twin: mine.twin, token }), "I lived with it, too");
    await go(page, `/t/${mine.twin}/people`);
    await button(page, "Leave").click();
    await page.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
    await shows(page, /You have left/);
    expect((await world.api.get(`/v1/twins/${mine.twin}`, token)).status).toBe(401);
    await expect.poll(async () => (await keptOn(page))!.ring.twins).toEqual([]);
    await go(page, `/t/${mine.twin}`);
    await expect.poll(() => page.getByText("I lived with it, too").count()).toBe(0);
    const notes = (await world.api.get(`/v1/twins/${mine.twin}/notes`, mine.token)).body.items;
    expect(notes.map(({ text }: { text: string }) => text)).toEqual(["I lived with it, too"]);
  });

  it("is in the list with what each may do, as is a program with its end", async () => {
    const mine = await owner(world);
    await invite(mine.page, mine.twin, "Ida");
    await button(mine.page, "Done").click();
    await button(mine.page, "Let a helper or a program in").click();
    await mine.page.getByLabel("What it is called").fill("Repair shop");
    await mine.page.getByLabel("add to the history that goes with the thing").check();
    await mine.page.getByLabel("A day").check();
    await button(mine.page, "Make its key").click();
    const key = await copied(mine.page, "Copy the key");
    expect((await world.api.get(`/v1/twins/${mine.twin}/channels/current`, key)).body.scopes).toEqual([
      "twin:read",
      "notes:read",
      "history:write",
    ]);
    await button(mine.page, "Done").click();
    const list = mine.page.getByRole("list", { name: "Who reaches it" });
    await list.getByRole("listitem").filter({ hasText: "Repair shop" }).waitFor();
    const rows = await list.getByRole("listitem").allInnerTexts();
    expect(rows.find((row) => row.includes("Ida"))).toMatch(
      /May read what they wrote, write notes,? and read the company's answers/,
    );
    expect(rows.find((row) => row.includes("Repair shop"))).toMatch(/read every note and add to the history.*until/s);
    expect(rows.find((row) => row.includes("this device"))).toMatch(/May do everything you can do/);
    expect(rows.find((row) => row.includes("Card of 12 words"))).toMatch(/Not on paper yet, so it lets nobody in$/);
  });

  it("has one key, also when its making was answered and the answer was lost", async () => {
    const { page, twin, token } = await owner(world);
    await go(page, `/t/${twin}/people`);
    await button(page, "Let a helper or a program in").click();
    await page.getByLabel("What it is called").fill("Repair shop");
    await page.getByLabel("A day").check();
    const cut = async (route: Route): Promise<void> => {
      await route.fetch();
      await route.abort();
    };
    await page.route(`**/v1/twins/${twin}/channels`, cut, { times: 1 });
    await button(page, "Make its key").click();
    await page.getByRole("dialog").getByRole("status").waitFor();
    await button(page, "Make its key").click();
    const key = await copied(page, "Copy the key");
    const { body } = await world.api.get(`/v1/twins/${twin}/channels`, token);
    const shops = body.items.filter(({ label }: { label: string }) => label === "Repair shop");
    const current = await world.api.get(`/v1/twins/${twin}/channels/current`, key);
    expect(shops.map(({ id }: { id: string }) => id)).toEqual([current.body.id]);
  });
});

describe("every page of keys", () => {
  const TOPICS = [
    "lost-card",
    "found-card",
    "lost-phone",
    "shared-phone",
    "leaving-household",
    "who-can-read",
    "what-is-signed",
  ];
  const SCHEMES = ["light", "dark"] as const;

  it.each(SCHEMES)("has nothing that axe objects to, in %s", async (colorScheme) => {
    const device = await world.claimed({ bypassCSP: true, colorScheme });
    const { page, twin } = device;
    await saved(page);
    await write(world.api, ownerOf(device), "A note");
    const second = await world.api.post(
      `/v1/twins/${twin}/channels`,
      { label: "Ida", scopes: ["twin:read"] },
      device.token,
    );
    expect(second.status).toBe(201);
    const clean = async (where: string): Promise<void> => {
      await expect.poll(() => page.getByRole("heading", { level: 1 }).count(), { message: where }).toBe(1);
      expect(await axeFindings(page), where).toEqual([]);
      await page.setViewportSize({ width: 320, height: 700 });
      await expect.poll(() => page.evaluate("document.documentElement.scrollWidth"), { message: where }).toBe(320);
      await page.setViewportSize({ width: 390, height: 844 });
    };
    for (const path of ["/card", "/open", "/join", "/devices", `/t/${twin}/people`, "/help/lost-card", "/help/none"]) {
      await go(page, path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForLoadState("networkidle");
      await clean(path);
    }
    await go(page, "/pair");
    await button(page, "Copy the link").waitFor();
    await clean("/pair");
    await go(page, "/card");
    await button(page, "Show my 12 words").click();
    await page.getByRole("list", { name: "Your 12 words" }).waitFor();
    await clean("the words");
    await button(page, "I have written them down").click();
    await button(page, "That is what my paper says").click();
    await shows(page, /This isn't word number/);
    await clean("the words asked for");
    await go(page, `/t/${twin}/people`);
    await button(page, "Invite somebody").click();
    await clean("an invitation begun");
    await page.getByLabel("Their name").fill("Ida");
    await button(page, "Make the invitation").click();
    await button(page, "Copy the link").waitFor();
    await clean("an invitation");
    await button(page, "Done").click();
    await button(page, "Let a helper or a program in").click();
    await clean("a program");
    await go(page, "/open");
    await page.getByLabel("The 12 words of your card").fill("qwertz");
    await button(page, "Open").click();
    await shows(page, /is on no card/);
    await clean("a wrong word");
    expect(device.faults).toEqual([]);
  });

  it("of help answers its question and leads to the other answers", async () => {
    const page = await stranger(world);
    for (const topic of TOPICS) {
      await go(page, `/help/${topic}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await expect.poll(() => page.locator("main p").count(), { message: topic }).toBeGreaterThan(2);
      await expect.poll(() => page.locator("main a[href^='/help/']").count(), { message: topic }).toBe(6);
    }
  });
});

it("puts no token, no word and no fragment in any address that is asked for", () => {
  expect(world.browsers.asked.length).toBeGreaterThan(100);
  expect(tellingAddresses(world)).toEqual([]);
});
