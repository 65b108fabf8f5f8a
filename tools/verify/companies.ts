// The companies whose keys somebody got from elsewhere: what those keys vouch for, which nothing in the file itself can.

import type { Domain } from "../../src/domain/ids.ts";
import { formed } from "../../src/domain/record/examine.ts";
import type { Bundle } from "../../src/domain/record/bundle.ts";
import type { Findings } from "../../src/domain/record/verify.ts";

/** What one company signed in a file whose signatures are right; neither, and its key proved nothing. */
export type Signed = { readonly company: Domain; readonly entries: number; readonly counts: number };

export function signedBy(company: Domain, { history }: Bundle, { counts }: Findings): Signed {
  const isTheirs = (by: { readonly role: string; readonly maker?: Domain }): boolean =>
    by.role === "maker" && by.maker === company;
  return {
    company,
    entries: history.entries.filter((entry) => formed(entry) !== null && isTheirs(entry.by)).length,
    counts: counts.filter(({ by }) => isTheirs(by)).length,
  };
}

export const isNothing = ({ entries, counts }: Signed): boolean => entries + counts === 0;
