// What went wrong, said to a person: what it was and what to do. The server's own words stand in where ours have none.

import type { Problem } from "../api/call.ts";
import { words } from "../words/words.ts";

/** What the server says itself, in English; "" where it says nothing. */
export const serverWords = ({ errors, detail, title }: Problem): string => errors[0]?.message ?? (detail || title);

export function failureWords(problem: Problem): string {
  const { failures } = words.value.common;
  switch (problem.code) {
    case "offline":
      return failures.offline;
    case "no-room":
      return failures.noRoom;
    case "browser-refused":
      return failures.browserRefused;
    case "rate-limited":
      return failures.busy(problem.retryAfterSeconds ?? 60);
    case "unauthorized":
      return failures.cutOff;
    case "forbidden":
      return failures.forbidden;
    case "claim-refused":
      return failures.claimRefused;
    case "too-old":
      return failures.tooOld;
    case "unavailable":
      return failures.unavailable;
    default:
      return serverWords(problem) || failures.unavailable;
  }
}
