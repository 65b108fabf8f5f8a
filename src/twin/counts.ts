// What authors state of how many entries they made: the last word of each, as it was signed.

import type { Count } from "../domain/record/count.ts";

export const COUNT_SCHEMA = `
CREATE TABLE record_count (
  author TEXT PRIMARY KEY,
  statement TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** Keeps a count in the place of its author's earlier one. `tenure` is the one whose channels it is about; null for a maker's. */
export function keepCount(sql: SqlStorage, count: Count, tenure: number | null): void {
  const author = count.by.role === "maker" ? count.by.maker : `channels of ${tenure}`;
  sql.exec("INSERT OR REPLACE INTO record_count (author, statement) VALUES (?, ?)", author, JSON.stringify(count));
}

export const countsOf = (sql: SqlStorage): Count[] =>
  [...sql.exec<{ statement: string }>("SELECT statement FROM record_count ORDER BY author")].map(
    ({ statement }) => JSON.parse(statement) as Count,
  );
