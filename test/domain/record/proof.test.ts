// A proof here is the W3C's: its own example verifies, and one that was changed in any way does not.

import { describe, expect, test } from "vitest";
import {
  secure,
  signedBytes,
  verifyProof,
  type DataIntegrityProof,
  type Secured,
} from "../../../src/domain/record/proof.ts";
import { publicKeyOfKeyId, publicKeyOfMultikey } from "../../../src/domain/terms/did.ts";
import vectors from "../../vectors/data-integrity.json";
import { hexOf } from "../terms/parties.ts";
import { first, stranger } from "./ledger.ts";

const published = vectors.secured as typeof vectors.secured & { readonly proof: DataIntegrityProof };
const publishedKey = publicKeyOfMultikey(vectors.publicKey)!;

describe("a proof", () => {
  test("that the W3C published verifies, from the digests it published", async () => {
    const { proof, ...document } = published;
    const { proofValue: _, ...options } = proof;
    expect(hexOf(signedBytes(document, options))).toBe(vectors.proofHash + vectors.documentHash);
    expect(await verifyProof(published, publishedKey)).toBe(true);
  });

  test("is right for its document under its signer's key alone", async () => {
    const secured = await secure({ schema: "test", text: "grüße" }, first.owner);
    expect(await verifyProof(secured, publicKeyOfKeyId(first.owner.key)!)).toBe(true);
    expect(await verifyProof(secured, publicKeyOfKeyId(stranger.owner.key)!)).toBe(false);
  });

  const edited = (change: object): Secured<object> => ({ ...published, ...change });
  const withProof = (change: object): Secured<object> => edited({ proof: { ...published.proof, ...change } });
  const signature = published.proof.proofValue;
  test.each<[string, Secured<object>]>([
    ["its document was changed", edited({ name: "Alumni credential" })],
    ["its document gained a member", edited({ more: null })],
    ["its key id was changed", withProof({ verificationMethod: stranger.owner.key })],
    ["its purpose is another", withProof({ proofPurpose: "authentication" })],
    ["it claims another cryptosuite", withProof({ cryptosuite: "eddsa-rdfc-2022" })],
    ["its signature is written in another base", withProof({ proofValue: `u${signature.slice(1)}` })],
    ["its signature has a leading zero too many", withProof({ proofValue: `z1${signature.slice(1)}` })],
    ["its signature is cut", withProof({ proofValue: signature.slice(0, -1) })],
    ["its signature is empty", withProof({ proofValue: "" })],
  ])("is not right when %s", async (_, secured) => {
    expect(await verifyProof(secured, publishedKey)).toBe(false);
  });

  test("under something that is no key is not right, and no error", async () => {
    expect(await verifyProof(published, new Uint8Array(31))).toBe(false);
    expect(await verifyProof(published, new Uint8Array(32).fill(255))).toBe(false);
  });
});
