// Who of a company's people did what: the call, and what it was about by name. Never what was said in it, and nothing secret.

import type { KeyId } from "./ids.ts";
import type { Role } from "./role.ts";

/** Entries are kept this long. */
export const AUDIT_KEPT_MS = 731 * 24 * 3_600_000;

/** What is known when the act begins. */
export type Deed = {
  readonly key: { readonly id: KeyId; readonly label: string; readonly role: Role };
  /** The method and the path's template: `POST /v1/makers/{maker}/keys`. */
  readonly did: string;
  /** What the path named, but for the company, and whose key a sign-in link is for. */
  readonly about: Readonly<Record<string, string>>;
};

/** `status` is the answer's; null while the act lasts, and where it was cut off. `at` in ms. */
export type AuditEntry = Deed & { readonly id: number; readonly at: number; readonly status: number | null };

export type AuditFilter = {
  readonly key?: KeyId | undefined;
  /** Ms, both included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
};
