// What came through a link, checked in this browser. Nothing of it is shown before that.

import { twinParts, type Domain, type TwinId } from "../../domain/ids.ts";
import type { Findings } from "../../domain/record/verify.ts";
import { checkHistory } from "./examiners.ts";
import type { Link } from "./link.ts";
import type { OpenedShare } from "./opened.ts";

/** How long that took, as the browser's own clock of a page has it: what the bench reads. */
export const CHECKED = "history checked";

/** Why it says nothing about now any more: nobody answers, there is something newer, or the link has ended. */
export type Aged = "unanswered" | "moved" | "gone";

/** `at`: when it was checked (ms). */
export type Shown = {
  readonly opened: OpenedShare;
  readonly findings: Findings;
  readonly at: number;
  readonly aged?: Aged;
};

/** Null where this browser can't check signatures at all. @throws where what checks it can't be fetched. */
export async function checked(link: Pick<Link, "twin">, opened: OpenedShare): Promise<Shown | null> {
  const at = Date.now();
  const start = performance.now();
  const { item } = twinParts(link.twin as TwinId);
  const findings = await checkHistory(opened, { now: at, record: item });
  performance.measure(CHECKED, { start });
  return findings && { opened, findings, at };
}

/** A company as it is called here: by its name where that is known, and always by its domain. */
export function companyName({ product: { maker } }: OpenedShare, domain: Domain): string {
  return maker?.id === domain && maker.name !== null ? `${maker.name} (${domain})` : domain;
}
