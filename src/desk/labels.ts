// The company's own words for threads, and by which a thread in sight is found.

import type { NoteId } from "../domain/ids.ts";

export const labelsOf = (sql: SqlStorage, note: NoteId): string[] =>
  [...sql.exec<{ label: string }>("SELECT label FROM thread_label WHERE note = ? ORDER BY label", note)].map(
    ({ label }) => label,
  );

export function setLabels(sql: SqlStorage, note: NoteId, labels: readonly string[]): void {
  for (const label of labelsOf(sql, note))
    if (!labels.includes(label)) sql.exec("DELETE FROM thread_label WHERE note = ? AND label = ?", note, label);
  for (const label of labels) sql.exec("INSERT OR IGNORE INTO thread_label VALUES (?, ?)", note, label);
}
