// Checks a thing's history as a stranger would: from the JSON they were given, with node:crypto and nothing of the server's own code.
import { createHash, verify } from "node:crypto";
import { bytesOfBase58, publicKey, type DidDocument } from "./did.ts";
import { expect, expectEqual } from "./expectation.ts";

type Proof = {
  readonly type: string;
  readonly cryptosuite: string;
  readonly verificationMethod: string;
  readonly proofPurpose: string;
  readonly proofValue: string;
};
type Secured = { readonly proof: Proof };

export type ShownEntry = Secured & {
  readonly seq: number;
  readonly kind: string;
  readonly by: { readonly role: string; readonly maker?: string };
  readonly recordedOn: string;
  readonly commitment: string;
  /** Of one that begins an owner's time: among other things, which item it is. */
  readonly opens?: { readonly item: string | null };
  /** Of whoever reads it: what the header commits to, null where it is withheld. */
  readonly disclosure: string | null;
  readonly erased: boolean;
  /** What its owner reads; nobody signed this copy. */
  readonly body?: unknown;
};

export type ShownHistory = {
  readonly checkpoint: Secured & { readonly size: number; readonly root: string; readonly status: string };
  readonly entries: readonly ShownEntry[];
  readonly keys: Readonly<Record<string, DidDocument>>;
};

/** What an entry says; null where that is withheld. */
export type Words = { readonly text: string | null; readonly author: string | null };

const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

/** Canonical JSON of what holds strings, integers, booleans and null only (RFC 8785): sorted names. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(",")}}`;
}

/** RFC 6962, 2.1: the root over leaves, by its definition. */
function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length < 2) return leaves[0] ?? sha256();
  const half = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return sha256(Buffer.of(1), rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}

/** What a label says. */
export type Label = { readonly gtin: string; readonly serial: string };

/** Whether a label is that of the item for which every owner's time was opened, by the salt that came along. */
export function isItem({ entries }: Pick<ShownHistory, "entries">, salt: string, { gtin, serial }: Label): boolean {
  const item = sha256(`${salt}\n${gtin}\n${serial}`).toString("hex");
  return entries.every(({ opens }) => opens === undefined || opens.item === item);
}

/** The entry as it was signed. */
function signedPart({
  seq: _seq,
  disclosure: _disclosure,
  erased: _erased,
  body: _body,
  ...entry
}: ShownEntry): Secured {
  return entry;
}

/** A Data Integrity proof of the cryptosuite eddsa-jcs-2022. */
function isProven({ proof, ...document }: Secured, keys: ShownHistory["keys"]): boolean {
  const { proofValue, ...options } = proof;
  const name = proof.verificationMethod;
  const ofCompany = Object.values(keys)
    .flatMap(({ verificationMethod }) => verificationMethod)
    .find(({ id }) => id === name)?.publicKeyMultibase;
  const key = name.startsWith("did:key:") ? name.slice(name.indexOf("#") + 1) : (ofCompany ?? "");
  const message = Buffer.concat([sha256(canonical(options)), sha256(canonical(document))]);
  return verify(null, message, publicKey(key), bytesOfBase58(proofValue.slice(1), 64));
}

/** Checks the head, every signature and every body that is shown; answers in what each entry says. */
export function checkHistory({ checkpoint, entries, keys }: ShownHistory): (Words | null)[] {
  const leaves = entries.map((entry) => sha256(Buffer.of(0), canonical(signedPart(entry))));
  expectEqual(checkpoint.size, entries.length, "the number of entries that the checkpoint vouches for");
  expectEqual(checkpoint.root, rootOf(leaves).toString("hex"), "the root that the checkpoint vouches for");
  expect(isProven(checkpoint, keys), "the checkpoint's signature is right");
  return entries.map((entry) => {
    expect(isProven(signedPart(entry), keys), `the signature of entry ${entry.seq} is right`);
    if (entry.disclosure === null) return null;
    const digest = sha256(entry.disclosure).toString("base64url");
    expectEqual(digest, entry.commitment, `what entry ${entry.seq} commits to`);
    const [, body] = JSON.parse(Buffer.from(entry.disclosure, "base64url").toString()) as [string, Words];
    return body;
  });
}
