// Who an entry is by, and how sure that is, in words for its owner. Nobody but a signature of their own says who somebody is.

import type { Maker } from "../api/views.ts";
import { makerOf } from "../store/makers.ts";
import { words } from "../words/words.ts";
import type { History, RecordedEntry } from "./history.ts";

const nameOf = (domain: string, maker: Maker | undefined): string => (maker?.joined ? maker.name : domain);

/** A company by the name it goes by here. Reactive. */
export const companyOf = (domain: string): string => nameOf(domain, makerOf(domain));

export type SaidBy = {
  readonly who: string;
  /** How sure it is; null where there is nothing to add. */
  readonly how: { readonly tone: "good" | "wait"; readonly text: string } | null;
};

/** `mine`: whoever reads it is the owner. */
export function saidBy(entry: RecordedEntry, { checkpoint }: Pick<History, "checkpoint">, mine: boolean): SaidBy {
  const w = words.value.record.by;
  const { by, tenure, body } = entry;
  const now = tenure === checkpoint.tenure;
  switch (by.role) {
    case "twin":
      return { who: words.value.record.owners((tenure ?? 0) + 1), how: null };
    case "owner":
      return { who: now && mine ? w.you : w.owner((tenure ?? 0) + 1), how: null };
    case "channel": {
      const name = body?.author ?? null;
      const who = name === null ? w.someone : !now ? w.channelOf(name) : mine ? w.channel(name) : w.channelNow(name);
      return { who, how: { tone: "wait", text: w.unconfirmed } };
    }
    case "maker":
      return { who: w.maker(companyOf(by.maker)), how: { tone: "good", text: w.signed } };
  }
}
