// The company's own words for threads, and by which a thread in sight is found.

import type { NoteId } from "../domain/ids.ts";

export const labelsOf = (sql: SqlStorage, note: NoteId): string[] =>
  [...sql.exec<{ label: string }>("SELECT label FROM thread_label WHERE note = ? ORDER BY label", note)].map(
    ({ label }) => label,
  );

/** `rank` is the thread's place. */
export function setLabels(sql: SqlStorage, note: NoteId, rank: number, labels: readonly string[]): void {
  for (const label of labelsOf(sql, note)) {
    if (labels.includes(label)) continue;
    sql.exec("DELETE FROM thread_label WHERE note = ? AND label = ?", note, label);
    sql.exec("DELETE FROM labelled WHERE label = ? AND rank = ?", label, rank);
  }
  for (const label of labels) {
    sql.exec("INSERT OR IGNORE INTO thread_label VALUES (?, ?)", note, label);
    sql.exec("INSERT OR IGNORE INTO labelled VALUES (?, ?)", label, rank);
  }
}

/** Of the threads in sight, in their order: one step of the index a label, however many threads have it. */
export const labelsInUse = (sql: SqlStorage): string[] =>
  [
    ...sql.exec<{ label: string }>(
      `WITH RECURSIVE used (label) AS (
         SELECT min(label) FROM labelled
         UNION ALL SELECT (SELECT min(label) FROM labelled WHERE labelled.label > used.label) FROM used WHERE label IS NOT NULL
       ) SELECT label FROM used WHERE label IS NOT NULL`,
    ),
  ].map(({ label }) => label);
