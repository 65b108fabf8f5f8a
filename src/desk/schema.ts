// A desk shard's tables. What is derived from the tenures (threads, their words) and what only the desk knows are apart; the first can be made again.

import { IDEMPOTENCY_SCHEMA } from "../platform/idempotency.ts";

/**
 * Derived. `rank` orders the inbox: milliseconds of the last change times 4096, and the first number free; it is also the row of the
 * thread's words in `words`, so that a search gives the newest first without sorting.
 */
const PROJECTION = `
CREATE TABLE projected_twin (
  twin TEXT PRIMARY KEY,
  epoch INTEGER NOT NULL,
  up_to INTEGER NOT NULL
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
  title TEXT,
  excerpt TEXT NOT NULL,
  state TEXT NOT NULL,
  outcome TEXT,
  verdict TEXT,
  sent_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  first_reply_at INTEGER,
  last_from TEXT NOT NULL,
  agreement TEXT NOT NULL,
  terms TEXT NOT NULL,
  counted INTEGER NOT NULL
) STRICT;
CREATE INDEX thread_twin ON thread (twin, epoch);
CREATE INDEX thread_state ON thread (state, rank);
CREATE INDEX thread_kind ON thread (kind, rank);
CREATE INDEX thread_gtin ON thread (gtin, rank);
CREATE INDEX thread_verdict ON thread (verdict, rank) WHERE verdict IS NOT NULL;
CREATE VIRTUAL TABLE words USING fts5 (title, text, said, tokenize = "unicode61 remove_diacritics 2");
`;

/** The desk's own. */
const OWN = `
CREATE TABLE handling (
  note TEXT PRIMARY KEY,
  twin TEXT NOT NULL,
  assignee TEXT,
  issue TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX handling_assignee ON handling (assignee) WHERE assignee IS NOT NULL;
CREATE INDEX handling_issue ON handling (issue) WHERE issue IS NOT NULL;
CREATE TABLE thread_label (
  label TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (label, note)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_label_note ON thread_label (note);
CREATE TABLE internal_note (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  note TEXT NOT NULL,
  author TEXT NOT NULL,
  text TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX internal_note_note ON internal_note (note);
`;

export const MIGRATIONS: readonly string[] = [PROJECTION + OWN + IDEMPOTENCY_SCHEMA];
