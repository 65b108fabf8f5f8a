// A record's canonical bytes as an answer, the same on both sides.

import { namesTag } from "./etag.ts";

/** The ETag is the record's own digest; a copy that is still current gets 304. */
export function recordResponse(
  request: Request,
  { record, digest }: { readonly record: string; readonly digest: string },
): Response {
  const headers = { ETag: `"${digest}"`, "Cache-Control": "private, no-cache" };
  if (namesTag(request.headers.get("If-None-Match"), digest)) return new Response(null, { status: 304, headers });
  return new Response(record, { headers: { ...headers, "Content-Type": "application/json" } });
}
