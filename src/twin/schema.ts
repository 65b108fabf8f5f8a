// The Twin's tables: the item itself, its record, which travels with it, and its maker's notices. No readable word of an owner ever is here.

import { IDEMPOTENCY_SCHEMA } from "../platform/idempotency.ts";
import { ENDED_SHARE_SCHEMA } from "./ended-shares.ts";
import { ALERT_SCHEMA } from "./alert.ts";
import { NOTICE_SCHEMA } from "./notices.ts";
import { OFFER_COUNTED_SCHEMA, OFFER_ERASED_SCHEMA, OFFER_SCHEMA } from "./offers.ts";
import { LABEL_HASH_SCHEMA, RECORD_SCHEMA } from "./record.ts";

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
  RECORD_SCHEMA,
  ENDED_SHARE_SCHEMA,
  OFFER_SCHEMA + ALERT_SCHEMA,
  LABEL_HASH_SCHEMA,
  OFFER_ERASED_SCHEMA,
  OFFER_COUNTED_SCHEMA,
];
