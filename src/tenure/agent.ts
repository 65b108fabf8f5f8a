// The owner's agent: it signs for this tenure alone, with the key that is erased with it.

import { didKey } from "../domain/terms/did.ts";
import type { Signer } from "../domain/terms/seal.ts";
import { publicKeyOf, signerOf } from "../platform/ed25519.ts";
import { seedOf } from "./identity.ts";

/** The twin's own signer; its key id is the did:key itself. */
export async function agentOf(storage: DurableObjectStorage): Promise<Signer> {
  const seed = seedOf(storage);
  return signerOf(didKey(await publicKeyOf(seed)), seed);
}
