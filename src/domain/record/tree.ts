// The Merkle tree over the entries (RFC 6962, 2.1). Only its right edge is kept: an append costs the logarithm of its size.

import { bytesOfHex, hexOf } from "../hex.ts";
import { digestOf, type Octets } from "./digest.ts";
import { entryText, type Entry } from "./entry.ts";

/** The roots of the full trees that `size` leaves divide into, the largest first: one for each 1 in the size's binary digits. */
export type Frontier = { readonly size: number; readonly peaks: readonly string[] };

export const EMPTY: Frontier = { size: 0, peaks: [] };

const LEAF = Uint8Array.of(0x00);
const NODE = Uint8Array.of(0x01);

/** The leaf of these bytes (64 of hex). */
export const leafOf = (data: Uint8Array | string): string => hexOf(digestOf(LEAF, data));

/** The leaf of an entry: of the canonical text of all of it, proof included. */
export const leafHash = (entry: Entry): string => leafOf(entryText(entry));

const nodeOf = (left: Octets, right: Octets): Octets => digestOf(NODE, left, right);

/** One more leaf, whose place is `size`. */
function grow(peaks: Octets[], size: number, leaf: Octets): void {
  let peak = leaf;
  // As in adding one to a binary number: each trailing 1 is a full tree that this leaf completes to one of twice its size.
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) peak = nodeOf(peaks.pop()!, peak);
  peaks.push(peak);
}

const top = (peaks: readonly Octets[]): Octets =>
  peaks.length === 0 ? digestOf() : peaks.reduceRight((right, left) => nodeOf(left, right));

/** The frontier with one more leaf. */
export function appendLeaf({ size, peaks }: Frontier, leaf: string): Frontier {
  const grown = peaks.map(bytesOfHex);
  grow(grown, size, bytesOfHex(leaf));
  return { size: size + 1, peaks: grown.map(hexOf) };
}

/** The root of the tree (64 of hex); of no leaves, the digest of nothing. */
export const rootOf = ({ peaks }: Frontier): string => hexOf(top(peaks.map(bytesOfHex)));

/** A tree that grows in place, for whoever goes through many leaves. */
export class Growing {
  readonly #peaks: Octets[] = [];
  #size = 0;

  append(leaf: Octets): void {
    grow(this.#peaks, this.#size, leaf);
    this.#size += 1;
  }

  root(): string {
    return hexOf(top(this.#peaks));
  }
}
