// One owner's time with one item. The class only receives: each method reads "who asks, what may they, do it, answer".

import { DurableObject } from "cloudflare:workers";
import {
  may,
  mayReachThread,
  mayReadNote,
  type Caller,
  type ChannelChange,
  type ChannelInput,
  type ChannelView,
  type Scope,
} from "../domain/access.ts";
import type { ReplayOrder } from "../domain/delivery.ts";
import type { AgreementCopy, MakerReply } from "../domain/exchange.ts";
import type { Failure } from "../domain/failure.ts";
import type { Find, FinderView } from "../domain/find.ts";
import type { Alert } from "../domain/handover.ts";
import type { AgreementId, ChannelId, Domain, EventId, IssueId, NoteId, TwinId } from "../domain/ids.ts";
import type { OwnersIssue, PublishedIssue } from "../domain/known-issue.ts";
import { hashOfLabel, type Label, type LabelAnswer } from "../domain/label-hash.ts";
import type { NoteChange, NoteInput, NoteView, PhotoView } from "../domain/note.ts";
import type { AddressedNotice, NoticeState, NoticeView } from "../domain/notice.ts";
import type { PapersInput } from "../domain/papers.ts";
import type { Product, ProductChange, Proof } from "../domain/product.ts";
import type { PushView, Subscription } from "../domain/push.ts";
import type { Count } from "../domain/record/count.ts";
import type { CountInput, HistoryInput } from "../domain/record/history-input.ts";
import type { Presence } from "../domain/record/presence.ts";
import type { RecoveryView } from "../domain/recovery.ts";
import type {
  LinkMessage,
  LinkProffer,
  LinkThread,
  OpenedLink,
  ReplyLinkInput,
  ReplyLinkView,
  ReplyMessage,
  ReplyPerson,
} from "../domain/reply-link.ts";
import { err, ok, type Result } from "../domain/result.ts";
import {
  CHALLENGE_LASTS_MS,
  type ChallengeView,
  type ShareChange,
  type ShareInput,
  type ShareOpening,
  type ShareView,
} from "../domain/share.ts";
import type { ProfferInput } from "../domain/terms/proffer.ts";
import type { ConfirmationBody, DecisionBody, SignedEvent } from "../domain/terms/record.ts";
import { recordBytes } from "../domain/terms/record.ts";
import type { Signed } from "../domain/terms/seal.ts";
import {
  CLOSES_AFTER_MS,
  type MessageInput,
  type MessageView,
  type ReadReceipt,
  type ThreadView,
  type Verdict,
} from "../domain/thread.ts";
import { now as clock } from "../platform/clock.ts";
import { answerClose } from "../platform/closing.ts";
import type { Answer, Idem } from "../platform/idempotency.ts";
import { Limiter } from "../platform/limiter.ts";
import { log } from "../platform/log.ts";
import { isMade, migrate } from "../platform/migrate.ts";
import { newId, random01, randomBytes } from "../platform/random.ts";
import { rootOf } from "../platform/root.ts";
import { limitOf, publicOrigin } from "../platform/settings.ts";
import { makerOf, twinOf } from "../platform/stubs.ts";
import { within } from "../platform/within.ts";
import { Courier, LEASE_MS } from "../relay/courier.ts";
import { subjectOf } from "../relay/push/vapid.ts";
import { relaySettings } from "../relay/settings.ts";
import type { EntryNews } from "../twin/owner-news.ts";
import type { History, RecordedEntry } from "../twin/recording.ts";
import { recordDidOf } from "./agent.ts";
import type { NewOffer, OfferView, Travels } from "../twin/handover.ts";
import type { OfferNews } from "../twin/offers.ts";
import {
  agreementById,
  agreementView,
  listAgreements,
  nextSyncAt,
  openAgreements,
  type OwnAgreementView,
} from "./agreements.ts";
import { decideByLink, open, pictureByLink, profferTo, recordByLink, replyByLink, threadByLink } from "./answering.ts";
import { Channels } from "./channels.ts";
import { DeliveryTeller, markAllDeliveries, markDelivery, tellDesk } from "./delivery-news.ts";
import { erase } from "./erasing.ts";
import { addEvent, lastEvent, type EventAbout, type EventType } from "./events.ts";
import { exportPage, sealLine, type ExportCursor, type ExportPage } from "./exporting.ts";
import { Live, readFeed, REPLAYED_AT_MOST } from "./feed.ts";
import { finderView, setFinder, takeFind } from "./finder.ts";
import { filePapers, readPapers, remindOfPapers, type TaggedPapers } from "./filing.ts";
import { grant, leave, name, revoke } from "./granting.ts";
import { identity, noSuchAgreement, noSuchNote, unauthorized, type Ground } from "./ground.ts";
import {
  beginErasing,
  farewellOf,
  identityOf,
  isErasing,
  keepAlert,
  keepIdentity,
  keepSeed,
  recordSeedOf,
  type Farewell,
} from "./identity.ts";
import { ahead, offered, passedOn, takeHandoverNews, type Ahead, type Offered, type PassedOn } from "./handing-over.ts";
import { countMeIn, countMeOut, dropIssue, knownIssues, takeIssue, withOthers } from "./issues.ts";
import { cutOff, endOutlived, lend, lent } from "./lending.ts";
import { linkByToken, nextLinkEnd } from "./links.ts";
import { compareWithLabel, labelIn } from "./label-hash.ts";
import { challenge, compareLabel, look, pictureByShare, statusOf, type Look, type ShareStatus } from "./looking.ts";
import { listMessages, threadMessages } from "./messages.ts";
import { confirm, takeDecision } from "./deciding.ts";
import { proffer, profferAgain, runNegotiation } from "./proffering.ts";
import { rescind, terminate, terminateByMaker } from "./ending.ts";
import { firstOutcomeAt, listNotes, noteView, revisionsOf, type NoteFilter } from "./notes.ts";
import { listNotices, settleNotice, takeNotice } from "./notices.ts";
import { changeProduct, twinView, type TwinView } from "./owning.ts";
import { nextReminderAt } from "./papers.ts";
import type { CleanPhoto } from "./photos.ts";
import { keepPhoto, pictureFor, pictureForMaker, type Picture } from "./picturing.ts";
import { threadForMaker, type ThreadForMaker } from "./projected.ts";
import { Projector } from "./projecting.ts";
import { Pusher, pushView, subscribe, unsubscribe } from "./pushing.ts";
import { markRead, readReceipt } from "./reading.ts";
import {
  keepRecoveryHash,
  object,
  isGranted,
  recover,
  recoveryView,
  type NewAccess,
  type RecoveryAnswer,
} from "./recovering.ts";
import { eraseFromRecord, pictureOnRecord, readRecord, record, stateCount, takeEntryNews } from "./recording.ts";
import { mayKeepAnswer, noteRelayed } from "./relaying.ts";
import { render, renderForFeed } from "./rendering.ts";
import { replay } from "./replaying.ts";
import { MIGRATIONS } from "./schema.ts";
import { listShares, shareByToken, shareView } from "./shares.ts";
import { answerChallenge, changeShowing, show, takeBack } from "./showing.ts";
import { closeSettledThreads, giveVerdict, postMessage, sharedNote, takeReply } from "./talking.ts";
import { changeNote, forbidden, noteFor, retractNote, writeNote } from "./writing.ts";
import { ToRecord } from "./to-record.ts";
import { closesAt as answerClosesAt } from "../domain/terms/states.ts";

const MINUTE_MS = 60_000;
/** Of one share, and of an offer: labels compared in a minute, so that a serial can't be found by trying; challenges in the time that one lasts. */
const LABEL_TRIES = 10;
const CHALLENGES = 10;
/** A desk that does not answer keeps the alarm no longer; it is told again later. */
const TOLD_WITHIN_MS = 2_000;
/** What happens within this while is told together. */
const GATHERS_MS = 50;
/** A desk that heard enough hears more within this. */
const LOOKS_MS = 1_000;
/** Of its messages and revisions a note shows the newest; `GET …/messages` pages the rest. */
const WITH_A_NOTE = 200;

export type Opening = {
  readonly twin: TwinId;
  readonly tenure: number;
  readonly product: Product;
  readonly proof: Proof;
  readonly tokenHash: string;
  readonly recoveryHash: string;
  readonly createdAt: number;
};

export class Tenure extends DurableObject<Env> {
  readonly #ground: Ground;
  readonly #live: Live;
  readonly #writes: Limiter;
  readonly #labelTries = new Limiter(LABEL_TRIES, MINUTE_MS);
  readonly #challenges = new Limiter(CHALLENGES, CHALLENGE_LASTS_MS);
  readonly #courier: Courier;
  readonly #pusher: Pusher;
  readonly #projector: Projector;
  readonly #toRecord: ToRecord;
  readonly #teller: DeliveryTeller;
  #made: boolean;
  /** What `isErasing` says; every call asks. */
  #erasing: boolean;
  #alarmAt: number | null = null;
  #isRinging = false;
  #willTell = false;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const { storage } = ctx;
    this.#made = isMade(storage);
    this.#erasing = isErasing(storage);
    if (this.#made) migrate(storage, MIGRATIONS);
    const channels = new Channels(storage.sql);
    this.#live = new Live(ctx, channels);
    this.#writes = new Limiter(limitOf(env, "LIMIT_CHANNEL_WRITES"), MINUTE_MS);
    this.#ground = {
      env,
      storage,
      sql: storage.sql,
      channels,
      wakeAt: (at) => this.#wakeAt(at),
      announce: () => this.#live.announce(this.#ground),
      closeSockets: (ids) => this.#live.close(ids),
    };
    this.#courier = new Courier({
      storage,
      settings: relaySettings(env),
      admit: (maker, ask) => makerOf(env, maker).admit(identity(this.#ground).twin, ask),
      report: (maker, reports) => makerOf(env, maker).report(identity(this.#ground).twin, reports),
      render: (event) => render(this.#ground, event.source, event, clock()),
      mayKeepAnswer: (maker, seq) => mayKeepAnswer(this.#ground, maker, seq),
      onState: (maker, seq) => {
        noteRelayed(this.#ground, maker, seq, clock());
        markDelivery(storage.sql, maker, seq);
      },
      now: clock,
      random01,
      newEventId: () => newId("evt"),
      fetch: (input, init) => fetch(input, init),
      pause: (ms) => scheduler.wait(ms),
    });
    this.#teller = new DeliveryTeller({
      storage,
      twin: () => identity(this.#ground).twin,
      tell: (news) => tellDesk(env, news),
      now: clock,
    });
    this.#projector = new Projector(this.#ground);
    this.#toRecord = new ToRecord(this.#ground);
    this.#pusher = new Pusher({
      storage,
      settings: relaySettings(env),
      twin: () => identity(this.#ground).twin,
      vapid: async () => ({ key: await rootOf(env).vapid(), subject: subjectOf(publicOrigin(env)) }),
      now: clock,
      random01,
      fetch: (input, init) => fetch(input, init),
    });
    if (!this.#made) return;
    this.#live.begin(storage.sql);
    // Something later must not replace an alarm that was set before this instance began.
    void ctx.blockConcurrencyWhile(async () => {
      this.#alarmAt = await storage.getAlarm();
    });
  }

  /** Sets the alarm at `at` unless it is set sooner. Part of the transaction it is called in. */
  #wakeAt(at: number): void {
    const now = clock();
    // An alarm that is set while one runs rings only after it, and a courier may take its time.
    if (this.#isRinging && at <= now) this.#tellSoon(now);
    // One that is late is about to ring, and setting it anew would put it off; one that is very late was lost with its transaction.
    if (this.#alarmAt !== null && this.#alarmAt <= at && this.#alarmAt > now - LEASE_MS) return;
    this.#alarmAt = Math.max(Math.min(at, this.#alarmAt ?? at), now + 1);
    void this.ctx.storage.setAlarm(this.#alarmAt);
  }

  #caller(tokenHash: string): Caller | null {
    return this.#made && !this.#erasing ? this.#ground.channels.use(tokenHash, clock()) : null;
  }

  /** The caller, if its channel has one of the scopes; the refusal names the first. */
  #allowed(tokenHash: string, ...scopes: readonly [Scope, ...Scope[]]): Result<Caller, Failure> {
    const caller = this.#caller(tokenHash);
    if (!caller) return unauthorized;
    return scopes.some((scope) => may(caller, scope)) ? ok(caller) : err(forbidden(scopes[0]));
  }

  /** The same for a write, which counts against the channel's rate. */
  #writing(tokenHash: string, ...scopes: readonly [Scope, ...Scope[]]): Result<Caller, Failure> {
    const allowed = this.#allowed(tokenHash, ...scopes);
    if (!allowed.ok) return allowed;
    const wait = this.#writes.take(allowed.value.id, clock());
    return wait === 0 ? allowed : err({ code: "rate-limited", retryAfterSeconds: wait });
  }

  /** Tells the sockets what a command added, and passes its answer on. */
  #told<T>(result: T): T {
    this.#live.announce(this.#ground);
    return result;
  }

  /** Begins this tenure. Called by the item's Twin; a repeat of the same opening changes nothing. */
  open(opening: Opening): void {
    if (this.#made) return;
    const { storage } = this.ctx;
    storage.transactionSync(() => {
      migrate(storage, MIGRATIONS);
      const { tokenHash, recoveryHash, ...rest } = opening;
      keepIdentity(storage, rest);
      keepSeed(storage, randomBytes(32));
      recordSeedOf(storage);
      keepRecoveryHash(storage, recoveryHash);
      this.#ground.channels.add(newId("chan"), tokenHash, { label: "Owner", scopes: ["owner"] }, opening.createdAt);
    });
    this.#made = true;
  }

  /** Whether this is the token of a live channel: asked before a refusal that no command here gives. */
  knows(tokenHash: string): boolean {
    return this.#caller(tokenHash) !== null;
  }

  /** Whether nobody has come here yet with any token. */
  isUntouched(): boolean {
    return !this.#made || this.#ground.channels.areUnused();
  }

  about(tokenHash: string): Result<TwinView, Failure> {
    const caller = this.#allowed(tokenHash, "twin:read");
    return caller.ok ? ok(twinView(this.#ground, caller.value, clock())) : caller;
  }

  async changeProduct(tokenHash: string, change: ProductChange): Promise<Result<TwinView, Failure>> {
    const caller = this.#writing(tokenHash, "owner");
    if (!caller.ok) return caller;
    const changed = await changeProduct(this.#ground, change);
    return changed.ok ? ok(twinView(this.#ground, caller.value, clock())) : changed;
  }

  /** The note as JSON text: an object of its size costs more on its way to the Worker than the insert. */
  writeNote(tokenHash: string, input: NoteInput, idem: Idem | undefined): Result<Answer<string>, Failure> {
    const caller = this.#writing(tokenHash, "notes:write");
    if (!caller.ok) return caller;
    const written = this.#told(writeNote(this.#ground, caller.value, input, idem, clock()));
    if (!written.ok) return written;
    const { body, replayed, sealed } = written.value;
    return ok({ body: JSON.stringify(body), replayed, sealed });
  }

  /** A page as JSON text: twenty notes as objects would cost more on their way to the Worker than all the rest. */
  listNotes(
    tokenHash: string,
    filter: Omit<NoteFilter, "own">,
    limit: number,
    before: number | null,
  ): Result<{ items: string; next: number | null }, Failure> {
    const caller = this.#allowed(tokenHash, "notes:own");
    if (!caller.ok) return caller;
    const own = may(caller.value, "notes:read") ? undefined : caller.value.id;
    const { items, next } = listNotes(this.ctx.storage.sql, { ...filter, own }, limit, before);
    return ok({ items: JSON.stringify(items.map((note) => noteView(this.ctx.storage.sql, note))), next });
  }

  async readNote(tokenHash: string, id: string): Promise<Result<NoteView, Failure>> {
    const caller = this.#allowed(tokenHash, "notes:own");
    if (!caller.ok) return caller;
    const note = noteFor(this.#ground, caller.value, id, mayReadNote);
    if (!note) return noSuchNote;
    const { sql } = this.ctx.storage;
    const view: NoteView = {
      ...noteView(sql, note),
      revisions: revisionsOf(sql, note.id, WITH_A_NOTE),
      messages: threadMessages(sql, note.id, WITH_A_NOTE),
      readReceipt: note.maker === null ? null : readReceipt(sql, note.maker, note.id),
    };
    return ok(await withOthers(this.#ground, view));
  }

  changeNote(tokenHash: string, id: string, change: NoteChange): Result<NoteView, Failure> {
    const caller = this.#writing(tokenHash, "notes:write");
    return caller.ok ? this.#told(changeNote(this.#ground, caller.value, id, change, clock())) : caller;
  }

  async retractNote(tokenHash: string, id: string): Promise<Result<null, Failure>> {
    const caller = this.#writing(tokenHash, "notes:write");
    if (!caller.ok) return caller;
    return this.#offDesks(this.#told(await retractNote(this.#ground, this.#toRecord, caller.value, id, clock())));
  }

  postMessage(
    tokenHash: string,
    note: string,
    input: MessageInput,
    idem: Idem | undefined,
  ): Result<Answer<MessageView>, Failure> {
    const caller = this.#writing(tokenHash, "messages:write");
    return caller.ok ? this.#told(postMessage(this.#ground, caller.value, note, input, idem, clock())) : caller;
  }

  listMessages(
    tokenHash: string,
    note: string,
    limit: number,
    before: number | null,
  ): Result<{ items: MessageView[]; next: number | null }, Failure> {
    const caller = this.#allowed(tokenHash, "messages:read");
    if (!caller.ok) return caller;
    const found = noteFor(this.#ground, caller.value, note, mayReachThread);
    return found ? ok(listMessages(this.ctx.storage.sql, found.id, limit, before)) : noSuchNote;
  }

  markRead(tokenHash: string, note: string, message: string): Result<ReadReceipt | null, Failure> {
    const caller = this.#writing(tokenHash, "messages:read");
    return caller.ok ? markRead(this.#ground, caller.value, note, message, clock()) : caller;
  }

  giveVerdict(tokenHash: string, note: string, verdict: Verdict): Result<ThreadView, Failure> {
    const caller = this.#writing(tokenHash, "messages:write");
    return caller.ok ? this.#told(giveVerdict(this.#ground, caller.value, note, verdict, clock())) : caller;
  }

  addPhoto(tokenHash: string, photo: CleanPhoto, idem: Idem | undefined): Result<Answer<PhotoView>, Failure> {
    const caller = this.#writing(tokenHash, "notes:write", "history:write");
    return caller.ok
      ? keepPhoto(this.#ground, { side: "owner", channel: caller.value.id }, photo, idem, clock())
      : caller;
  }

  readPhoto(tokenHash: string, id: string): Result<Picture, Failure> {
    const caller = this.#allowed(tokenHash, "notes:own");
    return caller.ok ? pictureFor(this.#ground, caller.value, id) : caller;
  }

  async proffer(
    tokenHash: string,
    input: ProfferInput,
    idem: Idem | undefined,
  ): Promise<Result<Answer<OwnAgreementView>, Failure>> {
    const caller = this.#writing(tokenHash, "agreements:write");
    return caller.ok ? this.#told(await proffer(this.#ground, caller.value.id, input, idem)) : caller;
  }

  listAgreements(
    tokenHash: string,
    limit: number,
    before: number | null,
  ): Result<{ items: OwnAgreementView[]; next: number | null }, Failure> {
    const caller = this.#allowed(tokenHash, "agreements:read");
    if (!caller.ok) return caller;
    const { items, next } = listAgreements(this.ctx.storage.sql, limit, before);
    return ok({ items: items.map((item) => agreementView(item, clock())), next });
  }

  readAgreement(tokenHash: string, id: string): Result<OwnAgreementView, Failure> {
    const caller = this.#allowed(tokenHash, "agreements:read");
    if (!caller.ok) return caller;
    const agreement = agreementById(this.ctx.storage.sql, id);
    return agreement ? ok(agreementView(agreement, clock())) : noSuchAgreement;
  }

  readRecord(tokenHash: string, id: string): Result<{ record: string; digest: string }, Failure> {
    const caller = this.#allowed(tokenHash, "agreements:read");
    if (!caller.ok) return caller;
    const agreement = agreementById(this.ctx.storage.sql, id);
    return agreement ? ok({ record: recordBytes(agreement.record), digest: agreement.recordDigest }) : noSuchAgreement;
  }

  async confirm(
    tokenHash: string,
    id: AgreementId,
    decision: ConfirmationBody["confirmation"],
  ): Promise<Result<OwnAgreementView, Failure>> {
    const caller = this.#writing(tokenHash, "agreements:write");
    return caller.ok ? confirm(this.#ground, id, decision) : caller;
  }

  async rescind(tokenHash: string, id: AgreementId): Promise<Result<OwnAgreementView, Failure>> {
    const caller = this.#writing(tokenHash, "agreements:write");
    return caller.ok ? rescind(this.#ground, id) : caller;
  }

  async terminate(
    tokenHash: string,
    id: AgreementId,
    reason: string | undefined,
  ): Promise<Result<OwnAgreementView, Failure>> {
    const caller = this.#writing(tokenHash, "agreements:write");
    return caller.ok ? this.#offDesks(await terminate(this.#ground, id, reason)) : caller;
  }

  makeReplyLink(
    tokenHash: string,
    note: string,
    input: ReplyLinkInput,
    linkHash: string,
    idem: Idem | undefined,
  ): Result<Answer<ReplyLinkView>, Failure> {
    const caller = this.#writing(tokenHash, "owner");
    return caller.ok ? this.#told(lend(this.#ground, caller.value, note, input, linkHash, idem, clock())) : caller;
  }

  replyLinks(tokenHash: string, note: string): Result<ReplyLinkView[], Failure> {
    const caller = this.#allowed(tokenHash, "owner");
    return caller.ok ? lent(this.#ground, caller.value, note, clock()) : caller;
  }

  async revokeReplyLink(tokenHash: string, note: string, link: string): Promise<Result<null, Failure>> {
    const caller = this.#writing(tokenHash, "owner");
    return caller.ok ? cutOff(this.#ground, caller.value, note, link, clock()) : caller;
  }

  // The record

  async history(tokenHash: string): Promise<Result<History, Failure>> {
    const caller = this.#allowed(tokenHash, "history:read");
    if (!caller.ok) return caller;
    await this.#toRecord.run();
    return this.#gone() ?? readRecord(this.#ground);
  }

  async record(
    tokenHash: string,
    input: HistoryInput,
    idem: Idem | undefined,
  ): Promise<Result<Answer<RecordedEntry>, Failure>> {
    const caller = this.#writing(tokenHash, "history:write");
    return caller.ok ? this.#told(await record(this.#ground, caller.value, input, idem)) : caller;
  }

  async eraseFromRecord(tokenHash: string, seq: number): Promise<Result<null, Failure>> {
    const caller = this.#writing(tokenHash, "owner");
    return caller.ok ? this.#told(await eraseFromRecord(this.#ground, seq)) : caller;
  }

  async recordPhoto(tokenHash: string, photo: string): Promise<Result<Picture, Failure>> {
    const caller = this.#allowed(tokenHash, "history:read");
    return caller.ok ? pictureOnRecord(this.#ground, photo) : caller;
  }

  async stateCount(tokenHash: string, input: CountInput): Promise<Result<Count, Failure>> {
    const caller = this.#writing(tokenHash, "history:write");
    return caller.ok ? stateCount(this.#ground, caller.value, input) : caller;
  }

  /** For the item's Twin: the key of this owner's entries, also before they are here, and of their label the GTIN and the hash with this salt. */
  async recordKey(salt: string | null): Promise<{ owner: string; label: { gtin: string; hash: string } | null }> {
    const known = identityOf(this.ctx.storage);
    const owner = await recordDidOf(this.ctx.storage);
    const label = known && labelIn(known);
    return { owner, label: salt !== null && label ? { gtin: label.gtin, hash: hashOfLabel(salt, label) } : null };
  }

  /** For the item's Twin: what a company put on the record. */
  recordGrew(news: readonly EntryNews[]): void {
    if (this.#gone() === null) this.#told(takeEntryNews(this.#ground, news));
  }

  async show(
    tokenHash: string,
    input: ShareInput,
    shareHash: string,
    idem: Idem | undefined,
  ): Promise<Result<Answer<ShareView>, Failure>> {
    const caller = this.#writing(tokenHash, "owner");
    if (!caller.ok) return caller;
    // What was to be on the record before is there, and shown.
    await this.#toRecord.run();
    return this.#gone() ?? this.#told(await show(this.#ground, input, shareHash, idem));
  }

  listShares(
    tokenHash: string,
    limit: number,
    before: number | null,
  ): Result<{ items: ShareView[]; next: number | null }, Failure> {
    const caller = this.#allowed(tokenHash, "owner");
    if (!caller.ok) return caller;
    const { items, next } = listShares(this.ctx.storage.sql, limit, before);
    return ok({ items: items.map((share) => shareView(share, clock())), next });
  }

  async changeShowing(tokenHash: string, share: string, change: ShareChange): Promise<Result<ShareView, Failure>> {
    const caller = this.#writing(tokenHash, "owner");
    if (!caller.ok) return caller;
    await this.#toRecord.run();
    return this.#gone() ?? this.#told(await changeShowing(this.#ground, share, change));
  }

  takeShareBack(tokenHash: string, share: string): Result<null, Failure> {
    const caller = this.#writing(tokenHash, "owner");
    return caller.ok ? this.#told(takeBack(this.#ground, share, clock())) : caller;
  }

  async answerChallenge(tokenHash: string, share: string, code: string): Promise<Result<Presence, Failure>> {
    const caller = this.#writing(tokenHash, "owner");
    return caller.ok ? answerChallenge(this.#ground, share, code) : caller;
  }

  finder(tokenHash: string): Result<FinderView, Failure> {
    const caller = this.#allowed(tokenHash, "owner");
    return caller.ok ? ok(finderView(this.ctx.storage.sql)) : caller;
  }

  setFinder(tokenHash: string, on: boolean): Result<FinderView, Failure> {
    const caller = this.#writing(tokenHash, "owner");
    return caller.ok ? setFinder(this.#ground, on, clock()) : caller;
  }

  createChannel(
    tokenHash: string,
    newTokenHash: string,
    input: ChannelInput,
    idem: Idem | undefined,
  ): Result<Answer<ChannelView>, Failure> {
    const caller = this.#writing(tokenHash, "owner");
    return caller.ok ? this.#told(grant(this.#ground, newTokenHash, input, idem, clock())) : caller;
  }

  listChannels(
    tokenHash: string,
    limit: number,
    before: number | null,
  ): Result<{ items: ChannelView[]; next: number | null }, Failure> {
    const caller = this.#allowed(tokenHash, "owner");
    return caller.ok ? ok(this.#ground.channels.list(limit, before, caller.value.id)) : caller;
  }

  revokeChannel(tokenHash: string, id: ChannelId): Result<null, Failure> {
    const caller = this.#writing(tokenHash, "owner");
    return caller.ok ? this.#told(revoke(this.#ground, id, clock())) : caller;
  }

  nameChannel(tokenHash: string, id: ChannelId, { label }: ChannelChange): Result<ChannelView, Failure> {
    const caller = this.#writing(tokenHash, "owner");
    return caller.ok ? this.#told(name(this.#ground, caller.value, id, label, clock())) : caller;
  }

  /** The very channel that asks, whatever its scopes. */
  currentChannel(tokenHash: string): Result<ChannelView, Failure> {
    const caller = this.#caller(tokenHash);
    return caller ? ok(this.#ground.channels.view(caller.id, caller.id)) : unauthorized;
  }

  leave(tokenHash: string): Result<null, Failure> {
    const caller = this.#caller(tokenHash);
    return caller ? this.#told(leave(this.#ground, caller, clock())) : unauthorized;
  }

  readPapers(tokenHash: string): Result<TaggedPapers, Failure> {
    const caller = this.#allowed(tokenHash, "owner");
    return caller.ok ? ok(readPapers(this.#ground)) : caller;
  }

  /** `etag` is the digest of `papers`; `ifMatch` the tags one of which must be the present one's. */
  filePapers(
    tokenHash: string,
    papers: PapersInput,
    etag: string,
    ifMatch: readonly string[] | "*" | null,
  ): Result<TaggedPapers, Failure> {
    const caller = this.#writing(tokenHash, "owner");
    return caller.ok ? this.#told(filePapers(this.#ground, caller.value, papers, etag, ifMatch, clock())) : caller;
  }

  listNotices(
    tokenHash: string,
    limit: number,
    before: number | null,
  ): Result<{ items: NoticeView[]; next: number | null }, Failure> {
    const caller = this.#allowed(tokenHash, "twin:read");
    return caller.ok ? ok(listNotices(this.ctx.storage.sql, limit, before)) : caller;
  }

  settleNotice(tokenHash: string, id: string, state: NoticeState): Result<NoticeView, Failure> {
    const caller = this.#writing(tokenHash, "owner");
    return caller.ok ? this.#told(settleNotice(this.#ground, id, state, clock())) : caller;
  }

  /** Whether, and where, the channel that asks is told of news by web push. */
  push(tokenHash: string): Result<PushView, Failure> {
    const caller = this.#allowed(tokenHash, "twin:read");
    return caller.ok ? ok(pushView(this.#ground, caller.value.id)) : caller;
  }

  subscribe(tokenHash: string, subscription: Subscription): Result<PushView, Failure> {
    const caller = this.#writing(tokenHash, "twin:read");
    return caller.ok ? ok(subscribe(this.#ground, caller.value.id, subscription, clock())) : caller;
  }

  unsubscribe(tokenHash: string): Result<null, Failure> {
    const caller = this.#writing(tokenHash, "twin:read");
    if (!caller.ok) return caller;
    unsubscribe(this.#ground, caller.value.id);
    return ok(null);
  }

  /** A page of the feed as JSON text: its data has no type that a stub could carry. */
  events(tokenHash: string, after: number, limit: number): Result<string, Failure> {
    const caller = this.#allowed(tokenHash, "twin:read");
    return caller.ok ? ok(JSON.stringify(readFeed(this.#ground, caller.value, after, limit))) : caller;
  }

  /** The live socket: the Worker has checked that this is an upgrade, and put the credential's hash and `after` in headers of its own. */
  override async fetch(request: Request): Promise<Response> {
    const caller = this.#allowed(request.headers.get("X-Token-Hash") ?? "", "twin:read");
    if (!caller.ok) return new Response(null, { status: caller.error.code === "forbidden" ? 403 : 401 });
    const after = request.headers.get("X-After");
    if (after !== null && lastEvent(this.ctx.storage.sql) - Number(after) > REPLAYED_AT_MOST) {
      return new Response(null, { status: 409 });
    }
    return this.#live.accept(this.#ground, caller.value, after === null ? null : Number(after));
  }

  /** Nothing is expected from a live socket's other side. */
  override webSocketMessage(): void {}

  override webSocketClose(socket: WebSocket, code: number): void {
    answerClose(socket, code);
  }

  async exportPage(tokenHash: string, cursor: ExportCursor): Promise<Result<ExportPage, Failure>> {
    const caller = this.#allowed(tokenHash, "owner");
    return caller.ok ? ok(await exportPage(this.#ground, cursor)) : caller;
  }

  /** What ends an export of which the Worker counted and digested every line. */
  async sealExport(tokenHash: string, sha256: string, lines: number): Promise<Result<string, Failure>> {
    const caller = this.#allowed(tokenHash, "owner");
    return caller.ok ? ok(await sealLine(this.#ground, sha256, lines)) : caller;
  }

  async erase(tokenHash: string): Promise<Result<null, Failure>> {
    const caller = this.#writing(tokenHash, "owner");
    if (!caller.ok) return caller;
    this.#fallSilent("erased");
    try {
      await this.#eraseAll();
    } catch (fault) {
      // It is decided, and nobody gets in any more: the alarm finishes it.
      log("erasure-fault", { fault: fault instanceof Error ? fault.name : "unknown" });
    }
    return ok(null);
  }

  /** From here on nobody is answered any more, whatever happens between. */
  #fallSilent(farewell: Farewell): void {
    beginErasing(this.ctx.storage, farewell);
    this.#erasing = true;
    this.#live.closeAll(farewell);
    this.#pusher.stop();
  }

  async #eraseAll(): Promise<void> {
    const farewell = farewellOf(this.ctx.storage)!;
    if (farewell === "transferred") {
      const { twin } = identity(this.#ground);
      // The item's Twin has the last word on whether it moved; until then the lease stands.
      if (!(await twinOf(this.env, twin).finishHandover(twin))) return;
    }
    // What is told from here on would come after the leaving.
    await this.#teller.stop();
    await erase(this.#ground, this.#courier, this.#projector, farewell, async () => {
      this.#made = false;
      await this.ctx.storage.deleteAlarm();
      await this.ctx.storage.deleteAll();
      this.#erasing = false;
    });
  }

  // The handover, and an alert: the item's Twin decides, and is asked in the owner's name only

  async offer(tokenHash: string, input: NewOffer, idem: Idem | undefined): Promise<Result<Answer<OfferView>, Failure>> {
    const caller = this.#writing(tokenHash, "owner");
    if (!caller.ok) return caller;
    const { twin } = identity(this.#ground);
    await this.#toRecord.run();
    const made = await twinOf(this.env, twin).offer(twin, input, idem);
    if (made.ok && !made.value.replayed) this.#happened("handover.offered");
    return made;
  }

  async offered(tokenHash: string): Promise<Result<Ahead & { offer: OfferView | null; travels: Travels }, Failure>> {
    const caller = this.#allowed(tokenHash, "owner");
    if (!caller.ok) return caller;
    const { twin } = identity(this.#ground);
    const standing = await twinOf(this.env, twin).offered(twin);
    return this.#caller(tokenHash) ? ok({ ...ahead(this.#ground), ...standing }) : unauthorized;
  }

  async cancelOffer(tokenHash: string): Promise<Result<null, Failure>> {
    const caller = this.#writing(tokenHash, "owner");
    if (!caller.ok) return caller;
    const { twin } = identity(this.#ground);
    const cancelled = await twinOf(this.env, twin).cancelOffer(twin);
    if (cancelled.ok) this.#happened("handover.cancelled");
    return cancelled;
  }

  async release(tokenHash: string, words: string): Promise<Result<null, Failure>> {
    const caller = this.#writing(tokenHash, "owner");
    if (!caller.ok) return caller;
    const { twin } = identity(this.#ground);
    // Whoever accepted has not seen what is still on its way to the record, nor that its owner took something back.
    await this.#toRecord.run();
    await this.#toRecord.forgetTakenBack();
    return twinOf(this.env, twin).release(twin, words);
  }

  async setAlert(tokenHash: string, alert: Alert | null): Promise<Result<TwinView, Failure>> {
    const caller = this.#writing(tokenHash, "owner");
    if (!caller.ok) return caller;
    const { twin } = identity(this.#ground);
    const set = await twinOf(this.env, twin).setAlert(twin, alert);
    if (!set.ok) return set;
    if (!this.#caller(tokenHash)) return unauthorized;
    if (keepAlert(this.ctx.storage, alert)) this.#happened("alert.changed", { data: { alert } });
    return ok(twinView(this.#ground, caller.value, clock()));
  }

  #happened(type: EventType, about: EventAbout = {}): void {
    if (!this.#made || this.#erasing) return;
    addEvent(this.ctx.storage.sql, type, about, clock());
    this.#live.announce(this.#ground);
  }

  // For the item's Twin, when the item changes hands

  /** What whoever has the code of an offer is told besides the record; null when this tenure is over. */
  async forBuyer(): Promise<Offered | null> {
    return this.#gone() === null ? offered(this.#ground) : null;
  }

  /** For whoever has the code of an offer: whether a label is this thing's; null when this tenure is over. */
  async compareForBuyer(codeHash: string, label: Label): Promise<Result<LabelAnswer, Failure> | null> {
    if (this.#gone() !== null) return null;
    const compared =
      this.#tooMany(codeHash, this.#labelTries) ?? (await compareWithLabel(this.#ground, codeHash, label));
    return this.#gone() === null ? compared : null;
  }

  takeHandoverNews(type: OfferNews): void {
    if (this.#gone() === null) this.#told(takeHandoverNews(this.#ground, type));
  }

  /**
   * The owner's word was given: from here on this tenure answers nobody, and goes once the item has moved. Answers what it passes on; null
   * when its owner is erasing it. A repeat answers the same. Throws while the record can't forget what its owner took back.
   */
  async handOver(): Promise<PassedOn | null> {
    if (this.#made && !this.#erasing) await this.#toRecord.forgetTakenBack();
    if (!this.#made || farewellOf(this.ctx.storage) === "erased") return null;
    if (!this.#erasing) {
      this.#fallSilent("transferred");
      this.#wakeAt(clock() + LEASE_MS);
    }
    return passedOn(this.#ground);
  }

  /** The item has moved: this tenure goes now. */
  letGo(): void {
    if (this.#made && this.#erasing) this.#wakeAt(clock());
  }

  recovery(tokenHash: string): Result<RecoveryView, Failure> {
    const caller = this.#caller(tokenHash);
    return caller ? ok(recoveryView(this.#ground)) : unauthorized;
  }

  objectToRecovery(tokenHash: string): Result<null, Failure> {
    const caller = this.#caller(tokenHash);
    return caller ? this.#told(object(this.#ground, caller.id, clock())) : unauthorized;
  }

  async recover(access: NewAccess, idem: Idem | undefined): Promise<Result<Answer<RecoveryAnswer>, Failure>> {
    if (!this.#made || this.#erasing) return err({ code: "recovery-refused" });
    const granted = isGranted(this.#ground, access.codeHash, clock());
    if (granted) await this.#takeOfferBack();
    if (!this.#made || this.#erasing) return err({ code: "recovery-refused" });
    const recovered = this.#told(recover(this.#ground, access, idem, clock()));
    // Once more: whoever was in still could offer while the first was under way.
    if (granted && recovered.ok) await this.#takeOfferBack();
    return recovered;
  }

  /** What somebody else offered, with a channel of this twin, must not outlive the channel. */
  async #takeOfferBack(): Promise<void> {
    const { twin } = identity(this.#ground);
    await twinOf(this.env, twin).cancelOffer(twin);
  }

  // By whoever holds a share; each answers for itself whether the token is that very share's

  /** Whether this is the token of a share, over or not: asked before a refusal that no command here gives. */
  knowsShare(shareHash: string): boolean {
    return this.#gone() === null && shareByToken(this.ctx.storage.sql, shareHash) !== null;
  }

  async look(shareHash: string, share: string, opening: ShareOpening): Promise<Result<Look, Failure>> {
    return this.#unshown(shareHash) ?? look(this.#ground, shareHash, share, opening);
  }

  async shareStatus(shareHash: string, share: string): Promise<Result<ShareStatus, Failure>> {
    return this.#unshown(shareHash) ?? statusOf(this.#ground, shareHash, share);
  }

  async pictureByShare(shareHash: string, share: string, photo: string): Promise<Result<Picture, Failure>> {
    return this.#unshown(shareHash) ?? pictureByShare(this.#ground, shareHash, share, photo);
  }

  async compareLabel(shareHash: string, share: string, label: Label): Promise<Result<LabelAnswer, Failure>> {
    return this.#unshown(shareHash, this.#labelTries) ?? compareLabel(this.#ground, shareHash, share, label);
  }

  challenge(shareHash: string, share: string, nonce: string): Result<ChallengeView, Failure> {
    return this.#unshown(shareHash, this.#challenges) ?? this.#told(challenge(this.#ground, shareHash, share, nonce));
  }

  /** The refusal of a token that is no share's, or is used too often. */
  #unshown(shareHash: string, limiter = this.#writes): { readonly ok: false; readonly error: Failure } | null {
    return this.knowsShare(shareHash) ? this.#tooMany(shareHash, limiter) : unauthorized;
  }

  /** Somebody reports this thing as found. Whether its owner heard of it is told to nobody. */
  takeFind(find: Find): void {
    if (this.#gone() === null) this.#told(takeFind(this.#ground, find, clock()));
  }

  // By whoever holds a reply link; each answers for itself whether the token is one

  /** Whether this is the token of a reply link, over or not: asked before a refusal that no command here gives. */
  knowsLink(linkHash: string): boolean {
    return this.#gone() === null && linkByToken(this.ctx.storage.sql, linkHash) !== null;
  }

  openLink(linkHash: string): Result<OpenedLink, Failure> {
    return this.#strange(linkHash) ?? open(this.#ground, linkHash, clock());
  }

  async profferByLink(linkHash: string, person: ReplyPerson): Promise<Result<LinkProffer, Failure>> {
    return this.#strange(linkHash) ?? profferTo(this.#ground, linkHash, person, clock());
  }

  async decideByLink(linkHash: string, decision: Signed<DecisionBody>): Promise<Result<OpenedLink, Failure>> {
    return this.#strange(linkHash) ?? this.#told(await decideByLink(this.#ground, linkHash, decision, clock()));
  }

  recordByLink(linkHash: string): Result<{ record: string; digest: string }, Failure> {
    return this.#strange(linkHash) ?? recordByLink(this.#ground, linkHash, clock());
  }

  threadByLink(linkHash: string): Result<LinkThread, Failure> {
    return this.#strange(linkHash) ?? threadByLink(this.#ground, linkHash, clock());
  }

  pictureByLink(linkHash: string, photo: string): Result<Picture, Failure> {
    return this.#strange(linkHash) ?? pictureByLink(this.#ground, linkHash, photo, clock());
  }

  replyByLink(linkHash: string, message: ReplyMessage, idem: Idem | undefined): Result<Answer<LinkMessage>, Failure> {
    return this.#strange(linkHash) ?? this.#told(replyByLink(this.#ground, linkHash, message, idem, clock()));
  }

  /** The refusal of a token that is no link's, or is used too often: a link's holder is limited as a channel is. */
  #strange(linkHash: string): { readonly ok: false; readonly error: Failure } | null {
    return this.knowsLink(linkHash) ? this.#tooMany(linkHash) : unauthorized;
  }

  async decide(id: AgreementId, decision: Signed<DecisionBody>): Promise<Result<AgreementCopy, Failure>> {
    return this.#gone() ?? takeDecision(this.#ground, id, decision);
  }

  async terminateByMaker(id: AgreementId, event: SignedEvent): Promise<Result<AgreementCopy, Failure>> {
    return this.#gone() ?? this.#offDesks(await terminateByMaker(this.#ground, id, event));
  }

  /** A thread for a company's people, as it stands here. */
  threadForMaker(maker: Domain, note: string): Result<ThreadForMaker, Failure> {
    return this.#gone() ?? threadForMaker(this.#ground, maker, note);
  }

  /** Tells a company's desk what it does not know yet. */
  async tellDesks(): Promise<void> {
    if (this.#made && !this.#erasing) await this.#projector.hurry();
  }

  /** Tells a company's desk everything anew; false when this twin is no more. */
  async reproject(maker: Domain): Promise<boolean> {
    if (!this.#made) return false;
    if (this.#erasing) return true;
    markAllDeliveries(this.ctx.storage.sql, maker);
    await this.#projector.anew(maker);
    return true;
  }

  async profferAgain(id: AgreementId): Promise<Result<{ state: string }, Failure>> {
    return this.#gone() ?? profferAgain(this.#ground, id);
  }

  replyFromMaker(reply: MakerReply): Result<MessageView, Failure> {
    return this.#gone() ?? this.#tooMany(reply.maker) ?? this.#told(takeReply(this.#ground, reply, clock()));
  }

  // Known issues

  async knownIssues(tokenHash: string): Promise<Result<OwnersIssue[], Failure>> {
    const caller = this.#allowed(tokenHash, "twin:read");
    return caller.ok ? ok(await knownIssues(this.#ground)) : caller;
  }

  async countMeIn(tokenHash: string, issue: IssueId): Promise<Result<OwnersIssue, Failure>> {
    const caller = this.#writing(tokenHash, "messages:write");
    return caller.ok ? countMeIn(this.#ground, issue) : caller;
  }

  async countMeOut(tokenHash: string, issue: IssueId): Promise<Result<null, Failure>> {
    const caller = this.#writing(tokenHash, "messages:write");
    return caller.ok ? countMeOut(this.#ground, issue) : caller;
  }

  /** For the maker's office: what it says of the issue that it put this note to. The same version twice changes nothing. */
  issueChanged(maker: Domain, note: NoteId, issue: PublishedIssue): Result<null, Failure> {
    return this.#gone() ?? this.#told(takeIssue(this.#ground, maker, note, issue, clock()));
  }

  issueUnlinked(maker: Domain, note: NoteId, issue: IssueId): void {
    if (this.#gone() === null) this.#told(dropIssue(this.#ground, maker, note, issue, clock()));
  }

  photoForMaker(maker: Domain, note: string, photo: string): Result<Picture, Failure> {
    return this.#gone() ?? pictureForMaker(this.#ground, maker, note, photo);
  }

  addMakerPhoto(
    maker: Domain,
    note: string,
    photo: CleanPhoto,
    idem: Idem | undefined,
  ): Result<Answer<PhotoView>, Failure> {
    const refusal = this.#gone() ?? this.#tooMany(maker);
    if (refusal) return refusal;
    const shared = sharedNote(this.#ground, maker, note);
    return shared.ok
      ? keepPhoto(this.#ground, { side: "maker", maker, note: shared.value.id }, photo, idem, clock())
      : shared;
  }

  /** From the item's Twin, or from a company under its agreement: whether the owner has it now. Words of nobody go back. */
  takeNotice(notice: AddressedNotice): boolean {
    return this.#gone() === null && this.#told(takeNotice(this.#ground, notice, clock()));
  }

  /** An endpoint of this maker recovered or appeared: look at its lines now. */
  wake(maker: Domain): void {
    if (!this.#made) return;
    this.#courier.wake(maker);
    this.#wakeAt(clock());
  }

  /** Sends a maker's events again; answers how many go. */
  replay(maker: Domain, order: ReplayOrder): Result<number, Failure> {
    return this.#gone() ?? ok(replay(this.#ground, maker, order, clock()));
  }

  renderForFeed(maker: Domain, event: EventId): ReturnType<typeof renderForFeed> {
    return this.#made ? renderForFeed(this.#ground, maker, event, clock()) : null;
  }

  /** A maker's writes are limited as a channel's are. */
  #tooMany(by: string, limiter = this.#writes): { readonly ok: false; readonly error: Failure } | null {
    const wait = limiter.take(by, clock());
    return wait === 0 ? null : err({ code: "rate-limited", retryAfterSeconds: wait });
  }

  #gone(): { readonly ok: false; readonly error: Failure } | null {
    return this.#made && !this.#erasing
      ? null
      : err({ code: "gone", detail: "This twin is no more: its owner's time with it is over." });
  }

  override async alarm(): Promise<void> {
    this.#alarmAt = null;
    if (!this.#made) return;
    const { storage } = this.ctx;
    // Lease first: should anything below be cut off, the work goes on then.
    this.#alarmAt = clock() + LEASE_MS;
    await storage.setAlarm(this.#alarmAt);
    if (this.#erasing) return this.#eraseAll();
    this.#isRinging = true;
    try {
      closeSettledThreads(this.#ground, clock(), CLOSES_AFTER_MS);
      remindOfPapers(this.#ground, clock());
      this.#beginTelling();
      this.#beginPushes();
      await endOutlived(this.#ground, clock());
      await runNegotiation(this.#ground, clock());
      await this.#courier.run();
      await within(TOLD_WITHIN_MS, Promise.all([this.#teller.run(), this.#projector.run()]));
    } finally {
      this.#isRinging = false;
    }
    if (this.#made && !this.#erasing) this.#live.announce(this.#ground);
    await this.#putOff();
  }

  /** Not awaited: a push service that hangs must not keep the alarm, and with it the relay to companies. Each push has a lease of its own. */
  #beginPushes(): void {
    this.ctx.waitUntil(this.#pusher.run().then(() => (this.#isRinging ? undefined : this.#putOff())));
  }

  /** Not awaited either: none waits for another, be it a desk, the item's record or a company's endpoint. */
  #beginTelling(): void {
    if (!this.#made || this.#erasing) return;
    for (const teller of [this.#projector, this.#toRecord]) {
      this.ctx.waitUntil(teller.run().then(() => (this.#isRinging ? undefined : this.#putOff())));
    }
  }

  /** Tells what comes while the alarm runs, much of it at once: now, and again when a desk that heard enough may hear more. */
  #tellSoon(at: number): void {
    if (this.#willTell) return;
    this.#willTell = true;
    const told = scheduler.wait(Math.max(at - clock(), GATHERS_MS)).then(() => {
      this.#willTell = false;
      if (!this.#isRinging) return;
      this.#beginTelling();
      const next = this.#projector.nextDueAt();
      // Under way, it looks itself; put off for longer, the alarm does.
      if (next !== null && next <= clock() + LOOKS_MS) this.#tellSoon(next);
    });
    this.ctx.waitUntil(told);
  }

  /** What was ended or taken back is tried to be gone from the company's desk before that is answered. */
  async #offDesks<T>(result: Result<T, Failure>): Promise<Result<T, Failure>> {
    if (result.ok) await this.#projector.hurry();
    return result;
  }

  /** Sets the alarm to what is due next, be that later than it is set. */
  async #putOff(): Promise<void> {
    // Erased meanwhile: the lease stands until that is finished.
    if (!this.#made || this.#erasing) return;
    const next = this.#nextDueAt();
    if (next === null) {
      this.#alarmAt = null;
      await this.ctx.storage.deleteAlarm();
    } else {
      this.#alarmAt = Math.max(next, clock() + 1);
      await this.ctx.storage.setAlarm(this.#alarmAt);
    }
  }

  #nextDueAt(): number | null {
    const { sql } = this.ctx.storage;
    const outcome = firstOutcomeAt(sql);
    const times = [
      this.#courier.nextDueAt(),
      nextSyncAt(sql),
      nextLinkEnd(sql),
      outcome === null ? null : outcome + CLOSES_AFTER_MS,
      nextReminderAt(sql),
      this.#pusher.nextDueAt(),
      this.#projector.nextDueAt(),
      this.#toRecord.nextDueAt(),
      this.#teller.nextDueAt(),
      ...openAgreements(sql).map((agreement) => answerClosesAt(agreement)),
    ].filter((at) => at !== null);
    return times.length === 0 ? null : Math.min(...times);
  }
}
