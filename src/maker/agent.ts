// The maker's agent: its own Ed25519 key, made at random at the founding, which signs decisions, endings and what the company puts on records.

import type { Domain } from "../domain/ids.ts";
import { AGENT_KEY_NAME, isAgentKeyOf, makerDid } from "../domain/terms/did.ts";
import type { Signer } from "../domain/terms/seal.ts";
import type { ResolveKey } from "../domain/terms/verify.ts";
import { publicKeyOf, signerOf } from "../platform/ed25519.ts";

/** The agent as anyone may know it: the maker's DID, the id of the key in its document, and the key's 32 bytes. */
export type AgentKey = { readonly did: string; readonly key: string; readonly publicKey: Uint8Array<ArrayBuffer> };

export class Agent {
  readonly #sql: SqlStorage;
  readonly #host: string;

  /** @param host under which this server is reached: the DID says where the agent runs. */
  constructor(sql: SqlStorage, host: string) {
    this.#sql = sql;
    this.#host = host;
  }

  keep(seed: Uint8Array<ArrayBuffer>, now: number): void {
    this.#sql.exec("INSERT OR IGNORE INTO agent (id, seed, created_at) VALUES (1, ?, ?)", seed, now);
  }

  #seed(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#sql.exec<{ seed: ArrayBuffer }>("SELECT seed FROM agent").one().seed);
  }

  signer(domain: Domain): Signer {
    return signerOf(`${makerDid(this.#host, domain)}#${AGENT_KEY_NAME}`, this.#seed());
  }

  async describe(domain: Domain): Promise<AgentKey> {
    const did = makerDid(this.#host, domain);
    return { did, key: `${did}#${AGENT_KEY_NAME}`, publicKey: await publicKeyOf(this.#seed()) };
  }

  /** Finds the key of this maker's signatures. Its host may have been another one when they were made; the key is the same. */
  resolver(domain: Domain): ResolveKey {
    return async (keyId) => (isAgentKeyOf(keyId, domain) ? publicKeyOf(this.#seed()) : null);
  }
}
