// Taking photos in and giving them out, to each side what it may see.

import { may, mayReadNote, type Caller } from "../domain/access.ts";
import type { Failure } from "../domain/failure.ts";
import type { Domain, MessageId, NoteId } from "../domain/ids.ts";
import type { PhotoView } from "../domain/note.ts";
import { err, ok, type Err, type Result } from "../domain/result.ts";
import { keep, kept, type Answer, type Idem } from "../platform/idempotency.ts";
import { newId } from "../platform/random.ts";
import { idempotencyConflict, type Ground } from "./ground.ts";
import { messageById } from "./messages.ts";
import {
  addPhoto,
  bytesOfMaker,
  dropFreePhotos,
  photoBytes,
  photoRow,
  type CleanPhoto,
  type PhotoAuthor,
} from "./photos.ts";
import { noRoom } from "./room.ts";
import { sharedNote } from "./talking.ts";
import { noteFor } from "./writing.ts";

export type Picture = { readonly type: string; readonly bytes: ArrayBuffer };

/** A company's pictures must never leave an owner without room for their own. */
const MAKER_BYTES = 256 * 1024 ** 2;
const makerFull: Err<Failure> = err({
  code: "quota-exceeded",
  detail: "Your pictures take 256 MiB of this owner's twin already.",
});
const noSuchPhoto: Err<Failure> = err({ code: "not-found", detail: "There is no such photo here." });

/** Keeps a photo that was cleaned already; it belongs to nothing until a note or message names it. */
export function keepPhoto(
  { storage, sql }: Ground,
  author: PhotoAuthor,
  photo: CleanPhoto,
  idem: Idem | undefined,
  now: number,
): Result<Answer<PhotoView>, Failure> {
  return storage.transactionSync((): Result<Answer<PhotoView>, Failure> => {
    const before = kept<PhotoView>(sql, idem, now);
    if (before.kind === "conflict") return idempotencyConflict;
    if (before.kind === "kept") return ok(before.answer);
    dropFreePhotos(sql, now);
    if (author.side === "maker" && bytesOfMaker(sql, author.maker) + photo.bytes.length > MAKER_BYTES) return makerFull;
    const full = noRoom(sql, photo.bytes.length);
    if (full) return full;
    const view = addPhoto(sql, newId("photo"), author, photo, now);
    keep(sql, idem, view.id, view, now);
    return ok({ body: view, replayed: false, sealed: null });
  });
}

const picture = (sql: SqlStorage, id: string, type: string): Result<Picture, Failure> =>
  ok({ type, bytes: photoBytes(sql, id) });

/** A photo for a channel: of the papers for an owner's, of a note it may read, or one it may read already though nothing names it yet. */
export function pictureFor(ground: Ground, caller: Caller, id: string): Result<Picture, Failure> {
  const photo = photoRow(ground.sql, id);
  if (!photo) return noSuchPhoto;
  const readable =
    photo.filed === 1
      ? may(caller, "owner")
      : photo.note === null
        ? photo.channel !== null && mayReadNote(caller, photo.channel)
        : noteFor(ground, caller, photo.note, mayReadNote) !== null;
  return readable && (photo.message === null || may(caller, "messages:read"))
    ? picture(ground.sql, id, photo.type)
    : noSuchPhoto;
}

/** A photo for a maker: of a thread it was sent, while an agreement lets it read; not of a message that still waits. */
export function pictureForMaker(ground: Ground, maker: Domain, note: string, id: string): Result<Picture, Failure> {
  const shared = sharedNote(ground, maker, note);
  if (!shared.ok) return shared;
  return pictureOf(ground, id, shared.value.id, (said) => {
    const message = messageById(ground.sql, said);
    return message?.view.from === "maker" || message?.outgoingSeq !== null;
  });
}

/** A photo of this very note, or of a message under it that its reader `sees`. */
export function pictureOf(
  ground: Ground,
  id: string,
  note: NoteId,
  sees: (message: MessageId) => boolean,
): Result<Picture, Failure> {
  const photo = photoRow(ground.sql, id);
  return photo?.note === note && (photo.message === null || sees(photo.message))
    ? picture(ground.sql, id, photo.type)
    : noSuchPhoto;
}
