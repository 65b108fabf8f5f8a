// What anyone may ask without a token, and how often: creations and claims by network address, wrong codes more strictly.

import { invalid, type Failure } from "../domain/failure.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { now } from "../platform/clock.ts";
import { Limiter } from "../platform/limiter.ts";
import { limitOf } from "../platform/settings.ts";
import { clientAddress } from "./client-address.ts";
import { UNAUTHENTICATED_KEY_LENGTH, type Keyed } from "./idempotency-key.ts";

const MINUTE_MS = 60_000;

type Limiters = {
  readonly asked: Limiter;
  readonly looked: Limiter;
  readonly pictured: Limiter;
  readonly failed: Limiter;
};
let limiters: Limiters | undefined;
const limitersOf = (env: Env): Limiters =>
  (limiters ??= {
    asked: new Limiter(limitOf(env, "LIMIT_ANONYMOUS"), MINUTE_MS),
    looked: new Limiter(limitOf(env, "LIMIT_ANONYMOUS"), MINUTE_MS),
    pictured: new Limiter(limitOf(env, "LIMIT_CHANNEL_WRITES"), MINUTE_MS),
    failed: new Limiter(limitOf(env, "LIMIT_FAILED_CLAIMS"), MINUTE_MS),
  });

const tooMany = (retryAfterSeconds: number): Result<never, Failure> => err({ code: "rate-limited", retryAfterSeconds });

/** Cloudflare's binding counts over all isolates of a place; a single process has none and needs none. */
const counted = async (env: Env, key: string): Promise<Result<null, Failure>> =>
  limitOf(env, "LIMIT_ANONYMOUS") > 0 && env.ANONYMOUS && !(await env.ANONYMOUS.limit({ key })).success
    ? tooMany(MINUTE_MS / 1000)
    : ok(null);

/** Counts one asking of this address. Refused as long as its wrong codes, too, are over their limit: a right guess then counts for nothing. */
export async function admitStranger(env: Env, request: Request): Promise<Result<null, Failure>> {
  const { asked, failed } = limitersOf(env);
  const address = clientAddress(request, env);
  const wait = failed.waitSeconds(address, now()) || asked.take(address, now());
  return wait > 0 ? tooMany(wait) : counted(env, address);
}

/** Without a token the key is all that tells one caller from another: it must not be guessable. */
const weakKey = (keyed: Keyed | null): Failure | null =>
  keyed && keyed.key.length < UNAUTHENTICATED_KEY_LENGTH
    ? invalid("Idempotency-Key", `must have ${UNAUTHENTICATED_KEY_LENGTH} characters or more where no token is sent`)
    : null;

/** What keeps this stranger from asking now, or null: a guessable key, or too many askings from their address. */
export async function refusalOf(env: Env, request: Request, keyed: Keyed | null): Promise<Failure | null> {
  const weak = weakKey(keyed);
  if (weak) return weak;
  const admitted = await admitStranger(env, request);
  return admitted.ok ? null : admitted.error;
}

/** Counts one look-up of this address: as many as creations, but of a budget of their own, so that looking takes nothing from beginning. */
export async function admitReader(env: Env, request: Request): Promise<Result<null, Failure>> {
  const address = clientAddress(request, env);
  const wait = limitersOf(env).looked.take(address, now());
  return wait > 0 ? tooMany(wait) : counted(env, `look ${address}`);
}

/**
 * What keeps this stranger from a picture that they have a code for: as everywhere too many wrong codes, or more pictures than a channel gets.
 * They take nothing from the budget of askings: what is offered may have many.
 */
export async function pictureRefusalOf(env: Env, request: Request): Promise<Failure | null> {
  const { pictured, failed } = limitersOf(env);
  const address = clientAddress(request, env);
  const wait = failed.waitSeconds(address, now()) || pictured.take(address, now());
  return wait > 0 ? { code: "rate-limited", retryAfterSeconds: wait } : null;
}

/** A wrong code was tried from this address. */
export function countFailure(env: Env, request: Request): void {
  limitersOf(env).failed.count(clientAddress(request, env), now());
}
