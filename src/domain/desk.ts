// What a company's desk knows of an owner's threads: the shape in which a tenure tells it. Only what the agreement lets through gets this far.

import * as z from "zod";
import type { Outcome } from "./exchange.ts";
import type { AgreementId, IssueId, KeyId, NoteId, TwinId } from "./ids.ts";
import type { Kind, Wants } from "./note.ts";
import type { RosterCode } from "./terms/roster.ts";
import { text } from "./text.ts";
import type { ThreadState, Verdict } from "./thread.ts";

/** Of a note's text a list shows so many characters. */
export const EXCERPT_CHARACTERS = 240;
export const MAX_LABELS = 20;
export const MAX_BULK = 200;
const LABEL_CHARACTERS = 40;
const INTERNAL_NOTE_CHARACTERS = 8_000;

/** What a list shows of a note's words. */
export type Headline = { readonly title: string | null; readonly excerpt: string };

/** A thread as it stands, whole: what the desk had of it before is replaced. Times in ms. */
export type ProjectedThread = {
  readonly note: NoteId;
  readonly product: { readonly name: string; readonly model: string | null; readonly gtin: string | null };
  readonly kind: Kind;
  readonly wants: Wants;
  /** The `Headline`, sealed: a desk can't read what it keeps, so that what a deletion leaves on a disk says nothing. */
  readonly sealed: string;
  /** What is searched, each word once and veiled. */
  readonly words: string;
  readonly state: ThreadState;
  readonly outcome: Outcome | null;
  readonly verdict: Verdict | null;
  readonly sentAt: number;
  /** When the company last had something new to see, or said something. */
  readonly updatedAt: number;
  /** When the company first answered; null while it has not. */
  readonly firstReplyAt: number | null;
  readonly lastFrom: "owner" | "maker";
  readonly agreement: { readonly id: AgreementId; readonly terms: RosterCode };
  /** Whether the agreement in force permits counting it across owners. */
  readonly counted: boolean;
};

/**
 * What a tenure tells its company's desk. `turn` counts what this tenure ever told it: the desk takes only a higher one than it had, so that
 * a repeat, or a page that comes late, changes nothing. `after` is the last turn that the desk answered to: a desk that knows less has lost
 * something and asks for all of it anew. `epoch` counts such tellings of everything: when the `last` page of one has come, what an earlier
 * one wrote leaves.
 */
export type Projection = {
  readonly twin: TwinId;
  readonly epoch: number;
  readonly turn: number;
  readonly after: number;
  readonly last: boolean;
  readonly threads: readonly ProjectedThread[];
  /** Threads that are no longer the company's to see: retracted, or not yet sent again. */
  readonly gone: readonly NoteId[];
};

export type Assignee = { readonly id: KeyId; readonly label: string };

/** A thread as the desk keeps it, with what the company itself put to it. Times in ms. */
export type DeskThread = Omit<ProjectedThread, "words" | "counted"> & {
  /** Its place in the inbox: the higher, the newer. */
  readonly rank: number;
  readonly twin: TwinId;
  readonly assignee: Assignee | null;
  readonly labels: readonly string[];
  readonly issue: IssueId | null;
};

/** What threads are asked for. `words` are veiled; all must occur, the last one as a beginning. */
export type ThreadFilter = {
  readonly state?: ThreadState | undefined;
  readonly product?: string | undefined;
  readonly kind?: Kind | undefined;
  readonly wants?: Wants | undefined;
  readonly verdict?: Verdict | undefined;
  readonly label?: string | undefined;
  readonly assignee?: KeyId | "none" | undefined;
  readonly issue?: IssueId | undefined;
  readonly words?: readonly string[] | undefined;
};

/** A place among open threads in the order of what has waited longest: when its note was sent (ms), and of the same time by name. */
export type WaitingPlace = { readonly sentAt: number; readonly note: string };

export const label = text(LABEL_CHARACTERS)
  .trim()
  .min(1, "must not be blank")
  .describe("The company's own word for a thread; its owner never sees it.");

export const labels = z
  .array(label)
  .max(MAX_LABELS, `at most ${MAX_LABELS} labels`)
  .transform((all) => [...new Set(all)]);

/** What an agent does to threads: a field that is absent stays as it is. */
export type Handling = {
  readonly assignee?: Assignee | null | undefined;
  /** All labels; or some more, or some fewer. */
  readonly labels?: readonly string[] | undefined;
  readonly addLabels?: readonly string[] | undefined;
  readonly removeLabels?: readonly string[] | undefined;
  readonly knownIssue?: IssueId | null | undefined;
  /** The GTIN that this issue is about; null or absent where it is about every product. */
  readonly issueProduct?: string | null | undefined;
};

export const internalNoteInput = z.strictObject({ text: text(INTERNAL_NOTE_CHARACTERS) });

/** Something the team tells itself about a thread: it never leaves the company. */
export type InternalNote = {
  readonly id: string;
  readonly author: Assignee;
  readonly text: string;
  readonly at: number;
};
