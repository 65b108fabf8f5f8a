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
};

export async function slowed(session: CDPSession): Promise<void> {
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", SLOW_4G);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER_CPU });
}

/** Where the code of a label is typed. */
const CODE_FIELD = "main form input";

/** Opens the page in a browser that was never here. `slow`: on the phone and the line described above. `wanted`: a selector. */
export async function firstLoad(
  browser: Browser,
  url: string,
  { slow, wanted = CODE_FIELD }: { slow: boolean; wanted?: string },
): Promise<FirstLoad> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  try {
    const page = await context.newPage();
    if (slow) await slowed(await context.newCDPSession(page));
    await page.addInitScript(watch(wanted));
    await page.goto(url, { waitUntil: "commit" });
    await page.waitForFunction(() => "interactiveAt" in globalThis);
    return await page.evaluate<FirstLoad>(`(() => {
      const sizes = new Map(performance.getEntriesByType("resource").map((file) => [file.name, file.encodedBodySize]));
      const bytes = (ending) => Array.from(sizes)
        .filter(([name]) => new URL(name).pathname.endsWith(ending))
        .reduce((sum, [, size]) => sum + size, 0);
      return { interactiveMs: globalThis.interactiveAt, scriptBytes: bytes(".js"), styleBytes: bytes(".css") };
    })()`);
  } finally {
    await context.close();
  }
}
