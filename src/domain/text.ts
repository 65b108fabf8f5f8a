// What a piece of text from outside may be: well-formed Unicode without NUL, of bounded length.

import * as z from "zod";
import { FIRST_INSTANT_MS, LAST_INSTANT_MS } from "./instant.ts";

export const TEXT_CHARACTERS = 8_000;

/** Text of `min` to `max` Unicode code points, as JSON Schema counts them. Lone surrogates have no UTF-8 and no canonical form; NUL ends strings elsewhere. */
export const text = (max: number, min = 1): z.ZodString =>
  z
    .string()
    .min(min, min === 1 ? "must not be empty" : `must have ${min} characters or more`)
    .max(max, `must have ${max} characters at most`)
    .refine((value) => value.isWellFormed() && !value.includes("\0"), "must be well-formed text without NUL");

/** An RFC 3339 time as integer milliseconds, one that can be written in UTC again: an offset may lead out of its four-digit years. */
export const time = z.iso
  .datetime({ offset: true, error: "must be an RFC 3339 time, like 2026-11-22T10:00:00.000Z" })
  .transform((value, context) => {
    const ms = Date.parse(value);
    if (ms >= FIRST_INSTANT_MS && ms <= LAST_INSTANT_MS) return ms;
    context.addIssue({ code: "custom", message: "must be a time that exists" });
    return z.NEVER;
  });
