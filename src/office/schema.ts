// The office's tables: what a company keeps for itself that belongs to no one thread. Appended to, never edited.

import { IDEMPOTENCY_SCHEMA } from "../platform/idempotency.ts";

export const MIGRATIONS: readonly string[] = [IDEMPOTENCY_SCHEMA];
