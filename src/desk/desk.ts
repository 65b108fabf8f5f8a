// One shard of a company's desk: the threads of some of its owners' twins, as their agreements let it see them, and what the desk itself keeps of them.
// Who asks was judged by the Maker before; the class only receives.

import { DurableObject } from "cloudflare:workers";
import type { Reading } from "../domain/insights.ts";
import type { DeliveryFilter, DeliveryNews, DeliveryPlace, NamedDelivery } from "../domain/delivery.ts";
import type {
  Assignee,
  DeskThread,
  Handling,
  InternalNote,
  Projection,
  ThreadFilter,
  WaitingPlace,
} from "../domain/desk.ts";
import type { Failure } from "../domain/failure.ts";
import type { Domain, EndpointId, EventId, IssueId, NoteId, TwinId } from "../domain/ids.ts";
import type { Result } from "../domain/result.ts";
import { now } from "../platform/clock.ts";
import type { Answer, Idem } from "../platform/idempotency.ts";
import { isMade, migrate } from "../platform/migrate.ts";
import { officeOf } from "../platform/stubs.ts";
import { countedByIssue, EMPTY_SHARD, readCounts, weekCells, weekStamps } from "./cells.ts";
import {
  listDeliveries,
  named,
  replayableEvent,
  replayableRange,
  takeDeliveries,
  type Replayable,
} from "./deliveries.ts";
import { Chores } from "./chores.ts";
import { Nudge } from "./nudge.ts";
import { threadsUpTo, waitingAfter } from "./filtering.ts";
import { linkedTo } from "./handling.ts";
import { labelsInUse } from "./marks.ts";
import { News } from "./news.ts";
import { leave, project } from "./projecting.ts";
import { MIGRATIONS } from "./schema.ts";
import { handleAll, readThread, remark, whyNotAll, type Handled, type ThreadName } from "./working.ts";

export class Desk extends DurableObject<Env> {
  readonly #news: News;
  readonly #chores: Chores;
  #deliveriesChanged: Nudge | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (isMade(ctx.storage)) migrate(ctx.storage, MIGRATIONS);
    this.#news = new News(ctx, env);
    this.#chores = new Chores(env, ctx.storage);
  }

  // Threads

  /** A tenure tells how its threads stand. `behind`: something it told before is not here, and it must tell all of it anew. */
  project(maker: Domain, projection: Projection): { behind: boolean } {
    migrate(this.ctx.storage, MIGRATIONS);
    const { behind, changed, relinked } = project(this.ctx.storage, maker, projection, now());
    this.#news.tell(maker, projection.twin, changed);
    if (relinked) this.ctx.waitUntil(this.#chores.tellOffice());
    return { behind };
  }

  /** A twin is no more, or another owner's: nothing of it stays. The same twice changes nothing. */
  leave(maker: Domain, twin: TwinId): void {
    migrate(this.ctx.storage, MIGRATIONS);
    this.#news.tell(maker, twin, leave(this.ctx.storage, twin, now()));
  }

  /** Threads whose place is `upTo` or lower, newest change first. */
  threads(filter: ThreadFilter, upTo: number, limit: number): DeskThread[] {
    return isMade(this.ctx.storage) ? threadsUpTo(this.ctx.storage.sql, filter, upTo, limit) : [];
  }

  /** Open threads after a place, what has waited longest first. */
  waiting(filter: ThreadFilter, after: WaitingPlace, limit: number): DeskThread[] {
    return isMade(this.ctx.storage) ? waitingAfter(this.ctx.storage.sql, filter, after, limit) : [];
  }

  /** A thread in sight with what the team told itself about it. */
  thread(name: ThreadName): { thread: DeskThread; internalNotes: InternalNote[] } | null {
    return isMade(this.ctx.storage) ? readThread(this.ctx.storage.sql, name) : null;
  }

  /** Why `handle` would refuse this change; null where it would not. For a change that several shards take or none. */
  whyNot(names: readonly ThreadName[], change: Handling): Failure | null {
    return isMade(this.ctx.storage) ? whyNotAll(this.ctx.storage.sql, names, change) : null;
  }

  /** Changes threads in sight, all or, when a change is refused, none; those that are not in sight are left out of the answer. */
  async handle(maker: Domain, names: readonly ThreadName[], change: Handling): Promise<Result<Handled[], Failure>> {
    migrate(this.ctx.storage, MIGRATIONS);
    const handled = handleAll(this.ctx.storage, maker, names, change, now());
    if (!handled.ok) return handled;
    for (const { thread } of handled.value) this.#news.tell(maker, thread.twin, [thread.note]);
    if (change.knownIssue !== undefined) await this.#chores.tellOffice();
    return handled;
  }

  /** Keeps what somebody of the team says to the others about a thread in sight. */
  remark(
    maker: Domain,
    name: ThreadName,
    author: Assignee,
    text: string,
    idem: Idem | undefined,
  ): Result<Answer<InternalNote>, Failure> {
    migrate(this.ctx.storage, MIGRATIONS);
    const remarked = remark(this.ctx.storage, name, author, text, idem, now());
    if (remarked.ok) this.#news.tell(maker, name.twin, [name.note]);
    return remarked;
  }

  labels(): string[] {
    return isMade(this.ctx.storage) ? labelsInUse(this.ctx.storage.sql) : [];
  }

  /** Threads in sight that belong to an issue, by their notes, those after `after`; whether each may be counted. */
  linkedTo(issue: IssueId, after: NoteId | null, limit: number): { twin: TwinId; note: NoteId; counted: boolean }[] {
    return isMade(this.ctx.storage) ? linkedTo(this.ctx.storage.sql, issue, after, limit) : [];
  }

  // Counts

  /** What this shard counts, as the JSON of `ShardCounts`, for the Worker to add up: never to be shown by itself. */
  counts(reading: Reading): string {
    return isMade(this.ctx.storage) ? readCounts(this.ctx.storage.sql, reading) : EMPTY_SHARD;
  }

  /** The totals, and a stamp of each week from `from` on and before `to` (ms), that is another once the week counts otherwise. */
  weekStamps(from: number, to: number): ReturnType<typeof weekStamps> {
    return isMade(this.ctx.storage)
      ? weekStamps(this.ctx.storage.sql, from, to)
      : { counted: 0, excluded: 0, stamps: [] };
  }

  /** What these weeks count, with their stamps, as JSON: like `counts`. */
  weekCells(weeks: readonly number[]): string {
    return isMade(this.ctx.storage) ? weekCells(this.ctx.storage.sql, weeks) : "[]";
  }

  countedByIssue(): { issue: IssueId; n: number }[] {
    return isMade(this.ctx.storage) ? countedByIssue(this.ctx.storage.sql) : [];
  }

  // Deliveries

  /** For a tenure: how its events fare on their way. */
  async delivered(news: DeliveryNews): Promise<void> {
    migrate(this.ctx.storage, MIGRATIONS);
    const isNew = this.ctx.storage.transactionSync(() => takeDeliveries(this.ctx.storage.sql, news));
    if (!isNew) return;
    await this.#chores.remember();
    this.#deliveriesChanged ??= new Nudge(() => officeOf(this.env, news.maker).touched("deliveries"));
    this.ctx.waitUntil(this.#deliveriesChanged.give());
  }

  deliveries(filter: DeliveryFilter, after: DeliveryPlace | null, limit: number): NamedDelivery[] {
    if (!isMade(this.ctx.storage)) return [];
    const { sql } = this.ctx.storage;
    return named(sql, listDeliveries(sql, filter, after, limit));
  }

  replayableEvent(endpoint: EndpointId, event: EventId): Replayable {
    return isMade(this.ctx.storage) ? replayableEvent(this.ctx.storage.sql, endpoint, event) : { keys: [], gone: [] };
  }

  replayableRange(endpoint: EndpointId, range: { from: number; to: number }, limit: number): Replayable {
    return isMade(this.ctx.storage)
      ? replayableRange(this.ctx.storage.sql, endpoint, range, limit)
      : { keys: [], gone: [] };
  }

  // By itself

  override async alarm(): Promise<void> {
    if (isMade(this.ctx.storage)) await this.#chores.run();
  }
}
