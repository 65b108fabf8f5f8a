// Tells the company's desk how each event fares on its way: every step of the courier marks its event in the same transaction, and the whole
// of what is marked is told again until the desk has it. Never holds up the courier, and never tells a word that is not sealed.

import type { DeliveryNews, ToldAttempt, ToldDelivery } from "../domain/delivery.ts";
import type { Domain, NoteId, TwinId } from "../domain/ids.ts";
import { coverOf } from "../platform/desk-cover.ts";
import { log } from "../platform/log.ts";
import { companyDesk } from "./company-desk.ts";
import { Allowance } from "../relay/allowance.ts";
import { Lines } from "../relay/line.ts";
import { deliveriesAt, lostBefore } from "../relay/told.ts";

/** `step` counts the steps that are not told yet. What went out before there was a desk is told once. */
export const DELIVERY_NEWS_SCHEMA = `
CREATE TABLE delivery_news (
  maker TEXT NOT NULL,
  seq INTEGER NOT NULL,
  step INTEGER NOT NULL,
  PRIMARY KEY (maker, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE delivery_telling (
  maker TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  again_at INTEGER,
  failures INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO delivery_news (maker, seq, step) SELECT source, seq, 1 FROM outgoing;
`;

/** A desk hears of so many steps one by one, and then each second of all that were made meanwhile. */
const TELLINGS_AT_ONCE = 10;
const TELLINGS_A_SECOND = 1;
const SEQS_AT_ONCE = 20;
const LEASE_MS = 30_000;
const AGAIN_MS = 5_000;
const AGAIN_MAX_MS = 600_000;

type Marked = { readonly seq: number; readonly step: number };

/** Within the transaction of the step. Where no endpoint ever listened there is nothing to tell. */
export function markDelivery(sql: SqlStorage, maker: Domain, seq: number): void {
  sql.exec(
    `INSERT INTO delivery_news (maker, seq, step) SELECT ?1, ?2, 1 WHERE EXISTS (SELECT 1 FROM line WHERE source = ?1)
     ON CONFLICT DO UPDATE SET step = step + 1`,
    maker,
    seq,
  );
}

/** For a desk that is made anew: everything is told once more. */
export function markAllDeliveries(sql: SqlStorage, maker: Domain): void {
  sql.exec(
    "INSERT INTO delivery_news (maker, seq, step) SELECT source, seq, 1 FROM outgoing WHERE source = ? ON CONFLICT DO UPDATE SET step = step + 1",
    maker,
  );
}

/**
 * What a company's endpoints answered may repeat words that are its to read no longer: of all events, or of those about one note.
 * Within the transaction in which they ceased to be; its desk forgets them with the next news.
 */
export function forgetAnswers(sql: SqlStorage, maker: Domain, note: NoteId | null): void {
  for (const seq of new Lines(sql).forgetAnswers(maker, note)) markDelivery(sql, maker, seq);
}

/** @returns false for a company that is not here */
export async function tellDesk(env: Env, news: DeliveryNews): Promise<boolean> {
  const desk = await companyDesk(env, news.maker, news.twin);
  await desk?.delivered({ ...news, deliveries: await sealed(env, news) });
  return desk !== null;
}

/** With what was answered as a desk keeps it. */
async function sealed(env: Env, { maker, deliveries }: DeliveryNews): Promise<ToldDelivery[]> {
  const cover = await coverOf(env, maker);
  const attemptsOf = ({ event, attempts }: ToldDelivery): Promise<ToldAttempt[]> =>
    Promise.all(
      attempts.map(async (attempt) => ({
        ...attempt,
        head: attempt.head === null ? null : await cover.sealAnswer(event, attempt.head),
      })),
    );
  return Promise.all(deliveries.map(async (delivery) => ({ ...delivery, attempts: await attemptsOf(delivery) })));
}

/** Companies whose desk was told anything of deliveries. */
export const toldDeliveries = (sql: SqlStorage): Domain[] =>
  [...sql.exec<{ maker: Domain }>("SELECT maker FROM delivery_telling")].map(({ maker }) => maker);

export type TellerDeps = {
  readonly storage: DurableObjectStorage;
  readonly twin: () => TwinId;
  /** Tells the desk of this maker; false when it has none. */
  readonly tell: (news: DeliveryNews) => Promise<boolean>;
  readonly now: () => number;
};

export class DeliveryTeller {
  readonly #deps: TellerDeps;
  readonly #sql: SqlStorage;
  #run: Promise<void> | null = null;
  readonly #allowance = new Allowance(TELLINGS_AT_ONCE, TELLINGS_A_SECOND);
  #stopped = false;

  constructor(deps: TellerDeps) {
    this.#deps = deps;
    this.#sql = deps.storage.sql;
  }

  /** Tells what is due. Never throws; a second call while one is under way is the same run. */
  run(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    const now = this.#deps.now();
    const due = this.#allowance.nextAt(now) > now ? [] : this.#due(now);
    if (this.#run === null && due.length > 0) {
      this.#allowance.take(now);
      this.#run = Promise.all(due.map((maker) => this.#tell(maker))).then(() => {
        this.#run = null;
      });
    }
    return this.#run ?? Promise.resolve();
  }

  /** Nothing is told from here on, once this resolves. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#run;
  }

  /** When there is something to tell next (ms; in the past: now), or null. */
  nextDueAt(): number | null {
    const times = this.#waiting().map(({ at }) => at);
    return times.length === 0 ? null : Math.max(Math.min(...times), this.#allowance.nextAt(this.#deps.now()));
  }

  #due(now: number): Domain[] {
    return this.#waiting().flatMap(({ maker, at }) => (at <= now ? [maker] : []));
  }

  #waiting(): { maker: Domain; at: number }[] {
    return [
      ...this.#sql.exec<{ maker: Domain; at: number }>(
        "SELECT maker, coalesce((SELECT again_at FROM delivery_telling AS told WHERE told.maker = news.maker), 0) AS at FROM (SELECT DISTINCT maker FROM delivery_news) AS news",
      ),
    ];
  }

  async #tell(maker: Domain): Promise<void> {
    try {
      for (let marked = this.#marked(maker); marked.length > 0 && !this.#stopped; marked = this.#marked(maker)) {
        const news = this.#begin(maker, marked);
        if (news === null || (await this.#deps.tell(news))) this.#told(maker, marked);
        else this.#sql.exec("DELETE FROM delivery_news WHERE maker = ?", maker);
      }
    } catch (fault) {
      log("delivery-news-fault", { fault: fault instanceof Error ? fault.name : "unknown" });
      this.#later(maker);
    }
  }

  #marked(maker: Domain): Marked[] {
    return [
      ...this.#sql.exec<Marked>(
        "SELECT seq, step FROM delivery_news WHERE maker = ? ORDER BY seq LIMIT ?",
        maker,
        SEQS_AT_ONCE,
      ),
    ];
  }

  /** What is to be told, after a lease on telling it again; null where no endpoint ever listened. */
  #begin(maker: Domain, marked: readonly Marked[]): DeliveryNews | null {
    return this.#deps.storage.transactionSync(() => {
      if (this.#sql.exec("SELECT 1 FROM line WHERE source = ? LIMIT 1", maker).next().done) return null;
      const { version } = this.#sql
        .exec<{ version: number }>(
          `INSERT INTO delivery_telling (maker, version, again_at, failures) VALUES (?1, 1, ?2, 0)
           ON CONFLICT DO UPDATE SET version = version + 1, again_at = ?2 RETURNING version`,
          maker,
          this.#deps.now() + LEASE_MS,
        )
        .one();
      const told = new Map(marked.map(({ seq }) => [seq, deliveriesAt(this.#sql, maker, seq)]));
      // The announcement of a gap takes in the one before it, which is then no more.
      for (const seq of marked.flatMap((one) => lostBefore(this.#sql, maker, one.seq))) {
        if (!told.has(seq)) told.set(seq, deliveriesAt(this.#sql, maker, seq));
      }
      const deliveries = [...told.values()].flat();
      return { maker, twin: this.#deps.twin(), version, seqs: [...told.keys()], deliveries };
    });
  }

  #told(maker: Domain, marked: readonly Marked[]): void {
    this.#deps.storage.transactionSync(() => {
      for (const { seq, step } of marked) {
        // One that moved on meanwhile is told again.
        this.#sql.exec("DELETE FROM delivery_news WHERE maker = ? AND seq = ? AND step = ?", maker, seq, step);
      }
      this.#sql.exec("UPDATE delivery_telling SET again_at = NULL, failures = 0 WHERE maker = ?", maker);
    });
  }

  #later(maker: Domain): void {
    const failures =
      [...this.#sql.exec<{ failures: number }>("SELECT failures FROM delivery_telling WHERE maker = ?", maker)][0]
        ?.failures ?? 0;
    this.#sql.exec(
      `INSERT INTO delivery_telling (maker, version, again_at, failures) VALUES (?1, 0, ?2, 1)
       ON CONFLICT DO UPDATE SET again_at = ?2, failures = failures + 1`,
      maker,
      this.#deps.now() + Math.min(AGAIN_MS * 2 ** failures, AGAIN_MAX_MS),
    );
  }
}
