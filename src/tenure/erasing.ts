// Erasing, at its owner's word or after a handover: agreements end, the last signals are left with the makers, then everything goes at once.
// Begun, it is always finished.

import { now as clock } from "../platform/clock.ts";
import { directoryFor, makerOf, twinOf } from "../platform/stubs.ts";
import type { Courier } from "../relay/courier.ts";
import { hasOutgoing } from "../relay/outgoing.ts";
import { agreementsWith, hadAgreement, makersKnown } from "./agreements.ts";
import { identity, type Ground } from "./ground.ts";
import { endEverything } from "./ending.ts";
import type { Farewell } from "./identity.ts";
import { countMeOutOfAll } from "./issues.ts";
import type { Projector } from "./projecting.ts";
import { shareHashes } from "./shares.ts";
import { synchroniseWith } from "./synchronising.ts";
import { queueFor } from "./outbox.ts";
import { renderWordless } from "./rendering.ts";

const LEASE_MS = 30_000;
const ERASED = "twin.erased";

/** Every step may be repeated after a crash, by the alarm. Nothing else is answered any more meanwhile. */
export async function erase(
  ground: Ground,
  courier: Courier,
  projector: Projector,
  farewell: Farewell,
  deleteEverything: () => Promise<void>,
): Promise<void> {
  ground.wakeAt(clock() + LEASE_MS);
  const { twin } = identity(ground);
  await endEverything(ground, farewell);
  for (const maker of makersKnown(ground.sql)) {
    for (const agreement of agreementsWith(ground.sql, maker)) {
      await directoryFor(ground.env, maker).waited(maker, agreement.id);
    }
    if (!(await directoryFor(ground.env, maker).maker(maker))) continue;
    // The endings must be in the company's copies before what would bring them there is gone.
    if (!(await synchroniseWith(ground, maker))) throw new Error("a company's side could not be reached");
    const now = clock();
    // A company without an agreement in force learns nothing of a handover; one that had it was told as that ended.
    if (farewell === "erased" && hadAgreement(ground.sql, maker) && !hasOutgoing(ground.sql, maker, ERASED)) {
      queueFor(ground, maker, ERASED, {}, false, now);
    }
    await makerOf(ground.env, maker).takeOver(
      courier.handOver(maker, twin, (event) => renderWordless(ground, maker, event, now)),
    );
  }
  await projector.leave();
  await countMeOutOfAll(ground);
  await twinOf(ground.env, twin).erased(twin, shareHashes(ground.sql));
  await deleteEverything();
}
