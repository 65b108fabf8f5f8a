// The code of an offer as a person types, pastes or scans it. Pure.

import { grouped, normalizeCrockford } from "../../domain/crockford.ts";
import { readTwinCode } from "../../domain/twin-code.ts";

const CHARACTERS = 52;

export type Typed =
  | { readonly ok: true; readonly code: string }
  | { readonly ok: false; readonly fault: "letters" }
  | { readonly ok: false; readonly fault: "short"; readonly have: number };

/** The code in what was typed, also within its link; or what is wrong with it. */
export function readCode(typed: string): Typed {
  const code = normalizeCrockford(typed.slice(typed.indexOf("#") + 1));
  if (readTwinCode(code) !== null) return { ok: true, code: grouped(code) };
  return code.length === CHARACTERS
    ? { ok: false, fault: "letters" }
    : { ok: false, fault: "short", have: code.length };
}

/** The code in a scanned link to the page of those who take over, at this address; null for any other text. */
export function codeInLink(text: string, home: string): string | null {
  const url = URL.parse(text);
  if (url?.origin !== new URL(home).origin || url.pathname !== "/h") return null;
  const read = readCode(url.hash);
  return read.ok ? read.code : null;
}
