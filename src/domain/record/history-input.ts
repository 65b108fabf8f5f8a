// What an owner or a channel may ask to be put on the record. Apart from entry.ts, so that the verifier comes without zod.

import * as z from "zod";
import { photoIds } from "../note.ts";
import { text, TEXT_CHARACTERS } from "../text.ts";
import { CHANNEL_KINDS, DISPOSITIONS, FIRST_DAY, MAKER_KINDS, OWNER_KINDS, type OwnerKind } from "./entry.ts";

export const MAX_ENTRIES = 1_000;
/** Entries and counts name no more than a record can hold. */
export const place = z.int().min(1).max(MAX_ENTRIES);
export const day = z.iso
  .date("must be a day that exists, like 2026-11-22")
  .refine((written) => written >= FIRST_DAY, `must not be before ${FIRST_DAY}`);

export const historyInput = z
  .strictObject({
    kind: z.enum(OWNER_KINDS),
    text: text(TEXT_CHARACTERS),
    occurredOn: day.describe("The day it happened, in UTC."),
    disposition: z.enum(DISPOSITIONS).optional(),
    corrects: place.optional().describe("The place of the entry that this one corrects or disputes."),
    photos: photoIds,
  })
  .refine(({ kind, corrects }) => kind !== "disputed" || corrects !== undefined, {
    path: ["corrects"],
    error: "say which entry you dispute",
  });
export type HistoryInput = z.infer<typeof historyInput>;

/** What a channel's own count says; the maker's says the same of its item. */
export const countInput = z.strictObject({
  count: z.int().min(0).max(MAX_ENTRIES),
  asOf: day.describe("Entries recorded on or before this day, in UTC."),
});
export type CountInput = z.infer<typeof countInput>;

/** Whether a channel that is not the owner's may write this kind. */
export const mayChannelWrite = (kind: OwnerKind): boolean => CHANNEL_KINDS.some((allowed) => allowed === kind);

export const makerKind = z.enum(MAKER_KINDS);
