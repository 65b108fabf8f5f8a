// A desk shard's threads: one row each, its words beside it. What is derived, and nothing of the desk's own but the copies it is found by.

import type { Assignee, DeskThread, ProjectedThread } from "../domain/desk.ts";
import type { Outcome } from "../domain/exchange.ts";
import type { AgreementId, IssueId, KeyId, NoteId, TwinId } from "../domain/ids.ts";
import type { Kind, Wants } from "../domain/note.ts";
import type { RosterCode } from "../domain/terms/roster.ts";
import type { ThreadState, Verdict } from "../domain/thread.ts";
import { labelsOf } from "./labels.ts";
import { putWords } from "./marks.ts";

const RANKS_A_MS = 1_024;

export type ThreadRow = {
  rank: number;
  note: NoteId;
  twin: TwinId;
  epoch: number;
  product: string;
  model: string | null;
  gtin: string | null;
  kind: Kind;
  wants: Wants;
  sealed: string;
  state: ThreadState;
  outcome: Outcome | null;
  verdict: Verdict | null;
  sent_at: number;
  updated_at: number;
  first_reply_at: number | null;
  last_from: "owner" | "maker";
  agreement: AgreementId;
  terms: RosterCode;
  counted: number;
  assignee: KeyId | null;
  issue: IssueId | null;
};

export const threadRow = (sql: SqlStorage, note: string): ThreadRow | null =>
  [...sql.exec<ThreadRow>("SELECT * FROM thread WHERE note = ?", note)][0] ?? null;

export const threadsOf = (sql: SqlStorage, twin: TwinId, beforeEpoch: number): ThreadRow[] => [
  ...sql.exec<ThreadRow>("SELECT * FROM thread WHERE twin = ? AND epoch < ?", twin, beforeEpoch),
];

/** A thread as the counts need it. */
export const countable = (
  row: ThreadRow,
): Pick<ProjectedThread, "product" | "kind" | "counted" | "sentAt" | "firstReplyAt" | "verdict"> => ({
  product: { name: row.product, model: row.model, gtin: row.gtin },
  kind: row.kind,
  counted: row.counted === 1,
  sentAt: row.sent_at,
  firstReplyAt: row.first_reply_at,
  verdict: row.verdict,
});

export const deskThread = (sql: SqlStorage, row: ThreadRow): DeskThread => ({
  rank: row.rank,
  note: row.note,
  twin: row.twin,
  product: { name: row.product, model: row.model, gtin: row.gtin },
  kind: row.kind,
  wants: row.wants,
  sealed: row.sealed,
  state: row.state,
  outcome: row.outcome,
  verdict: row.verdict,
  sentAt: row.sent_at,
  updatedAt: row.updated_at,
  firstReplyAt: row.first_reply_at,
  lastFrom: row.last_from,
  agreement: { id: row.agreement, terms: row.terms },
  assignee: row.assignee === null ? null : assigneeOf(sql, row.note),
  labels: labelsOf(sql, row.note),
  issue: row.issue,
});

const assigneeOf = (sql: SqlStorage, note: NoteId): Assignee | null => {
  const { id, label } = sql
    .exec<{ id: KeyId | null; label: string | null }>(
      "SELECT assignee AS id, assignee_label AS label FROM handling WHERE note = ?",
      note,
    )
    .one();
  return id === null ? null : { id, label: label ?? "" };
};

/** The first free place at a time, ms. */
function freeRank(sql: SqlStorage, at: number): number {
  for (let base = at * RANKS_A_MS; ; base += RANKS_A_MS) {
    const { last } = sql
      .exec<{ last: number | null }>(
        "SELECT max(rank) AS last FROM thread WHERE rank >= ? AND rank < ?",
        base,
        base + RANKS_A_MS,
      )
      .one();
    if (last === null) return base;
    if (last + 1 < base + RANKS_A_MS) return last + 1;
  }
}

export function putThread(
  sql: SqlStorage,
  before: ThreadRow | null,
  thread: ProjectedThread,
  place: {
    readonly twin: TwinId;
    readonly epoch: number;
    readonly assignee: KeyId | null;
    readonly issue: IssueId | null;
  },
): void {
  const rank = before?.updated_at === thread.updatedAt ? before.rank : freeRank(sql, thread.updatedAt);
  if (before) removeThread(sql, before);
  sql.exec(
    `INSERT INTO thread (rank, note, twin, epoch, product, model, gtin, kind, wants, sealed, state, outcome, verdict, sent_at,
       updated_at, first_reply_at, last_from, agreement, terms, counted, assignee, issue)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    rank,
    thread.note,
    place.twin,
    place.epoch,
    thread.product.name,
    thread.product.model,
    thread.product.gtin,
    thread.kind,
    thread.wants,
    thread.sealed,
    thread.state,
    thread.outcome,
    thread.verdict,
    thread.sentAt,
    thread.updatedAt,
    thread.firstReplyAt,
    thread.lastFrom,
    thread.agreement.id,
    thread.agreement.terms,
    thread.counted ? 1 : 0,
    place.assignee,
    place.issue,
  );
  putWords(sql, rank, thread.words);
}

export function removeThread(sql: SqlStorage, { rank }: ThreadRow): void {
  sql.exec("DELETE FROM words WHERE rowid = ?", rank);
  sql.exec("DELETE FROM thread WHERE rank = ?", rank);
}
