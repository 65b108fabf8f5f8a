// A bundle: the file in which a buyer keeps what was shown, to be checked later without any server.

import type { Domain } from "../ids.ts";
import type { DidDocument } from "./company-keys.ts";
import type { ShownHistory } from "./shown.ts";

export const BUNDLE_SCHEMA = "pico-twins/bundle/1";

export type Bundle = {
  readonly schema: typeof BUNDLE_SCHEMA;
  /** When it was saved, RFC 3339. Nobody vouches for it; the checkpoint says when the record stood like this. */
  readonly savedAt: string;
  readonly history: ShownHistory;
  /** The companies' DID documents, as the page had them. */
  readonly keys: Readonly<Record<Domain, DidDocument>>;
  /** The photos of disclosed bodies in base64, by their SHA-256 in hex. */
  readonly photos: Readonly<Record<string, string>>;
};
