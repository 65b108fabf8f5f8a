// Every refusal this system can give, in one union. `src/api/problem.ts` maps each to RFC 9457; the compiler lists what is missing.

/** One fault in the input: where it is (`notes.0.text`, empty for the whole) and what would be right. */
export type Fault = { readonly path: string; readonly message: string };

export type Failure =
  | { readonly code: "unauthorized" }
  | { readonly code: "forbidden"; readonly detail: string }
  | { readonly code: "claim-refused" }
  | { readonly code: "recovery-refused" }
  | { readonly code: "sign-in-refused" }
  | { readonly code: "handover-refused" }
  | { readonly code: "wrong-words"; readonly left: number }
  | { readonly code: "head-changed"; readonly detail: string }
  | { readonly code: "alert-stands"; readonly alert: "lost" | "stolen" }
  | { readonly code: "not-found"; readonly detail: string }
  /** `reason`: a word for a program, where there are several ways to be in the way. */
  | { readonly code: "conflict"; readonly detail: string; readonly reason?: string }
  | { readonly code: "idempotency-conflict" }
  | { readonly code: "gtin-taken" }
  | { readonly code: "maker-exists" }
  | { readonly code: "not-verified"; readonly detail: string }
  | { readonly code: "proof-missing"; readonly detail: string }
  | { readonly code: "agreement-required"; readonly detail: string }
  | { readonly code: "agreement-state"; readonly detail: string }
  /** `reason`: a word for a program, where there are several ways to be gone. */
  | { readonly code: "gone"; readonly detail: string; readonly reason?: string }
  | { readonly code: "precondition-failed"; readonly detail: string }
  | { readonly code: "precondition-required"; readonly detail: string }
  | { readonly code: "too-large"; readonly detail: string }
  | { readonly code: "quota-exceeded"; readonly detail: string }
  | { readonly code: "unsupported-media-type"; readonly detail: string }
  | { readonly code: "method-not-allowed"; readonly allow: string }
  | { readonly code: "upgrade-required"; readonly detail: string }
  | { readonly code: "malformed"; readonly detail: string }
  | { readonly code: "invalid"; readonly errors: readonly Fault[] }
  | { readonly code: "bad-signature"; readonly detail: string }
  | { readonly code: "rate-limited"; readonly retryAfterSeconds: number }
  | { readonly code: "unavailable"; readonly detail: string };

/** One fault at one place, as a validation failure. */
export const invalid = (path: string, message: string): Failure => ({
  code: "invalid",
  errors: [{ path, message }],
});
