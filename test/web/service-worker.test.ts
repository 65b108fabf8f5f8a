// What goes on without a page: the app kept for when there is no server, what waits sent by itself, a push told, a newer version offered.

import { createServer, request as ask, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../support/server/product.ts";
import { keptUnder } from "../support/web/kept.ts";
import { untilInstalled, writeNote, type Device } from "../support/web/owner.ts";
import { answer, companyName, installing, notesAt, shows, textsAt } from "../support/web/conversation.ts";
import { WebWorld } from "../support/web/world.ts";

let world: WebWorld;

beforeAll(async () => {
  world = await WebWorld.start();
});
afterEach(() => world.browsers.closeAll());
afterAll(() => world?.end());

describe("the service worker", () => {
  const CACHED = `caches.keys().then((names) => Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).then((all) => all.flat())`;

  it("keeps the app and nothing that anyone was answered, and leaves the documentation alone", async () => {
    const mine = await installing(world);
    await untilInstalled(mine.page);
    await writeNote(mine, "Not for caches");
    await mine.page.reload();
    const cached = await mine.page.evaluate<string[]>(CACHED);
    expect(cached).toContain("/");
    expect(cached.length).toBeGreaterThan(10);
    expect(cached.filter((path) => !["/", "/icon.svg"].includes(path) && !path.startsWith("/assets/"))).toEqual([]);
    await world.server.stop();
    const failed = mine.page.goto(world.at(`/docs`));
    await expect(failed).rejects.toThrow(/ERR_/);
    await world.server.start();
  });

  it("asks for no code where another site's link led, with and without a connection", async () => {
    const mine = await installing(world);
    await untilInstalled(mine.page);
    const elsewhere: Server = createServer((_, response) => {
      response.setHeader("Content-Type", "text/html").setHeader("Referrer-Policy", "no-referrer");
      response.end(`<a href="${world.server.url}/01/09521234543213/21/A1">A prize</a>`);
    });
    await new Promise<void>((done) => elsewhere.listen(0, "127.0.0.1", done));
    try {
      const { port } = elsewhere.address() as AddressInfo;
      const follow = async (): Promise<void> => {
        await mine.page.goto(`http://localhost:${port}/`);
        await mine.page.getByText("A prize").click();
        await mine.page.getByRole("heading", { name: "We don't ask for the code here" }).waitFor();
        await expect.poll(() => mine.page.getByLabel("Code from inside the packaging").count()).toBe(0);
      };
      await follow();
      await world.server.stop();
      await follow();
    } finally {
      elsewhere.close();
      if (world.server.child.exitCode !== null || world.server.child.signalCode !== null) await world.server.start();
    }
  });
});

/** The browser's own words to the service worker, as it would say them by itself. */
async function toWorker(mine: Device) {
  await untilInstalled(mine.page);
  const cdp = await mine.context.newCDPSession(mine.page);
  const registered = new Promise<string>((done) => {
    cdp.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      if (registrations[0]) done(registrations[0].registrationId);
    });
  });
  await cdp.send("ServiceWorker.enable");
  const registrationId = await registered;
  const { origin } = new URL(world.server.url);
  return {
    worker: mine.context.serviceWorkers()[0]!,
    push: (data: object) =>
      cdp.send("ServiceWorker.deliverPushMessage", { origin, registrationId, data: JSON.stringify(data) }),
  };
}

it("sends what waits without any page's help, where the browser wakes the service worker for it", async () => {
  const mine = await installing(world);
  const { worker } = await toWorker(mine);
  // The pages have no connection; the worker has one again.
  await mine.context.setOffline(true);
  for (const text of ["Written in the tunnel", "And at its end"]) {
    await mine.page.evaluate(
      `history.pushState(null, "", "/t/${mine.twin}/write"); dispatchEvent(new PopStateEvent("popstate"))`,
    );
    await writeNote(mine, text);
  }
  await expect.poll(() => textsAt(world, mine)).toEqual([]);
  // This Chromium never says so by itself.
  await worker.evaluate(
    `dispatchEvent(Object.assign(new ExtendableEvent("sync"), { tag: "pico-twins.queue", waitUntil() {} }))`,
  );
  await eventually(
    () => textsAt(world, mine),
    (all) => all.length >= 2,
  );
  await expect.poll(() => textsAt(world, mine)).toEqual(["Written in the tunnel", "And at its end"]);
  await mine.page.locator("main").getByText("Kept on this device").first().waitFor({ state: "detached" });
});

describe("a push", () => {
  type Shown = { title: string; body?: string; tag: string; lang: string; data: string };
  /** This Chromium has no notifications: what would be shown is written down instead, and so is the badge. */
  const WRITE_DOWN = `
    self.shown = []; self.badges = [];
    self.registration.showNotification = async (title, options) => { self.shown.push({ title, ...options }); };
    Object.defineProperty(self.navigator, "setAppBadge", { value: async (count) => { self.badges.push(count); } });`;

  async function pushed(mine: Device) {
    const { worker, push } = await toWorker(mine);
    await worker.evaluate(WRITE_DOWN);
    return {
      worker,
      deliver: push,
      shown: () => worker.evaluate<Shown[]>("self.shown"),
      badges: () => worker.evaluate<number[]>("self.badges"),
    };
  }

  async function sentNote(mine: Device): Promise<string> {
    await writeNote(mine, "It squeaks", companyName(world));
    return (await eventually(
      async () => (await notesAt(world, mine))[0],
      (found) => found !== undefined,
    ))!.id;
  }

  it("tells in this device's language that something came, never what; counts it; and leads to it", async () => {
    const mine = await installing(world);
    const note = await sentNote(mine);
    await mine.page.goto(world.at(`/settings`));
    await mine.page.evaluate("localStorage.setItem('language', 'de')");
    await mine.page.reload();
    await eventually(
      () => keptUnder(mine.page, "meta", "language"),
      (language) => language === "de",
    );
    const { deliver, shown, badges, worker } = await pushed(mine);
    await answer(world, mine, note, "The secret of the squeak");
    await deliver({ twin: mine.twin, about: "answer", note });
    const [notice] = await eventually(shown, (all) => all.length > 0);
    expect(notice).toMatchObject({ title: "Eine Antwort ist da", body: "Model T", tag: note, lang: "de" });
    expect(JSON.stringify(notice)).not.toContain("squeak");
    await expect.poll(async () => (await badges()).at(-1)).toBeGreaterThan(0);
    await worker.evaluate(`dispatchEvent(Object.assign(new ExtendableEvent("notificationclick"), {
      notification: { close() {}, data: ${JSON.stringify(notice!.data)} }, waitUntil() {} }))`);
    await mine.page.waitForURL(world.at(`/t/${mine.twin}/n/${note}`));
    await shows(mine.page, "The secret of the squeak");
  });

  it("is not shown to who is looking at the conversation", async () => {
    const mine = await installing(world);
    const note = await sentNote(mine);
    await mine.page.goto(world.at(`/t/${mine.twin}/n/${note}`));
    const { deliver, shown, badges } = await pushed(mine);
    await answer(world, mine, note, "Oil it");
    await deliver({ twin: mine.twin, about: "answer", note });
    await eventually(badges, (all) => all.length > 0);
    await shows(mine.page, "Oil it");
    await expect.poll(() => shown()).toEqual([]);
    await deliver({ twin: mine.twin, about: "terms" });
    await eventually(shown, (all) => all.length === 1);
    await expect
      .poll(async () => (await shown())[0])
      .toMatchObject({
        title: "There is news about your terms",
        data: `/t/${mine.twin}/terms`,
      });
  });
});

/** The same server behind another address, whose service worker a test can make newer. */
async function newerEachTime(): Promise<{ url: string; deploy: () => void; close: () => void }> {
  let version = 0;
  const front = createServer((request, response) => {
    const to = new URL(request.url ?? "/", world.server.url);
    const { "if-none-match": _tag, "accept-encoding": _encoding, ...asked } = request.headers;
    const onward = ask(to, { method: request.method, headers: { ...asked, host: to.host } }, (answered) => {
      const { "content-length": _length, etag: _etag, ...headers } = answered.headers;
      response.writeHead(answered.statusCode ?? 502, headers);
      if (to.pathname === "/sw.js") response.write(`// version ${version}\n`);
      answered.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((done) => front.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    deploy: () => version++,
    close: () => {
      front.closeAllConnections();
      front.close();
    },
  };
}

it("offers a newer version of the app, and never changes it under the person", async () => {
  const front = await newerEachTime();
  try {
    const context = world.browsers.adopt(await world.browser.newContext());
    const page = await context.newPage();
    await page.goto(`${front.url}/add`);
    await page.getByRole("textbox", { name: "What is it?" }).fill("Kettle");
    await page.getByRole("button", { name: "Add it" }).click();
    await page.waitForURL(/\/t\//);
    await untilInstalled(page);
    await page.evaluate("window.before = true");
    front.deploy();
    await page.evaluate("navigator.serviceWorker.ready.then((one) => one.update()).then(() => undefined)");
    const offer = page.getByRole("button", { name: "Use it now" });
    await offer.waitFor();
    await expect.poll(() => page.evaluate("window.before")).toBe(true);
    const reloaded = page.waitForEvent("load");
    await offer.click();
    await reloaded;
    await expect.poll(() => page.evaluate("window.before")).toBeUndefined();
    await untilInstalled(page);
    await expect.poll(() => page.evaluate("caches.keys().then((names) => names.length)")).toBe(1);
    await expect.poll(() => offer.count()).toBe(0);
  } finally {
    front.close();
  }
});
