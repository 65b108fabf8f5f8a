// Somebody with a reply link and a browser: its key is made there with Web Crypto, and signs what they decide. All through the public API.

import { writeDecision, type Choice } from "../../src/domain/terms/decision.ts";
import { didKey, keyIdOf } from "../../src/domain/terms/did.ts";
import type { DecisionBody, ProfferBody } from "../../src/domain/terms/record.ts";
import { signBody, type Signed, type Signer } from "../../src/domain/terms/seal.ts";
import type { Answer, Client } from "./client.ts";
import type { TestOwner } from "./people.ts";

export const ERIKA = { name: "Erika Muster", company: "Muster Kessel GmbH" };

export class Holder {
  readonly #api: Client;
  /** What stands after the `#` of the link's address. */
  readonly token: string;
  readonly did: string;
  readonly signer: Signer;

  constructor(api: Client, token: string, did: string, key: CryptoKey) {
    this.#api = api;
    this.token = token;
    this.did = did;
    this.signer = {
      key: keyIdOf(did),
      sign: async (bytes) => new Uint8Array(await crypto.subtle.sign({ name: "Ed25519" }, key, new Uint8Array(bytes))),
    };
  }

  static async at(api: Client, url: string): Promise<Holder> {
    const pair = (await crypto.subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"])) as CryptoKeyPair;
    const raw = (await crypto.subtle.exportKey("raw", pair.publicKey)) as ArrayBuffer;
    return new Holder(api, new URL(url).hash.slice(1), didKey(new Uint8Array(raw)), pair.privateKey);
  }

  post = (path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    this.#api.post(`/v1/reply-links/${path}`, body, this.token, headers);
  get = (path: string): Promise<Answer> => this.#api.get(`/v1/reply-links/${path}`, this.token);

  ask = (person: Partial<typeof ERIKA & { key: string }> = {}): Promise<Answer> =>
    this.post("proffer", { ...ERIKA, key: this.did, ...person });

  /** The decision about what was proffered, signed here; `change` makes it another one than it should be. */
  async decide(
    proffer: Signed<ProfferBody>,
    choice: Choice = { decision: "accepted", chosen: proffer.body.preferred.code },
    change: (body: DecisionBody) => DecisionBody = (body) => body,
    signer = this.signer,
  ): Promise<Signed<DecisionBody>> {
    return signBody("decision", change(await writeDecision(proffer, choice, Date.now(), "human")), signer);
  }

  /** Asks for the proffer and accepts what its owner prefers. */
  async accept(): Promise<Answer> {
    const { body } = await this.ask();
    return this.post("decision", { decision: await this.decide(body.proffer) });
  }
}

/** A reply link of this note's, as its owner is shown it. */
export async function lend(api: Client, owner: TestOwner, note: string, input: object = {}): Promise<any> {
  const { status, body } = await api.post(`/v1/twins/${owner.twin}/notes/${note}/reply-links`, input, owner.token);
  if (status !== 201) throw new Error(`the link answered ${status} ${JSON.stringify(body)}`);
  return body;
}
