// The record as a story is read: the entries in their order, each with what later corrected or disputed it. Pure.

import type { Body, ShownEntry } from "../../domain/record/entry.ts";
import type { OpenedShare } from "./opened.ts";
import type { Shown } from "./shown.ts";

export type EntryState = "shown" | "withheld" | "since" | "erased" | "faulty";

const DAY_LENGTH = "YYYY-MM-DD".length;
/** The day a link was made. */
export const dayOf = (instant: string): string => instant.slice(0, DAY_LENGTH);

/**
 * Whether the owner's side recorded it after what the link shows. `upTo` is the owner's to choose: nothing from before the day the link was
 * made is called later because of it.
 */
const isLater = ({ seq, by, recordedOn }: ShownEntry, { share }: OpenedShare): boolean =>
  share !== undefined &&
  (by.role === "owner" || by.role === "channel") &&
  seq > share.upTo &&
  recordedOn >= dayOf(share.createdAt);

/** How an entry stands here. What is wrong with it comes before all else. */
export function stateOf(
  entry: ShownEntry,
  { opened, findings: { faults } }: Pick<Shown, "opened" | "findings">,
): EntryState {
  if (faults.some(({ seq }) => seq === entry.seq)) return "faulty";
  if (entry.erased) return "erased";
  if (entry.disclosure !== null) return "shown";
  return isLater(entry, opened) ? "since" : "withheld";
}

export type Line = {
  readonly entry: ShownEntry;
  readonly body: Body | null;
  readonly state: EntryState;
  /** What later corrects or disputes it, or corrects that again: one level deep, however long a chain is. */
  readonly later: readonly Line[];
};
/** What was recorded while one owner had it; null: before the first. */
export type Chapter = { readonly tenure: number | null; readonly lines: readonly Line[] };

/** The entries that have a form: from the first that has none, nothing is read. */
export function readable({ opened, findings }: Pick<Shown, "opened" | "findings">): readonly ShownEntry[] {
  const { entries } = opened;
  const { faults, present } = findings;
  const broken = faults.find(({ code, seq }) => code === "malformed" && seq !== null)?.seq ?? null;
  if (present === null) return [];
  return broken === null ? entries : entries.slice(0, broken - 1);
}

/** The story, by owners, in the order it was recorded. */
export function chaptersOf(shown: Pick<Shown, "opened" | "findings">): readonly Chapter[] {
  const { findings } = shown;
  const chapters: { tenure: number | null; lines: Line[] }[] = [];
  const laterOf = new Map<number, Line[]>();
  readable(shown).forEach((entry, at) => {
    const about = entry.corrects === null ? undefined : laterOf.get(entry.corrects);
    const later: Line[] = [];
    const line = { entry, body: findings.bodies[at] ?? null, state: stateOf(entry, shown), later };
    laterOf.set(entry.seq, about ?? later);
    if (about) return about.push(line);
    const last = chapters.at(-1);
    if (last?.tenure === entry.tenure) last.lines.push(line);
    else chapters.push({ tenure: entry.tenure, lines: [line] });
  });
  return chapters;
}
