// The file by which a company proves that a domain is its own: it names the fingerprint of one of the maker's admin keys.
// Asked for over https at the domain itself; nothing of what is found there is repeated but what was missing.

import * as z from "zod";
import type { Domain } from "../domain/ids.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { look } from "../relay/post.ts";
import { checkTarget, type TargetOptions } from "../relay/target.ts";

const PATH = "/.well-known/pico-twins.json";
const LOOK_MS = 15_000;
const FILE_BYTES = 16 * 1024;
const MAX_KEYS = 100;

const proofFile = z.object({ maker: z.string(), keys: z.array(z.string()).max(MAX_KEYS) });

/** Where the file must stand. */
export const proofUrl = (domain: Domain): string => `https://${domain}${PATH}`;

/** The hash under which a key is stored, as the file names it: SHA-256 of the key's secret, in lower-case hex. */
export const fingerprintOf = (keyHash: string): string =>
  Uint8Array.fromBase64(keyHash, { alphabet: "base64url" }).toHex();

/** The other way round. `fingerprint` must be 64 hex digits. */
export const keyHashOf = (fingerprint: string): string =>
  Uint8Array.fromHex(fingerprint).toBase64({ alphabet: "base64url", omitPadding: true });

export type ProofSettings = {
  readonly target: TargetOptions;
  /** Development only: an origin that has the files of all domains, `<origin>/<domain>/.well-known/…`. */
  readonly origin: string | null;
};

/** Whether the domain's file names this fingerprint. The error says in a sentence what was found and what is wanted. */
export async function seekProof(
  domain: Domain,
  fingerprint: string,
  { target, origin }: ProofSettings,
  send: typeof fetch,
): Promise<Result<null, string>> {
  const url = origin === null ? proofUrl(domain) : `${origin}/${domain}${PATH}`;
  const wanted = `At ${proofUrl(domain)} there must be {"maker": "${domain}", "keys": ["${fingerprint}"]}.`;
  const legal = checkTarget(url, target);
  if (!legal.ok) return err(`${wanted} It was not asked for: ${legal.error}.`);
  const found = await look(legal.value, { limitMs: LOOK_MS, readBytes: FILE_BYTES }, send);
  if (found.kind !== "answer") {
    return err(
      `${wanted} ${found.kind === "timeout" ? `There was no whole answer within ${LOOK_MS / 1000} s.` : "The host could not be reached."}`,
    );
  }
  if (found.status !== 200) return err(`${wanted} The answer was ${found.status}; a redirect is not followed.`);
  const file = proofFile.safeParse(jsonOf(found.bytes));
  if (!file.success) return err(`${wanted} What stands there is not such a file.`);
  if (file.data.maker !== domain) return err(`${wanted} The file there is another maker's.`);
  return file.data.keys.includes(fingerprint)
    ? ok(null)
    : err(`${wanted} The file there names ${file.data.keys.length} keys, and not this one.`);
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
