// CORS. Tokens are sent on purpose, never by the browser itself: any origin may ask with one it was given.
// Hono's own middleware writes its headers before there is an answer, which makes and copies a second one for every request.

import type { MiddlewareHandler } from "hono";

const EVERY_ANSWER = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "ETag, Idempotency-Replayed, Link, Retry-After, Content-Disposition",
} as const;
const PREFLIGHT = {
  ...EVERY_ANSWER,
  "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE",
  "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match",
  "Access-Control-Max-Age": "86400",
} as const;

/** Answers a browser's question beforehand, and marks every other answer. A WebSocket's is left as it is. */
export const anyOrigin: MiddlewareHandler = async (c, next) => {
  if (c.req.method === "OPTIONS") return new Response(null, { status: 204, headers: PREFLIGHT });
  await next();
  if (c.res.status === 101) return;
  for (const [name, value] of Object.entries(EVERY_ANSWER)) c.res.headers.set(name, value);
};
