// What a page shows of the API: asked for when the page opens and whenever its question changes, and again on demand.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../../api/call.ts";
import type { Page } from "../../api/views.ts";
import { ask, queryOf } from "./ask.ts";

export type Asked<T> = {
  /** What was answered last; it stays while it is asked for again. Null until then. */
  readonly value: T | null;
  readonly problem: Problem | null;
  readonly busy: boolean;
  readonly again: () => void;
  /** Puts in what another call answered, without asking again. */
  readonly put: (value: T) => void;
};

/** `path` as `ask` takes it; null asks nothing. */
export function useAsk<T>(path: string | null): Asked<T> {
  const [state, setState] = useState<{ path: string | null; value: T | null; problem: Problem | null; busy: boolean }>({
    path: null,
    value: null,
    problem: null,
    busy: path !== null,
  });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (path === null) return setState({ path, value: null, problem: null, busy: false });
    const asking = new AbortController();
    setState((before) => ({
      path,
      value: before.path === path ? before.value : null,
      problem: null,
      busy: true,
    }));
    void ask<T>(path, { signal: asking.signal }).then((answer) => {
      if (asking.signal.aborted) return;
      setState((before) =>
        answer.ok
          ? { path, value: answer.value, problem: null, busy: false }
          : { path, value: before.value, problem: answer.problem, busy: false },
      );
    });
    return () => asking.abort();
  }, [path, turn]);
  const isOther = state.path !== path;
  return {
    value: isOther ? null : state.value,
    problem: isOther ? null : state.problem,
    busy: isOther ? path !== null : state.busy,
    again: () => setTurn((before) => before + 1),
    put: (value) => setState({ path, value, problem: null, busy: false }),
  };
}

export type Listed<T> = Omit<Asked<readonly T[]>, "put"> & {
  /** Asks for the next page; null where there is none. */
  readonly more: (() => void) | null;
};

/** A list of the API, page after page. `path` may have a query of its own. */
export function useList<T>(path: string | null, limit = 50): Listed<T> {
  const withQuery = path === null ? null : `${path}${path.includes("?") ? "&" : "?"}limit=${limit}`;
  const first = useAsk<Page<T>>(withQuery);
  const [rest, setRest] = useState<{ of: Page<T> | null; items: readonly T[]; next: string | null }>({
    of: null,
    items: [],
    next: null,
  });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const latest = useRef(first.value);
  latest.current = first.value;
  const here = rest.of === first.value ? rest : { items: [], next: first.value?.next ?? null };

  const more = async (): Promise<void> => {
    const of = first.value;
    if (busy || of === null || here.next === null || withQuery === null) return;
    setBusy(true);
    const answer = await ask<Page<T>>(`${withQuery}&${queryOf({ cursor: here.next }).slice(1)}`);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok && latest.current === of) {
      setRest({ of, items: [...here.items, ...answer.value.items], next: answer.value.next });
    }
  };
  return {
    value: first.value === null ? null : [...first.value.items, ...here.items],
    problem: first.problem ?? problem,
    busy: first.busy || busy,
    again: first.again,
    more: here.next === null ? null : () => void more(),
  };
}
