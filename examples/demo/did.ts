// Ed25519 keys as DIDs name them: multibase, base58 of two bytes of codec and 32 of key. With node:crypto and nothing of the server's own code.
import { createPublicKey, type KeyObject } from "node:crypto";
import { expect } from "./expectation.ts";

export type DidDocument = {
  readonly verificationMethod: readonly { readonly id: string; readonly publicKeyMultibase: string }[];
};

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const ED25519_PUB = "ed01";

/** So many bytes of base58. */
export function bytesOfBase58(text: string, length: number): Buffer {
  const number = Array.from(text).reduce((sum, digit) => sum * 58n + BigInt(BASE58.indexOf(digit)), 0n);
  return Buffer.from(number.toString(16).padStart(2 * length, "0"), "hex");
}

/** The key behind a multibase name, z6Mk…. */
export function publicKey(multibase: string): KeyObject {
  const hex = bytesOfBase58(multibase.slice(1), 34).toString("hex");
  expect(hex.startsWith(ED25519_PUB), "the key is an Ed25519 key", multibase);
  return createPublicKey({
    format: "jwk",
    key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(hex.slice(4), "hex").toString("base64url") },
  });
}
