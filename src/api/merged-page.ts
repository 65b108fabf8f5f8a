// A page of threads that lie in several shards: each is asked for its part of the page and some more, and what they answer is merged.

import type { DeskThread, WaitingPlace } from "../domain/desk.ts";
import { idPattern } from "../domain/ids.ts";
import { cursors } from "./cursor.ts";

/** A thread's place by its last change: the higher its rank, the newer; what has the same rank comes in the order of the shards. */
type ChangePlace = { readonly rank: number; readonly shard: number };
/** The place of the last thread that was shown, in either order. */
export type Place = ChangePlace | WaitingPlace;

const NOTE = idPattern("note");
const isNumber = (number: number): boolean => Number.isSafeInteger(number) && number >= 0;

const places = cursors<Place>(
  (place) => ("rank" in place ? `${place.rank}/${place.shard}` : `${place.sentAt}/${place.note}`),
  (text) => {
    const [first = "", second = ""] = text.split("/");
    const [at, shard] = [Number(first), Number(second)];
    if (!isNumber(at)) return null;
    if (NOTE.test(second)) return { sentAt: at, note: second };
    return isNumber(shard) ? { rank: at, shard } : null;
  },
);
/** The `next` of such a list. */
export const placeCursor = places.field;

type Found = { readonly thread: DeskThread; readonly shard: number };
/** In what order threads come, and which of a shard's come after the last one that was shown. */
export type Order = {
  /** The first `limit` of a shard's that come after, in this order. */
  readonly ask: (shard: number, limit: number) => Promise<readonly DeskThread[]>;
  readonly compare: (one: DeskThread, other: DeskThread) => number;
  readonly placeOf: (last: Found) => Place;
};

/**
 * The newest change first. What changes meanwhile takes a higher rank and is above: nothing else is shown twice or left out.
 * @param ask the threads of one shard whose rank is `upTo` or lower
 * @returns null where `after` is a place in another order
 */
export function newestFirst(
  after: Place | undefined,
  ask: (shard: number, upTo: number, limit: number) => Promise<readonly DeskThread[]>,
): Order | null {
  if (after !== undefined && !("rank" in after)) return null;
  const upTo = (shard: number): number => {
    if (after === undefined) return Number.MAX_SAFE_INTEGER;
    return shard > after.shard ? after.rank : after.rank - 1;
  };
  return {
    ask: (shard, limit) => ask(shard, upTo(shard), limit),
    compare: (one, other) => other.rank - one.rank,
    placeOf: ({ thread: { rank }, shard }) => ({ rank, shard }),
  };
}

/**
 * What was sent first comes first, and of the same time by the note's name: a thread never changes its place, so none is shown twice and,
 * of those that are there all the while, none left out.
 * @returns null where `after` is a place in another order
 */
export function longestWaitingFirst(
  after: Place | undefined,
  ask: (shard: number, after: WaitingPlace, limit: number) => Promise<readonly DeskThread[]>,
): Order | null {
  if (after !== undefined && "rank" in after) return null;
  return {
    ask: (shard, limit) => ask(shard, after ?? { sentAt: 0, note: "" }, limit),
    compare: (one, other) => one.sentAt - other.sentAt || (one.note < other.note ? -1 : 1),
    placeOf: ({ thread: { sentAt, note } }) => ({ sentAt, note }),
  };
}

/** How many each shard is asked for at first: about twice its part of the page. */
const firstAsked = (shards: number, wanted: number): number => Math.min(wanted, Math.ceil((2 * wanted) / shards) + 2);

export async function mergedPage(
  shards: number,
  limit: number,
  { ask, compare, placeOf }: Order,
): Promise<{ items: DeskThread[]; next: string | null }> {
  const wanted = limit + 1;
  type Answer = { readonly most: number; readonly found: readonly Found[] };
  const asked = async (shard: number, most: number): Promise<Answer> => ({
    most,
    found: (await ask(shard, most)).map((thread) => ({ thread, shard })),
  });
  const first = firstAsked(shards, wanted);
  let answers = await Promise.all(Array.from({ length: shards }, (_, shard) => asked(shard, first)));
  for (;;) {
    // What is equal stays in the order of the shards.
    const page = answers
      .flatMap(({ found }) => found)
      .toSorted((one, other) => compare(one.thread, other.thread))
      .slice(0, wanted);
    // A shard whose last one is on the page may have more that belong there, and is asked for all the page could hold.
    const mayHaveMore = ({ most, found }: Answer): boolean =>
      most < wanted && found.length === most && (page.length < wanted || page.includes(found.at(-1)!));
    if (answers.some(mayHaveMore)) {
      answers = await Promise.all(
        answers.map((answer, shard) => (mayHaveMore(answer) ? asked(shard, wanted) : Promise.resolve(answer))),
      );
      continue;
    }
    const items = page.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(({ thread }) => thread),
      next: page.length === wanted && last ? places.of(placeOf(last)) : null,
    };
  }
}
