// How an owner's words lie at a company's desk: sealed, and veiled for the search, under keys that derive from ROOT_KEY and the company.
// Used by whoever tells the desk and whoever reads from it; the desk's objects never hold a key.

import type { Headline } from "../domain/desk.ts";
import type { Domain, EventId } from "../domain/ids.ts";
import { veiled, veiledWords, wordsIn, type VeilKey } from "../domain/veil.ts";
import { derivedBytes } from "./crypto.ts";
import { openText, SEALING_KEY_BYTES, sealingKey, sealText } from "./sealing.ts";

const VEIL_BYTES = 8;
const MAX_COVERS = 1_000;
const MAX_SEARCHED = 20;

export class Cover {
  readonly #key: CryptoKey;
  readonly #veil: VeilKey;

  constructor(key: CryptoKey, veil: VeilKey) {
    this.#key = key;
    this.#veil = veil;
  }

  /** As `sealText`, bound to the note. */
  seal(note: string, headline: Headline): Promise<string> {
    return sealText(this.#key, JSON.stringify(headline), note);
  }

  /** @throws OperationError when it was not sealed for this note under this key. */
  async open(note: string, sealed: string): Promise<Headline> {
    return JSON.parse(await openText(this.#key, sealed, note)) as Headline;
  }

  /** What an endpoint answered to an event: it may repeat the event's words. */
  sealAnswer(event: EventId, answer: string): Promise<string> {
    return sealText(this.#key, answer, event);
  }

  /** @throws OperationError when it was not sealed for this event under this key. */
  openAnswer(event: EventId, sealed: string): Promise<string> {
    return openText(this.#key, sealed, event);
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
  const bytes = await derivedBytes(rootKey, `desk\n${maker}`, SEALING_KEY_BYTES + VEIL_BYTES);
  const key = await sealingKey(bytes.slice(0, SEALING_KEY_BYTES));
  const halves = new DataView(bytes.buffer, SEALING_KEY_BYTES);
  return new Cover(key, [halves.getInt32(0), halves.getInt32(4)]);
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
