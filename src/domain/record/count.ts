// A count: an author's signed word on how many entries it has made. The one thing that shows an entry which host and seller left out together.

import { hexOf } from "../hex.ts";
import { digestOf } from "./digest.ts";
import type { Author, Day, Header } from "./entry.ts";
import type { Secured } from "./proof.ts";

export const COUNT_SCHEMA = "pico-twins/count/1";

export type CountBody = {
  readonly schema: typeof COUNT_SCHEMA;
  readonly record: string;
  /** A maker, or a channel: all channels of the tenure whose owner key signed. */
  readonly by: Extract<Author, { readonly role: "maker" | "channel" }>;
  /** Entries recorded on or before `asOf`. */
  readonly count: number;
  readonly asOf: Day;
};

/** Signed by the maker's agent; for a channel, with the owner key of its tenure. */
export type Count = Secured<CountBody>;

/** Whether an entry is one of those that the counts by channels of this tenure are about. */
export const isByChannelOf = (tenure: number, entry: Pick<Header, "by" | "tenure">): boolean =>
  entry.by.role === "channel" && entry.tenure === tenure;

/** Whether an entry is one of those that this company's counts are about. */
export const isByMaker = (maker: string, { by }: Pick<Header, "by">): boolean =>
  by.role === "maker" && by.maker === maker;

/** How many of these were recorded up to a day, that day included. */
export const upTo = (entries: readonly Pick<Header, "recordedOn">[], asOf: Day): number =>
  entries.filter(({ recordedOn }) => recordedOn <= asOf).length;

/** SHA-256 over the proofs of these statements, in their order, each on a line: another as soon as anybody states another count. Lower-case hex. */
export const countsDigest = (counts: readonly Pick<Count, "proof">[]): string =>
  hexOf(digestOf(...counts.map(({ proof }) => `${proof.proofValue}\n`)));
