// Who this tenure is: its twin, its product, its agent's key. Kept in the object's key-value store; gone with `deleteAll`.

import type { TwinId } from "../domain/ids.ts";
import type { Product, Proof } from "../domain/product.ts";

const IDENTITY = "identity";
const SEED = "agent-seed";
const ERASING = "erasing";

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

/** An erasure that has begun is finished, whatever happens between. */
export const isErasing = (storage: DurableObjectStorage): boolean => storage.kv.get<boolean>(ERASING) === true;
export const beginErasing = (storage: DurableObjectStorage): void => storage.kv.put(ERASING, true);
