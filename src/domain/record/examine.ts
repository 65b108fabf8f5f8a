// What can be said of an entry by itself: its form, its leaf, whether its proof verifies, and what it opens. Nothing here depends on the
// entries beside it, so that many can be examined side by side; what they come to together is in walk.ts.

import { err, ok, type Result } from "../result.ts";
import { commitmentOf, openDisclosure } from "./commitment.ts";
import { digestOf } from "./digest.ts";
import { entryOf, entryTexts, type Body, type Entry, type ShownEntry } from "./entry.ts";
import type { FaultCode } from "./faults.ts";
import { isEntry } from "./form.ts";
import type { SignatureCheck } from "./signatures.ts";
import { leafOf } from "./tree.ts";

/** Plain data, for it may come from another thread. */
export type Examined = {
  /** 64 of hex. */
  readonly leaf: string;
  readonly signature: Awaited<ReturnType<SignatureCheck>>;
  /** Null when it is withheld or erased. */
  readonly body: Result<Body | null, { readonly code: FaultCode; readonly detail: string }>;
};

/** What each of the entries is by itself, in their order, in parts as they come; null for what has not the form of an entry. */
export type Examine = (entries: readonly ShownEntry[]) => AsyncIterable<readonly (Examined | null)[]>;

/** All of them at once, here. */
export const examineAll = (
  entries: readonly ShownEntry[],
  check: SignatureCheck,
): Promise<readonly (Examined | null)[]> => Promise.all(Array.from(entries, (shown) => examined(shown, check)));

async function examined(shown: ShownEntry, check: SignatureCheck): Promise<Examined | null> {
  const entry = formed(shown);
  if (entry === null) return null;
  const { whole, unproven } = entryTexts(entry);
  const signature = await check(entry.proof, digestOf(unproven));
  return { leaf: leafOf(whole), signature, body: bodyOf(shown) };
}

/** The entry in one that is shown; null when either has not the form it must have. */
export function formed(shown: ShownEntry): Entry | null {
  if (typeof shown !== "object" || shown === null) return null;
  const entry: unknown = entryOf(shown);
  const { seq, disclosure, erased } = shown;
  const besides = Number.isSafeInteger(seq) && typeof erased === "boolean";
  const readable = disclosure === null || (typeof disclosure === "string" && !erased);
  return besides && readable && isEntry(entry) ? entry : null;
}

function bodyOf({ disclosure, commitment }: ShownEntry): Examined["body"] {
  if (disclosure === null) return ok(null);
  if (commitmentOf(disclosure) !== commitment) {
    return err({ code: "not-committed", detail: "what it is said to say is not what was recorded" });
  }
  const opened = openDisclosure(disclosure);
  return opened.ok ? opened : err({ code: "unreadable", detail: `what it says cannot be read: ${opened.error}` });
}
