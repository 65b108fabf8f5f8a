// The owner's side of an agreement, which is the referee's: a decision takes effect when this object commits it.
// Everything is signed before its transaction and judged again inside it, as other calls run while a signature is made.

import type { AgreementCopy } from "../domain/exchange.ts";
import { invalid, type Failure } from "../domain/failure.ts";
import type { AgreementId, Domain } from "../domain/ids.ts";
import { briefOf } from "../domain/product.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { acknowledge, writeEvent } from "../domain/terms/chain.ts";
import { isAgentKeyOf } from "../domain/terms/did.ts";
import { writeConfirmation } from "../domain/terms/decision.ts";
import {
  decideByOf,
  decideByOnceJoined,
  RELATIONSHIP_SCOPE,
  writeProffer,
  type ProfferInput,
} from "../domain/terms/proffer.ts";
import {
  agreedTerms,
  recordDigest,
  recordOf,
  type AgreementRecord,
  type ConfirmationBody,
  type DecisionBody,
  type SignedEvent,
} from "../domain/terms/record.ts";
import { kindOf } from "../domain/terms/roster.ts";
import { signBody, type Signed } from "../domain/terms/seal.ts";
import { endingWith, placeFor, supersededBy } from "../domain/terms/standing.ts";
import { isOpen, mayConfirm, mayDecide, mayHold, mayRescind, mayTerminate, stateOf } from "../domain/terms/states.ts";
import { verifyEvents, verifyRecord } from "../domain/terms/verify.ts";
import { now as clock } from "../platform/clock.ts";
import { keep, kept, type Answer, type Idem } from "../platform/idempotency.ts";
import { log } from "../platform/log.ts";
import { newId } from "../platform/random.ts";
import { publicOrigin } from "../platform/settings.ts";
import { directoryFor, makerOf } from "../platform/stubs.ts";
import { agentOf } from "./agent.ts";
import {
  addAgreement,
  agreementById,
  agreementsWith,
  agreementView,
  cacheState,
  changeAgreement,
  copyOf,
  dueForSync,
  makersKnown,
  markSynced,
  markTold,
  openAgreements,
  syncLater,
  syncNotNeeded,
  type OwnAgreementView,
  type OwnAgreement,
} from "./agreements.ts";
import { addEvent } from "./events.ts";
import { isErasing } from "./identity.ts";
import { idempotencyConflict, identity, noSuchAgreement, type Ground } from "./ground.ts";
import { queueFor } from "./outbox.ts";
import { noRoom } from "./room.ts";
import { sendWaiting, withdrawUndelivered } from "./sending.ts";

const SYNC_RETRY_MS = 5_000;
const SYNC_RETRY_MAX_MS = 3_600_000;
/** A twin has few companies; more open proffers than this only take the room of others who wait for one. */
const MAX_OPEN_PROFFERS = 20;
/** The proffer was put to nobody yet: it waits in the directory for its company. */
type Put = "waiting" | "put";

const stale: Result<never, Failure> = err({
  code: "agreement-state",
  detail: "It changed while this was being signed: look at it again.",
});

const copy = (ground: Ground, agreement: OwnAgreement): AgreementCopy => {
  const { twin, product } = identity(ground);
  return copyOf(agreement, twin, briefOf(product));
};

/** Whether nobody changed any of these since they were read. Asked inside the transaction that rests on them. */
const unchanged = (ground: Ground, agreements: readonly OwnAgreement[]): boolean =>
  agreements.every((agreement) => agreementById(ground.sql, agreement.id)?.version === agreement.version);

/** The maker's own key. This server may have had another host when an older signature was made: the agent is the same. */
const resolverFor =
  (ground: Ground, maker: Domain) =>
  async (keyId: string): Promise<Uint8Array | null> => {
    if (!isAgentKeyOf(keyId, maker)) return null;
    return (await makerOf(ground.env, maker).agentKey())?.publicKey ?? null;
  };

/** POST agreements: makes the proffer, puts it to the company, and answers with what became of it. */
export async function proffer(
  ground: Ground,
  input: ProfferInput,
  idem: Idem | undefined,
): Promise<Result<Answer<OwnAgreementView>, Failure>> {
  const before = await answered(ground, idem);
  if (before !== null) return before;
  const made = await makeProffer(ground, input, idem);
  if (made.ok) return settle(ground, made.value, idem);
  // The same key may have made it while this call was signing: both get that one's answer.
  return (await answered(ground, idem)) ?? made;
}

/** What the same key was answered before, or is being answered; null for a new one. */
async function answered(
  ground: Ground,
  idem: Idem | undefined,
): Promise<Result<Answer<OwnAgreementView>, Failure> | null> {
  const before = kept<OwnAgreementView>(ground.sql, idem, clock());
  switch (before.kind) {
    case "new":
      return null;
    case "conflict":
      return idempotencyConflict;
    case "kept":
      return ok(before.answer);
    case "begun":
      return settle(ground, before.subject as AgreementId, idem);
  }
}

async function makeProffer(
  ground: Ground,
  input: ProfferInput,
  idem: Idem | undefined,
): Promise<Result<AgreementId, Failure>> {
  const { twin, tenure, product } = identity(ground);
  const maker = input.maker ?? product.maker;
  if (maker === null) return err(invalid("maker", "this product names no company: say which one, by its domain name"));
  const company = await directoryFor(ground.env, maker).maker(maker);
  const now = clock();
  const decideBy = decideByOf(input, company?.hasPolicy === true, now);
  if (!decideBy.ok) return decideBy;
  if (openAgreements(ground.sql).length >= MAX_OPEN_PROFFERS) {
    return err({
      code: "quota-exceeded",
      detail: `${MAX_OPEN_PROFFERS} proffers are open already: take one back first.`,
    });
  }
  const full = noRoom(ground.sql);
  if (full) return full;
  const kind = kindOf(input.preferred);
  const place = placeFor(agreementsWith(ground.sql, maker), kind, now);
  if (!place.ok) return place;

  const agent = await agentOf(ground.storage);
  const id = newId("agr");
  const body = writeProffer({
    id,
    now,
    decideBy: decideBy.value,
    firstDid: agent.key,
    agent: publicOrigin(ground.env),
    maker,
    legalName: company?.name ?? maker,
    twin,
    tenure,
    product: briefOf(product),
    preferred: input.preferred,
    alternates: input.alternates ?? [],
    dataScope: RELATIONSHIP_SCOPE,
    jurisdiction: null,
    channel: "api",
    supersedes: place.value.supersedes?.recordDigest ?? null,
    onTopOf: place.value.onTopOf?.recordDigest ?? null,
  });
  const record = recordOf(await signBody("proffer", body, agent));
  const digest = await recordDigest(record);

  const made = ground.storage.transactionSync((): Result<void, Failure> => {
    if (kept(ground.sql, idem, now).kind !== "new" || isErasing(ground.storage)) return stale;
    const still = placeFor(agreementsWith(ground.sql, maker), kind, now);
    if (!still.ok) return still;
    if (
      still.value.supersedes?.id !== place.value.supersedes?.id ||
      still.value.onTopOf?.id !== place.value.onTopOf?.id
    )
      return stale;
    addAgreement(ground.sql, { id, maker, kind, decideBy: decideBy.value, record, recordDigest: digest }, now);
    addEvent(ground.sql, "agreement.proffered", { agreement: id }, now);
    syncLater(ground.sql, id, now + SYNC_RETRY_MS);
    keep(ground.sql, idem, id, null, now);
    return ok(undefined);
  });
  if (!made.ok) return made;
  ground.wakeAt(now + SYNC_RETRY_MS);
  ground.announce();
  return ok(id);
}

/** Puts a proffer to its company if that hasn't happened, and keeps the answer to its POST. */
async function settle(
  ground: Ground,
  id: AgreementId,
  idem: Idem | undefined,
): Promise<Result<Answer<OwnAgreementView>, Failure>> {
  try {
    await putToMaker(ground, id);
    await synchroniseWith(ground, agreementById(ground.sql, id)!.maker);
  } catch (fault) {
    // It is made, and the alarm puts it to the company; the answer is not kept, so that a repeat learns what came of it.
    faulted(ground, id, fault);
    return ok({ body: agreementView(agreementById(ground.sql, id)!, clock()), replayed: false, sealed: null });
  }
  const now = clock();
  const meanwhile = kept<OwnAgreementView>(ground.sql, idem, now);
  if (meanwhile.kind === "kept") return ok(meanwhile.answer);
  const view = agreementView(agreementById(ground.sql, id)!, now);
  keep(ground.sql, idem, id, view, now);
  return ok({ body: view, replayed: false, sealed: null });
}

/** Asks the company's policy. A company that isn't here, or has no policy yet, finds the proffer waiting in the directory. */
async function putToMaker(ground: Ground, id: AgreementId): Promise<Put> {
  const agreement = agreementById(ground.sql, id)!;
  if (stateOf(agreement, clock()) !== "proffered") return "put";
  const { twin } = identity(ground);
  const waited = await directoryFor(ground.env, agreement.maker).wait(agreement.maker, twin, id, agreement.createdAt);
  if (!waited.ok) {
    // No room among those who wait for this company: it is asked again, less and less often.
    askLater(ground, agreement);
    return "waiting";
  }
  if (!waited.value.joined) {
    syncNotNeeded(ground.sql, id);
    return "waiting";
  }
  const answer = await makerOf(ground.env, agreement.maker).receiveProffer(copy(ground, agreement));
  if (!answer.ok) return "put";
  if (answer.value.kind === "decided") await takeDecision(ground, id, answer.value.decision);
  if (answer.value.kind === "held") hold(ground, id);
  return answer.value.kind === "waiting" ? "waiting" : "put";
}

/** The policy left it to a person: the company is told that a proffer waits for one. */
function hold(ground: Ground, id: AgreementId): void {
  const now = clock();
  ground.storage.transactionSync(() => {
    const agreement = agreementById(ground.sql, id)!;
    if (!mayHold(agreement, now).ok || isErasing(ground.storage)) return;
    changeAgreement(ground.sql, agreement, { heldAt: now }, now);
    markTold(ground.sql, id);
    queueFor(ground, agreement.maker, "agreement.proffered", { agreement: id }, false, now);
    addEvent(ground.sql, "agreement.held", { agreement: id }, now);
  });
  ground.announce();
}

/** A proffer that waited is put to its company now: its time runs from the policy. */
export async function profferAgain(ground: Ground, id: AgreementId): Promise<Result<{ state: string }, Failure>> {
  const now = clock();
  const waiting = agreementById(ground.sql, id);
  if (!waiting) return noSuchAgreement;
  if (waiting.decideBy === null && isOpen(waiting, now)) {
    changeAgreement(ground.sql, waiting, { decideBy: decideByOnceJoined(now) }, now);
    ground.wakeAt(now + SYNC_RETRY_MS);
  }
  await putToMaker(ground, id);
  await synchroniseWith(ground, agreementById(ground.sql, id)!.maker);
  return ok({ state: stateOf(agreementById(ground.sql, id), clock()) });
}

/** The company's decision, by its policy or a person: verified, then committed or refused. */
export async function takeDecision(
  ground: Ground,
  id: AgreementId,
  decision: Signed<DecisionBody>,
): Promise<Result<AgreementCopy, Failure>> {
  const before = agreementById(ground.sql, id);
  if (!before) return noSuchAgreement;
  const may = mayDecide(before, decision.body, clock());
  if (!may.ok) {
    log("decision-refused", { maker: before.maker, decision: decision.body.decision });
    return may;
  }
  return enter(
    ground,
    before,
    recordOf(before.record.proffer, decision),
    `agreement.${decision.body.decision}`,
    (now) => mayDecide(before, decision.body, now),
  );
}

/** The owner's answer to a counter. */
export async function confirm(
  ground: Ground,
  id: AgreementId,
  confirmation: ConfirmationBody["confirmation"],
): Promise<Result<OwnAgreementView, Failure>> {
  const before = agreementById(ground.sql, id);
  if (!before) return noSuchAgreement;
  const now = clock();
  const may = mayConfirm(before, now);
  if (!may.ok) return may;
  const { proffer: proffered, decision } = before.record;
  const body = await writeConfirmation(decision!, confirmation, now);
  const confirmed = await signBody("confirmation", body, await agentOf(ground.storage));
  const entered = await enter(
    ground,
    before,
    recordOf(proffered, decision, confirmed),
    `agreement.${confirmation}`,
    (at) => mayConfirm(before, at),
  );
  return entered.ok ? synchronised(ground, id) : entered;
}

/**
 * Commits the next record of an agreement. When it comes into force, what it supersedes ends in the same transaction,
 * and what waited for it goes out.
 */
async function enter(
  ground: Ground,
  before: OwnAgreement,
  record: AgreementRecord,
  event: `agreement.${string}`,
  may: (now: number) => Result<void, Failure>,
): Promise<Result<AgreementCopy, Failure>> {
  const sound = await verifyRecord(record, resolverFor(ground, before.maker));
  if (!sound.ok) return err({ code: "bad-signature", detail: sound.error });
  const agreed = agreedTerms(record);
  const now = clock();
  const superseded = agreed === null ? [] : supersededBy(agreementsWith(ground.sql, before.maker), before, now);
  const endings = await Promise.all(
    superseded.map((old) =>
      ownEnding(ground, old, { kind: "superseded", at: now, by: "first", ...(agreed && { successor: agreed.code }) }),
    ),
  );
  const digest = await recordDigest(record);

  const entered = ground.storage.transactionSync((): Result<OwnAgreement, Failure> => {
    if (!unchanged(ground, [before, ...superseded]) || isErasing(ground.storage)) return stale;
    const still = may(clock());
    if (!still.ok) return still;
    superseded.forEach((old, at) => {
      changeAgreement(ground.sql, old, { events: [...old.events, endings[at]!] }, now);
      addEvent(ground.sql, "agreement.superseded", { agreement: old.id }, now);
    });
    const after = changeAgreement(ground.sql, before, { record, recordDigest: digest }, now);
    addEvent(ground.sql, event, { agreement: before.id }, now);
    if (agreed !== null) {
      markTold(ground.sql, before.id);
      queueFor(ground, before.maker, "agreement.accepted", { agreement: before.id }, false, now);
      sendWaiting(ground, before.maker, now);
    }
    return ok(after);
  });
  if (!entered.ok) return entered;
  ground.wakeAt(now);
  ground.announce();
  return ok(copy(ground, entered.value));
}

type EndingInput = Parameters<typeof writeEvent>[2];

const ownEnding = async (ground: Ground, agreement: OwnAgreement, input: EndingInput): Promise<SignedEvent> =>
  signBody("event", await writeEvent(agreement.record, agreement.events, input), await agentOf(ground.storage));

/** The owner takes a proffer back before it is decided. */
export async function rescind(ground: Ground, id: AgreementId): Promise<Result<OwnAgreementView, Failure>> {
  const before = agreementById(ground.sql, id);
  if (!before) return noSuchAgreement;
  const now = clock();
  const may = mayRescind(before, now);
  if (!may.ok) return may;
  const event = await ownEnding(ground, before, { kind: "rescinded", at: now, by: "first" });
  const done = ground.storage.transactionSync((): boolean => {
    if (!unchanged(ground, [before])) return false;
    changeAgreement(ground.sql, before, { events: [...before.events, event] }, now);
    addEvent(ground.sql, "agreement.rescinded", { agreement: id }, now);
    if (before.told) queueFor(ground, before.maker, "agreement.rescinded", { agreement: id }, false, now);
    return true;
  });
  if (!done) return stale;
  ground.wakeAt(now);
  ground.announce();
  await directoryFor(ground.env, before.maker).waited(before.maker, id);
  return synchronised(ground, id);
}

/** The owner ends an agreement in force, and the contributions on top of it. Needs nobody's leave. */
export async function terminate(
  ground: Ground,
  id: AgreementId,
  reason: string | undefined,
): Promise<Result<OwnAgreementView, Failure>> {
  const before = agreementById(ground.sql, id);
  if (!before) return noSuchAgreement;
  const now = clock();
  const may = mayTerminate(before, now);
  if (!may.ok) return may;
  const event = await ownEnding(ground, before, {
    kind: "terminated",
    at: now,
    by: "first",
    ...(reason !== undefined && { reason }),
  });
  const ended = await endAll(ground, before, event, now);
  if (!ended.ok) return ended;
  return synchronised(ground, id);
}

/** The company ends an agreement: its signed event, acknowledged here and committed. */
export async function terminateByMaker(
  ground: Ground,
  id: AgreementId,
  event: SignedEvent,
): Promise<Result<AgreementCopy, Failure>> {
  const before = agreementById(ground.sql, id);
  if (!before) return noSuchAgreement;
  const now = clock();
  const may = mayTerminate(before, now);
  if (!may.ok) return may;
  const { body } = event;
  if (body.by !== "second" || body.kind !== "terminated")
    return err({ code: "conflict", detail: "This is not a company's termination." });
  const sound = await verifyEvents(before.record, [...before.events, event], resolverFor(ground, before.maker));
  if (!sound.ok) return err({ code: "bad-signature", detail: sound.error });
  return endAll(ground, before, await acknowledge(event, await agentOf(ground.storage)), now);
}

/** What goes with a relationship that ends: contributions agreed on top of it end, those still open are taken back. */
function dependentsOf(
  ground: Ground,
  ended: OwnAgreement,
  now: number,
): { other: OwnAgreement; kind: "terminated" | "rescinded" }[] {
  const all = agreementsWith(ground.sql, ended.maker);
  const open = all.filter(
    (other) => other.record.proffer.body.onTopOf === ended.recordDigest && mayRescind(other, now).ok,
  );
  return [
    ...endingWith(all, ended, now).map((other) => ({ other, kind: "terminated" as const })),
    ...open.map((other) => ({ other, kind: "rescinded" as const })),
  ];
}

async function endAll(
  ground: Ground,
  before: OwnAgreement,
  event: SignedEvent,
  now: number,
): Promise<Result<AgreementCopy, Failure>> {
  const dependents = await Promise.all(
    dependentsOf(ground, before, now).map(async ({ other, kind }) => ({
      other,
      kind,
      ending: await ownEnding(ground, other, { kind, at: now, by: "first" }),
    })),
  );
  const ended = ground.storage.transactionSync((): OwnAgreement | null => {
    if (!unchanged(ground, [before, ...dependents.map(({ other }) => other)])) return null;
    const end = (agreement: OwnAgreement, kind: "terminated" | "rescinded", ending: SignedEvent): OwnAgreement => {
      const after = changeAgreement(ground.sql, agreement, { events: [...agreement.events, ending] }, now);
      addEvent(ground.sql, `agreement.${kind}`, { agreement: agreement.id }, now);
      if (agreement.told || kind === "terminated")
        queueFor(ground, agreement.maker, `agreement.${kind}`, { agreement: agreement.id }, false, now);
      return after;
    };
    const after = end(before, "terminated", event);
    for (const { other, kind, ending } of dependents) end(other, kind, ending);
    withdrawUndelivered(ground, before.maker);
    return after;
  });
  if (!ended) return stale;
  ground.wakeAt(now);
  ground.announce();
  return ok(copy(ground, ended));
}

const ENDING_ROUNDS = 5;

/**
 * Before an erasure: whatever stands or is open is ended by the owner, so that no company's copy says otherwise for ever.
 * In rounds, as a company may decide or end one while another is being signed.
 */
export async function endEverything(ground: Ground): Promise<void> {
  for (let round = 0; round < ENDING_ROUNDS; round++) {
    let ended = 0;
    for (const { id } of makersKnown(ground.sql).flatMap((maker) => agreementsWith(ground.sql, maker))) {
      const agreement = agreementById(ground.sql, id)!;
      if (mayTerminate(agreement, clock()).ok) await terminate(ground, id, "erased");
      else if (mayRescind(agreement, clock()).ok) await rescind(ground, id);
      else continue;
      ended++;
    }
    if (ended === 0) return;
  }
}

function faulted(ground: Ground, id: AgreementId, fault: unknown): void {
  log("negotiation-fault", { fault: fault instanceof Error ? fault.name : "unknown" });
  const agreement = agreementById(ground.sql, id);
  if (agreement) askLater(ground, agreement);
}

function askLater(ground: Ground, { id, syncTries }: OwnAgreement): void {
  const at = clock() + Math.min(SYNC_RETRY_MS * 2 ** syncTries, SYNC_RETRY_MAX_MS);
  syncLater(ground.sql, id, at);
  ground.wakeAt(at);
}

/**
 * Brings the company's copy up to this version now; if that fails the alarm goes on asking.
 * @returns whether the company's side could be asked
 */
async function synchronise(ground: Ground, id: AgreementId): Promise<boolean> {
  const agreement = agreementById(ground.sql, id);
  if (!agreement) return true;
  if (agreement.syncedVersion === agreement.version) {
    if (stateOf(agreement, clock()) !== "proffered") syncNotNeeded(ground.sql, id);
    return true;
  }
  const company = await directoryFor(ground.env, agreement.maker).maker(agreement.maker);
  if (!company?.hasPolicy) {
    // A proffer is put to the company when it has a policy; anything else of it concerns nobody there yet.
    if (stateOf(agreement, clock()) !== "proffered") syncNotNeeded(ground.sql, id);
    return true;
  }
  const answer = await makerOf(ground.env, agreement.maker)
    .syncAgreement(copy(ground, agreement))
    .catch((): Result<never, Failure> => err({ code: "unavailable", detail: "The company's side did not answer." }));
  if (!answer.ok) {
    askLater(ground, agreement);
    return answer.error.code !== "unavailable";
  }
  markSynced(ground.sql, id, agreement.version, answer.value.events);
  // A company that has a policy has an answer: should it have come to nothing here, it is asked for again.
  if (stateOf(agreement, clock()) === "proffered") askLater(ground, agreement);
  return true;
}

/** The same for every agreement with a company: one that ends may have ended others with it. */
export async function synchroniseWith(ground: Ground, maker: Domain): Promise<boolean> {
  let reached = true;
  for (const { id } of agreementsWith(ground.sql, maker)) reached = (await synchronise(ground, id)) && reached;
  return reached;
}

async function synchronised(ground: Ground, id: AgreementId): Promise<Result<OwnAgreementView, Failure>> {
  await synchroniseWith(ground, agreementById(ground.sql, id)!.maker);
  return ok(agreementView(agreementById(ground.sql, id)!, clock()));
}

/** The alarm's share: copies that were not acknowledged, and answers whose time has passed. */
export async function runNegotiation(ground: Ground, now: number): Promise<void> {
  for (const agreement of dueForSync(ground.sql, now)) {
    try {
      await putToMaker(ground, agreement.id);
      await synchronise(ground, agreement.id);
    } catch (fault) {
      // One company's fault must not keep this twin from the others.
      faulted(ground, agreement.id, fault);
    }
  }
  ground.storage.transactionSync(() => {
    for (const agreement of openAgreements(ground.sql)) {
      if (stateOf(agreement, now) !== "lapsed") continue;
      cacheState(ground.sql, agreement.id, "lapsed");
      addEvent(ground.sql, "agreement.lapsed", { agreement: agreement.id }, now);
    }
  });
  ground.announce();
}
