// The relay's tables, the same in a Tenure (source: the maker's domain) and in a Maker (source: an erased twin). No words: ids, states and times,
// and the head of what a receiver answered where it did not take an event in: that may repeat the event's words, so it goes when they do.

/** `delivery.gap_from` is 0 for an event; a gap's announcement has the first seq of its range there and the last in `seq`. */
export const RELAY_SCHEMA = `
CREATE TABLE outgoing (
  source TEXT NOT NULL,
  seq INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  urgent INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (source, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE relay_source (
  source TEXT PRIMARY KEY,
  seen INTEGER NOT NULL,
  again_at INTEGER,
  failures INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE line (
  source TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  types TEXT,
  created_at INTEGER NOT NULL,
  cursor INTEGER NOT NULL,
  prev INTEGER,
  state TEXT NOT NULL,
  reason TEXT,
  due_at INTEGER,
  PRIMARY KEY (source, endpoint)
) STRICT, WITHOUT ROWID;

CREATE TABLE delivery (
  source TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  seq INTEGER NOT NULL,
  gap_from INTEGER NOT NULL,
  event TEXT NOT NULL,
  prev INTEGER,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  poison INTEGER NOT NULL,
  first_at INTEGER,
  open_at INTEGER,
  open_probe INTEGER NOT NULL,
  next_at INTEGER,
  delivered_at INTEGER,
  ended_at INTEGER,
  reason TEXT,
  PRIMARY KEY (source, endpoint, seq, gap_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_apart ON delivery (source, endpoint, seq) WHERE state IN ('gap', 'aside');

CREATE TABLE attempt (
  source TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  seq INTEGER NOT NULL,
  gap_from INTEGER NOT NULL,
  n INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  probe INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  status INTEGER,
  ms INTEGER,
  reason TEXT,
  head TEXT,
  PRIMARY KEY (source, endpoint, seq, gap_from, n)
) STRICT, WITHOUT ROWID;`;

/** Earlier versions kept the head of every answer, and for as long as the delivery. Those there are now can be found, to be forgotten. */
export const KEPT_ANSWERS = `
UPDATE attempt SET head = NULL;
CREATE INDEX attempt_kept ON attempt (source, seq) WHERE head IS NOT NULL;
`;
