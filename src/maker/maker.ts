// One company: its team, its policy, its agent, its copies of agreements, its endpoints, its feed and its inbound door.
// It learns of owners only what their tenures hand it, and keeps none of their words.

import { DurableObject } from "cloudflare:workers";
import type { DeliveryFilter, DeliveryKey, DeliveryPlace, ListedDelivery, ReplayChoice } from "../domain/delivery.ts";
import type { Admission, AgreementCopy, Ask, AttemptReport, HandedOver, MakerReply } from "../domain/exchange.ts";
import type { Failure } from "../domain/failure.ts";
import type { AgreementId, Domain, EndpointId, KeyId, LinkId, NoticeId, TwinId } from "../domain/ids.ts";
import { WRONG_SIGNATURE } from "../domain/inbound.ts";
import type { NoticeInput } from "../domain/notice.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { rfc3339 } from "../domain/instant.ts";
import type { Role } from "../domain/role.ts";
import type { DecisionInput } from "../domain/terms/decision.ts";
import type { PolicyRules } from "../domain/terms/policy.ts";
import { recordBytes, recordDigest } from "../domain/terms/record.ts";
import type { RosterCode } from "../domain/terms/roster.ts";
import type { AgreementState } from "../domain/terms/states.ts";
import { viewOf, type AgreementView } from "../domain/terms/view.ts";
import type { MessageView } from "../domain/thread.ts";
import { now } from "../platform/clock.ts";
import { keep, kept, release, type Answer, type Idem } from "../platform/idempotency.ts";
import { log } from "../platform/log.ts";
import { isMade, migrate } from "../platform/migrate.ts";
import { newId } from "../platform/random.ts";
import { publicOrigin } from "../platform/settings.ts";
import { directoryFor, officeOf, productOf, tenureOf } from "../platform/stubs.ts";
import { relaySettings } from "../relay/settings.ts";
import { Admissions, type EndpointHealth } from "./admission.ts";
import { Agent, type AgentKey } from "./agent.ts";
import { Agreements } from "./agreements.ts";
import { Backlog } from "./backlog.ts";
import { Company } from "./company.ts";
import { Dealings, type Ruling, type Synced } from "./dealings.ts";
import { Door, type Inbound } from "./door.ts";
import { earliestDue, type Duty } from "./duty.ts";
import { EndpointChecks, type KeptCheck } from "./endpoint-check.ts";
import { EndpointKeys } from "./endpoint-keys.ts";
import { judgeTarget } from "./endpoint-target.ts";
import { Endpoints, type Endpoint, type EndpointDraft } from "./endpoints.ts";
import { Feed, type FeedRow } from "./feed.ts";
import { Foundings, notVerified, type Proven } from "./founding.ts";
import { Inbox, type InboundAnswer } from "./inbox.ts";
import { Joinings, type Founding } from "./joining.ts";
import { once } from "../platform/once.ts";
import { Notices, type MakerNotice } from "./notices.ts";
import { Policy } from "./policy.ts";
import { Recording } from "./recording.ts";
import { Rebuild } from "./rebuild.ts";
import { MIGRATIONS } from "./schema.ts";
import { SignInLinks, type Arrival, type SignInFor, type SignInLink } from "./sign-in.ts";
import { listSignals, replayableSignals, replaySignals } from "./signal-deliveries.ts";
import { Signals } from "./signals.ts";
import { Team, type TeamKey } from "./team.ts";
import { WebhookKeys, type WebhookKey } from "./webhook-keys.ts";

/** An alarm that runs longer than this, or dies, is followed by another. */
const LEASE_MS = 60_000;
/** How often those who wait are looked at while signals are being sent. */
const LOOK_MS = 1_000;

const view = async (copy: AgreementCopy, at: number): Promise<AgreementView> =>
  viewOf(copy, await recordDigest(copy.record), at);

const unauthorized: Failure = { code: "unauthorized" };

/** Who of a company's team asks, and where the company's desk is. */
export type Colleague = {
  readonly key: KeyId;
  readonly label: string;
  readonly role: Role;
  readonly deskShards: number;
};
/** What anyone may know of a maker. Times in ms. */
export type AboutMaker = {
  readonly name: string;
  readonly registeredAt: number;
  readonly policyAt: number | null;
  readonly verified: boolean;
  readonly accepts: readonly RosterCode[];
  readonly processors: readonly string[];
};
export type PolicyInForce = { readonly rules: PolicyRules; readonly since: number | null };
/** An endpoint with the names of its live keys, newest first, and how it fares. */
export type KeyedEndpoint = {
  readonly endpoint: Endpoint;
  readonly keys: readonly WebhookKey[];
  readonly health: EndpointHealth;
  /** Whether it was seen to verify what it is sent; null while nobody looked. */
  readonly verifies: KeptCheck | null;
};

/** How an endpoint stands to what is sent there again; `off` by its maker or by its own failures. */
export type Standing = "ok" | "failing" | "off";

export class Maker extends DurableObject<Env> {
  readonly #storage: DurableObjectStorage;
  readonly #company: Company;
  readonly #foundings: Foundings;
  readonly #agent: Agent;
  readonly #team: Team;
  readonly #signInLinks: SignInLinks;
  readonly #policy: Policy;
  readonly #agreements: Agreements;
  readonly #dealings: Dealings;
  readonly #endpoints: Endpoints;
  readonly #checks: EndpointChecks;
  readonly #keys: WebhookKeys;
  readonly #feed: Feed;
  readonly #door: Door;
  readonly #admissions: Admissions;
  readonly #signals: Signals;
  readonly #backlog: Backlog;
  readonly #notices: Notices;
  readonly #rebuild: Rebuild;
  #alarmAt: number | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#storage = ctx.storage;
    if (isMade(ctx.storage)) migrate(ctx.storage, MIGRATIONS);
    const { sql } = ctx.storage;
    this.#company = new Company(sql);
    this.#agent = new Agent(sql, new URL(publicOrigin(env)).host);
    this.#team = new Team(sql);
    this.#signInLinks = new SignInLinks(sql, this.#team, new Joinings(sql));
    this.#policy = new Policy(sql);
    this.#agreements = new Agreements(sql);
    this.#dealings = new Dealings(ctx.storage, env, {
      company: this.#company,
      agent: this.#agent,
      policy: this.#policy,
      agreements: this.#agreements,
      onInForce: (copy) => {
        if (this.#notices.agreed(copy, now())) this.#noticesChanged();
      },
    });
    this.#endpoints = new Endpoints(sql);
    this.#checks = new EndpointChecks(sql);
    this.#keys = new WebhookKeys(sql);
    this.#feed = new Feed(sql);
    this.#door = new Door(ctx.storage, env, {
      keys: this.#keys,
      inbox: new Inbox(sql),
      dealings: this.#dealings,
      recording: new Recording(env, this.#company, this.#agent),
    });
    const settings = relaySettings(env);
    const endpointKeys = new EndpointKeys(env, this.#keys);
    this.#admissions = new Admissions({
      storage: ctx.storage,
      scale: settings.scale,
      doors: () => this.#endpoints.all(),
      keysOf: (endpoint, at) => endpointKeys.live(endpoint, at),
      // An erased twin's lines are here, and its tenure is no more.
      wake: async (twin) =>
        this.#signals.has(twin) ? this.#signals.wake(twin) : tenureOf(env, twin).wake(this.#company.facts().domain),
    });
    this.#signals = new Signals(ctx.storage, settings, this.#admissions);
    this.#backlog = new Backlog(env, this.#company);
    this.#notices = new Notices(env, ctx.storage, this.#company);
    this.#rebuild = new Rebuild(env, sql, this.#company);
    this.#foundings = new Foundings(ctx.storage, env, {
      company: this.#company,
      agent: this.#agent,
      team: this.#team,
      keys: this.#keys,
      wake: (at) => this.#backlogAt(at),
    });
    if (!isMade(ctx.storage)) return;
    // Something later must not replace an alarm that was set before this instance began.
    void ctx.blockConcurrencyWhile(async () => {
      this.#alarmAt = await ctx.storage.getAlarm();
    });
  }

  /** The key behind a token, if its role includes `needed`. */
  #as(tokenHash: string, needed: Role): Result<TeamKey, Failure> {
    return isMade(this.#storage) ? this.#team.authorize(tokenHash, needed, now()) : err(unauthorized);
  }

  // Founding and what anyone may know

  /** Makes the maker and lists it in the directory: proven where the operator says so, else in nobody's way. */
  async found(founding: Founding, verified: boolean, idem?: Idem): Promise<Result<Answer<{ maker: Domain }>, Failure>> {
    migrate(this.#storage, MIGRATIONS);
    return this.#foundings.found(founding, verified, idem);
  }

  /** Has the domain's own file looked for; the key that asks is the one it must name. */
  async prove(tokenHash: string): Promise<Result<Proven, Failure>> {
    return isMade(this.#storage) ? this.#foundings.proveByFile(tokenHash) : err(unauthorized);
  }

  /** For the operator, whose word is proof enough: the domain is that of whoever has this key. */
  async vouchFor(keyHash: string): Promise<Result<Proven, Failure>> {
    const proven: Result<Proven, Failure> = isMade(this.#storage)
      ? await this.#foundings.prove(keyHash)
      : err(unauthorized);
    return proven.ok ? proven : err({ code: "not-found", detail: "Nobody joined here with such an admin key." });
  }

  /** How many owners have proffered terms that wait for this company. */
  async ownersWaiting(tokenHash: string): Promise<Result<number, Failure>> {
    const who = this.#as(tokenHash, "reader");
    if (!who.ok) return who;
    const { domain } = this.#company.facts();
    return ok(await directoryFor(this.env, domain).ownersWaiting(domain));
  }

  about(): AboutMaker | null {
    if (!isMade(this.#storage)) return null;
    const { name, registeredAt, policyAt, verifiedAt } = this.#company.facts();
    const processors = this.#endpoints
      .all()
      .filter((endpoint) => endpoint.enabled)
      .map((endpoint) => endpoint.processor);
    return {
      name,
      registeredAt,
      policyAt,
      verified: verifiedAt !== null,
      accepts: this.#policy.accepts(),
      processors: [...new Set(processors.filter((processor) => processor !== null))],
    };
  }

  async agentKey(): Promise<AgentKey | null> {
    return isMade(this.#storage) ? this.#agent.describe(this.#company.facts().domain) : null;
  }

  // The team

  /** Whether a token may act in this role; for what the Worker does itself in the maker's name. */
  allow(tokenHash: string, needed: Role): Result<null, Failure> {
    const who = this.#as(tokenHash, needed);
    return who.ok ? ok(null) : who;
  }

  /** Who asks, if the role includes `needed`; for what the Worker does at the company's desk. */
  enter(tokenHash: string, needed: Role): Result<Colleague, Failure> {
    const who = this.#as(tokenHash, needed);
    if (!who.ok) return who;
    const { id, label, role } = who.value;
    const { deskShards, verifiedAt } = this.#company.facts();
    // Nothing is at an unproven company's desk, and a stranger's invented one must not make sixty-four objects.
    return ok({ key: id, label, role, deskShards: verifiedAt === null ? 1 : deskShards });
  }

  addKey(
    tokenHash: string,
    key: { label: string; role: Role; hash: string },
    idem?: Idem,
  ): Result<Answer<TeamKey>, Failure> {
    const who = this.#as(tokenHash, "admin");
    if (!who.ok) return who;
    return once(this.#storage, idem, now(), () => this.#team.add(newId("key"), key.label, key.role, key.hash, now()));
  }

  keys(tokenHash: string): Result<TeamKey[], Failure> {
    const who = this.#as(tokenHash, "admin");
    return who.ok ? ok(this.#team.all()) : who;
  }

  /** Who there is to take on a thread, for whoever may read one: newest first. */
  colleagues(tokenHash: string): Result<Pick<TeamKey, "id" | "label" | "role">[], Failure> {
    const who = this.#as(tokenHash, "reader");
    return who.ok ? ok(this.#team.all().map(({ id, label, role }) => ({ id, label, role }))) : who;
  }

  async removeKey(tokenHash: string, id: KeyId): Promise<Result<null, Failure>> {
    const who = this.#as(tokenHash, "admin");
    return who.ok ? this.#remove(id) : who;
  }

  async #remove(id: KeyId): Promise<Result<null, Failure>> {
    const removed = this.#storage.transactionSync(() => {
      const answer = this.#team.remove(id);
      if (answer.ok) this.#signInLinks.keyRemoved(id, answer.value);
      return answer;
    });
    if (!removed.ok) return removed;
    await this.#shutOut(removed.value);
    return ok(null);
  }

  /** Has whoever is at the desk with this secret leave: it opens nothing any more. */
  async #shutOut(secretHash: string): Promise<void> {
    try {
      await officeOf(this.env, this.#company.facts().domain).ended(secretHash);
    } catch (fault) {
      // It is over for all that; the office looks for itself before it tells anyone anything.
      log("office-unreached", { fault: fault instanceof Error ? fault.name : "unknown" });
    }
  }

  /** The very key that asks, whatever its role, and whose it is. */
  currentKey(tokenHash: string): Result<{ key: TeamKey; name: string; verified: boolean }, Failure> {
    const who = this.#as(tokenHash, "reader");
    if (!who.ok) return who;
    const { name, verifiedAt } = this.#company.facts();
    return ok({ key: who.value, name, verified: verifiedAt !== null });
  }

  /** Labels the very key that asks, and no other. */
  renameKey(tokenHash: string, label: string): Result<{ key: TeamKey; name: string; verified: boolean }, Failure> {
    const who = this.#as(tokenHash, "reader");
    if (!who.ok) return who;
    this.#team.rename(who.value.id, label);
    return this.currentKey(tokenHash);
  }

  /** Ends the very key that asks. */
  async signOut(tokenHash: string): Promise<Result<null, Failure>> {
    const who = this.#as(tokenHash, "reader");
    return who.ok ? this.#remove(who.value.id) : who;
  }

  /** Somebody of the team by their key, for who takes on a thread; null where there is no such key. */
  colleague(id: KeyId): { id: KeyId; label: string } | null {
    const key = isMade(this.#storage) ? this.#team.find(id) : null;
    return key && { id: key.id, label: key.label };
  }

  /** For the office: which of these secrets, by their hashes, open nothing any more. */
  endedSecrets(hashes: readonly string[]): string[] {
    return isMade(this.#storage) ? this.#team.ended(hashes) : [...hashes];
  }

  addSignInLink(
    tokenHash: string,
    { lastsMs, ...link }: { whom: SignInFor; lastsMs: number; hash: string },
    idem?: Idem,
  ): Result<Answer<SignInLink>, Failure> {
    const who = this.#as(tokenHash, "admin");
    if (!who.ok) return who;
    const at = now();
    const made = { id: newId("link"), ...link, madeBy: who.value.id, expiresAt: at + lastsMs };
    return once(this.#storage, idem, at, () => this.#signInLinks.add(made, at));
  }

  signInLinks(tokenHash: string): Result<SignInLink[], Failure> {
    const who = this.#as(tokenHash, "admin");
    return who.ok ? ok(this.#signInLinks.pending(now())) : who;
  }

  removeSignInLink(tokenHash: string, id: LinkId): Result<null, Failure> {
    const who = this.#as(tokenHash, "admin");
    return who.ok ? this.#signInLinks.remove(id) : who;
  }

  /** Whoever has a link's secret gets a key, once: a new one, or the one it is for, which opens nothing with its secret from before. */
  async signIn(
    linkHash: string,
    keyHash: string,
    idem?: Idem,
  ): Promise<Result<Answer<Arrival & { name: string }>, Failure>> {
    if (!isMade(this.#storage)) return err({ code: "sign-in-refused" });
    const signedIn = once(this.#storage, idem, now(), () => {
      const used = this.#signInLinks.use(linkHash, newId("key"), keyHash, now());
      return used.ok ? ok({ ...used.value, name: this.#company.facts().name }) : used;
    });
    // A repeat ends nothing, and one kept from before there were links for colleagues says nothing of it.
    if (signedIn.ok && !signedIn.value.replayed && signedIn.value.body.replaced !== null) {
      await this.#shutOut(signedIn.value.body.replaced);
    }
    return signedIn;
  }

  // Terms

  policy(tokenHash: string): Result<PolicyInForce, Failure> {
    const who = this.#as(tokenHash, "reader");
    return who.ok ? ok({ rules: this.#policy.rules(), since: this.#company.facts().policyAt }) : who;
  }

  /** Sets the policy. The first one of a proven company also has the proffers decided that waited for it, in the background. */
  async setPolicy(tokenHash: string, rules: PolicyRules): Promise<Result<PolicyInForce, Failure>> {
    const who = this.#as(tokenHash, "admin");
    if (!who.ok) return who;
    const { domain, policyAt, verifiedAt } = this.#company.facts();
    const since = now();
    this.#storage.transactionSync(() => {
      this.#policy.put(rules);
      this.#company.policySet(since);
      if (policyAt === null && verifiedAt !== null) this.#backlogAt(since);
    });
    // From here on owners' proffers come straight to this object; the alarm repeats it, should this call die here.
    if (policyAt === null) await directoryFor(this.env, domain).policySet(domain);
    return ok({ rules, since });
  }

  /** Has the proffers looked at that wait. Part of the transaction it is called in. */
  #backlogAt(at: number): void {
    this.#company.backlogDue(at);
    this.#wakeAt(at);
  }

  /** For a tenure: rules on its proffer. */
  async receiveProffer(copy: AgreementCopy): Promise<Result<Ruling, Failure>> {
    return isMade(this.#storage)
      ? this.#dealings.rule(copy)
      : err({ code: "not-found", detail: "There is no such maker." });
  }

  /** For a tenure: takes over its newer copy of an agreement and acknowledges its events. */
  async syncAgreement(copy: AgreementCopy): Promise<Result<Synced, Failure>> {
    return isMade(this.#storage)
      ? this.#dealings.sync(copy)
      : err({ code: "not-found", detail: "There is no such maker." });
  }

  /** Newest first; `next` is the `before` of the next page. */
  async agreements(
    tokenHash: string,
    { state, before, limit }: { state: AgreementState | null; before: number | null; limit: number },
  ): Promise<Result<{ items: AgreementView[]; next: number | null }, Failure>> {
    const who = this.#as(tokenHash, "reader");
    if (!who.ok) return who;
    const at = now();
    const { items, next } = this.#agreements.page(state, before ?? Number.MAX_SAFE_INTEGER, limit, at);
    return ok({ items: await Promise.all(items.map((copy) => view(copy, at))), next });
  }

  async agreement(tokenHash: string, id: AgreementId): Promise<Result<AgreementView, Failure>> {
    const copy = this.#copy(tokenHash, id, "reader");
    return copy.ok ? ok(await view(copy.value, now())) : copy;
  }

  /** The record's canonical bytes and their digest: the same as on the owner's side. */
  async record(tokenHash: string, id: AgreementId): Promise<Result<{ record: string; digest: string }, Failure>> {
    const copy = this.#copy(tokenHash, id, "reader");
    if (!copy.ok) return copy;
    const { record } = copy.value;
    return ok({ record: recordBytes(record), digest: await recordDigest(record) });
  }

  #copy(tokenHash: string, id: AgreementId, needed: Role): Result<AgreementCopy, Failure> {
    const who = this.#as(tokenHash, needed);
    if (!who.ok) return who;
    const kept = this.#agreements.find(id);
    return kept ? ok(kept.copy) : err({ code: "not-found", detail: "There is no such agreement." });
  }

  async decide(tokenHash: string, id: AgreementId, input: DecisionInput): Promise<Result<AgreementView, Failure>> {
    const who = this.#as(tokenHash, "agent");
    if (!who.ok) return who;
    const decided = await this.#dealings.decide(id, input);
    return decided.ok ? ok(await view(decided.value, now())) : decided;
  }

  async terminate(tokenHash: string, id: AgreementId, reason: string): Promise<Result<AgreementView, Failure>> {
    const who = this.#as(tokenHash, "agent");
    if (!who.ok) return who;
    const ended = await this.#dealings.terminate(id, reason);
    return ended.ok ? ok(await view(ended.value, now())) : ended;
  }

  // The desk

  /** Has the desk made anew, in the background; answers when that began (ms). */
  rebuildDesk(tokenHash: string): Result<number, Failure> {
    const who = this.#as(tokenHash, "admin");
    if (!who.ok) return who;
    return this.#storage.transactionSync(() => {
      const began = this.#rebuild.begin(now());
      this.#wakeAt(now());
      return ok(began);
    });
  }

  // Labels

  /** Whether labels may be made for this product: the GTIN becomes this maker's if it is nobody's. Nothing is kept of a label. */
  async allowLabels(
    tokenHash: string,
    product: { gtin: string; model: string },
    idem?: Idem,
  ): Promise<Result<{ replayed: boolean }, Failure>> {
    const who = this.#as(tokenHash, "admin");
    if (!who.ok) return who;
    if (this.#company.facts().verifiedAt === null) return err(notVerified(this.#company.facts().domain));
    // A key that was used for other labels takes no GTIN.
    if (kept(this.#storage.sql, idem, now()).kind === "conflict") return err({ code: "idempotency-conflict" });
    const { domain, name } = this.#company.facts();
    const owned = await directoryFor(this.env, product.gtin).ownGtin(product.gtin, domain);
    if (!owned.ok) return owned;
    const batch = once(this.#storage, idem, now(), () => ok({ gtin: product.gtin }));
    if (!batch.ok) return batch;
    await productOf(this.env, product.gtin).register({ ...product, maker: domain, makerName: name });
    return ok({ replayed: batch.value.replayed });
  }

  // Notices

  /** Announces something; the alarm has it told. */
  async postNotice(
    tokenHash: string,
    input: NoticeInput,
    idem?: Idem,
  ): Promise<Result<Answer<{ id: NoticeId }>, Failure>> {
    const who = this.#as(tokenHash, "admin");
    if (!who.ok) return who;
    const { domain, verifiedAt } = this.#company.facts();
    if (verifiedAt === null) return err(notVerified(domain));
    const owner = input.gtin === undefined ? null : await directoryFor(this.env, input.gtin).gtinOwner(input.gtin);
    const at = now();
    return once(this.#storage, idem, at, () => {
      const posted = this.#notices.post(newId("notice"), input, owner, at);
      if (posted.ok) this.#noticesChanged();
      return posted;
    });
  }

  /** Says that a notice does not stand any more, at the board and to everyone it reached. */
  async withdrawNotice(tokenHash: string, id: NoticeId, reason: string): Promise<Result<MakerNotice, Failure>> {
    const who = this.#as(tokenHash, "admin");
    if (!who.ok) return who;
    const withdrawn = this.#storage.transactionSync(() => {
      const done = this.#notices.withdraw(id, reason, now());
      if (done.ok) this.#noticesChanged();
      return done;
    });
    return withdrawn.ok ? this.#notices.notice(id) : withdrawn;
  }

  /** There is something to tell. Part of the transaction it is called in. */
  #noticesChanged(): void {
    this.#wakeAt(now());
    // Whoever has the desk's page open sees it sooner; it is no matter when nobody is reached.
    this.ctx.waitUntil(
      officeOf(this.env, this.#company.facts().domain)
        .touched("notices")
        .catch(() => {}),
    );
  }

  /** Newest first; `next` is the `before` of the next page. */
  async notices(
    tokenHash: string,
    { before, limit }: { before: number | null; limit: number },
  ): Promise<Result<{ items: MakerNotice[]; next: number | null }, Failure>> {
    const who = this.#as(tokenHash, "reader");
    return who.ok ? ok(await this.#notices.page(before, limit)) : who;
  }

  async notice(tokenHash: string, id: NoticeId): Promise<Result<MakerNotice, Failure>> {
    const who = this.#as(tokenHash, "reader");
    return who.ok ? this.#notices.notice(id) : who;
  }

  // Endpoints and the secrets of webhooks

  addEndpoint(
    tokenHash: string,
    draft: EndpointDraft,
    keyName: string,
    idem?: Idem,
  ): Result<Answer<KeyedEndpoint>, Failure> {
    const who = this.#as(tokenHash, "admin");
    if (!who.ok) return who;
    const legal = judgeTarget(draft, this.#company.facts().domain, relaySettings(this.env));
    if (!legal.ok) return legal;
    return once(this.#storage, idem, now(), (): Result<KeyedEndpoint, Failure> => {
      const added = this.#endpoints.add(newId("ep"), draft, now());
      if (!added.ok) return added;
      this.#keys.rotate(added.value.id, keyName, 0, now());
      return ok(this.#keyed(added.value));
    });
  }

  #keyed(endpoint: Endpoint): KeyedEndpoint {
    return {
      endpoint,
      keys: this.#keys.live(endpoint.id, now()),
      health: this.#admissions.health(endpoint.id),
      verifies: this.#checks.last(endpoint.id),
    };
  }

  endpoints(tokenHash: string): Result<KeyedEndpoint[], Failure> {
    const who = this.#as(tokenHash, "admin");
    return who.ok ? ok(this.#endpoints.all().map((endpoint) => this.#keyed(endpoint))) : who;
  }

  endpoint(tokenHash: string, id: EndpointId): Result<KeyedEndpoint, Failure> {
    const who = this.#as(tokenHash, "admin");
    if (!who.ok) return who;
    const found = this.#endpoints.find(id);
    return found.ok ? ok(this.#keyed(found.value)) : found;
  }

  /** The same for a request that goes there now: in the name of a domain that nobody has proven, nothing is sent anywhere. */
  endpointToTry(tokenHash: string, id: EndpointId): Result<KeyedEndpoint, Failure> {
    const endpoint = this.endpoint(tokenHash, id);
    const { domain, verifiedAt } = this.#company.facts();
    return endpoint.ok && verifiedAt === null ? err(notVerified(domain)) : endpoint;
  }

  async changeEndpoint(
    tokenHash: string,
    id: EndpointId,
    change: Partial<EndpointDraft>,
  ): Promise<Result<KeyedEndpoint, Failure>> {
    const who = this.#as(tokenHash, "admin");
    if (!who.ok) return who;
    const found = this.#endpoints.find(id);
    if (!found.ok) return found;
    const changed: Endpoint = { ...found.value, ...change };
    const legal = judgeTarget(changed, this.#company.facts().domain, relaySettings(this.env));
    if (!legal.ok) return legal;
    this.#storage.transactionSync(() => {
      this.#endpoints.put(id, changed);
      // Another address is another receiver: what the one before did says nothing of it.
      if (change.enabled === true || changed.url !== found.value.url) this.#admissions.enable(id, now());
      if (changed.url !== found.value.url) this.#checks.forget(id);
    });
    this.#wakeForWaiting();
    return ok(this.#keyed(changed));
  }

  removeEndpoint(tokenHash: string, id: EndpointId): Result<null, Failure> {
    const who = this.#as(tokenHash, "admin");
    if (!who.ok) return who;
    const found = this.#endpoints.find(id);
    if (!found.ok) return found;
    this.#storage.transactionSync(() => {
      this.#endpoints.remove(id);
      this.#keys.clear(id);
      this.#admissions.remove(id);
      this.#checks.forget(id);
    });
    return ok(null);
  }

  /** Keeps how a check of `url` ended, unless the endpoint has moved since. */
  keepCheck(tokenHash: string, id: EndpointId, url: string, check: KeptCheck): Result<null, Failure> {
    const who = this.#as(tokenHash, "admin");
    if (!who.ok) return who;
    const found = this.#endpoints.find(id);
    if (!found.ok) return found;
    if (found.value.url === url) this.#checks.keep(id, check);
    return ok(null);
  }

  /** What was at `url` took in a test event: unless the endpoint has moved since, what waits for it is tried at once. */
  tookTest(tokenHash: string, id: EndpointId, url: string): Result<null, Failure> {
    const who = this.#as(tokenHash, "admin");
    if (!who.ok) return who;
    const found = this.#endpoints.find(id);
    if (!found.ok) return found;
    if (found.value.url === url) this.#hurry(id, "answered");
    return ok(null);
  }

  /** A person sent events again to this endpoint: should it be failing, it is tried at once. Answers how it stands. */
  sentAgain(tokenHash: string, id: EndpointId): Result<Standing, Failure> {
    const who = this.#as(tokenHash, "admin");
    if (!who.ok) return who;
    const found = this.#endpoints.find(id);
    if (!found.ok) return found;
    this.#hurry(id, "asked");
    const { state } = this.#admissions.health(id);
    return ok(!found.value.enabled || state === "disabled" ? "off" : state);
  }

  #hurry(id: EndpointId, reason: "answered" | "asked"): void {
    this.#storage.transactionSync(() => {
      this.#admissions.hurry(id, reason, now());
      this.#wakeForWaiting();
    });
  }

  /** Puts a new key in front; the ones before it sign along for `overlapMs`. */
  rotateEndpoint(
    tokenHash: string,
    id: EndpointId,
    keyName: string,
    overlapMs: number,
    idem?: Idem,
  ): Result<Answer<{ previousUntil: number }>, Failure> {
    const who = this.#as(tokenHash, "admin");
    if (!who.ok) return who;
    const found = this.#endpoints.find(id);
    if (!found.ok) return found;
    return once(this.#storage, idem, now(), () => ok(this.#keys.rotate(id, keyName, overlapMs, now())));
  }

  rotateInbound(
    tokenHash: string,
    keyName: string,
    overlapMs: number,
    idem?: Idem,
  ): Result<Answer<{ previousUntil: number }>, Failure> {
    const who = this.#as(tokenHash, "admin");
    if (!who.ok) return who;
    return once(this.#storage, idem, now(), () => ok(this.#keys.rotate("inbound", keyName, overlapMs, now())));
  }

  // Words back to the owner

  /** Takes in a signed webhook of the maker's. */
  async receive(inbound: Inbound): Promise<Result<InboundAnswer, Failure>> {
    return isMade(this.#storage) ? this.#door.receive(this.#company.facts().domain, inbound) : err(WRONG_SIGNATURE);
  }

  /** Answers in a thread. A repeat, or one that a crash cut off, writes one message. `savedReply`: what it began with, and must not be any more. */
  async reply(
    tokenHash: string,
    twin: TwinId,
    reply: Omit<MakerReply, "maker" | "dedupe">,
    savedReply: string | null,
    idem?: Idem,
  ): Promise<Result<Answer<MessageView>, Failure>> {
    const dedupe = idem ? `api:${idem.keyHash}` : newId("msg");
    return this.#forOwner(tokenHash, idem, async (maker) => {
      const edited = savedReply === null ? ok(null) : await officeOf(this.env, maker).edited(savedReply, reply.text);
      return edited.ok ? tenureOf(this.env, twin).replyFromMaker({ ...reply, maker, dedupe }) : edited;
    });
  }

  /** Does something at an owner's side in an agent's name. The key is taken before and the answer kept after; between the two a repeat does it again. */
  async #forOwner<T>(
    tokenHash: string,
    idem: Idem | undefined,
    act: (maker: Domain) => Promise<Result<T, Failure>>,
  ): Promise<Result<Answer<T>, Failure>> {
    const who = this.#as(tokenHash, "agent");
    if (!who.ok) return who;
    const { sql } = this.#storage;
    const before = kept<T>(sql, idem, now());
    if (before.kind === "conflict") return err({ code: "idempotency-conflict" });
    if (before.kind === "kept") return ok(before.answer);
    keep(sql, idem, null, null, now());
    const done = await act(this.#company.facts().domain);
    if (!done.ok) {
      release(sql, idem);
      return done;
    }
    const meanwhile = kept<T>(sql, idem, now());
    if (meanwhile.kind === "kept") return ok(meanwhile.answer);
    keep(sql, idem, null, done.value, now());
    return ok({ body: done.value, replayed: false, sealed: null });
  }

  // The feed

  /** Events after the position `after`, oldest first, without the words of living tenures. */
  feedPage(tokenHash: string, after: number, limit: number): Result<FeedRow[], Failure> {
    const who = this.#as(tokenHash, "reader");
    return who.ok ? ok(this.#feed.page(after, limit)) : who;
  }

  // Delivery, for the tenures' couriers

  /** Takes in which events there are, and gives leave to call the endpoints, or a place among those who wait. One call a batch. */
  async admit(twin: TwinId, ask: Ask): Promise<Admission> {
    if (!isMade(this.#storage)) return { granted: [], parked: [] };
    this.#storage.transactionSync(() => this.#feed.append(ask.fresh.map((entry) => ({ twin, ...entry }))));
    const admission = await this.#admissions.admit(twin, ask, now());
    this.#wakeForWaiting();
    return admission;
  }

  /** Takes in how attempts ended; answers which endpoints the twin waits for because of that. */
  report(twin: TwinId, reports: readonly AttemptReport[]): EndpointId[] {
    if (!isMade(this.#storage)) return [];
    const failing = this.#admissions.report(twin, reports);
    this.#wakeForWaiting();
    return failing;
  }

  /** What an erased tenure leaves: told to this maker without a word. The same twice changes nothing. */
  takeOver(handed: HandedOver): void {
    if (!isMade(this.#storage)) return;
    this.#storage.transactionSync(() => {
      this.#feed.outlive(handed.twin, handed.signals, ({ seq, type, at, data }) =>
        JSON.stringify({
          type,
          timestamp: rfc3339(at),
          data: { seq, prev: seq === 1 ? null : seq - 1, ...(data as object) },
        }),
      );
      this.#signals.takeOver(handed);
      this.#wakeAt(now());
    });
  }

  // Deliveries: what erased twins left, for the list that the desk has of the others

  signalDeliveries(
    tokenHash: string,
    filter: DeliveryFilter,
    after: DeliveryPlace | null,
    limit: number,
  ): Result<{ deskShards: number; deliveries: ListedDelivery[] }, Failure> {
    const who = this.#as(tokenHash, "admin");
    if (!who.ok) return who;
    const { deskShards } = this.#company.facts();
    return ok({ deskShards, deliveries: listSignals(this.#storage.sql, filter, after, limit) });
  }

  /** Which signals a replay at one of its endpoints is about. */
  replayableSignals(
    tokenHash: string,
    endpoint: EndpointId,
    choice: ReplayChoice,
    limit: number,
  ): Result<{ deskShards: number; keys: DeliveryKey[] }, Failure> {
    const who = this.#as(tokenHash, "admin");
    if (!who.ok) return who;
    const found = this.#endpoints.find(endpoint);
    if (!found.ok) return found;
    const { deskShards } = this.#company.facts();
    return ok({ deskShards, keys: replayableSignals(this.#storage.sql, endpoint, choice, limit) });
  }

  /** Sends signals again; answers how many go. */
  replaySignals(tokenHash: string, endpoint: EndpointId, keys: readonly DeliveryKey[]): Result<number, Failure> {
    const who = this.#as(tokenHash, "admin");
    if (!who.ok) return who;
    return this.#storage.transactionSync(() => {
      const queued = replaySignals(this.#storage.sql, endpoint, keys, now());
      if (queued > 0) this.#wakeAt(now());
      return ok(queued);
    });
  }

  // By itself

  override async alarm(): Promise<void> {
    this.#alarmAt = now() + LEASE_MS;
    await this.#storage.setAlarm(this.#alarmAt);
    let failed = false;
    const running = new Set<Duty>();
    const run = async (duty: Duty): Promise<void> => {
      running.add(duty);
      try {
        await duty.runDue(now());
      } catch (error) {
        failed = true;
        log("maker-duty-failed", { duty: duty.name, error: error instanceof Error ? error.message : "unknown" });
      } finally {
        running.delete(duty);
      }
    };
    // Sending may take a minute, and whoever waits for an endpoint is woken all the while.
    const slow = Promise.all([run(this.#signals), run(this.#rebuild), run(this.#notices)]);
    await run(this.#backlog);
    await run(this.#admissions);
    while (running.size > 0) {
      await Promise.race([slow, scheduler.wait(LOOK_MS)]);
      await run(this.#admissions);
    }
    // After a failure the lease stands: what is due is tried again then, not at once and for ever.
    if (failed) return;
    const next = earliestDue([this.#backlog, this.#rebuild, this.#admissions, this.#signals, this.#notices]);
    this.#alarmAt = next === null ? null : Math.max(next, now() + 1);
    await (this.#alarmAt === null ? this.#storage.deleteAlarm() : this.#storage.setAlarm(this.#alarmAt));
  }

  /** For what may bring a twin to those who wait, or their endpoint back: one that has nothing to wake sets no alarm. */
  #wakeForWaiting(): void {
    const at = this.#admissions.nextDueAt();
    if (at !== null) this.#wakeAt(at);
  }

  /** Sets the alarm at `at` unless it is set sooner. Part of the transaction it is called in. */
  #wakeAt(at: number): void {
    // One that is late is about to ring, and setting it anew would put it off; one that is very late was lost with its transaction.
    if (this.#alarmAt !== null && this.#alarmAt <= at && this.#alarmAt > now() - LEASE_MS) return;
    this.#alarmAt = Math.max(Math.min(at, this.#alarmAt ?? at), now() + 1);
    void this.#storage.setAlarm(this.#alarmAt);
  }
}
