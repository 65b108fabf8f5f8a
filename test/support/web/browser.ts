// A headless Chromium for the tests of pages: what it sees, asks for and complains about. It reaches no network but this machine's.

import chromium from "@sparticuz/chromium";
import axe from "axe-core";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium as playwright,
  type Page,
} from "playwright-core";
import { unkind } from "./unkind.ts";

// Not the package's own flags: those are for a function in a cloud, and switch off what a page is tested for (its origin's walls).
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Chromium, to be closed by whoever launched it. */
export const launchBrowser = async (): Promise<Browser> =>
  unkind(await playwright.launch({ executablePath: await chromium.executablePath(), args: FLAGS, headless: true }));

/** As where a browser refuses it: the app works without, only not offline. Playwright's own way to block it warns in the console. */
const NO_WORKER = `if (globalThis.ServiceWorkerContainer) ServiceWorkerContainer.prototype.register = () =>
  Promise.reject(new DOMException("none here", "SecurityError"));`;

/**
 * A device of its own, without the service worker, which would load all of the app on each: a test that is about it, or about what
 * needs it, asks for `serviceWorkers: "allow"`.
 */
export async function openContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  if (options.serviceWorkers !== "allow") await context.addInitScript(NO_WORKER);
  return context;
}

/** Errors and warnings of a page's console, and its exceptions, from now on. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (isSaving(message.location().url)) return;
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
}

/** Going to another page cuts off the saving of the keyring, which then meets its own earlier version: 412, and it merges. */
const isSaving = (url: string): boolean => url.includes("/v1/keyrings/");

/** A page that remembers what went wrong in it and what it asked for. */
export type WatchedPage = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors and warnings of its console, exceptions and failed requests. */
  readonly complaints: readonly string[];
  /** Every address it asked for. */
  readonly asked: readonly string[];
};

export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await openContext(browser, options);
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  const asked: string[] = [];
  page.on("requestfailed", (request) => {
    if (isSaving(request.url())) return;
    complaints.push(`${request.method()} ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(url, { waitUntil: "load" });
  return { page, context, complaints, asked };
}

/** What axe finds wrong, as `rule: where`. The page's policy must not forbid it to run: open the page with `bypassCSP`. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<{
    violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
  }>("axe.run(document, { resultTypes: ['violations'] })");
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} ${failureSummary ?? ""}`),
  );
}
