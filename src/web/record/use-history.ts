// A thing's history for a page: at once as this device saw it last, then as it is, and anew whenever something may have come to it.

import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { Problem } from "../api/call.ts";
import { newestAnswer } from "../api/newest.ts";
import { useArrivals } from "../pages/notes/arrivals.ts";
import type { Operation } from "../store/operation.ts";
import { waiting, type Queued } from "../store/queue.ts";
import { thingOf, type Thing } from "../store/things.ts";
import { readHistory } from "./calls.ts";
import type { History } from "./history.ts";
import { keepHistory, keptHistory } from "./kept.ts";

export type QueuedEntry = Queued & { readonly op: Extract<Operation, { type: "entry" }> };

/** What was put in on this device and isn't there yet, in its order. Reactive. */
export const waitingEntries = (twin: string): readonly QueuedEntry[] =>
  waiting.value.filter((one): one is QueuedEntry => one.op.type === "entry" && one.op.twin === twin);

/** Whether an entry, by the id it was queued under, has left here for the history: not dropped, nor lost with its thing. Reactive. */
export function goneIn(twin: string, id: string): () => boolean {
  let refused = false;
  return () => {
    const queued = waiting.value.find((one) => one.id === id);
    refused ||= queued?.state === "refused";
    return queued === undefined && !refused && thingOf(twin)?.ended === null;
  };
}

/** Whether something waits that will come to the history: entries, and notes on their way into it. */
const changesIt = (twin: string): number =>
  waiting.value.filter(({ op, state }) => op.twin === twin && state === "waiting").length;

export type Reading = {
  /** Null while it isn't known here. */
  readonly history: History | null;
  /** Why what is shown may not be the last word. */
  readonly problem: Problem | null;
  readonly again: () => void;
};

export function useHistory(thing: Thing): Reading {
  const [history, setHistory] = useState<History | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const newest = useMemo(newestAnswer, [thing.id]);
  const again = useCallback(() => {
    void newest(() => readHistory(thing.id)).then((answer) => {
      if (answer === null) return;
      setProblem(answer.ok ? null : answer.problem);
      if (!answer.ok) return;
      setHistory(answer.value);
      void keepHistory(thing.id, answer.value).catch(() => {});
    });
  }, [thing.id, newest]);
  useEffect(() => {
    void keptHistory(thing.id)
      .then((kept) => kept && setHistory((now) => now ?? kept))
      .catch(() => {});
  }, [thing.id]);
  // Once more when what waited here has gone out.
  const waits = changesIt(thing.id);
  useEffect(again, [again, waits]);
  useArrivals(thing.id, again);
  return { history, problem, again };
}
