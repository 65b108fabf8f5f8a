// What a person did that the server has yet to hear: an operation, and its place in the queue.

import type { Problem } from "../api/call.ts";
import type { Note } from "../api/views.ts";
import type { Disposition, OwnerKind } from "../../domain/record/entry.ts";
import type { RosterCode } from "../../domain/terms/roster.ts";
import type { Verdict } from "../../domain/thread.ts";
import type { NoticeState } from "./db.ts";

export type NewNote = {
  readonly kind: Note["kind"];
  readonly text: string;
  readonly title?: string;
  readonly wants?: Note["wants"];
  readonly send?: boolean;
  readonly serial?: boolean | string;
  readonly onRecord?: boolean;
  readonly occurredAt?: string;
};

export type NewProffer = {
  readonly maker?: string;
  readonly preferred: RosterCode;
  readonly alternates?: readonly RosterCode[];
};

/** What is put into a thing's history by itself. Days are `YYYY-MM-DD`. */
export type NewEntry = {
  readonly kind: OwnerKind;
  readonly text: string;
  readonly occurredOn: string;
  readonly disposition?: Disposition;
  /** The place of the entry that this one corrects or disputes. */
  readonly corrects?: number;
};

/** `note` is a note's id, or the local one it had before it was sent. */
export type Operation =
  | { readonly type: "note"; readonly twin: string; readonly input: NewNote; readonly photos: readonly Blob[] }
  | {
      readonly type: "message";
      readonly twin: string;
      readonly note: string;
      readonly text: string;
      readonly photos: readonly Blob[];
    }
  | { readonly type: "verdict"; readonly twin: string; readonly note: string; readonly verdict: Verdict }
  | { readonly type: "send"; readonly twin: string; readonly note: string }
  | {
      readonly type: "revise";
      readonly twin: string;
      readonly note: string;
      readonly text?: string;
      readonly title?: string | null;
    }
  | { readonly type: "retract"; readonly twin: string; readonly note: string }
  | { readonly type: "on-record"; readonly twin: string; readonly note: string }
  | { readonly type: "entry"; readonly twin: string; readonly input: NewEntry; readonly photos: readonly Blob[] }
  | { readonly type: "proffer"; readonly twin: string; readonly input: NewProffer }
  | { readonly type: "settle"; readonly twin: string; readonly notice: string; readonly state: NoticeState }
  | { readonly type: "me-too"; readonly twin: string; readonly issue: string; readonly counted: boolean };

export type Queued = {
  readonly seq: number;
  /** `local_…`: what a note or message is called until it has its own id. */
  readonly id: string;
  readonly op: Operation;
  /** The Idempotency-Key of the operation, and of each photo; fixed, so that a repeat is answered alike. */
  readonly key: string;
  readonly photoKeys: readonly string[];
  /** Ids of the photos that are there already, in their order. */
  readonly uploaded: readonly string[];
  readonly state: "waiting" | "refused";
  readonly problem?: Problem;
  /** A note that was taken back while nobody could say whether the server had it: it is looked for, and not sent. */
  readonly takenBack?: true;
  /** The device's time, RFC 3339. */
  readonly at: string;
  /** How often it was tried. 0: the server has certainly never heard of it. */
  readonly tries: number;
  readonly firstTriedAt: number | null;
  /** Not to be tried again before this (ms). `unreached`: because no answer came, not because the server asked for it. */
  readonly notBefore: number;
  readonly unreached?: true;
};

/** The photos an operation carries. */
export const photosOf = (op: Operation): readonly Blob[] => ("photos" in op ? op.photos : []);

/** The note an operation is about; null for one that is about none. */
export const subjectOf = ({ id, op }: Pick<Queued, "id" | "op">): string | null =>
  op.type === "note" ? id : "note" in op ? op.note : null;

/** What the owner says of something that is the server's to keep: the last word counts, so a refused one leaves nothing to do about it. */
export const isOnlyAWord = ({ type }: Operation): boolean => type === "settle" || type === "me-too";

/** Refusals that say nothing of what became of an earlier try. */
const UNCLEAR: ReadonlySet<string> = new Set(["idempotency-conflict", "too-old", "unauthorized"]);

/** Whether the server certainly has nothing of it: it may still be changed or dropped here. */
export const isOnlyHere = ({ tries, state, problem }: Queued): boolean =>
  tries === 0 || (state === "refused" && !UNCLEAR.has(problem?.code ?? ""));
