// What is shown once of a webhook's keys: made from their random name and the root key, as whoever delivers makes them.

import { rootOf } from "../platform/root.ts";
import { formatPublicKey, formatSecret, publicKeyOf, type SigningKey } from "../relay/sign.ts";

export async function endpointKey(env: Env, name: string): Promise<SigningKey> {
  const [secret, seed] = await Promise.all([
    rootOf(env).secret("webhook-v1", name),
    rootOf(env).secret("webhook-v1a", name),
  ]);
  return { secret, seed };
}

export const publicKeyFor = async (env: Env, name: string): Promise<string> =>
  formatPublicKey(await publicKeyOf(await rootOf(env).secret("webhook-v1a", name)));

/** `whsec_…` and `whpk_…` of an endpoint's key. */
export async function endpointSecrets(env: Env, name: string): Promise<{ secret: string; publicKey: string }> {
  const { secret } = await endpointKey(env, name);
  return { secret: formatSecret(secret), publicKey: await publicKeyFor(env, name) };
}

/** `whsec_…` of the inbound door. */
export const inboundSecret = async (env: Env, name: string): Promise<string> =>
  formatSecret(await rootOf(env).secret("inbound", name));
