// The one table from a refusal to the wire: RFC 9457 problem details.

import type { Failure, Fault } from "../domain/failure.ts";

/** So many faults are also told in a sentence; `errors` lists all. */
const FAULTS_TOLD = 5;

function faultsInWords(faults: readonly Fault[]): string {
  const told = faults.slice(0, FAULTS_TOLD).map(({ path, message }) => (path ? `${path}: ${message}` : message));
  return [...told, ...(faults.length > FAULTS_TOLD ? [`and ${faults.length - FAULTS_TOLD} more`] : [])].join("; ");
}

type Problem = {
  status: number;
  title: string;
  detail: string;
  headers?: Record<string, string>;
  errors?: readonly Fault[];
};

function problemOf(failure: Failure): Problem {
  switch (failure.code) {
    case "unauthorized":
      return {
        status: 401,
        title: "Not authorized",
        detail: "Send a valid token for this resource: Authorization: Bearer <token>.",
        headers: { "WWW-Authenticate": 'Bearer realm="pico-twins"' },
      };
    case "forbidden":
      return { status: 403, title: "Not allowed", detail: failure.detail };
    case "claim-refused":
      return {
        status: 403,
        title: "Claim refused",
        detail: "These do not open an unclaimed product. Check the code inside the packaging, the GTIN and the serial.",
      };
    case "recovery-refused":
      return { status: 403, title: "Recovery refused", detail: "This is not the current recovery code of a twin." };
    case "sign-in-refused":
      return {
        status: 403,
        title: "Sign-in refused",
        detail: "This link does not sign anyone in: it was used, is over, or was taken back. Ask for another one.",
      };
    case "handover-refused":
      return {
        status: 403,
        title: "Handover refused",
        detail: "This code opens nothing: it isn't whole, was taken back, has run out or was used.",
      };
    case "wrong-words":
      return {
        status: 403,
        title: "Wrong words",
        detail:
          failure.left > 0
            ? `These are not the words of whoever accepted. ${failure.left} more tries, then they must accept again.`
            : "The words were wrong too often: whoever accepted must do so again.",
      };
    case "head-changed":
      return {
        status: 409,
        title: "Record changed",
        detail: failure.detail,
      };
    case "alert-stands":
      return {
        status: 409,
        title: "Alert stands",
        detail: `Its owner says that it was ${failure.alert}. While that stands it is neither shown nor handed over.`,
      };
    case "not-found":
      return { status: 404, title: "Not found", detail: failure.detail };
    case "method-not-allowed":
      return {
        status: 405,
        title: "Method not allowed",
        detail: `Here: ${failure.allow}.`,
        headers: { Allow: failure.allow },
      };
    case "conflict":
    case "agreement-required":
    case "agreement-state":
      return { status: 409, title: "Conflict", detail: failure.detail };
    case "idempotency-conflict":
      return {
        status: 409,
        title: "Idempotency conflict",
        detail: "This Idempotency-Key was used for another request. Use a new key.",
      };
    case "gtin-taken":
      return {
        status: 409,
        title: "GTIN taken",
        detail: "Another maker's labels use this GTIN. The operator can correct it.",
      };
    case "maker-exists":
      return { status: 409, title: "Maker exists", detail: "This domain is registered already." };
    case "not-verified":
      return { status: 409, title: "Not verified", detail: failure.detail };
    case "proof-missing":
      return { status: 422, title: "Proof missing", detail: failure.detail };
    case "gone":
      return { status: 410, title: "Gone", detail: failure.detail };
    case "precondition-failed":
      return { status: 412, title: "Precondition failed", detail: failure.detail };
    case "precondition-required":
      return { status: 428, title: "Precondition required", detail: failure.detail };
    case "too-large":
      return { status: 413, title: "Too large", detail: failure.detail };
    case "quota-exceeded":
      return { status: 409, title: "Quota exceeded", detail: failure.detail };
    case "unsupported-media-type":
      return { status: 415, title: "Unsupported media type", detail: failure.detail };
    case "upgrade-required":
      return { status: 426, title: "Upgrade required", detail: failure.detail, headers: { Upgrade: "websocket" } };
    case "malformed":
      return { status: 400, title: "Malformed request", detail: failure.detail };
    case "bad-signature":
      return { status: 401, title: "Bad signature", detail: failure.detail };
    case "invalid":
      return {
        status: 422,
        title: "Invalid request",
        detail: faultsInWords(failure.errors),
        errors: failure.errors,
      };
    case "rate-limited":
      return {
        status: 429,
        title: "Too many requests",
        detail: `Try again in ${failure.retryAfterSeconds} s.`,
        headers: { "Retry-After": String(failure.retryAfterSeconds) },
      };
    case "unavailable":
      return { status: 503, title: "Unavailable", detail: failure.detail, headers: { "Retry-After": "1" } };
  }
}

/** The response for a refusal: `application/problem+json` with `code` beside the members of RFC 9457. */
export function problem(failure: Failure): Response {
  const { status, title, detail, headers, errors } = problemOf(failure);
  const reason = "reason" in failure ? failure.reason : undefined;
  const body = {
    type: "about:blank",
    title,
    status,
    detail,
    code: failure.code,
    ...(reason !== undefined && { reason }),
    ...(errors && { errors }),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/problem+json", ...headers },
  });
}
