// The record of one item: its entries in their order, and the head that vouches for them. There is one way in: an entry is prepared
// (its author signs it, its body is sealed) and then committed, in one transaction, if it still fits. No word of a body is readable here.

import { invalid, type Failure } from "../domain/failure.ts";
import type { Domain } from "../domain/ids.ts";
import { commitmentOf } from "../domain/record/commitment.ts";
import { entryText, type Day, type Entry, type Head } from "../domain/record/entry.ts";
import { appendLeaf, EMPTY, leafHash, rootOf, type Frontier } from "../domain/record/tree.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { COUNT_SCHEMA } from "./counts.ts";
import { RECORD_SECRET_SCHEMA } from "./record-secrets.ts";
import { keepBody, RECORD_PHOTO_SCHEMA, sealBody, type PhotoBytes, type SealedBody } from "./sealed-bodies.ts";

/** `record` has one row. `tenure` and the keys are those of the last `opens`; the keys are null once that tenure was erased. */
export const RECORD_SCHEMA = `
CREATE TABLE record (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  item TEXT NOT NULL,
  gtin TEXT,
  size INTEGER NOT NULL,
  peaks TEXT NOT NULL,
  recorded_on TEXT NOT NULL,
  tenure INTEGER,
  twin_key TEXT,
  owner_key TEXT,
  owners_entries INTEGER NOT NULL,
  owners_bytes INTEGER NOT NULL,
  makers_entries INTEGER NOT NULL,
  makers_bytes INTEGER NOT NULL,
  told INTEGER NOT NULL,
  tell_at INTEGER
) STRICT;
CREATE TABLE record_entry (
  seq INTEGER PRIMARY KEY,
  entry TEXT NOT NULL,
  root TEXT NOT NULL,
  maker TEXT,
  dedupe TEXT UNIQUE,
  sealed BLOB
) STRICT;
${RECORD_SECRET_SCHEMA}
${RECORD_PHOTO_SCHEMA}
${COUNT_SCHEMA}`;

/** The salted hash of the label that the last `opens` names; null without one, and in a record that began before there were any. */
export const LABEL_HASH_SCHEMA = `
ALTER TABLE record ADD COLUMN label_hash TEXT;
`;

// Two purses, so that neither side can fill the other's, and none can learn from its own how full the other's is.
const ROOM = {
  owners: { entries: 700, bytes: 4 * 1024 ** 2 },
  makers: { entries: 300, bytes: 1024 ** 2 },
} as const;
type Purse = keyof typeof ROOM;
const PHOTO_BYTES = 1024 ** 3;

/** Which item this is: the 16 characters of its name, and the GTIN of its label, null where it has none. */
export type Item = { readonly item: string; readonly gtin: string | null };

type Row = {
  item: string;
  gtin: string | null;
  size: number;
  peaks: string;
  recorded_on: Day;
  tenure: number | null;
  twin_key: string | null;
  owner_key: string | null;
  label_hash: string | null;
  owners_entries: number;
  owners_bytes: number;
  makers_entries: number;
  makers_bytes: number;
};

/** How the record stands: its head, the tenure that is open (null before the first owner), and that tenure's keys, each a did:key. */
export type Standing = Item & {
  readonly head: Head;
  /** The day of its last entry. */
  readonly recordedOn: Day;
  readonly tenure: number | null;
  readonly twinKey: string | null;
  readonly ownerKey: string | null;
  /** Of a labelled item, what its openings name it by. */
  readonly labelHash: string | null;
};

const rowOf = (sql: SqlStorage): Row | null => [...sql.exec<Row>("SELECT * FROM record")][0] ?? null;
const frontierOf = (row: Row | null): Frontier =>
  row === null ? EMPTY : { size: row.size, peaks: JSON.parse(row.peaks) as string[] };

/** Null while nothing was ever recorded. */
export function standingOf(sql: SqlStorage): Standing | null {
  const row = rowOf(sql);
  if (!row) return null;
  return {
    item: row.item,
    gtin: row.gtin,
    head: headOf(sql),
    recordedOn: row.recorded_on,
    tenure: row.tenure,
    twinKey: row.twin_key,
    ownerKey: row.owner_key,
    labelHash: row.label_hash,
  };
}

/** The present head; that of the empty record while nothing was recorded. */
export function headOf(sql: SqlStorage): Head {
  const frontier = frontierOf(rowOf(sql));
  return { size: frontier.size, root: rootOf(frontier) };
}

/** An entry that is ready: signed, and its body sealed. */
export type Prepared = {
  readonly item: Item;
  readonly entry: Entry;
  readonly sealed: SealedBody;
  /** Names what was asked for, so that a repeat meets its own entry. */
  readonly dedupe: string | null;
};

/** It no longer fits what was recorded meanwhile: its author may look at the head and sign anew. */
export type Moved = { readonly code: "moved" };

/** Seals what an entry says. `photos` are in the order of its body's. */
export async function prepare(
  item: Item,
  entry: Entry,
  { disclosure, photos, dedupe }: { disclosure: string; photos: readonly PhotoBytes[]; dedupe: string | null },
): Promise<Prepared> {
  if (commitmentOf(disclosure) !== entry.commitment) throw new Error("an entry commits to another body");
  return { item, entry, sealed: await sealBody(disclosure, photos), dedupe };
}

/** The place of the entry that was made under `dedupe`, or null. With `maker`, only one of theirs. */
export function placeOf(sql: SqlStorage, dedupe: string, maker?: Domain): number | null {
  const row = [
    ...sql.exec<{ seq: number; maker: string | null }>("SELECT seq, maker FROM record_entry WHERE dedupe = ?", dedupe),
  ][0];
  return row && (maker === undefined || row.maker === maker) ? row.seq : null;
}

/**
 * Adds a prepared entry, if it fits. Part of its caller's transaction; it refuses before it writes.
 * What it costs does not depend on how long the record is.
 * @returns its place; of one that is there already, that
 */
export function commit(sql: SqlStorage, prepared: Prepared): Result<number, Failure | Moved> {
  const { item, entry, sealed, dedupe } = prepared;
  const known = dedupe === null ? null : placeOf(sql, dedupe);
  if (known !== null) return ok(known);
  const row = rowOf(sql);
  const open = row?.tenure ?? null;
  const next = entry.opens === undefined ? open : open === null ? 0 : open + 1;
  if (entry.tenure !== next || entry.recordedOn < (row?.recorded_on ?? "") || !isHead(sql, entry.seen)) {
    return err({ code: "moved" });
  }
  const frontier = frontierOf(row);
  if (entry.corrects !== null && (entry.corrects < 1 || entry.corrects > frontier.size)) {
    return err(invalid("corrects", "must be the number of an entry of this record"));
  }
  const purse = purseOf(entry);
  const full = purse && noRoom(sql, row, purse, sealed);
  if (full) return err(full);

  const grown = appendLeaf(frontier, leafHash(entry));
  sql.exec(
    `INSERT INTO record (id, item, gtin, size, peaks, recorded_on, owners_entries, owners_bytes, makers_entries, makers_bytes, told)
     VALUES (1, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0)
     ON CONFLICT (id) DO UPDATE SET size = excluded.size, peaks = excluded.peaks, recorded_on = excluded.recorded_on`,
    item.item,
    item.gtin,
    grown.size,
    JSON.stringify(grown.peaks),
    entry.recordedOn,
  );
  sql.exec(
    "INSERT INTO record_entry (seq, entry, root, maker, dedupe) VALUES (?, ?, ?, ?, ?)",
    grown.size,
    entryText(entry),
    rootOf(grown),
    entry.by.role === "maker" ? entry.by.maker : null,
    dedupe,
  );
  keepBody(sql, grown.size, sealed);
  if (purse) {
    sql.exec(
      `UPDATE record SET ${purse}_entries = ${purse}_entries + 1, ${purse}_bytes = ${purse}_bytes + ?`,
      sealed.bytes.length,
    );
  }
  return ok(grown.size);
}

/** Whether the record had this head once, or has it now. */
function isHead(sql: SqlStorage, { size, root }: Head): boolean {
  if (size === 0) return root === rootOf(EMPTY);
  return [...sql.exec<{ root: string }>("SELECT root FROM record_entry WHERE seq = ?", size)][0]?.root === root;
}

/** A twin's own entries always find room: a handover must not fail for want of it. */
const purseOf = ({ by }: Entry): Purse | null =>
  by.role === "twin" ? null : by.role === "maker" ? "makers" : "owners";

function noRoom(sql: SqlStorage, row: Row | null, purse: Purse, { bytes, photos }: SealedBody): Failure | null {
  const most = ROOM[purse];
  if ((row?.[`${purse}_entries`] ?? 0) >= most.entries) {
    return { code: "quota-exceeded", detail: `There is room for ${most.entries} entries here, and they are there.` };
  }
  if ((row?.[`${purse}_bytes`] ?? 0) + bytes.length > most.bytes) {
    return { code: "quota-exceeded", detail: `The entries here may say ${most.bytes / 1024 ** 2} MiB in all.` };
  }
  const added = photos.reduce((sum, photo) => sum + photo.sealed.length, 0);
  return added > 0 && sql.databaseSize + added > PHOTO_BYTES
    ? { code: "quota-exceeded", detail: "A record holds 1 GiB. This one has no room for more photos." }
    : null;
}

/** Each entry as it was signed, with its place, oldest first. */
export const entriesOf = (sql: SqlStorage): { seq: number; entry: Entry }[] =>
  [...sql.exec<{ seq: number; entry: string }>("SELECT seq, entry FROM record_entry ORDER BY seq")].map(
    ({ seq, entry }) => ({ seq, entry: JSON.parse(entry) as Entry }),
  );

/** The entries that this company made, as they were signed, oldest first. Others' are passed over unparsed: what it costs must hardly tell how long the record is. */
export const entriesByMaker = (sql: SqlStorage, maker: Domain): Entry[] =>
  [...sql.exec<{ entry: string }>("SELECT entry FROM record_entry WHERE maker = ? ORDER BY seq", maker)].map(
    ({ entry }) => JSON.parse(entry) as Entry,
  );

export function entryAt(sql: SqlStorage, seq: number): Entry | null {
  const row = [...sql.exec<{ entry: string }>("SELECT entry FROM record_entry WHERE seq = ?", seq)][0];
  return row ? (JSON.parse(row.entry) as Entry) : null;
}
