// The company's known issues, and how many owners counted themselves in. Who they are is not here: a mark each, which only their twin can make.

import type { Failure } from "../domain/failure.ts";
import type { IssueId } from "../domain/ids.ts";
import type { IssueStatus } from "../domain/issue-status.ts";
import { concerns, MAX_ISSUES, type CountedIssue, type IssueChange, type IssueInput } from "../domain/known-issue.ts";
import { err, ok, type Result } from "../domain/result.ts";

/** `mark` is an HMAC of twin and issue under the root key. */
export const ISSUE_SCHEMA = `
CREATE TABLE known_issue (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  product TEXT,
  status TEXT NOT NULL,
  fixed_in TEXT,
  text TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  me_too INTEGER NOT NULL
) STRICT;
CREATE TABLE me_too (
  issue TEXT NOT NULL,
  mark TEXT NOT NULL,
  PRIMARY KEY (issue, mark)
) STRICT, WITHOUT ROWID;
`;

type Row = {
  id: IssueId;
  version: number;
  title: string;
  product: string | null;
  status: IssueStatus;
  fixed_in: string | null;
  text: string | null;
  created_at: number;
  updated_at: number;
  me_too: number;
};

const issueOf = (row: Row): CountedIssue => ({
  id: row.id,
  version: row.version,
  title: row.title,
  product: row.product,
  status: row.status,
  fixedIn: row.fixed_in,
  text: row.text,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  meToo: row.me_too,
});

export const noSuchIssue: Failure = { code: "not-found", detail: "There is no such known issue." };

export class KnownIssues {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  add(id: IssueId, input: IssueInput, now: number): Result<CountedIssue, Failure> {
    const { n } = this.#sql.exec<{ n: number }>("SELECT count(*) AS n FROM known_issue").one();
    if (n >= MAX_ISSUES) {
      return err({ code: "quota-exceeded", detail: `A company has ${MAX_ISSUES} known issues at most.` });
    }
    this.#sql.exec(
      `INSERT INTO known_issue (id, version, title, product, status, fixed_in, text, created_at, updated_at, me_too)
       VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, 0)`,
      id,
      input.title,
      input.product ?? null,
      input.status,
      input.fixedIn ?? null,
      input.text ?? null,
      now,
      now,
    );
    return ok(this.find(id)!);
  }

  find(id: string): CountedIssue | null {
    const row = [...this.#sql.exec<Row>("SELECT * FROM known_issue WHERE id = ?", id)][0];
    return row ? issueOf(row) : null;
  }

  /** Newest first. */
  all(): CountedIssue[] {
    return [...this.#sql.exec<Row>("SELECT * FROM known_issue ORDER BY seq DESC")].map(issueOf);
  }

  /** Those that concern a product, newest first. */
  concerning(product: string | null): CountedIssue[] {
    return this.all().filter((issue) => concerns(issue, product));
  }

  /** Changes what is said of an issue; `changed` is false when it said so already. Part of the transaction it is called in. */
  change(id: IssueId, change: IssueChange, now: number): Result<{ issue: CountedIssue; changed: boolean }, Failure> {
    const before = this.find(id);
    if (!before) return err(noSuchIssue);
    const { title, status, fixedIn, text } = { ...before, ...change };
    const changed =
      title !== before.title || status !== before.status || fixedIn !== before.fixedIn || text !== before.text;
    if (changed) {
      this.#sql.exec(
        "UPDATE known_issue SET title = ?, status = ?, fixed_in = ?, text = ?, version = version + 1, updated_at = ? WHERE id = ?",
        title,
        status,
        fixedIn ?? null,
        text ?? null,
        now,
        id,
      );
    }
    return ok({ issue: this.find(id)!, changed });
  }

  /** Counts an owner in, once however often they say so. Part of the transaction it is called in. */
  countIn(id: IssueId, mark: string): void {
    const { rowsWritten } = this.#sql.exec("INSERT OR IGNORE INTO me_too (issue, mark) VALUES (?, ?)", id, mark);
    if (rowsWritten > 0) this.#sql.exec("UPDATE known_issue SET me_too = me_too + 1 WHERE id = ?", id);
  }

  countOut(id: IssueId, mark: string): void {
    const { rowsWritten } = this.#sql.exec("DELETE FROM me_too WHERE issue = ? AND mark = ?", id, mark);
    if (rowsWritten > 0) this.#sql.exec("UPDATE known_issue SET me_too = me_too - 1 WHERE id = ?", id);
  }
}
