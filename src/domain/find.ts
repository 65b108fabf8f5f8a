// Found things: what somebody who found a thing may tell its owner, and never the other way round.

import * as z from "zod";
import { CONTACT_CHARACTERS, FIND_CHARACTERS } from "./find-limits.ts";
import { isSerial } from "./gtin.ts";
import { gtin } from "./product.ts";
import { text } from "./text.ts";

const DAY_MS = 86_400_000;
/** So many an item's owner is told of in any `FINDS_WINDOW_MS`: a name on a label must be no way to flood anyone. */
export const MOST_FINDS = 20;
export const FINDS_WINDOW_MS = DAY_MS;

export const findInput = z.strictObject({
  gtin,
  serial: z.string().refine(isSerial, "must be 1 to 20 characters of GS1's CSET 82"),
  text: text(FIND_CHARACTERS),
  contact: text(CONTACT_CHARACTERS).optional().describe("How the owner can reach whoever found it, if they like."),
});
export type FindInput = z.infer<typeof findInput>;

export type Find = Pick<FindInput, "text"> & { readonly contact: string | null };

/** A find as its owner reads it. */
export type FindView = Find & { readonly at: string };

export const finderInput = z.strictObject({ on: z.boolean() });
/** Whether the owner is told when somebody reports the thing as found, and when that was last. */
export type FinderView = { readonly on: boolean; readonly lastAt: string | null };
