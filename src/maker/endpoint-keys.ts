// The secrets that sign an endpoint's webhooks, derived from the root key when asked for. Never stores one.

import type { Grant } from "../domain/exchange.ts";
import type { EndpointId } from "../domain/ids.ts";
import { rootOf } from "../platform/root.ts";
import type { WebhookKeys } from "./webhook-keys.ts";

type Pair = Grant["keys"][number];

export class EndpointKeys {
  readonly #env: Env;
  readonly #keys: WebhookKeys;
  readonly #derived = new Map<string, Pair>();

  constructor(env: Env, keys: WebhookKeys) {
    this.#env = env;
    this.#keys = keys;
  }

  /** The live keys, newest first, as base64. */
  async live(endpoint: EndpointId, now: number): Promise<Pair[]> {
    return Promise.all(this.#keys.live(endpoint, now).map(({ name }) => this.#pair(name)));
  }

  async #pair(name: string): Promise<Pair> {
    const known = this.#derived.get(name);
    if (known) return known;
    const root = rootOf(this.#env);
    const [secret, seed] = await Promise.all([root.secret("webhook-v1", name), root.secret("webhook-v1a", name)]);
    const pair = { secret: secret.toBase64(), seed: seed.toBase64() };
    // Names of ended keys are not asked for again; a maker has few, and this keeps them few here too.
    if (this.#derived.size >= 100) this.#derived.clear();
    this.#derived.set(name, pair);
    return pair;
  }
}
