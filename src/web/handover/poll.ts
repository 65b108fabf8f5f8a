// Asks again every few seconds while somebody looks: the two sides of a handover stand before each other and wait.

import { useEffect } from "preact/hooks";

const OFTEN_MS = 3_000;

/** Asks at once, when the page comes to the front, and `often` while it is there. */
export function usePoll(ask: () => Promise<unknown>, pace: "often" | "once"): void {
  useEffect(() => {
    void ask();
    const shown = (): void => {
      if (document.visibilityState === "visible") void ask();
    };
    document.addEventListener("visibilitychange", shown);
    const timer = pace === "often" ? setInterval(shown, OFTEN_MS) : undefined;
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", shown);
    };
  }, [ask, pace]);
}
