// Keeping the company's copies in step with this side, which is the referee's: asked again by the alarm until they are.

import type { Failure } from "../domain/failure.ts";
import type { AgreementId, Domain } from "../domain/ids.ts";
import { isLinkParty } from "../domain/reply-link.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { stateOf } from "../domain/terms/states.ts";
import { now as clock } from "../platform/clock.ts";
import { log } from "../platform/log.ts";
import { directoryFor, makerOf } from "../platform/stubs.ts";
import {
  agreementById,
  agreementsWith,
  agreementView,
  markSynced,
  syncLater,
  syncNotNeeded,
  type OwnAgreementView,
  type OwnAgreement,
} from "./agreements.ts";
import { type Ground } from "./ground.ts";
import { copy } from "./footing.ts";

export const SYNC_RETRY_MS = 5_000;

const SYNC_RETRY_MAX_MS = 3_600_000;

export function faulted(ground: Ground, id: AgreementId, fault: unknown): void {
  log("negotiation-fault", { fault: fault instanceof Error ? fault.name : "unknown" });
  const agreement = agreementById(ground.sql, id);
  if (agreement) askLater(ground, agreement);
}

export function askLater(ground: Ground, { id, syncTries }: OwnAgreement): void {
  const at = clock() + Math.min(SYNC_RETRY_MS * 2 ** syncTries, SYNC_RETRY_MAX_MS);
  syncLater(ground.sql, id, at);
  ground.wakeAt(at);
}

/**
 * Brings the company's copy up to this version now; if that fails the alarm goes on asking.
 * @returns whether the company's side could be asked
 */
export async function synchronise(ground: Ground, id: AgreementId): Promise<boolean> {
  const agreement = agreementById(ground.sql, id);
  if (!agreement) return true;
  // Whoever answers through a reply link has no copy here that could be behind.
  if (isLinkParty(agreement.maker)) {
    syncNotNeeded(ground.sql, id);
    return true;
  }
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

export async function synchronised(ground: Ground, id: AgreementId): Promise<Result<OwnAgreementView, Failure>> {
  await synchroniseWith(ground, agreementById(ground.sql, id)!.maker);
  return ok(agreementView(agreementById(ground.sql, id)!, clock()));
}
