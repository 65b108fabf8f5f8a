// What went wrong at the desk, said to somebody who works there.

import type { Problem } from "../../api/call.ts";
import { failureWords } from "../../ui/failure-words.ts";
import { deskWords } from "../../words/desk/words.ts";

/** Whether it says that a thread is not, or no longer, the company's to see. */
export const isGone = ({ status }: Problem): boolean => status === 404 || status === 409 || status === 410;

export function troubleWords(problem: Problem): string {
  const { failures } = deskWords.value.common;
  if (problem.status === 403) return failures.forbidden;
  if (problem.status === 404 || problem.status === 410) return failures.gone;
  return failureWords(problem);
}
