// Who is asking: the bearer token of a request, taken apart and hashed. Whether it is good, its object says.

import { isDomain, tokenParts, type Domain, type TwinId } from "../domain/ids.ts";
import { equalInConstantTime, fingerprint } from "../platform/crypto.ts";
import { rootOf } from "../platform/root.ts";

const BEARER = /^Bearer +([!-~]+)$/i;

export const bearerOf = (request: Request): string | null =>
  BEARER.exec(request.headers.get("Authorization") ?? "")?.[1] ?? null;

/** The hash of the secret in a channel's token, when the token names exactly this twin and the twin's id proves itself. */
export async function channelCredential(env: Env, token: string | null, twin: string): Promise<string | null> {
  const parts = token === null ? null : tokenParts(token);
  if (!parts || parts.name !== twin || !(await rootOf(env).isTwinId(twin))) return null;
  return fingerprint(parts.secret);
}

/** The hash of the secret in a maker's key, when the key names exactly this maker. Whether the maker exists, the directory says. */
export async function makerCredential(token: string | null, maker: Domain): Promise<string | null> {
  const parts = token === null ? null : tokenParts(token);
  return parts && parts.name === maker && isDomain(maker) ? fingerprint(parts.secret) : null;
}

export const isOperator = async (env: Env, token: string | null): Promise<boolean> =>
  token !== null && equalInConstantTime(await fingerprint(token), await fingerprint(env.OPERATOR_KEY));

/** The twin a token names, once its id has proven itself. */
export const twinNamed = async (env: Env, text: string): Promise<TwinId | null> =>
  (await rootOf(env).isTwinId(text)) ? (text as TwinId) : null;
