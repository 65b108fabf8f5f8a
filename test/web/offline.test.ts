// Written on a phone without a connection, lost between two tabs, cut off in the middle: everything arrives once, in order, and says so.

import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../support/server/product.ts";
import { keptIn } from "../support/web/kept.ts";
import { untilInstalled, writeNote, type Device } from "../support/web/owner.ts";
import { installing, notesAt, shows, textsAt } from "../support/web/conversation.ts";
import { WebWorld } from "../support/web/world.ts";

let world: WebWorld;

beforeAll(async () => {
  world = await WebWorld.start();
});
afterEach(() => world.browsers.closeAll());
afterAll(() => world?.end());

/** Takes the note back that is open on the page: then the server has none. */
async function takeBack(mine: Device): Promise<void> {
  await mine.page.getByRole("button", { name: "Take back" }).first().click();
  await mine.page.getByRole("dialog").getByRole("button", { name: /take/i }).click();
  expect(
    await eventually(
      () => textsAt(world, mine),
      (all) => all.length === 0,
    ),
  ).toEqual([]);
}

describe("without a connection", () => {
  it("opens, keeps what is written over a reload, and sends all of it once and in order when the server is back", async () => {
    const mine = await installing(world);
    const { page } = mine;
    await untilInstalled(page);
    await world.server.stop();
    const texts = ["First, offline", "Second, offline", "Third, offline"];
    for (const text of texts) await writeNote(mine, text);
    await page.reload();
    for (const text of texts) await shows(page, text);
    await page.close();
    await world.server.start();
    const later = await mine.context.newPage();
    await later.goto(world.at(`/t/${mine.twin}`));
    expect(
      await eventually(
        () => textsAt(world, mine),
        (all) => all.length >= 3,
      ),
    ).toEqual(texts);
    for (const text of texts) await shows(later, text);
    await later.locator("main").getByText("Kept on this device").first().waitFor({ state: "detached" });
    await expect.poll(() => textsAt(world, mine)).toEqual(texts);
    expect(mine.faults).toEqual([]);
  });

  it("sends again what lost its answer on the way, and the server has it once", async () => {
    const mine = await world.claimed();
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
      () => textsAt(world, mine),
      (all) => all.length >= 2,
    );
    expect(lost).toBe(2);
    await mine.page.locator("main").getByText("Kept on this device").first().waitFor({ state: "detached" });
    await expect.poll(() => textsAt(world, mine)).toEqual(["Was I heard?", "And I?"]);
  });

  it("sends nothing twice from two tabs that come back at once", async () => {
    const mine = await installing(world);
    await untilInstalled(mine.page);
    const other = { ...mine, page: await mine.context.newPage() };
    await other.page.goto(world.at(`/t/${mine.twin}/write`));
    await world.server.stop();
    const texts = Array.from({ length: 6 }, (_, at) => `Note ${at}`);
    for (const [at, text] of texts.entries()) await writeNote(at % 2 === 0 ? mine : other, text);
    const taken: boolean[] = [];
    mine.context.on("response", (response) => {
      // One that met the server as it came up, and was told to try again, took nothing.
      if (response.request().method() === "POST" && response.url().endsWith("/notes") && response.status() === 201) {
        taken.push(response.headers()["idempotency-replayed"] === undefined);
      }
    });
    await world.server.start();
    await Promise.all([mine, other].map(({ page }) => page.evaluate("dispatchEvent(new Event('online'))")));
    await eventually(
      () => textsAt(world, mine),
      (all) => all.length >= texts.length,
    );
    for (const { page } of [mine, other])
      await page.locator("main").getByText("Kept on this device").first().waitFor({ state: "detached" });
    await expect.poll(() => textsAt(world, mine)).toEqual(texts);
    expect(taken).toEqual(texts.map(() => true));
  });

  it("never sends words that were taken back before they left", async () => {
    const mine = await installing(world);
    await untilInstalled(mine.page);
    await world.server.stop();
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
    await world.server.start();
    await mine.page.evaluate("dispatchEvent(new Event('online'))");
    await eventually(
      () => textsAt(world, mine),
      (all) => all.length >= 1,
    );
    await expect.poll(() => textsAt(world, mine)).toEqual(["This one"]);
    expect(heard.filter((body) => body.includes("Better not"))).toEqual([]);
  });

  it("takes back also what was refused after it may have arrived, so that nothing waits behind it for ever", async () => {
    const mine = await world.claimed();
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
      () => textsAt(world, mine),
      (all) => all.length === 1,
    );
    // The one that arrived is here as well, by the feed: it is the refused one that is taken back.
    await mine.page
      .locator("a", { hasText: /Not taken/ })
      .first()
      .click();
    await takeBack(mine);
  });

  it("goes on with the photo that didn't go, not with the first one again", async () => {
    const mine = await world.claimed();
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
      () => notesAt(world, mine),
      (all) => all.length === 1,
    );
    expect(note!.photos).toHaveLength(2);
    const [first, second] = answered;
    expect(answered).toEqual([first, second, second]);
  });

  it("keeps nothing of a thing that was removed here while an answer was on its way", async () => {
    const mine = await world.claimed();
    const other = await mine.context.newPage();
    await other.goto(world.at(`/t/${mine.twin}/manage`));
    const { promise: removed, resolve: go } = Promise.withResolvers<void>();
    await mine.context.route(/\/v1\/twins\/[^/]+\/notes$/, async (route) => {
      const response = await route.fetch();
      await removed;
      return route.fulfill({ response });
    });
    await writeNote(mine, "Leave no trace");
    await eventually(
      () => textsAt(world, mine),
      (all) => all.length === 1,
    );
    await other.getByRole("button", { name: "Remove from this device" }).click();
    await other.getByRole("dialog").getByRole("button", { name: "Remove it here" }).click();
    await other.waitForURL(world.at(`/`));
    // Either page may be the one that sends.
    const answered = mine.context.waitForEvent("response", (response) => response.url().endsWith("/notes"));
    go();
    await (await answered).finished();
    await mine.page.evaluate("navigator.locks.request('pico-twins.queue', () => {})");
    const left = await Promise.all(["note", "alias", "queue"].map((store) => keptIn(mine.page, store)));
    expect(left).toEqual([[], [], []]);
  });

  it("takes back on the server what arrived there without an answer", async () => {
    const mine = await world.claimed();
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
      () => textsAt(world, mine),
      (all) => all.length === 1,
    );
    await mine.page.getByText("Heard, but not answered").first().click();
    await takeBack(mine);
  });

  it("keeps a camera's picture small and without what it tells of its place, and sends it when it can", async () => {
    const mine = await installing(world);
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
      .waitFor({ timeout: 60_000 });
    await writeNote(mine, "See the crack");
    await context.setOffline(false);
    const [note] = await eventually(
      () => notesAt(world, mine),
      (all) => all.length === 1,
    );
    expect(note!.photos).toHaveLength(1);
    expect(sent).toHaveLength(1);
    expect(sent[0]!.length).toBeLessThanOrEqual(1.9 * 1024 ** 2);
    const { exif, width, height } = await sharp(sent[0]).metadata();
    expect({ exif, ratio: width / height }).toEqual({ exif: undefined, ratio: 4 / 3 });
    expect(sent[0]!.includes("PRIVATE-NAME")).toBe(false);
  });

  it("says what the server refused, and lets other notes go out meanwhile", async () => {
    const mine = await world.claimed();
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
      () => textsAt(world, mine),
      (all) => all.includes("But this"),
    );
    await mine.page.getByText("Not taken: No room is left.").waitFor();
    await expect.poll(() => textsAt(world, mine)).toEqual(["But this"]);
    refuse = false;
    await mine.page.getByText("Not this").click();
    await mine.page.getByRole("button", { name: /again/i }).first().click();
    expect(
      await eventually(
        () => textsAt(world, mine),
        (all) => all.length === 2,
      ),
    ).toEqual(["But this", "Not this"]);
  });
});

it("says so plainly where the browser keeps nothing", async () => {
  const context = world.browsers.adopt(await world.browser.newContext());
  await context.addInitScript("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }");
  const page = await context.newPage();
  await page.goto(world.server.url);
  await page.getByRole("heading", { name: "This browser keeps nothing for us" }).waitFor();
});
