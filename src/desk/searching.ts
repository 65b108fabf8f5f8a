// What of the index a search asks for. Veiled words are letters and digits: nothing of the search's own syntax gets into it.

/** A word's veil has two symbols for each of its characters. Beginnings of these lengths have an index of their own (the schema's `prefix`). */
const INDEXED_SYMBOLS = [2, 4];
/** Beyond so many words that begin alike they are looked for together, which walks through all that have one. */
const MANY = 100;

/**
 * The search for threads with all of these words, the last one as a beginning; null where nothing can be found. A beginning is written out
 * as the words there are: those are walked newest first and only as far as the page goes, while FTS5 would first gather all that begin so.
 */
export function matchFor(sql: SqlStorage, words: readonly string[]): string | null {
  const last = words.at(-1);
  if (last === undefined) return null;
  const whole = words.slice(0, -1).map((word) => `"${word}"`);
  const beginning = INDEXED_SYMBOLS.includes(last.length) ? `"${last}"*` : writtenOut(sql, last);
  return beginning === null ? null : [...whole, beginning].join(" AND ");
}

function writtenOut(sql: SqlStorage, beginning: string): string | null {
  const terms = [
    ...sql.exec<{ term: string }>(
      "SELECT term FROM vocabulary WHERE term >= ?1 AND term < ?1 || '~' LIMIT ?2",
      beginning,
      MANY + 1,
    ),
  ];
  if (terms.length === 0) return null;
  return terms.length > MANY ? `"${beginning}"*` : `(${terms.map(({ term }) => `"${term}"`).join(" OR ")})`;
}
