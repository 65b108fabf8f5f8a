// A thing's papers, and the ways to keep, take and end all of it: as their owner meets them, against the real server.

import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../support/client.ts";
import { agree, join, write, type TestMaker } from "../support/people.ts";
import { eventually } from "../support/server/product.ts";
import { startServer, type TestServer, UNLIMITED } from "../support/server/server.ts";
import { axeFindings, launchBrowser } from "../support/web/browser.ts";
import { keptIn, keptUnder } from "../support/web/kept.ts";
import { claimOnDevice, giveThing, untilInstalled, type Device } from "../support/web/owner.ts";

const DAY_MS = 24 * 3_600_000;

let server: TestServer;
let browser: Browser;
let api: Client;
let maker: TestMaker;
const opened: BrowserContext[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: UNLIMITED }), launchBrowser()]);
  api = new Client(fetch, server.url);
  maker = await join(api, server.operatorKey);
});
afterEach(async () => {
  for (const context of opened.splice(0)) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.discard();
});

async function device(options: BrowserContextOptions = {}): Promise<Device> {
  const claimed = await claimOnDevice(browser, api, maker, { bypassCSP: true, ...options });
  opened.push(claimed.context);
  return claimed;
}
const go = ({ page, twin }: Device, place: "papers" | "manage" | "terms") =>
  page.goto(`${server.url}/t/${twin}/${place}`);
const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole("button", { name }).click();
const papersAt = async ({ twin, token }: Device): Promise<any> =>
  (await api.get(`/v1/twins/${twin}/papers`, token)).body;
/** What this device keeps of them; `typed` is null once all of it is saved. */
const kept = ({ page, twin }: Device) =>
  keptUnder<{ typed: { price: string; files: unknown[] } | null }>(page, "meta", `papers:${twin}`);
const ahead = (days: number, from = Date.now()): string => {
  const date = new Date(from + days * DAY_MS);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
};
const receipt = async () => ({
  name: "receipt.png",
  mimeType: "image/png",
  buffer: await sharp({ create: { width: 900, height: 1400, channels: 3, background: "#d8d2c4" } })
    .png()
    .toBuffer(),
});

const thingsHere = async (page: Page): Promise<number> => (await keptIn(page, "thing")).length;

describe("the papers", () => {
  it("are kept with their photos, and are there on the next visit", async () => {
    const mine = await device();
    const { page } = mine;
    await go(mine, "papers");
    await page.getByText("Only you and whoever runs this server can see this.").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), press(page, "Add a receipt")]);
    await chooser.setFiles(await receipt());
    await page.locator(".paper", { hasText: "not saved yet" }).waitFor();
    const ends = ahead(23);
    await page.getByLabel("Ends on").fill(ends);
    await page.getByLabel("Remind me").selectOption("14");
    await page.getByLabel("Bought at").fill("Schuhhaus Berger");
    await page.getByLabel("Price").fill("149 €");
    await page.getByLabel("Link to the manual").fill("javascript:alert(1)");
    await press(page, "Save the papers");
    await page.getByText("Write a whole web address").waitFor();
    await expect.poll(async () => (await papersAt(mine)).updatedAt).toBeNull();
    await page.getByLabel("Link to the manual").fill("https://lamo.example/care");
    await press(page, "Save the papers");
    await page.getByText("Saved", { exact: true }).waitFor();
    await expect
      .poll(() => papersAt(mine))
      .toMatchObject({
        boughtAt: "Schuhhaus Berger",
        price: "149 €",
        warrantyUntil: ends,
        remindDays: 14,
        manualUrl: "https://lamo.example/care",
        files: [{ kind: "receipt", photo: { type: "image/jpeg", width: 900, height: 1400 } }],
      });
    await eventually(
      () => kept(mine),
      (papers) => papers?.typed === null,
    );
    await page.reload();
    await expect.poll(() => page.getByLabel("Bought at").inputValue()).toBe("Schuhhaus Berger");
    await page.getByRole("button", { name: "Receipt", exact: true }).click();
    await page.locator("dialog.viewer img").waitFor();
    await page.keyboard.press("Escape");
    expect(await axeFindings(page)).toEqual([]);
    expect(mine.faults).toEqual([]);
  });

  it("say when the warranty ends, and that it did", async () => {
    const mine = await device();
    const { page } = mine;
    // By one clock, which passes no midnight meanwhile.
    const noon = new Date().setHours(12, 0, 0, 0);
    await page.clock.setFixedTime(noon);
    await go(mine, "papers");
    const says = async (days: number, text: string | RegExp): Promise<void> => {
      await page.getByLabel("Ends on").fill(ahead(days, noon));
      await page.locator(".warranty .mark", { hasText: text }).waitFor();
    };
    await says(23, "Warranty ends in 3 weeks");
    await says(5, "Warranty ends in 5 days");
    await says(1, "Warranty ends tomorrow");
    await says(0, "Warranty ends today");
    await says(-1, /^Warranty ended on /);
    await says(200, /^Under warranty until .*6 months more$/);
  });

  it("tell a serial that its label proves from one that was typed", async () => {
    const mine = await device();
    await go(mine, "papers");
    await mine.page.getByText("From its label, and proven").waitFor();
    await expect.poll(() => mine.page.getByLabel("Serial number").count()).toBe(0);
  });

  it("put together what two devices wrote, and show both where they wrote different things", async () => {
    const mine = await device();
    const { page, twin, token } = mine;
    const put = (papers: object) => api.put(`/v1/twins/${twin}/papers`, papers, token);
    await put({ price: "149 €", boughtAt: "Berger" });
    await go(mine, "papers");
    await page.getByLabel("Bought at").waitFor();

    await put({ price: "139 €", boughtAt: "Berger" });
    await page.getByLabel("Anything else").fill("Size 39");
    await press(page, "Save the papers");
    await page.getByText("Saved", { exact: true }).waitFor();
    await expect.poll(() => papersAt(mine)).toMatchObject({ price: "139 €", boughtAt: "Berger", remarks: "Size 39" });

    await put({ price: "120 €", boughtAt: "Market", remarks: "Size 39" });
    await page.getByLabel("Price").fill("125 €");
    await press(page, "Save the papers");
    await page.getByText("Changed on another device; here is both").waitFor();
    await expect.poll(() => papersAt(mine)).toMatchObject({ price: "120 €" });
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("radio", { name: "There: 120 €" }).waitFor();
    await page.getByRole("radio", { name: "Here: 125 €" }).check();
    await press(page, "Save what I chose");
    await page.getByText("Saved", { exact: true }).waitFor();
    await expect.poll(() => papersAt(mine)).toMatchObject({ price: "125 €", boughtAt: "Market", remarks: "Size 39" });
  });

  it("keep what was typed without a connection, photos too, until they can be saved", async () => {
    const mine = await device({ serviceWorkers: "allow" });
    const { page } = mine;
    await go(mine, "papers");
    await page.getByLabel("Price").waitFor();
    await untilInstalled(page);
    await mine.context.setOffline(true);
    await page.getByLabel("Price").fill("88 €");
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), press(page, "Add a receipt")]);
    await chooser.setFiles(await receipt());
    await page.locator(".paper", { hasText: "not saved yet" }).waitFor();
    await press(page, "Save the papers");
    await page.getByText("Papers need a connection to be saved.").waitFor();
    await eventually(
      () => kept(mine),
      (papers) => papers?.typed?.price === "88 €" && papers.typed.files.length === 1,
    );
    await page.reload();
    await expect.poll(() => page.getByLabel("Price").inputValue()).toBe("88 €");
    await page.locator(".paper", { hasText: "not saved yet" }).waitFor();
    await mine.context.setOffline(false);
    await press(page, "Save the papers");
    await page.getByText("Saved", { exact: true }).waitFor();
    await expect.poll(() => papersAt(mine)).toMatchObject({ price: "88 €", files: [{ kind: "receipt" }] });
  });

  it("are nobody's but the owner's", async () => {
    const mine = await device();
    const { page, twin, token } = mine;
    await api.put(`/v1/twins/${twin}/papers`, { price: "149 €" }, token);
    const scopes = ["twin:read", "notes:own", "notes:write"];
    const member = await api.post(`/v1/twins/${twin}/channels`, { label: "Kim", scopes }, token);
    await giveThing(page, api, { twin, token: member.body.token });
    await go(mine, "papers");
    await page.getByText("Only the owner sees the papers of this thing.").waitFor();
    await expect.poll(() => page.locator("main").innerText()).not.toContain("149");
    await go(mine, "terms");
    await page.getByText("Only the owner sees the terms of this thing.").waitFor();
  });
});

describe("managing", () => {
  it("gives it another name, and says whose it is by its label", async () => {
    const mine = await device();
    const { page, twin, token } = mine;
    await go(mine, "manage");
    await page.getByText("it was begun with the code from its packaging").waitFor();
    await page.getByLabel("Name", { exact: true }).fill("My moccasins");
    await press(page, "Rename");
    await page.locator(".eyebrow", { hasText: "My moccasins" }).waitFor();
    expect((await api.get(`/v1/twins/${twin}`, token)).body.product.name).toBe("My moccasins");
    expect(await axeFindings(page)).toEqual([]);
    expect(mine.faults).toEqual([]);
  });

  it("takes everything along in one file, the signed record of every agreement inside", async () => {
    const mine = await device();
    const { page, twin, token } = mine;
    const { recordDigest } = await agree(api, { twin, token, recoveryCode: "" });
    await write(api, { twin, token, recoveryCode: "" }, "The sole came off.", { send: true });
    await go(mine, "manage");
    // What is said passes: it is waited for from the beginning.
    const said = page.getByText(/^Saved, /).first();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      said.waitFor(),
      press(page, "Save everything as a file"),
    ]);
    expect(download.suggestedFilename()).toMatch(/^Model T .* everything\.ndjson$/);
    const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\n");
    const all = lines.map((line) => JSON.parse(line));
    expect(all.find(({ type }) => type === "note")).toMatchObject({ text: "The sole came off." });
    const { record } = all.find(({ type }) => type === "agreement");
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", Buffer.from(record)));
    expect(Buffer.from(digest).toString("hex")).toBe(recordDigest);
  });

  it("erases everything only when its name is typed, and says what that means", async () => {
    const mine = await device();
    const { page, twin, token } = mine;
    const { id } = await agree(api, { twin, token, recoveryCode: "" });
    await write(api, { twin, token, recoveryCode: "" }, "The sole came off.", { send: true });
    await go(mine, "manage");
    await press(page, "Erase everything");
    const sheet = page.getByRole("dialog", { name: "Erase everything of Model T?" });
    await sheet.getByText("It must delete what you sent it").waitFor();
    await sheet.getByText("This can't be undone.").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await sheet.getByLabel("The thing's name").fill("Model S");
    await sheet.getByRole("button", { name: "Erase everything, for ever" }).click();
    await sheet.getByText("That isn't its name yet.").waitFor();
    expect((await api.get(`/v1/twins/${twin}`, token)).status).toBe(200);
    await sheet.getByLabel("The thing's name").fill("model t");
    await sheet.getByRole("button", { name: "Erase everything, for ever" }).click();
    await page.waitForURL(`${server.url}/`);
    await eventually(
      () => thingsHere(page),
      (count) => count === 0,
    );
    expect((await api.get(`/v1/twins/${twin}`, token)).status).toBe(401);
    const theirs = await api.get(`/v1/makers/${maker.domain}/agreements/${id}`, maker.key);
    expect(theirs.body).toMatchObject({ state: "terminated" });
    expect(mine.faults).toEqual([]);
  });

  it("never takes being cut off for an erasure", async () => {
    const mine = await device();
    const { page, twin, token } = mine;
    const other = (await api.post(`/v1/twins/${twin}/channels`, { label: "Tablet", scopes: ["owner"] }, token)).body;
    // This page doesn't hear of it, by its socket or by asking.
    await page.routeWebSocket(/\/live/, () => {});
    await page.route(/\/v1\/twins\/[^/]+\/events/, () => {});
    await go(mine, "manage");
    await press(page, "Erase everything");
    const sheet = page.getByRole("dialog", { name: "Erase everything of Model T?" });
    await sheet.getByLabel("The thing's name").fill("model t");
    const own = (await api.get(`/v1/twins/${twin}/channels/current`, token)).body.id;
    expect((await api.delete(`/v1/twins/${twin}/channels/${own}`, other.token)).status).toBe(204);
    await sheet.getByRole("button", { name: "Erase everything, for ever" }).click();
    await page.getByRole("button", { name: "Erase everything", exact: true }).waitFor({ state: "detached" });
    await page.getByText("This thing doesn't open on this device any more.").waitFor();
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/t/${twin}/manage`);
    await expect.poll(() => thingsHere(page)).toBe(1);
    expect((await api.get(`/v1/twins/${twin}`, other.token)).status).toBe(200);
  });

  it("removes it from this device alone, and warns where nothing else opens it", async () => {
    const mine = await device();
    const { page, twin, token } = mine;
    await go(mine, "papers");
    await page.getByLabel("Price").fill("12 €");
    await go(mine, "manage");
    await press(page, "Remove from this device");
    const sheet = page.getByRole("dialog", { name: "Remove Model T from this device?" });
    await sheet.getByText("nothing will ever open this thing again").waitFor();
    await sheet.getByRole("button", { name: "Remove it here" }).click();
    await page.waitForURL(`${server.url}/`);
    await eventually(
      () => thingsHere(page),
      (count) => count === 0,
    );
    expect((await api.get(`/v1/twins/${twin}`, token)).status).toBe(200);
    await expect.poll(() => keptUnder(page, "meta", `papers:${twin}`)).toBeUndefined();
  });

  it("lets a member leave, and the way in is gone", async () => {
    const mine = await device();
    const { page, twin, token } = mine;
    const scopes = ["twin:read", "notes:own", "notes:write"];
    const member = await api.post(`/v1/twins/${twin}/channels`, { label: "Kim", scopes }, token);
    await giveThing(page, api, { twin, token: member.body.token });
    await go(mine, "manage");
    await expect.poll(() => page.getByRole("button", { name: "Erase everything" }).count()).toBe(0);
    await press(page, "Leave this thing");
    await page.getByRole("dialog").getByRole("button", { name: "Leave", exact: true }).click();
    await page.waitForURL(`${server.url}/`);
    await eventually(
      () => thingsHere(page),
      (count) => count === 0,
    );
    expect((await api.get(`/v1/twins/${twin}`, member.body.token)).status).toBe(401);
    expect((await api.get(`/v1/twins/${twin}`, token)).status).toBe(200);
  });
});
