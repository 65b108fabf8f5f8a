// A product's tables: what it is, and which of its items are claimed.

import { NOTICE_SCHEMA } from "./notices.ts";

export const MIGRATIONS: readonly string[] = [
  `
CREATE TABLE product (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  gtin TEXT NOT NULL,
  maker TEXT NOT NULL,
  maker_name TEXT NOT NULL,
  model TEXT NOT NULL,
  registered_at INTEGER NOT NULL
) STRICT;
CREATE TABLE claimed_item (
  item TEXT PRIMARY KEY,
  twin TEXT NOT NULL,
  claimed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
  NOTICE_SCHEMA,
];
