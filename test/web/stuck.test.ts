// A connection that goes before all of the app is on the device: the page that is missing says so, and comes when it can.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/server/server.ts";
import { launchBrowser } from "../support/web/browser.ts";

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.discard();
});

it("says that a page is not on the device yet, and opens it on asking once there is a connection", async () => {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(server.url);
  const add = page.getByRole("link", { name: "Add anything you own" });
  await add.waitFor();
  await context.setOffline(true);
  await add.click();
  await page.getByRole("heading", { level: 1, name: "This page isn't on your device yet" }).waitFor();
  await context.setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("heading", { level: 1, name: "Add a thing" }).waitFor();
  expect(faults).toEqual([]);
  await context.close();
});
