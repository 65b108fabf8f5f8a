// The office's tables: what a company keeps for itself that belongs to no one thread. Appended to, never edited.

import { IDEMPOTENCY_SCHEMA } from "../platform/idempotency.ts";
import { AUDIT_SCHEMA } from "./audit.ts";
import { ISSUE_SCHEMA } from "./known-issues.ts";
import { SAVED_REPLY_SCHEMA } from "./saved-replies.ts";
import { TELLING_SCHEMA } from "./telling.ts";

export const MIGRATIONS: readonly string[] = [
  IDEMPOTENCY_SCHEMA + AUDIT_SCHEMA + ISSUE_SCHEMA + TELLING_SCHEMA + SAVED_REPLY_SCHEMA,
];
