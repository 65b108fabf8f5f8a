// A thing that changes hands, each side on a phone of its own: the record shown and checked, the offer, the four words, the goodbye, and
// the new owner's first note; and whatever comes between.

import { readFile } from "node:fs/promises";
import type { Browser, Page, Route } from "playwright-core";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { isRandomSerial } from "../../src/domain/label-hash.ts";
import type { StoredThing } from "../../src/web/store/db.ts";
import { Client } from "../support/client.ts";
import { accept as acceptOffer, openOffer } from "../support/handovers.ts";
import { agree, claim, claimCounted, COUNTED, join, write, type TestMaker, type TestOwner } from "../support/people.ts";
import { startServer, type TestServer, UNLIMITED } from "../support/server/server.ts";
import { launchBrowser } from "../support/web/browser.ts";
import { Browsers } from "../support/web/browsers.ts";
import { axeFaults, fitFaults } from "../support/web/every-page.ts";
import { changeIn, fill, keptIn, keptUnder } from "../support/web/kept.ts";
import { claimOnDevice, giveThing, writeNote, type Device } from "../support/web/owner.ts";

const OPTIONS = { bypassCSP: true, locale: "en-GB" } as const;
const ON_RECORD = "New burrs, and the chute cleaned.";
const PRIVATE = "Given to me by my aunt, who never liked it.";

let server: TestServer;
let browser: Browser;
let browsers: Browsers;
let api: Client;
let maker: TestMaker;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: UNLIMITED }), launchBrowser()]);
  api = new Client(fetch, server.url);
  browsers = new Browsers(browser);
  maker = await join(api, server.operatorKey);
});
afterEach(() => browsers.closeAll());
afterAll(async () => {
  await browser?.close();
  await server?.discard();
});

const serialOf = async ({ twin, token }: TestOwner): Promise<string> =>
  (await api.get(`/v1/twins/${twin}`, token)).body.product.serial;

/** A labelled thing whose serial doesn't look counted, as a few of the random ones do. */
async function claimRandom(): Promise<TestOwner> {
  const owner = await claim(api, maker);
  return isRandomSerial(await serialOf(owner)) ? owner : claimRandom();
}

/** A labelled thing with a private note and an entry on its record. */
async function seller(): Promise<TestOwner> {
  const owner = await claimRandom();
  await write(api, owner, PRIVATE, { kind: "diary" });
  await record(owner, ON_RECORD);
  return owner;
}

async function record({ twin, token }: TestOwner, text: string, photos: readonly string[] = []): Promise<void> {
  const occurredOn = new Date().toISOString().slice(0, "YYYY-MM-DD".length);
  const entry = { kind: "repairing", text, occurredOn, photos };
  const { status } = await api.post(`/v1/twins/${twin}/history`, entry, token);
  expect(status).toBe(201);
}

/** The owner's phone, open at a page of the thing. */
async function phoneOf(owner: TestOwner, page: string, options = {}): Promise<Page> {
  const phone = await browsers.device(`${server.url}/about`, { ...OPTIONS, ...options });
  await giveThing(phone, api, owner);
  await phone.goto(`${server.url}/t/${owner.twin}${page}`);
  return phone;
}

/** Somebody whose phone has just claimed a thing, and has it on its card. */
async function newOwner(): Promise<Pick<Device, "twin" | "token"> & { phone: Page }> {
  const { context, page: phone, twin, token } = await claimOnDevice(browser, api, maker, OPTIONS);
  browsers.adopt(context);
  await expect.poll(() => ringOf(phone)).toMatchObject({ saved: true, twins: [{ recovers: true }] });
  return { phone, twin, token };
}

/** An offer as the owner's app makes it, without the pages. */
async function offer({ twin, token }: TestOwner, gift = false): Promise<{ code: string; url: string }> {
  const { status, body } = await api.post(`/v1/twins/${twin}/handover`, { gift }, token);
  expect(status).toBe(201);
  return body as { code: string; url: string };
}

/** What the keyring of a phone has of its things, and whether the server holds all of it. `own`: through a channel of the card's. */
async function ringOf(page: Page): Promise<unknown> {
  type Ring = { twins: { recoveryCode: string | null; channel: string | null }[] };
  const held = await keptUnder<{ ring: Ring; revision: number; savedRevision: number }>(page, "meta", "keyring");
  const { ring, revision, savedRevision } = held!;
  const twins = ring.twins.map(({ recoveryCode, channel }) => ({
    recovers: recoveryCode !== null,
    own: channel !== null,
  }));
  return { saved: revision === savedRevision, twins };
}

const wordsOn = async (page: Page): Promise<string> => {
  await page.getByRole("heading", { level: 1, name: "Read these to its owner" }).waitFor();
  return (await page.getByRole("list", { name: "Your four words" }).getByRole("listitem").allTextContents()).join(" ");
};

async function accept(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Accept", exact: true }).click();
  return wordsOn(page);
}

/** Of the addresses that were asked for, those that hold the end of an offer's code: enough of it that no other holds it by chance. */
const addressesWith = (code: string): string[] => {
  const plain = (text: string): string => text.toUpperCase().replaceAll("-", "");
  return browsers.asked.filter((address) => plain(address).includes(plain(code).slice(-12)));
};

describe("a handover", () => {
  it("goes from the shown history to the new owner's first note, by way of four words, also when the buyer closed the tab", async () => {
    const owner = await seller();
    await agree(api, owner);
    await write(api, owner, "It grinds too coarse.", { send: true, wants: "repair" });
    const phone = await phoneOf(owner, "/manage");
    const { body: share } = await api.post(`/v1/twins/${owner.twin}/shares`, {}, owner.token);
    const buyer = await browsers.device(share.url, OPTIONS);
    await buyer.getByRole("button", { name: "Look at its history" }).click();
    await buyer.getByRole("heading", { level: 1, name: /^Unaltered since / }).waitFor();

    await phone.getByRole("link", { name: "Hand it over" }).click();
    await phone.getByText("Your 2 notes, and what was said to them").waitFor();
    await phone.getByText("A repair, asked of Maker").waitFor();
    const file = phone.waitForEvent("download");
    await phone.getByRole("button", { name: "Make the offer" }).click();
    await phone.getByText("Save your copy first, or say that you need none.").waitFor();
    await phone.getByRole("button", { name: "Save my copy" }).click();
    const copy = (await readFile(await (await file).path(), "utf8")).trimEnd().split("\n");
    expect(copy.some((line) => line.includes(PRIVATE))).toBe(true);
    expect(JSON.parse(copy.at(-1)!)).toMatchObject({ type: "seal", lines: copy.length - 1 });
    await phone.getByText(/^Your copy was saved on .*, signed$/).waitFor();
    await expect.poll(() => phone.getByText("Save your copy first, or say that you need none.").count()).toBe(0);
    await phone.getByRole("button", { name: "Make the offer" }).click();
    await phone.getByRole("heading", { name: "To read out" }).waitFor();
    const code = (await phone.locator(".offer-code span").allTextContents()).join("-");

    await buyer.goto(`${server.url}/h#${code}`);
    await buyer.getByRole("heading", { level: 2, name: /^Unaltered since / }).waitFor();
    expect(await buyer.evaluate("location.hash")).toBe("");
    await buyer.getByText(ON_RECORD).waitFor();
    await buyer.getByText("The owner before you asked for this").waitFor();
    await expect.poll(() => buyer.getByText(PRIVATE).count()).toBe(0);
    // Whether it is this very item is found out without asking anybody.
    const label = buyer.getByLabel("The address or the serial number on the label");
    await label.fill("k7m2q9x4t0vbr5hn");
    await buyer.getByRole("button", { name: "Compare" }).click();
    await buyer.getByRole("heading", { level: 2, name: /^That isn't this item's label\. / }).waitFor();
    const known = buyer.getByRole("checkbox", { name: "I know that the label isn't this item's" });
    await known.waitFor();
    await buyer.getByRole("button", { name: "Accept", exact: true }).click();
    await buyer.getByText("Say first that you want it all the same.").waitFor();
    await label.fill((await serialOf(owner)).toUpperCase());
    await buyer.getByRole("button", { name: "Compare" }).click();
    await buyer.getByText("The label is this item's.").waitFor();
    await expect.poll(() => known.count()).toBe(0);
    await expect.poll(() => buyer.getByRole("button", { name: "I have it in my hands" }).count()).toBe(0);

    // Their owner needn't be on its page to hear of it.
    await phone.goto(server.url);
    const words = await accept(buyer);
    await phone.getByText("Somebody accepted: compare the four words").waitFor();
    await buyer.getByRole("button", { name: "I have it in my hands" }).click();
    await buyer.getByText("Its owner is reminded.").waitFor();
    await phone.getByText("Somebody with your code says that they have it").waitFor();
    await phone.getByText("One thing, 1 new").waitFor();
    await phone.goto(`${server.url}/t/${owner.twin}/handover`);
    await phone.getByRole("heading", { name: "Somebody who has your code says that they have it" }).waitFor();
    // It lies under the buyer's card before it is theirs, so that not even a lost phone loses it.
    await expect.poll(() => ringOf(buyer)).toEqual({ saved: true, twins: [{ recovers: true, own: false }] });
    const context = buyer.context();
    await buyer.close();
    await phone.getByRole("heading", { name: "Somebody accepted" }).waitFor();
    await expect
      .poll(async () => (await keptIn<StoredThing>(phone, "thing")).map(({ taker }) => taker))
      .toEqual([undefined]);
    // All four in a row: one alone may be a word of the page.
    await expect
      .poll(() => phone.locator("body").innerText())
      .not.toMatch(new RegExp(words.replaceAll(" ", "[^a-z]+"), "i"));
    const again = await context.newPage();
    await again.goto(server.url);
    await again.getByRole("link", { name: "Waits for its owner to let go" }).click();
    await expect.poll(() => wordsOn(again)).toBe(words);

    const typed = phone.getByLabel("The four words they read to you");
    const go = phone.getByRole("button", { name: "Let go of it: it is theirs" });
    await typed.fill("one twoo three four");
    await go.click();
    await phone.getByText("Word number 2, “twoo”, is none of ours.").waitFor();
    await typed.fill("zoo zoo zoo zoo");
    await go.click();
    await phone.getByText("These aren't their words.").waitFor();
    await typed.fill(words.toUpperCase());
    await go.click();
    await phone.getByRole("heading", { level: 1, name: "It is theirs now" }).waitFor();
    await phone.getByText("It is told that the thing changed hands on this day").waitFor();
    // Nothing but its name and the day stays here, and says why it doesn't open; the first page says it once.
    const handedOver = phone.getByText(/ was handed over on /);
    for (const page of ["/handover", "", "/write"]) {
      await phone.goto(`${server.url}/t/${owner.twin}${page}`);
      await handedOver.waitFor();
      await expect.poll(() => phone.getByText(/your card/i).count()).toBe(0);
    }
    await expect
      .poll(() => keptUnder(phone, "meta", "handed"))
      .toEqual([{ twin: owner.twin, name: expect.any(String), at: expect.any(String), told: false }]);
    await phone.getByRole("link", { name: "Back" }).click();
    await phone.getByRole("heading", { level: 1, name: "Everything you own has something to say" }).waitFor();
    await handedOver.waitFor();
    await expect.poll(() => keptUnder(phone, "meta", "handed")).toMatchObject([{ told: true }]);
    await phone.reload();
    await phone.getByRole("heading", { level: 1, name: "Everything you own has something to say" }).waitFor();
    await expect.poll(() => handedOver.count()).toBe(0);
    await phone.goto(`${server.url}/devices`);
    await phone.getByRole("button", { name: "Forget everything" }).click();
    await phone.getByRole("dialog").getByRole("button", { name: "Forget everything" }).click();
    await phone.waitForURL(`${server.url}/`);
    await phone.goto(`${server.url}/t/${owner.twin}`);
    await phone.getByRole("heading", { name: "This device doesn't have that thing" }).waitFor();

    await again.getByRole("heading", { level: 1, name: "It is yours" }).waitFor();
    await expect.poll(() => ringOf(again)).toEqual({ saved: true, twins: [{ recovers: true, own: true }] });
    await again.getByRole("link", { name: "Write your first note" }).click();
    await again.waitForURL(/\/write$/);
    const twin = new URL(again.url()).pathname.split("/")[2]!;
    expect(twin).not.toBe(owner.twin);
    await writeNote({ page: again, twin }, "Mine now. It grinds well.");
    await again.getByText("Mine now. It grinds well.").waitFor();
    await expect.poll(() => again.getByText(PRIVATE).count()).toBe(0);
    expect(addressesWith(code)).toEqual([]);
    expect(
      browsers.asked.filter((address) => !/^(blob|about):/.test(address) && !address.startsWith(server.url)),
    ).toEqual([]);
  });

  it("as a gift moves at the first yes, after a warning that can't be passed over", async () => {
    const { phone, twin } = await newOwner();
    await phone.goto(`${server.url}/t/${twin}/handover`);
    // Its card isn't on paper, and no way in.
    await phone.getByText("The one way in: this device").waitFor();
    await phone.getByRole("checkbox", { name: "I need no copy" }).check();
    await phone.getByRole("radio", { name: "As a gift" }).check();
    await phone.getByRole("combobox", { name: "The offer stands for" }).selectOption("60");
    // Its clock is a little ahead of the server's.
    await phone.clock.setSystemTime(Date.now() + 30_000);
    await phone.getByRole("heading", { name: "Whoever uses the code first owns it" }).waitFor();
    await phone.getByRole("button", { name: "Make the gift" }).click();
    await phone.getByText("Say that you have understood this first.").waitFor();
    await phone.getByRole("checkbox", { name: "I give the code only to the one it is for" }).check();
    await phone.getByRole("button", { name: "Make the gift" }).click();
    await phone.getByText("Give it only to the one it is for.").waitFor();
    const code = (await phone.locator(".offer-code span").allTextContents()).join(" ");
    // Nobody looks at it while the gift is accepted.
    await phone.goto("about:blank");

    const buyer = await browsers.device(`${server.url}/add`, OPTIONS);
    await buyer.getByRole("link", { name: "I have a code for it" }).click();
    await buyer.getByLabel("Their code").fill(code.slice(0, 20));
    await buyer.getByRole("button", { name: "Look at it" }).click();
    await buyer.getByText("Such a code has 52 letters and digits").waitFor();
    // One wrong character is no reason to type the other 51 once more.
    const slip = code.endsWith("A") ? `${code.slice(0, -1)}B` : `${code.slice(0, -1)}A`;
    await buyer.getByLabel("Their code").fill(slip.toLowerCase());
    await buyer.getByRole("button", { name: "Look at it" }).click();
    await buyer.getByText("If you typed it, one wrong character is enough").waitFor();
    await buyer.getByRole("button", { name: "Correct it, or type another" }).click();
    await expect.poll(() => buyer.getByLabel("Their code").inputValue()).toBe(slip.replaceAll(" ", "-"));
    await buyer.getByLabel("Their code").fill(code.toLowerCase());
    await buyer.getByRole("button", { name: "Look at it" }).click();
    await buyer.getByRole("button", { name: "Accept the gift" }).click();
    await buyer.getByRole("heading", { level: 1, name: "It is yours" }).waitFor();

    await phone.goto(`${server.url}/t/${twin}/handover`);
    await phone.getByRole("heading", { level: 1, name: "It doesn't open here any more" }).waitFor();
    await phone.getByText(/^You offered .* as a gift on .*\. It has since closed to this device/).waitFor();
    await phone.getByText("You aren't told who accepts a gift, or when").waitFor();
    await expect.poll(() => keptUnder(phone, "meta", `handover:${twin}`)).toMatchObject({ made: { gift: true } });
    await phone.getByRole("button", { name: "Take it off this device" }).click();
    await phone.getByRole("heading", { level: 1, name: "Everything you own has something to say" }).waitFor();
    // Nothing of it stays here, and what is only most likely takes nothing off the card.
    await expect.poll(() => keptUnder(phone, "thing", twin)).toBeUndefined();
    await expect.poll(() => keptUnder(phone, "meta", `handover:${twin}`)).toBeUndefined();
    await expect.poll(() => ringOf(phone)).toMatchObject({ twins: [{ recovers: true }] });
  });

  it("asks for a fresh look after an entry, loses no answer, and is over when the owner takes it back", async () => {
    const owner = await seller();
    const { url } = await offer(owner);
    const buyer = await browsers.device("about:blank", OPTIONS);
    // The answer to the first yes is lost on its way.
    let lost = 0;
    await buyer.route("**/handover/accept", async (route) => {
      if (lost++ > 0) return route.fallback();
      await route.fetch();
      await route.abort();
    });
    await buyer.goto(url);
    await buyer.getByRole("button", { name: "Accept", exact: true }).click();
    await buyer.getByRole("heading", { name: "Your yes may not have arrived" }).waitFor();
    // It is asked again by itself, wherever they begin.
    await buyer.goto(`${server.url}/about`);
    await buyer.goto(`${server.url}/h`);
    const before = await wordsOn(buyer);

    const phone = await phoneOf(owner, "/handover");
    await phone.getByRole("heading", { name: "Somebody accepted" }).waitFor();
    await record(owner, "One more thing was repaired.");
    await phone.getByRole("heading", { name: "They must look again" }).waitFor();
    await buyer.reload();
    await buyer.getByRole("heading", { level: 1, name: "Please look at it again" }).waitFor();
    await buyer.getByRole("button", { name: "Look again" }).click();
    await buyer.getByText("One more thing was repaired.").waitFor();
    expect(await accept(buyer)).not.toBe(before);

    await phone.getByRole("heading", { name: "Somebody accepted" }).waitFor();
    await phone.getByRole("button", { name: "Take the offer back" }).click();
    await phone.getByRole("dialog").getByRole("button", { name: "Take the offer back" }).click();
    await phone.getByRole("heading", { name: "Save your own copy first" }).waitFor();
    await buyer.reload();
    await buyer.getByRole("heading", { level: 1, name: "This offer is over" }).waitFor();
    await buyer.getByRole("button", { name: "Put it away" }).click();
    await buyer.getByLabel("Their code").waitFor();
    await buyer.goto("about:blank");
    await buyer.goto(url);
    await buyer.getByRole("heading", { name: "This code opens nothing" }).waitFor();
  });

  it("is taken back also on a phone without room, which says so and forgets the code once it has some", async () => {
    const { body: owner } = await api.post("/v1/twins", { product: { name: "Grandmother's clock" } });
    const made = await offer(owner);
    const phone = await phoneOf(owner, "/manage");
    const keptHere = JSON.stringify({ asked: { key: "k".repeat(32), gift: false, expiresAt: null }, made });
    await changeIn(phone, "meta", `handover:${owner.twin}`, `kept = ${keptHere}`);
    await phone.goto(`${server.url}/t/${owner.twin}/handover`);
    await phone.getByRole("heading", { name: "To read out" }).waitFor();
    await fill(phone, "meta");
    await phone.getByRole("button", { name: "Take the offer back" }).click();
    await phone.getByRole("dialog").getByRole("button", { name: "Take the offer back" }).click();
    await phone.locator(".toast", { hasText: "The offer is taken back." }).waitFor();
    await phone.getByText("This device has no room left").waitFor();
    await expect.poll(() => phone.getByRole("dialog").count()).toBe(0);
    await phone.evaluate("makeRoom()");
    await phone.getByRole("heading", { name: "Save your own copy first" }).waitFor();
    await expect
      .poll(() => keptUnder(phone, "meta", `handover:${owner.twin}`))
      .toMatchObject({ asked: null, made: null });
  });

  it("compares a label whose serial could be found by trying, and believes nobody's yes without its proof", async () => {
    const { url } = await offer(await claimCounted(api, maker));
    const buyer = await browsers.device("about:blank", OPTIONS);
    await buyer.goto(url);
    await buyer.getByLabel("The address or the serial number on the label").fill(COUNTED);
    await buyer.getByRole("button", { name: "Compare" }).click();
    await buyer.getByText("The label is this item's.").waitFor();
    await buyer.route("**/handover/label", (route) => route.fulfill({ json: { same: true, salt: "A".repeat(43) } }));
    await buyer.getByRole("button", { name: "Compare" }).click();
    await buyer.getByRole("heading", { level: 2, name: /^That label isn't proven\. Unaltered since / }).waitFor();
  });

  it("shows what the maker warns of also where its history can't be checked", async () => {
    const owner = await seller();
    const { gtin } = (await api.get(`/v1/twins/${owner.twin}`, owner.token)).body.product;
    const recall = { kind: "recall", title: "The lid can come off", text: "Boiling water may spill." };
    const posted = await api.post(`/v1/makers/${maker.domain}/notices`, { ...recall, gtin }, maker.key);
    expect(posted.status).toBe(202);
    const { code, url } = await offer(owner);
    await expect.poll(async () => (await openOffer(api, owner, code)).body.notices).toMatchObject([recall]);
    const buyer = await browsers.device("about:blank", OPTIONS);
    // What checks it doesn't come.
    await buyer.route("**/shown-*", (route) => route.abort());
    await buyer.goto(url);
    await buyer.getByRole("heading", { name: "Its history couldn't be checked here" }).waitFor();
    const warning = buyer.getByRole("article").filter({ has: buyer.getByRole("heading", { name: recall.title }) });
    await expect.poll(() => warning.innerText()).toMatch(/^Recall from Maker [^]*Boiling water may spill\./);
    expect(Object.values(await axeFaults(buyer)).flat()).toEqual([]);
  });

  it("shows the photos of its history before anyone says yes, holds its name meanwhile, and looks again when a yes came too late", async () => {
    const { body: owner } = await api.post("/v1/twins", { product: { name: "Grandmother's clock" } });
    const uploaded = await api.call("POST", `/v1/twins/${owner.twin}/photos`, {
      token: owner.token,
      headers: { "Content-Type": "image/png" },
      body: await sharp({ create: { width: 300, height: 200, channels: 3, background: "#a52" } })
        .png()
        .toBuffer(),
    });
    await record(owner, "Cleaned.", [uploaded.body.id]);
    const { code, url } = await offer(owner);
    const buyer = await browsers.device("about:blank", OPTIONS);
    await buyer.route("**/handover/accept", (route) => route.abort(), { times: 1 });
    await buyer.goto(url);
    await buyer.locator(".entry-photos img").scrollIntoViewIfNeeded();
    const width = 'document.querySelector(".entry-photos img")?.naturalWidth';
    await expect.poll(() => buyer.evaluate(width)).toBe(300);
    expect(addressesWith(code)).toEqual([]);
    await expect
      .poll(() => buyer.locator(".limits").innerText())
      .toContain("can't change it while it is offered to you");

    const phone = await phoneOf(owner, "/manage");
    await phone.getByLabel("Name", { exact: true }).fill("A clock");
    const rename = phone.getByRole("button", { name: "Rename" });
    // Not every conflict is the offer's: then there is nothing to take back.
    const other = { status: 409, json: { code: "conflict", title: "Conflict", detail: "It is being handed over." } };
    const thing = `**/v1/twins/${owner.twin}`;
    await phone.route(thing, (route) =>
      route.request().method() === "PATCH" ? route.fulfill(other) : route.fallback(),
    );
    await rename.click();
    await phone.getByText(other.json.detail).waitFor();
    await phone.unroute(thing);
    await expect.poll(() => phone.getByText("Take the offer back").count()).toBe(0);
    await rename.click();
    await phone.getByText("Take the offer back before you change this.").waitFor();
    await phone.getByRole("link", { name: "To your offer" }).click();
    await phone.getByRole("heading", { name: "Waiting for them" }).waitFor();

    await buyer.getByRole("button", { name: "Accept", exact: true }).click();
    await buyer.getByRole("heading", { name: "Your yes may not have arrived" }).waitFor();
    await record(owner, "Wound up.");
    await buyer.getByRole("button", { name: "Finish taking it over" }).click();
    await buyer.getByText("Wound up.").waitFor();
    await accept(buyer);
  });

  it("can't be while the thing is lost or stolen, which stands over everything until its owner takes it back", async () => {
    const owner = await seller();
    const { url } = await offer(owner);
    const buyer = await browsers.device(url, OPTIONS);
    await buyer.getByRole("button", { name: "Accept", exact: true }).waitFor();
    const phone = await phoneOf(owner, "/manage");
    await phone.getByRole("button", { name: "It was stolen" }).click();
    await phone.getByRole("heading", { name: "You said that it was stolen" }).waitFor();
    await buyer.getByRole("button", { name: "Accept", exact: true }).click();
    await buyer.getByText("Its owner has marked it as lost or stolen").waitFor();
    await phone.goto(`${server.url}/t/${owner.twin}/handover`);
    await phone.getByRole("heading", { name: "It is marked as stolen" }).waitFor();
    await phone.getByRole("button", { name: "Take the offer back" }).click();
    await phone.getByRole("dialog").getByRole("button", { name: "Take the offer back" }).click();
    await expect.poll(() => phone.getByRole("button", { name: "Take the offer back" }).count()).toBe(0);
    await expect.poll(() => phone.getByRole("button", { name: "Make the offer" }).count()).toBe(0);
    await phone.goto(`${server.url}/t/${owner.twin}`);
    await phone.getByRole("button", { name: "I have it back" }).click();
    await phone.getByRole("heading", { name: "You said that it was stolen" }).waitFor({ state: "detached" });
    expect((await api.get(`/v1/twins/${owner.twin}`, owner.token)).body.alert).toBeNull();
  });

  it("is for everyone on both sides: for axe, small screens, large text, keyboards and thumbs", async () => {
    const owner = await seller();
    const { url } = await offer(owner);
    const buyer = await browsers.device(url, OPTIONS);
    const phone = await phoneOf(owner, "/handover");
    await buyer.getByRole("heading", { level: 2, name: /^Unaltered since / }).waitFor();
    await phone.getByRole("heading", { name: "Waiting for them" }).waitFor();
    expect(Object.values(await axeFaults(buyer)).flat()).toEqual([]);
    expect(Object.values(await fitFaults(phone)).flat()).toEqual([]);
    for (const page of [buyer, phone]) await page.reload();
    await accept(buyer);
    await phone.getByRole("heading", { name: "Somebody accepted" }).waitFor();
    expect(Object.values(await fitFaults(buyer)).flat()).toEqual([]);
    expect(Object.values(await axeFaults(phone)).flat()).toEqual([]);
  });
});

describe("letting go", () => {
  const four = (phone: Page) => phone.getByLabel("The four words they read to you");
  const go = (phone: Page) => phone.getByRole("button", { name: "Let go of it: it is theirs" });
  const ended = async (phone: Page, twin: string) =>
    (await keptUnder<{ ended: string | null }>(phone, "thing", twin))?.ended;

  /** Types the words and lets go; `then`, when the phone knows by another way that it is shut out, and before anything comes of its word. */
  async function letGo(phone: Page, twin: string, words: string, then: (route: Route) => Promise<unknown>) {
    await phone.goto(`${server.url}/t/${twin}/handover`);
    const came = Promise.withResolvers<unknown>();
    await phone.route("**/handover/release", (route) => then(route).then(came.resolve, came.reject));
    await four(phone).fill(words);
    await go(phone).click();
    await came.promise;
  }

  it("ends in the goodbye also when its answer is lost and all else says that the phone is shut out, and clears the card", async () => {
    const { phone, twin, token } = await newOwner();
    const { code } = await offer({ twin, token } as TestOwner);
    const { words } = await acceptOffer(api, { twin }, code);
    await letGo(phone, twin, words, async (route) => {
      await route.fetch();
      await expect.poll(() => ended(phone, twin)).toMatch(/^(revoked|handed)$/);
      await expect
        .poll(() => phone.getByText("open here any more").or(phone.getByText("was handed over")).count())
        .toBe(0);
      await route.abort();
    });
    await phone.getByRole("heading", { level: 1, name: "It is theirs now" }).waitFor();
    await phone.getByText("was handed over on").waitFor();
    await expect.poll(() => ringOf(phone)).toEqual({ saved: true, twins: [] });
    await expect.poll(() => keptUnder(phone, "thing", twin)).toBeUndefined();
    await expect.poll(() => keptUnder(phone, "meta", `handover:${twin}`)).toBeUndefined();
  });

  it("is said on its page also by a phone that was closed before the answer came", async () => {
    const { phone, twin, token } = await newOwner();
    const { code } = await offer({ twin, token } as TestOwner);
    const { words } = await acceptOffer(api, { twin }, code);
    await letGo(phone, twin, words, async (route) => {
      await phone.context().setOffline(true);
      await route.abort();
      await phone.goto("about:blank");
      await api.post(`/v1/twins/${twin}/handover/release`, { words }, token);
      await phone.context().setOffline(false);
    });
    await phone.goto(`${server.url}/t/${twin}`);
    await phone.getByRole("link", { name: "It is theirs now" }).click();
    await phone.getByRole("heading", { level: 1, name: "It is theirs now" }).waitFor();
  });

  it("is not what happened to a phone that its owner cut off", async () => {
    const owner = await claim(api, maker);
    const { code } = await offer(owner);
    const { words } = await acceptOffer(api, owner, code);
    const { body: way } = await api.post(
      `/v1/twins/${owner.twin}/channels`,
      { label: "A lost phone", scopes: ["owner"] },
      owner.token,
    );
    const phone = await phoneOf({ ...owner, token: way.token }, "/handover");
    await letGo(phone, owner.twin, words, async (route) => {
      await api.call("DELETE", `/v1/twins/${owner.twin}/channels/${way.id}`, { token: owner.token });
      await expect.poll(() => ended(phone, owner.twin)).toBe("revoked");
      await route.continue();
    });
    await phone.getByText("This thing doesn't open on this device any more.").waitFor();
    await expect.poll(() => keptUnder(phone, "meta", `handover:${owner.twin}`)).toMatchObject({ releasing: null });
    await expect.poll(() => ended(phone, owner.twin)).toBe("revoked");
  });

  it("asks how it stands one at a time, so that no old answer takes away what is being typed", async () => {
    const owner = await claim(api, maker);
    const { code } = await offer(owner);
    const phone = await phoneOf(owner, "/handover");
    await phone.getByRole("heading", { name: "Waiting for them" }).waitFor();
    const late = Promise.withResolvers<void>();
    let asked = 0;
    await phone.route("**/handover", async (route) => {
      asked++;
      const answer = await route.fetch();
      await late.promise;
      await route.fulfill({ response: answer });
    });
    await expect.poll(() => asked).toBe(1);
    await phone.evaluate('document.dispatchEvent(new Event("visibilitychange"))');
    await acceptOffer(api, owner, code);
    expect(asked).toBe(1);
    late.resolve();
    await four(phone).fill("half of it");
    await phone.waitForResponse((response) => new URL(response.url()).pathname.endsWith("/handover"));
    await expect.poll(() => four(phone).inputValue()).toBe("half of it");
    await phone.unrouteAll({ behavior: "wait" });
  });
});
