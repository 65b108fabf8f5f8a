// A sign-in link that is being used, kept for this tab until it is answered: it works once, and an answer that was lost on the way comes
// again only for the same key of the same request.

import { newKey } from "../api/call.ts";
import { keepInTab, keptInTab } from "../keys/tab.ts";

const KEPT = "pico-twins.sign-in";

/** The link and the Idempotency-Key under which it is asked. */
export type Begun = { readonly link: string; readonly key: string };

/** What was begun in this tab and never answered; null where nothing was. */
export function linkBegun(): Begun | null {
  try {
    const found = JSON.parse(keptInTab(KEPT) ?? "null") as Partial<Begun> | null;
    return typeof found?.link === "string" && typeof found.key === "string"
      ? { link: found.link, key: found.key }
      : null;
  } catch {
    return null;
  }
}

/** About to ask with this link: under the key of before, where it was begun already. */
export function beginLink(link: string): Begun {
  const before = linkBegun();
  const begun = before?.link === link ? before : { link, key: newKey() };
  keepInTab(KEPT, JSON.stringify(begun));
  return begun;
}

/** It was answered. */
export const endLink = (): void => keepInTab(KEPT, null);
