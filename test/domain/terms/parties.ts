// Two parties with fixed keys, so that every test and vector signs the same bytes.

import { didKey, makerDid } from "../../../src/domain/terms/did.ts";
import type { ResolveKey } from "../../../src/domain/terms/verify.ts";
import type { Signer } from "../../../src/domain/terms/seal.ts";
import { writeProffer, type ProfferParts } from "../../../src/domain/terms/proffer.ts";

/** The head of a PKCS #8 Ed25519 private key (RFC 8410); the 32 bytes of seed follow. */
const PKCS8_ED25519 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

export const bytesOfHex = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export type Party = { readonly seed: string; readonly publicKey: Uint8Array; readonly signer: Signer };

export async function partyOf(seed: string, keyId: (publicKey: Uint8Array) => string): Promise<Party> {
  const pkcs8 = Uint8Array.of(...PKCS8_ED25519, ...bytesOfHex(seed));
  const key = await crypto.subtle.importKey("pkcs8", pkcs8, { name: "Ed25519" }, true, ["sign"]);
  const jwk = (await crypto.subtle.exportKey("jwk", key)) as { x: string };
  const publicKey = Uint8Array.from(atob(jwk.x.replaceAll("-", "+").replaceAll("_", "/")), (char) =>
    char.charCodeAt(0),
  );
  const sign = async (message: Uint8Array) =>
    new Uint8Array(await crypto.subtle.sign({ name: "Ed25519" }, key, new Uint8Array(message)));
  return { seed, publicKey, signer: { key: keyId(publicKey), sign } };
}

export const LAMO = "lamo.example";
export const LAMO_DID = makerDid("twins.example", LAMO);

export const owner = await partyOf("00".repeat(32), didKey);
export const lamo = await partyOf("01".repeat(32), () => `${LAMO_DID}#agent-1`);
export const stranger = await partyOf("02".repeat(32), didKey);

/** LAMO's DID document, as a verifier would have it. */
export const resolve: ResolveKey = (keyId) => (keyId === lamo.signer.key ? lamo.publicKey : null);

export const NOON = Date.UTC(2026, 10, 22, 12);
export const DAY_MS = 24 * 60 * 60 * 1000;

/** A proffer of the owner's to LAMO; `parts` changes what a test is about. */
export const proffer = (parts: Partial<ProfferParts> = {}) =>
  writeProffer({
    id: "agr_0123456789abcdefghjkmnpqrs",
    now: NOON,
    decideBy: NOON + 14 * DAY_MS,
    firstDid: owner.signer.key,
    agent: "https://twins.example",
    secondDid: LAMO_DID,
    legalName: "LAMO GmbH",
    twin: "twin_0123456789abcdefghjkmnpqrs",
    tenure: 0,
    product: { name: "LAMO lamp “Ölkanne”", model: "L-200", gtin: "04012345123456" },
    preferred: "SD-BASE-DP",
    alternates: ["SD-BASE"],
    dataScope: ["sent-notes", "their-threads"],
    jurisdiction: "DE",
    channel: "app",
    supersedes: null,
    onTopOf: null,
    ...parts,
  });
