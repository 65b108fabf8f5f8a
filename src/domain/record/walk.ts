// One way through the entries, oldest first: every rule that needs no signature. It stops at the first entry that has no form.

import { bytesOfHex } from "../hex.ts";
import { isAgentKeyOf, keyIdOf, publicKeyOfDidKey } from "../terms/did.ts";
import { hasBegun } from "./day.ts";
import {
  ENTRY_SCHEMA,
  entryOf,
  KINDS_OF,
  type Body,
  type Day,
  type Entry,
  type ShownEntry,
  type TenureKeys,
} from "./entry.ts";
import type { Examine, Examined } from "./examine.ts";
import type { FaultCode, RecordFault } from "./faults.ts";
import { Growing } from "./tree.ts";

/** What the entries before one have come to. `roots[n]` is the root of the first n leaves. */
type Sofar = {
  readonly record: string;
  readonly until: Day;
  readonly seq: number;
  readonly recordedOn: Day | null;
  readonly tenures: readonly TenureKeys[];
  readonly roots: readonly string[];
  /** Each entry's own, for its salt is random. */
  readonly commitments: ReadonlySet<string>;
};

/** The tenure that is open; null before the first owner. */
const open = ({ tenures }: Sofar): number | null => (tenures.length === 0 ? null : tenures.length - 1);

function hasAuthorsKey({ by, kind, opens, proof }: Entry, { tenures }: Sofar): boolean {
  const keyId = proof.verificationMethod;
  if (by.role === "maker") return isAgentKeyOf(keyId, by.maker);
  if (by.role === "twin" && kind === "commissioning") return opens !== undefined && keyId === keyIdOf(opens.twin);
  const keys = tenures.at(-1);
  return keys !== undefined && keyId === keyIdOf(by.role === "twin" ? keys.twin : keys.owner);
}

function opensRightly({ by, kind, opens }: Entry, { tenures }: Sofar): boolean {
  if (by.role !== "twin") return opens === undefined;
  if (opens === undefined || (kind === "commissioning") !== (tenures.length === 0)) return false;
  const used = tenures.flatMap(({ twin, owner }) => [twin, owner]);
  // A key of an earlier tenure is in an earlier owner's hands.
  return [opens.twin, opens.owner].every((did) => publicKeyOfDidKey(did) !== null && !used.includes(did));
}

/** Every opening names the same label, or every one none. */
function namesItsItem({ opens }: Entry, { tenures }: Sofar): boolean {
  return (
    opens === undefined ||
    ((opens.claim === "label") === (opens.item !== null) && opens.item === (tenures[0] ?? opens).item)
  );
}

function correctsRightly({ kind, corrects }: Entry, { seq }: Sofar): boolean {
  return corrects === null ? kind !== "disputed" : corrects >= 1 && corrects < seq;
}

type Rule = readonly [FaultCode, (entry: Entry, sofar: Sofar) => boolean, string];

/** Each with what holds of a sound entry. */
const RULES: readonly Rule[] = [
  [
    "wrong-record",
    (entry, { record }) => entry.schema === ENTRY_SCHEMA && entry.record === record,
    "it belongs to another record",
  ],
  ["repeated", ({ commitment }, { commitments }) => !commitments.has(commitment), "it is there for the second time"],
  ["wrong-kind", ({ by, kind }) => KINDS_OF[by.role].includes(kind), "its author may not write entries of this kind"],
  ["wrong-opening", opensRightly, "it begins a tenure where none can begin, or does not where one must"],
  ["wrong-label", namesItsItem, "it names another label than the record began with, or none where it needs one"],
  [
    "wrong-tenure",
    ({ tenure, opens }, sofar) => tenure === (opens === undefined ? open(sofar) : sofar.tenures.length),
    "it names a tenure that was not open",
  ],
  [
    "day-backwards",
    (entry, { recordedOn }) => recordedOn === null || entry.recordedOn >= recordedOn,
    "it was recorded on a day before the entry ahead of it",
  ],
  ["day-after-checkpoint", ({ recordedOn }, { until }) => recordedOn <= until, "it was recorded after the checkpoint"],
  [
    "day-ahead",
    ({ occurredOn, recordedOn }) => hasBegun(occurredOn, recordedOn),
    "it is said to have happened after it was recorded",
  ],
  [
    "wrong-head",
    ({ seen }, { roots }) => roots[seen.size] === seen.root,
    "its author saw another record than this one",
  ],
  ["wrong-reference", correctsRightly, "it corrects nothing that is there before it"],
  ["wrong-author", hasAuthorsKey, "it is signed with a key that is not its author's"],
];

export type Walked = {
  readonly entries: readonly Entry[];
  readonly tenures: readonly TenureKeys[];
  readonly root: string;
  readonly bodies: readonly (Body | null)[];
  readonly signatures: readonly Examined["signature"][];
  readonly faults: readonly RecordFault[];
};

/** What the entries come to, and every rule that one of them breaks. `examined`: what each is by itself. `until` is the checkpoint's day. */
export async function walk(
  shown: readonly ShownEntry[],
  examined: ReturnType<Examine>,
  record: string,
  until: Day,
): Promise<Walked> {
  const entries: Entry[] = [];
  const tenures: TenureKeys[] = [];
  const bodies: (Body | null)[] = [];
  const signatures: Examined["signature"][] = [];
  const faults: RecordFault[] = [];
  const tree = new Growing();
  const roots = [tree.root()];
  const commitments = new Set<string>();
  const fault = (seq: number, code: FaultCode, detail: string): number =>
    faults.push({ code, seq, detail: `Entry ${seq}: ${detail}.` });
  through: for await (const part of examined) {
    for (const alone of part) {
      if (alone === null) break through;
      const each = shown[entries.length]!;
      const seq = entries.length + 1;
      const entry = entryOf(each);
      if (each.seq !== seq) fault(seq, "out-of-order", `it says it is entry ${each.seq}`);
      const recordedOn = entries.at(-1)?.recordedOn ?? null;
      const sofar: Sofar = { record, until, seq, recordedOn, tenures, roots, commitments };
      for (const [code, holds, detail] of RULES) if (!holds(entry, sofar)) fault(seq, code, detail);
      if (!alone.body.ok) fault(seq, alone.body.error.code, alone.body.error.detail);
      bodies.push(alone.body.ok ? alone.body.value : null);
      signatures.push(alone.signature);
      entries.push(entry);
      commitments.add(entry.commitment);
      if (entry.opens !== undefined) tenures.push(entry.opens);
      tree.append(bytesOfHex(alone.leaf));
      roots.push(tree.root());
    }
  }
  if (entries.length < shown.length) {
    const detail = "it has not the form of an entry, so that nothing from here on could be checked";
    fault(entries.length + 1, "malformed", detail);
  }
  return { entries, tenures, root: roots.at(-1)!, bodies, signatures, faults };
}
