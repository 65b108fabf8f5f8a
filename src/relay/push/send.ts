// One push to one browser (RFC 8030), sealed for it alone (RFC 8291). Never shows its push service what it is about, nor of which twin.

import { encryptNotification } from "@block65/webcrypto-web-push";
import type { PushPayload, Subscription } from "../../domain/push.ts";
import { bytesOf, sha256 } from "../../platform/crypto.ts";
import { post } from "../post.ts";
import { retryAfterMs } from "../retry-after.ts";
import { checkTarget, type TargetOptions } from "../target.ts";
import { judgePush, type PushOutcome } from "./outcome.ts";
import { authorization, type Vapid } from "./vapid.ts";

const ATTEMPT_MS = 10_000;
/** Four weeks: whoever comes back from a journey is told of an answer. The longest that all the large push services keep. */
const TTL_SECONDS = 28 * 86_400;
/** Every push is as long, so that its length says nothing; far below the 4096 bytes that every push service takes (RFC 8030, 7.2). */
const PAYLOAD_CHARACTERS = 128;
/** RFC 8030, 5.4: 32 characters at most. */
const TOPIC_BYTES = 24;
const USER_AGENT = "PicoTwins/1 (+push)";

export type Push = {
  readonly subscription: Subscription;
  readonly payload: PushPayload;
  readonly vapid: Vapid;
  readonly target: TargetOptions;
};

export type PushResult = { readonly outcome: PushOutcome; readonly retryAfterMs: number | null };

/** The same for the same news of the same twin, so that of what waits for a browser only the last is kept. One way: ids can't be read from it. */
async function topicOf({ twin, about, note }: PushPayload): Promise<string> {
  const digest = await sha256(`${twin}\n${about}\n${note ?? ""}`);
  return digest.subarray(0, TOPIC_BYTES).toBase64({ alphabet: "base64url" });
}

/** Makes one attempt. Never throws for anything the network or the push service does. */
export async function sendPush(
  { subscription, payload, vapid, target }: Push,
  wire: { readonly fetch: typeof fetch; readonly now: () => number },
): Promise<PushResult> {
  const { endpoint, p256dh, auth } = subscription;
  // Checked when the browser subscribed too; the rules or our own name may have changed since.
  const checked = checkTarget(endpoint, target);
  if (!checked.ok) return { outcome: "refused", retryAfterMs: null };
  const [sealed, from, topic] = await Promise.all([
    encryptNotification(
      { endpoint, expirationTime: null, keys: { p256dh, auth } },
      bytesOf(JSON.stringify(payload).padEnd(PAYLOAD_CHARACTERS)),
      { pad: false },
    ),
    authorization(checked.value, vapid, wire.now()),
    topicOf(payload),
  ]);
  const posted = await post(
    checked.value,
    {
      headers: {
        authorization: from,
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        ttl: String(TTL_SECONDS),
        urgency: payload.about === "answer" || payload.about === "recovery" ? "high" : "normal",
        topic,
        "user-agent": USER_AGENT,
      },
      body: sealed,
      limitMs: ATTEMPT_MS,
      readBytes: 0,
    },
    wire.fetch,
  );
  if (posted.kind !== "answer") return { outcome: "retry", retryAfterMs: null };
  const outcome = judgePush(posted.status);
  return {
    outcome,
    retryAfterMs: outcome === "retry" ? retryAfterMs(posted.headers.get("retry-after"), wire.now()) : null,
  };
}
