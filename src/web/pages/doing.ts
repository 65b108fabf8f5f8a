// Something a person sets going: one at a time, and what went wrong with the last.

import { useState } from "preact/hooks";
import type { Answer, Problem } from "../api/call.ts";

export type Doing = {
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** Does it unless something is being done; answers whether it went through. */
  readonly run: (deed: () => Promise<Answer<unknown>>) => Promise<boolean>;
};

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
      const answer = await deed();
      setBusy(false);
      if (!answer.ok) setProblem(answer.problem);
      return answer.ok;
    },
  };
}
