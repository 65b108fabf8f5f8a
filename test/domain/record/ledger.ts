// Writes records as their authors would, with fixed keys: what the tests then tamper with. `rewrite` is what a dishonest host could do.

import { base64urlOf } from "../../../src/domain/base64url.ts";
import { hashOfLabel, type Label, type LabelHash } from "../../../src/domain/label-hash.ts";
import { commitmentOf, disclose } from "../../../src/domain/record/commitment.ts";
import { CHECKPOINT_SCHEMA, type Checkpoint, type CheckpointStatus } from "../../../src/domain/record/checkpoint.ts";
import { COUNT_SCHEMA, type Count, type CountBody } from "../../../src/domain/record/count.ts";
import {
  EMPTY_BODY,
  ENTRY_SCHEMA,
  entryOf,
  type Body,
  type Day,
  type Header,
  type ShownEntry,
} from "../../../src/domain/record/entry.ts";
import { secure } from "../../../src/domain/record/proof.ts";
import type { ShownHistory } from "../../../src/domain/record/shown.ts";
import { appendLeaf, EMPTY, leafHash, rootOf, type Frontier } from "../../../src/domain/record/tree.ts";
import { didKey, keyIdOf } from "../../../src/domain/terms/did.ts";
import type { Signer } from "../../../src/domain/terms/seal.ts";
import { LAMO, LAMO_DID, partyOf } from "../terms/parties.ts";

export const RECORD = "0123456789abcdef";
export const OTHER_RECORD = "fedcba9876543210";
/** Another one for each entry. */
const saltOf = (seq: number): string => base64urlOf(Uint8Array.of(...new Uint8Array(14), seq >> 8, seq & 255));

const holder = (seed: string) => partyOf(seed.repeat(32), (publicKey) => keyIdOf(didKey(publicKey)));

/** The two keys of a tenure. */
export type Keys = { readonly twin: Signer; readonly owner: Signer };
const keysOf = async (twin: string, owner: string): Promise<Keys> => ({
  twin: (await holder(twin)).signer,
  owner: (await holder(owner)).signer,
});
export const first = await keysOf("10", "11");
export const second = await keysOf("20", "21");
export const stranger = await keysOf("30", "31");
export const lamo = (await partyOf("01".repeat(32), () => `${LAMO_DID}#agent`)).signer;
export const LAMO_KEY = (await partyOf("01".repeat(32), () => "")).publicKey;
export const maker = { role: "maker", maker: LAMO } as const;
export { LAMO };
/** The thing's label, and what opens the name that its record has for it. */
export const LABEL: Label = { gtin: "09521234543213", serial: "k7m2q9x4t0vbr5hn" };
const SALT = base64urlOf(new Uint8Array(32).fill(5));
export const LABEL_HASH: LabelHash = { salt: SALT, hash: hashOfLabel(SALT, LABEL) };

const didOf = ({ key }: Signer): string => key.slice(0, key.indexOf("#"));

export type Words = Partial<Omit<Header, "schema" | "commitment">> & { readonly body?: Partial<Body> };

/** A record in the making, and the head it has come to. */
export class Ledger {
  readonly record: string;
  readonly entries: ShownEntry[] = [];
  #tree: Frontier = EMPTY;
  #tenure: number | null = null;
  #keys: Keys | null = null;
  #claim: "label" | "none" = "none";

  constructor(record = RECORD) {
    this.record = record;
  }

  head(): { readonly size: number; readonly root: string } {
    return { size: this.#tree.size, root: rootOf(this.#tree) };
  }

  /** Appends an entry; whatever `words` leave out is as it should be. */
  async write(signer: Signer, on: Day, words: Words & Pick<Header, "kind" | "by">): Promise<ShownEntry> {
    const seq = this.#tree.size + 1;
    const { body, ...header } = words;
    const disclosure = disclose(saltOf(seq), { ...EMPTY_BODY, ...body });
    const entry = await secure(
      {
        schema: ENTRY_SCHEMA,
        record: this.record,
        tenure: this.#tenure,
        recordedOn: on,
        occurredOn: on,
        corrects: null,
        commitment: commitmentOf(disclosure),
        seen: this.head(),
        ...header,
      } satisfies Header,
      signer,
    );
    const shown = { seq, ...entry, disclosure, erased: false };
    this.entries.push(shown);
    this.#tree = appendLeaf(this.#tree, leafHash(entry));
    return shown;
  }

  /** A tenure begins: the first, or the next after a handover. `signer` is who should not have, where it is another than the twin. */
  async open(
    keys: Keys,
    on: Day,
    claim: "label" | "none" = "label",
    signer = this.#keys?.twin ?? keys.twin,
  ): Promise<void> {
    const kind = this.#tenure === null ? "commissioning" : "accepting";
    const tenure = (this.#tenure ?? -1) + 1;
    const item = claim === "label" ? LABEL_HASH.hash : null;
    const opens = { twin: didOf(keys.twin), owner: didOf(keys.owner), claim, item };
    await this.write(signer, on, { kind, by: { role: "twin" }, tenure, opens });
    this.#claim = claim;
    this.#tenure = tenure;
    this.#keys = keys;
  }

  owner(kind: Header["kind"], on: Day, words: Words = {}): Promise<ShownEntry> {
    return this.write(this.#keys!.owner, on, { kind, by: { role: "owner" }, ...words });
  }

  channel(kind: Header["kind"], on: Day, words: Words = {}): Promise<ShownEntry> {
    return this.write(this.#keys!.owner, on, { kind, by: { role: "channel" }, ...words });
  }

  maker(kind: Header["kind"], on: Day, words: Words = {}): Promise<ShownEntry> {
    return this.write(lamo, on, { kind, by: maker, ...words });
  }

  checkpoint(at: string, status: CheckpointStatus = "current", signer = this.#keys!.twin): Promise<Checkpoint> {
    const body = {
      schema: CHECKPOINT_SCHEMA,
      record: this.record,
      tenure: this.#tenure ?? 0,
      ...this.head(),
      at,
      status,
    } as const;
    return secure(body, signer);
  }

  count(by: CountBody["by"], signer: Signer, count: number, asOf: Day): Promise<Count> {
    return secure({ schema: COUNT_SCHEMA, record: this.record, by, count, asOf }, signer);
  }

  async shown(at: string, counts: readonly Count[] = []): Promise<ShownHistory> {
    const product = { name: "Lamp", model: null, gtin: LABEL.gtin, maker: null, proof: this.#claim };
    const label = this.#claim === "label" ? LABEL_HASH : null;
    return { product, label, checkpoint: await this.checkpoint(at), entries: [...this.entries], counts };
  }
}

/** What is left of a share once it has been shown with some entries withheld. */
export const withholding = (shown: ShownHistory, ...seqs: readonly number[]): ShownHistory => ({
  ...shown,
  entries: shown.entries.map((entry) => (seqs.includes(entry.seq) ? { ...entry, disclosure: null } : entry)),
});

/** Entries numbered anew and vouched for anew, as whoever holds the present twin key could: nobody else's signature is made again. */
export async function vouchedAgain(
  shown: ShownHistory,
  entries: readonly ShownEntry[],
  twin: Signer,
): Promise<ShownHistory> {
  const { proof: _, ...before } = shown.checkpoint;
  const tree = entries.map((entry) => leafHash(entryOf(entry))).reduce(appendLeaf, EMPTY);
  const checkpoint = await secure({ ...before, size: tree.size, root: rootOf(tree) }, twin);
  return { ...shown, checkpoint, entries: entries.map((entry, at) => ({ ...entry, seq: at + 1 })) };
}
