// Has a history checked beside the page, by as many threads as the device has use for; in the page, where there is none.

import { keysIn } from "../../domain/record/company-keys.ts";
import { verifyHistory, type Context, type Findings } from "../../domain/record/verify.ts";
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
let asked = 0;

/** Starts them, to be ready when a history comes. */
export function startExaminers(): void {
  if (started || typeof Worker === "undefined") return;
  started = true;
  for (let n = 0; n < Math.min(MOST, navigator.hardwareConcurrency); n++) {
    const worker = new Worker(new URL("./examiner.ts", import.meta.url), { type: "module" });
    const waiting = new Map<number, (findings: Findings | null) => void>();
    worker.addEventListener("message", ({ data }: MessageEvent<Told>) => {
      if (data === "ready") {
        ready.set(worker, waiting);
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
  for (const [worker, waiting] of given) {
    worker.terminate();
    for (const give of waiting.values()) give(null);
  }
}

function checkedBeside(opened: OpenedShare, context: Context): Promise<Findings | null> {
  const [lead, ...helpers] = ready.keys();
  if (lead === undefined) return Promise.resolve(null);
  const number = asked++;
  return new Promise((resolve) => {
    const impatient = setTimeout(giveUp, PATIENCE_MS);
    ready.get(lead)!.set(number, (findings) => {
      clearTimeout(impatient);
      resolve(findings);
    });
    const lines = helpers.map((helper) => {
      const { port1, port2 } = new MessageChannel();
      helper.postMessage({ keys: opened.keys, line: port2 } satisfies Asked, [port2]);
      return port1;
    });
    lead.postMessage({ number, opened, context, lines } satisfies Asked, lines);
  });
}

/** Checks a history beside the page if that can be. @throws where this browser can't check signatures at all. */
export const checkHistory = async (opened: OpenedShare, context: Context): Promise<Findings> =>
  (await checkedBeside(opened, context)) ?? verifyHistory(opened, keysIn(opened.keys), context);
