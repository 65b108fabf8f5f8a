// One key for everything, and who else has one: cards, devices, people. In real browsers at the real server, as people do it.

import { readdirSync, readFileSync } from "node:fs";
import { join as joinPath } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { newSecret, wordsOf } from "../../src/web/keys/card.ts";
import { sealTo } from "../../src/web/keys/device-key.ts";
import { readInvitation } from "../../src/web/keys/pairing-code.ts";
import { open, seal, slotOf } from "../../src/web/keys/slot.ts";
import { Client } from "../support/client.ts";
import { join, write, type TestMaker, type TestOwner } from "../support/people.ts";
import { eventually } from "../support/server/product.ts";
import { startServer, type TestServer, UNLIMITED } from "../support/server/server.ts";
import { axeFindings, launchBrowser } from "../support/web/browser.ts";
import { Browsers } from "../support/web/browsers.ts";
import { claimOnDevice, type Device } from "../support/web/owner.ts";

let server: TestServer;
let browser: Browser;
let api: Client;
let maker: TestMaker;
let browsers: Browsers;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: UNLIMITED }), launchBrowser()]);
  browsers = new Browsers(browser);
  api = new Client(fetch, server.url);
  maker = await join(api, server.operatorKey);
});
afterEach(() => browsers.closeAll());
afterAll(async () => {
  await browser?.close();
  await server?.discard();
});

/** What a device keeps of its keyring, read in the page. */
const KEPT = `new Promise((resolve, reject) => {
  const opening = indexedDB.open("pico-twins");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asking = opening.result.transaction("meta").objectStore("meta").get("keyring");
    asking.onsuccess = () => {
      opening.result.close();
      const held = asking.result;
      resolve(held ? { ring: held.ring, secret: [...held.secret], arrivals: held.arrivals.length, saved: held.revision === held.savedRevision, next: held.next !== null } : null);
    };
  };
})`;
type Kept = {
  ring: {
    twins: { twin: string; token: string; recoveryCode: string | null }[];
    devices: { name: string }[];
    confirmedAt: string | null;
    terms: { code: string } | null;
  };
  secret: number[];
  arrivals: number;
  saved: boolean;
  next: boolean;
} | null;
const keptOn = (page: Page): Promise<Kept> => page.evaluate<Kept>(KEPT);
/** Once this device's keyring lies on the server, whole. */
const saved = (page: Page): Promise<Kept> =>
  eventually(
    () => keptOn(page),
    (kept) => kept !== null && kept.saved && kept.arrivals === 0 && !kept.next,
  );

const ownerOf = ({ twin, token }: Pick<Device, "twin" | "token">): TestOwner => ({ twin, token, recoveryCode: "" });
const at = (path: string): string => server.url + path;
const button = (page: Page, name: string | RegExp): Locator => page.getByRole("button", { name });
const shows = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();

async function owner(): Promise<Device> {
  const device = await claimOnDevice(browser, api, maker, { permissions: ["clipboard-read", "clipboard-write"] });
  browsers.adopt(device.context);
  await saved(device.page);
  return device;
}
/** A device on which nothing was ever opened. */
const stranger = (path = "/"): Promise<Page> =>
  browsers.device(at(path), { permissions: ["clipboard-read", "clipboard-write"] });

/** Makes another thing on this device, by the API and the app's own keeping of it. */
async function addThing(page: Page, name: string): Promise<void> {
  await page.goto(at("/add"));
  await page.getByRole("textbox", { name: "What is it?" }).fill(name);
  await page.getByRole("button", { name: "Add it" }).click();
  await page.waitForURL(/\/t\/[^/]+\/write$/);
  await saved(page);
}

const card = (page: Page): Locator => page.getByRole("list", { name: "Your 12 words" });
async function wordsShown(page: Page): Promise<string[]> {
  await card(page).waitFor();
  return card(page).locator("li span[translate]").allTextContents();
}

/** Confirms the words on the table by the two that are asked for. */
async function confirm(page: Page, list: readonly string[]): Promise<void> {
  await button(page, "I have written them down").click();
  const labels = await page.locator("label", { hasText: /^Word number/ }).allTextContents();
  expect(labels.length).toBe(2);
  for (const label of labels) await page.getByLabel(label, { exact: true }).fill(list[Number(/\d+/.exec(label)) - 1]!);
  await button(page, "That is what my paper says").click();
}

/** The words of this device's card, on paper. */
async function makeCard(page: Page): Promise<string[]> {
  await page.goto(at("/card"));
  await button(page, "Show my 12 words").click();
  const list = await wordsShown(page);
  await confirm(page, list);
  await shows(page, "Your card is ready");
  await saved(page);
  return list;
}

async function openByWords(page: Page, typed: string): Promise<void> {
  await page.goto(at("/open"));
  await page.getByLabel("The 12 words of your card").fill(typed);
  await button(page, "Open").click();
}

const copied = async (page: Page, name: string): Promise<string> => {
  await button(page, name).click();
  await shows(page, "Copied");
  return page.evaluate<string>("navigator.clipboard.readText()");
};

const digitsOn = (page: Page): Promise<string> => page.getByRole("img", { name: /^Digits to compare/ }).innerText();

/** `page`'s owner lets another device in by its code. */
async function pair(page: Page): Promise<Page> {
  await page.goto(at("/pair"));
  const other = await stranger();
  await other.goto(await copied(page, "Copy the link"));
  await button(other, "Go on").click();
  expect(await digitsOn(page)).toBe(await digitsOn(other));
  await button(page, "Yes, let it in").click();
  await shows(other, "It opened");
  await shows(page, /was let in/);
  return other;
}

const channels = async ({
  twin,
  token,
}: Pick<TestOwner, "twin" | "token">): Promise<{ id: string; label: string; revokedAt: string | null }[]> =>
  (await api.get(`/v1/twins/${twin}/channels`, token)).body.items;
const liveLabels = async (of: Pick<TestOwner, "twin" | "token">): Promise<string[]> =>
  (await channels(of)).flatMap(({ label, revokedAt }) => (revokedAt === null ? [label] : [])).sort();

describe("a card of twelve words", () => {
  it("opens everything on a browser that was never here, and each device has a channel of its own", async () => {
    const mine = await owner();
    await write(api, ownerOf(mine), "It squeaks in the morning");
    await addThing(mine.page, "Grandfather's clock");
    const list = await makeCard(mine.page);
    expect(list.length).toBe(12);

    const fresh = await stranger();
    await openByWords(fresh, `  ${list.map((word, n) => `${n + 1}. ${word.toUpperCase()}`).join("\n")} `);
    await shows(fresh, "2 things are on this device now.");
    await fresh.getByRole("link", { name: "To my things" }).click();
    await shows(fresh, "Grandfather's clock");
    await fresh.goto(at(`/t/${mine.twin}`));
    await shows(fresh, "It squeaks in the morning");

    expect(await liveLabels(mine)).toEqual(["Card of 12 words", "Chrome on Linux", "Chrome on Linux 2"]);
    // Two devices and a card: three different keys, of which the fresh device got one of its own.
    const tokens = new Set([
      mine.token,
      (await keptOn(fresh))!.ring.twins.find(({ twin }) => twin === mine.twin)!.token,
    ]);
    expect(tokens.size).toBe(2);
    expect(mine.faults).toEqual([]);
  });

  it("is nowhere on the server: neither a word of it nor a token in it", async () => {
    const mine = await owner();
    const list = await makeCard(mine.page);
    const kept = (await keptOn(mine.page))!;
    const secret = Buffer.from(kept.secret);
    const [twin] = kept.ring.twins;
    const needles = [
      list.join(" "),
      ...list.slice(1).map((word, n) => `${list[n]} ${word}`),
      ...list.slice(1).map((word, n) => `"${list[n]}","${word}"`),
      secret.toString("base64url"),
      secret.toString("hex"),
      twin!.token.split("~")[1]!,
      mine.token.split("~")[1]!,
      twin!.recoveryCode!,
      twin!.recoveryCode!.toLowerCase().replaceAll("-", "").slice(26),
    ];
    const files = readdirSync(server.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(joinPath(entry.parentPath, entry.name)));
    // The search finds what is there: the twin's id.
    expect(files.some((bytes) => bytes.includes(mine.twin))).toBe(true);
    for (const needle of needles)
      expect(
        files.some((bytes) => bytes.includes(needle)),
        needle,
      ).toBe(false);
    expect(files.some((bytes) => bytes.includes(secret))).toBe(false);
  });

  it("says which word is wrong, that the words don't fit, and that they open nothing", async () => {
    const page = await stranger("/open");
    const list = await wordsOf(newSecret());
    const says = async (typed: string, text: string | RegExp): Promise<void> => {
      await openByWords(page, typed);
      await shows(page, text);
    };
    await says("two applets 3", /A card has 12 words; here are 2/);
    await says(list.slice(0, 11).join(" "), "A card has 12 words; here are 11.");
    await says(list.with(4, "qwertz").join(" "), "Word number 5, “qwertz”, is on no card. Is it spelled right?");
    await says("abandon ".repeat(12), /but not together/);
    await says(list.join(" "), "These words open nothing here");
    expect(await keptOn(page)).toBeNull();
  });

  it("asks again for a word that isn't the one on the card, and hides the words until they are asked for", async () => {
    const { page } = await owner();
    await page.goto(at("/card"));
    await button(page, "Show my 12 words").waitFor();
    expect(await card(page).count()).toBe(0);
    await button(page, "Show my 12 words").click();
    const list = await wordsShown(page);
    await confirm(
      page,
      list.toReversed().map((_, n) => list[(n + 1) % 12]!),
    );
    await shows(page, /This isn't word number/);
    expect((await keptOn(page))!.ring.confirmedAt).toBeNull();
    await button(page, "Show the words again").click();
    expect(await wordsShown(page)).toEqual(list);
  });

  it("is printed with its words, its code and what a finder should know, and nothing else of the page", async () => {
    const { page } = await owner();
    await page.goto(at("/card"));
    await button(page, "Show my 12 words").click();
    const list = await wordsShown(page);
    await page.emulateMedia({ media: "print" });
    const paper = page.locator(".paper");
    expect(await paper.isVisible()).toBe(true);
    expect(await paper.locator("li").allInnerTexts()).toEqual(
      list.map((word, n) => `${n + 1}${word}`.replace(/^(\d+)/, "$1\n")),
    );
    await paper.getByText(/Found it\?/).waitFor();
    expect(await paper.locator("svg path").getAttribute("d")).not.toBe("");
    expect(await button(page, "I have written them down").isVisible()).toBe(false);
  });

  it("that was scanned opens only after a yes, and is out of the address bar at once", async () => {
    const mine = await owner();
    const list = await makeCard(mine.page);
    const secret = Buffer.from((await keptOn(mine.page))!.secret).toString("base64url");
    const fresh = await stranger(`/open#${secret}`);
    await shows(fresh, "A card was scanned");
    expect(fresh.url()).toBe(at("/open"));
    expect(await fresh.evaluate("history.length + JSON.stringify(history.state)")).not.toContain(secret);
    expect(await keptOn(fresh)).toBeNull();
    await button(fresh, "Open it on this device").click();
    await shows(fresh, "1 thing is on this device now.");
    await fresh.reload();
    expect(await fresh.getByText("A card was scanned").count()).toBe(0);
    expect(list.length).toBe(12);
  });

  it("doesn't open on a device that belongs to another card, so that two people's things don't mix", async () => {
    const [mine, theirs] = [await owner(), await owner()];
    const list = await makeCard(mine.page);
    await makeCard(theirs.page);
    await openByWords(theirs.page, list.join(" "));
    await shows(theirs.page, "This device belongs to another card");
    expect((await keptOn(theirs.page))!.ring.twins.map(({ twin }) => twin)).toEqual([theirs.twin]);
  });

  it("takes in what was on a device before it was opened there", async () => {
    const mine = await owner();
    const list = await makeCard(mine.page);
    const second = await owner();
    await openByWords(second.page, list.join(" "));
    await shows(second.page, "1 thing is on this device now.");
    await saved(second.page);
    const fresh = await stranger();
    await openByWords(fresh, list.join(" "));
    await shows(fresh, "2 things are on this device now.");
  });

  it("never keeps anyone from writing: without its place on the server a thing is claimed, and it heals", async () => {
    const page = await stranger("/add");
    await page.context().route("**/v1/keyrings/**", (route) => route.abort());
    await page
      .context()
      .route(/\/channels$/, (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
    await page.getByRole("textbox", { name: "What is it?" }).fill("A kettle");
    await page.getByRole("button", { name: "Add it" }).click();
    await page.waitForURL(/\/t\/[^/]+\/write$/);
    await page.getByRole("textbox", { name: "Your note" }).fill("Written at once");
    await button(page, "Keep this note").click();
    await shows(page, "Written at once");
    expect(await keptOn(page)).toMatchObject({ saved: false, arrivals: 1 });
    await page.context().unrouteAll();
    await page.evaluate("dispatchEvent(new Event('online'))");
    expect((await saved(page))!.ring.twins.length).toBe(1);
  });
});

describe("a second device", () => {
  it("is let in by a code, compared by four digits; used, the code opens nothing for whoever photographed it", async () => {
    const mine = await owner();
    await mine.page.goto(at("/pair"));
    const link = await copied(mine.page, "Copy the link");
    expect(link).toMatch(new RegExp(`^${server.url}/pair#[A-Za-z0-9_-]{43}$`));
    const second = await stranger();
    await second.goto(link);
    await button(second, "Go on").waitFor();
    expect(second.url()).toBe(at("/pair"));
    await button(second, "Go on").click();
    expect(await digitsOn(second)).toMatch(/^\d\d \d\d$/);
    expect(await digitsOn(mine.page)).toBe(await digitsOn(second));
    await button(mine.page, "Yes, let it in").click();
    await shows(second, "1 thing is on this device now.");
    await shows(mine.page, "Chrome on Linux was let in");

    const thief = await stranger();
    await thief.goto(link);
    await button(thief, "Go on").click();
    await shows(thief, /too old or was used already/);
    expect(await keptOn(thief)).toBeNull();
    expect(await liveLabels(mine)).toEqual(["Card of 12 words", "Chrome on Linux", "Chrome on Linux 2"]);
  });

  it("that answers a photographed code first keeps the one in the hand out, and a no gives it nothing", async () => {
    const mine = await owner();
    await mine.page.goto(at("/pair"));
    const link = await copied(mine.page, "Copy the link");
    const thief = await stranger();
    await thief.goto(link);
    await button(thief, "Go on").click();
    // A person reads both screens: these digits are not on the device beside them.
    expect(await digitsOn(mine.page)).toBe(await digitsOn(thief));
    const second = await stranger();
    await second.goto(link);
    await button(second, "Go on").click();
    await shows(second, /too old or was used already/);
    await button(mine.page, "No").click();
    await shows(thief, /you said no. Nothing was handed over/);
    await shows(mine.page, /you said no. Nothing was handed over/);
    expect(await keptOn(thief)).toBeNull();
    expect(await liveLabels(mine)).toEqual(["Card of 12 words", "Chrome on Linux"]);
  });

  it("takes nobody's card but the first one's, also from who photographed the code and writes in between", async () => {
    const mine = await owner();
    await mine.page.goto(at("/pair"));
    const link = await copied(mine.page, "Copy the link");
    const second = await stranger();
    await second.goto(link);
    await button(second, "Go on").click();
    await digitsOn(second);
    // The thief has all that the code says.
    const slot = await slotOf(readInvitation(new URL(link).hash.slice(1))!.secret, "pairing");
    const authorization = { Authorization: `Bearer ${slot.bearer}` };
    const url = at(`/v1/keyrings/${slot.name}`);
    const lies = await fetch(url, { headers: authorization });
    const said = (await open(slot, new Uint8Array(await lies.arrayBuffer()))) as { step: string; key: string };
    expect(said.step).toBe("show");
    const give = { step: "give", box: await sealTo(said.key, newSecret(), `pairing/${slot.name}`) };
    const put = await fetch(url, {
      method: "PUT",
      headers: {
        ...authorization,
        "If-Match": lies.headers.get("ETag")!,
        "Content-Type": "application/octet-stream",
      },
      body: await seal(slot, give),
    });
    expect(put.status).toBe(200);
    await shows(second, /Somebody else answered/);
    expect(await keptOn(second)).toBeNull();
  });

  it("gets what is added on the first, and the terms that are chosen there", async () => {
    const mine = await owner();
    const second = await pair(mine.page);
    await saved(second);
    await addThing(mine.page, "A bicycle");
    await mine.page.goto(at("/terms"));
    await mine.page.getByRole("radio").first().check();
    await mine.page.getByRole("radio").last().check();
    await mine.page.locator(".thumb-bar button").click();
    const { ring } = (await eventually(
      () => keptOn(mine.page),
      (kept) => kept !== null && kept.ring.terms !== null && kept.saved,
    ))!;
    await second.goto(at("/devices"));
    await second.getByLabel("What this device is called").waitFor();
    await eventually(
      () => keptOn(second),
      (kept) => kept?.ring.twins.length === 2,
    );
    expect((await keptOn(second))!.ring.terms).toEqual(ring.terms);
    expect(ring.terms).not.toBeNull();
    await second.goto(at("/"));
    await shows(second, "A bicycle");
  });

  it("is called what its person calls it, in the list and on every thing", async () => {
    const mine = await owner();
    await mine.page.goto(at("/devices"));
    await mine.page.getByLabel("What this device is called").fill("Kitchen tablet");
    await button(mine.page, "Rename").click();
    await shows(mine.page, "It has its new name.");
    await eventually(
      () => liveLabels(mine),
      (labels) => labels.includes("Kitchen tablet"),
    );
    expect(await liveLabels(mine)).toEqual(["Card of 12 words", "Kitchen tablet"]);
  });

  it("that is cut off is out at once; after a new card its old words and its old ring are of no use, and the others go on", async () => {
    const mine = await owner();
    const old = await makeCard(mine.page);
    const [lost, tablet] = [await pair(mine.page), await pair(mine.page)];
    await saved(lost);
    await saved(tablet);
    const lostToken = await lost.evaluate<string>(
      `new Promise((resolve) => { const o = indexedDB.open("pico-twins"); o.onsuccess = () => { const q = o.result.transaction("thing").objectStore("thing").getAll(); q.onsuccess = () => { o.result.close(); resolve(q.result[0].token); }; }; })`,
    );
    expect((await api.get(`/v1/twins/${mine.twin}`, lostToken)).status).toBe(200);
    const ringToken = (await keptOn(lost))!.ring.twins[0]!.token;

    await mine.page.goto(at("/devices"));
    await button(mine.page, "Cut off Chrome on Linux 2?").click();
    await mine.page.getByRole("dialog").getByRole("button", { name: "Cut off", exact: true }).click();
    await shows(mine.page, "Chrome on Linux 2 opens nothing any more");
    expect((await api.get(`/v1/twins/${mine.twin}`, lostToken)).status).toBe(401);
    await lost.goto(at("/devices"));
    await shows(lost, "This device was cut off");
    expect(await keptOn(lost)).toBeNull();

    await mine.page.goto(at("/card"));
    await button(mine.page, "Make a new card").click();
    const list = await wordsShown(mine.page);
    expect(list).not.toEqual(old);
    await confirm(mine.page, list);
    await shows(mine.page, "The new card counts");
    expect((await api.get(`/v1/twins/${mine.twin}`, ringToken)).status).toBe(401);
    expect(await liveLabels(mine)).toEqual(["Card of 12 words", "Chrome on Linux", "Chrome on Linux 3"]);

    const fresh = await stranger();
    await openByWords(fresh, old.join(" "));
    await shows(fresh, "This is an old card");
    await openByWords(fresh, list.join(" "));
    await shows(fresh, "1 thing is on this device now.");

    await addThing(mine.page, "A lamp");
    await tablet.goto(at("/devices"));
    await eventually(
      () => keptOn(tablet),
      (kept) => kept?.ring.twins.length === 2,
    );
    await tablet.goto(at("/"));
    await shows(tablet, "A lamp");
  });

  it("that put itself into the ring with a stolen card is named before a new card is made, and doesn't go on", async () => {
    const mine = await owner();
    const old = await makeCard(mine.page);
    const thief = await stranger();
    await openByWords(thief, old.join(" "));
    await shows(thief, "1 thing is on this device now.");
    await saved(thief);
    await mine.page.goto(at("/card"));
    await button(mine.page, "Make a new card").click();
    await mine.page.getByLabel("Chrome on Linux 2").uncheck();
    await confirm(mine.page, await wordsShown(mine.page));
    await shows(mine.page, "The new card counts");
    expect(await liveLabels(mine)).toEqual(["Card of 12 words", "Chrome on Linux"]);
    await thief.goto(at("/devices"));
    await shows(thief, "This device was cut off");
    expect(await keptOn(thief)).toBeNull();
  });

  it("finishes a new card that broke off on the way; until then the old one opens everything", async () => {
    const mine = await owner();
    const old = await makeCard(mine.page);
    await button(mine.page, "Make a new card").click();
    const list = await wordsShown(mine.page);
    await mine.context.route("**/v1/keyrings/**", (route) => route.abort());
    await confirm(mine.page, list);
    await shows(mine.page, "The new card is waiting for the network");
    expect(await button(mine.page, "Make a new card").count()).toBe(0);
    const fresh = await stranger();
    await openByWords(fresh, old.join(" "));
    await shows(fresh, "1 thing is on this device now.");
    await saved(fresh);

    await mine.context.unrouteAll();
    await mine.page.reload();
    const kept = (await saved(mine.page))!;
    expect(kept.ring.devices.map(({ name }) => name)).toEqual(["Chrome on Linux"]);
    const late = await stranger();
    await openByWords(late, old.join(" "));
    await shows(late, "This is an old card");
    await openByWords(late, list.join(" "));
    await shows(late, "1 thing is on this device now.");
    // The device that came by the old words was not one of those that its owner let go on.
    await fresh.goto(at("/devices"));
    await shows(fresh, "This device was cut off");
    expect(await keptOn(fresh)).toBeNull();
    expect((await liveLabels(mine)).filter((label) => label === "Card of 12 words").length).toBe(1);
  });

  it("forgets everything when its person says so, and gives up its keys", async () => {
    const mine = await owner();
    const list = await makeCard(mine.page);
    const other = await mine.context.newPage();
    await other.goto(at(`/t/${mine.twin}`));
    await other.getByRole("heading", { name: "Model T" }).waitFor();
    await mine.page.goto(at("/devices"));
    await button(mine.page, "Forget everything").click();
    const sheet = mine.page.getByRole("dialog");
    await sheet.getByLabel("I have my card of 12 words").check();
    await sheet.getByRole("button", { name: "Forget everything" }).click();
    await mine.page.waitForURL(at("/"));
    await mine.page.waitForLoadState();
    expect(await keptOn(mine.page)).toBeNull();
    await other.getByRole("heading", { name: "Model T" }).waitFor({ state: "detached" });
    expect((await api.get(`/v1/twins/${mine.twin}`, mine.token)).status).toBe(401);
    await openByWords(mine.page, list.join(" "));
    await shows(mine.page, "1 thing is on this device now.");
  });

  it("warns before it forgets what no card opens", async () => {
    const { page } = await owner();
    await page.goto(at("/devices"));
    await button(page, "Forget everything").click();
    await shows(page, /Your card is not on paper/);
    expect(await page.getByRole("dialog").getByRole("button", { name: "Forget everything" }).isDisabled()).toBe(true);
  });
});

describe("somebody who is invited", () => {
  async function invite(page: Page, twin: string, name: string, maySend = false): Promise<string> {
    await page.goto(at(`/t/${twin}/people`));
    await button(page, "Invite somebody").click();
    await page.getByLabel("Their name").fill(name);
    if (maySend) await page.getByLabel(/^May send to the company/).check();
    await button(page, "Make the invitation").click();
    return copied(page, "Copy the link");
  }
  async function accept(link: string): Promise<Page> {
    const page = await stranger();
    await page.goto(link);
    await button(page, "Join").click();
    await shows(page, /is among your things/);
    return page;
  }
  const tokenOn = async (page: Page, twin: string): Promise<string> =>
    (await keptOn(page))!.ring.twins.find((one) => one.twin === twin)!.token;

  it("sees only what they wrote themselves, on every page and by the API", async () => {
    const mine = await owner();
    await write(api, ownerOf(mine), "The owner's secret");
    const link = await invite(mine.page, mine.twin, "Ida");
    const page = await stranger();
    await page.goto(link);
    await shows(page, "read what you wrote");
    expect(page.url()).toBe(at("/join"));
    expect(await keptOn(page)).toBeNull();
    await button(page, "Join").click();
    await page.getByRole("link", { name: "Open it" }).click();
    await page.waitForURL(at(`/t/${mine.twin}`));
    await page
      .getByRole("link", { name: /^Write/ })
      .first()
      .click();
    await page.getByRole("textbox", { name: "Your note" }).fill("Ida was here");
    await button(page, "Keep this note").click();
    await shows(page, "Ida was here");
    expect(await page.getByText("The owner's secret").count()).toBe(0);

    const token = await tokenOn(page, mine.twin);
    const path = `/v1/twins/${mine.twin}`;
    const texts = async (by: string): Promise<string[]> =>
      (await api.get(`${path}/notes`, by)).body.items.map(({ text }: { text: string }) => text);
    await eventually(
      () => texts(token),
      (list) => list.length === 1,
    );
    expect(await texts(token)).toEqual(["Ida was here"]);
    expect(JSON.stringify((await api.get(`${path}/events?limit=200`, token)).body)).not.toContain("secret");
    for (const closed of ["channels", "papers", "export"]) {
      expect((await api.get(`${path}/${closed}`, token)).status, closed).toBe(403);
    }
    const sent = await api.post(`${path}/notes`, { kind: "problem", text: "x", send: true }, token);
    expect(sent.status).toBe(403);
    expect((await texts(mine.token)).sort()).toEqual(["Ida was here", "The owner's secret"]);

    await page.goto(at(`/t/${mine.twin}/people`));
    await shows(page, "You were invited to this thing.");
    expect(await button(page, "Invite somebody").count()).toBe(0);
  });

  it("may send to the company when the owner said so", async () => {
    const mine = await owner();
    const page = await accept(await invite(mine.page, mine.twin, "Ida", true));
    const token = await tokenOn(page, mine.twin);
    const sent = await api.post(
      `/v1/twins/${mine.twin}/notes`,
      { kind: "idea", text: "A softer bell", send: true },
      token,
    );
    expect(sent).toMatchObject({ status: 201, body: { sent: true } });
  });

  it("is cut off at once, on the page that was open", async () => {
    const mine = await owner();
    const link = await invite(mine.page, mine.twin, "Ida");
    const page = await accept(link);
    await page.goto(at(`/t/${mine.twin}`));
    await page.getByRole("heading", { level: 1 }).waitFor();
    await mine.page.goto(at(`/t/${mine.twin}/people`));
    await button(mine.page, "Cut off Ida?").click();
    await mine.page.getByRole("dialog").getByRole("button", { name: "Cut off", exact: true }).click();
    await shows(mine.page, "Ida was cut off");
    expect((await api.get(`/v1/twins/${mine.twin}`, await tokenOn(page, mine.twin))).status).toBe(401);
    await shows(page, /cut off/);
    const late = await stranger();
    await late.goto(link);
    await shows(late, "This invitation is closed");
  });

  it("can leave, and what they wrote stays with the owner", async () => {
    const mine = await owner();
    const page = await accept(await invite(mine.page, mine.twin, "Ida"));
    const token = await tokenOn(page, mine.twin);
    await write(api, ownerOf({ twin: mine.twin, token }), "I lived with it, too");
    await page.goto(at(`/t/${mine.twin}/people`));
    await button(page, "Leave").click();
    await page.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
    await shows(page, /You have left/);
    expect((await api.get(`/v1/twins/${mine.twin}`, token)).status).toBe(401);
    expect((await keptOn(page))!.ring.twins).toEqual([]);
    await page.goto(at(`/t/${mine.twin}`));
    expect(await page.getByText("I lived with it, too").count()).toBe(0);
    const notes = (await api.get(`/v1/twins/${mine.twin}/notes`, mine.token)).body.items;
    expect(notes.map(({ text }: { text: string }) => text)).toEqual(["I lived with it, too"]);
  });

  it("is in the list with what each may do, as is a program with its end", async () => {
    const mine = await owner();
    await invite(mine.page, mine.twin, "Ida");
    await button(mine.page, "Done").click();
    await button(mine.page, "Let a helper or a program in").click();
    await mine.page.getByLabel("What it is called").fill("Repair shop");
    await mine.page.getByLabel("add to the history that goes with the thing").check();
    await mine.page.getByLabel("A day").check();
    await button(mine.page, "Make its key").click();
    const key = await copied(mine.page, "Copy the key");
    expect((await api.get(`/v1/twins/${mine.twin}/channels/current`, key)).body.scopes).toEqual([
      "twin:read",
      "notes:read",
      "history:write",
    ]);
    await button(mine.page, "Done").click();
    const rows = await mine.page.getByRole("list", { name: "Who reaches it" }).getByRole("listitem").allInnerTexts();
    expect(rows.find((row) => row.includes("Ida"))).toMatch(
      /May read what they wrote, write notes,? and read the company's answers/,
    );
    expect(rows.find((row) => row.includes("Repair shop"))).toMatch(/read every note and add to the history.*until/s);
    expect(rows.find((row) => row.includes("this device"))).toMatch(/May do everything you can do/);
  });
});

describe("one thing's recovery code", () => {
  it("waits a day while somebody uses the thing, who is told and may stop it; a wrong one is refused", async () => {
    const mine = await owner();
    const code = (await keptOn(mine.page))!.ring.twins[0]!.recoveryCode!;
    const page = await stranger("/open");
    await page.getByText("Only the recovery code of one thing?").click();
    await page.getByLabel("Recovery code").fill("0000-0000");
    await button(page, "Recover this thing").click();
    await shows(page, /This is not the recovery code of a thing/);
    await page.getByLabel("Recovery code").fill(code.toLowerCase());
    await button(page, "Recover this thing").click();
    await shows(page, /All who can open it are told now and may object/);
    await page.reload();
    await page.getByText("Only the recovery code of one thing?").click();
    await shows(page, /Can be opened after/);
    await mine.page.goto(at(`/t/${mine.twin}`));
    await shows(mine.page, "Somebody uses the recovery code of this thing");
    await button(mine.page, "That isn't me, stop it").click();
    await shows(mine.page, /It is stopped/);
    expect((await api.get(`/v1/twins/${mine.twin}/recovery`, mine.token)).body).toEqual({ state: "none" });
  });

  it("opens its thing also when the answer was lost, which held the only key", async () => {
    const { body } = await api.post("/v1/twins", { product: { name: "A kettle" } });
    const page = await stranger("/open");
    await page.context().route("**/v1/recoveries", async (route) => {
      await route.fetch();
      await route.abort("connectionreset");
    });
    await page.getByText("Only the recovery code of one thing?").click();
    await page.getByLabel("Recovery code").fill(body.recoveryCode);
    await button(page, "Recover this thing").click();
    await button(page, "Open it now").waitFor();
    await page.context().unrouteAll();
    expect((await api.get(`/v1/twins/${body.twin}`, body.token)).status).toBe(401);
    await page.reload();
    await page.getByText("Only the recovery code of one thing?").click();
    await page.getByLabel("Recovery code").fill(body.recoveryCode.toLowerCase().replaceAll("-", " "));
    await button(page, "Recover this thing").click();
    await shows(page, "A kettle is yours again, on this device.");
    expect((await saved(page))!.ring.twins.map(({ twin }) => twin)).toEqual([body.twin]);
  });
});

describe("every page of keys", () => {
  const TOPICS = [
    "lost-card",
    "found-card",
    "lost-phone",
    "shared-phone",
    "leaving-household",
    "who-can-read",
    "what-is-signed",
  ];
  const SCHEMES = ["light", "dark"] as const;

  it.each(SCHEMES)("has nothing that axe objects to, in %s", async (colorScheme) => {
    const device = await claimOnDevice(browser, api, maker, { bypassCSP: true, colorScheme });
    const { page, twin } = device;
    browsers.adopt(device.context);
    await saved(page);
    await write(api, ownerOf(device), "A note");
    const second = await api.post(`/v1/twins/${twin}/channels`, { label: "Ida", scopes: ["twin:read"] }, device.token);
    expect(second.status).toBe(201);
    const clean = async (where: string): Promise<void> => {
      expect(await page.getByRole("heading", { level: 1 }).count(), where).toBe(1);
      expect(await axeFindings(page), where).toEqual([]);
      await page.setViewportSize({ width: 320, height: 700 });
      expect(await page.evaluate("document.documentElement.scrollWidth"), where).toBe(320);
      await page.setViewportSize({ width: 390, height: 844 });
    };
    for (const path of ["/card", "/open", "/join", "/devices", `/t/${twin}/people`, "/help/lost-card", "/help/none"]) {
      await page.goto(at(path));
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForLoadState("networkidle");
      await clean(path);
    }
    await page.goto(at("/pair"));
    await button(page, "Copy the link").waitFor();
    await clean("/pair");
    await page.goto(at("/card"));
    await button(page, "Show my 12 words").click();
    await page.getByRole("list", { name: "Your 12 words" }).waitFor();
    await clean("the words");
    await button(page, "I have written them down").click();
    await button(page, "That is what my paper says").click();
    await shows(page, /This isn't word number/);
    await clean("the words asked for");
    await page.goto(at(`/t/${twin}/people`));
    await button(page, "Invite somebody").click();
    await clean("an invitation begun");
    await page.getByLabel("Their name").fill("Ida");
    await button(page, "Make the invitation").click();
    await button(page, "Copy the link").waitFor();
    await clean("an invitation");
    await button(page, "Done").click();
    await button(page, "Let a helper or a program in").click();
    await clean("a program");
    await page.goto(at("/open"));
    await page.getByLabel("The 12 words of your card").fill("qwertz");
    await button(page, "Open").click();
    await shows(page, /is on no card/);
    await clean("a wrong word");
    expect(device.faults).toEqual([]);
  });

  it("of help answers its question and leads to the other answers", async () => {
    const page = await stranger();
    for (const topic of TOPICS) {
      await page.goto(at(`/help/${topic}`));
      await page.getByRole("heading", { level: 1 }).waitFor();
      expect(await page.locator("main p").count(), topic).toBeGreaterThan(2);
      expect(await page.locator("main a[href^='/help/']").count(), topic).toBe(6);
    }
  });

  it("puts no token, no word and no fragment in any address that is asked for", async () => {
    expect(browsers.asked.length).toBeGreaterThan(100);
    const held = /~[A-Za-z0-9_-]{43}|[?&](?!limit=|after=|cursor=|q=)[a-z]+=[^&]{16}/;
    expect(browsers.asked.filter((url) => held.test(url))).toEqual([]);
    expect(browsers.asked.filter((url) => new URL(url).origin !== server.url)).toEqual([]);
  });
});
