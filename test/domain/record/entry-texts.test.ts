// The texts that an entry is hashed and signed as are the canonical form (RFC 8785) of it, whatever is in it.

import fc from "fast-check";
import { expect, test } from "vitest";
import { canonical } from "../../../src/domain/json.ts";
import { ENTRY_KINDS, ENTRY_SCHEMA, entryTexts, type Entry } from "../../../src/domain/record/entry.ts";

const text = fc.string({ unit: "grapheme" });
const place = fc.nat();
const shuffled = <T extends object>(value: T): fc.Arbitrary<T> =>
  fc
    .shuffledSubarray(Object.entries(value), { minLength: Object.keys(value).length })
    .map((members) => Object.fromEntries(members) as T);

const author: fc.Arbitrary<Entry["by"]> = fc.oneof(
  fc.constantFrom({ role: "twin" as const }, { role: "owner" as const }, { role: "channel" as const }),
  text.map((maker) => ({ role: "maker" as const, maker })),
);
const proof: fc.Arbitrary<Entry["proof"]> = fc.record({
  type: fc.constant("DataIntegrityProof"),
  cryptosuite: fc.constant("eddsa-jcs-2022"),
  verificationMethod: text,
  proofPurpose: fc.constant("assertionMethod"),
  proofValue: text,
});
const entry: fc.Arbitrary<Entry> = fc.record(
  {
    schema: fc.constant(ENTRY_SCHEMA),
    record: text,
    kind: fc.constantFrom(...ENTRY_KINDS),
    tenure: fc.option(place),
    by: author.chain(shuffled),
    recordedOn: text,
    occurredOn: text,
    corrects: fc.option(place),
    commitment: text,
    seen: fc.record({ size: place, root: text }).chain(shuffled),
    opens: fc
      .record({
        twin: text,
        owner: text,
        claim: fc.constantFrom("label" as const, "none" as const),
        item: fc.option(text),
      })
      .chain(shuffled),
    proof: proof.chain(shuffled),
  },
  {
    requiredKeys: [
      "schema",
      "record",
      "kind",
      "tenure",
      "by",
      "recordedOn",
      "occurredOn",
      "corrects",
      "commitment",
      "seen",
      "proof",
    ],
  },
);

test("an entry's texts are canonical, with its proof and without, however its members came", () => {
  fc.assert(
    fc.property(entry.chain(shuffled), (made) => {
      const { proof: _, ...unproven } = made;
      expect(entryTexts(made)).toEqual({ whole: canonical(made), unproven: canonical(unproven) });
    }),
  );
});
