// A company's office, one a company: what its team shares that belongs to no one thread, and who is at the desk now. Never an owner's words.
// Who asks was judged by the Maker before; the class only receives.

import { DurableObject } from "cloudflare:workers";
import type { AuditEntry, AuditFilter, Deed } from "../domain/audit.ts";
import { invalid, type Failure } from "../domain/failure.ts";
import type { IssueId, NoteId, ReplyId, TwinId } from "../domain/ids.ts";
import { concerns, type CountedIssue, type IssueChange, type IssueInput } from "../domain/known-issue.ts";
import { err, ok, type Result } from "../domain/result.ts";
import type { SavedReply, SavedReplyChange, SavedReplyInput } from "../domain/saved-reply.ts";
import { whyUnedited } from "../domain/unedited.ts";
import { now } from "../platform/clock.ts";
import { answerClose } from "../platform/closing.ts";
import { emptyTables } from "../platform/empty-tables.ts";
import type { Answer, Idem } from "../platform/idempotency.ts";
import { log } from "../platform/log.ts";
import { isMade, migrate } from "../platform/migrate.ts";
import { once } from "../platform/once.ts";
import { newId } from "../platform/random.ts";
import { makerOf } from "../platform/stubs.ts";
import { Audit } from "./audit.ts";
import { KnownIssues } from "./known-issues.ts";
import { Live, type ThreadName, type Visitor } from "./live.ts";
import { SavedReplies } from "./saved-replies.ts";
import { MIGRATIONS } from "./schema.ts";
import { Telling, type DeskPlace } from "./telling.ts";

/** An alarm that runs longer than this, or dies, is followed by another. */
const LEASE_MS = 60_000;
const PLACE = "desk-place";

export class Office extends DurableObject<Env> {
  readonly #storage: DurableObjectStorage;
  readonly #live: Live;
  readonly #audit: Audit;
  readonly #issues: KnownIssues;
  readonly #telling: Telling;
  readonly #replies: SavedReplies;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#storage = ctx.storage;
    if (isMade(ctx.storage)) migrate(ctx.storage, MIGRATIONS);
    const { sql } = ctx.storage;
    this.#live = new Live(ctx, (maker, secrets) => makerOf(env, maker).endedSecrets(secrets));
    this.#audit = new Audit(sql);
    this.#issues = new KnownIssues(sql);
    this.#telling = new Telling(env, ctx.storage, this.#issues);
    this.#replies = new SavedReplies(sql);
  }

  get #isMade(): boolean {
    return isMade(this.#storage);
  }

  /** For a company that was never proven and is founded again, by whomever: nothing of what was here stays. */
  async beginAnew(): Promise<void> {
    this.#live.removeAll();
    if (!this.#isMade) return;
    this.#storage.transactionSync(() => {
      emptyTables(this.#storage.sql, []);
      this.#storage.kv.delete(PLACE);
    });
    await this.#storage.deleteAlarm();
  }

  // At the desk now

  /** A live socket: the Worker has checked that this is an upgrade, and put who asks in a header of its own. */
  override async fetch(request: Request): Promise<Response> {
    return this.#live.accept(JSON.parse(decodeURIComponent(request.headers.get("X-Visitor") ?? "")) as Visitor);
  }

  override webSocketMessage(socket: WebSocket, said: string | ArrayBuffer): void {
    this.#live.hear(socket, said);
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    this.#live.left(socket);
    answerClose(socket, code);
  }

  override webSocketError(socket: WebSocket): void {
    this.#live.left(socket);
  }

  /** Threads changed on the desk; for its shards. */
  async changed(threads: readonly ThreadName[]): Promise<void> {
    await this.#live.tell({ type: "threads.changed", threads });
  }

  /** Something else changed that a page may be showing. */
  async touched(what: "issues" | "notices" | "deliveries"): Promise<void> {
    await this.#live.tell({ type: `${what}.changed` });
  }

  /** A key's secret opens nothing any more: nobody stays here with it. */
  ended(secretHash: string): void {
    this.#live.remove(secretHash);
  }

  // Who did what

  /** Something is about to be done; answers the entry's number. */
  begin(deed: Deed): number {
    migrate(this.#storage, MIGRATIONS);
    return this.#audit.begin(deed, now());
  }

  /** It was done, with this answer; null where nothing was: refused, or a repeat that was only answered again. */
  end(entry: number, status: number | null): void {
    if (!this.#isMade) return;
    if (status === null) this.#audit.drop(entry);
    else this.#audit.end(entry, status);
  }

  auditPage(filter: AuditFilter, before: number | null, limit: number): { items: AuditEntry[]; next: number | null } {
    return this.#isMade ? this.#audit.page(filter, before, limit) : { items: [], next: null };
  }

  // Saved replies

  addReply(input: SavedReplyInput, idem?: Idem): Result<Answer<SavedReply>, Failure> {
    migrate(this.#storage, MIGRATIONS);
    return once(this.#storage, idem, now(), () => this.#replies.add(newId("reply"), input, now()));
  }

  replies(): SavedReply[] {
    return this.#isMade ? this.#replies.all() : [];
  }

  /** Whether an answer that began as this saved reply is one of its own by now. */
  edited(id: string, text: string): Result<null, Failure> {
    const saved = this.#isMade ? this.#replies.find(id) : null;
    if (saved === null) return err(invalid("savedReply", "is not a saved reply of this company"));
    const why = whyUnedited(saved.text, text);
    return why === null ? ok(null) : err(invalid("text", why));
  }

  changeReply(id: ReplyId, change: SavedReplyChange): Result<SavedReply, Failure> {
    migrate(this.#storage, MIGRATIONS);
    return this.#replies.change(id, change, now());
  }

  removeReply(id: ReplyId): Result<null, Failure> {
    migrate(this.#storage, MIGRATIONS);
    return this.#replies.remove(id);
  }

  // Known issues

  async addIssue(place: DeskPlace, input: IssueInput, idem?: Idem): Promise<Result<Answer<CountedIssue>, Failure>> {
    migrate(this.#storage, MIGRATIONS);
    const added = once(this.#storage, idem, now(), () => {
      this.#storage.kv.put(PLACE, place);
      return this.#issues.add(newId("issue"), input, now());
    });
    if (added.ok && !added.value.replayed) await this.touched("issues");
    return added;
  }

  issues(): CountedIssue[] {
    return this.#isMade ? this.#issues.all() : [];
  }

  issue(id: string): CountedIssue | null {
    return this.#isMade ? this.#issues.find(id) : null;
  }

  /** Changes what is said of an issue; every owner of a linked thread is told, in the background. */
  async changeIssue(id: IssueId, change: IssueChange): Promise<Result<CountedIssue, Failure>> {
    migrate(this.#storage, MIGRATIONS);
    const done = this.#storage.transactionSync(() => {
      const changed = this.#issues.change(id, change, now());
      if (changed.ok && changed.value.changed) {
        this.#telling.changed(changed.value.issue);
        this.#wake();
      }
      return changed;
    });
    if (!done.ok) return done;
    if (done.value.changed) await this.touched("issues");
    return ok(done.value.issue);
  }

  /** A thread is the issue's now: its owner is told how it stands. */
  linked(issue: IssueId, twin: TwinId, note: NoteId): void {
    this.#tell(issue, twin, note, true);
  }

  /** A thread is the issue's no more. */
  unlinked(issue: IssueId, twin: TwinId, note: NoteId): void {
    this.#tell(issue, twin, note, false);
  }

  #tell(issue: IssueId, twin: TwinId, note: NoteId, linked: boolean): void {
    if (!this.#isMade || this.#issues.find(issue) === null) return;
    this.#storage.transactionSync(() => {
      this.#telling.single(issue, twin, note, linked, now());
      this.#wake();
    });
  }

  // For owners

  /** The issues that concern a product. */
  issuesOf(product: string | null): CountedIssue[] {
    return this.#isMade ? this.#issues.concerning(product) : [];
  }

  /** Counts an owner in, if the issue concerns their product; the issue as it stands then, or null. */
  countIn(issue: IssueId, product: string | null, mark: string): CountedIssue | null {
    const found = this.issue(issue);
    if (found === null || !concerns(found, product)) return null;
    this.#storage.transactionSync(() => this.#issues.countIn(issue, mark));
    return this.issue(issue);
  }

  countOut(issue: IssueId, mark: string): void {
    if (this.#isMade) this.#storage.transactionSync(() => this.#issues.countOut(issue, mark));
  }

  // By itself

  override async alarm(): Promise<void> {
    const place = this.#storage.kv.get<DeskPlace>(PLACE);
    if (!this.#isMade || !place) return;
    // Lease first: should anything below be cut off, the work goes on then.
    await this.#storage.setAlarm(now() + LEASE_MS);
    try {
      await this.#telling.run(place, now());
    } catch (fault) {
      log("office-telling-fault", { fault: fault instanceof Error ? fault.name : "unknown" });
      return;
    }
    const next = this.#telling.nextDueAt();
    await (next === null ? this.#storage.deleteAlarm() : this.#storage.setAlarm(Math.max(next, now() + 1)));
  }

  /** Has the alarm ring now. Part of the transaction it is called in. */
  #wake(): void {
    void this.#storage.setAlarm(now() + 1);
  }
}
