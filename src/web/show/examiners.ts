// Has a history checked beside the page, by as many threads as the device has use for; in the page, where there is none.

import type { Context, Findings } from "../../domain/record/verify.ts";
import type { Asked, Told } from "./examiner.ts";
import type { OpenedShare } from "./opened.ts";

const MOST = 4;
/** Longer than the longest history takes on the slowest phone: threads that a system ended say nothing, and their events don't either. */
const PATIENCE_MS = 15_000;
/** When one of them can begin, on the browser's own clock of a page: what the bench waits for, as a person reads before they press. */
export const READY = "examiner ready";

/** Those that can begin, each with who waits for its answers, by number. */
const ready = new Map<Worker, Map<number, (findings: Findings | null) => void>>();
let started = false;
/** Once one of them can begin, or none will. */
let settled: Promise<void> = Promise.resolve();
let settle = (): void => {};
let asked = 0;

/** Starts them, to be ready when a history comes. */
export function startExaminers(): void {
  if (started || typeof Worker === "undefined") return;
  started = true;
  ({ promise: settled, resolve: settle } = Promise.withResolvers<void>());
  for (let n = 0; n < Math.min(MOST, navigator.hardwareConcurrency); n++) {
    const worker = new Worker(new URL("./examiner.ts", import.meta.url), { type: "module" });
    const waiting = new Map<number, (findings: Findings | null) => void>();
    worker.addEventListener("message", ({ data }: MessageEvent<Told>) => {
      if (data === "ready") {
        ready.set(worker, waiting);
        settle();
        return void performance.mark(READY);
      }
      waiting.get(data.number)?.(data.findings);
      waiting.delete(data.number);
    });
    worker.addEventListener("error", giveUp);
    worker.addEventListener("messageerror", giveUp);
  }
}

/** One that fails takes what hangs on it along: all is checked in the page from then on. */
function giveUp(): void {
  const given = Array.from(ready);
  ready.clear();
  settle();
  for (const [worker, waiting] of given) {
    worker.terminate();
    for (const give of waiting.values()) give(null);
  }
}

async function checkedBeside(opened: OpenedShare, context: Context): Promise<Findings | null> {
  const impatient = setTimeout(giveUp, PATIENCE_MS);
  await settled;
  const findings = await foundBy(Array.from(ready.keys()), opened, context);
  clearTimeout(impatient);
  return findings;
}

function foundBy(
  [lead, ...helpers]: readonly Worker[],
  opened: OpenedShare,
  context: Context,
): Promise<Findings | null> {
  if (lead === undefined) return Promise.resolve(null);
  const number = asked++;
  return new Promise((resolve) => {
    ready.get(lead)!.set(number, resolve);
    const lines = helpers.map((helper) => {
      const { port1, port2 } = new MessageChannel();
      helper.postMessage({ keys: opened.keys, line: port2 } satisfies Asked, [port2]);
      return port1;
    });
    lead.postMessage({ number, opened, context, lines } satisfies Asked, lines);
  });
}

/** Checks a history beside the page if that can be. Null where this browser can't check signatures at all. @throws where what checks it in the page can't be fetched. */
export async function checkHistory(opened: OpenedShare, context: Context): Promise<Findings | null> {
  const found = await checkedBeside(opened, context);
  if (found !== null) return found;
  const { checkHere } = await import("./in-page.ts");
  return checkHere(opened, context).catch(() => null);
}
