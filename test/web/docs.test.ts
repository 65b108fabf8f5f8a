// The page of the API as people meet it, in a real browser from the real server: by eye, by keyboard and by screen reader.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { formatSecret, signWebhook } from "../../src/relay/sign.ts";
import { startServer, type TestServer } from "../support/server/server.ts";
import { axeFindings, launchBrowser, openPage, type WatchedPage } from "../support/web/browser.ts";

const WIDTHS = [390, 1280] as const;
/** Every call of the API, unfolded, takes axe a while: each width and each scheme once. */
const SCHEMES = [
  ["light", 390],
  ["dark", 1280],
] as const;
const UNFOLD = "document.querySelectorAll('details').forEach((details) => { details.open = true; })";

let server: TestServer;
let browser: Browser;
const opened: BrowserContext[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
});
afterEach(async () => {
  for (const context of opened.splice(0)) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.discard();
});

async function open(path: string, width: number, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const watched = await openPage(browser, server.url + path, { viewport: { width, height: 844 }, ...options });
  opened.push(watched.context);
  return watched;
}

describe("/docs", () => {
  it.each(SCHEMES)("has nothing that axe objects to, in %s, all unfolded", async (colorScheme, width) => {
    const { page } = await open("/docs", width, { colorScheme, bypassCSP: true });
    await page.evaluate(UNFOLD);
    expect(await axeFindings(page)).toEqual([]);
  });

  it.each(WIDTHS)(
    "complains of nothing at %i px, asks only its own origin, and never scrolls sideways as a whole, nor at 360 px",
    async (width) => {
      const { page, complaints, asked } = await open("/docs", width);
      expect(complaints).toEqual([]);
      expect(asked.length).toBeGreaterThanOrEqual(3);
      expect(asked.filter((url) => new URL(url).origin !== server.url)).toEqual([]);
      await page.evaluate(UNFOLD);
      for (const wide of width === 390 ? [width, 360] : [width]) {
        await page.setViewportSize({ width: wide, height: 844 });
        expect([wide, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([wide, wide]);
      }
    },
  );

  it("begins for the keyboard with a link that skips to the content", async () => {
    const { page } = await open("/docs", 1280);
    await page.keyboard.press("Tab");
    const focused = (): Promise<{ text: string; top: number; outline: string }> =>
      page.evaluate(
        "(() => { const it = document.activeElement; return { text: it.textContent, top: it.getBoundingClientRect().top, outline: getComputedStyle(it).outlineStyle }; })()",
      );
    const skip = await focused();
    expect(skip).toMatchObject({ text: "Skip to the content", outline: "solid" });
    expect(skip.top).toBeGreaterThanOrEqual(0);
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("content");
    await page.keyboard.press("Tab");
    await expect
      .poll(() => page.evaluate("document.querySelector('main').contains(document.activeElement)"))
      .toBe(true);
  });
});

it("lets the keyboard scroll a code block that is wider than the page", async () => {
  const { page } = await open("/docs", 390);
  const block = page.getByLabel("Verifying a webhook in JavaScript");
  await block.focus();
  const pressed = async (): Promise<number> => {
    await page.keyboard.press("ArrowRight");
    return block.evaluate((element) => element.scrollLeft);
  };
  await expect.poll(pressed).toBeGreaterThan(0);
});

it("leads from the table of contents to a call", async () => {
  const { page } = await open("/docs", 1280);
  await page
    .getByRole("navigation", { name: "Contents" })
    .getByRole("link", { name: "Write a note", exact: true })
    .click();
  await page.locator("#post-v1-twins-twin-notes h3").waitFor({ state: "visible" });
  await expect.poll(() => new URL(page.url()).hash).toBe("#post-v1-twins-twin-notes");
});

it("prints what is folded away on the screen", async () => {
  const { page } = await open("/docs", 1280);
  const folded = page.locator("#post-v1-twins-twin-notes details.answer table");
  await expect.poll(() => folded.isVisible()).toBe(false);
  await page.emulateMedia({ media: "print" });
  await expect.poll(() => folded.isVisible()).toBe(true);
});

it("shows code that verifies a webhook as this server signs it, and refuses any other", async () => {
  const { page } = await open("/docs", 1280);
  const folder = await mkdtemp(join(tmpdir(), "pico-twins-docs-"));
  try {
    const file = join(folder, "verify.mjs");
    await writeFile(file, await page.getByLabel("Verifying a webhook in JavaScript").innerText());
    const { isGenuine } = (await import(file)) as {
      isGenuine: (headers: Record<string, string>, body: Uint8Array, secret: string) => boolean;
    };
    const key = () => ({
      secret: crypto.getRandomValues(new Uint8Array(32)),
      seed: crypto.getRandomValues(new Uint8Array(32)),
    });
    const [old, current] = [key(), key()];
    const body = Buffer.from('{"type":"note.sent"}');
    const sign = (timestampSeconds: number) =>
      signWebhook({ id: "evt_1", timestampSeconds, body, keys: [current, old] });
    const now = Math.floor(Date.now() / 1000);
    const headers = await sign(now);
    expect(isGenuine(headers, body, formatSecret(current.secret))).toBe(true);
    expect(isGenuine(headers, body, formatSecret(old.secret))).toBe(true);
    expect(isGenuine(headers, body, formatSecret(key().secret))).toBe(false);
    expect(isGenuine(headers, Buffer.from('{"type":"note.lost"}'), formatSecret(old.secret))).toBe(false);
    expect(isGenuine(await sign(now - 600), body, formatSecret(old.secret))).toBe(false);
    expect(isGenuine({}, body, formatSecret(old.secret))).toBe(false);
  } finally {
    await rm(folder, { recursive: true });
  }
});
