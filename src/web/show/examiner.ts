// A thread beside the page that checks histories. One leads: it holds the entries together and is told what each is by itself by those that
// help it, for signatures are most of the work, and no two depend on each other. It asks nobody else anything and keeps nothing.

import { keysIn } from "../../domain/record/company-keys.ts";
import type { ShownEntry } from "../../domain/record/entry.ts";
import { examineAll, type Examine, type Examined } from "../../domain/record/examine.ts";
import { signatureCheck, type SignatureCheck } from "../../domain/record/signatures.ts";
import { Growing } from "../../domain/record/tree.ts";
import { verifyHistory, type Context, type Findings } from "../../domain/record/verify.ts";
import type { OpenedShare } from "./opened.ts";

type Keys = OpenedShare["keys"];

/** To lead, with a line to each helper; or to help whoever is at the other end of a line. */
export type Asked =
  | {
      readonly number: number;
      readonly opened: OpenedShare;
      readonly context: Context;
      readonly lines: readonly MessagePort[];
    }
  | { readonly keys: Keys; readonly line: MessagePort };
/** That it can begin; or what it found, null where this browser can't tell. */
export type Told = "ready" | { readonly number: number; readonly findings: Findings | null };

type Batch = { readonly number: number; readonly entries: readonly ShownEntry[] };
type Answer = { readonly number: number; readonly examined: readonly (Examined | null)[] | null };

/** At a time: few enough that what was examined is put together while the rest still is, so many that their way there is no matter. */
const BATCH = 25;
/** Leaves: by then an engine runs its quickest code for hashing, which is most of the work besides the signatures. */
const WARM_AFTER = 300;
const LEAF_BYTES = 32;

/** Examines entries here and at the other ends of the lines, in turns. */
function examining(lines: readonly MessagePort[], check: SignatureCheck): Examine {
  const waiting = new Map<number, (answer: Answer["examined"]) => void>();
  for (const line of lines) {
    line.addEventListener("message", ({ data }: MessageEvent<Answer>) => waiting.get(data.number)?.(data.examined));
    line.start();
  }
  const ask = (line: MessagePort, batch: Batch): Promise<Answer["examined"]> =>
    new Promise((resolve) => {
      waiting.set(batch.number, resolve);
      line.postMessage(batch);
    });
  return async function* (entries) {
    // Whoever leads has them to hold together as well, and takes half as many as each helper.
    const places = [...lines, null, ...lines];
    const batches = Array.from({ length: Math.ceil(entries.length / BATCH) }, (_, number) => {
      const batch = { number, entries: entries.slice(number * BATCH, (number + 1) * BATCH) };
      const line = places[number % places.length] ?? null;
      return { batch, line, answer: line && ask(line, batch) };
    });
    for (const { batch, answer } of batches) yield (await answer) ?? (await examineAll(batch.entries, check));
  };
}

const tell = (told: Told): void => postMessage(told);

addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  if ("line" in data) {
    const check = signatureCheck(keysIn(data.keys));
    data.line.addEventListener("message", ({ data: { number, entries } }: MessageEvent<Batch>) => {
      void examineAll(entries, check)
        .catch(() => null)
        .then((examined) => data.line.postMessage({ number, examined } satisfies Answer));
    });
    data.line.start();
    return;
  }
  const { number, opened, context, lines } = data;
  const resolve = keysIn(opened.keys);
  void verifyHistory(opened, resolve, context, examining(lines, signatureCheck(resolve)))
    .catch(() => null)
    .then((findings) => {
      for (const line of lines) line.close();
      tell({ number, findings });
    });
});
/** Hashes for nothing while a person still reads, and not once they wait. */
function warmUp(): void {
  const tree = new Growing();
  for (let n = 0; n < WARM_AFTER; n++) {
    tree.append(new Uint8Array(LEAF_BYTES));
    tree.root();
  }
}

warmUp();
tell("ready");
