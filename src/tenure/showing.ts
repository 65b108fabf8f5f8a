// Showing the record to a buyer, at the owner's side: making a share, looking at them, changing what one shows, taking it back, and answering
// who asks whether the owner is still there.

import { invalid, type Failure } from "../domain/failure.ts";
import type { Checkpoint } from "../domain/record/checkpoint.ts";
import type { Presence } from "../domain/record/presence.ts";
import { err, ok, type Err, type Result } from "../domain/result.ts";
import {
  CHALLENGE_TRIES,
  MAX_OPEN_SHARES,
  SHARE_LASTS_AT_MOST_MS,
  SHARE_LASTS_MS,
  shareState,
  type ShareChange,
  type ShareInput,
  type ShareView,
} from "../domain/share.ts";
import { now as clock } from "../platform/clock.ts";
import { equalInConstantTime } from "../platform/crypto.ts";
import { keep, kept, type Answer, type Idem } from "../platform/idempotency.ts";
import { newId } from "../platform/random.ts";
import { twinOf } from "../platform/stubs.ts";
import { addEvent } from "./events.ts";
import { idempotencyConflict, identity, unauthorized, type Ground } from "./ground.ts";
import { identityOf, isErasing } from "./identity.ts";
import { noRoom } from "./room.ts";
import {
  addShare,
  challengeOf,
  changeShare,
  countTry,
  keepPresence,
  markShareRevoked,
  openShares,
  shareById,
  shareView,
  type Share,
} from "./shares.ts";

const noSuchShare: Err<Failure> = err({ code: "not-found", detail: "This twin has no such share." });
const overAlready: Err<Failure> = err({ code: "gone", detail: "This share is over: make another one." });

/** Whether this tenure ended while something was awaited: its tables may be gone. */
export const hasEnded = ({ storage }: Ground): boolean => identityOf(storage) === undefined || isErasing(storage);

/** The record's head as it is now, signed by the twin; null while there is none. */
export async function checkpointNow(ground: Ground): Promise<Checkpoint | null> {
  const { twin } = identity(ground);
  return twinOf(ground.env, twin).checkpoint(twin);
}

const beyond = (withhold: readonly number[] | undefined, size: number): Err<Failure> | null =>
  withhold?.some((seq) => seq > size) ? err(invalid("withhold", "names an entry that is not there")) : null;

/** Makes a share for whoever holds the token with this hash. */
export async function show(
  ground: Ground,
  input: ShareInput,
  tokenHash: string,
  idem: Idem | undefined,
): Promise<Result<Answer<ShareView>, Failure>> {
  const { sql, storage } = ground;
  const head = await checkpointNow(ground);
  if (hasEnded(ground) || head === null) return unauthorized;
  const now = clock();
  return storage.transactionSync((): Result<Answer<ShareView>, Failure> => {
    const before = kept<ShareView>(sql, idem, now);
    if (before.kind === "conflict") return idempotencyConflict;
    if (before.kind === "kept") return ok(before.answer);
    const expiresAt = input.expiresAt ?? now + SHARE_LASTS_MS;
    if (expiresAt <= now) return err(invalid("expiresAt", "must be in the future"));
    if (expiresAt > now + SHARE_LASTS_AT_MOST_MS) return err(invalid("expiresAt", "must be within 90 days"));
    const fault = beyond(input.withhold, head.size);
    if (fault) return fault;
    if (head.status !== "current") return err({ code: "alert-stands", alert: head.status });
    const full = noRoom(sql);
    if (full) return full;
    if (openShares(sql, now) >= MAX_OPEN_SHARES) {
      return err({
        code: "quota-exceeded",
        detail: `${MAX_OPEN_SHARES} shares are open already: take one back first.`,
      });
    }
    const id = newId("share");
    const { label = null, withhold = [] } = input;
    addShare(sql, { id, tokenHash, label, showing: { withhold, upTo: lookedAt(input, head.size) }, expiresAt }, now);
    addEvent(sql, "share.made", { data: { share: { id } } }, now);
    const view = shareView(shareById(sql, id)!, now);
    keep(sql, idem, id, view, now);
    return ok({ body: view, replayed: false, sealed: null });
  });
}

/** How much of the record its owner looked at: an entry that came while they did is not shown unseen. */
const lookedAt = ({ upTo }: { readonly upTo?: number | undefined }, size: number): number =>
  Math.min(upTo ?? size, size);

/** Changes what a share shows. All that its owner's side recorded up to now is shown from here on, but for what is withheld. */
export async function changeShowing(
  ground: Ground,
  id: string,
  change: ShareChange,
): Promise<Result<ShareView, Failure>> {
  const head = await checkpointNow(ground);
  if (hasEnded(ground) || head === null) return unauthorized;
  const now = clock();
  return ground.storage.transactionSync((): Result<ShareView, Failure> => {
    const share = openShare(ground, id, now);
    if (!share.ok) return share;
    const fault = beyond(change.withhold, head.size);
    if (fault) return fault;
    const label = change.label === undefined ? share.value.label : change.label;
    const { showing } = share.value;
    const withhold = change.withhold ?? showing.withhold;
    // Who only renames it has looked at nothing.
    const renamed = change.label !== undefined && change.withhold === undefined && change.upTo === undefined;
    const upTo = renamed ? showing.upTo : lookedAt(change, head.size);
    changeShare(ground.sql, share.value.id, label, { withhold, upTo });
    addEvent(ground.sql, "share.changed", { data: { share: { id: share.value.id } } }, now);
    return ok(shareView(shareById(ground.sql, id)!, now));
  });
}

function openShare({ sql }: Ground, id: string, now: number): Result<Share, Failure> {
  const share = shareById(sql, id);
  if (!share) return noSuchShare;
  return shareState(share.facts, now) === "open" ? ok(share) : overAlready;
}

/** Takes a share back: at once it opens nothing any more. */
export function takeBack({ storage, sql }: Ground, id: string, now: number): Result<null, Failure> {
  return storage.transactionSync((): Result<null, Failure> => {
    const share = shareById(sql, id);
    if (!share || share.facts.revokedAt !== null) return noSuchShare;
    markShareRevoked(sql, share.id, now);
    addEvent(sql, "share.revoked", { data: { share: { id: share.id } } }, now);
    return ok(null);
  });
}

const wrongCode = (left: number): Err<Failure> =>
  err({
    code: "conflict",
    detail:
      left === 0
        ? "That is not the code, and it was the last try: ask for another one."
        : `That is not the code. ${left} ${left === 1 ? "try is" : "tries are"} left.`,
  });

/** The owner's answer to whoever asks whether they are there: right, the twin signs the buyer's number. */
export async function answerChallenge(ground: Ground, id: string, code: string): Promise<Result<Presence, Failure>> {
  const { sql } = ground;
  const share = openShare(ground, id, clock());
  if (!share.ok) return share;
  const challenge = challengeOf(sql, share.value.id);
  if (!challenge || challenge.expiresAt <= clock())
    return err({ code: "conflict", detail: "Nobody asks through this share now, or the ten minutes have passed." });
  if (challenge.tries >= CHALLENGE_TRIES) return wrongCode(0);
  if (!equalInConstantTime(challenge.code, code)) {
    countTry(sql, share.value.id);
    return wrongCode(CHALLENGE_TRIES - challenge.tries - 1);
  }
  if (challenge.presence !== null) return ok(JSON.parse(challenge.presence) as Presence);
  const { twin } = identity(ground);
  const presence = await twinOf(ground.env, twin).presence(twin, { share: share.value.id, nonce: challenge.nonce });
  if (hasEnded(ground) || presence === null) return unauthorized;
  keepPresence(sql, share.value.id, challenge.nonce, JSON.stringify(presence));
  return ok(presence);
}
