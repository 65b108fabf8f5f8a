// Recovery with the code on paper: at once when nobody else was here lately, else after a day in which any channel may object.

import type { Failure } from "../domain/failure.ts";
import type { ChannelId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import { OBJECTION_MS, RECENT_USE_MS, type Recovery, type RecoveryView } from "../domain/recovery.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { keep, kept, type Answer, type Idem } from "../platform/idempotency.ts";
import { newId } from "../platform/random.ts";
import { addEvent } from "./events.ts";
import { idempotencyConflict, identity, type Ground } from "./ground.ts";
import { addNews } from "./pushing.ts";
import { markSharesRevoked } from "./shares.ts";

const CODE_HASH = "recovery-hash";
const UNDER_WAY = "recovery";

export const keepRecoveryHash = (storage: DurableObjectStorage, hash: string): void => storage.kv.put(CODE_HASH, hash);

const underWay = (storage: DurableObjectStorage): Recovery | undefined => storage.kv.get<Recovery>(UNDER_WAY);

export function recoveryView(ground: Ground): RecoveryView {
  const recovery = underWay(ground.storage);
  return recovery
    ? { state: "waiting", startedAt: rfc3339(recovery.startedAt), readyAt: rfc3339(recovery.readyAt) }
    : { state: "none" };
}

/** What a recovery makes anew: the owner's token and the next code, by their hashes. */
export type NewAccess = { readonly codeHash: string; readonly tokenHash: string; readonly nextCodeHash: string };

export type RecoveryAnswer = { readonly twin: string } | { readonly readyAt: string };

/** Whether the very call would be granted now. */
export const isGranted = (ground: Ground, codeHash: string, now: number): boolean =>
  ground.storage.kv.get<string>(CODE_HASH) === codeHash && !mustWait(ground, now);

function mustWait({ storage, channels }: Ground, now: number): boolean {
  const recovery = underWay(storage);
  return recovery ? now < recovery.readyAt : channels.usedSince(now - RECENT_USE_MS, now);
}

export function recover(
  ground: Ground,
  access: NewAccess,
  idem: Idem | undefined,
  now: number,
): Result<Answer<RecoveryAnswer>, Failure> {
  const { storage, sql, channels } = ground;
  return storage.transactionSync((): Result<Answer<RecoveryAnswer>, Failure> => {
    const before = kept<RecoveryAnswer>(sql, idem, now);
    if (before.kind === "conflict") return idempotencyConflict;
    if (before.kind === "kept") return ok(before.answer);
    if (storage.kv.get<string>(CODE_HASH) !== access.codeHash) return err({ code: "recovery-refused" });

    if (mustWait(ground, now)) {
      const recovery = underWay(storage);
      const readyAt = recovery?.readyAt ?? now + OBJECTION_MS;
      if (!recovery) {
        storage.kv.put(UNDER_WAY, { startedAt: now, readyAt } satisfies Recovery);
        addNews(ground, "recovery.started", { data: { readyAt: rfc3339(readyAt) } }, now);
      }
      // Not kept: the very same call is to answer differently once the day has passed.
      return ok({ body: { readyAt: rfc3339(readyAt) }, replayed: false, sealed: null });
    }

    ground.closeSockets(channels.revokeAll(now));
    // Whoever was in may have shown it to somebody.
    markSharesRevoked(sql, now);
    channels.add(newId("chan"), access.tokenHash, { label: "Recovered", scopes: ["owner"] }, now);
    storage.kv.put(CODE_HASH, access.nextCodeHash);
    storage.kv.delete(UNDER_WAY);
    addEvent(sql, "recovery.done", {}, now);
    const body = { twin: identity(ground).twin };
    keep(sql, idem, null, body, now);
    return ok({ body, replayed: false, sealed: null });
  });
}

/** Any channel may object: whoever started it must begin again, and wait again. */
export function object(ground: Ground, by: ChannelId, now: number): Result<null, Failure> {
  if (!underWay(ground.storage)) return err({ code: "not-found", detail: "No recovery is under way." });
  ground.storage.transactionSync(() => {
    ground.storage.kv.delete(UNDER_WAY);
    addEvent(ground.sql, "recovery.objected", { data: { by } }, now);
  });
  return ok(null);
}
