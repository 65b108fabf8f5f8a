// Reply links at the owner's side: making one, looking at them, cutting one off, and ending what was agreed through one that is over.

import { mayReadNote, type Caller } from "../domain/access.ts";
import { invalid, type Failure } from "../domain/failure.ts";
import {
  alternatesOf,
  LINK_LASTS_AT_MOST_MS,
  LINK_LASTS_MS,
  linkEnd,
  MAX_LIVE_LINKS,
  type LinkEnd,
  type ReplyLinkInput,
  type ReplyLinkView,
} from "../domain/reply-link.ts";
import { err, ok, type Err, type Result } from "../domain/result.ts";
import { keep, kept, type Answer, type Idem } from "../platform/idempotency.ts";
import { newId } from "../platform/random.ts";
import { terminate } from "./ending.ts";
import { addEvent } from "./events.ts";
import { idempotencyConflict, noSuchNote, type Ground } from "./ground.ts";
import { addLink, linkById, linksOf, linkView, liveLinks, markRevoked, outlivedLinks } from "./links.ts";
import type { Note } from "./notes.ts";
import { noRoom } from "./room.ts";
import { noteFor } from "./writing.ts";

const noSuchLink: Err<Failure> = err({ code: "not-found", detail: "This note has no such reply link." });

/** What both sides' record says of why an agreement ended with its link. */
const REASONS: Readonly<Record<LinkEnd, string>> = {
  revoked: "The owner cut the reply link off.",
  expired: "The reply link has run out.",
  terminated: "The owner ended it.",
  joined: "The company has joined, and the thread is its own.",
  retracted: "The owner retracted the note.",
};

function lendable(ground: Ground, caller: Caller, id: string): Result<Note, Failure> {
  const note = noteFor(ground, caller, id, mayReadNote);
  if (!note) return noSuchNote;
  if (note.retractedAt !== null) return err({ code: "gone", detail: "This note was retracted." });
  if (note.outgoingSeq !== null)
    return err({ code: "conflict", detail: "This note went to its company: the thread is there." });
  return ok(note);
}

/** Makes a link for whoever holds the token with this hash. One at a time opens a note. */
export function lend(
  ground: Ground,
  caller: Caller,
  id: string,
  input: ReplyLinkInput,
  tokenHash: string,
  idem: Idem | undefined,
  now: number,
): Result<Answer<ReplyLinkView>, Failure> {
  const { sql, storage } = ground;
  return storage.transactionSync((): Result<Answer<ReplyLinkView>, Failure> => {
    const before = kept<ReplyLinkView>(sql, idem, now);
    if (before.kind === "conflict") return idempotencyConflict;
    if (before.kind === "kept") return ok(before.answer);
    const note = lendable(ground, caller, id);
    if (!note.ok) return note;
    const expiresAt = input.expiresAt ?? now + LINK_LASTS_MS;
    if (expiresAt <= now) return err(invalid("expiresAt", "must be in the future"));
    if (expiresAt > now + LINK_LASTS_AT_MOST_MS) return err(invalid("expiresAt", "must be within a year"));
    const full = noRoom(sql);
    if (full) return full;
    const live = liveLinks(sql, now);
    if (live.some((link) => link.note === note.value.id))
      return err({ code: "conflict", detail: "Another reply link opens this note: cut that one off first." });
    if (live.length >= MAX_LIVE_LINKS) {
      return err({
        code: "quota-exceeded",
        detail: `${MAX_LIVE_LINKS} reply links are out already: cut one off first.`,
      });
    }
    const link = newId("link");
    const { company = null, preferred } = input;
    addLink(
      sql,
      { id: link, tokenHash, note: note.value.id, company, preferred, alternates: alternatesOf(input), expiresAt },
      now,
    );
    addEvent(sql, "link.made", { note: note.value.id, data: { link: { id: link } } }, now);
    const view = linkView(linkById(sql, link)!, now);
    keep(sql, idem, link, view, now);
    return ok({ body: view, replayed: false, sealed: null });
  });
}

/** A note's links, newest first. */
export function lent(ground: Ground, caller: Caller, id: string, now: number): Result<ReplyLinkView[], Failure> {
  const note = noteFor(ground, caller, id, mayReadNote);
  return note ? ok(linksOf(ground.sql, note.id).map((link) => linkView(link, now))) : noSuchNote;
}

/** Takes a link back: at once it opens nothing any more, and what was agreed through it is ended. */
export async function cutOff(
  ground: Ground,
  caller: Caller,
  noteId: string,
  linkId: string,
  now: number,
): Promise<Result<null, Failure>> {
  const link = noteFor(ground, caller, noteId, mayReadNote) && linkById(ground.sql, linkId);
  if (link?.note !== noteId || link.facts.revokedAt !== null) return noSuchLink;
  ground.storage.transactionSync(() => {
    markRevoked(ground.sql, link.id, now);
    addEvent(ground.sql, "link.revoked", { note: link.note, data: { link: { id: link.id } } }, now);
  });
  // Should the next step not come to its end, the alarm takes it.
  ground.wakeAt(now);
  ground.announce();
  await endOutlived(ground, now);
  return ok(null);
}

/** Ends what was agreed through links that are over: nobody must have an agreement in force that opens nothing. */
export async function endOutlived(ground: Ground, now: number): Promise<void> {
  for (const { agreement, facts } of outlivedLinks(ground.sql, now)) {
    await terminate(ground, agreement!, REASONS[linkEnd(facts, now)!]);
  }
}
