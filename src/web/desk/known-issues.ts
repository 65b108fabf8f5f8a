// All of the company's known issues, for what names any of them: a filter, a chart. They are a thousand at most.

import { useEffect } from "preact/hooks";
import { useList } from "./api/use-ask.ts";
import type { KnownIssue } from "./api/views.ts";

const MOST_A_PAGE = 200;

/** As many as have come, page by page. */
export function useKnownIssues(): readonly KnownIssue[] {
  const { value, more } = useList<KnownIssue>("/known-issues", MOST_A_PAGE);
  useEffect(() => more?.(), [value?.length]);
  return value ?? [];
}
