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
import type { AgreementCopy, MakerReply } from "../domain/exchange.ts";
import type { Failure } from "../domain/failure.ts";
import type { AgreementId, ChannelId, Domain, EventId, TwinId } from "../domain/ids.ts";
import type { NoteChange, NoteInput, NoteView, PhotoView } from "../domain/note.ts";
import type { PapersInput } from "../domain/papers.ts";
import type { Product, ProductChange, Proof } from "../domain/product.ts";
import type { PushView, Subscription } from "../domain/push.ts";
import type { RecoveryView } from "../domain/recovery.ts";
import { err, ok, type Result } from "../domain/result.ts";
import type { ProfferInput } from "../domain/terms/proffer.ts";
import type { ConfirmationBody, DecisionBody, SignedEvent } from "../domain/terms/record.ts";
import { recordBytes } from "../domain/terms/record.ts";
import type { Signed } from "../domain/terms/seal.ts";
import {
  CLOSES_AFTER_MS,
  type MessageInput,
  type MessageView,
  type ThreadView,
  type Verdict,
} from "../domain/thread.ts";
import { now as clock } from "../platform/clock.ts";
import type { Answer, Idem } from "../platform/idempotency.ts";
import { Limiter } from "../platform/limiter.ts";
import { log } from "../platform/log.ts";
import { isMade, migrate } from "../platform/migrate.ts";
import { newId, random01, randomBytes } from "../platform/random.ts";
import { rootOf } from "../platform/root.ts";
import { limitOf, publicOrigin } from "../platform/settings.ts";
import { makerOf } from "../platform/stubs.ts";
import { Courier, LEASE_MS } from "../relay/courier.ts";
import { subjectOf } from "../relay/push/vapid.ts";
import { relaySettings } from "../relay/settings.ts";
import {
  agreementById,
  agreementView,
  listAgreements,
  nextSyncAt,
  openAgreements,
  type OwnAgreementView,
} from "./agreements.ts";
import { Channels } from "./channels.ts";
import { erase } from "./erasing.ts";
import { lastEvent } from "./events.ts";
import { exportPage, type ExportCursor, type ExportPage } from "./exporting.ts";
import { Live, readFeed, REPLAYED_AT_MOST } from "./feed.ts";
import { filePapers, readPapers, remindOfPapers, type TaggedPapers } from "./filing.ts";
import { grant, leave, name, revoke } from "./granting.ts";
import { identity, noSuchAgreement, noSuchNote, unauthorized, type Ground } from "./ground.ts";
import { beginErasing, isErasing, keepIdentity, keepSeed } from "./identity.ts";
import { listMessages, threadMessages } from "./messages.ts";
import { confirm, takeDecision } from "./deciding.ts";
import { proffer, profferAgain, runNegotiation } from "./proffering.ts";
import { rescind, terminate, terminateByMaker } from "./ending.ts";
import { firstOutcomeAt, listNotes, noteView, revisionsOf, type NoteFilter } from "./notes.ts";
import { changeProduct, twinView, type TwinView } from "./owning.ts";
import { nextReminderAt } from "./papers.ts";
import type { CleanPhoto } from "./photos.ts";
import { keepPhoto, pictureFor, pictureForMaker, type Picture } from "./picturing.ts";
import { Pusher, pushView, subscribe, unsubscribe } from "./pushing.ts";
import { keepRecoveryHash, object, recover, recoveryView, type NewAccess, type RecoveryAnswer } from "./recovering.ts";
import { noteRelayed } from "./relaying.ts";
import { render, renderForFeed } from "./rendering.ts";
import { MIGRATIONS } from "./schema.ts";
import { closeSettledThreads, giveVerdict, postMessage, sharedNote, takeReply } from "./talking.ts";
import { changeNote, forbidden, noteFor, retractNote, writeNote } from "./writing.ts";
import { closesAt as answerClosesAt } from "../domain/terms/states.ts";

const MINUTE_MS = 60_000;
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
  readonly #courier: Courier;
  readonly #pusher: Pusher;
  #made: boolean;
  /** What `isErasing` says; every call asks. */
  #erasing: boolean;
  #alarmAt: number | null = null;
  #isRinging = false;

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
      onState: (maker, seq) => noteRelayed(this.#ground, maker, seq, clock()),
      now: clock,
      random01,
      newEventId: () => newId("evt"),
      fetch: (input, init) => fetch(input, init),
      pause: (ms) => scheduler.wait(ms),
    });
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
    // One that is late is about to ring, and setting it anew would put it off; one that is very late was lost with its transaction.
    if (this.#alarmAt !== null && this.#alarmAt <= at && this.#alarmAt > now - LEASE_MS) return;
    this.#alarmAt = Math.max(Math.min(at, this.#alarmAt ?? at), now + 1);
    void this.ctx.storage.setAlarm(this.#alarmAt);
  }

  #caller(tokenHash: string): Caller | null {
    return this.#made && !this.#erasing ? this.#ground.channels.use(tokenHash, clock()) : null;
  }

  /** The caller, if its channel has the scope. */
  #allowed(tokenHash: string, scope: Scope): Result<Caller, Failure> {
    const caller = this.#caller(tokenHash);
    if (!caller) return unauthorized;
    return may(caller, scope) ? ok(caller) : err(forbidden(scope));
  }

  /** The same for a write, which counts against the channel's rate. */
  #writing(tokenHash: string, scope: Scope): Result<Caller, Failure> {
    const allowed = this.#allowed(tokenHash, scope);
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
      keepRecoveryHash(storage, recoveryHash);
      this.#ground.channels.add(newId("chan"), tokenHash, { label: "Owner", scopes: ["owner"] }, opening.createdAt);
    });
    this.#made = true;
  }

  /** Whether this is the token of a live channel: asked before a refusal that no command here gives. */
  knows(tokenHash: string): boolean {
    return this.#caller(tokenHash) !== null;
  }

  about(tokenHash: string): Result<TwinView, Failure> {
    const caller = this.#allowed(tokenHash, "twin:read");
    return caller.ok ? ok(twinView(this.#ground, caller.value, clock())) : caller;
  }

  changeProduct(tokenHash: string, change: ProductChange): Result<TwinView, Failure> {
    const caller = this.#writing(tokenHash, "owner");
    if (!caller.ok) return caller;
    const changed = changeProduct(this.#ground, change);
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

  readNote(tokenHash: string, id: string): Result<NoteView, Failure> {
    const caller = this.#allowed(tokenHash, "notes:own");
    if (!caller.ok) return caller;
    const note = noteFor(this.#ground, caller.value, id, mayReadNote);
    if (!note) return noSuchNote;
    const { sql } = this.ctx.storage;
    return ok({
      ...noteView(sql, note),
      revisions: revisionsOf(sql, note.id, WITH_A_NOTE),
      messages: threadMessages(sql, note.id, WITH_A_NOTE),
    });
  }

  changeNote(tokenHash: string, id: string, change: NoteChange): Result<NoteView, Failure> {
    const caller = this.#writing(tokenHash, "notes:write");
    return caller.ok ? this.#told(changeNote(this.#ground, caller.value, id, change, clock())) : caller;
  }

  retractNote(tokenHash: string, id: string): Result<null, Failure> {
    const caller = this.#writing(tokenHash, "notes:write");
    return caller.ok ? this.#told(retractNote(this.#ground, caller.value, id, clock())) : caller;
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

  giveVerdict(tokenHash: string, note: string, verdict: Verdict): Result<ThreadView, Failure> {
    const caller = this.#writing(tokenHash, "messages:write");
    return caller.ok ? this.#told(giveVerdict(this.#ground, caller.value, note, verdict, clock())) : caller;
  }

  addPhoto(tokenHash: string, photo: CleanPhoto, idem: Idem | undefined): Result<Answer<PhotoView>, Failure> {
    const caller = this.#writing(tokenHash, "notes:write");
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
    return caller.ok ? terminate(this.#ground, id, reason) : caller;
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

  /** Answers with the same code. RFC 6455, 7.4: those below 1000 and from 5000 on, and four more, can't be sent. */
  override webSocketClose(socket: WebSocket, code: number): void {
    const isSendable = code >= 1000 && code < 5000 && ![1004, 1005, 1006, 1015].includes(code);
    socket.close(isSendable ? code : 1000);
  }

  exportPage(tokenHash: string, cursor: ExportCursor): Result<ExportPage, Failure> {
    const caller = this.#allowed(tokenHash, "owner");
    return caller.ok ? ok(exportPage(this.#ground, cursor)) : caller;
  }

  async erase(tokenHash: string): Promise<Result<null, Failure>> {
    const caller = this.#writing(tokenHash, "owner");
    if (!caller.ok) return caller;
    beginErasing(this.ctx.storage);
    this.#erasing = true;
    this.#live.closeAll();
    this.#pusher.stop();
    try {
      await this.#eraseAll();
    } catch (fault) {
      // It is decided, and nobody gets in any more: the alarm finishes it.
      log("erasure-fault", { fault: fault instanceof Error ? fault.name : "unknown" });
    }
    return ok(null);
  }

  async #eraseAll(): Promise<void> {
    await erase(this.#ground, this.#courier, async () => {
      this.#made = false;
      await this.ctx.storage.deleteAlarm();
      await this.ctx.storage.deleteAll();
      this.#erasing = false;
    });
  }

  recovery(tokenHash: string): Result<RecoveryView, Failure> {
    const caller = this.#caller(tokenHash);
    return caller ? ok(recoveryView(this.#ground)) : unauthorized;
  }

  objectToRecovery(tokenHash: string): Result<null, Failure> {
    const caller = this.#caller(tokenHash);
    return caller ? this.#told(object(this.#ground, caller.id, clock())) : unauthorized;
  }

  recover(access: NewAccess, idem: Idem | undefined): Result<Answer<RecoveryAnswer>, Failure> {
    if (!this.#made || this.#erasing) return err({ code: "recovery-refused" });
    return this.#told(recover(this.#ground, access, idem, clock()));
  }

  async decide(id: AgreementId, decision: Signed<DecisionBody>): Promise<Result<AgreementCopy, Failure>> {
    return this.#gone() ?? takeDecision(this.#ground, id, decision);
  }

  async terminateByMaker(id: AgreementId, event: SignedEvent): Promise<Result<AgreementCopy, Failure>> {
    return this.#gone() ?? terminateByMaker(this.#ground, id, event);
  }

  async profferAgain(id: AgreementId): Promise<Result<{ state: string }, Failure>> {
    return this.#gone() ?? profferAgain(this.#ground, id);
  }

  replyFromMaker(reply: MakerReply): Result<MessageView, Failure> {
    return this.#gone() ?? this.#tooMany(reply.maker) ?? this.#told(takeReply(this.#ground, reply, clock()));
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

  /** An endpoint of this maker recovered or appeared: look at its lines now. */
  wake(maker: Domain): void {
    if (!this.#made) return;
    this.#courier.wake(maker);
    this.#wakeAt(clock());
  }

  renderForFeed(maker: Domain, event: EventId): ReturnType<typeof renderForFeed> {
    return this.#made ? renderForFeed(this.#ground, maker, event, clock()) : null;
  }

  /** A maker's writes are limited as a channel's are. */
  #tooMany(maker: Domain): { readonly ok: false; readonly error: Failure } | null {
    const wait = this.#writes.take(maker, clock());
    return wait === 0 ? null : err({ code: "rate-limited", retryAfterSeconds: wait });
  }

  #gone(): { readonly ok: false; readonly error: Failure } | null {
    return this.#made && !this.#erasing ? null : err({ code: "gone", detail: "The owner erased this twin." });
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
      this.#beginPushes();
      await runNegotiation(this.#ground, clock());
      await this.#courier.run();
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
      outcome === null ? null : outcome + CLOSES_AFTER_MS,
      nextReminderAt(sql),
      this.#pusher.nextDueAt(),
      ...openAgreements(sql).map((agreement) => answerClosesAt(agreement)),
    ].filter((at) => at !== null);
    return times.length === 0 ? null : Math.min(...times);
  }
}
