// Something a person sets going: one at a time, and what went wrong with the last.

import { useState } from "preact/hooks";
import { BROWSER_REFUSED, NO_ROOM, type Answer, type Problem } from "../api/call.ts";

export type Doing = {
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** Does it unless something is being done; answers whether it went through. */
  readonly run: (deed: () => Promise<Answer<unknown>>) => Promise<boolean>;
};

/** What went wrong with it, also where the browser itself refused; null where nothing did. Anything else is a fault of ours, and stays one. */
export async function outcome(deed: () => Promise<Answer<unknown>>): Promise<Problem | null> {
  try {
    const answer = await deed();
    return answer.ok ? null : answer.problem;
  } catch (fault) {
    if (!(fault instanceof DOMException)) throw fault;
    return fault.name === "QuotaExceededError" ? NO_ROOM : BROWSER_REFUSED;
  }
}

/** One thing done at a time, and what went wrong with the last. */
export function useDoing(): Doing {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  return {
    busy,
    problem,
    run: async (deed) => {
      if (busy) return false;
      setBusy(true);
      setProblem(null);
      try {
        const wrong = await outcome(deed);
        setProblem(wrong);
        return wrong === null;
      } finally {
        setBusy(false);
      }
    },
  };
}
