// The Twin's tables: the item itself and its maker's notices. What travels with it (the record) will be here; nothing of an owner ever is.

import { IDEMPOTENCY_SCHEMA } from "../platform/idempotency.ts";
import { NOTICE_SCHEMA } from "./notices.ts";

export const MIGRATIONS: readonly string[] = [
  `
CREATE TABLE tenure (
  number INTEGER PRIMARY KEY,
  twin TEXT NOT NULL UNIQUE,
  labelled INTEGER NOT NULL,
  opening TEXT,
  created_at INTEGER NOT NULL,
  erased_at INTEGER
) STRICT;
${IDEMPOTENCY_SCHEMA}
`,
  NOTICE_SCHEMA,
];
