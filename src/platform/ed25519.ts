// Ed25519 keys from their 32-byte seeds, for the agents that sign agreements. Keeps no key.

import type { Signer } from "../domain/terms/seal.ts";

// RFC 8410, 7: everything of a PKCS #8 Ed25519 key but its last 32 bytes, the seed.
const PKCS8_PREFIX = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

const importSeed = (seed: Uint8Array, extractable: boolean): Promise<CryptoKey> =>
  crypto.subtle.importKey("pkcs8", new Uint8Array([...PKCS8_PREFIX, ...seed]), { name: "Ed25519" }, extractable, [
    "sign",
  ]);

/** The 32 bytes of the public key. */
export async function publicKeyOf(seed: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const jwk = (await crypto.subtle.exportKey("jwk", await importSeed(seed, true))) as JsonWebKey;
  return Uint8Array.fromBase64(jwk.x!, { alphabet: "base64url" });
}

/** An agent that signs with the seed's key, under the key id `key`. */
export function signerOf(key: string, seed: Uint8Array): Signer {
  const imported = importSeed(seed, false);
  return {
    key,
    sign: async (message) => new Uint8Array(await crypto.subtle.sign({ name: "Ed25519" }, await imported, message)),
  };
}
