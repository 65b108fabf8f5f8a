// The twin's own hand in the record: it says that a tenure begins and with which keys, and vouches for the head. Its seed is the present
// tenure's alone: it is overwritten where it stands when the next one begins, and from then on nobody can speak for the tenure before.

import {
  CHECKPOINT_SCHEMA,
  type Checkpoint,
  type CheckpointBody,
  type CheckpointStatus,
} from "../domain/record/checkpoint.ts";
import { commitmentOf, disclose } from "../domain/record/commitment.ts";
import { EMPTY_BODY, ENTRY_SCHEMA, type Day, type Header, type TenureKeys } from "../domain/record/entry.ts";
import { secure } from "../domain/record/proof.ts";
import { base64urlOf } from "../domain/base64url.ts";
import type { Failure } from "../domain/failure.ts";
import { dayOf, rfc3339 } from "../domain/instant.ts";
import type { Result } from "../domain/result.ts";
import { didKey, keyIdOf } from "../domain/terms/did.ts";
import type { Signer } from "../domain/terms/seal.ts";
import { publicKeyOf, signerOf } from "../platform/ed25519.ts";
import { newSalt } from "../platform/random.ts";
import { commit, headOf, prepare, standingOf, type Item, type Moved, type Prepared } from "./record.ts";
import {
  addSecret,
  forgetSecret,
  LABEL_SALT,
  newSecretBytes,
  replaceSecret,
  secretAt,
  TWIN_SEED,
} from "./record-secrets.ts";

/** Who signs for the twin now; null while no tenure of it is in the record, or once that was erased. */
export function twinSigner(sql: SqlStorage): Signer | null {
  const key = standingOf(sql)?.twinKey ?? null;
  const seed = secretAt(sql, TWIN_SEED);
  return key === null || seed === null ? null : signerOf(keyIdOf(key), seed);
}

/** What an entry of the twin says that begins a tenure. `owner` is the did:key that the owner's entries will be signed with. */
export type Beginning = {
  readonly item: Item;
  readonly tenure: number;
  readonly owner: string;
  /** A labelled item's, which every tenure of it begins with; null where its owner started it. */
  readonly labelHash: string | null;
  readonly occurredOn: Day;
};

/** Ready to begin a tenure: the twin's entry, and the seed of its new key. */
export type PreparedBeginning = {
  readonly prepared: Prepared;
  readonly keys: TenureKeys;
  readonly seed: Uint8Array<ArrayBuffer>;
};

/** Makes the new twin key and signs for it: of the first tenure with that very key, of any later one with the key that goes. */
export async function prepareBeginning(
  sql: SqlStorage,
  { item, tenure, owner, labelHash, occurredOn }: Beginning,
  now: number,
): Promise<PreparedBeginning> {
  const seed = newSecretBytes();
  const claim = labelHash === null ? "none" : "label";
  const keys = { twin: didKey(await publicKeyOf(seed)), owner, claim, item: labelHash } as const;
  const isFirst = tenure === 0;
  const signer = isFirst ? signerOf(keyIdOf(keys.twin), seed) : twinSigner(sql);
  if (!signer) throw new Error("no twin key is here to sign with");
  const disclosure = disclose(newSalt(), EMPTY_BODY);
  const [today, last] = [dayOf(now), standingOf(sql)?.recordedOn ?? ""];
  const header: Header = {
    schema: ENTRY_SCHEMA,
    record: item.item,
    kind: isFirst ? "commissioning" : "accepting",
    tenure,
    by: { role: "twin" },
    // Should the clock have gone back, no handover waits for it: days never run backwards in a record.
    recordedOn: last > today ? last : today,
    occurredOn,
    corrects: null,
    commitment: commitmentOf(disclosure),
    seen: headOf(sql),
    opens: keys,
  };
  const entry = await secure(header, signer);
  return { prepared: await prepare(item, entry, { disclosure, photos: [], dedupe: null }), keys, seed };
}

/** Begins the tenure: its entry is added and the seed before it is no more. Part of its caller's transaction; it refuses before it writes. */
export function commitBeginning(
  sql: SqlStorage,
  { prepared, keys, seed }: PreparedBeginning,
): Result<number, Failure | Moved> {
  const committed = commit(sql, prepared);
  if (!committed.ok) return committed;
  if (prepared.entry.tenure === 0) addSecret(sql, TWIN_SEED, seed);
  else replaceSecret(sql, TWIN_SEED, seed);
  // Whoever comes now reads what is there already; nobody tells them of it.
  sql.exec(
    "UPDATE record SET tenure = ?, twin_key = ?, owner_key = ?, label_hash = ?, told = ?, tell_at = NULL",
    prepared.entry.tenure,
    keys.twin,
    keys.owner,
    keys.item,
    committed.value,
  );
  return committed;
}

/** Keeps what the label's hash is salted with, for the record's life. Part of the transaction in which its first tenure begins. */
export const keepLabelSalt = (sql: SqlStorage, salt: Uint8Array): void => addSecret(sql, LABEL_SALT, salt);

/** 43 characters of base64url; null where there is no label, or nobody speaks for its item any more. */
export const labelSalt = (sql: SqlStorage): string | null => {
  const salt = secretAt(sql, LABEL_SALT);
  return salt && base64urlOf(salt);
};

/** Nobody speaks for the present tenure any more, nor tells whose label the record's is. Part of its caller's transaction. */
export function endKeys(sql: SqlStorage): void {
  forgetSecret(sql, TWIN_SEED);
  forgetSecret(sql, LABEL_SALT);
  sql.exec("UPDATE record SET twin_key = NULL, owner_key = NULL, tell_at = NULL");
}

/** The twin's word on the head as it is now: of the same cost whatever the record's length. Null when nobody can give it. */
export async function checkpointOf(sql: SqlStorage, status: CheckpointStatus, now: number): Promise<Checkpoint | null> {
  const standing = standingOf(sql);
  const signer = twinSigner(sql);
  if (!standing || standing.tenure === null || !signer) return null;
  const { item, tenure, head } = standing;
  const body: CheckpointBody = { schema: CHECKPOINT_SCHEMA, record: item, tenure, ...head, at: rfc3339(now), status };
  return secure(body, signer);
}
