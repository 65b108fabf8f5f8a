// The opaque text of a place in a list: what an answer's `next` is, and all that is taken back as a cursor.

import { z } from "@hono/zod-openapi";

/** `read` answers null for what names no place; whatever `write` would not have written is refused as well. */
export function cursors<P>(write: (place: P) => string, read: (text: string) => P | null) {
  const of = (place: P): string =>
    new TextEncoder().encode(write(place)).toBase64({ alphabet: "base64url", omitPadding: true });
  const placeOf = (cursor: string): P | null => {
    try {
      const place = read(new TextDecoder().decode(Uint8Array.fromBase64(cursor, { alphabet: "base64url" })));
      return place !== null && of(place) === cursor ? place : null;
    } catch {
      return null;
    }
  };
  const field = z
    .string()
    .transform((text, context) => {
      const place = placeOf(text);
      if (place !== null) return place;
      context.addIssue({ code: "custom", message: "must be the `next` of an earlier answer" });
      return z.NEVER;
    })
    .optional();
  return { of, field };
}
