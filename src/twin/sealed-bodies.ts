// What entries say, sealed (AES-256-GCM): each with its photos under a key of its own, so that one can be forgotten and its header stays.

import { err, ok, type Result } from "../domain/result.ts";
import type { Failure } from "../domain/failure.ts";
import type { PhotoId } from "../domain/ids.ts";
import { openDisclosure } from "../domain/record/commitment.ts";
import { bytesOf } from "../platform/crypto.ts";
import { openBytes, sealBytes, sealingKey } from "../platform/sealing.ts";
import { addSecret, forgetSecret, newSecretBytes, secretAt } from "./record-secrets.ts";

/** `place` is 16 times the entry's seq and the photo's position in its body: no index over names, of which there are a few hundred. */
export const RECORD_PHOTO_SCHEMA = `
CREATE TABLE record_photo (
  place INTEGER PRIMARY KEY,
  photo TEXT NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
`;
const PLACES = 16;

export type PhotoBytes = { readonly id: PhotoId; readonly bytes: Uint8Array<ArrayBuffer> };
export type SealedBody = {
  readonly key: Uint8Array<ArrayBuffer>;
  readonly bytes: Uint8Array;
  readonly photos: readonly { readonly id: PhotoId; readonly sealed: Uint8Array }[];
};

/** Seals a disclosure and the photos that its body names, in their order, under a new key. */
export async function sealBody(disclosure: string, photos: readonly PhotoBytes[]): Promise<SealedBody> {
  const key = newSecretBytes();
  const imported = await sealingKey(key);
  const [bytes, ...hidden] = await Promise.all([
    sealBytes(imported, bytesOf(disclosure)),
    ...photos.map((photo) => sealBytes(imported, photo.bytes)),
  ]);
  return { key, bytes, photos: photos.map(({ id }, at) => ({ id, sealed: hidden[at]! })) };
}

/** Part of the transaction that adds the entry. */
export function keepBody(sql: SqlStorage, seq: number, { key, bytes, photos }: SealedBody): void {
  addSecret(sql, seq, key);
  sql.exec("UPDATE record_entry SET sealed = ? WHERE seq = ?", bytes, seq);
  photos.forEach((photo, position) => {
    sql.exec(
      "INSERT INTO record_photo (place, photo, sealed) VALUES (?, ?, ?)",
      PLACES * seq + position,
      photo.id,
      photo.sealed,
    );
  });
}

/** The disclosures of all entries that still have one, or of one of them, by their seq. */
export async function disclosuresOf(sql: SqlStorage, only?: number): Promise<Map<number, string>> {
  const rows = [
    ...sql.exec<{ seq: number; sealed: ArrayBuffer }>(
      "SELECT seq, sealed FROM record_entry WHERE sealed IS NOT NULL AND (?1 IS NULL OR seq = ?1)",
      only ?? null,
    ),
  ].map(({ seq, sealed: bytes }) => ({ seq, bytes, key: secretAt(sql, seq) }));
  const read = async ({ bytes, key }: (typeof rows)[number]): Promise<string | null> =>
    key && new TextDecoder().decode(await openBytes(await sealingKey(key), new Uint8Array(bytes)));
  const disclosures = await Promise.all(rows.map(read));
  return new Map(
    rows.flatMap(({ seq }, at) => {
      const disclosure = disclosures[at] ?? null;
      return disclosure === null ? [] : [[seq, disclosure] as const];
    }),
  );
}

/** Forgets what an entry says, and its photos. Whatever of it is left in the file, nobody can read. Part of its caller's transaction. */
export function forgetBody(sql: SqlStorage, seq: number): void {
  forgetSecret(sql, seq);
  sql.exec("UPDATE record_entry SET sealed = NULL WHERE seq = ?", seq);
  sql.exec("DELETE FROM record_photo WHERE place >= ? AND place < ?", PLACES * seq, PLACES * (seq + 1));
}

/** How many entries say nothing any more. */
export const erasedBodies = (sql: SqlStorage): number =>
  sql.exec<{ n: number }>("SELECT count(*) AS n FROM record_entry WHERE sealed IS NULL").one().n;

export type RecordPhoto = { readonly seq: number; readonly type: string; readonly bytes: ArrayBuffer };
export type PlacedPhoto = RecordPhoto & { readonly id: PhotoId; readonly place: number };

type PhotoRow = { place: number; photo: PhotoId; sealed: ArrayBuffer };

/** A photo of an entry whose body is still there. */
export async function photoOf(sql: SqlStorage, id: string): Promise<Result<RecordPhoto, Failure>> {
  const row = [...sql.exec<PhotoRow>("SELECT place, photo, sealed FROM record_photo WHERE photo = ?", id)][0];
  const photo = row && (await readPhoto(sql, row));
  return photo ? ok(photo) : noSuchPhoto;
}

/** The next photo of all, by its place; null after the last. */
export async function photoAfter(sql: SqlStorage, place: number): Promise<PlacedPhoto | null> {
  const row = [
    ...sql.exec<PhotoRow>(
      "SELECT place, photo, sealed FROM record_photo WHERE place > ? ORDER BY place LIMIT 1",
      place,
    ),
  ][0];
  const photo = row && (await readPhoto(sql, row));
  return row && photo ? { ...photo, id: row.photo, place: row.place } : null;
}

async function readPhoto(sql: SqlStorage, { place, photo: id, sealed: hidden }: PhotoRow): Promise<RecordPhoto | null> {
  const seq = Math.floor(place / PLACES);
  const secret = secretAt(sql, seq);
  const body = sql.exec<{ sealed: ArrayBuffer | null }>("SELECT sealed FROM record_entry WHERE seq = ?", seq).one();
  if (!secret || !body.sealed) return null;
  const key = await sealingKey(secret);
  const opened = (sealed: ArrayBuffer): Promise<ArrayBuffer> => openBytes(key, new Uint8Array(sealed));
  const [disclosure, bytes] = await Promise.all([opened(body.sealed), opened(hidden)]);
  const said = openDisclosure(new TextDecoder().decode(disclosure));
  const photo = said.ok ? said.value.photos.find((each) => each.id === id) : undefined;
  return photo ? { seq, type: photo.type, bytes } : null;
}

export const photoCount = (sql: SqlStorage): number =>
  sql.exec<{ n: number }>("SELECT count(*) AS n FROM record_photo").one().n;

export const hasPhoto = (sql: SqlStorage, id: string): boolean =>
  [...sql.exec("SELECT 1 FROM record_photo WHERE photo = ?", id)].length > 0;

const noSuchPhoto: { readonly ok: false; readonly error: Failure } = err({
  code: "not-found",
  detail: "The record has no such photo.",
});
