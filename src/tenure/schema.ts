// The Tenure's tables: everything that is one owner's, and nothing that travels. Appended to, never edited.

import { IDEMPOTENCY_SCHEMA } from "../platform/idempotency.ts";
import { KEPT_ANSWERS, RELAY_SCHEMA } from "../relay/schema.ts";
import { DELIVERY_NEWS_SCHEMA } from "./delivery-news.ts";
import { DESK_LINE_SCHEMA } from "./desk-lines.ts";
import { FINDER_SCHEMA } from "./finder.ts";
import { LABEL_TRY_SCHEMA } from "./label-tries.ts";
import { NOTICE_SCHEMA } from "./notices.ts";
import { NOTE_ISSUE_SCHEMA } from "./note-issues.ts";
import { REPLY_LINK_SCHEMA } from "./links.ts";
import { ON_RECORD_SCHEMA } from "./on-record.ts";
import { PUSH_SCHEMA } from "./pushes.ts";
import { RECEIPT_SCHEMA } from "./receipts.ts";
import { SALTLESS_SHARE_SCHEMA, SHARE_SCHEMA } from "./shares.ts";

/** What an owner files about the product, and which pictures belong to it. */
const PAPERS = `
CREATE TABLE papers (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  bought_on TEXT,
  bought_at TEXT,
  price TEXT,
  serial TEXT,
  warranty_until TEXT,
  remind_days INTEGER NOT NULL,
  manual_url TEXT,
  remarks TEXT,
  etag TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  remind_at INTEGER,
  reminded_for TEXT
) STRICT;
CREATE TABLE paper_file (
  photo TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  label TEXT
) STRICT, WITHOUT ROWID;
`;

export const MIGRATIONS: readonly string[] = [
  `
CREATE TABLE channel (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  scopes TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  last_used_at INTEGER,
  revoked_at INTEGER
) STRICT;

CREATE TABLE note (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL,
  kind TEXT NOT NULL,
  wants TEXT NOT NULL,
  title TEXT,
  text TEXT,
  serial TEXT,
  on_record INTEGER NOT NULL,
  occurred_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  photos INTEGER NOT NULL,
  sent_at INTEGER,
  maker TEXT,
  outgoing_seq INTEGER,
  relay_state TEXT NOT NULL,
  relay_reason TEXT,
  retracted_at INTEGER,
  thread_state TEXT NOT NULL,
  outcome TEXT,
  outcome_at INTEGER,
  verdict TEXT,
  told INTEGER NOT NULL,
  verdict_waits INTEGER NOT NULL
) STRICT;
CREATE INDEX note_waiting ON note (sent_at) WHERE relay_state = 'waiting';
CREATE INDEX note_sent ON note (seq) WHERE sent_at IS NOT NULL;
CREATE INDEX note_retracted ON note (seq) WHERE retracted_at IS NOT NULL;
CREATE INDEX note_verdict ON note (maker) WHERE verdict_waits = 1;
CREATE INDEX note_closing ON note (outcome_at) WHERE thread_state = 'answered' AND outcome_at IS NOT NULL;

CREATE TABLE note_revision (
  note TEXT NOT NULL,
  revision INTEGER NOT NULL,
  title TEXT,
  text TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (note, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  note TEXT NOT NULL,
  side TEXT NOT NULL,
  maker TEXT,
  channel TEXT,
  text TEXT NOT NULL,
  type TEXT,
  outcome TEXT,
  author TEXT,
  external_id TEXT,
  dedupe TEXT UNIQUE,
  photos INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  outgoing_seq INTEGER,
  relay_state TEXT,
  relay_reason TEXT
) STRICT;
CREATE INDEX message_note ON message (note, seq);
CREATE INDEX message_waiting ON message (seq) WHERE relay_state = 'waiting';

CREATE TABLE photo (
  id TEXT PRIMARY KEY,
  side TEXT NOT NULL,
  maker TEXT,
  channel TEXT,
  note TEXT,
  message TEXT,
  position INTEGER NOT NULL,
  type TEXT NOT NULL,
  size INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX photo_maker ON photo (maker, size) WHERE maker IS NOT NULL;
CREATE INDEX photo_free ON photo (created_at) WHERE note IS NULL;
CREATE INDEX photo_note ON photo (note, position) WHERE note IS NOT NULL;
CREATE INDEX photo_message ON photo (message, position) WHERE message IS NOT NULL;

CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  note TEXT,
  message TEXT,
  agreement TEXT,
  channel TEXT,
  data TEXT
) STRICT;

CREATE TABLE agreement (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  maker TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  terms TEXT,
  version INTEGER NOT NULL,
  synced_version INTEGER NOT NULL,
  sync_at INTEGER,
  sync_tries INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  decide_by INTEGER,
  held_at INTEGER,
  record TEXT NOT NULL,
  record_digest TEXT NOT NULL,
  events TEXT NOT NULL,
  told INTEGER NOT NULL
) STRICT;
CREATE INDEX agreement_maker ON agreement (maker, state);
CREATE INDEX agreement_sync ON agreement (sync_at) WHERE sync_at IS NOT NULL;
CREATE INDEX agreement_deadline ON agreement (decide_by) WHERE state IN ('proffered', 'held', 'countered');
${IDEMPOTENCY_SCHEMA}
${RELAY_SCHEMA}
`,
  PUSH_SCHEMA,
  PAPERS,
  RECEIPT_SCHEMA,
  DELIVERY_NEWS_SCHEMA,
  DESK_LINE_SCHEMA,
  NOTICE_SCHEMA,
  NOTE_ISSUE_SCHEMA,
  REPLY_LINK_SCHEMA,
  ON_RECORD_SCHEMA,
  SHARE_SCHEMA,
  FINDER_SCHEMA,
  SALTLESS_SHARE_SCHEMA,
  KEPT_ANSWERS,
  LABEL_TRY_SCHEMA,
];
