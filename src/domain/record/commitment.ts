// A body that can be withheld: the header holds a digest of it with a salt, and whoever is given the disclosure can read and check it.
// The same construction as SD-JWT's disclosures (RFC 9901, 4.2), but nothing is ever dropped without a trace.

import { base64urlOf, bytesOfBase64url } from "../base64url.ts";
import { err, ok, type Result } from "../result.ts";
import { digestOf } from "./digest.ts";
import type { Body } from "./entry.ts";
import { isBody } from "./form.ts";

/** Of random salt: enough that no body, however short, can be found by trying. */
export const SALT_BYTES = 16;

/** The disclosure of a body: base64url of the JSON of `[salt, body]`. `salt` is base64url of 16 random bytes. */
export const disclose = (salt: string, body: Body): string =>
  base64urlOf(new TextEncoder().encode(JSON.stringify([salt, body])));

/** What a header holds: SHA-256 of the disclosure's characters, base64url (43). */
export const commitmentOf = (disclosure: string): string => base64urlOf(digestOf(disclosure));

/** The body of a disclosure. The error says in words what is wrong; whether it is the one committed to is another question. */
export function openDisclosure(disclosure: string): Result<Body, string> {
  const bytes = bytesOfBase64url(disclosure);
  if (bytes === null) return err("it is not base64url");
  let opened: unknown;
  try {
    opened = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return err("it is not JSON");
  }
  if (!Array.isArray(opened) || opened.length !== 2) return err("it is not a salt and a body");
  const [salt, body] = opened as unknown[];
  if (typeof salt !== "string" || bytesOfBase64url(salt)?.length !== SALT_BYTES) return err("its salt is not 16 bytes");
  return isBody(body) ? ok(body) : err("its body has another form");
}
