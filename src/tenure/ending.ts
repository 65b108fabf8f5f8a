// Endings: a proffer taken back, an agreement ended by either side, and everything that goes with it.

import type { AgreementCopy } from "../domain/exchange.ts";
import type { Failure } from "../domain/failure.ts";
import type { AgreementId, Domain } from "../domain/ids.ts";
import { isLinkParty } from "../domain/reply-link.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { acknowledge } from "../domain/terms/chain.ts";
import { type SignedEvent } from "../domain/terms/record.ts";
import { endingWith } from "../domain/terms/standing.ts";
import { mayRescind, mayTerminate } from "../domain/terms/states.ts";
import { verifyEvents } from "../domain/terms/verify.ts";
import { now as clock } from "../platform/clock.ts";
import { directoryFor } from "../platform/stubs.ts";
import { hasOutgoing } from "../relay/outgoing.ts";
import { agentOf } from "./agent.ts";
import {
  agreementById,
  agreementsWith,
  changeAgreement,
  makersKnown,
  type OwnAgreementView,
  type OwnAgreement,
} from "./agreements.ts";
import { addEvent } from "./events.ts";
import { noSuchAgreement, type Ground } from "./ground.ts";
import type { Farewell } from "./identity.ts";
import { queueFor } from "./outbox.ts";
import { addNews } from "./pushing.ts";
import { withdrawUndelivered } from "./sending.ts";
import { stale, copy, unchanged, resolverFor, ownEnding } from "./footing.ts";
import { synchronised } from "./synchronising.ts";

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
      if (kind === "terminated" && event.body.by === "second")
        addNews(ground, "agreement.terminated", { agreement: agreement.id }, now);
      else addEvent(ground.sql, `agreement.${kind}`, { agreement: agreement.id }, now);
      // Whoever answers through a reply link has no outbox here: they find it ended when they look.
      if ((agreement.told || kind === "terminated") && !isLinkParty(agreement.maker))
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

const TRANSFERRED = "twin.transferred";

/** The thing has a new owner: all that stands with a company ends by that, in one step, and the company is told that and no more. */
async function transfer(ground: Ground, maker: Domain, now: number): Promise<number> {
  const { sql, storage } = ground;
  const standing = agreementsWith(sql, maker).filter((agreement) => mayTerminate(agreement, now).ok);
  const endings = await Promise.all(
    standing.map(async (agreement) => ({
      agreement,
      ending: await ownEnding(ground, agreement, { kind: "transferred", at: now, by: "first" }),
    })),
  );
  storage.transactionSync(() => {
    if (endings.length === 0 || !unchanged(ground, standing)) return;
    for (const { agreement, ending } of endings) {
      changeAgreement(sql, agreement, { events: [...agreement.events, ending] }, now);
    }
    withdrawUndelivered(ground, maker);
    if (!isLinkParty(maker) && !hasOutgoing(sql, maker, TRANSFERRED))
      queueFor(ground, maker, TRANSFERRED, {}, false, now);
  });
  return standing.length;
}

const ENDING_ROUNDS = 5;

/**
 * Before an erasure: whatever stands or is open is ended by the owner, so that no company's copy says otherwise for ever. After a handover
 * what stands ends by that. In rounds, as a company may decide or end one while another is being signed.
 */
export async function endEverything(ground: Ground, farewell: Farewell): Promise<void> {
  for (let round = 0; round < ENDING_ROUNDS; round++) {
    let ended = 0;
    if (farewell === "transferred") {
      for (const maker of makersKnown(ground.sql)) ended += await transfer(ground, maker, clock());
    }
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
