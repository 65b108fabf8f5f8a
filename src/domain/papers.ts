// A product's papers: receipt, manual, warranty. One document of its owner's alone; nothing of it is ever relayed.

import * as z from "zod";
import { idPattern, type PhotoId } from "./ids.ts";
import type { PhotoView } from "./note.ts";
import { text, TEXT_CHARACTERS } from "./text.ts";

export const PAPER_KINDS = ["receipt", "manual", "warranty", "other"] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

export const MAX_PAPER_FILES = 24;
const WORDS_CHARACTERS = 200;
const URL_CHARACTERS = 2_000;
const REMIND_DAYS = 30;
const MAX_REMIND_DAYS = 365;

/** A day of the calendar that exists (RFC 3339, `full-date`). */
const day = z.iso.date("must be a day that exists, like 2026-11-22");

/** A link that a browser only opens: a `javascript:` one would run in the page that shows it. */
const isWebAddress = (value: string): boolean => /^https?:\/\/\S+$/i.test(value) && URL.canParse(value);

const orNull = <S extends z.ZodType>(schema: S): z.ZodDefault<z.ZodNullable<S>> =>
  schema.nullable().default(null as never);

const paperFile = z.strictObject({
  photo: z.string().regex(idPattern("photo"), "must be the id of a photo"),
  kind: z.enum(PAPER_KINDS),
  label: orNull(text(WORDS_CHARACTERS)),
});

/** The whole document: what is left out is empty. */
export const papersInput = z.strictObject({
  boughtOn: orNull(day),
  boughtAt: orNull(text(WORDS_CHARACTERS)),
  price: orNull(text(WORDS_CHARACTERS)),
  serial: orNull(text(WORDS_CHARACTERS)),
  warrantyUntil: orNull(day).describe("Its last day."),
  remindDays: z
    .int(`must be a whole number from 0 to ${MAX_REMIND_DAYS}`)
    .min(0, "must be 0 or more")
    .max(MAX_REMIND_DAYS, `must be ${MAX_REMIND_DAYS} at most`)
    .default(REMIND_DAYS)
    .describe("So many days before the warranty's last day, at 09:00 UTC, the feed says so."),
  manualUrl: orNull(
    text(URL_CHARACTERS).refine(isWebAddress, "must be an address that begins with http:// or https://"),
  ),
  remarks: orNull(text(TEXT_CHARACTERS)),
  files: z
    .array(paperFile)
    .max(MAX_PAPER_FILES, `at most ${MAX_PAPER_FILES} files`)
    .refine((files) => new Set(files.map(({ photo }) => photo)).size === files.length, "must not repeat a photo")
    .default([]),
});
export type PapersInput = z.infer<typeof papersInput>;

export type PapersView = Omit<PapersInput, "files"> & {
  readonly files: readonly { readonly photo: PhotoView; readonly kind: PaperKind; readonly label: string | null }[];
  /** Null while nothing was ever written. */
  readonly updatedAt: string | null;
};

/** A twin's papers before anything is written. */
export const NO_PAPERS: PapersInput = papersInput.parse({});

export const photosIn = ({ files }: Pick<PapersInput, "files">): PhotoId[] =>
  files.map(({ photo }) => photo as PhotoId);

const DAY_MS = 24 * 3_600_000;
const startOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const HOUR_OF_REMINDERS_MS = 9 * 3_600_000;

/**
 * When (ms) to remind of the warranty's end; a moment that has passed means at once. Null where there is no end, where its last day is
 * over, or where `remindedFor`, the day that was reminded of last, is that very day.
 */
export function remindAt(
  { warrantyUntil, remindDays }: Pick<PapersInput, "warrantyUntil" | "remindDays">,
  remindedFor: string | null,
  now: number,
): number | null {
  if (warrantyUntil === null || warrantyUntil === remindedFor) return null;
  const lastDay = startOf(warrantyUntil);
  return lastDay + DAY_MS <= now ? null : lastDay - remindDays * DAY_MS + HOUR_OF_REMINDERS_MS;
}
