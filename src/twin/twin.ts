// One item, whoever owns it. It decides who its owner is, opens the tenure of each and tells it of notices; it never sees an owner's words.

import { DurableObject } from "cloudflare:workers";
import type { Failure } from "../domain/failure.ts";
import { beingHandedOver, type Access, type Alert, type OfferState } from "../domain/handover.ts";
import { twinParts, type ChannelId, type Domain, type TwinId } from "../domain/ids.ts";
import type { AddressedNotice } from "../domain/notice.ts";
import type { Checkpoint } from "../domain/record/checkpoint.ts";
import type { Count } from "../domain/record/count.ts";
import type { Presence } from "../domain/record/presence.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { now as clock } from "../platform/clock.ts";
import { keep, kept, type Answer, type Idem } from "../platform/idempotency.ts";
import { isMade, migrate } from "../platform/migrate.ts";
import { log } from "../platform/log.ts";
import { productOf, tenureOf } from "../platform/stubs.ts";
import type { Opening } from "../tenure/tenure.ts";
import { keepAlert } from "./alert.ts";
import { isEndedShare, keepEndedShares } from "./ended-shares.ts";
import {
  Handover,
  type Accepted,
  type NewOffer,
  type OfferStanding,
  type OpenedOffer,
  type OfferView,
  type Travels,
} from "./handover.ts";
import { Notices } from "./notices.ts";
import { isBeingHandedOver } from "./offers.ts";
import { ownerDueAt, tellOwner } from "./owner-news.ts";
import { presenceOf } from "./presence.ts";
import type { Item, Moved } from "./record.ts";
import {
  appendByMaker,
  appendByOwner,
  checkpointFor,
  commission,
  entryUnder,
  eraseBody,
  forgetTenure,
  historyOf,
  labelSaltFor,
  noRecord,
  NOTHING_RECORDED,
  outlook,
  stateCount,
  takeBack,
  type History,
  type Outlook,
  type RecordedEntry,
  type Submission,
} from "./recording.ts";
import { MIGRATIONS } from "./schema.ts";
import { photoAfter, photoOf, type PlacedPhoto, type RecordPhoto } from "./sealed-bodies.ts";
import { lingering, markErased, opened, presentTenure, takenBy, takeFirst, unopened } from "./tenures.ts";

const LEASE_MS = 10_000;

export class Twin extends DurableObject<Env> {
  readonly #notices: Notices;
  readonly #handover: Handover;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (isMade(ctx.storage)) migrate(ctx.storage, MIGRATIONS);
    this.#notices = new Notices(env, ctx.storage);
    this.#handover = new Handover({
      env,
      storage: ctx.storage,
      gone: (twin) => this.#notices.gone(twin),
    });
  }

  /** Gives the item to its first owner. Whoever comes after is refused, but a repeat with the same key meets its own answer. */
  async begin(opening: Opening, idem: Idem | undefined): Promise<Result<Answer<{ twin: TwinId }>, Failure>> {
    const { storage } = this.ctx;
    migrate(storage, MIGRATIONS);
    const begun = storage.transactionSync((): Result<Answer<{ twin: TwinId }>, Failure> => {
      const before = kept<{ twin: TwinId }>(storage.sql, idem, clock());
      if (before.kind === "conflict") return err({ code: "idempotency-conflict" });
      if (before.kind === "kept") return ok(before.answer);
      if (!takeFirst(storage.sql, opening)) return err({ code: "claim-refused" });
      const body = { twin: opening.twin };
      keep(storage.sql, idem, opening.twin, body, clock());
      void storage.setAlarm(clock() + LEASE_MS);
      return ok({ body, replayed: false, sealed: null });
    });
    if (!begun.ok) return begun;
    await this.#openTenures();
    await this.#tell();
    return begun;
  }

  async #openTenures(): Promise<void> {
    const { storage } = this.ctx;
    for (const opening of unopened(storage.sql)) {
      await tenureOf(this.env, opening.twin).open(opening);
      const standing =
        opening.proof === "label" && opening.product.gtin !== null
          ? await productOf(this.env, opening.product.gtin).claimed(opening.twin)
          : null;
      storage.transactionSync(() => {
        for (const notice of standing ?? []) this.#notices.keep(notice);
        opened(storage.sql, opening.twin);
        this.#notices.welcome(opening.twin);
      });
    }
    await commission(this.env, storage);
  }

  /** For its product: keeps a notice of this item, or that it was withdrawn, and tells the present owner. The same twice changes nothing. */
  async takeNotice(notice: AddressedNotice): Promise<void> {
    if (!isMade(this.ctx.storage)) return;
    this.#notices.keep(notice);
    await this.#tell();
  }

  // The record

  /** What an author must know before it signs: the head, the tenure, and where the entry is that it corrects. */
  async head(correcting?: { readonly dedupe: string; readonly maker: Domain }): Promise<Outlook> {
    if (!(await this.#hasRecord())) return NOTHING_RECORDED;
    return outlook(this.ctx.storage.sql, correcting);
  }

  /** For the present tenure: the whole record, vouched for; null for any other. */
  async history(twin: TwinId): Promise<History | null> {
    return (await this.#hasRecord()) ? historyOf(this.ctx.storage.sql, twin) : null;
  }

  /** For the present tenure: the head as it is now, vouched for; null for any other. */
  async checkpoint(twin: TwinId): Promise<Checkpoint | null> {
    return (await this.#hasRecord()) ? checkpointFor(this.ctx.storage.sql, twin) : null;
  }

  /** For the present tenure: what its label's hash is salted with; null for any other, and without a label. */
  async labelSalt(twin: TwinId): Promise<string | null> {
    return (await this.#hasRecord()) ? labelSaltFor(this.ctx.storage.sql, twin) : null;
  }

  /** For the present tenure: a buyer's number, signed; null for any other. */
  async presence(twin: TwinId, asked: { readonly share: string; readonly nonce: string }): Promise<Presence | null> {
    return (await this.#hasRecord()) ? presenceOf(this.ctx.storage.sql, twin, asked, clock()) : null;
  }

  /** For the present tenure: adds what its owner, or a channel of theirs, has signed. `moved`: look at the head, and sign anew. */
  async append(twin: TwinId, submission: Submission): Promise<Result<RecordedEntry, Failure | Moved>> {
    return (await this.#hasRecord()) ? appendByOwner(this.ctx.storage, twin, submission) : noRecord;
  }

  /** For the present tenure: the entry that was made under this name; null when there is none. */
  async entryUnder(twin: TwinId, dedupe: string): Promise<RecordedEntry | null> {
    const { sql } = this.ctx.storage;
    return (await this.#hasRecord()) && presentTenure(sql) === twin ? entryUnder(sql, dedupe) : null;
  }

  /** For a company, of its own labelled item, whether or not anyone has claimed that. The owner is told after it has its answer. */
  async appendByMaker(item: Item, maker: Domain, submission: Submission): Promise<Result<null, Failure | Moved>> {
    migrate(this.ctx.storage, MIGRATIONS);
    await this.#hasRecord();
    const added = await appendByMaker(this.ctx.storage, item, maker, submission);
    await this.#setAlarm();
    return added.ok ? ok(null) : added;
  }

  /** The same for its count of its own entries. */
  async countByMaker(item: string, count: Count): Promise<Result<Count, Failure>> {
    migrate(this.ctx.storage, MIGRATIONS);
    await this.#hasRecord();
    return stateCount(this.ctx.storage, item, count, null);
  }

  /** For the present tenure: what one of its channels states of how many entries there are of its channels. */
  async countByChannel(twin: TwinId, channel: ChannelId, count: Count): Promise<Result<Count, Failure>> {
    if (!(await this.#hasRecord())) return noRecord;
    return stateCount(this.ctx.storage, twinParts(twin).item, count, { twin, channel });
  }

  /** For the present tenure: forgets what an entry of its own says. */
  async eraseBody(
    twin: TwinId,
    which: { readonly seq: number } | { readonly dedupe: string },
  ): Promise<Result<null, Failure>> {
    if (!(await this.#hasRecord())) return noRecord;
    return eraseBody(this.ctx.storage, twin, which);
  }

  /** For the present tenure: forgets what the entries made under these names say, all of them or none. */
  async takeBack(twin: TwinId, names: readonly string[]): Promise<Result<null, Failure>> {
    return (await this.#hasRecord()) ? takeBack(this.ctx.storage, twin, names) : noRecord;
  }

  /** For the present tenure: a photo of the record, and the entry it belongs to. */
  async recordPhoto(twin: TwinId, photo: string): Promise<Result<RecordPhoto, Failure>> {
    return (await this.#hasRecord()) && presentTenure(this.ctx.storage.sql) === twin
      ? photoOf(this.ctx.storage.sql, photo)
      : noRecord;
  }

  /** For the present tenure: the photo after this place, so that all can be read one by one; null after the last. */
  async recordPhotoAfter(twin: TwinId, place: number): Promise<PlacedPhoto | null> {
    const { sql } = this.ctx.storage;
    return (await this.#hasRecord()) && presentTenure(sql) === twin ? photoAfter(sql, place) : null;
  }

  /** Whether there is an item here, its present tenure in the record. */
  async #hasRecord(): Promise<boolean> {
    if (!isMade(this.ctx.storage)) return false;
    await commission(this.env, this.ctx.storage);
    return true;
  }

  // The handover: for the present tenure at its owner's word, or for whoever has the code of an offer. The same twice changes nothing

  async offer(twin: TwinId, input: NewOffer, idem: Idem | undefined): Promise<Result<Answer<OfferView>, Failure>> {
    // What is offered must be in the record: whoever takes it over is welcomed there.
    return (await this.#hasRecord()) ? this.#handover.offer(twin, input, idem) : err({ code: "unauthorized" });
  }

  /** The offer that stands, or ran out, and what would go along. */
  async offered(twin: TwinId): Promise<{ offer: OfferView | null; travels: Travels }> {
    await this.#hasRecord();
    return { offer: this.#handover.offered(twin), travels: this.#handover.travels() };
  }

  cancelOffer(twin: TwinId): Result<null, Failure> {
    return this.#handover.cancel(twin);
  }

  /** Answers once the item is the next owner's. */
  async release(twin: TwinId, words: string): Promise<Result<null, Failure>> {
    const released = this.#handover.release(twin, words);
    if (!released.ok) return released;
    await this.#passOn();
    await this.#setAlarm();
    return this.#handover.isOver(twin) ? released : err({ code: "gone", detail: "This twin was erased meanwhile." });
  }

  openOffer(twin: TwinId, codeHash: string): Result<OpenedOffer, Failure> {
    return isMade(this.ctx.storage) ? this.#handover.opened(twin, codeHash) : err({ code: "handover-refused" });
  }

  /** How it stands, also while the thing is on its way: `tokenHash` is of what accepting answered. Null: the offer of this code is over. */
  offerStanding(twin: TwinId, codeHash: string, tokenHash: string | null): Result<OfferStanding | null, Failure> {
    return isMade(this.ctx.storage)
      ? this.#handover.standing(twin, codeHash, tokenHash)
      : err({ code: "handover-refused" });
  }

  /** A photo of the record, for whoever has the code. */
  async photoByCode(twin: TwinId, codeHash: string, photo: string): Promise<Result<RecordPhoto, Failure>> {
    const before = this.openOffer(twin, codeHash);
    if (!before.ok) return before;
    const found = await photoOf(this.ctx.storage.sql, photo);
    const still = this.openOffer(twin, codeHash);
    return still.ok ? found : still;
  }

  /** A gift is answered once the item is theirs. */
  async accept(
    twin: TwinId,
    codeHash: string,
    access: Access,
    idem: Idem | undefined,
  ): Promise<Result<Answer<Accepted & { state: OfferState }>, Failure>> {
    if (!isMade(this.ctx.storage)) return err({ code: "handover-refused" });
    const accepted = await this.#handover.accept(twin, codeHash, access, idem);
    if (!accepted.ok) return accepted;
    try {
      await this.#passOn();
    } catch (fault) {
      // It is decided, and without this answer nobody would have the key to it: the alarm finishes it.
      log("handover-fault", { fault: fault instanceof Error ? fault.name : "unknown" });
    }
    await this.#tell();
    const { body } = accepted.value;
    const state = this.#handover.stateOf(body);
    return state === "cancelled"
      ? err({ code: "handover-refused" })
      : ok({ ...accepted.value, body: { ...body, state } });
  }

  /** Reminds the owner that somebody with the code has the thing; at most once an hour. */
  async haveIt(twin: TwinId, codeHash: string): Promise<Result<{ told: boolean }, Failure>> {
    if (!isMade(this.ctx.storage)) return err({ code: "handover-refused" });
    const said = this.#handover.have(twin, codeHash);
    if (said.ok) await this.#tell();
    return said;
  }

  /** For a tenure that has fallen silent: takes what was released to its end. Whether its time is over. */
  async finishHandover(twin: TwinId): Promise<boolean> {
    await this.#moveOn();
    await this.#setAlarm();
    return this.#handover.isOver(twin);
  }

  setAlert(twin: TwinId, alert: Alert | null): Result<null, Failure> {
    const { sql } = this.ctx.storage;
    if (presentTenure(sql) !== twin) return err({ code: "unauthorized" });
    if (isBeingHandedOver(sql)) return beingHandedOver;
    keepAlert(sql, alert, clock());
    return ok(null);
  }

  /** Whether this is the hash of the token of a link to show that ended with its tenure. */
  hadShare(hash: string): boolean {
    return isMade(this.ctx.storage) && isEndedShare(this.ctx.storage.sql, hash);
  }

  /** Moves the item, if that was decided, and opens the next tenure. */
  async #moveOn(): Promise<void> {
    await this.#handover.finish();
    await this.#openTenures();
  }

  /** The same, and lets go whoever's time is over. */
  async #passOn(): Promise<void> {
    await this.#moveOn();
    for (const twin of lingering(this.ctx.storage.sql)) await this.#handover.letGo(twin);
  }

  /** Tells who is due, and sets the alarm for what is then still to be done. */
  async #tell(): Promise<void> {
    await this.#setAlarm();
    await tellOwner(this.env, this.ctx.storage);
    await this.#handover.tellOwner();
    if (this.#notices.nextDueAt() !== null) await this.#notices.tell();
    await this.#setAlarm();
  }

  async #setAlarm(): Promise<void> {
    const { storage } = this.ctx;
    const times = [
      unopened(storage.sql).length > 0 ? clock() + LEASE_MS : null,
      this.#notices.nextDueAt(),
      ownerDueAt(storage.sql),
      this.#handover.nextDueAt(),
      lingering(storage.sql).length > 0 ? clock() + LEASE_MS : null,
    ];
    const due = times.filter((at) => at !== null);
    await (due.length === 0 ? storage.deleteAlarm() : storage.setAlarm(Math.max(Math.min(...due), clock() + 1)));
  }

  /**
   * A tenure erased itself, and leaves the hashes of its links to show. The item stays taken, its label's code used; of its record what its
   * owners said is forgotten, and the headers stay. Of an item that its owner started, what they typed is in this file as well: it goes whole, and only the name is written again.
   * Of one whose item is another owner's by now nothing is left to do.
   */
  async erased(twin: TwinId, shares: readonly string[]): Promise<void> {
    const { storage } = this.ctx;
    const taken = isMade(storage) ? takenBy(storage.sql, twin) : null;
    if (!taken) return;
    if (this.#handover.isOver(twin)) {
      markErased(storage.sql, twin, taken, clock());
      return this.#setAlarm();
    }
    if (!taken.labelled) {
      await storage.deleteAlarm();
      await storage.deleteAll();
      migrate(storage, MIGRATIONS);
    }
    storage.transactionSync(() => {
      storage.sql.exec("DELETE FROM idempotency");
      forgetTenure(storage.sql, taken.number);
      if (taken.labelled) keepEndedShares(storage.sql, shares);
      markErased(storage.sql, twin, taken, clock());
      this.#notices.gone(twin);
      this.#handover.erased(twin);
    });
    await this.#setAlarm();
  }

  /** Finishes what a crash interrupted. */
  override async alarm(): Promise<void> {
    await this.ctx.storage.setAlarm(clock() + LEASE_MS);
    try {
      await this.#passOn();
    } finally {
      await this.#tell();
    }
  }
}
