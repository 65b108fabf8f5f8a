// A desk shard's tables. What is derived from the tenures (threads, their words) and what only the desk knows are apart; the first can be made again.

import { IDEMPOTENCY_SCHEMA } from "../platform/idempotency.ts";
import { CELLS_SCHEMA, WEEK_STAMPS } from "./cells.ts";
import { DELIVERIES_AGE, DELIVERIES_SCHEMA, DELIVERIES_SEALED } from "./deliveries.ts";
import { MARKS_SCHEMA } from "./marks.ts";
import { RELINKING_SCHEMA } from "./relinking.ts";

/**
 * Derived. `rank` orders the inbox: milliseconds of the last change times 1024, and the first number free; it is also the row of the
 * thread's words in `words`, so that a search gives the newest first without sorting. What the desk itself put to a thread stands in
 * its row once more.
 */
const PROJECTION = `
CREATE TABLE projected_twin (
  twin TEXT PRIMARY KEY,
  epoch INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  left_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE thread (
  rank INTEGER PRIMARY KEY,
  note TEXT NOT NULL UNIQUE,
  twin TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  product TEXT NOT NULL,
  model TEXT,
  gtin TEXT,
  kind TEXT NOT NULL,
  wants TEXT NOT NULL,
  sealed TEXT NOT NULL,
  state TEXT NOT NULL,
  outcome TEXT,
  verdict TEXT,
  sent_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  first_reply_at INTEGER,
  last_from TEXT NOT NULL,
  agreement TEXT NOT NULL,
  terms TEXT NOT NULL,
  counted INTEGER NOT NULL,
  assignee TEXT,
  issue TEXT
) STRICT;
CREATE INDEX thread_twin ON thread (twin, epoch);
CREATE INDEX thread_inbox ON thread (rank, state, kind, wants, verdict, assignee, issue, gtin, product, model);
CREATE INDEX thread_issue ON thread (issue, note) WHERE issue IS NOT NULL;
CREATE TABLE labelled (
  label TEXT NOT NULL,
  rank INTEGER NOT NULL,
  PRIMARY KEY (label, rank)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
  veiled, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '2 4'
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
`;

/** The desk's own. It stays when a thread leaves because its agreement ended, and goes when its twin does. */
const OWN = `
CREATE TABLE handling (
  note TEXT PRIMARY KEY,
  twin TEXT NOT NULL,
  assignee TEXT,
  assignee_label TEXT,
  issue TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX handling_twin ON handling (twin);
CREATE TABLE thread_label (
  note TEXT NOT NULL,
  label TEXT NOT NULL,
  PRIMARY KEY (note, label)
) STRICT, WITHOUT ROWID;
CREATE TABLE internal_note (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  note TEXT NOT NULL,
  author TEXT NOT NULL,
  author_label TEXT NOT NULL,
  text TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX internal_note_note ON internal_note (note);
`;

export const MIGRATIONS: readonly string[] = [
  PROJECTION + CELLS_SCHEMA + OWN + DELIVERIES_SCHEMA + IDEMPOTENCY_SCHEMA,
  RELINKING_SCHEMA + DELIVERIES_AGE,
  DELIVERIES_SEALED,
  MARKS_SCHEMA,
  WEEK_STAMPS,
];
