// The QR code that lets a second device in. It names a meeting place and commits the first device to a number; the keyring's secret is not in it.
// Photographed, it is worth nothing once it was used, and before that whoever uses it shows other digits than the device beside you.

import { fromBase64url, toBase64url } from "./base64url.ts";
import { SECRET_BYTES, type Secret } from "./card.ts";

export const NONCE_BYTES = 32;
/** Of the number's digest: as much as nobody finds another number for. */
const COMMITMENT_BYTES = 16;
const DIGITS = 10_000;

export type Invitation = {
  readonly secret: Secret;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly fragment: string;
};
export type Invited = { readonly secret: Secret; readonly commitment: Uint8Array<ArrayBuffer> };

const commitmentTo = async (nonce: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", nonce)).slice(0, COMMITMENT_BYTES);

export async function newInvitation(): Promise<Invitation> {
  const secret = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  return { secret, nonce, fragment: toBase64url(new Uint8Array([...secret, ...(await commitmentTo(nonce))])) };
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

/** Whether the number is the one the QR code committed to. */
export async function keptWord({ commitment }: Invited, nonce: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const real = await commitmentTo(nonce);
  return real.every((byte, at) => byte === commitment[at]);
}
