// What a buyer waits for on a mid phone: the page of a link, and a long history checked in the browser itself.
import { launchBrowser } from "../test/support/web/browser.ts";
import { firstLoad, type FirstLoad, slowed } from "../test/support/web/first-load.ts";
import { grinder, longHistory, PATH, serve } from "../test/support/web/shown.ts";
import type { Browser } from "playwright-core";
import type { OpenedShare } from "../src/web/show/opened.ts";
import { READY } from "../src/web/show/examiners.ts";
import { CHECKED } from "../src/web/show/shown.ts";
import type { Row } from "./report.ts";
import type { Servers } from "./servers.ts";
import type { Size } from "./size.ts";
import { median } from "./statistics.ts";

const ENTRIES = 500;
const CHECKED_MS = 300;
const SLOWER_CPU = 4;
/** What the page starts at most, and no more than there are processors. */
const THREADS = 4;
const KIB = 1024;
const BUTTON = "main .button.primary";

/** How long one first visit takes to check a history (ms): on the phone of the first load, or as fast as this machine is. */
async function checking(browser: Browser, url: string, opened: OpenedShare, slow: boolean): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  try {
    const page = await context.newPage();
    const fixture = await grinder();
    await serve(page, { ...fixture, opened });
    await page.goto(url);
    await page.locator(BUTTON).waitFor();
    // A person reads before they press.
    await page.waitForFunction(
      ([name, most]) => performance.getEntriesByName(name).length >= Math.min(most, navigator.hardwareConcurrency),
      [READY, THREADS] as const,
    );
    // The line matters no more once the page is there.
    if (slow) await slowed(await context.newCDPSession(page));
    await page.locator(BUTTON).click();
    await page.waitForFunction((name) => performance.getEntriesByName(name).length > 0, CHECKED);
    await page.locator("h1", { hasText: "Unaltered since" }).waitFor();
    return await page.evaluate((name) => performance.getEntriesByName(name)[0]!.duration, CHECKED);
  } finally {
    await context.close();
  }
}

const spread = (of: string, times: readonly number[]): string =>
  `median of ${times.length} ${of}, ${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)}`;

export async function* buyersPage(size: Size, { another }: Servers): AsyncGenerator<Row> {
  const server = await another();
  const browser = await launchBrowser();
  const url = server.url + PATH;
  const loads: FirstLoad[] = [];
  const visit = { slow: true, wanted: BUTTON, mark: READY };
  for (let n = 0; n < size.starts; n++) loads.push(await firstLoad(browser, url, visit));
  const inGerman = await firstLoad(browser, url, { ...visit, locale: "de-DE" });
  const opened = await longHistory(ENTRIES);
  const times: number[] = [];
  const asFastAsHere: number[] = [];
  for (let n = 0; n < size.starts; n++) {
    times.push(await checking(browser, url, opened, true));
    asFastAsHere.push(await checking(browser, url, opened, false));
  }
  await browser.close();
  await server.stop();
  yield {
    name: `a history of ${ENTRIES} entries is checked in the browser, a CPU 4 times slower`,
    value: median(times),
    unit: "ms",
    floor: null,
    ceiling: CHECKED_MS,
    detail: spread("first visits", times),
  };
  // That throttle slows the page's own thread and not the threads beside it, which do the checking.
  yield {
    name: "  … were those threads slower as well, and no more of them than processors here",
    value: SLOWER_CPU * median(asFastAsHere),
    unit: "ms",
    floor: null,
    detail: `${SLOWER_CPU} times the ${spread("first visits", asFastAsHere)}`,
  };
  const shownAfter = loads.map(({ interactiveMs }) => interactiveMs);
  yield {
    name: "a buyer's link can be opened, slow 4G and a CPU 4 times slower",
    value: median(shownAfter),
    unit: "ms",
    floor: null,
    detail: spread("first visits", shownAfter),
  };
  const [{ scriptBytes, styleBytes }] = loads as [FirstLoad];
  for (const [what, bytes, ceiling] of [
    ["JavaScript", scriptBytes, 60],
    ["JavaScript in German", inGerman.scriptBytes, 60],
    ["CSS", styleBytes, 15],
  ] as const) {
    yield {
      name: `a buyer's page, first load with the verifier: ${what}, compressed`,
      value: bytes / KIB,
      unit: "KiB",
      floor: null,
      ceiling,
      detail: "",
    };
  }
}
