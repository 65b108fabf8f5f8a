// Known issues at the owner's side: what the company says of one reaches the notes it put to it, while an agreement lets it answer;
// and the owner can count themselves in, which is their own act and needs no agreement.

import type { Failure } from "../domain/failure.ts";
import type { Domain, IssueId, NoteId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import { concerns, shown, type CountedIssue, type OwnersIssue, type PublishedIssue } from "../domain/known-issue.ts";
import type { NoteView } from "../domain/note.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { log } from "../platform/log.ts";
import { isMade } from "../platform/migrate.ts";
import { rootOf } from "../platform/root.ts";
import { directoryFor, officeOf } from "../platform/stubs.ts";
import { identity, unauthorized, type Ground } from "./ground.ts";
import { isErasing } from "./identity.ts";
import { forgetMeToo, forgetNoteIssue, keepMeToo, keepNoteIssue, meTooMaker, meToos, toldOf } from "./note-issues.ts";
import { addEvent } from "./events.ts";
import { noteById } from "./notes.ts";
import { addNews } from "./pushing.ts";
import { sharedNote } from "./talking.ts";

const noSuchIssue: Failure = { code: "not-found", detail: "This product has no such known issue." };

/** "You said, they changed": news for the owner, once a version. */
export function takeIssue(
  ground: Ground,
  maker: Domain,
  note: NoteId,
  issue: PublishedIssue,
  now: number,
): Result<null, Failure> {
  return ground.storage.transactionSync((): Result<null, Failure> => {
    const found = sharedNote(ground, maker, note);
    if (!found.ok) return found;
    const told = toldOf(ground.sql, note);
    if (told?.issue === issue.id && told.version >= issue.version) return ok(null);
    keepNoteIssue(ground.sql, note, issue);
    const { id, status, fixedIn } = issue;
    addNews(
      ground,
      "issue.changed",
      { note, channel: found.value.channel, data: { issue: { id, status, fixedIn } } },
      now,
    );
    return ok(null);
  });
}

/** The note is that issue's no more. No news: nothing was said. */
export function dropIssue(ground: Ground, maker: Domain, note: NoteId, issue: IssueId, now: number): void {
  ground.storage.transactionSync(() => {
    const found = noteById(ground.sql, note);
    if (found?.maker !== maker || !forgetNoteIssue(ground.sql, note, issue)) return;
    addEvent(ground.sql, "issue.unlinked", { note, channel: found.channel, data: { issue: { id: issue } } }, now);
  });
}

/** Whether the owner erased this twin while something was under way. */
const isOver = ({ storage }: Ground): boolean => !isMade(storage) || isErasing(storage);

/** Whether this company has joined, and is proven to be it: what anyone else says in its name reaches no owner. */
const hasJoined = async (ground: Ground, maker: Domain): Promise<boolean> =>
  (await directoryFor(ground.env, maker).maker(maker))?.verified === true;

/** As this owner sees it: themselves aside, how many there are, from five in all. */
function seen(issue: CountedIssue, meToo: boolean): OwnersIssue {
  const { id, title, status, fixedIn, text, updatedAt } = issue;
  const others = shown(issue.meToo) === null ? null : issue.meToo - (meToo ? 1 : 0);
  return { id, title, status, fixedIn, text, updatedAt: rfc3339(updatedAt), meToo, others };
}

/** What the product's company says it knows of, newest first. */
export async function knownIssues(ground: Ground): Promise<OwnersIssue[]> {
  const { maker, gtin } = identity(ground).product;
  const mine = new Set(meToos(ground.sql).map(({ issue }) => issue));
  if (maker === null || !(await hasJoined(ground, maker))) return [];
  const issues = await officeOf(ground.env, maker).issuesOf(gtin);
  return issues.map((issue) => seen(issue, mine.has(issue.id)));
}

/** Counts the owner in, once however often. Kept here first, so that whatever came to be counted is taken back when the twin is erased. */
export async function countMeIn(ground: Ground, issue: IssueId): Promise<Result<OwnersIssue, Failure>> {
  const { sql, env } = ground;
  const { twin, product } = identity(ground);
  const { maker, gtin } = product;
  if (maker === null || !(await hasJoined(ground, maker))) return err(noSuchIssue);
  const office = officeOf(env, maker);
  const mark = await rootOf(env).meTooMark(twin, issue);
  const known = await office.issue(issue);
  if (known === null || !concerns(known, gtin)) return err(noSuchIssue);
  if (isOver(ground)) return unauthorized;
  keepMeToo(sql, issue, maker);
  const counted = await office.countIn(issue, gtin, mark);
  // Taken back, or everything erased, while this was under way.
  const meToo = !isOver(ground) && meTooMaker(sql, issue) !== null;
  if (!meToo) await office.countOut(issue, mark);
  return counted === null ? err(noSuchIssue) : ok(seen(counted, meToo));
}

export async function countMeOut(ground: Ground, issue: IssueId): Promise<Result<null, Failure>> {
  const maker = meTooMaker(ground.sql, issue);
  if (maker === null) return err({ code: "not-found", detail: "This twin is not counted in this known issue." });
  await officeOf(ground.env, maker).countOut(issue, await rootOf(ground.env).meTooMark(identity(ground).twin, issue));
  if (isMade(ground.storage)) forgetMeToo(ground.sql, issue);
  return ok(null);
}

/** For an erasure: the owner is counted nowhere any more. May be repeated. */
export async function countMeOutOfAll(ground: Ground): Promise<void> {
  for (const { issue } of meToos(ground.sql)) await countMeOut(ground, issue);
}

/** A note with the number of others beside its issue, where its company's office says so. */
export async function withOthers(ground: Ground, note: NoteView): Promise<NoteView> {
  const issue = note.knownIssue;
  const maker = issue && noteById(ground.sql, note.id)?.maker;
  if (!issue || !maker) return note;
  const counted = await officeOf(ground.env, maker)
    .issue(issue.id)
    .catch(() => {
      log("office-unreached");
      return null;
    });
  return counted === null ? note : { ...note, knownIssue: { ...issue, others: seen(counted, issue.meToo).others } };
}
