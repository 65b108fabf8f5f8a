// What the owner, or a channel of theirs, puts on the item's record. It is signed here, with this tenure's key, and kept by the Twin:
// nothing of what an entry says stays here but what was here before.

import { may, type Caller } from "../domain/access.ts";
import { invalid, type Failure } from "../domain/failure.ts";
import { hexOf } from "../domain/hex.ts";
import { dayOf } from "../domain/instant.ts";
import { twinParts, type ChannelId, type NoteId, type PhotoId } from "../domain/ids.ts";
import { COUNT_SCHEMA, type Count, type CountBody } from "../domain/record/count.ts";
import { dayFault } from "../domain/record/day.ts";
import { EMPTY_BODY, type Author, type Body, type BodyPhoto, type OwnerKind } from "../domain/record/entry.ts";
import { mayChannelWrite, type CountInput, type HistoryInput } from "../domain/record/history-input.ts";
import { secure } from "../domain/record/proof.ts";
import { err, ok, type Err, type Result } from "../domain/result.ts";
import { now as clock } from "../platform/clock.ts";
import { fingerprint, sha256 } from "../platform/crypto.ts";
import { keep, kept, release, type Answer, type Idem } from "../platform/idempotency.ts";
import { twinOf } from "../platform/stubs.ts";
import type { EntryNews } from "../twin/owner-news.ts";
import type { History, RecordedEntry } from "../twin/recording.ts";
import type { PhotoBytes } from "../twin/sealed-bodies.ts";
import { submit, type Draft } from "../twin/submitting.ts";
import { recordAgentOf } from "./agent.ts";
import { addEvent } from "./events.ts";
import { idempotencyConflict, identity, type Ground } from "./ground.ts";
import { deletePhotos, notFree, photoBytes, photoRow } from "./photos.ts";
import type { Picture } from "./picturing.ts";
import { addNews } from "./pushing.ts";
import { hasEnded } from "./showing.ts";

const gone: Err<Failure> = err({ code: "gone", detail: "This twin is not yours any more." });

const notFreeAnyMore = (photo: string): Err<Failure> =>
  err(invalid("photos", `${photo} is not a photo of this channel that is still free`));

/** What an entry is to say, by the owner or a channel of theirs. */
type OwnDraft = Omit<Draft, "record"> & {
  readonly kind: OwnerKind;
  readonly by: Extract<Author, { readonly role: "owner" | "channel" }>;
  readonly corrects: number | null;
};

/** Signs an entry of this tenure, and has the Twin add it. */
export async function putOnRecord(
  ground: Ground,
  { corrects, ...draft }: OwnDraft,
): Promise<Result<RecordedEntry, Failure>> {
  const { twin } = identity(ground);
  const { item, tenure } = twinParts(twin);
  const record = twinOf(ground.env, twin);
  return submit<RecordedEntry>(
    { ...draft, record: item },
    await recordAgentOf(ground.storage),
    async () => ok({ tenure, corrects, seen: (await record.head()).head }),
    (submission) => record.append(twin, submission),
  );
}

/** Photos as the record keeps them: what a body says of each, and its bytes. */
export async function photosFor(
  sql: SqlStorage,
  ids: readonly PhotoId[],
): Promise<{ told: BodyPhoto[]; bytes: PhotoBytes[] }> {
  const bytes = ids.map((id) => ({ id, bytes: new Uint8Array(photoBytes(sql, id)) }));
  const rows = ids.map((id) => photoRow(sql, id)!);
  const told = await Promise.all(
    rows.map(async ({ id, type, width, height }, at): Promise<BodyPhoto> => {
      const digest = await sha256(bytes[at]!.bytes);
      return { id, sha256: hexOf(digest), type: type as BodyPhoto["type"], width, height };
    }),
  );
  return { told, bytes };
}

/** Whose an entry by this caller is, and what the owner calls them; only its body says that. */
export function authorOf(ground: Ground, caller: Caller): { by: OwnDraft["by"]; author: string | null } {
  if (may(caller, "owner")) return { by: { role: "owner" }, author: null };
  return { by: { role: "channel" }, author: ground.channels.view(caller.id, caller.id).label };
}

/** Puts an entry on the record. What is kept for a repeat are hashes: the answer is read from the record again. */
export async function record(
  ground: Ground,
  caller: Caller,
  input: HistoryInput,
  idem: Idem | undefined,
): Promise<Result<Answer<RecordedEntry>, Failure>> {
  const { storage, sql, env } = ground;
  const { twin } = identity(ground);
  if (!may(caller, "owner") && !mayChannelWrite(input.kind)) {
    return err({ code: "forbidden", detail: "Only the owner disputes an entry." });
  }
  const fault = dayFault("occurredOn", input.occurredOn, dayOf(clock()));
  if (fault) return err(fault);
  const dedupe = idem ? await fingerprint(`${twin}\n${idem.keyHash}\n${idem.bodyHash}`) : null;
  const photos = input.photos as PhotoId[];

  const begun = storage.transactionSync((): Result<"new" | "begun" | "done", Failure> => {
    const before = kept(sql, idem, clock());
    if (before.kind === "conflict") return idempotencyConflict;
    if (before.kind === "kept") return ok("done");
    if (before.kind === "begun") return ok("begun");
    const strange = notFree(sql, photos, { side: "owner", channel: caller.id });
    if (strange !== null) return notFreeAnyMore(strange);
    keep(sql, idem, null, null, clock());
    return ok("new");
  });
  if (!begun.ok) return begun;
  if (begun.value === "done") {
    const before = await twinOf(env, twin).entryUnder(twin, dedupe!);
    return before ? ok({ body: before, replayed: true, sealed: null }) : gone;
  }

  const known = begun.value === "begun" ? await twinOf(env, twin).entryUnder(twin, dedupe!) : null;
  const added = known ? ok(known) : await recordAnew(ground, caller, input, dedupe);
  if (hasEnded(ground)) return gone;
  if (!added.ok) {
    release(sql, idem);
    return added;
  }
  return storage.transactionSync((): Result<Answer<RecordedEntry>, Failure> => {
    // Of several who ask for it at once, one has done it.
    const replayed = kept(sql, idem, clock()).kind === "kept";
    if (!replayed) {
      deletePhotos(sql, photos);
      announceEntry(ground, added.value, { channel: caller.id });
      keep(sql, idem, null, added.value.seq, clock());
    }
    return ok({ body: added.value, replayed, sealed: null });
  });
}

async function recordAnew(
  ground: Ground,
  caller: Caller,
  input: HistoryInput,
  dedupe: string | null,
): Promise<Result<RecordedEntry, Failure>> {
  const photos = input.photos as PhotoId[];
  const strange = notFree(ground.sql, photos, { side: "owner", channel: caller.id });
  if (strange !== null) {
    // Whoever goes on with what another began may find that its photos have moved: the record has the entry then.
    const { twin } = identity(ground);
    const done = dedupe === null ? null : await twinOf(ground.env, twin).entryUnder(twin, dedupe);
    return done ? ok(done) : notFreeAnyMore(strange);
  }
  const { told, bytes } = await photosFor(ground.sql, photos);
  const { by, author } = authorOf(ground, caller);
  const { text, disposition = null, corrects = null, kind, occurredOn } = input;
  const body: Body = { ...EMPTY_BODY, text, disposition, author, photos: told };
  return putOnRecord(ground, { kind, by, occurredOn, corrects, body, photos: bytes, dedupe });
}

/** Into the feed, with the note it was made from: news for the owner, where it was not them. Part of its caller's transaction. */
export function announceEntry(
  ground: Ground,
  { seq, kind, by }: EntryNews,
  { channel, note }: { readonly channel?: ChannelId; readonly note?: NoteId },
): void {
  const about = { data: { seq, kind, by, ...(note !== undefined && { note: { id: note } }) } };
  if (by.role === "owner") addEvent(ground.sql, "history.added", about, clock());
  else addNews(ground, "history.added", about, clock(), channel ?? null);
}

const TOLD = "record-told";

/** What a company put on the record, as the Twin tells it; the same entry twice is news once. */
export function takeEntryNews(ground: Ground, news: readonly EntryNews[]): void {
  const { storage } = ground;
  storage.transactionSync(() => {
    const told = storage.kv.get<number>(TOLD) ?? 0;
    for (const entry of news) if (entry.seq > told) announceEntry(ground, entry, {});
    storage.kv.put(TOLD, Math.max(told, ...news.map(({ seq }) => seq)));
  });
}

/** The whole record, and the twin's word on it. */
export async function readRecord(ground: Ground): Promise<Result<History, Failure>> {
  const { twin } = identity(ground);
  const history = await twinOf(ground.env, twin).history(twin);
  return history ? ok(history) : gone;
}

export async function pictureOnRecord(ground: Ground, photo: string): Promise<Result<Picture, Failure>> {
  const { twin } = identity(ground);
  const found = await twinOf(ground.env, twin).recordPhoto(twin, photo);
  return found.ok ? ok({ type: found.value.type, bytes: found.value.bytes }) : found;
}

/** Has the Twin forget what an entry of this tenure says. */
export async function eraseFromRecord(ground: Ground, seq: number): Promise<Result<null, Failure>> {
  const { twin } = identity(ground);
  const erased = await twinOf(ground.env, twin).eraseBody(twin, { seq });
  if (!erased.ok) return erased;
  if (hasEnded(ground)) return gone;
  addEvent(ground.sql, "history.erased", { data: { seq } }, clock());
  return ok(null);
}

/** Puts what a channel states on the record: how many entries there are of this tenure's channels. Whom that is to catch cannot state it. */
export async function stateCount(
  ground: Ground,
  caller: Caller,
  { count, asOf }: CountInput,
): Promise<Result<Count, Failure>> {
  const { twin } = identity(ground);
  if (may(caller, "owner")) {
    const detail = "A count is the word of somebody other than the owner: a channel with history:write and not owner.";
    return err({ code: "forbidden", detail });
  }
  const fault = dayFault("asOf", asOf, dayOf(clock()));
  if (fault) return err(fault);
  const body: CountBody = { schema: COUNT_SCHEMA, record: twinParts(twin).item, by: { role: "channel" }, count, asOf };
  return twinOf(ground.env, twin).countByChannel(
    twin,
    caller.id,
    await secure(body, await recordAgentOf(ground.storage)),
  );
}
