// Lists: `?limit=1..200&cursor=` in, `{items, next}` out.

import { z } from "@hono/zod-openapi";
import { cursors } from "./cursor.ts";

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

const positions = cursors<number>(String, (text) => {
  const position = Number(text);
  return Number.isSafeInteger(position) && position >= 0 ? position : null;
});
/** The opaque text of a position. */
export const cursorOf = positions.of;
/** A cursor of this server, read as the position it names. */
export const cursor = positions.field;

export const pageQuery = {
  limit: z.coerce
    .number({ error: "must be a whole number from 1 to 200" })
    .int("must be a whole number from 1 to 200")
    .min(1, "must be a whole number from 1 to 200")
    .max(MAX_LIMIT, "must be a whole number from 1 to 200")
    .default(DEFAULT_LIMIT),
  cursor,
};

/** One page of a list that is short enough to be read whole. */
export function slice<T>(
  all: readonly T[],
  { limit, cursor: from = 0 }: { limit: number; cursor?: number | undefined },
): { items: readonly T[]; next: string | null } {
  const to = from + limit;
  return { items: all.slice(from, to), next: to < all.length ? cursorOf(to) : null };
}

export const pageOf = <S extends z.ZodType>(
  item: S,
): z.ZodObject<{ items: z.ZodArray<S>; next: z.ZodNullable<z.ZodString> }> =>
  z.object({ items: z.array(item), next: z.string().nullable() });
