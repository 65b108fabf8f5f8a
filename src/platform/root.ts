// What is derived from ROOT_KEY: the proof in twin ids, the names of items, claim codes, webhook secrets, the key for push services.
// Nothing here is stored: whoever holds the root key can make it again.

import { encodeCrockford } from "../domain/crockford.ts";
import { MAC_LENGTH, TWIN_PATTERN, twinBody, twinIdOf, twinParts, type TwinId } from "../domain/ids.ts";
import { NOISE_BYTES } from "../domain/notice.ts";
import { bytesOf, derivedBytes, equalInConstantTime, hmac, importHmac } from "./crypto.ts";
import { keyOf, scalarOf, SEED_BYTES, type P256Key } from "./p256.ts";

const ITEM_BYTES = 10;
const MAC_BYTES = 5;
const CODE_BYTES = 10;
const KNOWN_IDS = 10_000;

export class Root {
  readonly #key: Promise<CryptoKey>;
  // A MAC costs more than the rest of a hot request's checks; ids seen right once are remembered.
  readonly #known = new Set<string>();
  readonly #rootKey: string;
  #vapid: Promise<P256Key> | undefined;

  constructor(rootKey: string) {
    this.#rootKey = rootKey;
    this.#key = importHmac(bytesOf(rootKey));
  }

  async #derive(purpose: string, text: string): Promise<Uint8Array<ArrayBuffer>> {
    return hmac(await this.#key, `pico-twins/${purpose}\n${text}`);
  }

  /** The 16 characters that name a labelled item. `gtin` is a GTIN-14. */
  async labelledItem(gtin: string, serial: string): Promise<string> {
    return encodeCrockford((await this.#derive("item", `${gtin}\n${serial}`)).subarray(0, ITEM_BYTES));
  }

  /** The 16 characters of an item made by a request without a token: the same for the same Idempotency-Key. */
  async repeatedItem(idempotencyKey: string): Promise<string> {
    return encodeCrockford((await this.#derive("started-item", idempotencyKey)).subarray(0, ITEM_BYTES));
  }

  /** The n-th serial of a label batch: 16 characters, the same for the same Idempotency-Key and maker. */
  async repeatedSerial(maker: string, idempotencyKey: string, n: number): Promise<string> {
    return encodeCrockford((await this.#derive("serial", `${maker}\n${idempotencyKey}\n${n}`)).subarray(0, CODE_BYTES));
  }

  /** The code inside the packaging: 80 bits, 16 characters. */
  async claimCode(gtin: string, serial: string): Promise<string> {
    return encodeCrockford((await this.#derive("claim", `${gtin}\n${serial}`)).subarray(0, CODE_BYTES));
  }

  /** 32 bytes for a webhook secret or signing seed; `name` holds a random part, so deleting its row ends the secret. */
  secret(purpose: "webhook-v1" | "webhook-v1a" | "inbound", name: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.#derive(purpose, name);
  }

  /** What blurs how far a notice came (`src/domain/notice.ts`): its maker can't know it, and each notice has its own. */
  async noticeNoise(notice: string): Promise<Uint8Array> {
    return (await this.#derive("notice-noise", notice)).subarray(0, NOISE_BYTES);
  }

  /** How an owner who counts themselves in stands in a company's count: the same at each telling, and nobody can tell whose it is. */
  async meTooMark(twin: TwinId, issue: string): Promise<string> {
    return encodeCrockford(await this.#derive("me-too", `${twin}\n${issue}`));
  }

  /** The key that names this server to push services (VAPID, RFC 8292); browsers bind their subscriptions to it. */
  vapid(): Promise<P256Key> {
    this.#vapid ??= derivedBytes(this.#rootKey, "vapid", SEED_BYTES).then((seed) => keyOf(scalarOf(seed)));
    return this.#vapid;
  }

  async twinId(item: string, tenure: number): Promise<TwinId> {
    const body = twinBody(item, tenure);
    return twinIdOf(
      body,
      encodeCrockford((await this.#derive("twin", body)).subarray(0, MAC_BYTES)).slice(0, MAC_LENGTH),
    );
  }

  /** Whether this server made the id: its form and its MAC. */
  async isTwinId(text: string): Promise<boolean> {
    if (this.#known.has(text)) return true;
    if (!TWIN_PATTERN.test(text)) return false;
    const { item, tenure } = twinParts(text as TwinId);
    if (!equalInConstantTime(await this.twinId(item, tenure), text)) return false;
    if (this.#known.size >= KNOWN_IDS) this.#known.clear();
    this.#known.add(text);
    return true;
  }
}

let current: { key: string; root: Root } | undefined;

/** The root of this isolate; made once. */
export function rootOf(env: { ROOT_KEY: string }): Root {
  if (current?.key !== env.ROOT_KEY) current = { key: env.ROOT_KEY, root: new Root(env.ROOT_KEY) };
  return current.root;
}
