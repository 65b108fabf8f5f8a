// Proffering: making the owner's offer, putting it to its company or having it wait, and what time does to it.

import { invalid, type Failure } from "../domain/failure.ts";
import type { AgreementId, ChannelId } from "../domain/ids.ts";
import { briefOf } from "../domain/product.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { makerDid } from "../domain/terms/did.ts";
import {
  decideByOf,
  decideByOnceJoined,
  RELATIONSHIP_SCOPE,
  writeProffer,
  type ProfferInput,
} from "../domain/terms/proffer.ts";
import { recordDigest, recordOf } from "../domain/terms/record.ts";
import { kindOf } from "../domain/terms/roster.ts";
import { signBody } from "../domain/terms/seal.ts";
import { placeFor } from "../domain/terms/standing.ts";
import { isOpen, mayHold, stateOf } from "../domain/terms/states.ts";
import { now as clock } from "../platform/clock.ts";
import { keep, kept, type Answer, type Idem } from "../platform/idempotency.ts";
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
  dueForSync,
  markTold,
  openAgreements,
  syncLater,
  syncNotNeeded,
  type OwnAgreementView,
} from "./agreements.ts";
import { addEvent } from "./events.ts";
import { isErasing } from "./identity.ts";
import { idempotencyConflict, identity, noSuchAgreement, type Ground } from "./ground.ts";
import { queueFor } from "./outbox.ts";
import { noRoom } from "./room.ts";
import { stale, copy } from "./footing.ts";
import { SYNC_RETRY_MS, faulted, askLater, synchronise, synchroniseWith } from "./synchronising.ts";
import { takeDecision } from "./deciding.ts";

/** A twin has few companies; more open proffers than this only take the room of others who wait for one. */
const MAX_OPEN_PROFFERS = 100;

/** The proffer was put to nobody yet: it waits in the directory for its company. */
type Put = "waiting" | "put";

/** POST agreements: makes the proffer, puts it to the company, and answers with what became of it. */
export async function proffer(
  ground: Ground,
  asker: ChannelId,
  input: ProfferInput,
  idem: Idem | undefined,
): Promise<Result<Answer<OwnAgreementView>, Failure>> {
  const before = await answered(ground, asker, idem);
  if (before !== null) return before;
  const made = await makeProffer(ground, input, idem);
  if (made.ok) return settle(ground, asker, made.value, idem);
  // The same key may have made it while this call was signing: both get that one's answer.
  return (await answered(ground, asker, idem)) ?? made;
}

/** What the same key was answered before, or is being answered; null for a new one. */
async function answered(
  ground: Ground,
  asker: ChannelId,
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
      return settle(ground, asker, before.subject as AgreementId, idem);
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
  const origin = publicOrigin(ground.env);
  const id = newId("agr");
  const body = writeProffer({
    id,
    now,
    decideBy: decideBy.value,
    firstDid: agent.key,
    agent: origin,
    // The company's agent is hosted here, like the owner's.
    secondDid: makerDid(new URL(origin).host, maker),
    // The name of a company that has not proven its domain is only what somebody says it is.
    legalName: company?.verified ? company.name : maker,
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
  asker: ChannelId,
  id: AgreementId,
  idem: Idem | undefined,
): Promise<Result<Answer<OwnAgreementView>, Failure>> {
  try {
    await putToMaker(ground, id, asker);
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
async function putToMaker(ground: Ground, id: AgreementId, asker: ChannelId | null = null): Promise<Put> {
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
  if (answer.value.kind === "decided") await takeDecision(ground, id, answer.value.decision, asker);
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
