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
import { countsDigest } from "../domain/record/count.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { now as clock } from "../platform/clock.ts";
import { equalInConstantTime } from "../platform/crypto.ts";
import { forgetKept, keep, kept, KEPT_SECRET_MS, type Answer, type Idem } from "../platform/idempotency.ts";
import { log } from "../platform/log.ts";
import { rootOf } from "../platform/root.ts";
import { tenureOf } from "../platform/stubs.ts";
import { WORD_LIST } from "../platform/word-list.ts";
import { alertOf } from "./alert.ts";
import { countsOf } from "./counts.ts";
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
import { erasedBodies, photoCount } from "./sealed-bodies.ts";
import { newestTenure, presentTenure, takeNext, unopened } from "./tenures.ts";

/** After a crash the work goes on then. */
const AGAIN_MS = 3_000;
const WITHOUT_END_MS = Number.POSITIVE_INFINITY;

/** An offer as its owner sees it. */
export type OfferView = {
  readonly id: OfferId;
  readonly state: OfferState;
  readonly gift: boolean;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly acceptedAt: string | null;
  /** The record is not as whoever accepted has seen it: they must look, and accept again. */
  readonly stale: boolean;
  /** When they last said that they have the thing. */
  readonly haveAt: string | null;
};

/** The same as whoever has the code sees it, and whose it is. */
export type OpenedOffer = Pick<OfferView, "state" | "gift" | "expiresAt"> & { readonly travels: Travels };

/** How the offer of a code stands, also while the thing is on its way. `yours`: whoever asks holds what accepting it answered. */
export type OfferStanding = { readonly state: "open" | "accepted" | "committing"; readonly yours: boolean };

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
      this.#keepOffer({ ...offer, haveAt: null });
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

  cancel(twin: TwinId): Result<null, Failure> {
    return this.#deps.storage.transactionSync((): Result<null, Failure> => {
      const offer = this.#of(twin);
      if (offer === null || offer.stage === "cancelled")
        return err({ code: "not-found", detail: "There is no offer." });
      const cancelled = cancel(offer, this.#standing(clock()));
      if (!cancelled.ok) return cancelled;
      this.#keepOffer({ ...offer, ...cancelled.value });
      forgetOfferNews(this.#sql);
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
      this.#keepOffer({ ...offer, ...released.offer });
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
    const repeatedFor = await this.#repeatedFor(next, idem, now);
    return this.#deps.storage.transactionSync((): Result<Answer<Accepted>, Failure> => {
      const before = kept<Accepted>(this.#sql, idem, now, repeatedFor);
      if (before.kind === "conflict") return err({ code: "idempotency-conflict" });
      if (before.kind === "kept" && this.#holds(before.answer.body)) return ok(before.answer);
      const offer = this.#byCode(twin, codeHash);
      if (offer === null) return refused;
      // Whoever repeats what holds no more has seen what they had seen then.
      const seen = before.kind === "kept" ? offer.acceptance : null;
      const erased = access.erased ?? seen?.erased ?? null;
      const counted = access.counted ?? seen?.counted ?? null;
      const accepted = accept(offer, { ...access, erased, counted }, this.#standing(now));
      if (!accepted.ok) return accepted;
      this.#keepOffer({ ...offer, ...accepted.value });
      this.#forgetAccepted();
      const body = { twin: next, offer: offer.id };
      keep(this.#sql, idem, next, body, now);
      if (!offer.gift) addOfferNews(this.#sql, "handover.accepted");
      this.#soon();
      return ok({ body, replayed: false, sealed: null });
    });
  }

  /**
   * How long what accepting answered is repeated, in ms: without end to whoever never had it, as nobody else has the key to the thing. What
   * is repeated no more is forgotten.
   */
  async #repeatedFor(next: TwinId, idem: Idem | undefined, now: number): Promise<number> {
    const isKept = (ms: number): boolean => kept(this.#sql, idem, now, ms).kind === "kept";
    if (isKept(KEPT_SECRET_MS) || !isKept(WITHOUT_END_MS)) return KEPT_SECRET_MS;
    const hasMoved = newestTenure(this.#sql)?.twin === next;
    if (!hasMoved || (await tenureOf(this.#deps.env, next).isUntouched())) return WITHOUT_END_MS;
    forgetKept(this.#sql, idem);
    return KEPT_SECRET_MS;
  }

  /** How the offer of this code stands for whoever has this token, also while the thing is on its way to them; null when it is over. */
  standing(twin: TwinId, codeHash: string, tokenHash: string | null): Result<OfferStanding | null, Failure> {
    const offer = lastOffer(this.#sql);
    const isIts = offer?.tenure === twinParts(twin).tenure && equalInConstantTime(offer.codeHash, codeHash);
    if (!offer || !isIts) return refused;
    const isTheirs = (accepted: { readonly tokenHash: string } | null | undefined): boolean =>
      !!accepted && tokenHash !== null && equalInConstantTime(accepted.tokenHash, tokenHash);
    if (offer.stage === "committed") {
      // It has moved, and does not open yet.
      const next = unopened(this.#sql).find(({ tenure }) => tenure === offer.tenure + 1);
      return ok(next ? { state: "committing", yours: isTheirs(next) } : null);
    }
    const state = presentTenure(this.#sql) === twin ? offerState(offer, this.#standing(clock())) : "cancelled";
    const stands = state === "open" || state === "accepted" || state === "committing";
    return ok(stands ? { state, yours: state !== "open" && isTheirs(offer.acceptance) } : null);
  }

  /** What became of an acceptance. */
  stateOf({ twin, offer: id }: Accepted): OfferState {
    if (this.isOver(twin) || newestTenure(this.#sql)?.twin === twin) return "committed";
    const offer = lastOffer(this.#sql);
    return offer?.id === id ? offerState(offer, this.#standing(clock())) : "cancelled";
  }

  /** Whether what was answered to whoever accepted opens the thing, or will once it is let go of. */
  #holds(accepted: Accepted): boolean {
    return ["accepted", "committing", "committed"].includes(this.stateOf(accepted));
  }

  /** Somebody with the code has the thing in hand: its owner is reminded, and nothing else happens. Says whether it was told just now. */
  have(twin: TwinId, codeHash: string): Result<{ told: boolean }, Failure> {
    const now = clock();
    return this.#deps.storage.transactionSync((): Result<{ told: boolean }, Failure> => {
      const offer = this.#byCode(twin, codeHash);
      if (offer === null || !isOpen(offer, this.#standing(now))) return refused;
      if (offer.haveAt !== null && now < offer.haveAt + REMINDED_MS) return ok({ told: false });
      this.#keepOffer({ ...offer, haveAt: now });
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
        this.#keepOffer({ ...offer, ...undo(offer) });
      });
      return;
    }
    const welcome = await this.#welcoming(next, number);
    storage.transactionSync(() => {
      // When a company's entry came between, the next round signs anew.
      if (!isStill() || !commitBeginning(this.#sql, welcome).ok) return;
      const { tokenHash, recoveryHash } = offer.acceptance!;
      const { product, proof } = passed;
      takeNext(this.#sql, { twin: next, tenure: number, product, proof, tokenHash, recoveryHash, createdAt: clock() });
      this.#keepOffer({ ...offer, ...commit(offer) });
      keepEndedShares(this.#sql, passed.shares);
      forgetOfferNews(this.#sql);
      // The access that was answered to whom it goes from opens nothing any more.
      this.#sql.exec("DELETE FROM idempotency WHERE subject = ?", twin);
      this.#deps.gone(twin);
      this.#soon();
    });
  }

  /** The record's entry that the next tenure begins with, signed by the key that goes. */
  async #welcoming(next: TwinId, tenure: number): Promise<PreparedBeginning> {
    const { owner } = await tenureOf(this.#deps.env, next).recordKey(null);
    const now = clock();
    const { item, gtin, labelHash } = standingOf(this.#sql)!;
    const beginning = { item: { item, gtin }, tenure, owner, labelHash, occurredOn: dayOf(now) };
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

  /** This tenure was erased: what it offered is over. */
  erased(twin: TwinId): void {
    const offer = this.#of(twin);
    if (offer?.stage === "open") this.#keepOffer({ ...offer, ...undo(offer) });
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
    const counted = countsDigest(countsOf(this.#sql));
    return { now, head: headOf(this.#sql), erased: erasedBodies(this.#sql), counted, alert: alertOf(this.#sql) };
  }

  /** Keeps an offer as it is now. With an acceptance the answer to it goes: whoever repeats it accepts anew. */
  #keepOffer(offer: KeptOffer): void {
    keepOffer(this.#sql, offer);
    if (offer.acceptance === null) this.#forgetAccepted();
  }

  /** What was answered to whoever accepted: it names a tenure that is not there yet. */
  #forgetAccepted(): void {
    this.#sql.exec("DELETE FROM idempotency WHERE subject NOT IN (SELECT twin FROM tenure)");
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
