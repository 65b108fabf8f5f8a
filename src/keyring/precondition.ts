// When a keyring may be written over (RFC 9110, 13.1): two devices of one owner must never lose each other's twins.

import type { Failure } from "../domain/failure.ts";
import { err, ok, type Result } from "../domain/result.ts";

/** What the request demands: `If-Match` entity tags or `*`, or `If-None-Match: *`. Tags come without their quotes. */
export type Condition =
  | { readonly kind: "match"; readonly tags: readonly string[] }
  | { readonly kind: "exists" }
  | { readonly kind: "absent" }
  | { readonly kind: "none" };

const STALE = "Another device has written this keyring since. Read it, merge, and write again with its new ETag.";

/**
 * Whether bytes with the tag `next` may be written where `current` is (null: nothing yet). The tag is a digest, so a repeat
 * of a write that went through is let through again (RFC 9110, 13.1.1 allows it).
 */
export function mayWrite(condition: Condition, current: string | null, next: string): Result<null, Failure> {
  if (current === next) return ok(null);
  switch (condition.kind) {
    case "absent":
      return current === null ? ok(null) : err({ code: "precondition-failed", detail: STALE });
    case "exists":
      return current !== null
        ? ok(null)
        : err({ code: "precondition-failed", detail: "There is no such keyring yet." });
    case "match":
      return current !== null && condition.tags.includes(current)
        ? ok(null)
        : err({ code: "precondition-failed", detail: current === null ? "There is no such keyring yet." : STALE });
    case "none":
      return current === null
        ? ok(null)
        : err({ code: "precondition-required", detail: "Send If-Match with the ETag of the keyring you changed." });
  }
}
