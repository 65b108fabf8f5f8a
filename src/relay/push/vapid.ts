// Who sends a push, told to the push service: VAPID (RFC 8292), a JWT signed with ES256. Names the origin, never an owner.

import { bytesOf } from "../../platform/crypto.ts";
import type { P256Key } from "../../platform/p256.ts";

/** RFC 8292, 2: 24 h at most. */
const VALID_SECONDS = 12 * 3_600;

export type Vapid = {
  readonly key: P256Key;
  /** Where whoever runs a push service finds whoever runs this server: an https or mailto URL. */
  readonly subject: string;
};

/** RFC 8292, 2.1: plain http is no contact. It serves development, where a browser allows push on this machine only. */
export const subjectOf = (origin: string): string =>
  origin.startsWith("https:") ? origin : `mailto:operator@${new URL(origin).hostname}`;

const base64url = (bytes: Uint8Array): string => bytes.toBase64({ alphabet: "base64url", omitPadding: true });
const part = (value: object): string => base64url(bytesOf(JSON.stringify(value)));

/** The key as a browser wants it in `applicationServerKey`. */
export const publicKeyText = ({ publicKey }: P256Key): string => base64url(publicKey);

/**
 * The Authorization header of a push to `endpoint`.
 * @param now milliseconds since 1970 UTC
 */
export async function authorization(endpoint: URL, { key, subject }: Vapid, now: number): Promise<string> {
  const claims = { aud: endpoint.origin, exp: Math.floor(now / 1000) + VALID_SECONDS, sub: subject };
  const signed = `${part({ typ: "JWT", alg: "ES256" })}.${part(claims)}`;
  return `vapid t=${signed}.${base64url(await key.sign(bytesOf(signed)))}, k=${publicKeyText(key)}`;
}
