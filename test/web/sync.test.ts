// Written on a phone without a connection, lost between two tabs, cut off in the middle: everything arrives once, in order, and says so.

import { createServer, request as ask, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../support/client.ts";
import { join, type TestMaker } from "../support/people.ts";
import { eventually } from "../support/server/product.ts";
import { startServer, type TestServer, UNLIMITED } from "../support/server/server.ts";
import { launchBrowser } from "../support/web/browser.ts";
import { claimOnDevice, putThing, untilInstalled, writeNote, type Device } from "../support/web/owner.ts";

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
  const claimed = await claimOnDevice(browser, api, maker, options);
  opened.push(claimed.context);
  return claimed;
}
/** With the service worker. */
const installing = (): Promise<Device> => device({ serviceWorkers: "allow" });

type Written = { id: string; text: string; photos: { id: string }[]; thread: { verdict: string | null } };
const notesAt = async ({ twin, token }: Device): Promise<Written[]> =>
  (await api.get(`/v1/twins/${twin}/notes?limit=200`, token)).body.items;
/** In the order in which the server took them. */
const textsAt = async (of: Device): Promise<string[]> => (await notesAt(of)).map(({ text }) => text).toReversed();

/** The company answers under a note. */
async function answer({ twin }: Device, note: string, text: string, more: object = {}): Promise<void> {
  const path = `/v1/makers/${maker.domain}/threads/${twin}/${note}/messages`;
  const said = await api.post(path, { text, ...more }, maker.key);
  expect(said.status, JSON.stringify(said.body)).toBe(201);
}

const company = (): string => `Maker ${maker.domain}`;
const shows = (page: Page, text: string) => page.getByText(text, { exact: true }).first().waitFor();

describe("without a connection", () => {
  it("opens, keeps what is written over a reload, and sends all of it once and in order when the server is back", async () => {
    const mine = await installing();
    const { page } = mine;
    await untilInstalled(page);
    await server.stop();
    const texts = ["First, offline", "Second, offline", "Third, offline"];
    for (const text of texts) await writeNote(mine, text);
    await page.reload();
    for (const text of texts) await shows(page, text);
    await page.close();
    await server.start();
    const later = await mine.context.newPage();
    await later.goto(`${server.url}/t/${mine.twin}`);
    expect(
      await eventually(
        () => textsAt(mine),
        (all) => all.length >= 3,
      ),
    ).toEqual(texts);
    for (const text of texts) await shows(later, text);
    await later.locator("main").getByText("Kept on this device").first().waitFor({ state: "detached" });
    expect(await textsAt(mine)).toEqual(texts);
    expect(mine.faults).toEqual([]);
  });

  it("sends again what lost its answer on the way, and the server has it once", async () => {
    const mine = await device();
    let lost = 0;
    await mine.context.route(/\/v1\/twins\/[^/]+\/notes$/, async (route) => {
      if (route.request().method() !== "POST" || lost === 2) return route.continue();
      lost++;
      await route.fetch();
      return route.abort("connectionreset");
    });
    await writeNote(mine, "Was I heard?");
    await writeNote(mine, "And I?");
    await eventually(
      () => textsAt(mine),
      (all) => all.length >= 2,
      30_000,
    );
    expect(lost).toBe(2);
    await mine.page.locator("main").getByText("Kept on this device").first().waitFor({ state: "detached" });
    expect(await textsAt(mine)).toEqual(["Was I heard?", "And I?"]);
  });

  it("sends nothing twice from two tabs that come back at once", async () => {
    const mine = await installing();
    await untilInstalled(mine.page);
    const other = { ...mine, page: await mine.context.newPage() };
    await other.page.goto(`${server.url}/t/${mine.twin}/write`);
    await server.stop();
    const texts = Array.from({ length: 6 }, (_, at) => `Note ${at}`);
    for (const [at, text] of texts.entries()) await writeNote(at % 2 === 0 ? mine : other, text);
    const taken: boolean[] = [];
    mine.context.on("response", (response) => {
      if (response.request().method() === "POST" && response.url().endsWith("/notes")) {
        taken.push(response.headers()["idempotency-replayed"] === undefined);
      }
    });
    await server.start();
    await Promise.all([mine, other].map(({ page }) => page.evaluate("dispatchEvent(new Event('online'))")));
    await eventually(
      () => textsAt(mine),
      (all) => all.length >= texts.length,
    );
    for (const { page } of [mine, other])
      await page.locator("main").getByText("Kept on this device").first().waitFor({ state: "detached" });
    expect(await textsAt(mine)).toEqual(texts);
    expect(taken).toEqual(texts.map(() => true));
  });

  it("never sends words that were taken back before they left", async () => {
    const mine = await installing();
    await untilInstalled(mine.page);
    await server.stop();
    await writeNote(mine, "Better not");
    await writeNote(mine, "This one");
    await mine.page.getByText("Better not").click();
    await mine.page.getByRole("button", { name: "Take back" }).first().click();
    await mine.page.getByRole("dialog").getByRole("button", { name: /take/i }).click();
    await mine.page.getByText("Better not").first().waitFor({ state: "detached" });
    const heard: string[] = [];
    await mine.context.route(/\/v1\/twins\/[^/]+\/notes$/, async (route) => {
      heard.push(route.request().postData() ?? "");
      await route.continue();
    });
    await server.start();
    await mine.page.evaluate("dispatchEvent(new Event('online'))");
    await eventually(
      () => textsAt(mine),
      (all) => all.length >= 1,
    );
    expect(await textsAt(mine)).toEqual(["This one"]);
    expect(heard.filter((body) => body.includes("Better not"))).toEqual([]);
  });

  it("takes back also what was refused after it may have arrived, so that nothing waits behind it for ever", async () => {
    const mine = await device();
    await mine.context.route(
      /\/v1\/twins\/[^/]+\/notes$/,
      async (route) => {
        await route.fetch();
        return route.fulfill({
          status: 409,
          contentType: "application/problem+json",
          body: JSON.stringify({ code: "idempotency-conflict", title: "Used before" }),
        });
      },
      { times: 1 },
    );
    await writeNote(mine, "Heard, and refused");
    await eventually(
      () => textsAt(mine),
      (all) => all.length === 1,
    );
    // The one that arrived is here as well, by the feed: it is the refused one that is taken back.
    await mine.page
      .locator("a", { hasText: /Not taken/ })
      .first()
      .click();
    await mine.page.getByRole("button", { name: "Take back" }).first().click();
    await mine.page.getByRole("dialog").getByRole("button", { name: /take/i }).click();
    expect(
      await eventually(
        () => textsAt(mine),
        (all) => all.length === 0,
      ),
    ).toEqual([]);
  });

  it("goes on with the photo that didn't go, not with the first one again", async () => {
    const mine = await device();
    const { page, context } = mine;
    const colour = (background: string) =>
      sharp({ create: { width: 40, height: 30, channels: 3, background } })
        .jpeg()
        .toBuffer();
    const answered: string[] = [];
    await context.route(/\/v1\/twins\/[^/]+\/photos$/, async (route) => {
      const key = route.request().headers()["idempotency-key"]!;
      const breaks = answered.length === 1;
      answered.push(key);
      return breaks ? route.abort("connectionreset") : route.continue();
    });
    const files = await Promise.all(
      ["#803020", "#208030"].map(async (background, at) => ({
        name: `${at}.jpg`,
        mimeType: "image/jpeg",
        buffer: await colour(background),
      })),
    );
    await page.locator("input[type=file]").last().setInputFiles(files);
    await page
      .getByRole("img", { name: /photo 2/i })
      .first()
      .waitFor();
    await writeNote(mine, "Two pictures");
    const [note] = await eventually(
      () => notesAt(mine),
      (all) => all.length === 1,
      30_000,
    );
    expect(note!.photos).toHaveLength(2);
    const [first, second] = answered;
    expect(answered).toEqual([first, second, second]);
  });

  it("keeps nothing of a thing that was removed here while an answer was on its way", async () => {
    const mine = await device();
    const other = await mine.context.newPage();
    await other.goto(`${server.url}/t/${mine.twin}/manage`);
    const { promise: removed, resolve: go } = Promise.withResolvers<void>();
    await mine.context.route(/\/v1\/twins\/[^/]+\/notes$/, async (route) => {
      const response = await route.fetch();
      await removed;
      return route.fulfill({ response });
    });
    await writeNote(mine, "Leave no trace");
    await eventually(
      () => textsAt(mine),
      (all) => all.length === 1,
    );
    await other.getByRole("button", { name: "Remove from this device" }).click();
    await other.getByRole("dialog").getByRole("button", { name: "Remove it here" }).click();
    await other.waitForURL(`${server.url}/`);
    // Either page may be the one that sends.
    const answered = mine.context.waitForEvent("response", (response) => response.url().endsWith("/notes"));
    go();
    await (await answered).finished();
    await mine.page.evaluate("navigator.locks.request('pico-twins.queue', () => {})");
    const left = await mine.page.evaluate<number[]>(`new Promise((resolve) => {
      const opening = indexedDB.open("pico-twins");
      opening.onsuccess = () => {
        const tx = opening.result.transaction(["note", "alias", "queue"]);
        const asked = ["note", "alias", "queue"].map((name) => tx.objectStore(name).count());
        tx.oncomplete = () => { opening.result.close(); resolve(asked.map(({ result }) => result)); };
      };
    })`);
    expect(left).toEqual([0, 0, 0]);
  });

  it("takes back on the server what arrived there without an answer", async () => {
    const mine = await device();
    await mine.context.route(
      /\/v1\/twins\/[^/]+\/notes$/,
      async (route) => {
        await route.fetch();
        return route.abort("connectionreset");
      },
      { times: 1 },
    );
    await writeNote(mine, "Heard, but not answered");
    await eventually(
      () => textsAt(mine),
      (all) => all.length === 1,
    );
    await mine.page.getByText("Heard, but not answered").first().click();
    await mine.page.getByRole("button", { name: "Take back" }).first().click();
    await mine.page.getByRole("dialog").getByRole("button", { name: /take/i }).click();
    expect(
      await eventually(
        () => textsAt(mine),
        (all) => all.length === 0,
      ),
    ).toEqual([]);
  });

  it("keeps a camera's picture small and without what it tells of its place, and sends it when it can", async () => {
    const mine = await installing();
    const { page, context } = mine;
    await untilInstalled(page);
    const noise = await sharp({
      create: {
        width: 4000,
        height: 3000,
        channels: 3,
        background: "#808080",
        noise: { type: "gaussian", mean: 128, sigma: 60 },
      },
    })
      .withExif({ IFD0: { Artist: "PRIVATE-NAME" }, IFD3: { GPSLatitude: "48/1 8/1 0/1", GPSLatitudeRef: "N" } })
      .jpeg({ quality: 95 })
      .toBuffer();
    const sent: Buffer[] = [];
    await context.route(/\/v1\/twins\/[^/]+\/photos$/, async (route) => {
      sent.push(route.request().postDataBuffer()!);
      await route.continue();
    });
    await context.setOffline(true);
    await page
      .locator("input[type=file]")
      .last()
      .setInputFiles({ name: "cam.jpg", mimeType: "image/jpeg", buffer: noise });
    await page
      .getByRole("img", { name: /photo 1/i })
      .first()
      .waitFor();
    await writeNote(mine, "See the crack");
    await context.setOffline(false);
    const [note] = await eventually(
      () => notesAt(mine),
      (all) => all.length === 1,
      30_000,
    );
    expect(note!.photos).toHaveLength(1);
    expect(sent).toHaveLength(1);
    expect(sent[0]!.length).toBeLessThanOrEqual(1.9 * 1024 ** 2);
    const { exif, width, height } = await sharp(sent[0]).metadata();
    expect({ exif, ratio: width / height }).toEqual({ exif: undefined, ratio: 4 / 3 });
    expect(sent[0]!.includes("PRIVATE-NAME")).toBe(false);
  });

  it("says what the server refused, and lets other notes go out meanwhile", async () => {
    const mine = await device();
    let refuse = true;
    await mine.context.route(/\/v1\/twins\/[^/]+\/notes$/, async (route) => {
      if (!refuse || !route.request().postData()?.includes("Not this")) return route.continue();
      return route.fulfill({
        status: 409,
        contentType: "application/problem+json",
        body: JSON.stringify({
          status: 409,
          code: "quota-exceeded",
          title: "Quota exceeded",
          detail: "No room is left.",
        }),
      });
    });
    await writeNote(mine, "Not this");
    await writeNote(mine, "But this");
    await eventually(
      () => textsAt(mine),
      (all) => all.includes("But this"),
    );
    await mine.page.getByText("Not taken: No room is left.").waitFor();
    expect(await textsAt(mine)).toEqual(["But this"]);
    refuse = false;
    await mine.page.getByText("Not this").click();
    await mine.page.getByRole("button", { name: /again/i }).first().click();
    expect(
      await eventually(
        () => textsAt(mine),
        (all) => all.length === 2,
      ),
    ).toEqual(["But this", "Not this"]);
  });
});

describe("keeping up", () => {
  it("heals a lost connection, and shows once what was answered meanwhile", async () => {
    const mine = await device();
    await writeNote(mine, "It hums", company());
    const note = await eventually(
      async () => (await notesAt(mine))[0],
      (found) => found !== undefined,
    );
    await answer(mine, note!.id, "Before the fall");
    await mine.page.goto(`${server.url}/t/${mine.twin}/n/${note!.id}`);
    await shows(mine.page, "Before the fall");
    await server.restart();
    await answer(mine, note!.id, "While you were away", { outcome: "fixed" });
    await shows(mine.page, "While you were away");
    expect(await mine.page.getByText("While you were away", { exact: true }).count()).toBe(1);
    expect(await mine.page.getByText("Before the fall", { exact: true }).count()).toBe(1);
  });

  it("shows in every tab what came to one, and counts it as unread until it is opened", async () => {
    const mine = await device();
    await writeNote(mine, "It rattles", company());
    const note = await eventually(
      async () => (await notesAt(mine))[0],
      (found) => found !== undefined,
    );
    const list = await mine.context.newPage();
    await list.goto(`${server.url}/t/${mine.twin}`);
    await answer(mine, note!.id, "Tighten the screw");
    await list.getByText("1 new").first().waitFor();
    await mine.page.bringToFront();
    await mine.page.goto(`${server.url}/t/${mine.twin}/n/${note!.id}`);
    await shows(mine.page, "Tighten the screw");
    await list.getByText("1 new").first().waitFor({ state: "detached" });
  });

  it("shows a new device what was written last, counts nothing old as new but what waits for a word, and keeps it", async () => {
    const mine = await device();
    const path = `/v1/twins/${mine.twin}`;
    await api.post(`${path}/agreements`, { preferred: "SD-BASE-DP" }, mine.token);
    for (let at = 0; at < 60; at++) {
      await api.post(`${path}/notes`, { kind: "diary", text: `Day ${at}`, send: true }, mine.token);
    }
    const [newest, second] = await notesAt(mine);
    await answer(mine, newest!.id, "It is done, isn't it?", { outcome: "fixed" });
    await answer(mine, second!.id, "Old news");
    const other = await api.post(`${path}/channels`, { label: "Tablet", scopes: ["owner"] }, mine.token);
    const view = (await api.get(path, mine.token)).body;
    const context = await browser.newContext();
    opened.push(context);
    const page = await context.newPage();
    await page.goto(server.url);
    await putThing(page, {
      id: mine.twin,
      token: other.body.token,
      view,
      scopes: ["owner"],
      channel: other.body.channel,
    });
    await page.goto(`${server.url}/t/${mine.twin}`);
    await shows(page, "Day 59");
    await untilInstalled(page);
    await eventually(
      () => page.getByText("1 new", { exact: true }).count(),
      (count) => count === 1,
    );
    await page.goto(`${server.url}/t/${mine.twin}/n/${second!.id}`);
    await shows(page, "Old news");
    await server.stop();
    await page.goto(`${server.url}/t/${mine.twin}`);
    await shows(page, "Day 59");
    expect(await page.getByText("1 new", { exact: true }).count()).toBe(1);
    await server.start();
  });

  it("says so when this device is cut off, and keeps what it knew", async () => {
    const mine = await device();
    await writeNote(mine, "Mine for now");
    await eventually(
      () => textsAt(mine),
      (all) => all.length === 1,
    );
    const other = await api.post(
      `/v1/twins/${mine.twin}/channels`,
      { label: "Desktop", scopes: ["owner"] },
      mine.token,
    );
    const all = await api.get(`/v1/twins/${mine.twin}/channels`, mine.token);
    const own = all.body.items.find(({ current }: { current: boolean }) => current);
    expect((await api.delete(`/v1/twins/${mine.twin}/channels/${own.id}`, other.body.token)).status).toBe(204);
    await shows(mine.page, "This device was cut off");
    await shows(mine.page, "Mine for now");
  });

  it("takes every word off this device when the thing is erased elsewhere", async () => {
    const mine = await device();
    await writeNote(mine, "Gone soon");
    await eventually(
      () => textsAt(mine),
      (all) => all.length === 1,
    );
    await shows(mine.page, "Gone soon");
    expect((await api.delete(`/v1/twins/${mine.twin}`, mine.token)).status).toBe(204);
    await shows(mine.page, "This thing was erased");
    expect(await mine.page.getByText("Gone soon").count()).toBe(0);
    await mine.page.reload();
    await shows(mine.page, "This thing was erased");
    expect(await mine.page.getByText("Gone soon").count()).toBe(0);
  });
});

describe("the service worker", () => {
  const CACHED = `caches.keys().then((names) => Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).then((all) => all.flat())`;

  it("keeps the app and nothing that anyone was answered, and leaves the documentation alone", async () => {
    const mine = await installing();
    await untilInstalled(mine.page);
    await writeNote(mine, "Not for caches");
    await mine.page.reload();
    const cached = await mine.page.evaluate<string[]>(CACHED);
    expect(cached).toContain("/");
    expect(cached.length).toBeGreaterThan(10);
    expect(cached.filter((path) => !["/", "/icon.svg"].includes(path) && !path.startsWith("/assets/"))).toEqual([]);
    await server.stop();
    const failed = mine.page.goto(`${server.url}/docs`);
    await expect(failed).rejects.toThrow(/ERR_/);
    await server.start();
  });

  it("asks for no code where another site's link led, with and without a connection", async () => {
    const mine = await installing();
    await untilInstalled(mine.page);
    const elsewhere: Server = createServer((_, response) => {
      response.setHeader("Content-Type", "text/html").setHeader("Referrer-Policy", "no-referrer");
      response.end(`<a href="${server.url}/01/09521234543213/21/A1">A prize</a>`);
    });
    await new Promise<void>((done) => elsewhere.listen(0, "127.0.0.1", done));
    try {
      const { port } = elsewhere.address() as AddressInfo;
      const follow = async (): Promise<void> => {
        await mine.page.goto(`http://localhost:${port}/`);
        await mine.page.getByText("A prize").click();
        await mine.page.getByRole("heading", { name: "We don't ask for the code here" }).waitFor();
        expect(await mine.page.getByLabel("Code from inside the packaging").count()).toBe(0);
      };
      await follow();
      await server.stop();
      await follow();
    } finally {
      elsewhere.close();
      if (server.child.exitCode !== null || server.child.signalCode !== null) await server.start();
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
  const { origin } = new URL(server.url);
  return {
    worker: mine.context.serviceWorkers()[0]!,
    push: (data: object) =>
      cdp.send("ServiceWorker.deliverPushMessage", { origin, registrationId, data: JSON.stringify(data) }),
  };
}

it("sends what waits without any page's help, where the browser wakes the service worker for it", async () => {
  const mine = await installing();
  const { worker } = await toWorker(mine);
  // The pages have no connection; the worker has one again.
  await mine.context.setOffline(true);
  for (const text of ["Written in the tunnel", "And at its end"]) {
    await mine.page.evaluate(
      `history.pushState(null, "", "/t/${mine.twin}/write"); dispatchEvent(new PopStateEvent("popstate"))`,
    );
    await writeNote(mine, text);
  }
  expect(await textsAt(mine)).toEqual([]);
  // This Chromium never says so by itself.
  await worker.evaluate(
    `dispatchEvent(Object.assign(new ExtendableEvent("sync"), { tag: "pico-twins.queue", waitUntil() {} }))`,
  );
  await eventually(
    () => textsAt(mine),
    (all) => all.length >= 2,
  );
  expect(await textsAt(mine)).toEqual(["Written in the tunnel", "And at its end"]);
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
    await writeNote(mine, "It squeaks", company());
    return (await eventually(
      async () => (await notesAt(mine))[0],
      (found) => found !== undefined,
    ))!.id;
  }

  it("tells in this device's language that something came, never what; counts it; and leads to it", async () => {
    const mine = await installing();
    const note = await sentNote(mine);
    await mine.page.goto(`${server.url}/settings`);
    await mine.page.evaluate("localStorage.setItem('language', 'de')");
    await mine.page.reload();
    const { deliver, shown, badges, worker } = await pushed(mine);
    await answer(mine, note, "The secret of the squeak");
    await deliver({ twin: mine.twin, about: "answer", note });
    const [notice] = await eventually(shown, (all) => all.length > 0);
    expect(notice).toMatchObject({ title: "Eine Antwort ist da", body: "Model T", tag: note, lang: "de" });
    expect(JSON.stringify(notice)).not.toContain("squeak");
    expect((await badges()).at(-1)).toBeGreaterThan(0);
    await worker.evaluate(`dispatchEvent(Object.assign(new ExtendableEvent("notificationclick"), {
      notification: { close() {}, data: ${JSON.stringify(notice!.data)} }, waitUntil() {} }))`);
    await mine.page.waitForURL(`${server.url}/t/${mine.twin}/n/${note}`);
    await shows(mine.page, "The secret of the squeak");
  });

  it("is not shown to who is looking at the conversation", async () => {
    const mine = await installing();
    const note = await sentNote(mine);
    await mine.page.goto(`${server.url}/t/${mine.twin}/n/${note}`);
    const { deliver, shown, badges } = await pushed(mine);
    await answer(mine, note, "Oil it");
    await deliver({ twin: mine.twin, about: "answer", note });
    await eventually(badges, (all) => all.length > 0);
    await shows(mine.page, "Oil it");
    expect(await shown()).toEqual([]);
    await deliver({ twin: mine.twin, about: "terms" });
    await eventually(shown, (all) => all.length === 1);
    expect((await shown())[0]).toMatchObject({
      title: "There is news about your terms",
      data: `/t/${mine.twin}/terms`,
    });
  });
});

/** The same server behind another address, whose service worker a test can make newer. */
async function newerEachTime(): Promise<{ url: string; deploy: () => void; close: () => void }> {
  let version = 0;
  const front = createServer((request, response) => {
    const to = new URL(request.url ?? "/", server.url);
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
    const context = await browser.newContext();
    opened.push(context);
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
    expect(await page.evaluate("window.before")).toBe(true);
    const reloaded = page.waitForEvent("load");
    await offer.click();
    await reloaded;
    expect(await page.evaluate("window.before")).toBeUndefined();
    await untilInstalled(page);
    expect(await page.evaluate("caches.keys().then((names) => names.length)")).toBe(1);
    expect(await offer.count()).toBe(0);
  } finally {
    front.close();
  }
});

it("says so plainly where the browser keeps nothing", async () => {
  const context = await browser.newContext();
  opened.push(context);
  await context.addInitScript("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }");
  const page = await context.newPage();
  await page.goto(server.url);
  await page.getByRole("heading", { name: "This browser keeps nothing for us" }).waitFor();
});
