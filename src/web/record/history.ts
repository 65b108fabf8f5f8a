// A thing's history as its owner's app reads it, and what follows from it about single entries. Pure.

import type { Body, ShownEntry } from "../../domain/record/entry.ts";
import type { Checkpoint } from "../../domain/record/checkpoint.ts";
import { isByChannelOf, isByMaker, upTo, type Count } from "../../domain/record/count.ts";
import { keyIdOf } from "../../domain/terms/did.ts";

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

/** What one author states that it recorded. Whether it was signed rightly, a buyer's browser checks. */
export type Stated = {
  /** The company's domain; or, of somebody whom an owner let in, that owner's tenure. */
  readonly by: { readonly maker: string } | { readonly tenure: number };
  readonly count: number;
  readonly asOf: string;
  /** How many of them are here. */
  readonly found: number;
  /** Tells this statement from every other. */
  readonly signature: string;
};

/** Recorded in `tenure` by those whom its owner let in: their counts are of all of them together. */
export const byThoseLetIn = (entries: readonly RecordedEntry[], tenure: number): readonly RecordedEntry[] =>
  entries.filter((entry) => isByChannelOf(tenure, entry));

export function statedIn({ counts, entries }: Pick<History, "counts" | "entries">): readonly Stated[] {
  const tenures = entries.flatMap(({ opens }) => opens ?? []);
  return counts.flatMap(({ by, count, asOf, proof }): Stated[] => {
    const stated = { count, asOf, signature: proof.proofValue };
    if (by.role === "maker") {
      const theirs = entries.filter((entry) => isByMaker(by.maker, entry));
      return [{ ...stated, by: { maker: by.maker }, found: upTo(theirs, asOf) }];
    }
    const tenure = tenures.findIndex(({ owner }) => keyIdOf(owner) === proof.verificationMethod);
    return tenure < 0 ? [] : [{ ...stated, by: { tenure }, found: upTo(byThoseLetIn(entries, tenure), asOf) }];
  });
}
