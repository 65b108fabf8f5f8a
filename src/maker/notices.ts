// What this company announced: safety notices and recalls go to their product, service messages to the owners whose terms allow them.
// Of claimed items it holds nothing: how far a notice came is asked of the product, which answers in bands.

import { bandOf } from "../domain/band.ts";
import type { Failure } from "../domain/failure.ts";
import { invalid } from "../domain/failure.ts";
import type { Domain, NoticeId, TwinId } from "../domain/ids.ts";
import { MOST_FOR_A_PRODUCT, reachOf, versionOf, type Notice, type NoticeInput, type Reach } from "../domain/notice.ts";
import type { NoticeKind } from "../domain/notice-kind.ts";
import type { AgreementCopy } from "../domain/exchange.ts";
import { millisOf } from "../domain/instant.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { now as clock } from "../platform/clock.ts";
import { log } from "../platform/log.ts";
import { productOf, tenureOf } from "../platform/stubs.ts";
import { Telling, TELLING_SCHEMA } from "../relay/telling.ts";
import type { Company } from "./company.ts";
import type { Duty } from "./duty.ts";

/** `serials` until the product has them, and `hand_at` while it lacks this version; `targeted` and `delivered` of a service message alone. */
export const NOTICE_SCHEMA = `
CREATE TABLE notice (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  gtin TEXT,
  serials TEXT,
  named INTEGER,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  url TEXT,
  at INTEGER NOT NULL,
  withdrawn_reason TEXT,
  withdrawn_at INTEGER,
  hand_at INTEGER,
  targeted INTEGER NOT NULL,
  delivered INTEGER NOT NULL
) STRICT;
CREATE INDEX notice_gtin ON notice (gtin) WHERE gtin IS NOT NULL;
CREATE INDEX notice_hand ON notice (hand_at) WHERE hand_at IS NOT NULL;
${TELLING_SCHEMA}`;

/** A product that can't be reached is tried again after this. */
const REST_MS = 30_000;

type Row = {
  seq: number;
  id: NoticeId;
  kind: NoticeKind;
  gtin: string | null;
  serials: string | null;
  named: number | null;
  title: string;
  text: string;
  url: string | null;
  at: number;
  withdrawn_reason: string | null;
  withdrawn_at: number | null;
  hand_at: number | null;
  targeted: number;
  delivered: number;
};

/** A notice as its company sees it. Times in ms. */
export type MakerNotice = Omit<Notice, "maker"> & {
  readonly gtin: string | null;
  /** How many serials it named; null for all. */
  readonly serials: number | null;
  readonly reach: Reach;
};

const noSuchNotice: Failure = { code: "not-found", detail: "There is no such notice." };
const NOWHERE: Reach = reachOf(0, null, false);

export class Notices implements Duty {
  readonly name = "notices";
  readonly #env: Env;
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  readonly #company: Company;
  readonly #telling: Telling;

  constructor(env: Env, storage: DurableObjectStorage, company: Company) {
    this.#env = env;
    this.#storage = storage;
    this.#sql = storage.sql;
    this.#company = company;
    this.#telling = new Telling({
      storage,
      tell: (notice, twin) =>
        tenureOf(env, twin as TwinId).takeNotice({ ...this.#noticeOf(this.#find(notice)!), why: "agreement" }),
      onTold: (notice, taken) => {
        if (taken) this.#sql.exec("UPDATE notice SET delivered = delivered + 1 WHERE id = ?", notice);
      },
      now: clock,
    });
  }

  /** Keeps a notice that is to go out. `owner` is whose its GTIN is, as the directory says. Part of the transaction it is called in. */
  post(id: NoticeId, input: NoticeInput, owner: Domain | null, now: number): Result<{ id: NoticeId }, Failure> {
    const { kind, gtin = null, serials, title, text, url } = input;
    const isService = kind === "service";
    if (!isService && owner !== this.#company.facts().domain)
      return err(invalid("gtin", "must be a GTIN of yours: have labels made for it first"));
    if (!isService && this.#countFor(gtin!) >= MOST_FOR_A_PRODUCT)
      return err({
        code: "quota-exceeded",
        detail: `A product can have ${MOST_FOR_A_PRODUCT} safety notices and recalls.`,
      });
    this.#sql.exec(
      `INSERT INTO notice (id, kind, gtin, serials, named, title, text, url, at, hand_at, targeted, delivered)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)`,
      id,
      kind,
      gtin,
      serials ? JSON.stringify(serials) : null,
      serials?.length ?? null,
      title,
      text,
      url ?? null,
      now,
      isService ? null : now,
    );
    if (isService) this.#toAgreements(id, gtin, 1, now);
    return ok({ id });
  }

  /** Every owner with an agreement in force is asked; whether its terms let the message in, their side judges when it comes. */
  #toAgreements(id: NoticeId, gtin: string | null, version: number, now: number): void {
    this.#sql.exec(
      `INSERT OR IGNORE INTO telling (notice, target, version, at, tries)
       SELECT ?1, twin, ?2, ?3, 0 FROM agreement WHERE state = 'accepted'
         AND (?4 IS NULL OR json_extract(copy, '$.product.gtin') = ?4)`,
      id,
      version,
      now,
      gtin,
    );
    this.#sql.exec("UPDATE notice SET targeted = ?, delivered = 0 WHERE id = ?", this.#telling.left(id), id);
  }

  /**
   * An acceptance is kept here that stands already with its owner: the service messages that were posted meanwhile go there, too.
   * Whether there are any. Part of the transaction it is called in.
   */
  agreed({ twin, product, record }: AgreementCopy, now: number): boolean {
    const since = record.confirmation?.body.confirmedAt ?? record.decision?.body.decidedAt;
    if (since === undefined) return false;
    const missed = [
      ...this.#sql.exec<{ id: NoticeId }>(
        `SELECT id FROM notice WHERE kind = 'service' AND withdrawn_at IS NULL AND at >= ? AND (gtin IS NULL OR gtin = ?)
           AND NOT EXISTS (SELECT 1 FROM telling WHERE notice = id AND target = ?)`,
        millisOf(since),
        product.gtin ?? null,
        twin,
      ),
    ];
    for (const { id } of missed) {
      this.#telling.add(id, twin, 1, now);
      this.#sql.exec("UPDATE notice SET targeted = targeted + 1 WHERE id = ?", id);
    }
    return missed.length > 0;
  }

  #countFor(gtin: string): number {
    return this.#sql
      .exec<{ n: number }>("SELECT count(*) AS n FROM notice WHERE gtin = ? AND kind <> 'service'", gtin)
      .one().n;
  }

  /** From now on it is shown as withdrawn. A repeat changes nothing. Part of the transaction it is called in. */
  withdraw(id: NoticeId, reason: string, now: number): Result<null, Failure> {
    const row = this.#find(id);
    if (!row) return err(noSuchNotice);
    if (row.withdrawn_at !== null) return ok(null);
    this.#sql.exec("UPDATE notice SET withdrawn_reason = ?, withdrawn_at = ? WHERE id = ?", reason, now, id);
    if (row.kind === "service") {
      this.#sql.exec("DELETE FROM telling WHERE notice = ?", id);
      this.#toAgreements(id, row.gtin, 2, now);
    } else this.#sql.exec("UPDATE notice SET hand_at = ? WHERE id = ?", now, id);
    return ok(null);
  }

  async notice(id: NoticeId): Promise<Result<MakerNotice, Failure>> {
    const row = this.#find(id);
    return row ? ok((await this.#viewsOf([row]))[0]!) : err(noSuchNotice);
  }

  /** Newest first, those before the position `before`. */
  async page(before: number | null, limit: number): Promise<{ items: MakerNotice[]; next: number | null }> {
    const rows = [
      ...this.#sql.exec<Row>(
        "SELECT * FROM notice WHERE seq < ? ORDER BY seq DESC LIMIT ?",
        before ?? Number.MAX_SAFE_INTEGER,
        limit + 1,
      ),
    ];
    const shown = rows.slice(0, limit);
    return { items: await this.#viewsOf(shown), next: rows.length > limit ? shown.at(-1)!.seq : null };
  }

  async #viewsOf(rows: readonly Row[]): Promise<MakerNotice[]> {
    const products = Map.groupBy(
      rows.filter(({ kind }) => kind !== "service"),
      ({ gtin }) => gtin!,
    );
    const answers = await Promise.all(
      [...products].map(([gtin, of]) => productOf(this.#env, gtin).reaches(of.map(({ id }) => id))),
    );
    const reaches: Record<NoticeId, Reach> = Object.assign({}, ...answers);
    return rows.map((row) => {
      const { maker: _, ...notice } = this.#noticeOf(row);
      const reach = row.kind === "service" ? this.#serviceReach(row) : (reaches[row.id] ?? NOWHERE);
      // What the product has not heard of yet reached nobody, whatever it says.
      const isHeard = row.hand_at === null;
      return {
        ...notice,
        gtin: row.gtin,
        serials: row.named,
        reach: isHeard ? reach : { ...NOWHERE, targeted: reach.targeted },
      };
    });
  }

  /** These owners agreed with the company, which knows how many they are. */
  #serviceReach({ id, targeted, delivered }: Row): Reach {
    return {
      targeted: bandOf(targeted),
      delivered: bandOf(delivered),
      finished: this.#telling.left(id) === 0,
    };
  }

  #noticeOf(row: Row): Notice {
    const { domain, name } = this.#company.facts();
    return {
      id: row.id,
      kind: row.kind,
      maker: { id: domain, name },
      title: row.title,
      text: row.text,
      url: row.url,
      at: row.at,
      withdrawn: row.withdrawn_at === null ? null : { reason: row.withdrawn_reason!, at: row.withdrawn_at },
    };
  }

  #find(id: NoticeId): Row | null {
    return [...this.#sql.exec<Row>("SELECT * FROM notice WHERE id = ?", id)][0] ?? null;
  }

  nextDueAt = (): number | null => {
    const hand = this.#sql.exec<{ at: number | null }>("SELECT min(hand_at) AS at FROM notice").one().at;
    const times = [hand, this.#telling.nextDueAt()].filter((at) => at !== null);
    return times.length === 0 ? null : Math.min(...times);
  };

  runDue = async (at: number): Promise<void> => {
    const due = [...this.#sql.exec<Row>("SELECT * FROM notice WHERE hand_at <= ? ORDER BY hand_at", at)];
    for (const row of due) await this.#handOver(row);
    await this.#telling.run();
  };

  /** To the product, which keeps it and tells the items. */
  async #handOver(row: Row): Promise<void> {
    const notice = this.#noticeOf(row);
    try {
      const serials = row.serials === null ? null : (JSON.parse(row.serials) as string[]);
      await productOf(this.#env, row.gtin!).post({ gtin: row.gtin!, notice, serials });
    } catch (fault) {
      log("notice-not-handed", { fault: fault instanceof Error ? fault.name : "unknown" });
      this.#sql.exec("UPDATE notice SET hand_at = ? WHERE id = ?", clock() + REST_MS, row.id);
      return;
    }
    // Withdrawn meanwhile: that goes over next.
    this.#storage.transactionSync(() => {
      this.#sql.exec("UPDATE notice SET serials = NULL WHERE id = ?", row.id);
      const version = versionOf(this.#noticeOf(this.#find(row.id)!));
      if (version === versionOf(notice)) this.#sql.exec("UPDATE notice SET hand_at = NULL WHERE id = ?", row.id);
    });
  }
}
