// The threads of the inbox as this page knows them. What changes is changed in its place; what is new waits until it moves nobody's row.

import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Answer, Problem } from "../../api/call.ts";
import { newestAnswer, newestAnswers } from "../../api/newest.ts";
import type { Page } from "../../api/views.ts";
import { ask, queryOf } from "../api/ask.ts";
import { isGone } from "../api/trouble.ts";
import type { ThreadDetail, ThreadItem } from "../api/views.ts";
import type { ThreadRef } from "../live.ts";

const PAGE = 50;
/** Threads that left the first page are asked for one by one, so many at a time. */
const MOST_SINGLE = 10;

type List = {
  /** What was asked, as `askedOf` gives it; null before anything was. */
  readonly asked: string | null;
  readonly items: readonly ThreadItem[];
  readonly next: string | null;
  readonly busy: boolean;
  readonly problem: Problem | null;
};

const EMPTY: List = { asked: null, items: [], next: null, busy: true, problem: null };
const list = signal<List>(EMPTY);
const waiting = signal<readonly ThreadItem[]>([]);
const left = signal<ReadonlySet<string>>(new Set());
const chosen = signal<ReadonlySet<string>>(new Set());
/** The thread the keyboard was at last, by its name. */
export const cursor: { name: string | null } = { name: null };

export const threads: ReadonlySignal<List> = list;
/** Threads that are new in this view and not shown yet. */
export const fresh: ReadonlySignal<readonly ThreadItem[]> = waiting;
/** Threads that are no longer the company's to see; their rows stay until the list is asked for anew. */
export const gone: ReadonlySignal<ReadonlySet<string>> = left;
export const selection: ReadonlySignal<ReadonlySet<string>> = chosen;

type Named = { readonly twin: string; readonly note: string | { readonly id: string } };
/** A thread by its twin and its note, as it stands in addresses. */
export const nameOf = ({ twin, note }: Named): string => `${twin}/${typeof note === "string" ? note : note.id}`;
export const itemNamed = (name: string): ThreadItem | undefined =>
  list.value.items.find((item) => nameOf(item) === name);
export const pathOf = (item: Named): string => `/threads/${nameOf(item)}`;

const chosenItems = computed(() => list.value.items.filter((item) => chosen.value.has(nameOf(item))));
export const selected: ReadonlySignal<readonly ThreadItem[]> = chosenItems;

export function select(name: string, on = !chosen.peek().has(name)): void {
  const next = new Set(chosen.peek());
  if (on) next.add(name);
  else next.delete(name);
  chosen.value = next;
}
export function selectOnly(names: readonly string[]): void {
  chosen.value = new Set(names);
}

/** Each question makes the answers to earlier ones worthless. */
let turn = 0;

const firstPage = (asked: string) => ask<Page<ThreadItem>>(`/threads${asked}${asked === "" ? "?" : "&"}limit=${PAGE}`);

const newestPage = newestAnswer();

/** Shows the view of `asked`; what is shown of the same view stays while it is asked for anew. */
export async function show(asked: string): Promise<void> {
  const mine = ++turn;
  const before = list.peek();
  list.value = before.asked === asked ? { ...before, busy: true, problem: null } : { ...EMPTY, asked };
  if (before.asked !== asked) chosen.value = new Set();
  const answer = await newestPage(() => firstPage(asked));
  if (mine !== turn) return;
  if (answer === null) {
    // What came in meanwhile was asked for later.
    list.value = { ...list.peek(), busy: false };
    return;
  }
  waiting.value = [];
  left.value = new Set();
  list.value = answer.ok
    ? { asked, items: answer.value.items, next: answer.value.next, busy: false, problem: null }
    : { ...list.peek(), busy: false, problem: answer.problem };
}

export async function showMore(): Promise<void> {
  const { asked, next, busy } = list.peek();
  if (asked === null || next === null || busy) return;
  const mine = turn;
  list.value = { ...list.peek(), busy: true, problem: null };
  const answer = await ask<Page<ThreadItem>>(
    `/threads${asked}${asked === "" ? "?" : "&"}limit=${PAGE}&${queryOf({ cursor: next }).slice(1)}`,
  );
  if (mine !== turn) return;
  const before = list.peek();
  if (!answer.ok) {
    list.value = { ...before, busy: false, problem: answer.problem };
    return;
  }
  // A thread that changed meanwhile is shown where it was.
  const known = new Set(before.items.map(nameOf));
  const more = answer.value.items.filter((item) => !known.has(nameOf(item)));
  list.value = { ...before, items: [...before.items, ...more], next: answer.value.next, busy: false };
}

/** Forgets everything: another company's desk begins. */
export function forgetThreads(): void {
  turn += 1;
  list.value = EMPTY;
  waiting.value = [];
  left.value = new Set();
  chosen.value = new Set();
  cursor.name = null;
}

/** Puts in a thread as it is now, in the row where it stands. */
export function put(item: ThreadItem): void {
  const name = nameOf(item);
  const before = list.peek();
  if (!before.items.some((one) => nameOf(one) === name)) return;
  list.value = { ...before, items: before.items.map((one) => (nameOf(one) === name ? item : one)) };
}

/** The row of a thread whose page was asked for. */
export const itemOf = (thread: ThreadDetail): ThreadItem => ({
  note: thread.note,
  twin: thread.twin,
  product: thread.product,
  state: thread.state,
  outcome: thread.outcome,
  verdict: thread.verdict,
  assignee: thread.assignee,
  labels: thread.labels,
  knownIssue: thread.knownIssue?.id ?? null,
  lastFrom: thread.lastFrom,
  firstReplyAt: thread.firstReplyAt,
  updatedAt: thread.updatedAt,
  agreement: thread.agreement,
});

/**
 * Takes in that threads changed; null: anything may have. `still`: whether somebody is at a row, so that nothing may move.
 */
export async function takeIn(changed: readonly ThreadRef[] | null, still: () => boolean): Promise<void> {
  const { asked } = list.peek();
  if (asked === null) return;
  const mine = turn;
  const answer = await newestPage(() => firstPage(asked));
  if (mine !== turn || answer?.ok === false) return;
  // Overtaken, it still says which threads changed.
  const page = answer?.value ?? null;
  const now = new Map((page?.items ?? []).map((item) => [nameOf(item), item]));
  const before = list.peek();
  const shown = new Set(before.items.map(nameOf));
  const isFirstPageOnly = before.items.length <= PAGE;
  if (page !== null && isFirstPageOnly && (before.items.length === 0 || !still())) {
    list.value = { ...before, items: page.items, next: page.next, problem: null };
    waiting.value = [];
  } else if (page !== null) {
    list.value = { ...before, items: before.items.map((item) => now.get(nameOf(item)) ?? item), problem: null };
    waiting.value = page.items.filter((item) => !shown.has(nameOf(item)));
  }
  const others = (changed ?? []).filter((ref) => shown.has(nameOf(ref)) && !now.has(nameOf(ref)));
  for (let at = 0; at < others.length; at += MOST_SINGLE) {
    await Promise.all(others.slice(at, at + MOST_SINGLE).map(askThread));
  }
}

const newestThread = newestAnswers();

/** One thread by itself, and its row as it is then. */
export async function askThread(ref: ThreadRef): Promise<Answer<ThreadDetail>> {
  const asked = ask<ThreadDetail>(pathOf(ref));
  const name = nameOf(ref);
  const latest = await newestThread(name)(() => asked);
  if (latest?.ok) put(itemOf(latest.value));
  const answer = await asked;
  if (!answer.ok && isGone(answer.problem)) markGone(name);
  return answer;
}

/** A thread is no longer the company's to see: its words leave this page at once, its row when the list is asked for anew. */
function markGone(name: string): void {
  const before = list.peek();
  const items = before.items.map((item) =>
    nameOf(item) === name ? { ...item, note: { ...item.note, title: null, excerpt: "" }, labels: [] } : item,
  );
  list.value = { ...before, items };
  waiting.value = waiting.peek().filter((item) => nameOf(item) !== name);
  left.value = new Set([...left.peek(), name]);
}
