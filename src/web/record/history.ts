// A thing's history as its owner's app reads it, and what follows from it about single entries. Pure.

import type { Body, ShownEntry } from "../../domain/record/entry.ts";
import type { Checkpoint } from "../../domain/record/checkpoint.ts";
import type { Count } from "../../domain/record/count.ts";

/** An entry with what it says; `body` is null once its words were erased. */
export type RecordedEntry = ShownEntry & { readonly body: Body | null };

export type History = {
  readonly checkpoint: Checkpoint;
  /** Oldest first. */
  readonly entries: readonly RecordedEntry[];
  readonly counts: readonly Count[];
};

/** Whether it was written in the present owner's time, by them or by somebody they let in: its words are theirs to erase. */
export const isOurs = ({ by, tenure }: RecordedEntry, { checkpoint }: History): boolean =>
  (by.role === "owner" || by.role === "channel") && tenure === checkpoint.tenure;

/** Whether a person wrote it: what the twin says by itself is no matter of opinion. */
export const isSomeonesWord = ({ by }: RecordedEntry): boolean => by.role !== "twin";

/** The entries that say something about an earlier one, by its place. */
export function answersIn({ entries }: Pick<History, "entries">): ReadonlyMap<number, readonly RecordedEntry[]> {
  const answers = new Map<number, RecordedEntry[]>();
  for (const entry of entries) {
    if (entry.corrects === null) continue;
    answers.set(entry.corrects, [...(answers.get(entry.corrects) ?? []), entry]);
  }
  return answers;
}

export type MakersCount = {
  readonly maker: string;
  readonly count: number;
  readonly asOf: string;
  readonly missing: number;
};

/** What makers state that they recorded, and how many of it are not here. Whether they signed it, a buyer's browser checks. */
export const makersCounts = ({ counts, entries }: Pick<History, "counts" | "entries">): readonly MakersCount[] =>
  counts.flatMap(({ by, count, asOf }) => {
    if (by.role !== "maker") return [];
    const theirs = entries.filter((entry) => entry.by.role === "maker" && entry.by.maker === by.maker);
    const found = theirs.filter(({ recordedOn }) => recordedOn <= asOf).length;
    return { maker: by.maker, count, asOf, missing: Math.max(0, count - found) };
  });
