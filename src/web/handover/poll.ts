// Asks again every few seconds while somebody looks: the two sides of a handover stand before each other and wait.

import { useEffect, useMemo } from "preact/hooks";

const OFTEN_MS = 3_000;

/** `ask`, one at a time: asked while it runs, it runs once more after that, so that no old answer comes after a newer one. */
export function inTurn(ask: () => Promise<unknown>): () => Promise<unknown> {
  let last: Promise<unknown> = Promise.resolve();
  let next: Promise<unknown> | null = null;
  return () => {
    if (next === null) {
      next = last
        .catch(() => {})
        .then(() => {
          next = null;
          return ask();
        });
      last = next;
    }
    return next;
  };
}

/**
 * Asks at once, when the page comes to the front, and `often` while it is there: each time a while after the last was answered. Answers the
 * way to ask in between.
 */
export function usePoll(ask: () => Promise<unknown>, pace: "often" | "once"): () => Promise<unknown> {
  const turn = useMemo(() => inTurn(ask), [ask]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const round = async (): Promise<void> => {
      try {
        await turn();
      } finally {
        clearTimeout(timer);
        if (!left && pace === "often") timer = setTimeout(shown, OFTEN_MS);
      }
    };
    const shown = (): void => {
      if (document.visibilityState === "visible") void round();
    };
    void round();
    document.addEventListener("visibilitychange", shown);
    return () => {
      left = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", shown);
    };
  }, [turn, pace]);
  return turn;
}
