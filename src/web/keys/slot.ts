// A place on the server for bytes that it can't read: its name, its bearer and its key all come from one secret (HKDF, RFC 5869).
// Seals and opens documents; asks no network.

import { encodeCrockford } from "../../domain/crockford.ts";
import { toBase64url } from "./base64url.ts";
import type { Secret } from "./card.ts";

/** What the secret is for. The same secret for another purpose gives another slot. */
export type Purpose = "card" | "pairing";

export type Slot = {
  readonly purpose: Purpose;
  readonly name: string;
  readonly bearer: string;
  readonly key: CryptoKey;
};

const SALT = "pico-twins";
const VERSION = 1;
const NAME_BYTES = 16;
const BEARER_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;
/** What is not the document: version, IV, tag and the document's length. */
const FRAME_BYTES = 1 + IV_BYTES + TAG_BYTES + LENGTH_BYTES;
/** What the server takes at most. */
const LARGEST_BYTES = 256 * 1024;
/** Sealed sizes are these, doubled as often as needed: a list of three things looks like one of ten. */
const SMALLEST_BYTES: { readonly [purpose in Purpose]: number } = { card: 4096, pairing: 512 };

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

const labelOf = (purpose: Purpose, what: string): string => `pico-twins/${purpose}/v${VERSION}/${what}`;

/** The slot that this secret names and opens. */
export async function slotOf(secret: Secret, purpose: Purpose): Promise<Slot> {
  const material = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits", "deriveKey"]);
  const from = (what: string) => ({
    name: "HKDF",
    hash: "SHA-256",
    salt: utf8(SALT),
    info: utf8(labelOf(purpose, what)),
  });
  const bits = async (what: string, bytes: number): Promise<Uint8Array> =>
    new Uint8Array(await crypto.subtle.deriveBits(from(what), material, bytes * 8));
  const [name, bearer, key] = await Promise.all([
    bits("name", NAME_BYTES),
    bits("bearer", BEARER_BYTES),
    crypto.subtle.deriveKey(from("key"), material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]),
  ]);
  return { purpose, name: encodeCrockford(name), bearer: toBase64url(bearer), key };
}

const boundTo = ({ purpose, name }: Slot): Uint8Array<ArrayBuffer> => utf8(labelOf(purpose, name));

function sizeFor(documentBytes: number, purpose: Purpose): number {
  let size = SMALLEST_BYTES[purpose];
  while (size < documentBytes + FRAME_BYTES) size *= 2;
  return size;
}

/** The document sealed for this slot, padded so that its length says little; null when it is larger than a slot holds. */
export async function seal(slot: Slot, document: unknown): Promise<Uint8Array<ArrayBuffer> | null> {
  const words = utf8(JSON.stringify(document));
  const size = sizeFor(words.length, slot.purpose);
  if (size > LARGEST_BYTES) return null;
  const plain = new Uint8Array(size - FRAME_BYTES + LENGTH_BYTES);
  new DataView(plain.buffer).setUint32(0, words.length);
  plain.set(words, LENGTH_BYTES);
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: boundTo(slot) }, slot.key, plain);
  const bytes = new Uint8Array(size);
  bytes[0] = VERSION;
  bytes.set(iv, 1);
  bytes.set(new Uint8Array(sealed), 1 + IV_BYTES);
  return bytes;
}

/** The document that was sealed for this slot, or null: another key's, another slot's, tampered with, or of a version unknown here. */
export async function open(slot: Slot, bytes: Uint8Array<ArrayBuffer>): Promise<unknown> {
  if (bytes.length < FRAME_BYTES || bytes[0] !== VERSION) return null;
  const iv = bytes.slice(1, 1 + IV_BYTES);
  try {
    const algorithm = { name: "AES-GCM", iv, additionalData: boundTo(slot) };
    const plain = new Uint8Array(await crypto.subtle.decrypt(algorithm, slot.key, bytes.slice(1 + IV_BYTES)));
    const length = new DataView(plain.buffer).getUint32(0);
    return JSON.parse(new TextDecoder().decode(plain.subarray(LENGTH_BYTES, LENGTH_BYTES + length))) as unknown;
  } catch {
    return null;
  }
}
