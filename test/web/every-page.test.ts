// What holds of every page of the app, with something on it: for eyes, for keyboards, for screen readers, on the smallest phone, with
// large text, and for languages written from right to left.

import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { APP_PATHS } from "../../src/api/app-paths.ts";
import { Client } from "../support/client.ts";
import { agree, join, write } from "../support/people.ts";
import { eventually } from "../support/server/product.ts";
import { startServer, type TestServer, UNLIMITED } from "../support/server/server.ts";
import { launchBrowser } from "../support/web/browser.ts";
import { allFaults, englishLeft, onEvery, TOUR_MS } from "../support/web/every-page.ts";
import { saved } from "../support/web/keyring.ts";
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
  // A recall of it, and a known issue that the note was put to.
  const { gtin } = (await api.get(`/v1/twins/${owner.twin}`, owner.token)).body.product as { gtin: string };
  const desk = `/v1/makers/${maker.domain}`;
  const recall = { kind: "recall", gtin, title: "The lid can come off", text: "Boiling water may spill." };
  await api.post(`${desk}/notices`, recall, maker.key);
  const known = { title: "Creaking hinges", product: gtin, status: "fixed", text: "A new hinge is there." };
  const { body: issue } = await api.post(`${desk}/known-issues`, known, maker.key);
  const thread = `${desk}/threads/${owner.twin}/${note.id}`;
  await eventually(
    () => api.patch(thread, { knownIssue: issue.id }, maker.key),
    ({ status }) => status === 200,
  );
  // What was done to it, and a link that shows it.
  const own = `/v1/twins/${owner.twin}`;
  const done = { kind: "repairing", text: "A new hinge.", occurredOn: "2026-01-04", disposition: "active" };
  await api.post(`${own}/history`, done, owner.token);
  await api.post(`${own}/history`, { ...done, text: "A newer hinge.", corrects: 2 }, owner.token);
  await api.post(`${own}/shares`, { label: "Advert 1" }, owner.token);
  await page.goto(`${server.url}/t/${owner.twin}/n/${note.id}`);
  await page.getByRole("heading", { name: "You said, they changed" }).waitFor();
  await page.goto(`${server.url}/t/${owner.twin}`);
  await page.locator(".told").waitFor();
  // Else the next page would break its saving off, which the browser complains of.
  await saved(page);
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  context.on("request", (request) => asked.push(request.url()));
  for (const path of APP_PATHS) {
    const filled = path
      .replace(":gtin", gtin)
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

const tour = () => ({
  page,
  origin: server.url,
  paths,
  ready: async (path: string) => {
    if (path.startsWith("/01/") && !path.endsWith("/found")) await page.locator(".told").waitFor();
  },
});

describe("every page of the app", { timeout: TOUR_MS }, () => {
  it("has nothing that axe objects to, light and dark, on a phone and on a desk; has one title, keeps to the screen, can be reached by keyboard and pressed by thumb, in either direction and at twice the size", async () => {
    expect(await onEvery(tour(), allFaults)).toEqual({});
    await page.setViewportSize({ width: 390, height: 844 });
  });

  it("speaks German when it is asked to, every word of it", async () => {
    await page.goto(`${server.url}/settings`);
    await page.getByRole("radio", { name: "Deutsch" }).check();
    await page.getByRole("heading", { level: 1, name: "Einstellungen" }).waitFor();
    // What the company wrote, what the owner wrote and what a thing is called are nobody's to translate.
    const theirs =
      /The hinge creaks\.|The lid can come off|Boiling water may spill\.|Creaking hinges|A new hinge is there\.|A private line, for nobody else\.|A newe?r? hinge\.|Advert 1|Some oil helps\.|Model T|Maker m\w+\.example|Chrome \w+ \w+|Pico Twins/g;
    const left = await onEvery(tour(), async (page) => ({ english: await englishLeft(page, theirs) }));
    expect(left).toEqual({});
  });

  it("complained of nothing in all that, and asked its own origin only, never with a token in an address", () => {
    expect(complaints).toEqual([]);
    expect(asked.length).toBeGreaterThan(paths.length);
    expect(asked.filter((url) => !url.startsWith("blob:") && new URL(url).origin !== server.url)).toEqual([]);
    expect(asked.filter((url) => /~[\w-]{43}/.test(decodeURIComponent(url)))).toEqual([]);
  });
});
