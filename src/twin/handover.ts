// How the item changes hands, as its Twin decides it. One transaction moves it; what follows is repeated until it is done, by the alarm of
// either side. It never sees a code, a token or a word of anyone: hashes only.

import { invalid, type Failure } from "../domain/failure.ts";
import { areWords } from "../domain/four-words.ts";
import {
  accept,
  cancel,
  commit,
  isOpen,
  isStale,
  LONGEST_OFFER_MS,
  mayOffer,
  offerState,
  OFFER_LASTS_MS,
  release,
  REMINDED_MS,
  undo,
  type Access,
  type OfferId,
  type OfferState,
  type Standing,
} from "../domain/handover.ts";
import { twinParts, type TwinId } from "../domain/ids.ts";
import { dayOf, rfc3339 } from "../domain/instant.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { now as clock } from "../platform/clock.ts";
import { equalInConstantTime } from "../platform/crypto.ts";
import { keep, kept, type Answer, type Idem } from "../platform/idempotency.ts";
import { log } from "../platform/log.ts";
import { rootOf } from "../platform/root.ts";
import { tenureOf } from "../platform/stubs.ts";
import { WORD_LIST } from "../platform/word-list.ts";
import type { PassedOn } from "../tenure/handing-over.ts";
import { alertOf } from "./alert.ts";
import { keepEndedShares } from "./ended-shares.ts";
import {
  addOfferNews,
  forgetOfferNews,
  keepOffer,
  lastOffer,
  offerNews,
  offerNewsTold,
  type KeptOffer,
  type OfferNews,
} from "./offers.ts";
import { headOf, standingOf } from "./record.ts";
import { commitBeginning, prepareBeginning, type PreparedBeginning } from "./record-keys.ts";
import { photoCount } from "./sealed-bodies.ts";
import { newestTenure, presentTenure, takeNext } from "./tenures.ts";

/** After a crash the work goes on then. */
const AGAIN_MS = 3_000;

/** An offer as its owner sees it. */
export type OfferView = {
  readonly id: OfferId;
  readonly state: OfferState;
  readonly gift: boolean;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly acceptedAt: string | null;
  /** The record has an entry that whoever accepted has not seen: they must look, and accept again. */
  readonly stale: boolean;
  /** When they last said that they have the thing. */
  readonly haveAt: string | null;
};

/** The same as whoever has the code sees it, and whose it is. */
export type OpenedOffer = Pick<OfferView, "state" | "gift" | "expiresAt"> & { readonly travels: Travels };

/** How much of the record goes with the item. */
export type Travels = { readonly entries: number; readonly photos: number };

export type NewOffer = {
  readonly id: OfferId;
  readonly codeHash: string;
  readonly gift: boolean;
  readonly expiresAt: number | undefined;
};

export type Accepted = { readonly twin: TwinId; readonly offer: OfferId };

export type HandoverDeps = {
  readonly env: Env;
  readonly storage: DurableObjectStorage;
  /** In the transaction that moves the item: the tenure that ends is told nothing any more. */
  readonly gone: (twin: TwinId) => void;
};

const refused: Result<never, Failure> = err({ code: "handover-refused" });
const notTheirs: Result<never, Failure> = err({ code: "unauthorized" });

export class Handover {
  readonly #deps: HandoverDeps;
  readonly #sql: SqlStorage;
  /** What the owner is being told at this moment. */
  readonly #telling = new Set<OfferNews>();

  constructor(deps: HandoverDeps) {
    this.#deps = deps;
    this.#sql = deps.storage.sql;
  }

  // At its owner's word; `twin` is whose tenure asks

  offer(twin: TwinId, input: NewOffer, idem: Idem | undefined): Result<Answer<OfferView>, Failure> {
    const now = clock();
    return this.#deps.storage.transactionSync((): Result<Answer<OfferView>, Failure> => {
      if (presentTenure(this.#sql) !== twin) return notTheirs;
      const before = kept<OfferView>(this.#sql, idem, now);
      if (before.kind === "conflict") return err({ code: "idempotency-conflict" });
      if (before.kind === "kept") return ok(before.answer);
      const { number: tenure } = newestTenure(this.#sql)!;
      const expiresAt = input.expiresAt ?? now + OFFER_LASTS_MS;
      if (expiresAt <= now) return err(invalid("expiresAt", "must be in the future"));
      if (expiresAt > now + LONGEST_OFFER_MS) return err(invalid("expiresAt", "must be within 60 days"));
      const may = mayOffer(this.#last(tenure), tenure, this.#standing(now));
      if (!may.ok) return may;
      const { id, codeHash, gift } = input;
      const offer = { id, tenure, codeHash, gift, createdAt: now, expiresAt, stage: "open", acceptance: null } as const;
      keepOffer(this.#sql, { ...offer, haveAt: null });
      forgetOfferNews(this.#sql);
      const body = this.#view(lastOffer(this.#sql)!);
      keep(this.#sql, idem, twin, body, now);
      return ok({ body, replayed: false, sealed: null });
    });
  }

  /** The offer that stands, or one that ran out; null when there is none. */
  offered(twin: TwinId): OfferView | null {
    const offer = this.#of(twin);
    return offer === null || offer.stage === "cancelled" || offer.stage === "committed" ? null : this.#view(offer);
  }

  async cancel(twin: TwinId): Promise<Result<null, Failure>> {
    const { item, tenure } = twinParts(twin);
    const next = await rootOf(this.#deps.env).twinId(item, tenure + 1);
    return this.#deps.storage.transactionSync((): Result<null, Failure> => {
      const offer = this.#of(twin);
      if (offer === null || offer.stage === "cancelled")
        return err({ code: "not-found", detail: "There is no offer." });
      const cancelled = cancel(offer, this.#standing(clock()));
      if (!cancelled.ok) return cancelled;
      keepOffer(this.#sql, { ...offer, ...cancelled.value });
      forgetOfferNews(this.#sql);
      this.#forgetAnswers(next);
      return ok(null);
    });
  }

  /** The owner's word to let go. Answers once it is decided; `finish` does it. */
  release(twin: TwinId, words: string): Result<null, Failure> {
    return this.#deps.storage.transactionSync((): Result<null, Failure> => {
      const offer = this.#of(twin);
      if (offer === null) return err({ code: "conflict", detail: "There is no offer." });
      const areRight = (acceptance: Access): boolean =>
        areWords(words, { offer: offer.id, codeHash: offer.codeHash, ...acceptance }, WORD_LIST);
      const released = release(offer, areRight, this.#standing(clock()));
      keepOffer(this.#sql, { ...offer, ...released.offer });
      if (released.answer.ok) this.#soon();
      return released.answer;
    });
  }

  // By whoever has the code: every wrong one is refused alike

  opened(twin: TwinId, codeHash: string): Result<OpenedOffer, Failure> {
    const offer = this.#byCode(twin, codeHash);
    if (offer === null || !isOpen(offer, this.#standing(clock()))) return refused;
    const { state, gift, expiresAt } = this.#view(offer);
    return ok({ state, gift, expiresAt, travels: this.travels() });
  }

  /** A gift is decided by this alone: under a key it is repeatable, so that a lost answer does not lose it. */
  async accept(
    twin: TwinId,
    codeHash: string,
    access: Access,
    idem: Idem | undefined,
  ): Promise<Result<Answer<Accepted>, Failure>> {
    const { item, tenure } = twinParts(twin);
    const next = await rootOf(this.#deps.env).twinId(item, tenure + 1);
    const now = clock();
    return this.#deps.storage.transactionSync((): Result<Answer<Accepted>, Failure> => {
      const before = kept<Accepted>(this.#sql, idem, now);
      if (before.kind === "conflict") return err({ code: "idempotency-conflict" });
      if (before.kind === "kept") return ok(before.answer);
      const offer = this.#byCode(twin, codeHash);
      if (offer === null) return refused;
      const accepted = accept(offer, access, this.#standing(now));
      if (!accepted.ok) return accepted;
      keepOffer(this.#sql, { ...offer, ...accepted.value });
      this.#forgetAnswers(next);
      const body = { twin: next, offer: offer.id };
      keep(this.#sql, idem, next, body, now);
      if (!offer.gift) addOfferNews(this.#sql, "handover.accepted");
      this.#soon();
      return ok({ body, replayed: false, sealed: null });
    });
  }

  /** What became of an acceptance. */
  stateOf({ twin, offer: id }: Accepted): OfferState {
    if (this.isOver(twin) || newestTenure(this.#sql)?.twin === twin) return "committed";
    const offer = lastOffer(this.#sql);
    return offer?.id === id ? offerState(offer, this.#standing(clock())) : "cancelled";
  }

  /** Somebody with the code has the thing in hand: its owner is reminded, and nothing else happens. Says whether it was told just now. */
  have(twin: TwinId, codeHash: string): Result<{ told: boolean }, Failure> {
    const now = clock();
    return this.#deps.storage.transactionSync((): Result<{ told: boolean }, Failure> => {
      const offer = this.#byCode(twin, codeHash);
      if (offer === null || !isOpen(offer, this.#standing(now))) return refused;
      if (offer.haveAt !== null && now < offer.haveAt + REMINDED_MS) return ok({ told: false });
      keepOffer(this.#sql, { ...offer, haveAt: now });
      addOfferNews(this.#sql, "handover.received");
      this.#soon();
      return ok({ told: true });
    });
  }

  travels(): Travels {
    return { entries: headOf(this.#sql).size, photos: photoCount(this.#sql) };
  }

  // By itself

  /** When something is still to be done (ms), or null. */
  nextDueAt(): number | null {
    return this.#committing() !== null || offerNews(this.#sql).length > 0 ? clock() + AGAIN_MS : null;
  }

  /** Whether this tenure's time is over: the item is the next one's. */
  isOver(twin: TwinId): boolean {
    const newest = newestTenure(this.#sql);
    return newest !== null && newest.number > twinParts(twin).tenure;
  }

  /** Takes what was released to its end: the owner's side sealed, the item moved. Every step may be repeated. */
  async finish(): Promise<void> {
    for (let offer = this.#committing(); offer !== null; offer = this.#committing()) await this.#move(offer);
  }

  async #move(offer: KeptOffer): Promise<void> {
    const { env, storage } = this.#deps;
    const { twin } = newestTenure(this.#sql)!;
    const number = offer.tenure + 1;
    const next = await rootOf(env).twinId(twinParts(twin).item, number);
    const passed = await tenureOf(env, twin).handOver();
    const isStill = (): boolean => this.#committing()?.id === offer.id;
    if (passed === null) {
      // Its owner erased everything in that very moment, and the other side was promised nothing yet.
      storage.transactionSync(() => {
        if (!isStill()) return;
        keepOffer(this.#sql, { ...offer, ...undo(offer) });
        this.#forgetAnswers(next);
      });
      return;
    }
    const welcome = await this.#welcoming(next, number, passed);
    storage.transactionSync(() => {
      // When a company's entry came between, the next round signs anew.
      if (!isStill() || !commitBeginning(this.#sql, welcome).ok) return;
      const { tokenHash, recoveryHash } = offer.acceptance!;
      const { product, proof } = passed;
      takeNext(this.#sql, { twin: next, tenure: number, product, proof, tokenHash, recoveryHash, createdAt: clock() });
      keepOffer(this.#sql, { ...offer, ...commit(offer) });
      keepEndedShares(this.#sql, passed.shares);
      forgetOfferNews(this.#sql);
      this.#forgetAnswers(twin);
      this.#deps.gone(twin);
      this.#soon();
    });
  }

  /** The record's entry that the next tenure begins with, signed by the key that goes. */
  async #welcoming(next: TwinId, tenure: number, { proof }: PassedOn): Promise<PreparedBeginning> {
    const { owner } = await tenureOf(this.#deps.env, next).recordKey();
    const now = clock();
    const { item, gtin } = standingOf(this.#sql)!;
    const beginning = { item: { item, gtin }, tenure, owner, claim: proof, occurredOn: dayOf(now) };
    return prepareBeginning(this.#sql, beginning, now);
  }

  /** Lets a tenure whose time is over go; should it not hear, it asks by itself. */
  async letGo(twin: TwinId): Promise<void> {
    try {
      await tenureOf(this.#deps.env, twin).letGo();
    } catch (fault) {
      log("handover-fault", { fault: fault instanceof Error ? fault.name : "unknown" });
    }
  }

  /** Tells the owner what the other side did. Never throws: what fails is told again by the alarm, and so at times twice. */
  async tellOwner(): Promise<void> {
    for (const type of offerNews(this.#sql)) {
      if (this.#telling.has(type)) continue;
      this.#telling.add(type);
      const twin = presentTenure(this.#sql);
      try {
        if (twin !== null) await tenureOf(this.#deps.env, twin).takeHandoverNews(type);
        offerNewsTold(this.#sql, type);
      } catch (fault) {
        log("handover-fault", { fault: fault instanceof Error ? fault.name : "unknown" });
      } finally {
        this.#telling.delete(type);
      }
    }
  }

  /** A body was forgotten that whoever accepted may have counted on: they must look, and accept again. */
  voidAcceptance(twin: TwinId): void {
    const offer = this.#of(twin);
    if (offer?.stage === "open") keepOffer(this.#sql, { ...offer, acceptance: null });
  }

  /** This tenure was erased: what it offered is over. */
  erased(twin: TwinId): void {
    const offer = this.#of(twin);
    if (offer?.stage === "open") keepOffer(this.#sql, { ...offer, ...undo(offer) });
    if (offer !== null) forgetOfferNews(this.#sql);
  }

  #committing(): KeptOffer | null {
    const offer = lastOffer(this.#sql);
    return offer?.stage === "committing" ? offer : null;
  }

  #last(tenure: number): KeptOffer | null {
    const offer = lastOffer(this.#sql);
    return offer?.tenure === tenure ? offer : null;
  }

  /** The last offer of this tenure, if it is the present one. */
  #of(twin: TwinId): KeptOffer | null {
    const newest = newestTenure(this.#sql);
    return newest?.twin === twin ? this.#last(newest.number) : null;
  }

  #byCode(twin: TwinId, codeHash: string): KeptOffer | null {
    const offer = presentTenure(this.#sql) === twin ? this.#of(twin) : null;
    return offer !== null && equalInConstantTime(offer.codeHash, codeHash) ? offer : null;
  }

  #standing(now: number): Standing {
    return { now, head: headOf(this.#sql), alert: alertOf(this.#sql) };
  }

  /** The access that was answered to whom it named does not open anything (any more). */
  #forgetAnswers(twin: TwinId): void {
    this.#sql.exec("DELETE FROM idempotency WHERE subject = ?", twin);
  }

  /** Part of the transaction it is called in. */
  #soon(): void {
    void this.#deps.storage.setAlarm(clock() + AGAIN_MS);
  }

  #view(offer: KeptOffer): OfferView {
    const standing = this.#standing(clock());
    const at = offer.acceptance?.at ?? null;
    return {
      id: offer.id,
      state: offerState(offer, standing),
      gift: offer.gift,
      createdAt: rfc3339(offer.createdAt),
      expiresAt: rfc3339(offer.expiresAt),
      acceptedAt: at === null ? null : rfc3339(at),
      stale: isStale(offer, standing),
      haveAt: offer.haveAt === null ? null : rfc3339(offer.haveAt),
    };
  }
}
