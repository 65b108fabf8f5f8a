// What anyone may ask without a token, and how often: creations and claims by network address, wrong codes more strictly.

import type { Failure } from "../domain/failure.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { now } from "../platform/clock.ts";
import { Limiter } from "../platform/limiter.ts";
import { limitOf } from "../platform/settings.ts";
import { clientAddress } from "./client-address.ts";

const MINUTE_MS = 60_000;

let limiters: { asked: Limiter; failed: Limiter } | undefined;
const limitersOf = (env: Env): { asked: Limiter; failed: Limiter } =>
  (limiters ??= {
    asked: new Limiter(limitOf(env, "LIMIT_ANONYMOUS"), MINUTE_MS),
    failed: new Limiter(limitOf(env, "LIMIT_FAILED_CLAIMS"), MINUTE_MS),
  });

/** Counts one asking of this address. Refused as long as its wrong codes, too, are over their limit: a right guess then counts for nothing. */
export async function admitStranger(env: Env, request: Request): Promise<Result<null, Failure>> {
  const { asked, failed } = limitersOf(env);
  const address = clientAddress(request, env);
  const wait = failed.waitSeconds(address, now()) || asked.take(address, now());
  if (wait > 0) return err({ code: "rate-limited", retryAfterSeconds: wait });
  // Cloudflare's binding counts over all isolates of a place; a single process has none and needs none.
  if (limitOf(env, "LIMIT_ANONYMOUS") > 0 && env.ANONYMOUS && !(await env.ANONYMOUS.limit({ key: address })).success) {
    return err({ code: "rate-limited", retryAfterSeconds: MINUTE_MS / 1000 });
  }
  return ok(null);
}

/** A wrong code was tried from this address. */
export function countFailure(env: Env, request: Request): void {
  limitersOf(env).failed.count(clientAddress(request, env), now());
}
