// Tells the owners of linked threads how a known issue stands: a walk over the desk's shards for each change, and single threads as they are linked
// or unlinked. A crash repeats and loses nothing: the tenure takes the same version once. Whether an owner may be told, their tenure judges.

import type { Domain, IssueId, NoteId, TwinId } from "../domain/ids.ts";
import type { PublishedIssue } from "../domain/known-issue.ts";
import { log } from "../platform/log.ts";
import { deskAt, tenureOf } from "../platform/stubs.ts";
import { within } from "../platform/within.ts";
import type { KnownIssues } from "./known-issues.ts";

const PAGE = 100;
const AT_ONCE = 10;
/** A twin that has not answered by then is tried again. */
const PATIENCE_MS = 20_000;
const RETRY_FIRST_MS = 2_000;
const RETRY_LAST_MS = 3_600_000;

/** `turn` grows with every change of what is to be told, so that what was done meanwhile is not taken for it. */
export const TELLING_SCHEMA = `
CREATE TABLE issue_walk (
  issue TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  shard INTEGER NOT NULL,
  after TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE issue_telling (
  note TEXT NOT NULL,
  issue TEXT NOT NULL,
  twin TEXT NOT NULL,
  linked INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (note, issue)
) STRICT, WITHOUT ROWID;
CREATE INDEX issue_telling_at ON issue_telling (at);
`;

type Walk = { issue: IssueId; version: number; shard: number; after: NoteId | null };
type Due = {
  note: NoteId;
  issue: IssueId;
  twin: TwinId;
  linked: number;
  turn: number;
  tries: number;
};
/** Whose desk is walked, and over how many objects it is spread. */
export type DeskPlace = { readonly maker: Domain; readonly shards: number };

const retryAfterMs = (tries: number): number => Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** Math.min(tries, 20));

export class Telling {
  readonly #env: Env;
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  readonly #issues: KnownIssues;

  constructor(env: Env, storage: DurableObjectStorage, issues: KnownIssues) {
    this.#env = env;
    this.#storage = storage;
    this.#sql = storage.sql;
    this.#issues = issues;
  }

  /** Every linked thread is to be told of this version. Part of the transaction it is called in. */
  changed({ id, version }: PublishedIssue): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO issue_walk (issue, version, shard, after) VALUES (?, ?, 0, NULL)",
      id,
      version,
    );
  }

  /** One thread is to be told: that the issue is its, or is not any more. */
  single(issue: IssueId, twin: TwinId, note: NoteId, linked: boolean, at: number): void {
    this.#sql.exec(
      `INSERT INTO issue_telling (note, issue, twin, linked, turn, tries, at) VALUES (?, ?, ?, ?, 1, 0, ?)
       ON CONFLICT DO UPDATE SET linked = excluded.linked, turn = turn + 1, tries = 0, at = excluded.at`,
      note,
      issue,
      twin,
      linked ? 1 : 0,
      at,
    );
  }

  /** A thread that a walk could not reach is tried by itself, unless something newer is to be told of it. */
  #again(issue: IssueId, twin: TwinId, note: NoteId, at: number): void {
    this.#sql.exec(
      "INSERT OR IGNORE INTO issue_telling (note, issue, twin, linked, turn, tries, at) VALUES (?, ?, ?, 1, 1, 0, ?)",
      note,
      issue,
      twin,
      at,
    );
  }

  /** When there is something to tell next (ms), or null. */
  nextDueAt(): number | null {
    return this.#sql
      .exec<{ at: number | null }>(
        "SELECT min(at) AS at FROM (SELECT min(at) AS at FROM issue_telling UNION ALL SELECT 0 FROM issue_walk)",
      )
      .one().at;
  }

  /** Does a bounded piece of what is due. */
  async run({ maker, shards }: DeskPlace, now: number): Promise<void> {
    const due = [
      ...this.#sql.exec<Due>(
        "SELECT note, issue, twin, linked, turn, tries FROM issue_telling WHERE at <= ? ORDER BY at LIMIT ?",
        now,
        PAGE,
      ),
    ];
    await inTurns(due, (one) => this.#tellOne(maker, one, now));
    for (const walk of this.#sql.exec<Walk>("SELECT * FROM issue_walk").toArray())
      await this.#step(maker, shards, walk, now);
  }

  async #tellOne(maker: Domain, one: Due, now: number): Promise<void> {
    const { note, issue, turn, tries } = one;
    const told = await this.#try(maker, { ...one, linked: one.linked === 1 });
    if (told) {
      this.#sql.exec("DELETE FROM issue_telling WHERE note = ? AND issue = ? AND turn = ?", note, issue, turn);
      return;
    }
    this.#sql.exec(
      "UPDATE issue_telling SET tries = tries + 1, at = ? WHERE note = ? AND issue = ? AND turn = ?",
      now + retryAfterMs(tries),
      note,
      issue,
      turn,
    );
    log("issue-telling-unreached", { tries: tries + 1 });
  }

  /** One page of one shard; what could not be reached of it is tried again by itself. */
  async #step(maker: Domain, shards: number, { issue, version, shard, after }: Walk, now: number): Promise<void> {
    const page = await deskAt(this.#env, maker, shard).linkedTo(issue, after, PAGE);
    const missed: { twin: TwinId; note: NoteId }[] = [];
    await inTurns(page, async ({ twin, note }) => {
      if (!(await this.#try(maker, { note, issue, twin, linked: true }))) missed.push({ twin, note });
    });
    this.#storage.transactionSync(() => {
      for (const { twin, note } of missed) this.#again(issue, twin, note, now + RETRY_FIRST_MS);
      const isShardDone = page.length < PAGE;
      if (isShardDone && shard + 1 >= shards) {
        this.#sql.exec("DELETE FROM issue_walk WHERE issue = ? AND version = ?", issue, version);
        return;
      }
      this.#sql.exec(
        "UPDATE issue_walk SET shard = ?, after = ? WHERE issue = ? AND version = ?",
        isShardDone ? shard + 1 : shard,
        isShardDone ? null : page.at(-1)!.note,
        issue,
        version,
      );
    });
  }

  /** Whether there is no more to do: the tenure knows it, or will not. */
  async #try(
    maker: Domain,
    { note, issue, twin, linked }: { note: NoteId; issue: IssueId; twin: TwinId; linked: boolean },
  ): Promise<boolean> {
    const present = linked ? this.#issues.find(issue) : null;
    if (linked && present === null) return true;
    const tenure = tenureOf(this.#env, twin);
    const telling =
      present === null ? tenure.issueUnlinked(maker, note, issue) : tenure.issueChanged(maker, note, present);
    return within(PATIENCE_MS, telling);
  }
}

/** Each of them, so many at once. */
async function inTurns<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += AT_ONCE) await Promise.all(all.slice(at, at + AT_ONCE).map(act));
}
