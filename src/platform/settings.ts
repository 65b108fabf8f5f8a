// The environment's settings, read in one place. What each may be, the start command checks.

/** The origin that links, labels and DIDs name. */
export const publicOrigin = (env: Env): string => new URL(env.PUBLIC_URL || "http://127.0.0.1:8787").origin;

/** A limit by name; 0 is none. */
export const limitOf = (
  env: Env,
  name: "LIMIT_ANONYMOUS" | "LIMIT_FAILED_CLAIMS" | "LIMIT_CHANNEL_WRITES" | "LIMIT_INBOUND",
): number => Number(env[name] ?? 0);

/** Development only: where the files that prove domains are looked for instead of at the domains themselves; null everywhere else. */
export const proofOrigin = (env: Pick<Env, "ALLOW_LOOPBACK_WEBHOOKS" | "DOMAIN_PROOF_ORIGIN">): string | null =>
  env.ALLOW_LOOPBACK_WEBHOOKS === "1" && env.DOMAIN_PROOF_ORIGIN ? env.DOMAIN_PROOF_ORIGIN : null;

const KEY_CHARACTERS = 32;

/** Whether both secrets are there. The start command makes them; on Cloudflare the operator must. */
export const isSetUp = (env: Partial<Pick<Env, "ROOT_KEY" | "OPERATOR_KEY">>): boolean =>
  (env.ROOT_KEY?.length ?? 0) >= KEY_CHARACTERS && (env.OPERATOR_KEY?.length ?? 0) >= KEY_CHARACTERS;
