// Handing out channels and taking them back, and leaving: what an owner lets a phone, a person or a program do.

import { MAX_CHANNELS, type Caller, type ChannelInput, type ChannelView } from "../domain/access.ts";
import { invalid, type Failure } from "../domain/failure.ts";
import type { ChannelId } from "../domain/ids.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { keep, kept, type Answer, type Idem } from "../platform/idempotency.ts";
import { newId } from "../platform/random.ts";
import { addEvent } from "./events.ts";
import { idempotencyConflict, type Ground } from "./ground.ts";

const noSuchChannel = err<Failure>({ code: "not-found", detail: "This twin has no such channel." });

/** Makes a channel for whoever holds the token with this hash. */
export function grant(
  ground: Ground,
  tokenHash: string,
  input: ChannelInput,
  idem: Idem | undefined,
  now: number,
): Result<Answer<ChannelView>, Failure> {
  const { sql, channels } = ground;
  return ground.storage.transactionSync((): Result<Answer<ChannelView>, Failure> => {
    const before = kept<ChannelView>(sql, idem, now);
    if (before.kind === "conflict") return idempotencyConflict;
    if (before.kind === "kept") return ok(before.answer);
    if (input.expiresAt !== undefined && input.expiresAt <= now) {
      return err(invalid("expiresAt", "must be in the future"));
    }
    if (channels.liveCount(now) >= MAX_CHANNELS) {
      return err({ code: "quota-exceeded", detail: `A twin has ${MAX_CHANNELS} channels at most. Revoke one first.` });
    }
    const id = newId("chan");
    const view = channels.add(id, tokenHash, input, now);
    addEvent(sql, "channel.created", { channel: id, data: { label: input.label, scopes: input.scopes } }, now);
    keep(sql, idem, id, view, now);
    return ok({ body: view, replayed: false, sealed: null });
  });
}

/** Calls a channel something else. */
export function name(
  ground: Ground,
  caller: Caller,
  id: ChannelId,
  label: string,
  now: number,
): Result<ChannelView, Failure> {
  if (!ground.channels.exists(id)) return noSuchChannel;
  ground.storage.transactionSync(() => {
    ground.channels.name(id, label);
    addEvent(ground.sql, "channel.named", { channel: id, data: { label } }, now);
  });
  return ok(ground.channels.view(id, caller.id));
}

/** Takes a channel back; its sockets close. The last one with the owner's scope stays. */
export function revoke(ground: Ground, id: ChannelId, now: number): Result<null, Failure> {
  const { channels } = ground;
  if (!channels.exists(id)) return noSuchChannel;
  if (!channels.hasOtherOwner(id, now)) {
    return err({
      code: "conflict",
      detail: "This is the last channel with the owner's scope: make another one first.",
    });
  }
  end(ground, id, {}, now);
  return ok(null);
}

/** A channel ends itself. The last one with the owner's scope stays: after it nobody would get in but with the recovery code. */
export function leave(ground: Ground, { id, scopes }: Caller, now: number): Result<null, Failure> {
  if (scopes.has("owner") && !ground.channels.hasOtherOwner(id, now)) {
    return err({
      code: "conflict",
      detail: "This is the last channel with the owner's scope: erase the twin, or make another owner's channel first.",
    });
  }
  end(ground, id, { data: { left: true } }, now);
  return ok(null);
}

function end(ground: Ground, id: ChannelId, how: { readonly data?: unknown }, now: number): void {
  ground.storage.transactionSync(() => {
    ground.channels.revoke(id, now);
    addEvent(ground.sql, "channel.revoked", { channel: id, ...how }, now);
  });
  ground.closeSockets([id]);
}
