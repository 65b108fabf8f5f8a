// `npm run bench`, `npm run bench -- --quick`: what the product costs above the bare insert beneath it. Ends with 1 when
// a promised ratio is missed. Rates depend on the machine; ratios, measured side by side, hardly do.
import { join } from "node:path";
import { coldStarts, deliveryDelays } from "./delays.ts";
import { desks, notices } from "./desk.ts";
import { firstLoads } from "./first-load.ts";
import { footprint } from "./footprint.ts";
import { rates } from "./rates.ts";
import { records } from "./record.ts";
import { line, passes, type Row, writeResults } from "./report.ts";
import { startServers } from "./servers.ts";
import { FULL, QUICK } from "./size.ts";
import { buyersPage } from "./verify-in-browser.ts";

const RESULTS = join(import.meta.dirname, "results/latest.json");

const size = process.argv.includes("--quick") ? QUICK : FULL;
const began = performance.now();
const servers = await startServers();
const rows: Row[] = [];
try {
  for (const part of [rates, deliveryDelays, footprint, coldStarts, firstLoads, buyersPage, desks, notices, records]) {
    for await (const row of part(size, servers)) {
      rows.push(row);
      console.log(line(row));
    }
  }
} finally {
  await servers.discard();
}
const seconds = Math.round((performance.now() - began) / 1_000);
writeResults(RESULTS, size.name, seconds, rows);
const missed = rows.filter((row) => !passes(row));
console.log(
  `\n${missed.length === 0 ? "Every target is met" : `${missed.length} missed`}. ${seconds} s; written to ${RESULTS}`,
);
process.exitCode = missed.length === 0 ? 0 : 1;
