// Threads: an answer proposes to close, the owner decides, and what the owner says last counts.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { OUTCOMES } from "../../src/domain/exchange.ts";
import {
  afterOwnerMessage,
  afterReply,
  afterVerdict,
  closesAt,
  CLOSES_AFTER_MS,
  newThread,
  VERDICTS,
  type Thread,
} from "../../src/domain/thread.ts";

const NOON = Date.UTC(2026, 10, 22, 12);

type Step =
  | { readonly by: "maker"; readonly outcome: (typeof OUTCOMES)[number] | null }
  | { readonly by: "owner" }
  | { readonly by: "verdict"; readonly verdict: (typeof VERDICTS)[number] };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ by: fc.constant("maker" as const), outcome: fc.constantFrom(null, ...OUTCOMES) }),
  fc.record({ by: fc.constant("owner" as const) }),
  fc.record({ by: fc.constant("verdict" as const), verdict: fc.constantFrom(...VERDICTS) }),
);
const take = (thread: Thread, next: Step, now: number): Thread =>
  next.by === "maker"
    ? afterReply(thread, next.outcome, now)
    : next.by === "owner"
      ? afterOwnerMessage()
      : afterVerdict(thread, next.verdict);

describe("a thread", () => {
  test("is open until the company answers", () => {
    expect(newThread).toEqual({ state: "open", outcome: null, outcomeAt: null, verdict: null });
    expect(closesAt(newThread)).toBeNull();
  });

  test("that is answered without an outcome stays answered, and never closes by itself", () => {
    const answered = afterReply(newThread, null, NOON);
    expect(answered).toMatchObject({ state: "answered", outcome: null });
    expect(closesAt(answered)).toBeNull();
  });

  test("whose answer proposes an outcome closes 14 days after it, if nobody says otherwise", () => {
    expect(CLOSES_AFTER_MS).toBe(14 * 24 * 60 * 60 * 1000);
    expect(closesAt(afterReply(newThread, "fixed", NOON))).toBe(NOON + CLOSES_AFTER_MS);
  });

  test("keeps the outcome that was proposed when the company adds a word, and its date", () => {
    const added = afterReply(afterReply(newThread, "fixed", NOON), null, NOON + 1000);
    expect(added).toMatchObject({ state: "answered", outcome: "fixed", outcomeAt: NOON });
    expect(afterReply(added, "declined", NOON + 2000)).toMatchObject({ outcome: "declined", outcomeAt: NOON + 2000 });
  });

  test("is closed by `addressed`, which keeps what was proposed, and opened again by `not-addressed`, which does not", () => {
    const answered = afterReply(newThread, "changed", NOON);
    expect(afterVerdict(answered, "addressed")).toMatchObject({
      state: "closed",
      outcome: "changed",
      verdict: "addressed",
    });
    expect(afterVerdict(answered, "not-addressed")).toEqual({
      state: "open",
      outcome: null,
      outcomeAt: null,
      verdict: "not-addressed",
    });
  });

  test("is opened again by whatever the owner writes", () => {
    expect(afterOwnerMessage()).toEqual(newThread);
  });

  test("is never closed by the company, whatever it says and however often", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let thread: Thread = newThread;
        let last: Step | null = null;
        steps.forEach((next, at) => {
          thread = take(thread, next, NOON + at);
          last = next;
          if (next.by === "maker") expect(thread.state).toBe("answered");
          // What closes by itself was answered, with an outcome.
          if (closesAt(thread) !== null)
            expect(thread).toMatchObject({ state: "answered", outcome: expect.any(String) });
          expect(thread.outcome === null).toBe(thread.outcomeAt === null);
        });
        const closes =
          last !== null && (last as Step).by === "verdict" && (last as { verdict?: string }).verdict === "addressed";
        expect(thread.state === "closed").toBe(closes);
      }),
    );
  });
});
