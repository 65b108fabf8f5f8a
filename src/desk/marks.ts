// What a thread is found by beside its words. Its marks stand in the same index as those, so that any choice of them is found in one walk.

import type { ThreadFilter } from "../domain/desk.ts";
import { matchFor } from "./searching.ts";

/**
 * The marks of a row of `thread`, in SQL: what it is about in two letters, what it says in hexadecimal, nothing where there is nothing to
 * say. No veiled word begins with an "o". A product is found by each of its names.
 */
const MARKS = `
  'os' || hex(state) || ' ok' || hex(kind) || ' ow' || hex(wants) || ' ov' || hex(verdict) || ' oa' || hex(assignee) || ' oi' || hex(issue)
  || ' op' || hex(product) || ' op' || hex(model) || ' op' || hex(gtin)
  || coalesce((SELECT group_concat(' ol' || hex(label), '') FROM thread_label WHERE thread_label.note = thread.note), '')`;

/**
 * Whoever adds a mark freezes here first what `MARKS` says today: a migration runs before the columns of later ones are there.
 * The words are kept beside their index, so that marks can change without them; until here only the index knew them. `thread_waiting` is
 * the order of what has waited longest.
 */
export const MARKS_SCHEMA = `
CREATE VIRTUAL TABLE word_of USING fts5vocab (words, instance);
CREATE TABLE kept_words (place INTEGER PRIMARY KEY, veiled TEXT NOT NULL) STRICT;
INSERT INTO kept_words SELECT doc, group_concat(term, ' ') FROM word_of GROUP BY doc;
DROP TABLE word_of;
DROP TABLE vocabulary;
DROP TABLE words;
CREATE VIRTUAL TABLE words USING fts5 (veiled, marks, detail = none, columnsize = 0, tokenize = 'ascii', prefix = '2 4');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
INSERT INTO words (rowid, veiled, marks) SELECT thread.rank, coalesce(kept_words.veiled, ''), ${MARKS} FROM thread LEFT JOIN kept_words ON place = thread.rank;
DROP TABLE kept_words;
DROP TABLE labelled;
DROP INDEX thread_inbox;
CREATE INDEX thread_waiting ON thread (sent_at, note) WHERE state = 'open';
`;

/** Puts a thread's words and marks into the index, at its place. */
export const putWords = (sql: SqlStorage, rank: number, veiled: string): void => {
  sql.exec(
    `INSERT INTO words (rowid, veiled, marks) SELECT rank, ?, ${MARKS} FROM thread WHERE rank = ?`,
    veiled,
    rank,
  );
};

/** The company put something else to the thread. */
export const markAnew = (sql: SqlStorage, rank: number): void => {
  sql.exec(`UPDATE words SET marks = (SELECT ${MARKS} FROM thread WHERE rank = ?1) WHERE rowid = ?1`, rank);
};

const mark = (letters: string, value: string): string => `${letters}${new TextEncoder().encode(value).toHex()}`;

/** What to search the index for: "" where every thread is asked for, null where nothing can be found. */
export function matchOf(sql: SqlStorage, filter: ThreadFilter): string | null {
  const { words, state, product, kind, wants, verdict, label, assignee, issue } = filter;
  const match = words === undefined ? "" : matchFor(sql, words);
  if (match === null) return null;
  const marks = (
    [
      ["os", state],
      ["op", product],
      ["ok", kind],
      ["ow", wants],
      ["ov", verdict],
      ["ol", label],
      ["oa", assignee === "none" ? "" : assignee],
      ["oi", issue],
    ] as const
  ).flatMap(([letters, value]) => (value === undefined ? [] : [mark(letters, value)]));
  return [...marks, ...(match === "" ? [] : [match])].join(" AND ");
}

/** The labels of threads in sight, by name. */
export const labelsInUse = (sql: SqlStorage): string[] =>
  [...sql.exec<{ term: string }>("SELECT term FROM vocabulary WHERE term >= 'ol' AND term < 'om'")].map(({ term }) =>
    new TextDecoder().decode(Uint8Array.fromHex(term.slice(2))),
  );
