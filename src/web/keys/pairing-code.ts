// The QR code that lets a second device in. It names a meeting place and commits the first device to a number and a key; the keyring's secret
// is not in it. Photographed, it is worth nothing once it was used; before that whoever uses it shows other digits than the device beside
// you, and can hand that one nothing in the first one's place.

import { fromBase64url, toBase64url } from "./base64url.ts";
import { SECRET_BYTES, type Secret } from "./card.ts";
import { newDeviceKey, type DeviceKey } from "./device-key.ts";

export const NONCE_BYTES = 32;
/** Of the digest of the number and the key: as much as nobody finds another number for. */
const COMMITMENT_BYTES = 16;
const DIGITS = 10_000;

export type Invitation = {
  readonly secret: Secret;
  readonly nonce: Uint8Array<ArrayBuffer>;
  /** What the first device seals with, so that the second knows from whom it is. */
  readonly key: DeviceKey;
  readonly fragment: string;
};
export type Invited = { readonly secret: Secret; readonly commitment: Uint8Array<ArrayBuffer> };

const commitmentTo = async (nonce: Uint8Array<ArrayBuffer>, from: string): Promise<Uint8Array<ArrayBuffer>> => {
  const said = new TextEncoder().encode(from);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array([...nonce, ...said]))).slice(
    0,
    COMMITMENT_BYTES,
  );
};

export async function newInvitation(): Promise<Invitation> {
  const secret = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const key = await newDeviceKey();
  const commitment = await commitmentTo(nonce, key.public);
  return { secret, nonce, key, fragment: toBase64url(new Uint8Array([...secret, ...commitment])) };
}

/** What a QR code's fragment says, or null. */
export function readInvitation(fragment: string): Invited | null {
  const bytes = fromBase64url(fragment, SECRET_BYTES + COMMITMENT_BYTES);
  return bytes && { secret: bytes.slice(0, SECRET_BYTES), commitment: bytes.slice(SECRET_BYTES) };
}

/** The four digits that both devices show. Whoever stands between them can't choose a key that gives the same: it must choose before the number is known. */
export async function digitsOf(secret: Secret, nonce: Uint8Array<ArrayBuffer>, key: string): Promise<string> {
  const said = new TextEncoder().encode(`pico-twins/pairing/v1/digits/${key}/`);
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array([...said, ...secret, ...nonce]));
  const digits = String(new DataView(digest).getUint32(0) % DIGITS).padStart(4, "0");
  return `${digits.slice(0, 2)} ${digits.slice(2)}`;
}

/** Whether the number and the first device's public key are those that the QR code committed to. */
export async function keptWord(
  { commitment }: Invited,
  nonce: Uint8Array<ArrayBuffer>,
  from: string,
): Promise<boolean> {
  const real = await commitmentTo(nonce, from);
  return real.every((byte, at) => byte === commitment[at]);
}
