// What a buyer sees of a history, in a browser of their own: nothing before they ask, then the verdict, and no more than was proven. The
// histories are signed by their authors in Node; the last one is told, shown and answered for by a real server.

import { readFile } from "node:fs/promises";
import type { Browser, Page, Route } from "playwright-core";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { secure } from "../../src/domain/record/proof.ts";
import { READY } from "../../src/web/show/examiners.ts";
import type { OpenedShare } from "../../src/web/show/opened.ts";
import { verify } from "../../tools/verify/run.ts";
import { LABEL_HASH, second, stranger } from "../domain/record/ledger.ts";
import { Client } from "../support/client.ts";
import { freshGtin, join } from "../support/people.ts";
import { startServer, type TestServer, UNLIMITED } from "../support/server/server.ts";
import { launchBrowser } from "../support/web/browser.ts";
import { Browsers } from "../support/web/browsers.ts";
import { camera } from "../support/web/camera.ts";
import { axeFaults, englishLeft, fitFaults, onEvery } from "../support/web/every-page.ts";
import { firstLoad } from "../support/web/first-load.ts";
import {
  answerAsked,
  grinder,
  GTIN,
  longHistory,
  PATH,
  SECRET,
  SERIAL,
  serve,
  without,
  type Fixture,
} from "../support/web/shown.ts";

const KIB = 1024;
const OPTIONS = { bypassCSP: true, locale: "en-GB", reducedMotion: "reduce" } as const;
const LOOK = "Look at its history";

let server: TestServer;
let browser: Browser;
let browsers: Browsers;
let told: Fixture;
const complaints: string[] = [];

beforeAll(async () => {
  [server, browser, told] = await Promise.all([startServer({ env: UNLIMITED }), launchBrowser(), grinder()]);
  browsers = new Browsers(browser);
});
afterEach(() => browsers.closeAll());
afterAll(async () => {
  await browser?.close();
  await server?.discard();
});

/** A buyer's browser at the link, before anything is pressed. */
async function arrive(fixture: Fixture, options: object = {}): Promise<Page> {
  const page = await browsers.device("about:blank", { ...OPTIONS, ...options });
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await serve(page, fixture);
  await page.goto(server.url + PATH);
  return page;
}
/** The same with another history in it, and the button pressed. */
async function shown(change: (opened: OpenedShare) => OpenedShare = (opened) => opened): Promise<Page> {
  const page = await arrive({ ...told, opened: change(told.opened) });
  await page.getByRole("button", { name: LOOK }).click();
  await page.locator(".document").waitFor();
  return page;
}
const heading = (page: Page): Promise<string> => page.getByRole("heading", { level: 1 }).innerText();
const plain = (text: string): string => text.replaceAll(/\s+/g, " ");

describe("a link to a history", () => {
  it("raises no count before a person presses its button, not for a robot that looks at it either", async () => {
    const robot = await fetch(server.url + PATH.split("#")[0], { headers: { "User-Agent": "WhatsApp/2.23" } });
    expect([robot.status, robot.headers.get("X-Robots-Tag"), robot.headers.get("Referrer-Policy")]).toEqual([
      200,
      "noindex, nofollow",
      "no-referrer",
    ]);
    const html = await robot.text();
    expect(html).toContain('name="robots" content="noindex, nofollow"');
    expect(html).not.toContain("Grinder");

    const fixture = { ...told, openings: 0 };
    const page = await arrive(fixture);
    await page.getByRole("button", { name: LOOK }).waitFor();
    await page.waitForLoadState("networkidle");
    expect(fixture.openings).toBe(0);
    expect(browsers.asked.filter((address) => address.includes("/v1/"))).toEqual([]);
    await page.getByRole("button", { name: LOOK }).click();
    await page.locator(".document").waitFor();
    expect(fixture.openings).toBe(1);
    // A reload asks for the person's click once more, and the link is still whole.
    await page.reload();
    await page.getByRole("button", { name: LOOK }).waitFor();
    expect([fixture.openings, page.url()]).toEqual([1, server.url + PATH]);
  });

  it("keeps its secret in the address, where skipping to the content leaves it, and sends it as a bearer only", async () => {
    const page = await shown();
    await expect.poll(() => page.evaluate("document.activeElement.tagName")).toBe("H1");
    await page.keyboard.press("Tab");
    await page.locator(".skip").focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("content");
    await expect.poll(() => page.url()).toBe(server.url + PATH);
    expect(browsers.asked.filter((address) => /~[\w-]{43}/.test(decodeURIComponent(address)))).toEqual([]);
  });

  it("says plainly why it opens nothing", async () => {
    const page = await arrive(told);
    await page.goto(`${server.url}${PATH.slice(0, -1)}`);
    await page.getByRole("heading", { name: "This link isn't whole" }).waitFor();
    await expect.poll(() => page.locator(".foot").innerText()).toBe(new URL(server.url).host);
    for (const [status, title] of [
      [410, "This link has ended"],
      [401, "This link opens nothing"],
    ] as const) {
      await page.route("**/open*", (route) => route.fulfill({ status, json: { code: "gone" } }));
      await page.goto("about:blank");
      await page.goto(server.url + PATH);
      await page.getByRole("button", { name: LOOK }).click();
      await page.getByRole("heading", { name: title }).waitFor();
    }
    complaints.splice(0);
  });
});

const edited = (opened: OpenedShare): OpenedShare => ({
  ...opened,
  entries: opened.entries.map((entry) => (entry.seq === 4 ? { ...entry, occurredOn: "2026-05-01" } : entry)),
});

describe("the verdict", () => {
  const stolen = (opened: OpenedShare): OpenedShare => ({
    ...opened,
    checkpoint: { ...opened.checkpoint, status: "stolen" },
  });
  const short = (opened: OpenedShare): OpenedShare => ({
    ...opened,
    counts: opened.counts.map((count) => ({ ...count, count: 5 })),
  });
  const keyless = (opened: OpenedShare): OpenedShare => ({ ...opened, keys: {} });
  const untouched = (opened: OpenedShare): OpenedShare => opened;

  it.each([
    ["untouched", untouched, "Unaltered since 4 January 2026.", "Claimed with the code from inside its packaging"],
    [
      "with two withheld",
      (o: OpenedShare) => without(o, [5, 10]),
      "Unaltered since 4 January 2026; 2 entries withheld by the owner.",
      "8 entries shown, 2 withheld",
    ],
    [
      "with one from before its link was made withheld, and one that came after it",
      (o: OpenedShare) => ({ ...without(o, [5, 10]), share: { createdAt: "2026-10-01T08:00:00.000Z", upTo: 4 } }),
      "Unaltered since 4 January 2026; 1 entry withheld by the owner.",
      "8 entries shown, 1 withheld, 1 not shown by this link",
    ],
    [
      "to which something came after its link was made",
      (o: OpenedShare) => ({ ...without(o, [10]), share: { createdAt: "2026-10-01T08:00:00.000Z", upTo: 9 } }),
      "Unaltered since 4 January 2026; 1 entry not shown by this link.",
      "9 entries shown, 1 not shown by this link",
    ],
    [
      "with one erased",
      (o: OpenedShare) => without(o, [3], true),
      "Unaltered since 4 January 2026; 1 entry is said to be erased.",
      "9 entries shown, 1 said to be erased",
    ],
    [
      "with one erased, of which it says no more than where it stands",
      (o: OpenedShare) => without(o, [3], true),
      "Unaltered since 4 January 2026; 1 entry is said to be erased.",
      "All 10 entries stand where they were written.",
    ],
    [
      "with one said to be erased, which nobody signed",
      (o: OpenedShare) => without(o, [3], true),
      "Unaltered since 4 January 2026; 1 entry is said to be erased.",
      "this server says that they were erased for good, and nobody signed that.",
    ],
    ["with one edited", edited, "Do not rely on this.", "it was changed after it was signed. (Entry 4)"],
    [
      "of a thing that was stolen",
      stolen,
      "Do not rely on this.",
      "Its owner says that it was stolen. Don't pay for it.",
    ],
    ["with a count that was tampered with", short, "Do not rely on this.", "it was changed after it was signed."],
    ["whose company's key isn't known", keyless, "Do not rely on this.", "The key that signed it isn't known"],
    [
      "to which another item's label came",
      (o: OpenedShare) => ({ ...o, label: { ...LABEL_HASH, hash: "0".repeat(64) } }),
      "Do not rely on this.",
      "The label that is named isn't the one that this history began with.",
    ],
    [
      "cut short",
      (o: OpenedShare) => ({ ...o, entries: o.entries.slice(0, -1) }),
      "Do not rely on this.",
      "Entries are missing",
    ],
  ])("of a history %s", async (_, change, verdict, beside) => {
    const page = await shown(change);
    await expect.poll(async () => plain(await heading(page))).toBe(verdict);
    await expect.poll(async () => plain(await page.locator(".document-head").innerText())).toContain(beside);
    // Whoever can't see it hears it first.
    await expect.poll(() => page.evaluate("document.activeElement.tagName")).toBe("H1");
  });

  it.each([
    ["has no threads beside a page", "delete globalThis.Worker"],
    [
      "loses one in the middle of it",
      `const post = Worker.prototype.postMessage;
       Worker.prototype.postMessage = function (...args) {
         post.apply(this, args);
         this.dispatchEvent(new ErrorEvent("error"));
         this.terminate();
       };`,
    ],
    [
      "loses them without a word",
      `Worker.prototype.postMessage = () => {};
       const wait = setTimeout;
       globalThis.setTimeout = (then, ms) => wait(then, Math.min(ms, 1000));`,
    ],
  ])("is the same where a browser %s", async (_, change) => {
    const page = await arrive({ ...told, opened: edited(told.opened) });
    await page.addInitScript(change);
    await page.reload();
    await page.getByRole("button", { name: LOOK }).click();
    await page.getByRole("heading", { name: "Do not rely on this." }).waitFor();
    await expect
      .poll(async () => plain(await page.locator(".document-head").innerText()))
      .toContain("it was changed after it was signed. (Entry 4)");
  });

  it("waits for threads that are on their way, and checks in the page only where none comes", async () => {
    const page = await arrive(told);
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/examiner-*", async (route) => {
      await held;
      await route.continue();
    });
    await page.reload();
    const before = browsers.asked.length;
    await page.getByRole("button", { name: LOOK }).click();
    await page.getByRole("status").getByText("Checking every entry").waitFor({ state: "attached" });
    release();
    await page.getByRole("heading", { name: "Unaltered since 4 January 2026." }).waitFor();
    expect(browsers.asked.slice(before).filter((address) => address.includes("/in-page-"))).toEqual([]);
  });

  it("is none where nothing came that could check, and doesn't call the browser too old for that", async () => {
    const page = await arrive(told);
    await page.addInitScript("delete globalThis.Worker");
    await page.route("**/in-page-*", (route) => route.abort());
    await page.reload();
    await page.getByRole("button", { name: LOOK }).click();
    await page.locator(".document-head .notice.bad").getByText("connection").waitFor();
    await expect.poll(() => page.getByRole("button", { name: LOOK }).count()).toBe(1);
    complaints.splice(0);
  });

  it("of one that came more than ten minutes ago is that it is not current, and one click asks anew, which is no opening more", async () => {
    const fixture = { ...told, openings: 0 };
    const page = await arrive(fixture);
    await page.clock.setSystemTime(Date.now() + 11 * 60_000);
    await page.getByRole("button", { name: LOOK }).click();
    await page.getByRole("heading", { name: "Not current." }).waitFor();
    await page.clock.setSystemTime(Date.now());
    await page.getByRole("button", { name: "Check again" }).click();
    await page.getByRole("heading", { name: "Unaltered since 4 January 2026." }).waitFor();
    expect(fixture.openings).toBe(1);
  });

  it("is asked for anew in an open page once it is ten minutes old, counts no opening for that, and says where no answer came", async () => {
    const fixture = { ...told, openings: 0 };
    const page = await arrive(fixture);
    await page.getByRole("button", { name: LOOK }).click();
    await page.locator(".document").waitFor();
    const at = Date.now() + 11 * 60_000;
    await page.clock.setSystemTime(at);
    const { proof: _, ...head } = told.opened.checkpoint;
    const vouched = async (change: object = {}): Promise<void> => {
      const checkpoint = await secure({ ...head, at: new Date(at).toISOString(), ...change }, second.twin);
      fixture.opened = { ...told.opened, checkpoint };
      await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    };
    const off = async (route: Route): Promise<void> => route.abort();
    await page.route("**/status", off);
    await vouched();
    await page.getByRole("heading", { name: "Not current." }).waitFor();
    await page.getByText("no answer comes that says how things stand now").waitFor();
    // Whoever reads far below hears it.
    await page.getByRole("status").getByText("Not current.").waitFor({ state: "attached" });
    await page.unroute("**/status", off);
    await vouched();
    await page.getByRole("heading", { name: "Unaltered since 4 January 2026." }).waitFor();
    await page.clock.setSystemTime(at + 11 * 60_000);
    await vouched({ at: new Date(at + 11 * 60_000).toISOString(), status: "stolen" });
    await page.getByRole("heading", { name: "Do not rely on this." }).waitFor();
    await page.getByText("Its owner says that it was stolen.").waitFor();
    await expect.poll(() => page.getByText("Descaled and checked the cable.").count()).toBe(1);
    expect(fixture.openings).toBe(1);
    complaints.splice(0);
  });

  it("stays with all that was shown while it is checked again, and where no answer comes, and so does a label's", async () => {
    const page = await shown();
    await page.locator(".entry-photos").scrollIntoViewIfNeeded();
    await expect.poll(() => page.locator("img.picture").count()).toBe(2);
    await page.getByLabel("The address or the serial number on the label").fill("k7m2q9x4t0vbr5hp");
    await page.getByRole("button", { name: "Compare" }).click();
    const doubted = page.getByRole("heading", { level: 1, name: /^That isn't this item's label\./ });
    await doubted.waitFor();
    const pictures = (): number => browsers.asked.filter((address) => address.includes("/photos/")).length;
    const before = pictures();
    const off = async (route: Route): Promise<void> => route.abort();
    await page.route("**/open*", off);
    await page.getByRole("button", { name: "Check again" }).click();
    await page.locator(".document-head .notice.bad").waitFor();
    await expect.poll(() => page.getByText("Descaled and checked the cable.").count()).toBe(1);
    await page.unroute("**/open*", off);
    await page.getByRole("button", { name: "Check again" }).click();
    await page.locator(".document-head .notice.bad").waitFor({ state: "detached" });
    await expect.poll(() => page.evaluate("document.activeElement.tagName")).toBe("H1");
    await expect.poll(() => doubted.count()).toBe(1);
    const compared = `You compared the serial number k7m2q9x4t0vbr5hp of product ${GTIN}.`;
    await expect.poll(() => page.locator(".document-head").getByText(compared).count()).toBe(1);
    await expect.poll(async () => [await page.locator("img.picture").count(), pictures()]).toEqual([2, before]);
    complaints.splice(0);
  });

  it("of a record that was rewritten since it was shown is not to rely on it, however sound that is by itself", async () => {
    const fixture = { ...told };
    const page = await arrive(fixture);
    await page.getByRole("button", { name: LOOK }).click();
    await page.getByRole("heading", { name: "Unaltered since 4 January 2026." }).waitFor();
    fixture.opened = await longHistory(3);
    await page.getByRole("button", { name: "Check again" }).click();
    await page.getByRole("heading", { name: "Do not rely on this." }).waitFor();
    await expect
      .poll(() => page.locator(".faults li").allInnerTexts())
      .toEqual(["These aren't the entries that the item's key vouches for."]);
  });

  it("of what its owner started says that the maker confirmed nothing", async () => {
    const { opened } = await grinder("none");
    const page = await shown(() => opened);
    await expect.poll(async () => plain(await heading(page))).toBe("Unaltered since 4 January 2026.");
    await page.getByText("Started by an owner; the maker has not confirmed this item.").waitFor();
    await page.getByText("This thing has no label of its maker here").waitFor();
    await expect
      .poll(async () => plain(await page.locator(".document-head .eyebrow").innerText()))
      .toContain("as an owner typed it");
    await expect
      .poll(async () => plain(await page.locator(".beside").innerText()))
      .toContain("Grinder One, as an owner typed it");
    // Nor does it help to say that it did.
    const other = await shown(() => ({
      ...without(opened, [1]),
      product: { ...opened.product, proof: "label" },
    }));
    await expect.poll(async () => plain(await heading(other))).toBe("Do not rely on this.");
    await other.getByText("a maker's entry whose words you don't see may state one").waitFor();
  });
});

describe("the story", () => {
  it("shows who recorded each entry and how sure that is, both days, and corrections beside what they are about", async () => {
    const page = await shown((opened) => without(opened, [5]));
    const entry = (seq: number) =>
      page.locator(".lines > .entry").filter({ has: page.locator(`article > header :text-is("Entry ${seq}: ")`) });
    const words = async (seq: number): Promise<string> => plain(await entry(seq).innerText());
    await expect.poll(() => words(1)).toContain("lamo.example) signature checked");
    await expect.poll(() => words(2)).toContain("signed with the item's key");
    await expect
      .poll(() => words(3))
      .toMatch(/17 January 2026 \(recorded 22 January 2026\).*Owner 1 the owner's word, not confirmed/);
    await expect.poll(() => words(4)).toContain("Someone the owner calls “Rad & Tat, the repair café” unconfirmed");
    await expect.poll(() => words(5)).toContain("Withheld by the owner.");
    await expect.poll(() => words(5)).not.toContain("0664");
    await expect
      .poll(() => words(6))
      .toMatch(/New upper burr.*The owner disputes entry 6.*Correction of entry 6.*The lower burr, part 7732/);
    const later = await shown((o) => ({
      ...without(o, [8, 9, 10]),
      share: { createdAt: "2026-09-14T08:00:00.000Z", upTo: 8 },
    }));
    await later.getByText("Written after this link was made, and not shown by it.").waitFor();
    await later.getByText("a later entry by them, whose words you don't see, may say otherwise").waitFor();
    await expect
      .poll(() => page.locator(".story h3").allInnerTexts())
      .toEqual(["Before its first owner", "Owner 1", "Owner 2, the present one"]);
    const glance = plain(await page.locator(".beside").innerText());
    expect(glance).toContain("1: since 22 January 2026 2: since 14 September 2026");
    expect(glance).toContain("Until 4 January 2029, as Lamo (lamo.example) stated on 4 January 2026");
    expect(glance).toContain("recorded 3 entries up to 1 October 2026; 3 are here");
    await expect.poll(() => page.locator(".limits li").count()).toBe(5);
    await expect.poll(() => page.locator(".limits").innerText()).toContain("Which recalls and safety notices stand");
  });

  it("shows a picture only where it is the one that was recorded", async () => {
    const [right, other] = [...told.photos.keys()];
    const photos = new Map([
      [right!, told.photos.get(right!)!],
      [other!, told.photos.get(right!)!],
    ]);
    const page = await arrive({ ...told, photos });
    await page.getByRole("button", { name: LOOK }).click();
    await page.locator(".entry-photos").scrollIntoViewIfNeeded();
    await page.getByText("A picture that came isn't the one that was recorded").waitFor();
    await expect
      .poll(() => page.locator("img.picture").evaluateAll((all) => all.map((image: any) => image.naturalWidth)))
      .toEqual([640]);
  });
});

describe("on the spot", () => {
  it.each([
    ["its address", `127.0.0.1/01/${GTIN}/21/${SERIAL}`, true],
    ["its serial, in groups and capitals", SERIAL.toUpperCase().replaceAll(/(.{4})(?=.)/g, "$1-"), true],
    ["what GS1 has printed beneath its code", `(01)${GTIN}(21)${SERIAL}`, true],
    ["another serial of the product", "k7m2q9x4t0vbr5hp", false],
    ["another label's address, whatever its serial looks like", `127.0.0.1/01/${GTIN}/21/4006381333931`, false],
  ])("a label is compared by %s, and nothing of it leaves the device", async (_, typed, same) => {
    const page = await shown();
    const before = browsers.asked.length;
    await page.getByLabel("The address or the serial number on the label").fill(typed);
    await page.getByRole("button", { name: "Compare" }).click();
    await page
      .getByText(
        same
          ? "The label is this item's."
          : "Check that you typed it right, and from the label, not the code from inside the packaging; if you did, this history is another item's.",
      )
      .waitFor();
    await expect
      .poll(async () => (await heading(page)).startsWith("That isn't this item's label. Unaltered since"))
      .toBe(!same);
    // A style or an icon of the page may still be on its way.
    expect(browsers.asked.slice(before).filter((asked) => /[?]|\/v1\//.test(asked))).toEqual([]);
  });

  it("what is found of a label goes once anything else is typed, and what can be no label's is never compared", async () => {
    const page = await shown();
    const field = page.getByLabel("The address or the serial number on the label");
    const unalarmed = "Unaltered since 4 January 2026.";
    const said = page.locator(".on-the-spot .notice");
    const elsewhere = page.getByText("The address doesn't lead to this server.");
    await field.fill(`https://evil.example/01/${GTIN}/21/${SERIAL}`);
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByText("The label is this item's.").waitFor();
    await expect.poll(() => elsewhere.count()).toBe(1);
    await field.fill(`${server.url}/01/${GTIN}/21/${SERIAL}`);
    await expect.poll(() => said.count()).toBe(0);
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByText("The label is this item's.").waitFor();
    await expect.poll(() => elsewhere.count()).toBe(0);
    await field.fill("k7m2q9x4t0vbr5hp");
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByRole("heading", { level: 1, name: /^That isn't this item's label\./ }).waitFor();
    await field.press("End");
    await field.press("Backspace");
    await expect.poll(async () => plain(await heading(page))).toBe(unalarmed);
    for (const [typed, why] of [
      ["hello", "That hasn't the form of this item's serial number"],
      [`(01)${GTIN.slice(0, -1)}4(21)${SERIAL}`, "That isn't a label with a number for one single item."],
      [GTIN, "That isn't a label with a number for one single item."],
    ] as const) {
      await field.fill(typed);
      await field.press("Enter");
      await page.getByRole("alert").filter({ hasText: why }).waitFor();
      await expect.poll(async () => [await said.count(), plain(await heading(page))]).toEqual([0, unalarmed]);
    }
  });

  it("a serial that could be the number of some product is asked for like any other where serials are such", async () => {
    const fixture: Fixture = { ...told, opened: { ...told.opened, label: null } };
    const page = await arrive(fixture);
    await page.getByRole("button", { name: LOOK }).click();
    fixture.compared = { serial: "4006381333931", same: false, salt: null };
    await page.getByLabel("The address or the serial number on the label").fill("4006381333931");
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByText(`You compared the serial number 4006381333931 of product ${GTIN}.`).waitFor();
  });

  it("a label whose serial could be found by trying is the item's once the server's yes is proven, and by no other yes", async () => {
    const fixture: Fixture = { ...told, opened: { ...told.opened, label: null } };
    const page = await arrive(fixture);
    await page.getByRole("button", { name: LOOK }).click();
    await page.getByLabel("The address or the serial number on the label").fill(SERIAL.toUpperCase());
    const unproven = ["Nothing proves that this is its label.", "That label isn't proven. "] as const;
    for (const [answer, says, doubt] of [
      [{ same: true, salt: LABEL_HASH.salt }, "The label is this item's.", ""],
      [{ same: true, salt: "A".repeat(43) }, ...unproven],
      [{ same: false, salt: null }, "That isn't this item's label.", "That isn't this item's label. "],
      [{ same: true, salt: null }, ...unproven],
    ] as const) {
      fixture.compared = { serial: SERIAL, ...answer };
      await page.getByRole("button", { name: "Compare" }).click();
      await page.locator(".on-the-spot .notice").getByText(says).waitFor();
      await expect.poll(async () => plain(await heading(page))).toBe(`${doubt}Unaltered since 4 January 2026.`);
    }
    // Nor by any, where what names the label can't be relied on itself.
    fixture.opened = { ...edited(told.opened), label: LABEL_HASH };
    await page.getByRole("button", { name: "Check again" }).click();
    await page.getByRole("heading", { name: "Do not rely on this." }).waitFor();
    await page.getByLabel("The address or the serial number on the label").fill(SERIAL);
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByRole("heading", { name: "That label isn't proven. Do not rely on this." }).waitFor();
  });

  it("a camera that may not be used says so in the page's language", async () => {
    const page = await arrive(told, { locale: "de-DE" });
    await page.addInitScript({ content: camera(null) });
    await page.reload();
    await page.getByRole("button", { name: "Die Geschichte ansehen" }).click();
    await page.getByRole("button", { name: "Sein Etikett scannen" }).click();
    await page.getByRole("heading", { name: "Die Kamera ist nicht erlaubt" }).waitFor();
  });

  it("of two labels the one that was scanned last is compared, whichever answer comes first", async () => {
    const fixture: Fixture = { ...told, opened: { ...told.opened, label: null } };
    const page = await arrive(fixture);
    // Only what is scanned can come while an answer is on its way.
    await page.addInitScript({ content: camera("") });
    await page.reload();
    await page.getByRole("button", { name: LOOK }).click();
    const waiting: Route[] = [];
    await page.route("**/label", (route) => void waiting.push(route));
    const scan = async (serial: string): Promise<Route> => {
      const before = waiting.length;
      await page.evaluate(`window.seen = "https://twins.example/01/${GTIN}/21/${serial}"`);
      await page.getByRole("button", { name: "Scan its label" }).click();
      await expect.poll(() => waiting.length).toBeGreaterThan(before);
      return waiting[before]!;
    };
    const first = await scan(SERIAL);
    const last = await scan("another");
    await last.fulfill({ json: { same: false, salt: null } });
    await page.locator(".on-the-spot .notice").getByText("That isn't this item's label.").waitFor();
    const late = page.waitForResponse((response) => response.request() === first.request());
    await first.fulfill({ json: { same: true, salt: LABEL_HASH.salt } });
    await (await late).finished();
    await page.evaluate("new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))");
    await expect
      .poll(() => page.locator(".on-the-spot .notice").innerText())
      .toContain("That isn't this item's label.");
    await expect.poll(() => heading(page)).toContain("That isn't this item's label.");
  });

  it("the seller holds the history when its own key answers this browser's number, and nobody else is", async () => {
    const fixture = { ...told };
    const page = await arrive(fixture);
    await page.getByRole("button", { name: LOOK }).click();
    for (const [answer, title] of [
      [() => answerAsked(fixture, stranger.twin), "The answer doesn't fit."],
      [() => answerAsked(fixture), "Somebody who holds this history answered just now."],
    ] as const) {
      await page.getByRole("button", { name: /Ask the seller now|Ask once more/ }).click();
      await page.getByText("The digits are 4 8 1 2 0 7.").waitFor();
      const place = page.getByRole("group", { name: "Does the seller hold this history?" });
      await expect.poll(() => place.evaluate((came) => came === document.activeElement)).toBe(true);
      // By a device's clock that is wrong by an hour, nothing is held against anyone.
      await page.clock.setSystemTime(Date.now() - 3_600_000);
      await answer();
      await page.getByText(title).waitFor();
      await expect.poll(() => place.evaluate((came) => came === document.activeElement)).toBe(true);
    }
    await page.getByRole("button", { name: "Ask once more" }).click();
    await page.getByText("The digits are 4 8 1 2 0 7.").waitFor();
    await page.route("**/status", (route) => route.fulfill({ status: 410, json: { code: "gone" } }));
    await page.locator(".on-the-spot").getByText("This link has ended").waitFor();
    complaints.splice(0);
  });

  it("an answer with a head that no record can have beside the one that was shown says not to rely on it, there and above all", async () => {
    const fixture = { ...told };
    const page = await arrive(fixture);
    await page.getByRole("button", { name: LOOK }).click();
    await page.getByRole("button", { name: "Ask the seller now" }).click();
    await page.getByText("The digits are 4 8 1 2 0 7.").waitFor();
    const { proof: _proof, ...head } = told.opened.checkpoint;
    const checkpoint = await secure({ ...head, at: new Date().toISOString(), root: "a".repeat(64) }, second.twin);
    fixture.opened = { ...told.opened, checkpoint };
    // Whatever this device's clock says.
    await page.clock.setSystemTime(Date.now() - 3_600_000);
    await answerAsked(fixture);
    await page.locator(".on-the-spot .notice.bad").getByText("Do not rely on this.").waitFor();
    const why = "These aren't the entries that the item's key vouches for.";
    await expect.poll(() => page.locator(".on-the-spot .notice.bad").innerText()).toContain(why);
    await expect.poll(async () => plain(await heading(page))).toBe("Do not rely on this.");
    await expect.poll(() => page.locator(".document-head").innerText()).toContain(why);
    await expect.poll(() => page.getByText("Descaled and checked the cable.").count()).toBe(1);
    // Nor does asking until the first one comes again mend it.
    await page.clock.setSystemTime(Date.now());
    fixture.opened = told.opened;
    await page.getByRole("button", { name: "Check again" }).click();
    await page.locator(".on-the-spot .notice.bad").waitFor({ state: "detached" });
    await expect.poll(async () => plain(await heading(page))).toBe("Do not rely on this.");
  });
});

describe("what a buyer keeps", () => {
  it("is a file that holds all that was shown, and is checked without any server", async () => {
    const page = await shown((opened) => without(opened, [5]));
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save it as a file" }).click();
    const file = await saving;
    expect(file.suggestedFilename()).toMatch(/^history-Grinder-One-\d{4}-\d\d-\d\d\.json$/);
    const text = await readFile(await file.path(), "utf8");
    const label = `https://twins.example/01/${GTIN}/21/${SERIAL}`;
    const checked = await verify([await file.path(), "--label", label], Date.now());
    expect([checked.code, checked.error]).toEqual([0, ""]);
    expect(plain(checked.out)).toMatch(/^UNALTERED since 4 January 2026\. Not here are the words of 1 withheld\./);
    expect(plain(checked.out)).toContain("2 photos: 2 as recorded");
    // The page says by which key it can be told from a history that somebody made up.
    const [, twin = ""] = (await page.locator(".beside .command").innerText()).split("--twin ");
    expect((await verify([await file.path(), "--twin", twin], Date.now())).code).toBe(0);
    expect((await verify([await file.path(), "--twin", stranger.twin.key.split("#")[0]!], Date.now())).code).toBe(1);
    expect(plain(checked.out)).toContain("Your label is its item's");
    expect(text).not.toContain(SECRET);
  });

  it("is paper with the day it was printed, the link as a code, every picture and every entry, and no buttons", async () => {
    const begun = Date.now();
    const page = await arrive(told);
    // Nothing comes near to being seen, and the pictures are kept by the time they are printed.
    await page.addInitScript("globalThis.IntersectionObserver = class { observe() {} disconnect() {} };");
    await page.reload();
    await page.getByRole("button", { name: LOOK }).click();
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save it as a file" }).click();
    await saving;
    await expect.poll(() => page.locator("img.picture").count()).toBe(0);
    await page.evaluate(
      "globalThis.print = () => { document.title = `printed ${document.querySelectorAll('img.picture').length}`; }",
    );
    await page.getByRole("button", { name: "Print it" }).click();
    await expect.poll(() => page.title()).toBe("printed 2");
    await page.emulateMedia({ media: "print" });
    const paper = plain(await page.locator("body").innerText());
    const days = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" });
    expect([begun, Date.now()].map((at) => days.format(at))).toContain(/Printed on (\d+ \w+ \d{4})/.exec(paper)?.[1]);
    expect(paper).toContain("Unaltered since 4 January 2026.");
    expect(paper).toContain("Descaled and checked the cable.");
    expect(paper).toMatch(/npm run verify -- FILE --twin did:key:z\w+/);
    await expect.poll(() => page.locator(".printed .qr path").getAttribute("d")).toMatch(/^M/);
    await expect.poll(() => page.getByRole("button").locator("visible=true").allInnerTexts()).toEqual(["", ""]);
  });
});

describe("the buyer's page", () => {
  it.each([
    ["English", "en-GB"],
    ["German", "de-DE"],
  ])(
    "loads at most 60 KiB of compressed JavaScript, the verifier among them, and 15 KiB of CSS, in %s",
    async (_, locale) => {
      const { scriptBytes, styleBytes, scripts } = await firstLoad(browser, server.url + PATH, {
        slow: false,
        wanted: "main .button.primary",
        mark: READY,
        locale,
      });
      const loaded = (name: string): boolean => scripts.some((path) => path.startsWith(`/assets/${name}-`));
      // What checks in a thread is counted, and what checks in the page isn't needed; German is spoken by German alone.
      expect([loaded("examiner"), loaded("in-page"), loaded("de")]).toEqual([true, false, locale === "de-DE"]);
      expect(scriptBytes).toBeGreaterThan(20 * KIB);
      expect(styleBytes).toBeGreaterThan(KIB);
      expect(scriptBytes).toBeLessThanOrEqual(60 * KIB);
      expect(styleBytes).toBeLessThanOrEqual(15 * KIB);
    },
  );

  it("is for every eye, hand and ear, before and after, sound or not, and speaks German wholly", async () => {
    const recalled: OpenedShare = {
      ...without(told.opened, [5]),
      checkpoint: { ...told.opened.checkpoint, status: "lost" },
      notices: [
        {
          id: "notice_0",
          kind: "recall",
          maker: { id: "lamo.example", name: "Lamo" },
          title: "The lid can come off",
          text: "Boiling water may spill.",
          url: "https://lamo.example/lid",
          at: "2026-10-02T00:00:00.000Z",
          why: "every-item",
        },
      ],
    };
    const sound = { ...told };
    const page = await arrive(sound);
    const tour = {
      page,
      origin: server.url,
      paths: ["?before", "?sound", "?warned"].map((state) => PATH.replace("#", `${state}#`)),
      async ready(path: string) {
        sound.opened = path.includes("warned") ? recalled : told.opened;
        if (path.includes("before")) return;
        await page.locator(".button.primary").click();
        await page.locator(".document").waitFor();
        const ask = page.getByRole("button", { name: /Ask the seller now|Jetzt um ein Zeichen bitten/ });
        // Nobody should buy what is lost, and nothing is asked of whoever sells it.
        await expect.poll(() => ask.count()).toBe(path.includes("warned") ? 0 : 1);
        if (!path.includes("warned")) {
          await ask.click();
          await page.locator(".digits").waitFor();
        }
        await page.locator(".entry-photos").scrollIntoViewIfNeeded();
        await expect.poll(() => page.locator("img.picture").count()).toBe(2);
      },
    };
    expect(await onEvery(tour, async () => ({ ...(await axeFaults(page)), ...(await fitFaults(page)) }))).toEqual({});
    await page.emulateMedia({ colorScheme: "light" });
    const german = await arrive(sound, { locale: "de-DE" });
    // What owners and companies wrote is nobody's to translate.
    const theirs =
      /Made in Bregenz[^\n]*|Bought new at[^\n]*|Grinding noise|Burrs were[^\n]*|Runs quiet[^\n]*|Moved with me[^\n]*|New upper burr[^\n]*|It was the lower[^\n]*|The lower burr[^\n]*|Descaled and[^\n]*|the repair café|The lid can come off|Boiling water may spill\.|npm run verify -- FILE --twin did:key:z\w+/g;
    const left = await onEvery(
      {
        ...tour,
        page: german,
        ready: async (path) => {
          if (path.includes("before")) return;
          sound.opened = path.includes("warned") ? recalled : told.opened;
          await german.locator(".button.primary").click();
          await german.locator(".document").waitFor();
        },
      },
      async () => ({ english: await englishLeft(german, theirs) }),
    );
    expect(left).toEqual({});
  });

  it("complained of nothing in all that, and asked its own origin only", () => {
    expect(complaints).toEqual([]);
    const others = browsers.asked.filter((address) => !/^(?:blob|about|data):/.test(address));
    expect(others.length).toBeGreaterThan(20);
    expect(others.filter((address) => !address.startsWith(`${server.url}/`))).toEqual([]);
  });
});

describe("with a real server", () => {
  it("a history is told, shown, checked, compared and answered for, and ends when its owner takes it back", async () => {
    const api = new Client(fetch, server.url);
    const maker = await join(api, server.operatorKey);
    const gtin = freshGtin();
    const labels = { gtin, model: "Model T", count: 1 };
    const made = await api.post(`/v1/makers/${maker.domain}/labels`, labels, maker.key);
    const { serial, code } = made.body.labels[0];
    const { body: owner } = await api.post("/v1/claims", { gtin, serial, code });
    const twin = `/v1/twins/${owner.twin}`;
    const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#a52" } })
      .png()
      .toBuffer();
    const added = await api.call("POST", `${twin}/photos`, {
      token: owner.token,
      body: new Uint8Array(picture),
      headers: { "Content-Type": "image/png" },
    });
    const day = new Date().toISOString().slice(0, 10);
    const entry = { kind: "repairing", text: "New belt.", occurredOn: day, photos: [added.body.id] };
    expect((await api.post(`${twin}/history`, entry, owner.token)).status).toBe(201);
    const secret = { kind: "other", text: "Ring at Huber, 3rd floor.", occurredOn: day };
    const { body: kept } = await api.post(`${twin}/history`, secret, owner.token);
    const { body: link } = await api.post(`${twin}/shares`, { withhold: [kept.seq] }, owner.token);

    const page = await browsers.device(link.url, OPTIONS);
    await page.getByRole("button", { name: LOOK }).click();
    await page.locator(".document").waitFor();
    await expect
      .poll(async () => plain(await heading(page)))
      .toMatch(/^Unaltered since .*; 1 entry withheld by the owner\.$/);
    await expect.poll(() => page.locator(".document").innerText()).not.toContain("Huber");
    await page.getByText("Claimed with the code from inside its packaging").waitFor();
    await page.locator(".entry-photos").scrollIntoViewIfNeeded();
    await expect
      .poll(() => page.locator("img.picture").evaluateAll((all) => all.map((image: any) => image.naturalWidth)))
      .toEqual([40]);

    await page.getByLabel("The address or the serial number on the label").fill(serial);
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByText("The label is this item's.").waitFor();

    await page.getByRole("button", { name: "Ask the seller now" }).click();
    const digits = (await page.locator(".digits").innerText()).replaceAll(/\D/g, "");
    const answered = await api.post(`${twin}/shares/${link.share}/answer`, { code: digits }, owner.token);
    expect(answered.status).toBe(200);
    await page.getByText("Somebody who holds this history answered just now.").waitFor();
    const { body: seen } = await api.get(`${twin}/shares`, owner.token);
    expect(seen.items[0].openings).toBe(1);

    expect((await api.delete(`${twin}/shares/${link.share}`, owner.token)).status).toBe(204);
    await page.getByRole("button", { name: "Check again" }).click();
    await page.getByRole("heading", { name: "This link has ended" }).waitFor();
  });
});
