// The tree is RFC 6962's: its published values come out, and keeping only the right edge changes nothing.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { appendLeaf, EMPTY, leafOf, rootOf, type Frontier } from "../../../src/domain/record/tree.ts";
import vectors from "../../vectors/merkle-tree.json";
import { bytesOfHex, hexOf } from "../terms/parties.ts";

const grown = (leaves: readonly string[]): Frontier => leaves.reduce(appendLeaf, EMPTY);

const sha256 = async (...parts: readonly Uint8Array[]): Promise<string> =>
  hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(parts.flatMap((part) => [...part])))));

/** The definition of RFC 6962, 2.1, word for word: split at the largest power of two smaller than n. */
async function definition(data: readonly Uint8Array[]): Promise<string> {
  if (data.length === 0) return sha256();
  if (data.length === 1) return sha256(Uint8Array.of(0), data[0]!);
  let split = 1;
  while (split * 2 < data.length) split *= 2;
  const [left, right] = [await definition(data.slice(0, split)), await definition(data.slice(split))];
  return sha256(Uint8Array.of(1), bytesOfHex(left), bytesOfHex(right));
}

describe("the tree over the entries", () => {
  test.each(vectors.roots.map((root, size) => ({ size, root })))(
    "has the published root over $size leaves",
    ({ size, root }) => {
      expect(rootOf(grown(vectors.leaves.slice(0, size).map((leaf) => leafOf(bytesOfHex(leaf)))))).toBe(root);
    },
  );

  test("has the root that the definition gives, whatever is appended", async () => {
    const data = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 70 });
    await fc.assert(
      fc.asyncProperty(data, async (leaves) => {
        const frontier = grown(leaves.map((leaf) => leafOf(leaf)));
        expect(frontier.size).toBe(leaves.length);
        expect(rootOf(frontier)).toBe(await definition(leaves));
      }),
      { numRuns: 60 },
    );
  });

  test("keeps one digest for each 1 in its size, so that a thousand entries are ten at most", () => {
    let frontier = EMPTY;
    for (let size = 1; size <= 1_000; size++) {
      frontier = appendLeaf(frontier, leafOf(String(size)));
      expect(frontier.peaks).toHaveLength(size.toString(2).replaceAll("0", "").length);
    }
  });
});
