// What the makers' entries of a record come to about a warranty: a date holds until its own maker corrects the entry that states it. Never
// the word of anybody else, and never silence about words that can't be read.

import type { Domain } from "../ids.ts";
import type { Body, Day, Entry } from "./entry.ts";

/** An entry with what it says, null where that can't be read. */
type Said = Pick<Entry, "by" | "corrects" | "recordedOn"> & { readonly seq: number; readonly body: Body | null };

export type WarrantyFound = {
  /** The newest date that stands. */
  readonly stated: { readonly until: Day; readonly by: Domain; readonly recordedOn: Day } | null;
  /** Whether a maker stated a date and corrected that entry since. */
  readonly corrected: boolean;
  /** Whether words that can't be read here may say otherwise: of the same maker, after it; of any maker, where no date stands. */
  readonly unread: boolean;
};

/** The warranty by these entries, oldest first. */
export function warrantyIn(entries: readonly Said[]): WarrantyFound {
  const makers = entries.flatMap(({ by, ...entry }) => (by.role === "maker" ? [{ ...entry, by: by.maker }] : []));
  const dated = makers.flatMap(({ body, ...entry }) => {
    const until = body?.warrantyUntil ?? null;
    const isCorrected = makers.some(({ by, corrects }) => by === entry.by && corrects === entry.seq);
    return until === null ? [] : [{ ...entry, until, isCorrected }];
  });
  const newest = dated.findLast(({ isCorrected }) => !isCorrected);
  const mayDiffer = ({ by, seq }: (typeof makers)[number]): boolean =>
    newest === undefined || (by === newest.by && seq > newest.seq);
  return {
    stated: newest === undefined ? null : { until: newest.until, by: newest.by, recordedOn: newest.recordedOn },
    corrected: dated.some(({ isCorrected }) => isCorrected),
    unread: makers.some((entry) => entry.body === null && mayDiffer(entry)),
  };
}
