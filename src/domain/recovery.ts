// Recovery: the owner's way back with the code on paper, and 24 hours for anyone still inside to object.

import { grouped, normalizeCrockford } from "./crockford.ts";
import { TWIN_PATTERN, type TwinId } from "./ids.ts";

export const OBJECTION_MS = 24 * 3_600_000;
/** Another channel used within this time makes the recovery wait for objections. */
export const RECENT_USE_MS = 30 * 24 * 3_600_000;
const TWIN_CHARACTERS = 26;
const SECRET_CHARACTERS = 26;

/** The code a person keeps: the twin's own 26 characters, then 128 bits of secret, in groups of four. */
export const formatRecoveryCode = (twin: TwinId, secret: string): string =>
  grouped(twin.slice("twin_".length) + secret);

/** The twin a code names and its secret half, or null for anything else. Case, spaces and hyphens are forgiven. */
export function readRecoveryCode(typed: string): { twin: TwinId; secret: string } | null {
  const code = normalizeCrockford(typed);
  const twin: TwinId = `twin_${code.slice(0, TWIN_CHARACTERS)}`;
  if (code.length !== TWIN_CHARACTERS + SECRET_CHARACTERS || !TWIN_PATTERN.test(twin)) return null;
  return { twin, secret: code.slice(TWIN_CHARACTERS) };
}

/** A recovery under way. Times in milliseconds. */
export type Recovery = { readonly startedAt: number; readonly readyAt: number };
export type RecoveryView =
  | { readonly state: "none" }
  | { readonly state: "waiting"; readonly startedAt: string; readonly readyAt: string };
