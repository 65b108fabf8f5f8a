// Being told while the app is closed, from the tick in the app to what a push service gets. This Chromium has no push service of its
// own: the page's PushManager subscribes at one of ours, on loopback, and a library that is not ours opens what arrives there.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Client } from "../support/client.ts";
import { agree, claim, join, write } from "../support/people.ts";
import { PushService } from "../support/server/push-service.ts";
import { startServer, type TestServer } from "../support/server/server.ts";
import { launchBrowser, openContext } from "../support/web/browser.ts";
import { giveThing } from "../support/web/owner.ts";

let server: TestServer;
let browser: Browser;
let pushes: PushService;
beforeAll(async () => {
  const env = { ALLOW_LOOPBACK_WEBHOOKS: "1" };
  [server, browser, pushes] = await Promise.all([startServer({ env }), launchBrowser(), new PushService().up()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.discard();
  await pushes?.down();
});

/** Stands in for the browser's own: what it was asked with, and what it answers. Runs in the page before anything of its own. */
const subscribing = (subscription: object): string => `
  let here = null;
  const subscription = { toJSON: () => (${JSON.stringify(subscription)}), unsubscribe: async () => { here = null; return true; } };
  PushManager.prototype.subscribe = async (options) => { globalThis.askedWith = options; return (here = subscription); };
  PushManager.prototype.getSubscription = async () => here;
  globalThis.Notification = class { static permission = "default"; static requestPermission = async () => (Notification.permission = "granted"); };
`;

/** A page that is never idle: it is left alone with what waits for that until that waits no longer. */
const BUSY =
  "globalThis.requestIdleCallback = (then, options) => options?.timeout && setTimeout(then, options.timeout);";

it("is off until it is ticked, tells of an answer without a word of it, and stops at a tap", async () => {
  const api = new Client(fetch, server.url);
  const maker = await join(api, server.operatorKey);
  const owner = await claim(api, maker);
  const { twin, token } = owner;
  await agree(api, owner);
  const note = await write(api, owner, "The lid sticks.", { send: true });
  const answered = (text: string) =>
    api.post(`/v1/makers/${maker.domain}/threads/${twin}/${note.id}/messages`, { text }, maker.key);

  const phone = pushes.browser();
  const context = await openContext(browser, { serviceWorkers: "allow" });
  await context.addInitScript(BUSY + subscribing(phone.subscription()));
  const page = await context.newPage();
  await page.goto(server.url);
  await giveThing(page, api, owner);
  // The first page with a thing on it: the service worker isn't there before it.
  await page.goto(`${server.url}/t/${twin}/manage`);
  const tick = page.getByRole("checkbox", { name: "Tell me on this device" });
  await tick.waitFor();
  await expect.poll(() => tick.isChecked()).toBe(false);
  expect((await api.get(`/v1/twins/${twin}/push`, token)).body).toEqual({ on: false });

  await tick.click();
  await expect.poll(() => tick.isChecked(), { timeout: 60_000 }).toBe(true);
  const { publicKey } = (await api.get("/v1/push")).body;
  await expect
    .poll(() => page.evaluate("globalThis.askedWith"))
    .toEqual({
      userVisibleOnly: true,
      applicationServerKey: publicKey,
    });
  await answered("Warm the rim, and it turns.");
  await pushes.until(() => phone.arrivals.length === 1, "the push");
  expect(phone.open(phone.arrivals[0]!)).toEqual({ twin, about: "answer", note: note.id });

  await tick.click();
  await expect.poll(() => tick.isChecked()).toBe(false);
  expect((await api.get(`/v1/twins/${twin}/push`, token)).body).toEqual({ on: false });
  await context.close();
});
