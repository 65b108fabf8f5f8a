// An owner at their browser: claims a labelled item as the label's page has it, and is asked by tests what the device holds.

import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import type { Client } from "../client.ts";
import { freshGtin, type TestMaker, type TestOwner } from "../people.ts";
import { openContext } from "./browser.ts";
import { keptIn, putIn } from "./kept.ts";

export type Device = {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly twin: string;
  /** What this device reaches the twin with. */
  readonly token: string;
  /** What went wrong in its pages. */
  readonly faults: readonly string[];
};

/** A new device on which an owner has just claimed an item of `maker`. */
export async function claimOnDevice(
  browser: Browser,
  api: Client,
  maker: TestMaker,
  options: BrowserContextOptions = {},
): Promise<Device> {
  const gtin = freshGtin();
  const made = await api.post(`/v1/makers/${maker.domain}/labels`, { gtin, model: "Model T", count: 1 }, maker.key);
  if (made.status !== 201) throw new Error(`labels: ${made.status} ${JSON.stringify(made.body)}`);
  const { serial, code } = made.body.labels[0] as { serial: string; code: string };
  const context = await openContext(browser, { viewport: { width: 390, height: 844 }, ...options });
  const faults: string[] = [];
  context.on("weberror", (error) => faults.push(error.error().message));
  const page = await context.newPage();
  await page.goto(`${api.origin}/01/${gtin}/21/${serial}`);
  await page.getByLabel("Code from inside the packaging").fill(code);
  await page.getByRole("button", { name: "It's mine" }).click();
  await page.waitForURL(/\/t\/[^/]+\/write$/).catch(async (fault: Error) => {
    const says = await page.evaluate<string>("document.body.innerText");
    throw new Error(`the claim led nowhere: ${page.url()} says ${says}; faults: ${faults.join(" ")}`, { cause: fault });
  });
  const [{ id, token }] = (await keptIn<{ id: string; token: string }>(page, "thing")) as [
    { id: string; token: string },
  ];
  return { context, page, twin: id, token, faults };
}

/**
 * Puts a thing on a device, which has a page of the app open, by whatever token reaches it: as it stands there when it was just added, and
 * nothing of its past is known yet. `more`: what the device knew of it already.
 */
export async function giveThing(
  page: Page,
  api: Client,
  { twin, token }: Pick<TestOwner, "twin" | "token">,
  more: Record<string, unknown> = {},
): Promise<void> {
  const path = `/v1/twins/${twin}`;
  const [view, channel] = await Promise.all([api.get(path, token), api.get(`${path}/channels/current`, token)]);
  // By then the app has made its database.
  await page.getByRole("heading", { level: 1 }).waitFor();
  await putIn(page, "thing", {
    id: twin,
    token,
    view: view.body,
    scopes: channel.body.scopes,
    channel: channel.body.id,
    cursor: 0,
    heard: "",
    since: null,
    termsSeen: null,
    addedAt: "2026-01-01T00:00:00.000Z",
    ended: null,
    ...more,
  });
}

/** Waits until the app opens without a server: its service worker has all of it, and stands before this page. */
export const untilInstalled = (page: Page): Promise<unknown> =>
  page.evaluate(`navigator.serviceWorker.ready.then(({ active }) => new Promise((done) => {
    const look = () => active.state === "activated" && navigator.serviceWorker.controller !== null && done();
    active.addEventListener("statechange", look);
    navigator.serviceWorker.addEventListener("controllerchange", look);
    look();
  }))`);

/** Writes a note on its page; `to` is the company's name, else it stays private. */
export async function writeNote(
  { page, twin }: Pick<Device, "page" | "twin">,
  text: string,
  to?: string,
): Promise<void> {
  if (!new URL(page.url()).pathname.endsWith("/write")) {
    await page.goto(new URL(`/t/${twin}/write`, page.url()).href);
  }
  await page.getByRole("textbox", { name: "Your note" }).fill(text);
  if (to !== undefined) await page.getByRole("radio", { name: to, exact: true }).check();
  await page.getByRole("button", { name: to === undefined ? "Keep this note" : `Send to ${to}` }).click();
  await page.waitForURL(new RegExp(`/t/${twin}$`));
}
