// What a phone loads when somebody scans a label or opens a link, and how long until they can do something: on a slow line, with a slow
// processor.

import type { Browser, CDPSession } from "playwright-core";

/** Slow 4G as Lighthouse emulates it: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1_638_400 / 8, uploadThroughput: 750_000 / 8 };
const SLOWER_CPU = 4;

/** Notes when what is wanted is there and the page has drawn it. Runs in the page, before anything of its own. */
const watch = (wanted: string): string => `
  const look = () => {
    if (document.querySelector(${JSON.stringify(wanted)}) === null) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => { globalThis.interactiveAt = performance.now(); }));
  };
  requestAnimationFrame(look);
`;

export type FirstLoad = {
  /** Milliseconds from the start of the navigation until what is wanted can be used. */
  readonly interactiveMs: number;
  /** Compressed bytes, as they came over the line: a file counts once, however many threads of the page run it. */
  readonly scriptBytes: number;
  readonly styleBytes: number;
  /** The addresses of the scripts without their hosts. */
  readonly scripts: readonly string[];
};

export type Visit = {
  /** On the phone and the line described above. */
  readonly slow: boolean;
  /** What can be used once the page is there: a selector. */
  readonly wanted?: string;
  /** What the page marks once all that it begins with has come, where that is later. */
  readonly mark?: string;
  readonly locale?: string;
};

export async function slowed(session: CDPSession): Promise<void> {
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", SLOW_4G);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER_CPU });
}

/** Where the code of a label is typed. */
const CODE_FIELD = "main form input";

/** Opens the page in a browser that was never here. */
export async function firstLoad(
  browser: Browser,
  url: string,
  { slow, wanted = CODE_FIELD, mark, locale = "en-GB" }: Visit,
): Promise<FirstLoad> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale });
  try {
    const page = await context.newPage();
    if (slow) await slowed(await context.newCDPSession(page));
    await page.addInitScript(watch(wanted));
    await page.goto(url, { waitUntil: "commit" });
    await page.waitForFunction(() => "interactiveAt" in globalThis);
    if (mark !== undefined) await page.waitForFunction((name) => performance.getEntriesByName(name).length > 0, mark);
    return await page.evaluate<FirstLoad>(`(() => {
      const sizes = new Map(performance.getEntriesByType("resource").map((file) => [file.name, file.encodedBodySize]));
      const paths = (ending) => Array.from(sizes.keys(), (name) => new URL(name).pathname).filter((path) => path.endsWith(ending));
      const bytes = (ending) => paths(ending).reduce((sum, path) => sum + sizes.get(location.origin + path), 0);
      return {
        interactiveMs: globalThis.interactiveAt,
        scriptBytes: bytes(".js"),
        styleBytes: bytes(".css"),
        scripts: paths(".js"),
      };
    })()`);
  } finally {
    await context.close();
  }
}
