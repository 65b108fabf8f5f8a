// Erasing: the last signals are left with the makers first, then everything goes at once. Begun, it is always finished.

import { now as clock } from "../platform/clock.ts";
import { makerOf, twinOf, directoryFor } from "../platform/stubs.ts";
import type { Courier } from "../relay/courier.ts";
import { agreementsWith, hadAgreement, makersKnown } from "./agreements.ts";
import { identity, type Ground } from "./ground.ts";
import { beginErasing, isErasing } from "./identity.ts";
import { queueFor } from "./outbox.ts";
import { renderWordless } from "./rendering.ts";

const LEASE_MS = 30_000;

/** Decides the erasure in one transaction: from here on no command is answered, and the alarm sees it through. */
export function decideErasure(ground: Ground): void {
  const now = clock();
  ground.storage.transactionSync(() => {
    if (isErasing(ground.storage)) return;
    for (const maker of makersKnown(ground.sql)) {
      if (hadAgreement(ground.sql, maker)) queueFor(ground, maker, "twin.erased", {}, false, now);
    }
    beginErasing(ground.storage);
  });
}

/** Hands over, erases, and tells the item's Twin. Every step may be repeated after a crash. */
export async function erase(ground: Ground, courier: Courier, deleteEverything: () => Promise<void>): Promise<void> {
  const now = clock();
  ground.wakeAt(now + LEASE_MS);
  const { twin } = identity(ground);
  for (const maker of makersKnown(ground.sql)) {
    for (const agreement of agreementsWith(ground.sql, maker))
      await directoryFor(ground.env, maker).waited(maker, agreement.id);
    if (!(await directoryFor(ground.env, maker).maker(maker))) continue;
    await makerOf(ground.env, maker).takeOver(
      courier.handOver(maker, twin, (event) => renderWordless(ground, maker, event, now)),
    );
  }
  await twinOf(ground.env, twin).erased(twin);
  await deleteEverything();
}
