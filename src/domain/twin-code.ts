// A code that a person keeps or passes on: it names a twin and holds a secret. Recovery codes are such, and those of offers.

import { grouped, normalizeCrockford } from "./crockford.ts";
import { TWIN_PATTERN, type TwinId } from "./ids.ts";

const TWIN_CHARACTERS = 26;
const SECRET_CHARACTERS = 26;
/** 128 bits, written as 26 characters. */
export const CODE_SECRET_BYTES = 16;

/** The twin's own 26 characters, then 128 bits of secret, in groups of four. */
export const formatTwinCode = (twin: TwinId, secret: string): string => grouped(twin.slice("twin_".length) + secret);

/** The twin a code names and its secret half, or null for anything else. Case, spaces and hyphens are forgiven. */
export function readTwinCode(typed: string): { twin: TwinId; secret: string } | null {
  const code = normalizeCrockford(typed);
  const twin: TwinId = `twin_${code.slice(0, TWIN_CHARACTERS)}`;
  if (code.length !== TWIN_CHARACTERS + SECRET_CHARACTERS || !TWIN_PATTERN.test(twin)) return null;
  return { twin, secret: code.slice(TWIN_CHARACTERS) };
}
