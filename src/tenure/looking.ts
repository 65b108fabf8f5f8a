// What whoever holds a share can do: look at the record, see that it is current, compare a label, and ask whether the owner is there. Never a
// body that is withheld, a share's label, the serial, nor a word that is not on the record.

import type { Failure } from "../domain/failure.ts";
import type { Domain, ShareId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import type { Label, LabelAnswer, LabelHash } from "../domain/label-hash.ts";
import { PUBLIC_KINDS } from "../domain/notice.ts";
import { nameOnRecord } from "../domain/product.ts";
import type { Checkpoint } from "../domain/record/checkpoint.ts";
import { entryOf } from "../domain/record/entry.ts";
import type { Presence } from "../domain/record/presence.ts";
import type { ShownProduct, ShownRecord } from "../domain/record/shown.ts";
import { warrantyIn } from "../domain/record/warranty.ts";
import { err, ok, type Result } from "../domain/result.ts";
import {
  AGAIN_WITHIN_MS,
  CHALLENGE_LASTS_MS,
  CODE_DIGITS,
  shareState,
  shows,
  type ChallengeView,
  type ShareOpening,
  type ShownNotice,
  type ShownWarranty,
  type Showing,
} from "../domain/share.ts";
import { now as clock } from "../platform/clock.ts";
import { randomDigits } from "../platform/random.ts";
import { twinOf } from "../platform/stubs.ts";
import type { RecordedEntry } from "../twin/recording.ts";
import { identity, unauthorized, type Ground } from "./ground.ts";
import { compareWithLabel, labelHash } from "./label-hash.ts";
import { standingNotices } from "./notices.ts";
import type { Picture } from "./picturing.ts";
import { addNews } from "./pushing.ts";
import { noRoom } from "./room.ts";
import { challengeOf, keepChallenge, markLooked, shareByToken, type Share } from "./shares.ts";
import { checkpointNow, hasEnded } from "./showing.ts";

/** The record as a share shows it. Of its makers the domains only: what is public of them, the API adds. */
export type Look = ShownRecord & {
  readonly entries: readonly RecordedEntry[];
  readonly share: { readonly id: ShareId; readonly createdAt: string; readonly upTo: number };
  readonly product: Omit<ShownProduct, "maker"> & { readonly maker: Domain | null };
  readonly notices: readonly ShownNotice[];
  readonly warranty: ShownWarranty | null;
  readonly owners: number;
  readonly label: LabelHash | null;
  readonly expiresAt: string;
};

export type ShareStatus = {
  readonly checkpoint: Checkpoint;
  readonly presence: Presence | null;
  readonly expiresAt: string;
  readonly product: Look["product"];
  readonly notices: readonly ShownNotice[];
};

const over = (detail: string): Result<never, Failure> => err({ code: "gone", detail });

/** The share of this token, if it is this very one and still open. */
function held(ground: Ground, tokenHash: string, id: string, now: number): Result<Share, Failure> {
  const share = shareByToken(ground.sql, tokenHash);
  if (share?.id !== id) return unauthorized;
  switch (shareState(share.facts, now)) {
    case "revoked":
      return over("The owner took this link back.");
    case "expired":
      return over("This link has run out.");
    case "open":
      return ok(share);
  }
}

/** The same after something was awaited. */
const stillHeld = (ground: Ground, tokenHash: string, id: string): Result<Share, Failure> =>
  hasEnded(ground) ? unauthorized : held(ground, tokenHash, id, clock());

/** An entry as a share shows it: named member by member, so that nothing else can come along. */
function shown(entry: RecordedEntry, showing: Showing): RecordedEntry {
  const { disclosure, body } = shows(showing, entry) ? entry : { disclosure: null, body: null };
  return { ...entryOf(entry), seq: entry.seq, disclosure, erased: entry.erased, body };
}

/** A labelled thing is called what its maker calls it: the owner's own name for it is not on its record. */
function productOf(ground: Ground): Look["product"] {
  const { product, proof } = identity(ground);
  const { model, gtin, maker } = product;
  return { name: nameOnRecord(product, proof), model, gtin, maker, proof };
}

/** What warns of this very item, or of all of its kind. */
export const noticesOf = ({ sql }: Ground): ShownNotice[] =>
  standingNotices(sql).flatMap(({ id, kind, maker, title, text, url, at, why }) => {
    const shownKind = PUBLIC_KINDS.find((one) => one === kind);
    return shownKind === undefined || why === "agreement"
      ? []
      : [{ id, kind: shownKind, maker, title, text, url, at: rfc3339(at), why }];
  });

/** Whether somebody looks once more at what was opened: within a day of the last time, and no opening for its owner to count. */
const isOpen = ({ lastOpenedAt }: Share, { again }: ShareOpening, now: number): boolean =>
  again === "true" && lastOpenedAt !== null && now < lastOpenedAt + AGAIN_WITHIN_MS;

/** The record as this share shows it, and one opening more unless it is open already. */
export async function look(
  ground: Ground,
  tokenHash: string,
  id: string,
  opening: ShareOpening,
): Promise<Result<Look, Failure>> {
  const before = held(ground, tokenHash, id, clock());
  if (!before.ok) return before;
  const { twin, tenure } = identity(ground);
  const [history, label] = await Promise.all([twinOf(ground.env, twin).history(twin), labelHash(ground)]);
  const share = stillHeld(ground, tokenHash, id);
  if (!share.ok) return share;
  if (history === null) return unauthorized;
  const { showing, createdAt, facts } = share.value;
  const entries = history.entries.map((entry) => shown(entry, showing));
  const now = clock();
  markLooked(ground.sql, share.value.id, isOpen(share.value, opening, now) ? 0 : 1, now);
  return ok({
    share: { id: share.value.id, createdAt: rfc3339(createdAt), upTo: showing.upTo },
    product: productOf(ground),
    checkpoint: history.checkpoint,
    entries,
    counts: history.counts,
    notices: noticesOf(ground),
    warranty: warrantyIn(entries).stated,
    owners: tenure + 1,
    label,
    expiresAt: rfc3339(facts.expiresAt),
  });
}

/** The record's head and what its makers warn of, as they are now, and the answer to the last challenge. Counts nothing. */
export async function statusOf(ground: Ground, tokenHash: string, id: string): Promise<Result<ShareStatus, Failure>> {
  const before = held(ground, tokenHash, id, clock());
  if (!before.ok) return before;
  const checkpoint = await checkpointNow(ground);
  const share = stillHeld(ground, tokenHash, id);
  if (!share.ok) return share;
  if (checkpoint === null) return unauthorized;
  const presence = challengeOf(ground.sql, share.value.id)?.presence ?? null;
  return ok({
    checkpoint,
    presence: presence === null ? null : (JSON.parse(presence) as Presence),
    expiresAt: rfc3339(share.value.facts.expiresAt),
    product: productOf(ground),
    notices: noticesOf(ground),
  });
}

const noSuchPhoto: Result<never, Failure> = err({ code: "not-found", detail: "There is no such photo here." });

/** A picture of an entry that this share shows. */
export async function pictureByShare(
  ground: Ground,
  tokenHash: string,
  id: string,
  photo: string,
): Promise<Result<Picture, Failure>> {
  const before = held(ground, tokenHash, id, clock());
  if (!before.ok) return before;
  const { twin } = identity(ground);
  const picture = await twinOf(ground.env, twin).recordPhoto(twin, photo);
  const share = stillHeld(ground, tokenHash, id);
  if (!share.ok) return share;
  if (!picture.ok) return noSuchPhoto;
  const { seq, type, bytes } = picture.value;
  // Nobody but the owner's side puts pictures on the record.
  return shows(share.value.showing, { seq, by: { role: "owner" } }) ? ok({ type, bytes }) : noSuchPhoto;
}

/** Whether a label is this item's; never what the label says. */
export async function compareLabel(
  ground: Ground,
  tokenHash: string,
  id: string,
  label: Label,
): Promise<Result<LabelAnswer, Failure>> {
  const before = held(ground, tokenHash, id, clock());
  if (!before.ok) return before;
  const compared = await compareWithLabel(ground, before.value.id, label);
  const share = stillHeld(ground, tokenHash, id);
  return share.ok ? compared : share;
}

/** Asks the owner whether they are there: whoever can tell them this code, and hear them out, is talking to them. The same number again gets the same code. */
export function challenge(
  ground: Ground,
  tokenHash: string,
  id: string,
  nonce: string,
): Result<ChallengeView, Failure> {
  const { sql, storage } = ground;
  const now = clock();
  const share = held(ground, tokenHash, id, now);
  if (!share.ok) return share;
  const before = challengeOf(sql, share.value.id);
  if (before?.nonce === nonce && before.expiresAt > now)
    return ok({ code: before.code, expiresAt: rfc3339(before.expiresAt) });
  const full = noRoom(sql);
  if (full) return full;
  const next = { nonce, code: randomDigits(CODE_DIGITS), expiresAt: now + CHALLENGE_LASTS_MS };
  storage.transactionSync(() => {
    keepChallenge(sql, share.value.id, next);
    addNews(ground, "share.challenged", { data: { share: { id: share.value.id } } }, now);
  });
  return ok({ code: next.code, expiresAt: rfc3339(next.expiresAt) });
}
