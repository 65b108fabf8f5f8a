// Whether a shown record is what its authors recorded: the same rules for the buyer's page, the server's tests and the offline verifier.
// It fetches nothing and trusts nothing but the keys that the record itself introduces and those `resolve` gives.

import { dayOf, millisOf } from "../instant.ts";
import type { LabelHash } from "../label-hash.ts";
import type { Proof } from "../product.ts";
import { isAgentKeyOf, keyIdOf } from "../terms/did.ts";
import type { ResolveKey } from "../terms/verify.ts";
import { isStale, type Checkpoint, type CheckpointStatus } from "./checkpoint.ts";
import { COUNT_SCHEMA, isByChannelOf, isByMaker, upTo, type Count, type CountBody } from "./count.ts";
import type { Body, Day, Entry } from "./entry.ts";
import { examineAll, type Examine } from "./examine.ts";
import type { FaultCode, RecordFault } from "./faults.ts";
import { isCheckpoint, isCount, isLabelHash } from "./form.ts";
import { checkpointFaults, signatureFault, type Present } from "./present.ts";
import type { Secured } from "./proof.ts";
import type { ShownProduct, ShownRecord } from "./shown.ts";
import { documentDigest, signatureCheck, type SignatureCheck } from "./signatures.ts";
import { walk, type Walked } from "./walk.ts";

export type Verdict = "unaltered" | "withheld" | "not-current" | "do-not-rely";

/** What an author stated and what is here. A count of zero that fits is no news; more stated than found is. */
export type CountFinding = {
  readonly by: CountBody["by"];
  readonly stated: number;
  readonly asOf: Day;
  readonly found: number;
  readonly short: boolean;
};

export type Findings = {
  /** The gravest that holds: a fault or an alert, then age, then something that cannot be read here (withheld or erased). */
  readonly verdict: Verdict;
  /** The day of the first entry; null when there is none. */
  readonly since: Day | null;
  /** How its present owner came by the item: with its label's code, or by their word. */
  readonly claim: Proof | null;
  /** Which item its present tenure was opened for: what `hashOfLabel` of its label must be. Null without a label. */
  readonly item: string | null;
  readonly owners: number;
  readonly withheld: number;
  readonly erased: number;
  readonly faults: readonly RecordFault[];
  readonly counts: readonly CountFinding[];
  /** Null when the checkpoint has no form. */
  readonly status: CheckpointStatus | null;
  /** What each entry says, in their order; null where it is withheld, erased or could not be checked. */
  readonly bodies: readonly (Body | null)[];
  /** The present tenure and its twin's did:key, for what is checked after: a fresh checkpoint, a live answer. */
  readonly present: Present | null;
};

export type Context = {
  /** Milliseconds. */
  readonly now: number;
  /** The item that it must be the record of; without it, whichever the checkpoint names. */
  readonly record?: string;
};

/**
 * Checks a shown record. Never throws, whatever it is given, unless this machine cannot check Ed25519 signatures at all. `examine`: how
 * each entry is looked at by itself, if not here and all at once.
 */
export async function verifyHistory(
  shown: ShownRecord & { readonly product?: Pick<ShownProduct, "proof">; readonly label?: LabelHash | null },
  resolve: ResolveKey,
  context: Context,
  examine?: Examine,
): Promise<Findings> {
  const { checkpoint, entries, counts } = shown;
  if (!isCheckpoint(checkpoint) || !Array.isArray(entries) || !Array.isArray(counts)) return formless;

  const record = context.record ?? checkpoint.record;
  const check = signatureCheck(resolve);
  const walked = await walk(entries, (examine ?? here(check))(entries), record, dayOf(millisOf(checkpoint.at)));
  const { claim, item } = walked.tenures.at(-1) ?? { claim: null, item: null };
  const present = presentOf(record, walked);
  const unsigned = walked.signatures.map((code, at) => signatureFault(code, at + 1, `Entry ${at + 1}`));
  const [ofCheckpoint, ofCounts] = await Promise.all([
    checkpointFaults(checkpoint, present, check, context.now),
    Promise.all(counts.map((count: Count) => countFindings(count, record, walked, check))),
  ]);
  const complete = walked.entries.length === entries.length;
  const label = shown.label ?? null;
  const opensItem = label === null || present === null || (isLabelHash(label) && label.hash === item);
  const faults = [
    ...ofCheckpoint,
    ...(complete ? headFaults(checkpoint, walked) : []),
    ...(shown.product !== undefined && shown.product.proof === "label" && claim !== "label" ? [overclaimed] : []),
    ...(opensItem ? [] : [otherLabel]),
    ...walked.faults,
    ...unsigned.filter((fault) => fault !== null),
    ...ofCounts.flatMap(({ faults }) => faults),
  ];
  const erased = walked.entries.filter((_, at) => entries[at]!.erased).length;
  const withheld = walked.entries.filter((_, at) => entries[at]!.disclosure === null).length - erased;
  const stale = isStale(millisOf(checkpoint.at), context.now);
  return {
    verdict: verdictOf(faults.length > 0, stale, withheld + erased > 0),
    since: walked.entries[0]?.recordedOn ?? null,
    claim,
    item,
    owners: walked.tenures.length,
    withheld,
    erased,
    faults,
    counts: ofCounts.flatMap(({ finding }) => finding ?? []),
    status: checkpoint.status,
    bodies: entries.map((_, at) => walked.bodies[at] ?? null),
    present,
  };
}

const here = (check: SignatureCheck): Examine =>
  async function* (entries) {
    yield await examineAll(entries, check);
  };

const verdictOf = (faulty: boolean, stale: boolean, unread: boolean): Verdict => {
  if (faulty) return "do-not-rely";
  if (stale) return "not-current";
  return unread ? "withheld" : "unaltered";
};

const formless: Findings = {
  verdict: "do-not-rely",
  since: null,
  claim: null,
  item: null,
  owners: 0,
  withheld: 0,
  erased: 0,
  faults: [{ code: "malformed", seq: null, detail: "This has not the form of a record with a checkpoint." }],
  counts: [],
  status: null,
  bodies: [],
  present: null,
};

const overclaimed: RecordFault = {
  code: "wrong-claim",
  seq: null,
  detail: "The item is said to be confirmed by its label, and its record says that its owner started it.",
};

const otherLabel: RecordFault = {
  code: "wrong-label",
  seq: null,
  detail: "The label that came with it is not the one that the twin signed.",
};

function presentOf(record: string, { tenures }: Walked): Present | null {
  const keys = tenures.at(-1);
  return keys === undefined ? null : { record, tenure: tenures.length - 1, twin: keys.twin };
}

function headFaults({ size, root }: Checkpoint, { entries, root: found }: Walked): readonly RecordFault[] {
  if (size !== entries.length) {
    const detail = `The checkpoint vouches for ${size} entries, and ${entries.length} are here.`;
    return [{ code: "wrong-size", seq: null, detail }];
  }
  const detail = "The checkpoint vouches for other entries than these.";
  return root === found ? [] : [{ code: "wrong-root", seq: null, detail }];
}

type CountFindings = { readonly finding: CountFinding | null; readonly faults: readonly RecordFault[] };

async function countFindings(
  count: Count,
  record: string,
  walked: Walked,
  check: SignatureCheck,
): Promise<CountFindings> {
  const fault = (code: FaultCode, detail: string): CountFindings => ({
    finding: null,
    faults: [{ code, seq: null, detail }],
  });
  if (!isCount(count)) return fault("malformed", "A count has not the form of one.");
  if (count.schema !== COUNT_SCHEMA || count.record !== record)
    return fault("wrong-record", "A count is of another record.");
  const isTheirs = entriesOf(count, walked);
  if (isTheirs === null) return fault("wrong-author", "A count is signed with a key that is not its author's.");
  const unsigned = signatureFault(await check(count.proof, documentDigest(count)), null, "A count");
  if (unsigned !== null) return { finding: null, faults: [unsigned] };
  const { by, count: stated, asOf } = count;
  const found = upTo(walked.entries.filter(isTheirs), asOf);
  const finding = { by, stated, asOf, found, short: stated > found };
  const who = by.role === "maker" ? by.maker : "A channel of an owner";
  const detail = `${who} states ${stated} of its own up to ${asOf}, and ${found} of them ${found === 1 ? "is" : "are"} here.`;
  const code = by.role === "maker" ? "makers-count-short" : "count-short";
  return { finding, faults: finding.short ? [{ code, seq: null, detail }] : [] };
}

/** Which entries a count is about, by who signed it; null when its signer is not the author it names. */
function entriesOf({ by, proof }: Secured<CountBody>, { tenures }: Walked): ((entry: Entry) => boolean) | null {
  if (by.role === "maker") {
    if (!isAgentKeyOf(proof.verificationMethod, by.maker)) return null;
    return (entry) => isByMaker(by.maker, entry);
  }
  const tenure = tenures.findIndex(({ owner }) => keyIdOf(owner) === proof.verificationMethod);
  return tenure < 0 ? null : (entry) => isByChannelOf(tenure, entry);
}
