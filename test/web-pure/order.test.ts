// The order in which what waits goes out.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { subjectOf, type Operation, type Queued } from "../../src/web/store/operation.ts";
import { nextUp, pauseMs, triedAgainAt } from "../../src/web/store/order.ts";

const NOW = 1_000;
const queued = (seq: number, op: Operation, more: Partial<Queued> = {}): Queued => ({
  seq,
  id: `local_${seq}`,
  op,
  key: "k",
  photoKeys: [],
  uploaded: [],
  state: "waiting",
  at: "2026-05-01T10:00:00.000Z",
  tries: 0,
  firstTriedAt: null,
  notBefore: 0,
  ...more,
});
const write = (twin: string): Operation => ({ type: "note", twin, input: { kind: "idea", text: "x" }, photos: [] });
const say = (twin: string, note: string): Operation => ({ type: "message", twin, note, text: "x", photos: [] });

/** All that goes out when each that is tried ends as `ends` says. */
function sent(queue: readonly Queued[], ends: (queued: Queued) => "done" | "later" | "refused"): number[] {
  let left = [...queue];
  const out: number[] = [];
  for (let next = nextUp(left, NOW); next !== null; next = nextUp(left, NOW)) {
    const { seq } = next;
    const end = ends(next);
    if (end === "done") out.push(seq);
    left = left.flatMap((each) => {
      if (each.seq !== seq) return each;
      if (end === "done") return [];
      return end === "refused" ? { ...each, state: "refused" } : { ...each, notBefore: NOW + 1 };
    });
  }
  return out;
}

describe("the queue", () => {
  it("sends a thing's operations in the order they were made", () => {
    const queue = [queued(2, say("a", "local_1")), queued(1, write("a")), queued(3, write("b"))];
    expect(sent(queue, () => "done")).toEqual([1, 2, 3]);
  });

  it("holds a thing back whose first operation must wait, and no other thing", () => {
    const queue = [queued(1, write("a")), queued(2, write("a")), queued(3, write("b"))];
    expect(sent(queue, ({ seq }) => (seq === 1 ? "later" : "done"))).toEqual([3]);
  });

  it("lets what is about a refused note wait for the person, and sends the thing's other notes", () => {
    const queue = [
      queued(1, write("a")),
      queued(2, say("a", "local_1")),
      queued(3, write("a")),
      queued(4, say("a", "note_9")),
    ];
    expect(sent(queue, ({ seq }) => (seq === 1 ? "refused" : "done"))).toEqual([3, 4]);
  });

  it("goes on with everything else when a proffer is refused", () => {
    const queue = [queued(1, { type: "proffer", twin: "a", input: { preferred: "SD-BASE" } }), queued(2, write("a"))];
    expect(sent(queue, ({ seq }) => (seq === 1 ? "refused" : "done"))).toEqual([2]);
  });

  it("never sends anything before what was made earlier for the same note, whatever fails", () => {
    const ops = fc.array(
      fc.tuple(fc.constantFrom("a", "b"), fc.constantFrom("n1", "n2"), fc.constantFrom("done", "later", "refused")),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(ops, (made) => {
        const queue = made.map(([twin, note], index) => queued(index, say(twin, twin + note)));
        const out = sent(queue, ({ seq }) => made[seq]![2]);
        for (const seq of out) {
          const earlier = queue.filter((each) => each.seq < seq && subjectOf(each) === subjectOf(queue[seq]!));
          expect(earlier.every((each) => out.includes(each.seq))).toBe(true);
        }
        expect(out.every((seq) => made[seq]![2] === "done")).toBe(true);
      }),
    );
  });

  it("says when the first of what waits may be tried again, and nothing of what stands behind it or waits for the person", () => {
    const queue = [
      queued(1, write("a"), { notBefore: 5_000 }),
      queued(2, write("a")),
      queued(3, write("b"), { state: "refused" }),
      queued(4, say("b", "local_3")),
    ];
    expect(triedAgainAt(queue)).toBe(5_000);
    expect(triedAgainAt(queue.slice(2))).toBeNull();
  });

  it("pauses longer after each failure, never less than it was asked to, and never for hours by itself", () => {
    expect([1, 2, 3].map((tries) => pauseMs(tries, null))).toEqual([2_000, 4_000, 8_000]);
    expect(pauseMs(1, 60)).toBe(60_000);
    expect(pauseMs(50, null)).toBe(300_000);
  });
});
