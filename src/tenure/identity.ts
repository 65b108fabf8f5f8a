// Who this tenure is: its twin, its product, its agent's key. Kept in the object's key-value store; gone with `deleteAll`.

import type { Alert } from "../domain/handover.ts";
import type { TwinId } from "../domain/ids.ts";
import type { Product, Proof } from "../domain/product.ts";
import { randomBytes } from "../platform/random.ts";

const IDENTITY = "identity";
const SEED = "agent-seed";
const SEED_BYTES = 32;
const RECORD_SEED = "record-seed";
const ERASING = "erasing";
const ALERT = "alert";

export type Identity = {
  readonly twin: TwinId;
  readonly tenure: number;
  readonly product: Product;
  readonly proof: Proof;
  readonly createdAt: number;
};

export const identityOf = (storage: DurableObjectStorage): Identity | undefined => storage.kv.get<Identity>(IDENTITY);
export const keepIdentity = (storage: DurableObjectStorage, identity: Identity): void =>
  storage.kv.put(IDENTITY, identity);

/** The 32 bytes of the twin's Ed25519 key: this tenure's alone, never derivable again once erased. */
export const seedOf = (storage: DurableObjectStorage): Uint8Array<ArrayBuffer> =>
  storage.kv.get<Uint8Array<ArrayBuffer>>(SEED)!;
export const keepSeed = (storage: DurableObjectStorage, seed: Uint8Array<ArrayBuffer>): void =>
  storage.kv.put(SEED, seed);

/**
 * The 32 bytes of the key that the owner's entries on the record are signed with: made at the first asking, also before the tenure is open.
 * Not the agent's: whoever is shown the record must not be able to tell whose agreements are the same owner's.
 */
export function recordSeedOf(storage: DurableObjectStorage): Uint8Array<ArrayBuffer> {
  const known = storage.kv.get<Uint8Array<ArrayBuffer>>(RECORD_SEED);
  if (known) return known;
  const seed = randomBytes(SEED_BYTES);
  storage.kv.put(RECORD_SEED, seed);
  return seed;
}

/** Why a tenure ends: its owner erases it, or hands the thing over. Kept as `true` for an erasure. */
export type Farewell = "erased" | "transferred";

/** An end that has begun is finished, whatever happens between. */
export const farewellOf = (storage: DurableObjectStorage): Farewell | null => {
  const kept = storage.kv.get<true | "transferred">(ERASING);
  return kept === true ? "erased" : (kept ?? null);
};
export const isErasing = (storage: DurableObjectStorage): boolean => farewellOf(storage) !== null;
export const beginErasing = (storage: DurableObjectStorage, farewell: Farewell = "erased"): void =>
  storage.kv.put(ERASING, farewell === "erased" ? true : farewell);

/** Whether the owner says that the thing is lost or stolen, as the item's Twin has it: copied, so that showing the twin asks nobody else. */
export const alertOf = (storage: DurableObjectStorage): Alert | null => storage.kv.get<Alert>(ALERT) ?? null;

/** @returns whether that is another one */
export function keepAlert(storage: DurableObjectStorage, alert: Alert | null): boolean {
  if (alertOf(storage) === alert) return false;
  if (alert === null) storage.kv.delete(ALERT);
  else storage.kv.put(ALERT, alert);
  return true;
}
