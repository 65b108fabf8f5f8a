// Tells each company's desk how its threads stand, after this tenure's own events: one telling under way a company, told again until the desk
// answered. Never holds up the relay, and what no agreement permits never leaves.

import type { ProjectedThread, Projection } from "../domain/desk.ts";
import type { Domain, NoteId, TwinId } from "../domain/ids.ts";
import { coverOf } from "../platform/desk-cover.ts";
import { now as clock } from "../platform/clock.ts";
import { log } from "../platform/log.ts";
import { within } from "../platform/within.ts";
import { Allowance } from "../relay/allowance.ts";
import { LEASE_MS } from "../relay/courier.ts";
import { companyDesk } from "./company-desk.ts";
import {
  beginAnew,
  deskLine,
  deskLines,
  eventsConcerning,
  forgetAcked,
  makersWithoutLine,
  notesToTell,
  settleTurn,
  skipTo,
  takeTurn,
  tellLater,
  type DeskLine,
} from "./desk-lines.ts";
import { toldDeliveries } from "./delivery-news.ts";
import { lastEvent } from "./events.ts";
import { identity, type Ground } from "./ground.ts";
import { bareThread, standingOf, type BareThread } from "./projected.ts";

/** A desk hears of so many changes one by one, and then each second of all that came meanwhile. */
const TELLINGS_AT_ONCE = 10;
const TELLINGS_A_SECOND = 1;
const THREADS_AT_ONCE = 50;
const EVENTS_AT_ONCE = 500;
/** So many events that concern nobody are looked at again after a restart, before that is written down. */
const UNWRITTEN = 1_000;
const AGAIN_MS = 1_000;
const AGAIN_MAX_MS = 600_000;
/** Whoever ends or takes back something waits so long for the desk to have it; the alarm does the rest. */
const HURRY_MS = 2_000;

/** What is told next: threads by their notes, and where the line stands once they are. */
type Step = {
  readonly line: DeskLine;
  readonly notes: readonly NoteId[];
  readonly cursor: number;
  readonly walk: number | null;
  readonly last: boolean;
};

/** A desk that was never told anything need not hear that there is nothing. */
const isNothing = ({ line, notes }: Step): boolean => line.turn === 0 && notes.length === 0;

type Telling = { readonly projection: Omit<Projection, "threads">; readonly threads: readonly BareThread[] };

export class Projector {
  readonly #ground: Ground;
  readonly #sql: SqlStorage;
  readonly #underWay = new Map<Domain, Promise<void>>();
  readonly #allowances = new Map<Domain, Allowance>();
  /** Up to where nothing concerns a company's desk, beyond what is written down. */
  readonly #looked = new Map<Domain, number>();
  #stopped = false;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#sql = ground.sql;
  }

  /**
   * Tells what is due, and settles once nothing of it is under way. Never throws; may be called while another run lasts.
   * @param atOnce also what was put off because a desk could not be reached
   */
  async run(atOnce = false): Promise<void> {
    if (this.#stopped) return;
    for (const maker of makersWithoutLine(this.#sql)) beginAnew(this.#sql, maker, lastEvent(this.#sql));
    const now = clock();
    for (const line of deskLines(this.#sql)) {
      if (this.#underWay.has(line.maker) || (!atOnce && this.#dueAt(line, now) > now) || !this.#hasNews(line)) continue;
      const allowance = this.#allowanceOf(line.maker);
      if (allowance.nextAt(now) <= now) allowance.take(now);
      this.#begin(line.maker);
    }
    await Promise.all(this.#underWay.values());
  }

  /** The same for one who waits for it, but not long: what is to be gone from a desk is tried before they are answered. */
  async hurry(): Promise<void> {
    await within(
      HURRY_MS,
      this.run(true).then(() => this.run(true)),
    );
  }

  /** Tells a company everything anew. */
  async anew(maker: Domain): Promise<void> {
    beginAnew(this.#sql, maker, lastEvent(this.#sql));
    this.#ground.wakeAt(clock());
    await this.hurry();
  }

  /** When to run next (ms; in the past: now), null when the desks know everything. */
  nextDueAt(): number | null {
    if (this.#stopped) return null;
    const times = deskLines(this.#sql).flatMap((line) => {
      if (this.#underWay.has(line.maker)) return [clock() + LEASE_MS];
      return this.#hasNews(line) ? [this.#dueAt(line, clock())] : [];
    });
    if (makersWithoutLine(this.#sql).length > 0) times.push(0);
    return times.length === 0 ? null : Math.min(...times);
  }

  /** Takes a twin that is about to be no more from every desk. Nothing is told from here on. @throws when a desk can't be reached */
  async leave(): Promise<void> {
    this.#stopped = true;
    const { twin } = identity(this.#ground);
    await Promise.all(this.#underWay.values());
    const makers = new Set([...deskLines(this.#sql).map(({ maker }) => maker), ...toldDeliveries(this.#sql)]);
    for (const maker of makers) {
      await (await companyDesk(this.#ground.env, maker, twin))?.leave(maker, twin);
    }
  }

  #dueAt({ maker, againAt }: DeskLine, now: number): number {
    return Math.max(againAt, this.#allowanceOf(maker).nextAt(now));
  }

  #allowanceOf(maker: Domain): Allowance {
    const allowance = this.#allowances.get(maker) ?? new Allowance(TELLINGS_AT_ONCE, TELLINGS_A_SECOND);
    this.#allowances.set(maker, allowance);
    return allowance;
  }

  #hasNews(line: DeskLine): boolean {
    return line.walk !== null || this.#concerning(line, 1).length > 0;
  }

  #concerning(line: DeskLine, limit: number): { seq: number; note: NoteId | null }[] {
    const { maker, cursor } = line;
    const last = lastEvent(this.#sql);
    const from = Math.max(cursor, this.#looked.get(maker) ?? 0);
    if (from >= last) return [];
    const events = eventsConcerning(this.#sql, maker, from, limit);
    if (events.length === 0) {
      this.#looked.set(maker, last);
      if (last - cursor > UNWRITTEN) skipTo(this.#sql, line, last);
    }
    return events;
  }

  #begin(maker: Domain): void {
    this.#underWay.set(
      maker,
      this.#tell(maker).finally(() => this.#underWay.delete(maker)),
    );
  }

  async #tell(maker: Domain): Promise<void> {
    const { twin } = identity(this.#ground);
    try {
      for (let step = this.#next(maker); step !== null && !this.#stopped; step = this.#next(maker)) {
        if (isNothing(step)) {
          settleTurn(this.#sql, step.line, { ...step, turn: 0 });
          continue;
        }
        const telling = this.#render(step, twin);
        const desk = await companyDesk(this.#ground.env, maker, twin);
        if (desk === null) throw new Error("this company has no desk");
        const threads = await this.#cover(maker, telling.threads);
        // Ended or taken back while its words were being covered: it is looked at again.
        const standing = standingOf(this.#ground, maker);
        if (threads.some(({ note }) => bareThread(this.#ground, maker, note, standing) === null)) continue;
        const { behind } = await desk.project(maker, { ...telling.projection, threads });
        if (this.#stopped) return;
        this.#settle(step, telling.projection.turn, behind);
      }
    } catch (fault) {
      if (this.#stopped) return;
      log("projection-fault", { fault: fault instanceof Error ? fault.name : "unknown" });
      const failures = deskLine(this.#sql, maker)?.failures ?? 0;
      const at = clock() + Math.min(AGAIN_MS * 2 ** failures, AGAIN_MAX_MS);
      tellLater(this.#sql, maker, at);
      this.#ground.wakeAt(at);
    }
  }

  #next(maker: Domain): Step | null {
    const line = deskLine(this.#sql, maker);
    if (line === null) return null;
    if (line.walk !== null) return this.#walk(line, line.walk);
    const events = this.#concerning(line, EVENTS_AT_ONCE);
    if (events.length === 0) return null;
    if (events.some(({ note }) => note === null)) {
      beginAnew(this.#sql, maker, lastEvent(this.#sql));
      return this.#next(maker);
    }
    const notes = new Set<NoteId>();
    let cursor = line.cursor;
    for (const { seq, note } of events) {
      if (notes.size === THREADS_AT_ONCE && !notes.has(note!)) break;
      notes.add(note!);
      cursor = seq;
    }
    return { line, notes: [...notes], cursor, walk: null, last: false };
  }

  /** A page of all threads; none where no agreement lets the company read any. */
  #walk(line: DeskLine, walk: number): Step {
    const { maker, cursor } = line;
    const page =
      standingOf(this.#ground, maker) === null ? [] : notesToTell(this.#sql, maker, walk, THREADS_AT_ONCE + 1);
    const shown = page.slice(0, THREADS_AT_ONCE);
    const last = page.length <= THREADS_AT_ONCE;
    return { line, notes: shown.map(({ id }) => id), cursor, walk: last ? null : shown.at(-1)!.seq, last };
  }

  #render({ line, notes, last }: Step, twin: TwinId): Telling {
    const { maker, epoch, acked: after } = line;
    const standing = standingOf(this.#ground, maker);
    const threads: BareThread[] = [];
    const gone: NoteId[] = [];
    for (const note of notes) {
      const thread = bareThread(this.#ground, maker, note, standing);
      if (thread) threads.push(thread);
      else gone.push(note);
    }
    return { threads, projection: { twin, epoch, turn: takeTurn(this.#sql, maker), after, last, gone } };
  }

  async #cover(maker: Domain, threads: readonly BareThread[]): Promise<ProjectedThread[]> {
    const cover = await coverOf(this.#ground.env, maker);
    return Promise.all(
      threads.map(async ({ headline, searched, ...thread }) => ({
        ...thread,
        sealed: await cover.seal(thread.note, headline),
        words: cover.words(searched),
      })),
    );
  }

  #settle({ line, cursor, walk }: Step, turn: number, behind: boolean): void {
    const { maker } = line;
    this.#ground.storage.transactionSync(() => {
      if (behind) {
        forgetAcked(this.#sql, maker);
        beginAnew(this.#sql, maker, lastEvent(this.#sql));
      } else {
        settleTurn(this.#sql, line, { turn, cursor, walk });
      }
    });
  }
}
