// How an owner's words lie at a company's desk: sealed, and veiled for the search, under keys that derive from ROOT_KEY and the company.
// Used by whoever tells the desk and whoever reads from it; the desk's objects never hold a key.

import type { Headline } from "../domain/desk.ts";
import type { Domain } from "../domain/ids.ts";
import { veiled, veiledWords, wordsIn, type VeilKey } from "../domain/veil.ts";
import { bytesOf, derivedBytes } from "./crypto.ts";
import { randomBytes } from "./random.ts";

const KEY_BYTES = 32;
const VEIL_BYTES = 8;
const NONCE_BYTES = 12;
const MAX_COVERS = 1_000;
const MAX_SEARCHED = 20;

export class Cover {
  readonly #key: CryptoKey;
  readonly #veil: VeilKey;

  constructor(key: CryptoKey, veil: VeilKey) {
    this.#key = key;
    this.#veil = veil;
  }

  /** AES-256-GCM, bound to the note; nonce and ciphertext as base64. */
  async seal(note: string, headline: Headline): Promise<string> {
    const iv = randomBytes(NONCE_BYTES);
    const text = bytesOf(JSON.stringify(headline));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytesOf(note) }, this.#key, text);
    return `${iv.toBase64()}.${new Uint8Array(sealed).toBase64()}`;
  }

  /** @throws OperationError when it was not sealed for this note under this key. */
  async open(note: string, sealed: string): Promise<Headline> {
    const [iv = "", data = ""] = sealed.split(".");
    const open = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: Uint8Array.fromBase64(iv), additionalData: bytesOf(note) },
      this.#key,
      Uint8Array.fromBase64(data),
    );
    return JSON.parse(new TextDecoder().decode(open)) as Headline;
  }

  /** All words of a text, to be found by. */
  words(text: string): string {
    return veiledWords(this.#veil, text);
  }

  /** What a person typed into the search, in its order. */
  searched(typed: string): string[] {
    return wordsIn(typed)
      .slice(0, MAX_SEARCHED)
      .map((word) => veiled(this.#veil, word));
  }
}

async function makeCover(rootKey: string, maker: Domain): Promise<Cover> {
  const bytes = await derivedBytes(rootKey, `desk\n${maker}`, KEY_BYTES + VEIL_BYTES);
  const key = await crypto.subtle.importKey("raw", bytes.slice(0, KEY_BYTES), "AES-GCM", false, ["encrypt", "decrypt"]);
  const halves = new DataView(bytes.buffer);
  return new Cover(key, [halves.getInt32(KEY_BYTES), halves.getInt32(KEY_BYTES + 4)]);
}

let covers: { rootKey: string; of: Map<Domain, Promise<Cover>> } | undefined;

/** A company's, made once an isolate. */
export function coverOf(env: { ROOT_KEY: string }, maker: Domain): Promise<Cover> {
  if (covers?.rootKey !== env.ROOT_KEY || covers.of.size >= MAX_COVERS)
    covers = { rootKey: env.ROOT_KEY, of: new Map() };
  const made = covers.of.get(maker) ?? makeCover(env.ROOT_KEY, maker);
  covers.of.set(maker, made);
  return made;
}
