// One POST of one event to one endpoint. Never follows a redirect, never waits longer than 15 s, never reads more than 16 KiB of the answer.

import { judge, type AttemptFailure, type Outcome } from "./outcome.ts";
import { post } from "./post.ts";
import { retryAfterMs } from "./retry-after.ts";
import { signWebhook, type SigningKey } from "./sign.ts";
import { checkTarget, type TargetOptions } from "./target.ts";

/** For the whole attempt, the answer's body included. */
export const ATTEMPT_MS = 15_000;
export const ANSWER_READ_BYTES = 16 * 1024;
/** How much is kept of an answer. */
export const ANSWER_KEPT_BYTES = 1024;
/** A body of ours is never larger. */
export const BODY_MAX_BYTES = 64 * 1024;
const USER_AGENT = "PicoTwins/1 (+webhooks)";

export type Webhook = {
  readonly url: string;
  /** The same in every attempt and replay. */
  readonly id: string;
  readonly body: string;
  readonly keys: readonly SigningKey[];
  readonly target: TargetOptions;
};

/** `head`: the first 1 KiB of an answer by which the event was not delivered. `reason` completes "the company's server …"; null when delivered. */
export type AttemptResult = {
  readonly outcome: Outcome;
  readonly status: number | null;
  readonly ms: number | null;
  readonly head: string | null;
  readonly retryAfterMs: number | null;
  readonly reason: string | null;
};

/** What an attempt needs from outside. `fetch` is the global one, or a test's. */
export type Wire = { readonly fetch: typeof fetch; readonly now: () => number };

const REASONS: Record<AttemptFailure, string> = {
  timeout: `gave no whole answer within ${ATTEMPT_MS / 1000} s`,
  network: "could not be reached",
  "refused-target": "has an address that may not be called",
};

/** Makes one attempt. Never throws for anything the network or the receiver does. */
export async function attempt(webhook: Webhook, wire: Wire): Promise<AttemptResult> {
  const startedAt = wire.now();
  const failed = (failure: AttemptFailure): AttemptResult => ({
    outcome: judge({ failure }),
    status: null,
    ms: wire.now() - startedAt,
    head: null,
    retryAfterMs: null,
    reason: REASONS[failure],
  });
  // Checked when the endpoint was made too; the rules or our own name may have changed since.
  const target = checkTarget(webhook.url, webhook.target);
  if (!target.ok) return failed("refused-target");
  const signed = await signWebhook({
    id: webhook.id,
    timestampSeconds: Math.floor(startedAt / 1000),
    body: webhook.body,
    keys: webhook.keys,
  });
  const posted = await post(
    target.value,
    {
      headers: { "content-type": "application/json", "user-agent": USER_AGENT, ...signed },
      body: webhook.body,
      limitMs: ATTEMPT_MS,
      readBytes: ANSWER_READ_BYTES,
    },
    wire.fetch,
  );
  if (posted.kind !== "answer") return failed(posted.kind);
  const { status, headers, bytes } = posted;
  const outcome = judge({ status });
  return {
    outcome,
    status,
    ms: wire.now() - startedAt,
    head: new TextDecoder().decode(bytes.subarray(0, ANSWER_KEPT_BYTES)),
    retryAfterMs: outcome === "retry" ? retryAfterMs(headers.get("retry-after"), wire.now()) : null,
    reason: outcome === "delivered" ? null : `answered ${status}`,
  };
}
