// A key pair of one device: others seal to its public half what only that device may read. The private half can't leave the browser.

import { fromBase64url, toBase64url } from "./base64url.ts";

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const POINT_BYTES = 65;
const IV_BYTES = 12;

export type DeviceKey = { readonly open: CryptoKey; readonly public: string };

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

async function newPair(): Promise<{ open: CryptoKey; public: Uint8Array<ArrayBuffer> }> {
  const pair = (await crypto.subtle.generateKey(CURVE, false, ["deriveBits"])) as CryptoKeyPair;
  return {
    open: pair.privateKey,
    public: new Uint8Array((await crypto.subtle.exportKey("raw", pair.publicKey)) as ArrayBuffer),
  };
}

export async function newDeviceKey(): Promise<DeviceKey> {
  const pair = await newPair();
  return { open: pair.open, public: toBase64url(pair.public) };
}

/** The key two halves agree on, bound to both public points and to what it is for. */
async function agreed(
  open: CryptoKey,
  other: Uint8Array<ArrayBuffer>,
  { from, to, context }: { from: Uint8Array<ArrayBuffer>; to: Uint8Array<ArrayBuffer>; context: string },
): Promise<CryptoKey> {
  const point = await crypto.subtle.importKey("raw", other, CURVE, false, []);
  // Named `public` by the standard; workerd's types call it `$public`.
  const algorithm = { name: "ECDH", public: point } as unknown as Parameters<SubtleCrypto["deriveBits"]>[0];
  const shared = await crypto.subtle.deriveBits(algorithm, open, 256);
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const salt = new Uint8Array([...from, ...to]);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt, info: utf8(`pico-twins/sealed-to-device/v1/${context}`) },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

/**
 * `bytes` that only the device with this public key can read; null when it is no such key. `context` must be the same when it is opened.
 * With `sender` it is also proof of who sealed it; else of nobody.
 */
export async function sealTo(
  publicKey: string,
  bytes: Uint8Array<ArrayBuffer>,
  context: string,
  sender?: DeviceKey,
): Promise<string | null> {
  const to = fromBase64url(publicKey, POINT_BYTES);
  if (!to) return null;
  try {
    const once = sender ? { open: sender.open, public: fromBase64url(sender.public, POINT_BYTES)! } : await newPair();
    const key = await agreed(once.open, to, { from: once.public, to, context });
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes);
    return toBase64url(new Uint8Array([...once.public, ...iv, ...new Uint8Array(sealed)]));
  } catch {
    return null; // not a point of the curve
  }
}

/** What was sealed to this device, or null; also null where `sender`, a public key, is given and it was somebody else who sealed it. */
export async function openSealed(
  device: DeviceKey,
  box: string,
  context: string,
  sender?: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = fromBase64url(box);
  const to = fromBase64url(device.public, POINT_BYTES);
  if (!bytes || !to || bytes.length <= POINT_BYTES + IV_BYTES) return null;
  const from = bytes.slice(0, POINT_BYTES);
  if (sender !== undefined && toBase64url(from) !== sender) return null;
  try {
    const key = await agreed(device.open, from, { from, to, context });
    const iv = bytes.slice(POINT_BYTES, POINT_BYTES + IV_BYTES);
    return new Uint8Array(
      await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, bytes.slice(POINT_BYTES + IV_BYTES)),
    );
  } catch {
    return null;
  }
}
