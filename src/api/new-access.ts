// The access that a new owner, or one who is back, is given: a token and a recovery code. Shown once; only their hashes are kept.

import { encodeCrockford } from "../domain/crockford.ts";
import type { TwinId } from "../domain/ids.ts";
import { CODE_SECRET_BYTES, formatTwinCode } from "../domain/twin-code.ts";
import { fingerprint } from "../platform/crypto.ts";
import { newSecret, randomBytes } from "../platform/random.ts";

/** The secret halves, and the hashes that are stored of them. */
export type NewAccess = {
  readonly secrets: { readonly token: string; readonly code: string };
  readonly tokenHash: string;
  readonly codeHash: string;
};

export async function newAccess(): Promise<NewAccess> {
  const secrets = { token: newSecret(), code: newCodeSecret() };
  const [tokenHash, codeHash] = await Promise.all([fingerprint(secrets.token), fingerprint(secrets.code)]);
  return { secrets, tokenHash, codeHash };
}

/** The secret half of a code on paper. */
export const newCodeSecret = (): string => encodeCrockford(randomBytes(CODE_SECRET_BYTES));

/** As the owner of `twin` is shown it. */
export const shownAccess = (
  twin: TwinId,
  { token, code }: NewAccess["secrets"],
): { token: string; recoveryCode: string } => ({
  token: `${twin}~${token}`,
  recoveryCode: formatTwinCode(twin, code),
});
