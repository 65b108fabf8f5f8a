// One act asked of the API from a page: at most once at a time, under a key that a retry repeats and other words do not.

import { useRef, useState } from "preact/hooks";
import { newKey, type Problem } from "../../api/call.ts";
import { ask } from "./ask.ts";

/** What it was answered. */
export type Done<T> = { readonly value: T };
type Act = { readonly method: "POST" | "PUT" | "PATCH" | "DELETE"; readonly body?: unknown };

export type Asking = {
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** Null when it failed, which `problem` then says, or is under way already. */
  readonly run: <T>(path: string, act: Act) => Promise<Done<T> | null>;
  readonly clear: () => void;
};

export function useAsking(): Asking {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const under = useRef(false);
  const last = useRef({ words: "", key: "" });
  return {
    busy,
    problem,
    clear: () => setProblem(null),
    run: async <T>(path: string, { method, body }: Act): Promise<Done<T> | null> => {
      if (under.current) return null;
      under.current = true;
      setBusy(true);
      setProblem(null);
      const words = `${method} ${path} ${JSON.stringify(body)}`;
      if (last.current.words !== words) last.current = { words, key: newKey() };
      const answer = await ask<T>(path, {
        method,
        ...(body !== undefined && { body }),
        ...(method === "POST" && { key: last.current.key }),
      });
      under.current = false;
      setBusy(false);
      if (answer.ok) {
        last.current = { words: "", key: "" };
        return answer;
      }
      setProblem(answer.problem);
      return null;
    },
  };
}
