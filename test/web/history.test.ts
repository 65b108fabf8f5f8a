// A thing's history in its owner's hands: what they, a note of theirs and a repairer put there, what becomes of it when it is wrong or
// too much, and what they show of it to a buyer, whose page is open in a browser of its own.

import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { EMPTY_BODY, type Author, type Body } from "../../src/domain/record/entry.ts";
import { keyIdOf } from "../../src/domain/terms/did.ts";
import { statedIn, type History, type RecordedEntry } from "../../src/web/record/history.ts";
import { cameSince, choosable, opening, tickedAtFirst, tickedIn } from "../../src/web/showing/ticked.ts";
import { Client } from "../support/client.ts";
import { join, write, type TestMaker, type TestOwner } from "../support/people.ts";
import { eventually } from "../support/server/product.ts";
import { startServer, type TestServer, UNLIMITED } from "../support/server/server.ts";
import { axeFindings, launchBrowser, openPage } from "../support/web/browser.ts";
import { Browsers } from "../support/web/browsers.ts";
import { copied } from "../support/web/keyring.ts";
import { claimOnDevice } from "../support/web/owner.ts";

const OPTIONS = { bypassCSP: true, locale: "en-GB", reducedMotion: "reduce" } as const;
const TODAY = (): string => new Date().toISOString().slice(0, 10);

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

type Owner = TestOwner & { readonly page: Page };

async function owner(): Promise<Owner> {
  const { context, page, twin, token } = await claimOnDevice(browser, api, maker, OPTIONS);
  browsers.adopt(context);
  return { page, twin, token, recoveryCode: "" };
}

const historyOf = async ({ twin, token }: TestOwner): Promise<any[]> =>
  (await api.get(`/v1/twins/${twin}/history`, token)).body.entries;

async function put({ twin, token }: TestOwner, text: string, more: Record<string, unknown> = {}): Promise<void> {
  const entry = { kind: "repairing", text, occurredOn: TODAY(), ...more };
  expect((await api.post(`/v1/twins/${twin}/history`, entry, token)).status).toBe(201);
}

const openAt = async ({ page, twin }: Owner, place: string): Promise<void> => {
  await page.goto(`${server.url}/t/${twin}/${place}`);
  await page.locator(".loading").first().waitFor({ state: "detached" });
};
const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole("button", { name }).click();
/** The entry of the timeline that holds these words. */
const entryWith = (page: Page, text: string) => page.locator(".entry-of-history").filter({ hasText: text });
const choose = async (page: Page, text: string, deed: string): Promise<void> => {
  await entryWith(page, text)
    .getByRole("button", { name: /What you can do with/ })
    .click();
  await press(page, deed);
};

describe("a thing's history", () => {
  it("takes an entry with a photo, warns of a phone number first, is corrected by another and loses words but not the entry", async () => {
    const mine = await owner();
    const { page } = mine;
    await openAt(mine, "history");
    await page.getByRole("heading", { name: "Its history begins" }).waitFor();
    await page.getByText("Your notes don't.").waitFor();
    await press(page, "Add an entry");
    await page.getByRole("radio", { name: "Part replaced" }).check();
    await page.getByLabel("What happened").fill("New hinge. Ask on 0171 1234567.");
    await page.getByText("Buyers and later owners can read this").waitFor();
    await expect.poll(() => page.locator("mark").innerText()).toBe("0171 1234567");
    await page.getByLabel("What happened").fill("New hinge by the workshop.");
    await expect.poll(() => page.locator("mark").count()).toBe(0);
    const photo = await sharp({ create: { width: 300, height: 200, channels: 3, background: "#a52" } })
      .png()
      .toBuffer();
    await page
      .getByLabel("Choose photos")
      .and(page.locator("input"))
      .setInputFiles({ name: "hinge.png", mimeType: "image/png", buffer: photo });
    await page.locator("li.picked img").waitFor();
    await press(page, "It was another day");
    await page.getByLabel("On which day").fill("0202-02-03");
    // Its year was not typed to the end: no day of a record, so nothing goes out.
    await expect
      .poll(() => page.getByLabel("On which day").evaluate((field: any) => field.validity.rangeUnderflow))
      .toBe(true);
    await page.getByLabel("On which day").fill("2026-02-03");
    expect(await axeFindings(page)).toEqual([]);
    const before = TODAY();
    await press(page, "Put it in the history");
    await entryWith(page, "New hinge by the workshop.").getByText("By you").waitFor();
    const days = [before, TODAY()];
    await expect.poll(() => page.locator("img.picture").evaluate((image: any) => image.naturalWidth)).toBe(300);
    const [, first] = await historyOf(mine);
    expect(first).toMatchObject({ kind: "replacing", by: { role: "owner" }, occurredOn: "2026-02-03" });
    expect(days).toContain(first.recordedOn);
    await page.getByText(/3 February( 2026)?, recorded/).waitFor();

    await choose(page, "New hinge by the workshop.", "Correct it");
    await page.getByLabel("What is right").fill("New hinge by me.");
    await press(page, "Put it in the history");
    await entryWith(page, "New hinge by me.").getByText("Corrects: Part replaced, 3 February").waitFor();
    await entryWith(page, "New hinge by the workshop.").getByText("Corrected on").waitFor();
    await expect
      .poll(async () => (await historyOf(mine))[2])
      .toMatchObject({
        kind: "replacing",
        corrects: 2,
        body: { text: "New hinge by me." },
      });

    await choose(page, "New hinge by the workshop.", "Erase its words");
    await page.getByText("That there was an entry stays: its kind, its days").waitFor();
    await press(page, "Erase the words");
    await page.getByText("The words were erased.").waitFor();
    await expect.poll(() => page.getByText("New hinge by the workshop.").count()).toBe(0);
    await expect
      .poll(async () => (await historyOf(mine))[1])
      .toMatchObject({ seq: 2, kind: "replacing", erased: true, body: null });
    expect(await axeFindings(page)).toEqual([]);
  });

  it("takes a note when its owner says so, and what was put in without a connection, once", async () => {
    const mine = await owner();
    const { page, twin } = mine;
    const { id } = await write(api, mine, "Descaled it, runs freely again.", { kind: "maintenance" });
    await write(api, mine, "Spilt coffee over it.", { kind: "diary" });
    await openAt(mine, `n/${id}`);
    await press(page, "Put it in the history");
    await page.getByText("Its words and photos then go with the thing to its next owner").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const put = page.getByRole("dialog").getByRole("button", { name: "Put it in the history" });
    await page.evaluate(`{
      const { add } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.add = () => {
        IDBObjectStore.prototype.add = add;
        throw new DOMException("", "QuotaExceededError");
      };
    }`);
    await put.click();
    await page.getByText("This device has no room left to keep this.").waitFor();
    await put.click();
    await page.getByRole("link", { name: "In the history" }).click();
    await entryWith(page, "Descaled it").getByText("From a note").waitFor();
    await expect
      .poll(async () => (await historyOf(mine)).map(({ kind, body }) => [kind, body.text]))
      .toEqual([
        ["commissioning", null],
        ["repairing", "Descaled it, runs freely again."],
      ]);

    await page.context().setOffline(true);
    await press(page, "Add an entry");
    await page.getByLabel("What happened").fill("New seal, fitted in the cellar.");
    await press(page, "Put it in the history");
    const toast = page.locator(".toast", { hasText: /^Kept on this device; goes in/ });
    await toast.waitFor();
    await entryWith(page, "New seal").getByText("Goes in when you're online").waitFor();
    await page.context().setOffline(false);
    await entryWith(page, "New seal").getByText("By you").waitFor();
    await toast.waitFor({ state: "detached" });
    await expect
      .poll(async () => (await historyOf(mine)).map(({ body }) => body.text))
      .toEqual([null, "Descaled it, runs freely again.", "New seal, fitted in the cellar."]);
    // At writing, too.
    await page.goto(`${server.url}/t/${twin}/write`);
    await page.getByRole("textbox", { name: "Your note" }).fill("The dial is new.");
    await page.getByRole("checkbox", { name: "Put it in the history, too" }).check();
    await press(page, "Keep this note");
    await page.waitForURL(`${server.url}/t/${twin}`);
    await eventually(
      () => historyOf(mine),
      (entries) => entries.length === 4 && entries[3].body.text === "The dial is new.",
    );
    const note = page.getByRole("listitem").filter({ hasText: "The dial is new." });
    await note.getByText("In the history, not sent").waitFor();
    await note.getByRole("link").click();
    await press(page, "Take back");
    await page.getByText("Its words in the history are erased, too.").waitFor();
    await page.getByText("Whoever has read or saved them already still has them.").waitFor();
    await expect.poll(() => page.getByText("They were never sent to anyone.").count()).toBe(0);
  });

  it("takes a repairer's entry through an invitation, as somebody whom nobody has confirmed, and the owner's word against it", async () => {
    const mine = await owner();
    const { page } = mine;
    await openAt(mine, "people");
    await press(page, "Let a repairer add to the history");
    await page.getByLabel("Who they are").fill("Workshop North");
    await press(page, "Make the invitation");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const invitation = await copied(page, "Copy the link");
    await press(page, "Done");
    await page.getByText("May read the history that goes with the thing, and add to it").waitFor();

    const theirs = await browsers.device(invitation, OPTIONS);
    await press(theirs, "Join");
    await theirs.getByRole("link", { name: "Open it" }).click();
    await theirs.getByText("You were let in to add to this thing's history.").waitFor();
    await theirs.getByRole("link", { name: "History", exact: true }).click();
    await theirs.getByRole("heading", { name: "Its history begins" }).waitFor();
    await expect.poll(() => theirs.getByText("Show to a buyer").count()).toBe(0);
    await press(theirs, "Add an entry");
    await theirs.getByLabel("What happened").fill("Pump replaced.");
    await press(theirs, "Put it in the history");
    await entryWith(theirs, "Pump replaced.").getByText("By Workshop North, as the owner calls them").waitFor();

    await openAt(mine, "history");
    await entryWith(page, "Pump replaced.").getByText("By Workshop North, as you call them").waitFor();
    await entryWith(page, "Pump replaced.").getByText("Nobody has confirmed who that is").waitFor();
    await choose(page, "Pump replaced.", "Say that it isn't so");
    await page.getByLabel("Your word on it").fill("It leaks as before.");
    await press(page, "Put it in the history");
    await entryWith(page, "It leaks as before.").getByText("About: Repaired or serviced").waitFor();
    await entryWith(page, "Pump replaced.").getByText("Disputed on").waitFor();
    await expect
      .poll(() => historyOf(mine))
      .toMatchObject([
        { kind: "commissioning" },
        { kind: "repairing", by: { role: "channel" }, body: { author: "Workshop North" } },
        { kind: "disputed", by: { role: "owner" }, corrects: 2 },
      ]);
  });
});

/** Goes by Tab to what bears this name, as whoever has no mouse does. */
async function tabTo(page: Page, role: "button" | "link" | "textbox", name: string | RegExp): Promise<void> {
  const goal = page.getByRole(role, { name, exact: true });
  await goal.waitFor();
  const isThere = async (): Promise<boolean> => {
    await page.keyboard.press("Tab");
    return goal.evaluate((element: any) => element.matches(":focus"));
  };
  await expect.poll(isThere, { interval: 1 }).toBe(true);
}
const tabAndPress = async (...[page, role, name]: Parameters<typeof tabTo>): Promise<void> => {
  await tabTo(page, role, name);
  await page.keyboard.press("Enter");
};

/** What the company puts on the record from its own system: an entry, or its signed word on how many it made. */
async function fromMaker({ twin }: TestOwner, type: string, data: object): Promise<void> {
  const body = JSON.stringify({ type, data: { twin, ...data } });
  const [id, at] = [`in-${crypto.randomUUID()}`, new Date()];
  const headers = {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
    "webhook-signature": new Webhook(maker.inboundSecret).sign(id, at, body),
  };
  expect((await api.call("POST", `/v1/makers/${maker.domain}/inbound`, { body, headers })).status).toBe(200);
}

/** As a server answers that lost some entries: those that `isKept` turns down. */
const lose = (page: Page, place: RegExp, isKept: (entry: any, at: number, all: any[]) => boolean) =>
  page.context().route(place, async (route) => {
    const answer = await route.fetch();
    const { entries, ...rest } = await answer.json();
    await route.fulfill({ response: answer, json: { ...rest, entries: entries.filter(isKept) } });
  });
const HISTORY = /\/v1\/twins\/[^/]+\/history$/;
const OPENED = /\/shares\/[^/]+\/open(\?.*)?$/;

describe("a repairer's count", () => {
  it("is stated by keyboard alone from an invitation on, up to what is here, and read by the owner and by a buyer, who is warned of a maker's that doesn't fit", async () => {
    const mine = await owner();
    const { page, twin, token } = mine;
    const scopes = ["twin:read", "history:read", "history:write"];
    const { body: invited } = await api.post(`/v1/twins/${twin}/channels`, { label: "Workshop North", scopes }, token);
    const { body: share } = await api.post(`/v1/twins/${twin}/shares`, {}, token);
    const theirs = await openPage(browser, `${server.url}/join#${invited.token}`, {
      ...OPTIONS,
      viewport: { width: 390, height: 844 },
    });
    browsers.adopt(theirs.context);
    const repairer = theirs.page;
    await tabAndPress(repairer, "button", "Join");
    await tabAndPress(repairer, "link", "Open it");
    await tabAndPress(repairer, "link", "History");
    await tabTo(repairer, "button", "Add an entry");
    // Of nothing, nothing is to be counted.
    await expect.poll(() => repairer.getByText("What you recorded here").count()).toBe(0);
    await repairer.keyboard.press("Enter");
    await tabTo(repairer, "textbox", "What happened");
    await repairer.keyboard.type("Pump replaced.");
    await tabAndPress(repairer, "button", "Put it in the history");
    await repairer.getByText("1 entry under Workshop North, the name you have here:").waitFor();
    await repairer.getByRole("link", { name: /^Repaired or serviced, / }).waitFor();

    await tabAndPress(repairer, "button", "State how many you recorded here");
    await tabTo(repairer, "textbox", /^How many entries up to /);
    await expect.poll(() => repairer.getByLabel(/^How many entries/).inputValue()).toBe("1");
    await repairer.keyboard.type("3");
    await repairer.getByText("Only 1 is here up to that day. Put in what is missing first").waitFor();
    expect(await axeFindings(repairer)).toEqual([]);
    await repairer.keyboard.press("Enter");
    await repairer.keyboard.press("Backspace");
    await repairer.keyboard.type("0");
    await repairer.getByText("That is fewer than are here: one that goes missing may not show.").waitFor();
    expect((await api.get(`/v1/twins/${twin}/history`, token)).body.counts).toEqual([]);
    await repairer.keyboard.press("Backspace");
    await repairer.keyboard.type("1");
    await tabAndPress(repairer, "button", "State this number");
    await repairer.locator(".own-work").getByText("You stated: 1 entry up to ").waitFor();
    await repairer.locator(".own-work").getByText("As many are here.").waitFor();
    expect(await axeFindings(repairer)).toEqual([]);

    await openAt(mine, "history");
    await page.getByText("Somebody you let in states: 1 entry up to ").waitFor();
    await page.getByText("As many are here.").waitFor();
    await expect.poll(() => page.getByText("What you recorded here").count()).toBe(0);
    const buyer = await browsers.device(share.url, OPTIONS);
    await press(buyer, "Look at its history");
    await buyer.getByText(/^Those whom an owner let write recorded 1.entry up to .*; 1 is here$/).waitFor();

    // It outlives a reload, and is replaced by the same who stated it: one number for all whom the owner let in.
    const other = (await api.post(`/v1/twins/${twin}/channels`, { label: "Jo", scopes }, token)).body;
    await put({ twin, token: other.token, recoveryCode: "" }, "Oiled.");
    await repairer.reload();
    await repairer.getByText("1 more is here than you stated.").waitFor();
    await tabAndPress(repairer, "button", "State another number");
    await repairer.getByText("1 entry under your name, and 1 under another or without words").waitFor();
    await tabTo(repairer, "textbox", /^How many entries/);
    await expect.poll(() => repairer.getByLabel(/^How many entries/).inputValue()).toBe("2");
    await repairer.keyboard.press("Enter");
    await repairer.locator(".own-work").getByText("You stated: 2 entries up to ").waitFor();
    await expect.poll(() => repairer.getByText("Somebody the owner let in states").count()).toBe(0);
    // What was there when it was stated, a server could lose.
    await lose(repairer, HISTORY, (_, at, { length }) => at < length - 1);
    await repairer.reload();
    await repairer.locator(".own-work").getByText("1 of them is missing here.").waitFor();
    await repairer.getByText("More were here when you stated it. A buyer reads “Do not rely on this”.").waitFor();

    await fromMaker(mine, "record.entry", { kind: "repairing", text: "New valve.", occurredOn: TODAY() });
    await fromMaker(mine, "record.count", { count: 1, asOf: TODAY() });
    await lose(page, HISTORY, ({ by }) => by.role !== "maker");
    await lose(buyer, OPENED, ({ by }) => by.role !== "maker");
    await openAt(mine, "history");
    await page.getByText("1 of them is missing here.").waitFor();
    await page.getByText("to add the entry or correct its count.").waitFor();
    await press(buyer, "Check again");
    await buyer.getByRole("heading", { level: 1, name: "Do not rely on this." }).waitFor();
    await buyer.getByText("Entries are missing", { exact: true }).waitFor();
    await buyer.getByText("The maker recorded more entries than are here.").waitFor();
    // The reload broke off what was under way.
    expect(theirs.complaints.filter((one) => !one.endsWith("net::ERR_ABORTED"))).toEqual([]);
    for (const one of [page, buyer, repairer]) await one.context().unrouteAll({ behavior: "wait" });
  });

  it("is compared with what those wrote whom the owner of that time let in, up to its day", () => {
    const opens = (owner: string, tenure: number) => ({ by: { role: "twin" }, tenure, opens: { owner } });
    const wrote = (tenure: number, recordedOn: string) => ({ by: { role: "channel" }, tenure, recordedOn });
    const stated = (owner: string, count: number) => ({
      by: { role: "channel" },
      count,
      asOf: "2026-03-01",
      proof: { verificationMethod: keyIdOf(owner), proofValue: owner },
    });
    const [first, second] = ["did:key:zFirst", "did:key:zSecond"];
    const entries = [
      opens(first, 0),
      wrote(0, "2026-02-01"),
      wrote(0, "2026-03-02"),
      opens(second, 1),
      wrote(1, "2026-03-01"),
    ];
    const counts = [stated(first, 2), stated(second, 1), stated("did:key:zNobody", 1)];
    const found = statedIn({ entries, counts } as unknown as History);
    expect(found.map(({ by, count, found }) => ({ by, count, found }))).toEqual([
      { by: { tenure: 0 }, count: 2, found: 1 },
      { by: { tenure: 1 }, count: 1, found: 1 },
    ]);
  });
});

describe("showing it to a buyer", () => {
  it("opens what was ticked and nothing else, says what came since, answers a live check, and ends when it is cut off", async () => {
    const mine = await owner();
    const { page, twin, token } = mine;
    await put(mine, "New belt.");
    await put(mine, "Call Jo on 0171 1234567 about the belt.", { kind: "other" });
    await openAt(mine, "history");
    await page.getByRole("link", { name: "Show to a buyer" }).click();
    await press(page, "Make a link");
    await page.getByText("2 of 3 entries can be read").waitFor();
    await page.getByText("Counted in: the entry that it began with.").waitFor();
    await page.getByText("Left out, for it seems to hold a phone number.").waitFor();
    await press(page, "See what the buyer sees");
    await page.getByText("The seller doesn't show these words").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("dialog", { name: "What the buyer sees" }).getByRole("button", { name: "Close" }).click();
    await page.getByLabel("A name for it").fill("Saturday advert");
    await press(page, "Make the link");
    const url = await page.getByLabel("The link", { exact: true }).inputValue();
    expect(url).toMatch(new RegExp(`^${server.url}/s/share_\\w{26}#${twin}~[\\w-]{43}$`));
    expect(await axeFindings(page)).toEqual([]);
    await press(page, "Done");
    await page.getByText("Not opened yet · Shows 2 of 3 entries").waitFor();
    for (const what of ["Change what it shows", "Type a buyer's six digits", "Cut off"])
      await page.getByRole("button", { name: `${what}: Saturday advert`, exact: true }).waitFor();
    expect(await axeFindings(page)).toEqual([]);

    const buyer = await browsers.device(url, OPTIONS);
    await press(buyer, "Look at its history");
    await buyer.getByText("New belt.").waitFor();
    await expect.poll(() => buyer.getByText("0171 1234567").count()).toBe(0);
    await expect.poll(() => buyer.getByText("Saturday advert").count()).toBe(0);

    await put(mine, "Oiled the shaft.");
    await openAt(mine, "show");
    await page.getByText(/Opened once, /).waitFor();
    await page.getByText("1 entry came since, and its words aren't shown.").waitFor();
    await press(page, "Also show what came since");
    await page.getByText("3 of 4 entries can be read").waitFor();
    await press(page, "Show what is ticked");
    await page.getByText("Shows 3 of 4 entries").waitFor();

    await press(buyer, "Ask the seller now");
    const digits = (await buyer.locator(".digits").innerText()).replaceAll(/\D/g, "");
    // Nobody has to look for where to type them.
    await page.getByLabel("The six digits").fill(digits === "000000" ? "111111" : "000000");
    await press(page, "Say yes");
    await page.getByText("Those aren't the digits that were asked for").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByLabel("The six digits").fill(`${digits.slice(0, 3)} ${digits.slice(3)}`);
    await press(page, "Say yes");
    await page.getByText("The buyer's page now says that somebody who holds this history answered").first().waitFor();
    await buyer.getByText("Somebody who holds this history answered just now.").waitFor();
    await buyer.reload();
    await press(buyer, "Look at its history");
    await buyer.getByText("Oiled the shaft.").waitFor();

    await press(page, "Cut off: Saturday advert");
    await press(page, "Cut it off");
    await page.getByText("The link is cut off").first().waitFor();
    const { items } = (await api.get(`/v1/twins/${twin}/shares`, token)).body;
    expect(items).toMatchObject([{ state: "revoked", label: "Saturday advert", openings: 2 }]);
    await buyer.reload();
    await press(buyer, "Look at its history");
    await buyer.getByRole("heading", { level: 1, name: "This link has ended" }).waitFor();
    await expect.poll(() => buyer.getByText("New belt.").count()).toBe(0);

    // What is said to be stolen is shown to nobody until that is taken back.
    await api.put(`/v1/twins/${twin}/alert`, { alert: "stolen" }, token);
    await openAt(mine, "show");
    await page.getByText("While this stands, nobody new can be shown its history.").waitFor();
    await page.getByText("Links that have ended").waitFor();
    await expect.poll(() => page.getByRole("button", { name: "Make a link" }).count()).toBe(0);
    expect(browsers.asked.filter((address) => /~[\w-]{43}/.test(decodeURIComponent(address)))).toEqual([]);
  });
});

const entry = (seq: number, role: Author["role"], body: Partial<Body> | null): RecordedEntry =>
  ({ seq, by: { role }, body: body && { ...EMPTY_BODY, ...body }, erased: body === null }) as RecordedEntry;

const entries = [
  entry(1, "twin", {}),
  entry(2, "owner", { text: "New belt." }),
  entry(3, "owner", { text: "Ask jo@example.org about it." }),
  entry(4, "channel", { text: "Oiled.", author: "Jo, 0171 1234567" }),
  entry(5, "owner", null),
  entry(6, "maker", { text: "Recall done." }),
];
const places = (ticked: ReadonlySet<number>): number[] => [...ticked].toSorted((a, b) => a - b);

describe("what a link opens", () => {
  it("is chosen of what people wrote and didn't erase; what tells how to reach somebody waits for a tick, a name they were given too", () => {
    expect(choosable(entries).map(({ seq }) => seq)).toEqual([2, 3, 4, 6]);
    expect(places(tickedAtFirst(choosable(entries)))).toEqual([2, 6]);
  });

  it("is told as what is left out, up to what was looked at", () => {
    expect(opening({ entries }, new Set([2, 6]))).toEqual({ withhold: [3, 4], upTo: 6 });
  });

  it("has what its owner's side added since apart from what was left out, and ticks of it what a new link would", () => {
    const showing = { withhold: [2], upTo: 2 };
    expect(cameSince(choosable(entries), showing).map(({ seq }) => seq)).toEqual([3, 4]);
    expect(places(tickedIn(choosable(entries), showing))).toEqual([6]);
    expect(places(tickedIn(choosable(entries), { withhold: [], upTo: 3 }))).toEqual([2, 3, 6]);
  });
});
