// A live check: the twin's signed answer to a number that a buyer made up, so that whoever answers holds the twin now.

import type { Secured } from "./proof.ts";

export const PRESENCE_SCHEMA = "pico-twins/presence/1";

/** How long a buyer's number can be answered. */
export const CHALLENGE_LASTS_MS = 10 * 60_000;

export type PresenceBody = {
  readonly schema: typeof PRESENCE_SCHEMA;
  readonly record: string;
  readonly tenure: number;
  readonly share: string;
  /** The buyer's own: base64url of 32 random bytes. */
  readonly nonce: string;
  readonly at: string;
};

/** Signed with the present twin key. */
export type Presence = Secured<PresenceBody>;
