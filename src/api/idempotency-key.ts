// The Idempotency-Key header, as the objects need it: hashes, and a seal for what must stay secret in a kept answer.

import { invalid, type Failure } from "../domain/failure.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { fingerprint, sha256 } from "../platform/crypto.ts";
import type { Answer, Idem } from "../platform/idempotency.ts";
import { derivedSealingKey, openText, sealText } from "../platform/sealing.ts";

const KEY = /^[ -~]{1,255}$/;
const PURPOSE = "idempotent-answer";
/** Without a token the key itself names what is made, so it must be hard to guess. */
export const UNAUTHENTICATED_KEY_LENGTH = 22;

export type Keyed = { readonly key: string; readonly idem: Idem };

/** The request's key with its hashes: of the key within `owner` (a credential's hash), and of the whole request. */
export async function keyOf(request: Request, owner: string, body: Uint8Array): Promise<Result<Keyed | null, Failure>> {
  const key = request.headers.get("Idempotency-Key");
  if (key === null) return ok(null);
  if (!KEY.test(key)) return err(invalid("Idempotency-Key", "must be 1 to 255 printable ASCII characters"));
  const { pathname, search } = new URL(request.url);
  const [keyHash, bodyHash] = await Promise.all([
    fingerprint(`${owner}\n${key}`),
    sha256(body).then((digest) => fingerprint(`${request.method} ${pathname}${search}\n${digest.toHex()}`)),
  ]);
  return ok({ key, idem: { keyHash, bodyHash } });
}

const sealingKeyOf = ({ key }: Keyed): Promise<CryptoKey> => derivedSealingKey(key, PURPOSE);

/** The `idem` to send along when part of the answer is secret. */
export async function sealing(keyed: Keyed | null, secret: object): Promise<Idem | undefined> {
  if (!keyed) return undefined;
  return { ...keyed.idem, sealed: await sealText(await sealingKeyOf(keyed), JSON.stringify(secret)) };
}

/** The secret part of an answer: the kept one when it is a repeat, else the one just made. */
export async function secretOf<S extends object>(keyed: Keyed | null, answer: Answer<unknown>, made: S): Promise<S> {
  if (!answer.replayed || !keyed || answer.sealed === null) return made;
  return JSON.parse(await openText(await sealingKeyOf(keyed), answer.sealed)) as S;
}
