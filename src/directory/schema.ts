// A directory shard's tables: which maker is registered, whose a GTIN is, and proffers that wait for a maker to join.

export const MIGRATIONS: readonly string[] = [
  `
CREATE TABLE maker (
  domain TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  registered_at INTEGER NOT NULL,
  policy_at INTEGER
) STRICT;
CREATE TABLE gtin (
  gtin TEXT PRIMARY KEY,
  domain TEXT NOT NULL,
  owned_at INTEGER NOT NULL
) STRICT;
CREATE TABLE waiting (
  agreement TEXT PRIMARY KEY,
  domain TEXT NOT NULL,
  twin TEXT NOT NULL,
  turn_at INTEGER NOT NULL
) STRICT;
CREATE INDEX waiting_turn ON waiting (domain, turn_at, agreement);
`,
  `
ALTER TABLE maker ADD COLUMN desk_shards INTEGER NOT NULL DEFAULT 1;
ALTER TABLE maker ADD COLUMN verified_at INTEGER;
UPDATE maker SET verified_at = registered_at;
`,
];
