// Has the entries of a history examined beside the page, by as many threads as the device has use for; in the page, where there is none.

import { keysIn } from "../../domain/record/company-keys.ts";
import type { ShownEntry } from "../../domain/record/entry.ts";
import { examineAll, type Examine, type Examined } from "../../domain/record/examine.ts";
import { signatureCheck } from "../../domain/record/signatures.ts";
import type { Asked, Told } from "./examiner.ts";
import type { OpenedShare } from "./opened.ts";

const MOST = 4;
/** When one of them can begin, on the browser's own clock of a page: what the bench waits for, as a person reads before they press. */
export const READY = "examiner ready";
/** At a time: few enough that what was examined is put together while the rest still is, so many that their way there is no matter. */
const BATCH = 25;

type Answer = readonly (Examined | null)[] | null;

/** Those that can begin, each with who waits for its answers, by number. */
const ready = new Map<Worker, Map<number, (answer: Answer) => void>>();
let started = false;
let asked = 0;

/** Starts them, to be ready when a history comes. */
export function startExaminers(): void {
  if (started || typeof Worker === "undefined") return;
  started = true;
  for (let n = 0; n < Math.min(MOST, navigator.hardwareConcurrency); n++) {
    const worker = new Worker(new URL("./examiner.ts", import.meta.url), { type: "module" });
    const waiting = new Map<number, (answer: Answer) => void>();
    worker.addEventListener("message", ({ data }: MessageEvent<Told>) => {
      if (data === "ready") {
        ready.set(worker, waiting);
        return void performance.mark(READY);
      }
      waiting.get(data.number)?.(data.examined);
      waiting.delete(data.number);
    });
    worker.addEventListener("error", () => {
      ready.delete(worker);
      for (const give of waiting.values()) give(null);
    });
  }
}

const tell = (worker: Worker, what: Asked): void => worker.postMessage(what);

function ask(worker: Worker, entries: readonly ShownEntry[]): Promise<Answer> {
  const number = asked++;
  return new Promise((resolve) => {
    ready.get(worker)?.set(number, resolve);
    tell(worker, { number, entries });
  });
}

export const examiningBeside = (keys: OpenedShare["keys"]): Examine =>
  async function* (entries) {
    const check = signatureCheck(keysIn(keys));
    const workers = Array.from(ready.keys());
    if (workers.length === 0) return yield await examineAll(entries, check);
    for (const worker of workers) tell(worker, { keys });
    const batches: (readonly [readonly ShownEntry[], Promise<Answer>])[] = [];
    for (let at = 0; at < entries.length; at += BATCH) {
      const batch = entries.slice(at, at + BATCH);
      batches.push([batch, ask(workers[batches.length % workers.length]!, batch)]);
    }
    for (const [batch, answer] of batches) yield (await answer) ?? (await examineAll(batch, check));
  };
