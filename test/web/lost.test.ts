// A person at an address that isn't one: told in words, with a way on, whatever the status says to programs.

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

it.each([
  ["/nowhere", 404, "There is nothing here"],
  ["/t/x/y/z", 404, "There is nothing here"],
  ["/01/09521234543210/21/1", 400, "This isn't a whole label"],
] as const)("%s says so on a page, and as problem details to a program", async (path, status, title) => {
  const page = await browser.newPage();
  const answer = await page.goto(server.url + path);
  expect(answer?.status()).toBe(status);
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  const told = await fetch(server.url + path, { headers: { Accept: "application/json" } });
  expect([told.status, told.headers.get("Content-Type")]).toEqual([status, "application/problem+json"]);
  await page.close();
});
