// Checks an agreement as a stranger to both sides would: from the bytes each one gives, with node:crypto and nothing of the server's own code.
import { createHash, verify } from "node:crypto";
import type { Api } from "./api.ts";
import { publicKey, type DidDocument } from "./did.ts";
import { expect, expectEqual } from "./expectation.ts";

type Signed = { readonly body: object; readonly key: string; readonly signature: string };
type SealedRecord = { readonly proffer: Signed; readonly decision?: Signed; readonly confirmation?: Signed };

/** `owners` and `makers` are SHA-256 of what each side gave, in lower-case hex. */
export type Checked = {
  readonly owners: string;
  readonly makers: string;
  readonly bytes: number;
  readonly signatures: number;
};

const sha256 = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** The record's bytes are canonical, so what JSON.parse read and JSON.stringify writes again is canonical too. */
function isSigned(kind: string, { body, signature }: Signed, multibase: string): boolean {
  const message = `pico-twins/agreement/1\n${kind}\n${sha256(JSON.stringify(body))}`;
  return verify(null, Buffer.from(message), publicKey(multibase), Buffer.from(signature, "base64url"));
}

type Keys = { readonly twin: string; readonly token: string; readonly maker: string; readonly key: string };

/** Fetches the record from both sides, compares the bytes with each other and with both ETags, and verifies every signature in it. */
export async function checkRecord(api: Api, agreement: string, { twin, token, maker, key }: Keys): Promise<Checked> {
  const owners = await api.call<SealedRecord>("GET", `/v1/twins/${twin}/agreements/${agreement}/record`, token);
  const makers = await api.call<SealedRecord>("GET", `/v1/makers/${maker}/agreements/${agreement}/record`, key);
  const digests = { owners: sha256(owners.bytes), makers: sha256(makers.bytes) };
  expectEqual(owners.headers.get("ETag"), `"${digests.owners}"`, "the ETag of the owner's copy");
  expectEqual(makers.headers.get("ETag"), `"${digests.makers}"`, "the ETag of the maker's copy");
  expectEqual(digests.makers, digests.owners, "the digest of the maker's copy");
  expect(makers.bytes.equals(owners.bytes), "both copies have the same bytes");

  const { verificationMethod } = await api.get<DidDocument>(`/v1/makers/${maker}/did.json`);
  const nameOf = (signed: Signed): string =>
    signed.key.startsWith("did:key:")
      ? signed.key.slice("did:key:".length)
      : (verificationMethod.find(({ id }) => id === signed.key)?.publicKeyMultibase ?? "");
  const { proffer, decision, confirmation } = owners.body;
  const signatures = Object.entries({ proffer, decision, confirmation }).filter(
    (part): part is [string, Signed] => part[1] !== undefined,
  );
  for (const [kind, signed] of signatures)
    expect(isSigned(kind, signed, nameOf(signed)), `the signature of the ${kind} is right`);
  return { ...digests, bytes: owners.bytes.length, signatures: signatures.length };
}
