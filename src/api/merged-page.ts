// A page of a list that lies in several shards, newest first: each is asked for as much as the whole page, and what they answer is merged.

import { cursors } from "./cursor.ts";

/** The place of an item: the higher its rank, the newer; what has the same rank comes in the order of the shards. */
export type Place = { readonly rank: number; readonly shard: number };

const places = cursors<Place>(
  ({ rank, shard }) => `${rank}/${shard}`,
  (text) => {
    const [rank = NaN, shard = NaN] = text.split("/").map(Number);
    return [rank, shard].every((part) => Number.isSafeInteger(part) && part >= 0) ? { rank, shard } : null;
  },
);
/** The `next` of such a list, read as the place of the last item shown. */
export const placeCursor = places.field;

/**
 * The items after a place. What changes meanwhile takes a higher rank and is above it: nothing else is shown twice or left out.
 * @param ask the items of one shard whose rank is `upTo` or lower, newest first
 */
export async function mergedPage<T extends { readonly rank: number }>(
  shards: number,
  after: Place | undefined,
  limit: number,
  ask: (shard: number, upTo: number, limit: number) => Promise<readonly T[]>,
): Promise<{ items: T[]; next: string | null }> {
  const upTo = (shard: number): number => {
    if (after === undefined) return Number.MAX_SAFE_INTEGER;
    return shard > after.shard ? after.rank : after.rank - 1;
  };
  const answers = await Promise.all(
    Array.from({ length: shards }, async (_, shard) =>
      (await ask(shard, upTo(shard), limit + 1)).map((item) => ({ item, shard })),
    ),
  );
  const all = answers.flat().toSorted((a, b) => b.item.rank - a.item.rank || a.shard - b.shard);
  const page = all.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    next: all.length > limit && last ? places.of({ rank: last.item.rank, shard: last.shard }) : null,
  };
}
