// Taking decisions in: a company's about a proffer, the owner's about a counter. A decision takes effect when this object commits it.

import type { AgreementCopy } from "../domain/exchange.ts";
import type { Failure } from "../domain/failure.ts";
import type { AgreementId, ChannelId } from "../domain/ids.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { writeConfirmation } from "../domain/terms/decision.ts";
import {
  agreedTerms,
  recordDigest,
  recordOf,
  type AgreementRecord,
  type ConfirmationBody,
  type DecisionBody,
} from "../domain/terms/record.ts";
import { signBody, type Signed } from "../domain/terms/seal.ts";
import { supersededBy } from "../domain/terms/standing.ts";
import { mayConfirm, mayDecide } from "../domain/terms/states.ts";
import { verifyRecord } from "../domain/terms/verify.ts";
import { now as clock } from "../platform/clock.ts";
import { log } from "../platform/log.ts";
import { agentOf } from "./agent.ts";
import {
  agreementById,
  agreementsWith,
  changeAgreement,
  markTold,
  type OwnAgreementView,
  type OwnAgreement,
} from "./agreements.ts";
import { addEvent } from "./events.ts";
import { isErasing } from "./identity.ts";
import { noSuchAgreement, type Ground } from "./ground.ts";
import { queueFor } from "./outbox.ts";
import { addNews } from "./pushing.ts";
import { sendWaiting } from "./sending.ts";
import { stale, copy, unchanged, resolverFor, ownEnding } from "./footing.ts";
import { synchronised } from "./synchronising.ts";

/**
 * The company's decision, by its policy or a person: verified, then committed or refused.
 * @param asker the channel whose call is answered with it; null when none waits for it
 */
export async function takeDecision(
  ground: Ground,
  id: AgreementId,
  decision: Signed<DecisionBody>,
  asker: ChannelId | null = null,
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
    (now) => addNews(ground, `agreement.${decision.body.decision}`, { agreement: id }, now, asker),
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
    (at) => addEvent(ground.sql, `agreement.${confirmation}`, { agreement: id }, at),
    (at) => mayConfirm(before, at),
  );
  return entered.ok ? synchronised(ground, id) : entered;
}

/**
 * Commits the next record of an agreement, and tells of it. When it comes into force, what it supersedes ends in the same transaction,
 * and what waited for it goes out.
 */
async function enter(
  ground: Ground,
  before: OwnAgreement,
  record: AgreementRecord,
  tell: (now: number) => void,
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
    tell(now);
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
