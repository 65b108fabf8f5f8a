// Whether a browser's subscription can be sent to: an address that may be called, and a key of the curve. Never quotes the address.

import type { Failure, Fault } from "../../domain/failure.ts";
import { fromBase64url, type Subscription, type SubscriptionInput } from "../../domain/push.ts";
import { err, ok, type Result } from "../../domain/result.ts";
import { isPoint } from "../../platform/p256.ts";
import { checkTarget, type TargetOptions } from "../target.ts";

const unpadded = (text: string): string => text.replace(/=+$/, "");

export async function judgeSubscription(
  { endpoint, keys: { p256dh, auth } }: SubscriptionInput,
  target: TargetOptions,
): Promise<Result<Subscription, Failure>> {
  const checked = checkTarget(endpoint, target);
  const faults: Fault[] = checked.ok ? [] : [{ path: "endpoint", message: checked.error }];
  if (!(await isPoint(fromBase64url(p256dh)!))) {
    faults.push({
      path: "keys.p256dh",
      message: "is no point of P-256: send what the browser's PushSubscription gives",
    });
  }
  return faults.length === 0
    ? ok({ endpoint, p256dh: unpadded(p256dh), auth: unpadded(auth) })
    : err({ code: "invalid", errors: faults });
}
