// From a scanned label to the first note: who is asked for the code, who isn't, and that no code is ever used up in vain.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../support/client.ts";
import { freshGtin, join, type TestMaker } from "../support/people.ts";
import { startServer, type TestServer } from "../support/server/server.ts";
import { axeFindings, launchBrowser, openContext, openPage, type WatchedPage } from "../support/web/browser.ts";
import { camera } from "../support/web/camera.ts";
import { claimOnDevice, writeNote } from "../support/web/owner.ts";

type Label = { readonly path: string; readonly gtin: string; readonly serial: string; readonly code: string };

const CODE = "Code from inside the packaging";
const MINE = "It's mine";
const ON_WRITE = /\/t\/[^/]+\/write$/;
const NOT_ASKED = "We don't ask for the code here";

let server: TestServer;
let browser: Browser;
let api: Client;
let maker: TestMaker;
let other: Server;
const opened: BrowserContext[] = [];

beforeAll(async () => {
  const env = { LIMIT_ANONYMOUS: "0", LIMIT_FAILED_CLAIMS: "0" };
  [server, browser] = await Promise.all([startServer({ env }), launchBrowser()]);
  api = new Client(fetch, server.url);
  maker = await join(api, server.operatorKey);
  // Somebody else's page, with a link to any label, such as `/01/…`.
  other = createServer((request, response) => {
    response.setHeader("Content-Type", "text/html");
    response.end(
      `<!doctype html><title>A shop</title><a rel="noreferrer" href="${server.url}${request.url}">Your product</a>`,
    );
  });
  await new Promise<void>((listening) => other.listen(0, "127.0.0.1", listening));
});
afterEach(async () => {
  for (const context of opened.splice(0)) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.discard();
  other?.close();
});

async function labels(count = 1): Promise<Label[]> {
  const gtin = freshGtin();
  const made = await api.post(`/v1/makers/${maker.domain}/labels`, { gtin, model: "Kettle K2", count }, maker.key);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body.labels.map(({ url, ...label }: { url: string } & Label) => ({
    ...label,
    path: new URL(url).pathname,
  }));
}
const label = async (): Promise<Label> => (await labels())[0]!;

async function open(path: string, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const watched = await openPage(browser, server.url + path, {
    viewport: { width: 390, height: 844 },
    bypassCSP: true,
    ...options,
  });
  opened.push(watched.context);
  return watched;
}
/** What the page says, its own words only. */
const mainText = (page: Page): Promise<string> => page.getByRole("main").innerText();
const claimIn = async (page: Page, code: string): Promise<void> => {
  await page.getByLabel(CODE).fill(code);
  await page.getByRole("button", { name: MINE }).click();
};

describe("the page of a label", () => {
  it.each(["light", "dark"] as const)(
    "has nothing that axe objects to, complains of nothing and asks only its origin, in %s",
    async (colorScheme) => {
      const { page, complaints, asked } = await open((await label()).path, { colorScheme });
      await page.getByRole("heading", { level: 1, name: "Kettle K2" }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      await expect.poll(() => page.evaluate("document.documentElement.scrollWidth")).toBe(320);
      expect(complaints).toEqual([]);
      expect(asked.filter((url) => new URL(url).origin !== server.url)).toEqual([]);
    },
  );

  it("is the same whether the item is claimed, unclaimed or was never made", async () => {
    const [claimed, unclaimed] = await labels(2);
    await api.post("/v1/claims", { gtin: claimed!.gtin, serial: claimed!.serial, code: claimed!.code });
    const invented = `/01/${claimed!.gtin}/21/invented-by-me`;
    const texts: string[] = [];
    for (const path of [claimed!.path, unclaimed!.path, invented]) {
      const { page } = await open(path);
      await page.getByRole("heading", { level: 1, name: "Kettle K2" }).waitFor();
      await page.getByLabel(CODE).waitFor();
      texts.push(await mainText(page));
    }
    expect(texts[1]).toBe(texts[0]);
    expect(texts[2]).toBe(texts[0]);

    const { page } = await open(`/01/${freshGtin()}/21/A1`);
    await page.getByRole("heading", { level: 1, name: "This thing" }).waitFor();
    await page.getByLabel(CODE).waitFor();
  });

  it("says which address is the right one, and asks for no code under another", async () => {
    const { path } = await label();
    const { page } = await open(path);
    await page.getByText(`This page is on ${new URL(server.url).host}. That's what the label says.`).waitFor();

    // A copy of the page at another address than the one it names.
    await page.route(`**${path}`, async (route) => {
      const copy = await route.fetch();
      const body = (await copy.text()).replace(`data-origin="${server.url}"`, 'data-origin="https://twins.example"');
      await route.fulfill({ response: copy, body });
    });
    await page.reload();
    await page.getByRole("heading", { name: "This isn't the address on the label" }).waitFor();
    await expect.poll(() => page.getByLabel(CODE).count()).toBe(0);
    await expect
      .poll(() => page.getByRole("link", { name: "Open it on twins.example" }).getAttribute("href"))
      .toBe(`https://twins.example${path}`);
    expect(await axeFindings(page)).toEqual([]);
  });
});

describe("claiming", () => {
  it("takes three screens at most from the label to the first note that is sent", async () => {
    const { path, code } = await label();
    const { page } = await open(path);
    const screens = [new URL(page.url()).pathname];
    page.on("framenavigated", () => {
      const { pathname } = new URL(page.url());
      if (screens.at(-1) !== pathname) screens.push(pathname);
    });
    await claimIn(page, code);
    await page.waitForURL(ON_WRITE);
    const twin = new URL(page.url()).pathname.split("/")[2]!;
    await writeNote({ page, twin }, "It hums at night.", `Maker ${maker.domain}`);
    await page.getByText("It hums at night.").waitFor();
    expect(screens).toEqual([path, `/t/${twin}/write`, `/t/${twin}`]);
  });

  it("forgives how the code is typed: case, groups, O for 0, I and L for 1", async () => {
    const { path, code } = await label();
    const { page } = await open(path);
    const typed = code.toLowerCase().replaceAll("-", "  ").replaceAll("0", "O").replaceAll("1", "l");
    await claimIn(page, ` ${typed} `);
    await page.waitForURL(ON_WRITE);
  });

  it("says what is wrong with a code before anybody is asked, and keeps what was typed", async () => {
    const { page, asked } = await open((await label()).path);
    await claimIn(page, "abcd-efg");
    await page.getByText("A code has 16 letters and digits; this has 7.").waitFor();
    await claimIn(page, "abcd-efgh-uuuu-uuuu");
    await page.getByText("There's a character in it that codes don't have.").waitFor();
    expect(asked.filter((url) => url.includes("/v1/claims"))).toEqual([]);
    await expect.poll(() => page.evaluate("document.activeElement.value")).toBe("abcd-efgh-uuuu-uuuu");
  });

  it("says that a wrong code is refused, beside the field", async () => {
    const { page } = await open((await label()).path);
    await claimIn(page, "aaaa-aaaa-aaaa-aaaa");
    await page.getByRole("alert").getByText("That code doesn't open this item.").waitFor();
    await expect.poll(() => page.getByLabel(CODE).getAttribute("aria-invalid")).toBe("true");
    expect(await axeFindings(page)).toEqual([]);
  });

  it("says how long to wait when too much was tried", async () => {
    const { page } = await open((await label()).path);
    await page.route("**/v1/claims", (route) =>
      route.fulfill({
        status: 429,
        headers: { "Retry-After": "42", "Content-Type": "application/problem+json" },
        body: JSON.stringify({ code: "rate-limited", title: "Too many requests" }),
      }),
    );
    await claimIn(page, "aaaa-aaaa-aaaa-aaaa");
    await page.getByText("Too much at once. Try again in 42 seconds.").waitFor();
  });

  it("reads the code from the fragment once and takes it out of the address at once", async () => {
    const { path, code } = await label();
    const { page, asked } = await open(`${path}#${code}`);
    await page.getByLabel(CODE).waitFor();
    await expect.poll(() => page.getByLabel(CODE).inputValue()).toBe(code);
    expect(await page.evaluate("location.href")).toBe(server.url + path);
    await expect.poll(() => page.evaluate("history.length")).toBeLessThanOrEqual(2);
    await page.getByRole("button", { name: MINE }).click();
    await page.waitForURL(ON_WRITE);
    expect(asked.filter((url) => url.toUpperCase().includes(code.slice(0, 9)) && !url.includes("#"))).toEqual([]);
    await page.goBack();
    await expect.poll(() => page.url()).toBe(server.url + path);
  });

  it("keeps the code when there is no connection, and claims with it later", async () => {
    const { path, code } = await label();
    const { page, context } = await open(path);
    await page.waitForLoadState("networkidle");
    await context.setOffline(true);
    await claimIn(page, code);
    await page.getByRole("heading", { name: "No connection" }).waitFor();
    await expect.poll(() => page.getByLabel(CODE).inputValue()).toBe(code);
    expect(await axeFindings(page)).toEqual([]);
    await context.setOffline(false);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.waitForURL(ON_WRITE);
  });

  it("an answer that was lost doesn't use up the code, even when the tab was closed over it", async () => {
    const { path, code } = await label();
    const { page, context } = await open(path);
    const keys: (string | undefined)[] = [];
    await context.route("**/v1/claims", async (route) => {
      keys.push(route.request().headers()["idempotency-key"]);
      if (keys.length > 1) return route.continue();
      // The server has done it; the phone never hears.
      const { status } = await fetch(`${server.url}/v1/claims`, {
        method: "POST",
        headers: route.request().headers(),
        body: route.request().postData(),
      });
      expect(status).toBe(201);
      return route.abort();
    });
    await claimIn(page, code);
    await page.getByRole("heading", { name: "No connection" }).waitFor();
    await page.close();

    const again = await context.newPage();
    await again.goto(server.url + path);
    await again.getByText("You began this before. Your code is still here.").waitFor();
    await expect.poll(() => again.getByLabel(CODE).inputValue()).toBe(code);
    await again.getByRole("button", { name: MINE }).click();
    await again.waitForURL(ON_WRITE);
    expect(keys).toHaveLength(2);
    expect(keys[0]!.length).toBeGreaterThanOrEqual(22);
    expect(keys[1]).toBe(keys[0]);
  });

  it("leads to the thing where it is on this device already", async () => {
    const { path, code } = await label();
    const { page } = await open(path);
    await claimIn(page, code);
    await page.waitForURL(ON_WRITE);
    const thing = new URL(page.url()).pathname.replace(/\/write$/, "");
    await page.goto(server.url + path);
    await page.getByRole("heading", { name: "You have this one" }).waitFor();
    await expect.poll(() => page.getByLabel(CODE).count()).toBe(0);
    await page.getByRole("link", { name: "Open it" }).click();
    await page.waitForURL(server.url + thing);
  });

  it("goes without a code, too, for whoever lost the card", async () => {
    const { path, gtin, serial, code } = await label();
    const { page } = await open(path);
    await page.getByRole("heading", { level: 1, name: "Kettle K2" }).waitFor();
    await page.getByRole("button", { name: "Add it without a code" }).click();
    await page.waitForURL(ON_WRITE);
    await page.goto(server.url + path);
    await page.getByRole("heading", { name: "You have this one" }).waitFor();
    // Nothing was taken from whoever holds the code.
    expect((await api.post("/v1/claims", { gtin, serial, code })).status).toBe(201);
  });
});

describe("whoever bought it used", () => {
  it("is led from its label to the handover, with which its history comes", async () => {
    const { path } = await label();
    const { page } = await open(path);
    await page.getByRole("link", { name: "I have a handover code" }).click();
    await page.waitForURL(`${server.url}/h?new`);
    await page.getByRole("heading", { level: 1, name: "Getting it from someone" }).waitFor();
  });
});

describe("whoever comes by a link on another page", () => {
  it("is never asked for the code, not even one that the link brought along, and is told what to do", async () => {
    const { path, code } = await label();
    const { port } = other.address() as AddressInfo;
    const { page } = await open("/");
    for (const fragment of ["", `#${code}`]) {
      await page.goto(`http://localhost:${port}${path}`);
      await page.evaluate(`document.querySelector("a").href += ${JSON.stringify(fragment)}`);
      await page.getByRole("link", { name: "Your product" }).click();
      await page.getByRole("heading", { name: NOT_ASKED }).waitFor();
      expect(await page.evaluate("location.href")).toBe(server.url + path);
      await expect.poll(() => page.getByLabel(CODE).count()).toBe(0);
      await expect.poll(() => mainText(page)).toContain(`it begins with ${new URL(server.url).host}/01/`);
      await expect.poll(() => page.content()).not.toContain(code);
      expect(await axeFindings(page)).toEqual([]);
    }
    // Whoever scans the label comes by no link.
    await page.goto(server.url + path);
    await page.getByLabel(CODE).waitFor();
  });
});

describe("the camera", () => {
  async function withCamera(path: string, sees: string | null): Promise<Page> {
    const context = await openContext(browser, { viewport: { width: 390, height: 844 }, bypassCSP: true });
    opened.push(context);
    await context.addInitScript({ content: camera(sees) });
    const page = await context.newPage();
    await page.goto(server.url + path);
    return page;
  }

  it("reads the code, fills it in and is switched off", async () => {
    const { path, code } = await label();
    const page = await withCamera(path, `${server.url}${path}#${code}`);
    await page.getByRole("button", { name: "Scan the code" }).click();
    await page.getByText("One tap and it's yours.").waitFor();
    await expect.poll(() => page.getByLabel(CODE).inputValue()).toBe(code);
    await expect
      .poll(() => page.evaluate("window.stream.getTracks().every((track) => track.readyState === 'ended')"))
      .toBe(true);
    await page.getByRole("button", { name: MINE }).click();
    await page.waitForURL(ON_WRITE);
  });

  it("says what it saw instead, and looks on", async () => {
    const page = await withCamera((await label()).path, "https://example.com/menu");
    await page.getByRole("button", { name: "Scan the code" }).click();
    await page.getByText("That's not the code of this item.").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByLabel(CODE).waitFor();
    await expect
      .poll(() => page.evaluate("window.stream.getTracks().every((track) => track.readyState === 'ended')"))
      .toBe(true);
  });

  it("takes no for an answer", async () => {
    const page = await withCamera((await label()).path, null);
    await page.getByRole("button", { name: "Scan the code" }).click();
    await page.getByRole("heading", { name: "The camera isn't allowed" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Type it instead" }).click();
    await page.getByLabel(CODE).waitFor();
  });

  it("is not offered where the browser reads no codes", async () => {
    const { page } = await open((await label()).path);
    await page.getByLabel(CODE).waitFor();
    await page.waitForLoadState("networkidle");
    await expect.poll(() => page.getByRole("button", { name: /scan/i }).count()).toBe(0);
  });

  it("leads from a label that was held up in the app to its page, which then asks for the code", async () => {
    const { path } = await label();
    const page = await withCamera("/", server.url + path);
    await page.getByRole("button", { name: "Scan a label" }).click();
    await page.waitForURL(server.url + path);
    await page.getByLabel(CODE).waitFor();
  });
});

describe("whoever found a thing", () => {
  it("tells its owner from the label's page, if the owner wants to hear of it, and is told nothing of anyone", async () => {
    const owner = await claimOnDevice(browser, api, maker);
    opened.push(owner.context);
    const { gtin, serial } = (await api.get(`/v1/twins/${owner.twin}`, owner.token)).body.product;
    await owner.page.goto(`${server.url}/t/${owner.twin}/manage`);
    await owner.page.getByRole("button", { name: "I have lost it" }).click();
    const lost = owner.page.locator(".notice", { hasText: "You said that it is lost" });
    await lost.getByRole("checkbox", { name: /reports it as found/ }).check();
    await owner.page.locator(".toast", { hasText: "You are told when somebody finds it" }).waitFor();

    const { page } = await open(`/01/${gtin}/21/${serial}`);
    await page.getByRole("link", { name: "Found it? Tell its owner" }).click();
    await page.getByRole("heading", { level: 1, name: "Found it?" }).waitFor();
    const tell = page.getByRole("button", { name: "Tell its owner" });
    await tell.click();
    await page.getByText("Write a few words first.").waitFor();
    await page.getByLabel("What did you find").fill("It lay on the bench by the river.");
    await page.getByLabel("How can they reach you?").fill("0660 123");
    await page.context().setOffline(true);
    await tell.click();
    await page.getByText("Your words are still here.").waitFor();
    await page.context().setOffline(false);
    // Where the button is, twice: what it takes away must leave no way out under the finger.
    await tell.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await tell.boundingBox())!;
    await page.mouse.click(x + width / 2, y + height / 2);
    await page.mouse.click(x + width / 2, y + height / 2);
    await page.getByText("Your words are on their way.").waitFor();
    await page.mouse.click(x + width / 2, y + height / 2);
    await page.getByText("Your words are on their way.").waitFor();
    await expect.poll(() => mainText(page)).not.toContain(owner.twin);

    await owner.page.goto(server.url);
    await owner.page.getByText("One thing, 1 new for you.").waitFor();
    await owner.page.getByText("Somebody says they found it").first().waitFor();
    await owner.page.goto(`${server.url}/t/${owner.twin}`);
    const news = owner.page.locator(".notice", { hasText: "Somebody says they found it" });
    await news.getByText("It lay on the bench by the river.").waitFor();
    await news.getByText("0660 123").waitFor();
    await news.getByRole("button", { name: "Done with it" }).click();
    await news.waitFor({ state: "detached" });
    expect(owner.faults).toEqual([]);
  });
});
