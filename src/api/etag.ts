// Entity tags in request headers (RFC 9110, 8.8.3 and 13.1). Every tag here is strong.

import type { Failure } from "../domain/failure.ts";
import { err, ok, type Result } from "../domain/result.ts";

const TAG = /(W\/)?"([\x21\x23-\x7e]*)"/g;

/** The strong tags of a header, without their quotes; `*` where it says so; null when it says nothing readable. */
export function tagsOf(header: string | null): readonly string[] | "*" | null {
  if (header === null) return null;
  if (header.trim() === "*") return "*";
  const tags = [...header.matchAll(TAG)];
  return tags.length === 0 ? null : tags.filter(([, weak]) => !weak).map(([, , tag]) => tag!);
}

/** What `If-Match` demands: one of these tags, `*` for anything that is there, null where it was not sent. */
export function ifMatchOf(request: Request): Result<readonly string[] | "*" | null, Failure> {
  const header = request.headers.get("If-Match");
  if (header === null) return ok(null);
  const tags = tagsOf(header);
  return tags === null
    ? err({ code: "malformed", detail: 'If-Match takes entity tags in quotes, like "abc".' })
    : ok(tags);
}

/** Whether the header names this tag, for `If-None-Match` on a read: weak ones count too (13.1.2). */
export const namesTag = (header: string | null, tag: string): boolean =>
  header !== null && (header.trim() === "*" || [...header.matchAll(TAG)].some(([, , named]) => named === tag));
