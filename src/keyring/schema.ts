// A keyring shard's table: sealed bytes under a name. Holds nothing that the server could read.

export const MIGRATIONS: readonly string[] = [
  `
CREATE TABLE keyring (
  name TEXT PRIMARY KEY,
  bearer_hash TEXT NOT NULL,
  etag TEXT NOT NULL,
  bytes BLOB NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
`,
];
