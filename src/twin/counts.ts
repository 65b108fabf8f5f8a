// What authors state of how many entries they made: the last word of each, as it was signed. No author replaces another's.

import { invalid, type Failure } from "../domain/failure.ts";
import { isByChannelOf, upTo, type Count } from "../domain/record/count.ts";
import type { Entry } from "../domain/record/entry.ts";
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

const refusal = (detail: string): Failure => invalid("count", `must not be more than there are: ${detail}`);
const entriesAre = (n: number): string => (n === 1 ? "1 entry is" : `${n} entries are`);

/**
 * Why no channel of this tenure may state this count, or null: of more than is there, the record would not be relied on, and once its
 * channel has ended nobody could replace it. What fits now fits for good, for no entry goes away and none gets an earlier day.
 */
export function overstated(entries: readonly Entry[], tenure: number, { count, asOf }: Count): Failure | null {
  const here = upTo(
    entries.filter((entry) => isByChannelOf(tenure, entry)),
    asOf,
  );
  return count > here ? refusal(`${entriesAre(here)} by channels of this owner up to ${asOf} (UTC)`) : null;
}

/** The same for a company, of the entries that it made: one that counts by the days on which things happened would have every buyer warned. */
export function overstatedByMaker(theirs: readonly Entry[], { count, asOf }: Count): Failure | null {
  const here = upTo(theirs, asOf);
  return count > here
    ? refusal(
        `${entriesAre(here)} yours up to ${asOf} (UTC), and ${theirs.length} in all. ` +
          "An entry counts by the day on which it was recorded, not by its occurredOn",
      )
    : null;
}

export const countsOf = (sql: SqlStorage): Count[] =>
  [...sql.exec<{ statement: string }>("SELECT statement FROM record_count ORDER BY author")].map(
    ({ statement }) => JSON.parse(statement) as Count,
  );
