// What a company's desk knows of an owner's threads: the shape in which a tenure tells it. Only what the agreement lets through gets this far.

import type { Outcome } from "./exchange.ts";
import type { AgreementId, Domain, NoteId, TwinId } from "./ids.ts";
import type { Kind, Wants } from "./note.ts";
import type { RosterCode } from "./terms/roster.ts";
import type { ThreadState, Verdict } from "./thread.ts";

/** A thread as it stands, whole: what the desk had of it before is replaced. Times in ms. */
export type ProjectedThread = {
  readonly note: NoteId;
  readonly product: { readonly name: string; readonly model: string | null; readonly gtin: string | null };
  readonly kind: Kind;
  readonly wants: Wants;
  readonly title: string | null;
  /** The note's text, and after it what both sides said: what is searched. */
  readonly text: string;
  readonly said: string;
  readonly state: ThreadState;
  readonly outcome: Outcome | null;
  readonly verdict: Verdict | null;
  readonly sentAt: number;
  readonly updatedAt: number;
  /** When the company first answered; null while it has not. */
  readonly firstReplyAt: number | null;
  readonly lastFrom: "owner" | "maker";
  readonly agreement: { readonly id: AgreementId; readonly terms: RosterCode };
  /** Whether the agreement in force permits counting it across owners. */
  readonly counted: boolean;
};

/**
 * What a tenure tells its company's desk: every thread that changed after its event `after`, up to and with `upTo`. The desk takes it in
 * when it knows the twin up to `after` or further, and not when it knows it beyond `upTo`; so a repeat changes nothing.
 * `epoch` counts rebuilds of this twin's part: what an earlier epoch wrote leaves when a `last` page of a later one has come.
 */
export type Projection = {
  readonly maker: Domain;
  readonly twin: TwinId;
  readonly epoch: number;
  readonly after: number;
  readonly upTo: number;
  readonly last: boolean;
  readonly threads: readonly ProjectedThread[];
  /** Threads that are no longer the company's to see: retracted, or no agreement permits it any more. */
  readonly gone: readonly NoteId[];
};
