// What the company says of the known issue that it put a note to, and the issues its owner counts themselves in. Stores only; nothing of it travels.

import type { Domain, IssueId, NoteId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import type { IssueStatus } from "../domain/issue-status.ts";
import type { OwnersIssue, PublishedIssue } from "../domain/known-issue.ts";

export const NOTE_ISSUE_SCHEMA = `
CREATE TABLE note_issue (
  note TEXT PRIMARY KEY,
  issue TEXT NOT NULL,
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  status TEXT NOT NULL,
  fixed_in TEXT,
  text TEXT,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE me_too (
  issue TEXT PRIMARY KEY,
  maker TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

type Row = {
  issue: IssueId;
  version: number;
  title: string;
  status: IssueStatus;
  fixed_in: string | null;
  text: string | null;
  updated_at: number;
};

/** Which issue a note was put to, and in which version its owner was told. */
export function toldOf(sql: SqlStorage, note: NoteId): { issue: IssueId; version: number } | null {
  return (
    [
      ...sql.exec<{ issue: IssueId; version: number }>("SELECT issue, version FROM note_issue WHERE note = ?", note),
    ][0] ?? null
  );
}

export const keepNoteIssue = (sql: SqlStorage, note: NoteId, issue: PublishedIssue): void => {
  sql.exec(
    "INSERT OR REPLACE INTO note_issue (note, issue, version, title, status, fixed_in, text, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    note,
    issue.id,
    issue.version,
    issue.title,
    issue.status,
    issue.fixedIn,
    issue.text,
    issue.updatedAt,
  );
};

/** Forgets what a note's issue is, if it is this one; whether it was. Without `issue`, whichever it is. */
export const forgetNoteIssue = (sql: SqlStorage, note: NoteId, issue?: IssueId): boolean =>
  sql.exec("DELETE FROM note_issue WHERE note = ?1 AND (?2 IS NULL OR issue = ?2)", note, issue ?? null).rowsWritten >
  0;

/** A note's issue as its owner last heard of it. How many others there are is the company's office to say. */
export function noteIssue(sql: SqlStorage, note: NoteId): OwnersIssue | null {
  const row = [...sql.exec<Row>("SELECT * FROM note_issue WHERE note = ?", note)][0];
  if (!row) return null;
  return {
    id: row.issue,
    title: row.title,
    status: row.status,
    fixedIn: row.fixed_in,
    text: row.text,
    updatedAt: rfc3339(row.updated_at),
    meToo: meTooMaker(sql, row.issue) !== null,
    others: null,
  };
}

/** The company whose issue the owner counts themselves in, or null when they don't. */
export const meTooMaker = (sql: SqlStorage, issue: IssueId): Domain | null =>
  [...sql.exec<{ maker: Domain }>("SELECT maker FROM me_too WHERE issue = ?", issue)][0]?.maker ?? null;

export const keepMeToo = (sql: SqlStorage, issue: IssueId, maker: Domain): void => {
  sql.exec("INSERT OR IGNORE INTO me_too (issue, maker) VALUES (?, ?)", issue, maker);
};

export const forgetMeToo = (sql: SqlStorage, issue: IssueId): void => {
  sql.exec("DELETE FROM me_too WHERE issue = ?", issue);
};

export const meToos = (sql: SqlStorage): { issue: IssueId; maker: Domain }[] => [
  ...sql.exec<{ issue: IssueId; maker: Domain }>("SELECT issue, maker FROM me_too ORDER BY issue"),
];
