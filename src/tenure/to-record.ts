// Takes notes to the item's record, by the alarm, until they are there. What a note said first is an entry, what it says later corrects it;
// when the note goes, the record forgets what its entries say.

import type { Failure } from "../domain/failure.ts";
import { dayOf } from "../domain/instant.ts";
import type { NoteId } from "../domain/ids.ts";
import type { Kind } from "../domain/note-kind.ts";
import { hasBegun } from "../domain/record/day.ts";
import { EMPTY_BODY, FIRST_DAY, type OwnerKind } from "../domain/record/entry.ts";
import type { Result } from "../domain/result.ts";
import { now as clock } from "../platform/clock.ts";
import { fingerprint } from "../platform/crypto.ts";
import { log } from "../platform/log.ts";
import { twinOf } from "../platform/stubs.ts";
import type { RecordedEntry } from "../twin/recording.ts";
import { identity, type Ground } from "./ground.ts";
import { noteById, wordsOf } from "./notes.ts";
import {
  dropFromRecord,
  isOnRecord,
  nextForRecord,
  nextForRecordAt,
  placeBefore,
  revisionsOnRecord,
  takenBack,
  tryAt,
  type RevisionOnRecord,
} from "./on-record.ts";
import { notePhotos } from "./photos.ts";
import { announceEntry, photosFor, putOnRecord } from "./recording.ts";
import { hasEnded } from "./showing.ts";

const LEASE_MS = 30_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 3_600_000;

const KIND_OF: { readonly [kind in Kind]?: OwnerKind } = {
  maintenance: "repairing",
  problem: "inspecting",
  safety: "inspecting",
};

export class ToRecord {
  readonly #ground: Ground;
  #running: Promise<void> | null = null;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** When to run next (ms; in the past: now), null when nothing is due. */
  nextDueAt(): number | null {
    return nextForRecordAt(this.#ground.sql);
  }

  /** Takes what is due, one after the other. Never throws; a run that lasts is waited for. */
  run(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    for (let next = this.#take(); next !== null; next = hasEnded(this.#ground) ? null : this.#take()) {
      try {
        await (next.erasing === 1 ? this.#forget(next) : this.#add(next));
      } catch (fault) {
        log("record-unreached", { fault: fault instanceof Error ? fault.name : "unknown" });
        if (!hasEnded(this.#ground)) this.#later(next);
      }
    }
  }

  /** The next one, leased. */
  #take(): RevisionOnRecord | null {
    const { sql, storage } = this.#ground;
    return storage.transactionSync(() => {
      const next = nextForRecord(sql, clock());
      if (next) tryAt(sql, next, clock() + LEASE_MS, next.tries + 1);
      return next;
    });
  }

  #later(revision: RevisionOnRecord): void {
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** revision.tries, LONGEST_PAUSE_MS);
    tryAt(this.#ground.sql, revision, clock() + pause, revision.tries + 1);
  }

  /** Has the record forget all that its owner took back, due or not. Throws where that can't be done now. */
  async forgetTakenBack(): Promise<void> {
    const { sql } = this.#ground;
    for (let next = takenBack(sql); next !== null; next = takenBack(sql)) {
      const forgotten = await this.#eraseBody(next);
      if (hasEnded(this.#ground)) return;
      if (!forgotten.ok) throw new Error("the record would not forget");
      dropFromRecord(sql, next);
    }
  }

  /**
   * Has the record forget what a note's entries say, all or none: refused once the thing was let go of. What comes there after is forgotten
   * once the note is gone.
   */
  async takeBack(note: NoteId): Promise<Result<null, Failure>> {
    const { twin } = identity(this.#ground);
    const names = await Promise.all(revisionsOnRecord(this.#ground.sql, note).map((each) => this.#nameOf(each)));
    return twinOf(this.#ground.env, twin).takeBack(twin, names);
  }

  async #eraseBody(revision: RevisionOnRecord): Promise<Result<null, Failure>> {
    const { twin } = identity(this.#ground);
    return twinOf(this.#ground.env, twin).eraseBody(twin, { dedupe: await this.#nameOf(revision) });
  }

  async #forget(revision: RevisionOnRecord): Promise<void> {
    const forgotten = await this.#eraseBody(revision);
    if (hasEnded(this.#ground)) return;
    if (forgotten.ok) dropFromRecord(this.#ground.sql, revision);
    else this.#later(revision);
  }

  async #add(revision: RevisionOnRecord): Promise<void> {
    const { sql, storage, announce } = this.#ground;
    const added = await this.#putOnRecord(revision);
    if (hasEnded(this.#ground)) return;
    if (!added.ok && added.error.code === "unavailable") return this.#later(revision);
    storage.transactionSync(() => {
      // What will never fit stays a note.
      if (!added.ok) return dropFromRecord(sql, revision);
      isOnRecord(sql, revision, added.value.seq, clock());
      announceEntry(this.#ground, added.value, { channel: revision.channel, note: revision.note });
    });
    announce();
  }

  async #putOnRecord(revision: RevisionOnRecord): Promise<Result<RecordedEntry, Failure>> {
    const { sql, channels } = this.#ground;
    const note = noteById(sql, revision.note)!;
    const corrects = placeBefore(sql, revision);
    // A note's photos are on the record with its first entry.
    const photos = corrects === null ? notePhotos(sql, note.id).map(({ id }) => id) : [];
    const { told, bytes } = await photosFor(sql, photos);
    const author = revision.role === "owner" ? null : channels.view(revision.channel, revision.channel).label;
    const day = dayOf(note.occurredAt ?? note.createdAt);
    const today = dayOf(clock());
    return putOnRecord(this.#ground, {
      kind: KIND_OF[note.kind] ?? "other",
      by: { role: revision.role },
      occurredOn: day >= FIRST_DAY && hasBegun(day, today) ? day : today,
      corrects,
      body: { ...EMPTY_BODY, ...wordsOf(sql, note, revision.revision), author, note: note.kind, photos: told },
      photos: bytes,
      dedupe: await this.#nameOf(revision),
    });
  }

  /** The name under which the record knows it. */
  #nameOf({ note, revision }: RevisionOnRecord): Promise<string> {
    return fingerprint(`${identity(this.#ground).twin}\n${note}\n${revision}`);
  }
}
