// Pages over several shards: however unevenly threads lie in them, each is shown once, in order, and no shard is asked for much more than its part.

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  longestWaitingFirst,
  mergedPage,
  newestFirst,
  placeCursor,
  type Order,
  type Place,
} from "../../src/api/merged-page.ts";
import type { DeskThread } from "../../src/domain/desk.ts";

const noteOf = (n: number): string => `note_${String(n).padStart(26, "0")}`;
const thread = (n: number, rank: number, sentAt: number) =>
  ({ note: noteOf(n), rank, sentAt }) as unknown as DeskThread;
const byRank = (one: DeskThread, other: DeskThread): number => other.rank - one.rank;
const byWaiting = (one: DeskThread, other: DeskThread): number =>
  one.sentAt - other.sentAt || (one.note < other.note ? -1 : 1);

/** Threads by shard, most of them in the first one; a rank is another one within its shard. */
const desk = fc
  .array(fc.record({ shard: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3), rank: fc.nat(200), sentAt: fc.nat(5) }), {
    maxLength: 60,
  })
  .map((all) =>
    [0, 1, 2, 3].map((shard) => {
      const here = new Map(all.flatMap((one, n) => (one.shard === shard ? [[one.rank, { ...one, n }]] : [])));
      return [...here.values()].map(({ n, rank, sentAt }) => thread(n, rank, sentAt));
    }),
  );

async function walk(limit: number, orderFrom: (after: Place | undefined) => Order | null): Promise<string[]> {
  const seen: string[] = [];
  let after: Place | undefined;
  for (;;) {
    const { items, next } = await mergedPage(4, limit, orderFrom(after)!);
    expect(items.length).toBe(next === null ? items.length : limit);
    seen.push(...items.map(({ note }) => note));
    if (next === null) return seen;
    after = placeCursor.parse(next);
  }
}

test("every thread is shown once and in order, page by page, however unevenly they lie", async () => {
  await fc.assert(
    fc.asyncProperty(desk, fc.integer({ min: 1, max: 20 }), async (shards, limit) => {
      const all = shards.flat();
      const newest = await walk(limit, (after) =>
        newestFirst(after, async (shard, upTo, most) =>
          shards[shard]!.filter(({ rank }) => rank <= upTo)
            .toSorted(byRank)
            .slice(0, most),
        ),
      );
      expect(newest).toEqual(all.toSorted(byRank).map(({ note }) => note));
      const waiting = await walk(limit, (place) =>
        longestWaitingFirst(place, async (shard, after, most) =>
          shards[shard]!.filter(
            (one) => byWaiting(one, { ...one, ...after } as DeskThread) > 0 && one.note !== after.note,
          )
            .toSorted(byWaiting)
            .slice(0, most),
        ),
      );
      expect(waiting).toEqual(all.toSorted(byWaiting).map(({ note }) => note));
    }),
  );
});

test("a page of threads that lie evenly asks eight shards for about twice what it shows", async () => {
  let answered = 0;
  const ask = async (shard: number, _: number, most: number): Promise<DeskThread[]> => {
    answered += most;
    return Array.from({ length: most }, (_one, n) => thread(8 * n + shard, 10_000 - 8 * n - shard, 0));
  };
  const { items } = await mergedPage(8, 50, newestFirst(undefined, ask)!);
  expect(items.map(({ rank }) => rank)).toEqual(Array.from({ length: 50 }, (_, n) => 10_000 - n));
  expect(answered).toBeLessThan(130);
});
