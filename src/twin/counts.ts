// What authors state of how many entries they made: the last word of each, as it was signed. No author replaces another's.

import type { Failure } from "../domain/failure.ts";
import type { Count } from "../domain/record/count.ts";
import { err, ok, type Result } from "../domain/result.ts";

export const COUNT_SCHEMA = `
CREATE TABLE record_count (
  author TEXT PRIMARY KEY,
  statement TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** An owner can make channels without end; their counts must not grow so. */
const MOST_COUNTS = 200;
const full: Failure = { code: "quota-exceeded", detail: `A record holds ${MOST_COUNTS} counts, and they are there.` };

/** Keeps a count in the place of its author's earlier one: `author` is a company's domain or a channel's id. Part of its caller's transaction; it refuses before it writes. */
export function keepCount(sql: SqlStorage, author: string, count: Count): Result<Count, Failure> {
  const others = sql.exec<{ n: number }>("SELECT count(*) AS n FROM record_count WHERE author <> ?", author).one().n;
  if (others >= MOST_COUNTS && count.by.role === "channel") return err(full);
  sql.exec("INSERT OR REPLACE INTO record_count (author, statement) VALUES (?, ?)", author, JSON.stringify(count));
  return ok(count);
}

export const countsOf = (sql: SqlStorage): Count[] =>
  [...sql.exec<{ statement: string }>("SELECT statement FROM record_count ORDER BY author")].map(
    ({ statement }) => JSON.parse(statement) as Count,
  );
