// What holds of every page of the app, with something on it: for eyes, for keyboards, for screen readers, on the smallest phone, with
// large text, and for languages written from right to left.

import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { APP_PATHS } from "../../src/api/app-paths.ts";
import { Client } from "../support/client.ts";
import { agree, join, write } from "../support/people.ts";
import { startServer, type TestServer, UNLIMITED } from "../support/server/server.ts";
import { axeFindings, launchBrowser } from "../support/web/browser.ts";
import { claimOnDevice } from "../support/web/owner.ts";

const TOPICS = [
  "lost-card",
  "found-card",
  "shared-phone",
  "leaving-household",
  "lost-phone",
  "who-can-read",
  "what-is-signed",
];

let server: TestServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];
const asked: string[] = [];
/** Each pattern of the app with what stands in for its names. */
const paths: string[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: UNLIMITED }), launchBrowser()]);
  const api = new Client(fetch, server.url);
  const maker = await join(api, server.operatorKey);
  const device = await claimOnDevice(browser, api, maker, { bypassCSP: true, locale: "en-GB" });
  ({ context, page } = device);
  const owner = { ...device, recoveryCode: "" };
  await agree(api, owner);
  const note = await write(api, owner, "The hinge creaks.", { send: true, wants: "repair" });
  await write(api, owner, "A private line, for nobody else.", { kind: "diary" });
  await api.post(
    `/v1/makers/${maker.domain}/threads/${owner.twin}/${note.id}/messages`,
    { text: "Some oil helps.", type: "advice", outcome: "answered", author: { name: "Ida" } },
    maker.key,
  );
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  context.on("request", (request) => asked.push(request.url()));
  for (const path of APP_PATHS) {
    const filled = path
      .replace(":gtin", "09521234543213")
      .replace(":serial", "A1")
      .replace(":twin", owner.twin)
      .replace(":note", note.id);
    paths.push(...(filled.includes(":topic") ? TOPICS.map((topic) => filled.replace(":topic", topic)) : [filled]));
  }
});
afterAll(async () => {
  await browser?.close();
  await server?.discard();
});

/** What was found wrong on a page, by what was looked for. */
type Faults = Record<string, unknown>;

/** Opens each page in turn and gives what `look` finds wrong there, under its path; nothing where it finds nothing. */
async function onEvery(look: (page: Page) => Promise<Faults>): Promise<Record<string, Faults>> {
  const found: Record<string, Faults> = {};
  for (const path of paths) {
    await page.goto(server.url + path);
    await page.locator("h1").waitFor();
    await page.locator(".loading").waitFor({ state: "detached" });
    const here = Object.entries(await look(page)).filter(([, faults]) => !Array.isArray(faults) || faults.length > 0);
    if (here.length > 0) found[path] = Object.fromEntries(here);
  }
  return found;
}

/** What reaches out of the page to either side; what scrolls by itself may. */
const SIDEWAYS = `(() => {
  const { clientWidth, scrollWidth } = document.documentElement;
  return scrollWidth > clientWidth ? [scrollWidth + " in " + clientWidth] : [];
})()`;

/** Where the focus can't go, or isn't seen. What is hidden from screen readers stands elsewhere in words. */
const UNREACHED = `[...document.querySelectorAll("main :is(a[href], button, input, textarea, select, summary), header :is(a, button)")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest("dialog:not([open]), [aria-hidden=true]"))
  .filter((element) => {
    element.focus({ focusVisible: true });
    if (document.activeElement !== element || element.tabIndex < 0) return true;
    const ringed = element.closest(".choice, .check") ?? element;
    return [element, ringed].every((one) => getComputedStyle(one).outlineStyle === "none");
  })
  .map((element) => element.outerHTML.slice(0, 120))`;

/** What is pressed and is lower than a finger needs (WCAG 2.5.5), unless it is a link in a text. */
const CRAMPED = `[...document.querySelectorAll("main button, header button, header a, main .button, main input:not([type=radio], [type=checkbox], [type=file]), main select, main .choice, main .check, main a.row")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".unseen, dialog:not([open])"))
  .filter((element) => element.getBoundingClientRect().height < 44)
  .map((element) => element.outerHTML.slice(0, 120))`;

describe("every page of the app", () => {
  it("has nothing that axe objects to, light and dark, on a phone and on a desk", async () => {
    expect(
      await onEvery(async (page) => {
        await page.setViewportSize({ width: 390, height: 844 });
        await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
        const light = await axeFindings(page);
        await page.emulateMedia({ colorScheme: "dark" });
        const dark = await axeFindings(page);
        await page.setViewportSize({ width: 1280, height: 844 });
        return { light, dark, desk: await axeFindings(page) };
      }),
    ).toEqual({});
  });

  it("has one title, keeps to the screen, can be reached by keyboard and pressed by thumb, in either direction and at twice the size", async () => {
    expect(
      await onEvery(async (page) => {
        await page.setViewportSize({ width: 320, height: 740 });
        const titles = await page.locator("h1").allTextContents();
        const sideways = await page.evaluate(SIDEWAYS);
        const unreached = await page.evaluate(UNREACHED);
        const cramped = await page.evaluate(CRAMPED);
        await page.evaluate(`document.documentElement.dir = "rtl"`);
        const fromTheRight = await page.evaluate(SIDEWAYS);
        await page.setViewportSize({ width: 390, height: 740 });
        await page.evaluate(`document.documentElement.dir = "ltr"; document.documentElement.style.fontSize = "200%"`);
        const large = await page.evaluate(SIDEWAYS);
        const untitled =
          titles.length === 1 &&
          (await page.title()).startsWith(titles[0]!) &&
          (await page.locator("main").count()) === 1
            ? []
            : titles;
        return { untitled, sideways, unreached, cramped, fromTheRight, large };
      }),
    ).toEqual({});
    await page.setViewportSize({ width: 390, height: 844 });
  });

  it("speaks German when it is asked to, every word of it", async () => {
    await page.goto(`${server.url}/settings`);
    await page.getByRole("radio", { name: "Deutsch" }).check();
    await page.getByRole("heading", { level: 1, name: "Einstellungen" }).waitFor();
    const english = /\b(the|your|and|what|with|this|are|is|you|of|from|back|write)\b/i;
    // What the company wrote, what the owner wrote and what a thing is called are nobody's to translate.
    const theirs =
      /The hinge creaks\.|A private line, for nobody else\.|Some oil helps\.|Model T|Maker m\w+\.example|Chrome \w+ \w+|Pico Twins/g;
    const left = await onEvery(async (page) => {
      const text = (await page.locator("body").innerText()).replaceAll(theirs, "");
      return { english: text.split("\n").filter((line) => english.test(line)) };
    });
    expect(left).toEqual({});
  });

  it("complained of nothing in all that, and asked its own origin only, never with a token in an address", () => {
    expect(complaints).toEqual([]);
    expect(asked.length).toBeGreaterThan(paths.length);
    expect(asked.filter((url) => !url.startsWith("blob:") && new URL(url).origin !== server.url)).toEqual([]);
    expect(asked.filter((url) => /~[\w-]{43}/.test(decodeURIComponent(url)))).toEqual([]);
  });
});
