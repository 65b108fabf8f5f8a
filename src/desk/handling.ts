// What the company does with a thread: whose it is, its labels, the known issue it belongs to. Its owner sees nothing of this.

import { MAX_LABELS, type Assignee, type Handling } from "../domain/desk.ts";
import { invalid, type Failure } from "../domain/failure.ts";
import type { IssueId, KeyId, NoteId, TwinId } from "../domain/ids.ts";
import { takesThread } from "../domain/issue-product.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { count, countedThread } from "./cells.ts";
import { labelsOf, setLabels } from "./labels.ts";
import { markAnew } from "./marks.ts";
import { forgetRelinking } from "./relinking.ts";
import { countable, threadRow, type ThreadRow } from "./threads.ts";

type Row = { assignee: KeyId | null; assignee_label: string | null; issue: IssueId | null };

export function handlingOf(sql: SqlStorage, note: NoteId): { assignee: Assignee | null; issue: IssueId | null } {
  const row = [...sql.exec<Row>("SELECT assignee, assignee_label, issue FROM handling WHERE note = ?", note)][0];
  return {
    assignee: row && row.assignee !== null ? { id: row.assignee, label: row.assignee_label ?? "" } : null,
    issue: row?.issue ?? null,
  };
}

/** A thread that anything of the company's own belongs to has a row, so that it is found when its twin leaves. */
export const beginHandling = (sql: SqlStorage, { note, twin }: Pick<ThreadRow, "note" | "twin">): void => {
  sql.exec("INSERT OR IGNORE INTO handling (note, twin) VALUES (?, ?)", note, twin);
};

/** From which issue a thread went to which. */
export type Relinked = { readonly before: IssueId | null; readonly after: IssueId | null };

function labelsAfter(sql: SqlStorage, note: NoteId, change: Handling): Result<string[], Failure> {
  const kept = change.labels ?? labelsOf(sql, note);
  const labels = [...new Set([...kept, ...(change.addLabels ?? [])])].filter(
    (label) => !change.removeLabels?.includes(label),
  );
  return labels.length > MAX_LABELS ? err(invalid("labels", `a thread has ${MAX_LABELS} labels at most`)) : ok(labels);
}

const misfit = invalid("knownIssue", "is about another product than the thread: one without a product takes any");

/** One that the thread has already stays with it. */
const isMisfit = (
  sql: SqlStorage,
  { note, gtin }: ThreadRow,
  { knownIssue = null, issueProduct = null }: Handling,
): boolean => knownIssue !== null && !takesThread(issueProduct, gtin) && handlingOf(sql, note).issue !== knownIssue;

/** Why this change of a thread in sight would be refused; null where it would not. */
export function refusalOf(sql: SqlStorage, twin: TwinId, note: NoteId, change: Handling): Failure | null {
  const row = threadRow(sql, note);
  if (row?.twin !== twin) return null;
  if (isMisfit(sql, row, change)) return misfit;
  const after = labelsAfter(sql, note, change);
  return after.ok ? null : after.error;
}

/** Changes one thread in sight; null where there is none. Part of the transaction it is called in. */
export function handle(
  sql: SqlStorage,
  twin: TwinId,
  note: NoteId,
  change: Handling,
): Result<Relinked, Failure> | null {
  const row = threadRow(sql, note);
  if (row?.twin !== twin) return null;
  if (isMisfit(sql, row, change)) return err(misfit);
  const after = labelsAfter(sql, note, change);
  if (!after.ok) return after;
  const labels = after.value;
  beginHandling(sql, row);
  setLabels(sql, note, labels);
  const before = handlingOf(sql, note);
  const assignee = change.assignee === undefined ? before.assignee : change.assignee;
  const issue = change.knownIssue === undefined ? before.issue : change.knownIssue;
  sql.exec(
    "UPDATE handling SET assignee = ?, assignee_label = ?, issue = ? WHERE note = ?",
    assignee?.id ?? null,
    assignee?.label ?? null,
    issue,
    note,
  );
  sql.exec("UPDATE thread SET assignee = ?, issue = ? WHERE rank = ?", assignee?.id ?? null, issue, row.rank);
  markAnew(sql, row.rank);
  count(sql, countedThread(countable(row), row.issue), countedThread(countable(row), issue));
  return ok({ before: before.issue, after: issue });
}

/** Takes away all that the company itself put to a twin's threads. */
export function forgetHandling(sql: SqlStorage, twin: TwinId): void {
  for (const table of ["thread_label", "internal_note"])
    sql.exec(`DELETE FROM ${table} WHERE note IN (SELECT note FROM handling WHERE twin = ?)`, twin);
  // The answers kept for repeats have the internal notes once more.
  sql.exec("DELETE FROM idempotency WHERE subject IN (SELECT note FROM handling WHERE twin = ?)", twin);
  sql.exec("DELETE FROM handling WHERE twin = ?", twin);
  forgetRelinking(sql, twin);
}

/** Threads in sight that belong to an issue, in the order of their notes, those after `after`. */
export const linkedTo = (
  sql: SqlStorage,
  issue: IssueId,
  after: NoteId | null,
  limit: number,
): { twin: TwinId; note: NoteId; counted: boolean }[] =>
  [
    ...sql.exec<{ twin: TwinId; note: NoteId; counted: number }>(
      "SELECT twin, note, counted FROM thread WHERE issue = ? AND note > ? ORDER BY note LIMIT ?",
      issue,
      after ?? "",
      limit,
    ),
  ].map((row) => ({ ...row, counted: row.counted === 1 }));
