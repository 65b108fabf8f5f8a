// The owner's agent: it signs for this tenure alone, agreements with one key and the record with another, both erased with it.

import { didKey, keyIdOf } from "../domain/terms/did.ts";
import type { Signer } from "../domain/terms/seal.ts";
import { publicKeyOf, signerOf } from "../platform/ed25519.ts";
import { recordSeedOf, seedOf } from "./identity.ts";

/** The twin's own signer; its key id is the did:key itself. */
export async function agentOf(storage: DurableObjectStorage): Promise<Signer> {
  const seed = seedOf(storage);
  return signerOf(didKey(await publicKeyOf(seed)), seed);
}

/** The did:key that the owner's entries on the record are signed with. */
export const recordDidOf = async (storage: DurableObjectStorage): Promise<string> =>
  didKey(await publicKeyOf(recordSeedOf(storage)));

/** Who signs the owner's entries on the record. */
export const recordAgentOf = async (storage: DurableObjectStorage): Promise<Signer> =>
  signerOf(keyIdOf(await recordDidOf(storage)), recordSeedOf(storage));
