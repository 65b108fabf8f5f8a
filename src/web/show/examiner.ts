// A thread beside the page that examines entries: signatures are most of the work, and no two depend on each other. It asks nobody anything
// and keeps nothing.

import { keysIn } from "../../domain/record/company-keys.ts";
import type { ShownEntry } from "../../domain/record/entry.ts";
import { examineAll, type Examined } from "../../domain/record/examine.ts";
import { signatureCheck } from "../../domain/record/signatures.ts";
import type { OpenedShare } from "./opened.ts";

/** The companies' keys, for all that comes after; or some entries, and by which number the answer is known. */
export type Asked =
  | { readonly keys: OpenedShare["keys"] }
  | { readonly number: number; readonly entries: readonly ShownEntry[] };
/** That it can begin; or an answer, null where this browser can't tell. */
export type Told = "ready" | { readonly number: number; readonly examined: readonly (Examined | null)[] | null };

const tell = (told: Told): void => postMessage(told);
let check = signatureCheck(() => null);

addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  if ("keys" in data) {
    check = signatureCheck(keysIn(data.keys));
    return;
  }
  const { number, entries } = data;
  void examineAll(entries, check)
    .catch(() => null)
    .then((examined) => tell({ number, examined }));
});
tell("ready");
