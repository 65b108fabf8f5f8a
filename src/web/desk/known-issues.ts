// All of the company's known issues, for what names any of them: a filter, a chart, a thread. They are a thousand at most.

import { useEffect } from "preact/hooks";
import { useList, type Listed } from "./api/use-ask.ts";
import type { KnownIssue } from "./api/views.ts";

const MOST_A_PAGE = 200;

/** As many as have come, page by page; `busy` until all have, or one doesn't. `again` goes on where it broke off. */
export function useKnownIssues(): Omit<Listed<KnownIssue>, "more"> {
  const { value, problem, busy, again, more } = useList<KnownIssue>("/known-issues", MOST_A_PAGE);
  useEffect(() => more?.(), [value?.length]);
  return { value, problem, busy: busy || (more !== null && problem === null), again: more ?? again };
}
