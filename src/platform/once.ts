// Does a creation once per Idempotency-Key: in one transaction with the answer that a repeat will get.

import type { Failure } from "../domain/failure.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { keep, kept, type Answer, type Idem } from "./idempotency.ts";

/** `make` checks before it writes: what it refuses leaves nothing behind, and no answer is kept for it. */
export function once<T>(
  storage: DurableObjectStorage,
  idem: Idem | undefined,
  now: number,
  make: () => Result<T, Failure>,
): Result<Answer<T>, Failure> {
  return storage.transactionSync((): Result<Answer<T>, Failure> => {
    const before = kept<T>(storage.sql, idem, now);
    if (before.kind === "conflict") return err({ code: "idempotency-conflict" });
    if (before.kind === "kept") return ok(before.answer);
    const made = make();
    if (!made.ok) return made;
    keep(storage.sql, idem, null, made.value, now);
    return ok({ body: made.value, replayed: false, sealed: null });
  });
}
