// What a buyer waits for on a mid phone: the page of a link, and a long history checked in the browser itself.
import { launchBrowser } from "../test/support/web/browser.ts";
import { firstLoad, type FirstLoad, slowed } from "../test/support/web/first-load.ts";
import { grinder, longHistory, PATH, serve } from "../test/support/web/shown.ts";
import type { Browser } from "playwright-core";
import type { OpenedShare } from "../src/web/show/opened.ts";
import { CHECKED } from "../src/web/show/shown.ts";
import type { Row } from "./report.ts";
import type { Servers } from "./servers.ts";
import type { Size } from "./size.ts";
import { median } from "./statistics.ts";

const ENTRIES = 500;
const CHECKED_MS = 300;
const KIB = 1024;
const BUTTON = "main .button.primary";

/** How long one first visit takes to check a history, on the phone of the first load (ms). */
async function checking(browser: Browser, url: string, opened: OpenedShare): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  try {
    const page = await context.newPage();
    const fixture = await grinder();
    await serve(page, { ...fixture, opened });
    await page.goto(url);
    // The line matters no more once the page is there.
    await slowed(await context.newCDPSession(page));
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
  for (let n = 0; n < size.starts; n++) loads.push(await firstLoad(browser, url, { slow: true, wanted: BUTTON }));
  const opened = await longHistory(ENTRIES);
  const times: number[] = [];
  for (let n = 0; n < size.starts; n++) times.push(await checking(browser, url, opened));
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
