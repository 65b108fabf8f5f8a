// The record as a story is read: the entries in their order, each with what later corrected or disputed it. Pure.

import type { Body, ShownEntry } from "../../domain/record/entry.ts";
import type { Findings } from "../../domain/record/verify.ts";
import type { OpenedShare } from "./opened.ts";

export type EntryState = "shown" | "withheld" | "erased" | "faulty";

/** How an entry stands here. What is wrong with it comes before all else. */
export function stateOf({ seq, erased, disclosure }: ShownEntry, { faults }: Findings): EntryState {
  if (faults.some((fault) => fault.seq === seq)) return "faulty";
  return erased ? "erased" : disclosure === null ? "withheld" : "shown";
}

export type Line = {
  readonly entry: ShownEntry;
  readonly body: Body | null;
  readonly state: EntryState;
  /** What later corrects or disputes it. */
  readonly later: readonly Line[];
};
/** What was recorded while one owner had it; null: before the first. */
export type Chapter = { readonly tenure: number | null; readonly lines: readonly Line[] };

/** The entries that have a form: from the first that has none, nothing is read. */
function readable({ entries }: OpenedShare, { faults, present }: Findings): readonly ShownEntry[] {
  const broken = faults.find(({ code, seq }) => code === "malformed" && seq !== null)?.seq ?? null;
  if (present === null) return [];
  return broken === null ? entries : entries.slice(0, broken - 1);
}

/** The story, by owners; the oldest first. */
export function chaptersOf(opened: OpenedShare, findings: Findings): readonly Chapter[] {
  const chapters: { tenure: number | null; lines: Line[] }[] = [];
  const later = new Map<number, Line[]>();
  readable(opened, findings).forEach((entry, at) => {
    const mine: Line[] = [];
    const line = { entry, body: findings.bodies[at] ?? null, state: stateOf(entry, findings), later: mine };
    const about = entry.corrects === null ? undefined : later.get(entry.corrects);
    later.set(entry.seq, mine);
    if (about) return about.push(line);
    const last = chapters.at(-1);
    if (last?.tenure === entry.tenure) last.lines.push(line);
    else chapters.push({ tenure: entry.tenure, lines: [line] });
  });
  return chapters;
}
