// Every page of the desk, with something on it, and what is done there: a recall, a known issue, a delivery, a check, a link for a colleague.

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DESK_PATHS } from "../../src/api/desk-paths.ts";
import { Receiver } from "../support/server/receiver.ts";
import { startServer, type TestServer, UNLIMITED } from "../support/server/server.ts";
import { launchBrowser } from "../support/web/browser.ts";
import { furnish, numbersOf, openDesk, type DeskPage, type DeskWorld } from "../support/web/desk.ts";
import { axeFaults, englishLeft, fitFaults, onEvery } from "../support/web/every-page.ts";

let server: TestServer;
let browser: Browser;
let receiver: Receiver;
let world: DeskWorld;
let sweep: DeskPage;
let paths: readonly string[];
const opened: DeskPage[] = [];

async function open(path: string, options = {}): Promise<DeskPage> {
  const { domain: maker, key } = world.maker;
  const desk = await openDesk(browser, server.url, { maker, key }, path, options);
  opened.push(desk);
  return desk;
}
const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" });
const dialog = (page: Page) => page.locator("dialog[open]");

beforeAll(async () => {
  receiver = await new Receiver().up();
  [server, browser] = await Promise.all([
    startServer({ env: { ...UNLIMITED, ALLOW_LOOPBACK_WEBHOOKS: "1", RELAY_TIME_SCALE: "20" } }),
    launchBrowser(),
  ]);
  world = await furnish(server, receiver);
  const { owners, note, issue, notice, gtin } = world;
  paths = [
    ...DESK_PATHS.map((path) =>
      path.replace(":twin", owners[0]!.twin).replace(":note", note).replace(":issue", issue).replace(":notice", notice),
    ),
    "/desk/notices?new=1",
    "/desk/insights?from=2026-07-06&to=2026-10-04",
  ];
  sweep = await open("/desk", { bypassCSP: true, viewport: { width: 390, height: 844 } });
  await sweep.context.route("**/v1/makers/*/insights?from=2026-07-06*", (route) => route.fulfill({ json: numbersOf(issue, gtin) }));
});
afterAll(async () => {
  await browser?.close();
  await server?.discard();
  await receiver?.down();
});

/** Every page, with what is folded on it unfolded. */
const tour = () => ({
  page: sweep.page,
  origin: server.url,
  paths,
  ready: async (path: string) => {
    if (path.includes("from=")) await sweep.page.locator(".columns").waitFor();
    await sweep.page.evaluate(`for (const one of document.querySelectorAll("main details")) one.open = true`);
  },
});

describe("every page of the desk", () => {
  it("has nothing that axe objects to, light and dark, on a phone and on a desk", async () => {
    expect(await onEvery(tour(), axeFaults)).toEqual({});
  });

  it("has one title, keeps to the screen, can be reached by keyboard and pressed by thumb, in either direction and at twice the size", async () => {
    expect(await onEvery(tour(), fitFaults)).toEqual({});
  });

  it("speaks German when it is asked to, every word of it", async () => {
    const { page } = sweep;
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${server.url}/desk/team`);
    await page.locator(".who").click();
    await dialog(page).getByRole("radio", { name: "Deutsch" }).check();
    await page.getByRole("heading", { name: "Team", level: 1 }).waitFor();
    // What was written by people is nobody's to translate; nor are names of events and paths, and what the server's own log says.
    const theirs =
      /The sole came off\.|Soles come off when they get hot|Keep them away from heaters\.|Laces are short|The heel can break|Do not run in them\.|Ask for the size|Hello \[name\], which size do you wear\?|Spare laces end|Order before May\.|They go on\.|the queue is full|Your server [^.]*\.|\S*\/[\w{}-]+\S*/g;
    const left = await onEvery(tour(), async (page) => ({ english: await englishLeft(page, theirs) }));
    expect(left).toEqual({});
  });
});

describe("at the desk", () => {
  it("a recall is announced after whom it reaches was read, and is seen to finish", async () => {
    const { page } = await open("/desk/notices");
    await page.getByRole("link", { name: "New notice" }).click();
    await page.getByLabel("Product", { exact: true }).fill(world.gtin);
    await page.getByRole("radio", { name: "Some, by serial number" }).check();
    await page.getByLabel("Serial numbers").fill("A1\nA 2\n");
    await page.getByLabel("Title").fill("The lace hooks can cut");
    await page.getByLabel("Text").fill("Stop wearing them.");
    await expect.poll(() => page.locator(".told").innerText()).toContain("The lace hooks can cut");
    await button(page, "Go on: whom it reaches").click();
    await page.getByText("Line 2 is no serial number: A 2").waitFor();
    await page.getByRole("radio", { name: "Every item" }).check();
    await button(page, "Go on: whom it reaches").click();
    await page.getByText("With or without terms.").waitFor();
    expect((await world.api.get(`/v1/products/${world.gtin}/notices`)).body.items).toHaveLength(1);
    await button(page, "Announce this recall").click();
    await page.getByRole("heading", { level: 1, name: "The lace hooks can cut" }).waitFor();
    await page.getByText("Everyone is told").waitFor({ timeout: 20_000 });
    expect(await page.locator(".reach").innerText()).toMatch(/Told: \d+ to \d+ of \d+ to \d+ owners/);
    const [owner] = world.owners;
    const { body } = await world.api.get(`/v1/twins/${owner!.twin}/notices`, owner!.token);
    expect(body.items.map(({ title }: { title: string }) => title)).toContain("The lace hooks can cut");
  });

  it("a known issue's owners are told where it stands now, in the words that were shown first", async () => {
    const { page } = await open(`/desk/issues/${world.issue}`);
    await page.getByRole("link", { name: /The sole came off/ }).waitFor();
    await button(page, "Say how it stands now").click();
    const sheet = dialog(page);
    await sheet.getByRole("radio", { name: "Fixed", exact: true }).check();
    await sheet.getByLabel("Fixed in").fill("batch 14");
    await sheet.getByLabel("What owners are told").fill("New glue that stands the heat.");
    await sheet.getByRole("button", { name: "See what owners will read" }).click();
    const shown = sheet.locator(".issue-of-note");
    expect(await shown.innerText()).toContain("You said, they changed");
    expect(await shown.innerText()).toContain("Fixed in batch 14");
    await sheet.getByRole("button", { name: "Tell them" }).click();
    await sheet.waitFor({ state: "detached" });
    const [owner] = world.owners;
    const read = async () =>
      (await world.api.get(`/v1/twins/${owner!.twin}/notes/${world.note}`, owner!.token)).body.knownIssue;
    await expect.poll(read, { timeout: 20_000 }).toMatchObject({
      status: "fixed",
      fixedIn: "batch 14",
      text: "New glue that stands the heat.",
    });
  });

  it("a delivery that was refused is unfolded and sent again by keyboard", async () => {
    const { page } = await open(`/desk/deliveries?endpoint=${world.bad.id}`);
    const line = page.locator(".delivery").first();
    await line.waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await line.getByText("the queue is full").first().waitFor();
    world.bad.hook.script = () => ({ takes: true, give: (response) => response.writeHead(200).end() });
    await page.keyboard.press("r");
    await page.locator(".toast").getByText("1 event goes out again.").waitFor();
    await expect.poll(() => world.bad.hook.taken.length, { timeout: 20_000 }).toBe(1);
    await expect.poll(() => line.innerText(), { timeout: 20_000 }).toContain("Delivered");
  });

  it("a new endpoint's secret is shown once, and the check says what is wrong until it verifies", async () => {
    const hook = receiver.hook("by-hand");
    const { page } = await open("/desk/endpoints");
    await button(page, "New endpoint").click();
    const sheet = dialog(page);
    await sheet.getByLabel("Address").fill(hook.url);
    await sheet.getByLabel("What it is for").fill("Tickets");
    await button(page, "Save").click();
    await sheet.getByRole("heading", { name: "Its secret, shown this once" }).waitFor();
    const secret = await sheet.locator("pre").first().innerText();
    expect(secret).toMatch(/^whsec_/);
    await button(page, "I have put it away").click();
    await sheet.waitFor({ state: "detached" });
    expect(await page.content()).not.toContain(secret);

    const tickets = page.getByRole("group", { name: "Tickets" });
    // It has another secret: it refuses everything.
    hook.learn(`whsec_${btoa("x".repeat(32))}`);
    await tickets.getByRole("button", { name: "Check the signature" }).click();
    await button(page, "Send the three").click();
    await sheet.getByText("It does not verify yet").waitFor();
    expect(await sheet.locator(".check-steps li").nth(2).innerText()).toContain("newest secret");
    hook.learn(secret);
    await button(page, "Send them again").click();
    await sheet.getByText("It verifies what it is sent").waitFor();
    await button(page, "Close").click();
    await page.getByText("Verifies signatures").waitFor();
  });

  it("a link signs one colleague in, once, and is gone from the address", async () => {
    const { page } = await open("/desk/team");
    await button(page, "Invite somebody").click();
    await dialog(page).getByLabel("Name").fill("Cleo Marsh");
    await button(page, "Make the link").click();
    const link = await dialog(page).locator("pre").innerText();
    const context = await browser.newContext({ locale: "en-GB" });
    const theirs = await context.newPage();
    await theirs.goto(link.trim());
    await theirs.getByRole("heading", { name: "Sign in to the desk of lamo.example" }).waitFor();
    expect(theirs.url()).not.toContain("~");
    await button(theirs, "Sign in here").click();
    await theirs.getByRole("button", { name: /Cleo Marsh/ }).waitFor();
    const late = await (await browser.newContext({ locale: "en-GB" })).newPage();
    await late.goto(link.trim());
    await button(late, "Sign in here").click();
    await late.getByText("This link doesn't work.").waitFor();
    await page.reload();
    await page.getByText("Cleo Marsh").first().waitFor();
  });

  it("complained of nothing in all that, and asked its own origin only, never with a key in an address", () => {
    const asked = opened.flatMap((desk) => desk.asked);
    expect(opened.flatMap((desk) => desk.complaints)).toEqual([]);
    expect(asked.length).toBeGreaterThan(paths.length);
    expect(asked.filter((url) => !url.startsWith("blob:") && new URL(url).origin !== server.url)).toEqual([]);
    expect(asked.filter((url) => /~[\w-]{43}/.test(decodeURIComponent(url)))).toEqual([]);
  });
});
