// Standard Webhooks signatures, made and checked on Web Crypto. Must never compare a signature in a time that tells how much of it is right.

import { err, ok, type Result } from "../domain/result.ts";

/**
 * One live key of an endpoint: `secret` of 24 to 64 bytes for `v1` (HMAC-SHA-256), `seed` of 32 bytes for `v1a` (Ed25519).
 * Keep the object while the key is in use: imported keys are remembered by these very arrays, and never longer than they live.
 */
export type SigningKey = { readonly secret: Uint8Array; readonly seed: Uint8Array };

export type WebhookHeaders = {
  readonly "webhook-id": string;
  readonly "webhook-timestamp": string;
  readonly "webhook-signature": string;
};

/** missing: a header is absent. malformed: one can't be read. skew: too old or too new. signature: none of the live keys made it. */
export type VerifyFailure = "missing" | "malformed" | "skew" | "signature";

export const SKEW_SECONDS = 300;
/** How many signatures of one header are looked at: rotation on the sender's side needs a few, an attacker gets no more. */
export const SIGNATURES_CONSIDERED = 16;
const SIGNATURE_HEADER_MAX_LENGTH = 4_096;
const SECRET_MIN_BYTES = 24;
const SECRET_MAX_BYTES = 64;
const PUBLIC_KEY_BYTES = 32;

// No full stop: it delimits what is signed, and an id that holds one could lend its end to the timestamp.
const ID = /^[\x21-\x2d\x2f-\x7e]{1,256}$/;
const TIMESTAMP = /^(?:0|[1-9]\d{0,11})$/;
const SIGNATURE = /^[a-z0-9]+,[A-Za-z0-9+/]+={0,2}$/;

const utf8 = new TextEncoder();

// Native base64 on Uint8Array is not in Node 24, where the examples and the peers' tests run this file.
const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** `whsec_` and the base64 of a `v1` secret. @throws RangeError unless it has 24 to 64 bytes */
export function formatSecret(secret: Uint8Array): string {
  if (!isSecretLength(secret.length)) throw new RangeError("a webhook secret has 24 to 64 bytes");
  return `whsec_${base64(secret)}`;
}

/** The bytes of a `whsec_…` text, or what is wrong with it. Only the one canonical spelling is taken. */
export function parseSecret(text: string): Result<Uint8Array, string> {
  const body = /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/.exec(text)?.[1];
  if (body === undefined) return err("a secret is whsec_ and base64 with its padding");
  const bytes = Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
  if (base64(bytes) !== body) return err("the base64 of a secret leaves no bits over");
  return isSecretLength(bytes.length) ? ok(bytes) : err("a secret has 24 to 64 bytes");
}

const isSecretLength = (length: number): boolean => length >= SECRET_MIN_BYTES && length <= SECRET_MAX_BYTES;

/** `whpk_` and the base64 of an Ed25519 public key. @throws RangeError unless it has 32 bytes */
export function formatPublicKey(publicKey: Uint8Array): string {
  if (publicKey.length !== PUBLIC_KEY_BYTES) throw new RangeError("an Ed25519 public key has 32 bytes");
  return `whpk_${base64(publicKey)}`;
}

/** The 32 bytes of the public key that belongs to an Ed25519 seed. */
export async function publicKeyOf(seed: Uint8Array): Promise<Uint8Array> {
  const jwk = (await crypto.subtle.exportKey("jwk", await importSeed(seed, true))) as JsonWebKey;
  const standard = jwk.x!.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(standard), (character) => character.charCodeAt(0));
}

// RFC 8410, 7: everything of a PKCS #8 Ed25519 key but its last 32 bytes, the seed.
const PKCS8_PREFIX = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

const importSeed = (seed: Uint8Array, extractable: boolean): Promise<CryptoKey> =>
  crypto.subtle.importKey("pkcs8", new Uint8Array([...PKCS8_PREFIX, ...seed]), "Ed25519", extractable, ["sign"]);

const importSecret = (secret: Uint8Array): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", new Uint8Array(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);

// Weak, so that a key that was dropped after its five minutes is gone here too.
const importedSecrets = new WeakMap<Uint8Array, Promise<CryptoKey>>();
const importedSeeds = new WeakMap<Uint8Array, Promise<CryptoKey>>();

function remembered(
  imported: WeakMap<Uint8Array, Promise<CryptoKey>>,
  bytes: Uint8Array,
  importKey: (bytes: Uint8Array) => Promise<CryptoKey>,
): Promise<CryptoKey> {
  const known = imported.get(bytes);
  if (known !== undefined) return known;
  const key = importKey(bytes);
  imported.set(bytes, key);
  return key;
}

async function signV1(secret: Uint8Array, content: Uint8Array<ArrayBuffer>): Promise<string> {
  const key = await remembered(importedSecrets, secret, importSecret);
  return `v1,${base64(new Uint8Array(await crypto.subtle.sign("HMAC", key, content)))}`;
}

async function signV1a(seed: Uint8Array, content: Uint8Array<ArrayBuffer>): Promise<string> {
  const key = await remembered(importedSeeds, seed, (bytes) => importSeed(bytes, false));
  return `v1a,${base64(new Uint8Array(await crypto.subtle.sign("Ed25519", key, content)))}`;
}

/** What is signed: `id.timestamp.body`, the body as it travels. */
function contentOf(id: string, timestamp: string, body: Uint8Array | string): Uint8Array<ArrayBuffer> {
  const head = utf8.encode(`${id}.${timestamp}.`);
  const tail = typeof body === "string" ? utf8.encode(body) : body;
  const content = new Uint8Array(head.length + tail.length);
  content.set(head);
  content.set(tail, head.length);
  return content;
}

/**
 * The three headers of one attempt, with a `v1` and a `v1a` signature by every live key.
 * @param webhook.timestampSeconds of the attempt, not of the event
 * @throws RangeError when there is no key, or the id or the timestamp is not one a receiver would take
 */
export async function signWebhook(webhook: {
  readonly id: string;
  readonly timestampSeconds: number;
  readonly body: Uint8Array | string;
  readonly keys: readonly SigningKey[];
}): Promise<WebhookHeaders> {
  const timestamp = String(webhook.timestampSeconds);
  if (webhook.keys.length === 0) throw new RangeError("a webhook is signed with at least one key");
  if (!ID.test(webhook.id) || !TIMESTAMP.test(timestamp)) throw new RangeError("a webhook has an id and whole seconds");
  const content = contentOf(webhook.id, timestamp, webhook.body);
  const signatures = webhook.keys.flatMap(({ secret, seed }) => [signV1(secret, content), signV1a(seed, content)]);
  return {
    "webhook-id": webhook.id,
    "webhook-timestamp": timestamp,
    "webhook-signature": (await Promise.all(signatures)).join(" "),
  };
}

/**
 * Whether any of `secrets` made a `v1` signature over exactly these bytes, at most `toleranceSeconds` from now. Versions it
 * doesn't know are passed over; at most `SIGNATURES_CONSIDERED` signatures are looked at.
 */
export async function verifyWebhook(webhook: {
  readonly id: string | null;
  readonly timestamp: string | null;
  readonly signatureHeader: string | null;
  readonly body: Uint8Array | string;
  readonly secrets: readonly Uint8Array[];
  readonly nowSeconds: number;
  readonly toleranceSeconds?: number;
}): Promise<Result<void, VerifyFailure>> {
  const { id, timestamp, signatureHeader, toleranceSeconds = SKEW_SECONDS } = webhook;
  if (!id || !timestamp || !signatureHeader) return err("missing");
  if (!ID.test(id) || !TIMESTAMP.test(timestamp)) return err("malformed");
  if (signatureHeader.length > SIGNATURE_HEADER_MAX_LENGTH) return err("malformed");
  const signatures = signatureHeader.split(" ", SIGNATURES_CONSIDERED).filter((signature) => SIGNATURE.test(signature));
  if (signatures.length === 0) return err("malformed");
  if (Math.abs(webhook.nowSeconds - Number(timestamp)) > toleranceSeconds) return err("skew");
  const content = contentOf(id, timestamp, webhook.body);
  const expected = await Promise.all(webhook.secrets.map((secret) => signV1(secret, content)));
  let matches = 0;
  for (const right of expected) for (const given of signatures) matches += equalInConstantTime(right, given);
  return matches > 0 ? ok(undefined) : err("signature");
}

/** 1 when equal, else 0. As text, not as bytes: base64 has several spellings of the same bytes, and only one is the signature. */
function equalInConstantTime(a: string, b: string): 0 | 1 {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0 ? 1 : 0;
}
