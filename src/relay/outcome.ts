// What an attempt's end means for the event and its endpoint. Only 2xx is delivered; a redirect is a failure, never followed.

/** Why an attempt ended without a status: the 15 s were over, the connection failed, or the target is no longer a legal one. */
export type AttemptFailure = "timeout" | "network" | "refused-target";

export type AttemptEnd = { readonly status: number } | { readonly failure: AttemptFailure };

/**
 * delivered: done. poison: this event is wrong, a few more tries (`nextPoisonDelayMs`).
 * gone: the endpoint asked for no more. retry: the full schedule (`nextDelayMs`).
 */
export type Outcome = "delivered" | "poison" | "gone" | "retry";

// Statuses by which a receiver says that the request itself can't be accepted. 401, 403 and 404 are not among
// them: a deployment or a rotated secret causes those, and they mend.
const POISON: ReadonlySet<number> = new Set([400, 413, 415, 422]);

/** Judges one attempt (Standard Webhooks: "success" and "failure"). */
export function judge(end: AttemptEnd): Outcome {
  if ("failure" in end) return "retry";
  if (end.status >= 200 && end.status <= 299) return "delivered";
  if (end.status === 410) return "gone";
  return POISON.has(end.status) ? "poison" : "retry";
}
