// Adding to the record and reading it, for those who may: the present owner's tenure, and a company of its own labelled items.

import { base64urlOf } from "../domain/base64url.ts";
import { invalid, type Failure } from "../domain/failure.ts";
import { twinParts, type ChannelId, type Domain, type TwinId } from "../domain/ids.ts";
import { beingHandedOver } from "../domain/handover.ts";
import { dayOf, millisOf } from "../domain/instant.ts";
import type { Checkpoint, CheckpointStatus } from "../domain/record/checkpoint.ts";
import { openDisclosure } from "../domain/record/commitment.ts";
import type { Count } from "../domain/record/count.ts";
import { hasBegun } from "../domain/record/day.ts";
import { KINDS_OF, type Body, type Entry, type Head, type ShownEntry } from "../domain/record/entry.ts";
import { EMPTY, rootOf } from "../domain/record/tree.ts";
import { verifyProof, type Secured } from "../domain/record/proof.ts";
import { err, ok, type Err, type Result } from "../domain/result.ts";
import { publicKeyOfDidKey } from "../domain/terms/did.ts";
import { now as clock } from "../platform/clock.ts";
import { tenureOf } from "../platform/stubs.ts";
import { alertOf } from "./alert.ts";
import { countsOf, keepCount, overstated, overstatedByMaker } from "./counts.ts";
import { isBeingHandedOver } from "./offers.ts";
import {
  commit,
  entriesByMaker,
  entriesOf,
  entryAt,
  headOf,
  placeOf,
  prepare,
  standingOf,
  type Item,
  type Moved,
  type Prepared,
  type Standing,
} from "./record.ts";
import { checkpointOf, commitBeginning, endKeys, keepLabelSalt, labelSalt, prepareBeginning } from "./record-keys.ts";
import { newSecretBytes } from "./record-secrets.ts";
import { disclosuresOf, forgetBody, hasPhoto, type PhotoBytes } from "./sealed-bodies.ts";
import { presentTenure, takenBy } from "./tenures.ts";

const DAY_MS = 24 * 3_600_000;

/** An entry that its author has signed, with what it says. `dedupe` names what was asked for: a repeat meets the entry that is there. */
export type Submission = {
  readonly entry: Entry;
  readonly disclosure: string;
  readonly photos: readonly PhotoBytes[];
  readonly dedupe: string | null;
};

/** An entry as its record's reader gets it: with its body, null once that was erased. */
export type RecordedEntry = ShownEntry & { readonly body: Body | null };

/** `checkpoint` vouches for exactly these entries; they are the oldest first. */
export type History = {
  readonly checkpoint: Checkpoint;
  readonly entries: readonly RecordedEntry[];
  readonly counts: readonly Count[];
};

/** What an author must know of the record before it signs. `corrects` is the place of the entry asked for, null if it has none. */
export type Outlook = {
  readonly head: Head;
  readonly tenure: number | null;
  readonly gtin: string | null;
  readonly corrects: number | null;
};

/** What an author sees where nobody has recorded anything yet. */
export const NOTHING_RECORDED: Outlook = {
  head: { size: 0, root: rootOf(EMPTY) },
  tenure: null,
  gtin: null,
  corrects: null,
};
export const noRecord: Err<Failure> = err({ code: "not-found", detail: "There is no such record." });

const bodyIn = (disclosure: string): Body | null => {
  const body = openDisclosure(disclosure);
  return body.ok ? body.value : null;
};

/**
 * Sees to it that the present tenure is in the record: the twin says so when it begins, and of a tenure older than its record, at the
 * first need. A tenure that can't be asked now is there the next time.
 */
export async function commission(env: Env, storage: DurableObjectStorage): Promise<void> {
  const { sql } = storage;
  const twin = presentTenure(sql);
  if (twin === null || isCommissioned(sql, twin)) return;
  const begun = takenBy(sql, twin)!;
  const salt = newSecretBytes();
  const { owner, label } = await tenureOf(env, twin).recordKey(base64urlOf(salt));
  // What it is can't be asked of a tenure that is going.
  if (begun.labelled !== (label !== null)) return;
  const { item, tenure } = twinParts(twin);
  const about = { item: { item, gtin: label?.gtin ?? null }, labelHash: label?.hash ?? null };
  const beginning = { ...about, tenure, owner, occurredOn: dayOf(begun.createdAt) };
  const prepared = await prepareBeginning(sql, beginning, clock());
  const committed = storage.transactionSync(() => {
    if (presentTenure(sql) !== twin || isCommissioned(sql, twin)) return null;
    const begins = commitBeginning(sql, prepared);
    if (begins.ok && label !== null) keepLabelSalt(sql, salt);
    return begins;
  });
  // A maker's entry came between: the twin looks again.
  if (committed?.ok === false) await commission(env, storage);
}

/** Whether the record has the beginning of this tenure. */
const isCommissioned = (sql: SqlStorage, twin: TwinId): boolean => standingOf(sql)?.tenure === twinParts(twin).tenure;

/** How the item stands, as its checkpoint says. */
const statusOf = (sql: SqlStorage): CheckpointStatus => alertOf(sql) ?? "current";

/** The head alone, vouched for; null when it is not this twin's to give. */
export const checkpointFor = async (sql: SqlStorage, twin: TwinId): Promise<Checkpoint | null> =>
  presentTenure(sql) === twin ? checkpointOf(sql, statusOf(sql), clock()) : null;

/** What the label's hash is salted with; null without a label, or when it is not this twin's to give. */
export const labelSaltFor = (sql: SqlStorage, twin: TwinId): string | null =>
  presentTenure(sql) === twin ? labelSalt(sql) : null;

/** The record as it is, vouched for; null when it is not this twin's to give. */
export async function historyOf(sql: SqlStorage, twin: TwinId): Promise<History | null> {
  if (presentTenure(sql) !== twin) return null;
  // Read before anything is waited for: the checkpoint must be of these very entries.
  const signing = checkpointOf(sql, statusOf(sql), clock());
  const entries = entriesOf(sql);
  const counts = countsOf(sql);
  const disclosures = await disclosuresOf(sql);
  const checkpoint = await signing;
  if (!checkpoint) return null;
  return {
    checkpoint,
    entries: entries.map(({ seq, entry }) => recorded(seq, entry, disclosures.get(seq) ?? null)),
    counts,
  };
}

const recorded = (seq: number, entry: Entry, disclosure: string | null): RecordedEntry => ({
  seq,
  ...entry,
  disclosure,
  erased: disclosure === null,
  body: disclosure === null ? null : bodyIn(disclosure),
});

/** What is to be known before an entry of this record is signed. */
export function outlook(sql: SqlStorage, correcting?: { readonly dedupe: string; readonly maker: Domain }): Outlook {
  const standing = standingOf(sql);
  return {
    head: headOf(sql),
    tenure: standing?.tenure ?? null,
    gtin: standing?.gtin ?? null,
    corrects: correcting ? placeOf(sql, correcting.dedupe, correcting.maker) : null,
  };
}

const malformed = (detail: string): Result<never, Failure> => err({ code: "malformed", detail });

/** Days are the author's word; the one on which it is recorded can't be far from today. */
const isAboutToday = (day: string, now: number): boolean => Math.abs(millisOf(`${day}T12:00Z`) - now) <= 2 * DAY_MS;

/** The first thing in which an entry is not what its author may write, or null. */
function misfit({ by, kind, record, recordedOn, occurredOn, opens, corrects }: Entry, item: string): string | null {
  if (by.role === "twin" || !KINDS_OF[by.role].includes(kind) || opens !== undefined) {
    return "It is not its author's to say that.";
  }
  if (record !== item) return "It is of another record.";
  if (!isAboutToday(recordedOn, clock()) || !hasBegun(occurredOn, recordedOn)) return "Its days are not possible.";
  return kind === "disputed" && corrects === null ? "It disputes nothing." : null;
}

async function add(
  storage: DurableObjectStorage,
  item: Item,
  { entry, ...rest }: Submission,
  stillFits: () => Failure | null,
): Promise<Result<number, Failure | Moved>> {
  const fault = misfit(entry, item.item);
  if (fault !== null) return malformed(fault);
  const prepared: Prepared = await prepare(item, entry, rest);
  return storage.transactionSync((): Result<number, Failure | Moved> => {
    const refusal = stillFits();
    if (refusal) return err(refusal);
    return commit(storage.sql, prepared);
  });
}

const isSignedByOwner = async ({ ownerKey }: Standing, signed: Secured<object>): Promise<boolean> =>
  ownerKey !== null && verifyProof(signed, publicKeyOfDidKey(ownerKey)!);

const noLonger: Failure = { code: "gone", detail: "This twin is not the item's any more." };

/** Adds what the present owner, or a channel of theirs, has to say. Signed with the owner's key of this tenure. */
export async function appendByOwner(
  storage: DurableObjectStorage,
  twin: TwinId,
  submission: Submission,
): Promise<Result<RecordedEntry, Failure | Moved>> {
  const { sql } = storage;
  const { entry, photos, dedupe } = submission;
  const standing = standingOf(sql);
  if (!standing || presentTenure(sql) !== twin) return err(noLonger);
  if ((entry.by.role !== "owner" && entry.by.role !== "channel") || !(await isSignedByOwner(standing, entry))) {
    return malformed("It is not signed by this twin's owner.");
  }
  const added = await add(storage, standing, submission, () => {
    if (presentTenure(sql) !== twin) return noLonger;
    if (isBeingHandedOver(sql)) return beingHandedOver.error;
    const taken = dedupe === null || placeOf(sql, dedupe) === null ? photos.find(({ id }) => hasPhoto(sql, id)) : null;
    return taken ? invalid("photos", `${taken.id} is on the record already`) : null;
  });
  return added.ok ? ok(await readEntry(sql, added.value)) : added;
}

async function readEntry(sql: SqlStorage, seq: number): Promise<RecordedEntry> {
  const entry = entryAt(sql, seq)!;
  return recorded(seq, entry, (await disclosuresOf(sql, seq)).get(seq) ?? null);
}

/** The entry that was made under `dedupe`, as it is now; null when there is none. */
export async function entryUnder(sql: SqlStorage, dedupe: string): Promise<RecordedEntry | null> {
  const seq = placeOf(sql, dedupe);
  return seq === null ? null : readEntry(sql, seq);
}

/** Adds what a company has to say of an item of its own, whether or not anyone owns that. The company's own object has signed it. */
export async function appendByMaker(
  storage: DurableObjectStorage,
  item: Item,
  maker: Domain,
  submission: Submission,
): Promise<Result<number, Failure | Moved>> {
  const { by } = submission.entry;
  if (by.role !== "maker" || by.maker !== maker) return malformed("It is not signed by this company.");
  const { sql } = storage;
  const size = headOf(sql).size;
  const added = await add(storage, item, submission, () => null);
  // The owner is told afterwards: whether there is one must not show in how long this takes.
  if (added.ok && added.value > size) sql.exec("UPDATE record SET tell_at = coalesce(tell_at, ?)", clock());
  return added;
}

/** Keeps what a company states of its own entries, or a channel of the present tenure of its channels', up to what is there. */
export async function stateCount(
  storage: DurableObjectStorage,
  item: string,
  count: Count,
  stating: { readonly twin: TwinId; readonly channel: ChannelId } | null,
): Promise<Result<Count, Failure>> {
  const { sql } = storage;
  const standing = standingOf(sql);
  if (count.record !== item) return malformed("It is of another record.");
  const { by } = count;
  if (by.role === "maker") {
    return storage.transactionSync((): Result<Count, Failure> => {
      const refusal = overstatedByMaker(entriesByMaker(sql, by.maker), count);
      return refusal ? err(refusal) : keepCount(sql, by.maker, count);
    });
  }
  if (!standing || stating === null || presentTenure(sql) !== stating.twin) return err(noLonger);
  if (!(await isSignedByOwner(standing, count))) return malformed("It is not signed by this twin's owner.");
  return storage.transactionSync((): Result<Count, Failure> => {
    if (presentTenure(sql) !== stating.twin) return err(noLonger);
    if (isBeingHandedOver(sql)) return beingHandedOver;
    const entries = entriesOf(sql).map(({ entry }) => entry);
    const refusal = overstated(entries, twinParts(stating.twin).tenure, count);
    return refusal ? err(refusal) : keepCount(sql, stating.channel, count);
  });
}

const noSuchEntry: Failure = { code: "not-found", detail: "The record has no such entry." };

/**
 * Forgets what an entry of the present tenure says; its header stays. Of a name under which nothing was recorded, nothing is to be forgotten.
 * By its place not once the item was let go of; by its name also then, for its owner took it back before that.
 */
export function eraseBody(
  storage: DurableObjectStorage,
  twin: TwinId,
  which: { readonly seq: number } | { readonly dedupe: string },
): Result<null, Failure> {
  const { sql } = storage;
  return storage.transactionSync((): Result<null, Failure> => {
    if (presentTenure(sql) !== twin) return err(noLonger);
    if ("seq" in which && isBeingHandedOver(sql)) return beingHandedOver;
    const seq = "seq" in which ? which.seq : placeOf(sql, which.dedupe);
    if (seq === null) return ok(null);
    const entry = entryAt(sql, seq);
    if (!entry) return err(noSuchEntry);
    if (!isOwners(entry) || entry.tenure !== twinParts(twin).tenure) {
      return err({
        code: "forbidden",
        detail:
          "Only what you or a channel of yours wrote can be erased. Anything else can be withheld when you show it.",
      });
    }
    forgetBody(sql, seq);
    return ok(null);
  });
}

/**
 * Forgets what the entries that were made under these names say, for their owner takes it back: all of them or none, and none once the item was
 * let go of, since whoever gets it has seen them.
 */
export const takeBack = (
  storage: DurableObjectStorage,
  twin: TwinId,
  names: readonly string[],
): Result<null, Failure> =>
  storage.transactionSync((): Result<null, Failure> => {
    if (isBeingHandedOver(storage.sql)) return beingHandedOver;
    for (const dedupe of names) {
      const forgotten = eraseBody(storage, twin, { dedupe });
      if (!forgotten.ok) return forgotten;
    }
    return ok(null);
  });

const isOwners = ({ by }: Entry): boolean => by.role === "owner" || by.role === "channel";

/**
 * A labelled item's tenure was erased, and nobody comes after it: what this owner and those before them said is forgotten, for nobody will
 * ever read it. The headers stay, and what a company said of its own item. Part of its caller's transaction.
 */
export function forgetTenure(sql: SqlStorage, tenure: number): void {
  for (const { seq, entry } of entriesOf(sql)) if (isOwners(entry)) forgetBody(sql, seq);
  if (standingOf(sql)?.tenure === tenure) endKeys(sql);
}
