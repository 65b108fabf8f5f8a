// The thread that is open, whole: asked for when it is opened, and again when something in it changed. One at a time.

import { signal, type ReadonlySignal } from "@preact/signals";
import type { Problem } from "../../api/call.ts";
import { isGone } from "../api/trouble.ts";
import type { ThreadDetail } from "../api/views.ts";
import { askThread, nameOf } from "../inbox/list.ts";
import type { ThreadRef } from "../live.ts";

type Open = {
  readonly name: string | null;
  /** Null until it came. */
  readonly thread: ThreadDetail | null;
  readonly problem: Problem | null;
};

const current = signal<Open>({ name: null, thread: null, problem: null });
export const opened: ReadonlySignal<Open> = current;

let turn = 0;

/** Asks for it anew; what is shown of the same thread stays meanwhile. Gives what came. */
export async function look(ref: ThreadRef): Promise<ThreadDetail | null> {
  const name = nameOf(ref);
  const mine = ++turn;
  if (current.peek().name !== name) current.value = { name, thread: null, problem: null };
  const answer = await askThread(ref);
  if (mine !== turn) return answer.ok ? answer.value : null;
  // A thread that is no longer the company's leaves the page; a connection that broke takes nothing away.
  const kept = !answer.ok && isGone(answer.problem) ? null : current.peek().thread;
  current.value = answer.ok
    ? { name, thread: answer.value, problem: null }
    : { name, thread: kept, problem: answer.problem };
  return answer.ok ? answer.value : null;
}

/** Nothing is open any more. */
export function shut(): void {
  turn += 1;
  current.value = { name: null, thread: null, problem: null };
}

/** Whether `name` is open, and whole here. */
export const threadNamed = (name: string): ThreadDetail | null =>
  current.value.name === name ? current.value.thread : null;
