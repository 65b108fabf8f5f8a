// What a buyer is shown: the record with its checkpoint and counts, and what it is said to be a record of.

import type { Domain } from "../ids.ts";
import type { LabelHash } from "../label-hash.ts";
import type { Proof } from "../product.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { Count } from "./count.ts";
import type { ShownEntry } from "./entry.ts";

export type ShownProduct = {
  readonly name: string;
  readonly model: string | null;
  readonly gtin: string | null;
  readonly maker: { readonly id: Domain; readonly name: string | null; readonly verified: boolean } | null;
  readonly proof: Proof;
};

/** All that is checked: the entries oldest first, all of them. */
export type ShownRecord = {
  readonly checkpoint: Checkpoint;
  readonly entries: readonly ShownEntry[];
  readonly counts: readonly Count[];
};

/** `label` opens the item that the openings name: null without a label, and where its serial could be found by trying. */
export type ShownHistory = ShownRecord & { readonly product: ShownProduct; readonly label: LabelHash | null };
