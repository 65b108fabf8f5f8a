// What is being written under the threads of this page: kept while it is open, gone with it. The browser asks before it is lost.

import { signal } from "@preact/signals";
import { newKey } from "../../api/call.ts";
import type { MakerMessageType, Outcome, SavedReply } from "../api/views.ts";

export type Draft = {
  readonly text: string;
  readonly type: MakerMessageType;
  readonly outcome: Outcome | null;
  readonly photos: readonly Blob[];
  readonly saved: SavedReply | null;
  readonly isInternal: boolean;
  /** Under which each try of this very answer is sent. */
  readonly key: string;
  /** The company's messages that its writer has seen; what comes beside them came while it was written. */
  readonly seen: readonly string[] | null;
};

const fresh = (): Draft => ({
  text: "",
  type: "other",
  outcome: null,
  photos: [],
  saved: null,
  isInternal: false,
  key: newKey(),
  seen: null,
});

const drafts = signal<ReadonlyMap<string, Draft>>(new Map());

export const isBegun = ({ text, photos }: Draft): boolean => text.trim() !== "" || photos.length > 0;

let none = fresh();
/** The draft under the thread `name`. Reactive. */
export const draftOf = (name: string): Draft => drafts.value.get(name) ?? none;

export function draft(name: string, by: Partial<Draft> | ((before: Draft) => Partial<Draft>)): void {
  const before = drafts.peek().get(name) ?? fresh();
  const change = typeof by === "function" ? by(before) : by;
  drafts.value = new Map(drafts.peek()).set(name, { ...before, ...change });
}

export function dropDraft(name: string): void {
  none = fresh();
  const next = new Map(drafts.peek());
  next.delete(name);
  drafts.value = next;
}

/** Somebody else is at this desk now: what was begun here is not theirs. */
export function forgetDrafts(): void {
  none = fresh();
  drafts.value = new Map();
}

addEventListener("beforeunload", (event) => {
  if ([...drafts.peek().values()].some(isBegun)) event.preventDefault();
});
