// The budget of a scanned label: what is loaded before anything can be typed. Time is the bench's business.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/server/server.ts";
import { launchBrowser } from "../support/web/browser.ts";
import { firstLoad } from "../support/web/first-load.ts";

const KIB = 1024;

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.discard();
});

it("a scanned label loads at most 60 KiB of compressed JavaScript and 15 KiB of CSS", async () => {
  const { scriptBytes, styleBytes } = await firstLoad(browser, `${server.url}/01/09521234543213/21/A1`, {
    slow: false,
  });
  // Something was measured at all.
  expect(scriptBytes).toBeGreaterThan(5 * KIB);
  expect(styleBytes).toBeGreaterThan(KIB);
  expect(scriptBytes).toBeLessThanOrEqual(60 * KIB);
  expect(styleBytes).toBeLessThanOrEqual(15 * KIB);
});
