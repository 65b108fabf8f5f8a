// A thing that changes hands, each side on a phone of its own: the record shown and checked, the offer, the four words, the goodbye, and
// the new owner's first note; and whatever comes between.

import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { isRandomSerial } from "../../src/domain/label-hash.ts";
import { Client } from "../support/client.ts";
import { agree, claim, join, write, type TestMaker, type TestOwner } from "../support/people.ts";
import { startServer, type TestServer, UNLIMITED } from "../support/server/server.ts";
import { launchBrowser } from "../support/web/browser.ts";
import { Browsers } from "../support/web/browsers.ts";
import { axeFaults, fitFaults } from "../support/web/every-page.ts";
import { putThing, writeNote } from "../support/web/owner.ts";

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

async function record({ twin, token }: TestOwner, text: string): Promise<void> {
  const occurredOn = new Date().toISOString().slice(0, "YYYY-MM-DD".length);
  const { status } = await api.post(`/v1/twins/${twin}/history`, { kind: "repairing", text, occurredOn }, token);
  expect(status).toBe(201);
}

/** The owner's phone, open at a page of the thing. */
async function phoneOf({ twin, token }: TestOwner, page: string, options = {}): Promise<Page> {
  const phone = await browsers.device(`${server.url}/about`, { ...OPTIONS, ...options });
  const [view, channel] = await Promise.all([
    api.get(`/v1/twins/${twin}`, token),
    api.get(`/v1/twins/${twin}/channels/current`, token),
  ]);
  await phone.getByRole("heading", { level: 1 }).waitFor();
  const { id, scopes } = channel.body;
  await putThing(phone, { id: twin, token, view: view.body, scopes, channel: id });
  await phone.goto(`${server.url}/t/${twin}${page}`);
  return phone;
}

/** An offer as the owner's app makes it, without the pages. */
async function offer({ twin, token }: TestOwner, gift = false): Promise<{ code: string; url: string }> {
  const { status, body } = await api.post(`/v1/twins/${twin}/handover`, { gift }, token);
  expect(status).toBe(201);
  return body as { code: string; url: string };
}

/** What the keyring of a phone has of its things, and whether the server holds all of it. `own`: through a channel of the card's. */
const ringOf = (page: Page): Promise<unknown> =>
  page.evaluate(`new Promise((resolve, reject) => {
    const opening = indexedDB.open("pico-twins");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const asking = opening.result.transaction("meta").objectStore("meta").get("keyring");
      asking.onsuccess = () => {
        opening.result.close();
        const { ring, revision, savedRevision } = asking.result;
        const twins = ring.twins.map(({ recoveryCode, channel }) => ({ recovers: recoveryCode !== null, own: channel !== null }));
        resolve({ saved: revision === savedRevision, twins });
      };
    };
  })`);

const wordsOn = async (page: Page): Promise<string> => {
  await page.getByRole("heading", { level: 1, name: "Read these to its owner" }).waitFor();
  return (await page.getByRole("list", { name: "Your four words" }).getByRole("listitem").allTextContents()).join(" ");
};

async function accept(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Accept", exact: true }).click();
  return wordsOn(page);
}

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
    await phone.getByRole("button", { name: "Make the offer" }).click();
    await phone.getByRole("heading", { name: "To read out" }).waitFor();
    const code = (await phone.locator(".offer-code span").allTextContents()).join("-");

    await buyer.goto(`${server.url}/h#${code}`);
    await buyer.getByRole("heading", { level: 2, name: /^Unaltered since / }).waitFor();
    expect(new URL(buyer.url()).hash).toBe("");
    await buyer.getByText(ON_RECORD).waitFor();
    await buyer.getByText("The owner before you asked for this").waitFor();
    expect(await buyer.getByText(PRIVATE).count()).toBe(0);
    // Whether it is this very item is found out without asking anybody.
    const label = buyer.getByLabel("The address or the serial number on the label");
    await label.fill("k7m2q9x4t0vbr5hn");
    await buyer.getByRole("button", { name: "Compare" }).click();
    await buyer.getByRole("heading", { level: 2, name: /^That isn't this item's label\. / }).waitFor();
    await label.fill((await serialOf(owner)).toUpperCase());
    await buyer.getByRole("button", { name: "Compare" }).click();
    await buyer.getByText("The label is this item's.").waitFor();
    expect(await buyer.getByRole("button", { name: "I have it in my hands" }).count()).toBe(0);

    const words = await accept(buyer);
    await buyer.getByRole("button", { name: "I have it in my hands" }).click();
    await buyer.getByText("Its owner is reminded.").waitFor();
    await phone.getByRole("heading", { name: "Somebody who has your code says that they have it" }).waitFor();
    // It lies under the buyer's card before it is theirs, so that not even a lost phone loses it.
    await expect.poll(() => ringOf(buyer)).toEqual({ saved: true, twins: [{ recovers: true, own: false }] });
    const context = buyer.context();
    await buyer.close();
    await phone.getByRole("heading", { name: "Somebody accepted" }).waitFor();
    expect(await phone.locator("body").innerText()).not.toContain(words.split(" ")[0]);
    const again = await context.newPage();
    await again.goto(server.url);
    await again.getByRole("link", { name: "Waits for its owner to let go" }).click();
    expect(await wordsOn(again)).toBe(words);

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
    await phone.getByRole("link", { name: "To my things" }).click();
    await phone.getByRole("heading", { level: 1, name: "Everything you own has something to say" }).waitFor();

    await again.getByRole("heading", { level: 1, name: "It is yours" }).waitFor();
    await expect.poll(() => ringOf(again)).toEqual({ saved: true, twins: [{ recovers: true, own: true }] });
    await again.getByRole("link", { name: "Write your first note" }).click();
    await again.waitForURL(/\/write$/);
    const twin = new URL(again.url()).pathname.split("/")[2]!;
    expect(twin).not.toBe(owner.twin);
    await writeNote({ page: again, twin }, "Mine now. It grinds well.");
    await again.getByText("Mine now. It grinds well.").waitFor();
    expect(await again.getByText(PRIVATE).count()).toBe(0);
    expect(browsers.asked.filter((address) => address.toUpperCase().includes(code.slice(-4)))).toEqual([]);
    expect(
      browsers.asked.filter((address) => !/^(blob|about):/.test(address) && !address.startsWith(server.url)),
    ).toEqual([]);
  });

  it("as a gift moves at the first yes, after a warning that can't be passed over", async () => {
    const owner = await seller();
    const phone = await phoneOf(owner, "/handover");
    await phone.getByRole("checkbox", { name: "I need no copy" }).check();
    await phone.getByRole("radio", { name: "As a gift" }).check();
    await phone.getByRole("heading", { name: "Whoever uses the code first owns it" }).waitFor();
    await phone.getByRole("button", { name: "Make the gift" }).click();
    await phone.getByText("Say that you have understood this first.").waitFor();
    await phone.getByRole("checkbox", { name: "I give the code only to the one it is for" }).check();
    await phone.getByRole("button", { name: "Make the gift" }).click();
    await phone.getByText("Give it only to the one it is for.").waitFor();
    const code = (await phone.locator(".offer-code span").allTextContents()).join(" ");

    const buyer = await browsers.device(`${server.url}/add`, OPTIONS);
    await buyer.getByRole("link", { name: "I have a code for it" }).click();
    await buyer.getByLabel("Their code").fill(code.slice(0, 20));
    await buyer.getByRole("button", { name: "Look at it" }).click();
    await buyer.getByText("Such a code has 52 letters and digits").waitFor();
    await buyer.getByLabel("Their code").fill(code.toLowerCase());
    await buyer.getByRole("button", { name: "Look at it" }).click();
    await buyer.getByRole("button", { name: "Accept the gift" }).click();
    await buyer.getByRole("heading", { level: 1, name: "It is yours" }).waitFor();

    await phone.getByRole("heading", { level: 1, name: "It is theirs now" }).waitFor();
    await phone.getByText("was offered as a gift, and doesn't open here any more").waitFor();
    await phone.getByRole("button", { name: "Take it off this device" }).click();
    await phone.getByRole("heading", { level: 1, name: "Everything you own has something to say" }).waitFor();
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
    await buyer.reload();
    await buyer.getByRole("button", { name: "Finish taking it over" }).click();
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
    expect(await phone.getByRole("button", { name: "Make the offer" }).count()).toBe(0);
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
