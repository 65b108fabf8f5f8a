// Filing the papers, and the reminder before the warranty ends. What is filed is the owner's alone.

import type { Caller } from "../domain/access.ts";
import { invalid, type Failure } from "../domain/failure.ts";
import { photosIn, remindAt, type PapersInput, type PapersView } from "../domain/papers.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { addEvent } from "./events.ts";
import type { Ground } from "./ground.ts";
import { keepPapers, papersTag, papersView, paperPhotos, remindedFor, takeReminder } from "./papers.ts";
import { deletePhotos, notFree, photoRow } from "./photos.ts";
import { addNews } from "./pushing.ts";

/** The papers with the tag of their present words; tags come without their quotes. */
export type TaggedPapers = { readonly etag: string; readonly papers: PapersView };

const stale: Failure = {
  code: "precondition-failed",
  detail: "Another device has changed the papers since. Read them, merge, and write again with their new ETag.",
};

export const readPapers = ({ sql }: Ground): TaggedPapers => ({ etag: papersTag(sql), papers: papersView(sql) });

/** The first file that can't be filed, as a fault: its photo is in a note already, or no free one of this channel. */
function strangeFile({ sql }: Ground, caller: Caller, papers: PapersInput, filed: ReadonlySet<string>): Failure | null {
  for (const [at, photo] of photosIn(papers).entries()) {
    if (filed.has(photo) || notFree(sql, [photo], { side: "owner", channel: caller.id }) === null) continue;
    const row = photoRow(sql, photo);
    return invalid(
      `files.${at}.photo`,
      row?.channel === caller.id && row.note !== null
        ? `${photo} is in a note or a message: add the picture once more for the papers`
        : `${photo} is not a photo of this channel that is still free`,
    );
  }
  return null;
}

/**
 * Writes the whole document; a photo that is no longer named is deleted. `etag` is the digest of `papers`, so a repeat of a write that went
 * through changes nothing and is let through again (RFC 9110, 13.1.1). The twin's quota isn't asked: the pictures were counted when they
 * came, the words are few, and a full twin must be let throw papers away.
 */
export function filePapers(
  ground: Ground,
  caller: Caller,
  papers: PapersInput,
  etag: string,
  ifMatch: readonly string[] | "*" | null,
  now: number,
): Result<TaggedPapers, Failure> {
  const { sql } = ground;
  return ground.storage.transactionSync((): Result<TaggedPapers, Failure> => {
    const current = papersTag(sql);
    if (current === etag) return ok(readPapers(ground));
    if (ifMatch !== null && ifMatch !== "*" && !ifMatch.includes(current)) return err(stale);
    const filed = paperPhotos(sql);
    const strange = strangeFile(ground, caller, papers, new Set(filed));
    if (strange) return err(strange);

    const due = remindAt(papers, remindedFor(sql), now);
    keepPapers(sql, papers, etag, due, now);
    const kept = new Set(photosIn(papers));
    deletePhotos(
      sql,
      filed.filter((photo) => !kept.has(photo)),
    );
    if (due !== null) ground.wakeAt(due);
    addEvent(sql, "papers.changed", {}, now);
    return ok(readPapers(ground));
  });
}

/** Puts a reminder that is due into the feed, in the step that notes it as given. */
export function remindOfPapers(ground: Ground, now: number): void {
  ground.storage.transactionSync(() => {
    const warrantyUntil = takeReminder(ground.sql, now);
    if (warrantyUntil !== null) addNews(ground, "papers.reminder", { data: { warrantyUntil } }, now);
  });
}
