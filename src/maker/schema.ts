// A maker's tables. No secret is kept here that a random name and the root key give again, except the agent's own signing key.

import { IDEMPOTENCY_SCHEMA } from "../platform/idempotency.ts";
import { KEPT_ANSWERS, RELAY_SCHEMA } from "../relay/schema.ts";
import { ADMISSION_SCHEMA } from "./admission.ts";
import { REBUILD_SCHEMA } from "./rebuild.ts";
import { ENDPOINT_CHECK_SCHEMA } from "./endpoint-check.ts";
import { JOINING_SCHEMA } from "./joining.ts";
import { NOTICE_SCHEMA } from "./notices.ts";
import { SIGN_IN_FOR, SIGN_IN_MAKERS, SIGN_IN_SCHEMA } from "./sign-in.ts";

const MAKER_SCHEMA = `
CREATE TABLE company (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  domain TEXT NOT NULL,
  name TEXT NOT NULL,
  registered_at INTEGER NOT NULL,
  listed_at INTEGER,
  policy_at INTEGER,
  backlog_at INTEGER
) STRICT;
CREATE TABLE agent (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seed BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE team_key (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  role TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT;
CREATE TABLE policy_rule (
  code TEXT PRIMARY KEY,
  rule TEXT NOT NULL
) STRICT;
CREATE TABLE agreement (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  twin TEXT NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  lapses_at INTEGER,
  copy TEXT NOT NULL,
  decision TEXT,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX agreement_state ON agreement (state, seq);
CREATE TABLE endpoint (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  url TEXT NOT NULL,
  types TEXT,
  description TEXT,
  processor TEXT,
  enabled INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE webhook_key (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  ends_at INTEGER
) STRICT;
CREATE INDEX webhook_key_owner ON webhook_key (owner);
CREATE TABLE inbound_message (
  webhook_id TEXT PRIMARY KEY,
  body_hash TEXT NOT NULL,
  answer TEXT,
  received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX inbound_message_received ON inbound_message (received_at);
CREATE TABLE feed (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  twin TEXT NOT NULL,
  event TEXT NOT NULL UNIQUE,
  body TEXT
) STRICT;
CREATE INDEX feed_twin ON feed (twin);
`;

/** Over how many objects the company's desk is spread, fixed at the founding; when its domain was proven. Those before were the operator's. */
const DESK_AND_PROOF = `
ALTER TABLE company ADD COLUMN desk_shards INTEGER NOT NULL DEFAULT 1;
ALTER TABLE company ADD COLUMN verified_at INTEGER;
UPDATE company SET verified_at = registered_at;
`;

export const MIGRATIONS: readonly string[] = [
  MAKER_SCHEMA + ADMISSION_SCHEMA + RELAY_SCHEMA + IDEMPOTENCY_SCHEMA,
  DESK_AND_PROOF,
  SIGN_IN_SCHEMA,
  JOINING_SCHEMA,
  ENDPOINT_CHECK_SCHEMA,
  REBUILD_SCHEMA,
  NOTICE_SCHEMA,
  SIGN_IN_MAKERS,
  KEPT_ANSWERS,
  SIGN_IN_FOR,
];
