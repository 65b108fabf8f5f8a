// The first load of a scanned label on a mid phone: how much comes over the line, and how long until the code can be typed.
import { launchBrowser } from "../test/support/web/browser.ts";
import { firstLoad, type FirstLoad } from "../test/support/web/first-load.ts";
import type { Row } from "./report.ts";
import type { Servers } from "./servers.ts";
import type { Size } from "./size.ts";
import { median } from "./statistics.ts";

const LABEL = "/01/09521234543213/21/A1";
const KIB = 1024;
const INTERACTIVE_MS = 1_500;

export async function* firstLoads(size: Size, { another }: Servers): AsyncGenerator<Row> {
  const server = await another();
  const browser = await launchBrowser();
  const loads: FirstLoad[] = [];
  for (let n = 0; n < size.starts; n++) loads.push(await firstLoad(browser, server.url + LABEL, { slow: true }));
  await browser.close();
  await server.stop();
  const times = loads.map(({ interactiveMs }) => interactiveMs);
  const [{ scriptBytes, styleBytes }] = loads as [FirstLoad];
  yield {
    name: "a scanned label can be typed in, slow 4G and a CPU 4 times slower",
    value: median(times),
    unit: "ms",
    floor: null,
    ceiling: INTERACTIVE_MS,
    detail: `median of ${size.starts} first visits, ${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)}`,
  };
  for (const [what, bytes, ceiling] of [
    ["JavaScript", scriptBytes, 60],
    ["CSS", styleBytes, 15],
  ] as const) {
    yield {
      name: `a scanned label's first load: ${what}, compressed`,
      value: bytes / KIB,
      unit: "KiB",
      floor: null,
      ceiling,
      detail: "",
    };
  }
}
