// Reads a request's body within a limit, counted while reading, and JSON out of it.

import type { Failure } from "../domain/failure.ts";
import { err, ok, type Result } from "../domain/result.ts";

export const JSON_BYTES = 64 * 1024;
/** A notice may name ten thousand serials of twenty characters. */
export const NOTICE_BYTES = 512 * 1024;
export const PHOTO_BYTES = 1_900_000;

const tooLarge = (limit: number): Failure => ({
  code: "too-large",
  detail: `The body may have ${limit} bytes at most.`,
});

/** Its sender hung up, or its chunks are none. */
const cutOff: Failure = { code: "malformed", detail: "The body ended before it was whole." };

/** All bytes of the body, or `too-large` as soon as they exceed `limit`. */
export async function readBytes(request: Request, limit: number): Promise<Result<Uint8Array<ArrayBuffer>, Failure>> {
  if (Number(request.headers.get("Content-Length") ?? 0) > limit) return err(tooLarge(limit));
  if (!request.body) return ok(new Uint8Array(0));
  // A server cuts a body at its Content-Length, so this one is small; it costs a quarter of reading piece by piece.
  if (request.headers.has("Content-Length")) {
    const whole = await request.arrayBuffer().catch(() => null);
    if (whole === null) return err(cutOff);
    return whole.byteLength > limit ? err(tooLarge(limit)) : ok(new Uint8Array(whole));
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body.getReader();
  for (;;) {
    const part = await reader.read().catch(() => null);
    if (part === null) return err(cutOff);
    if (part.done) break;
    const { value } = part;
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      return err(tooLarge(limit));
    }
    chunks.push(value);
  }
  if (chunks.length === 1) return ok(chunks[0] as Uint8Array<ArrayBuffer>);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return ok(bytes);
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
const MEDIA_TYPE = /^application\/(?:json|[a-z0-9.+-]+\+json)\s*(?:;|$)/i;

/** The JSON value of a body; an absent body is `undefined`. UTF-8 only (RFC 8259, 8.1). */
export function parseJson(request: Request, bytes: Uint8Array): Result<unknown, Failure> {
  if (bytes.length === 0) return ok(undefined);
  const type = request.headers.get("Content-Type") ?? "";
  if (!MEDIA_TYPE.test(type)) {
    return err({ code: "unsupported-media-type", detail: "Send JSON with Content-Type: application/json." });
  }
  try {
    return ok(JSON.parse(utf8.decode(bytes)));
  } catch {
    return err({ code: "malformed", detail: "The body is not JSON in UTF-8." });
  }
}
