// The record of an agreement, as both sides keep it byte for byte, and the events that follow it.
// Its state is computed, never stored inside it; nothing local to one side (labels, CRM ids, who clicked, a language) belongs in it.

import * as z from "zod";
import { canonical } from "../json.ts";
import { err, ok, type Result } from "../result.ts";
import { END_DUTIES, END_MATTERS } from "./obligations.ts";
import {
  AGREEMENT_KINDS,
  OBLIGATIONS,
  PERMISSIONS,
  PROHIBITIONS,
  ROSTER_CODES,
  ROSTER_URL,
  type Pinned,
} from "./roster.ts";
import { AGREEMENT_SCHEMA, digestOf, sha256Hex, type Signed } from "./seal.ts";

const schema = z.literal(AGREEMENT_SCHEMA);
const digest = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in lower-case hex");
const instant = z.iso.datetime({ precision: 3 });
// A lone surrogate has no UTF-8 and so no canonical form.
const text = z.string().refine((value) => value.isWellFormed(), "must be well-formed text");
const signature = z.string().regex(/^[A-Za-z0-9_-]{86}$/, "must be 64 bytes as base64url");

const signed = <B extends z.ZodType>(body: B) => z.strictObject({ body, key: text, signature });

const pinnedShape = z.strictObject({
  code: z.enum(ROSTER_CODES),
  roster: z.literal(ROSTER_URL),
  digest,
  terms: z.strictObject({
    kind: z.enum(AGREEMENT_KINDS),
    obliges: z.array(z.enum(OBLIGATIONS)).readonly(),
    permits: z.array(z.enum(PERMISSIONS)).readonly(),
    prohibits: z.array(z.enum(PROHIBITIONS)).readonly(),
  }),
});

/** At most this many alternates beside the preferred agreement: the roster has no more. */
export const MAX_ALTERNATES = 12;

const profferShape = z.strictObject({
  schema,
  /** `agr_…` */
  id: text,
  createdAt: instant,
  /** Null while the company has not joined: then it has a fixed time from the policy it sets when it does. */
  decideBy: instant.nullable(),
  /** The individual: the did:key of the twin in this tenure, and where the agent that signs for it runs. */
  first: z.strictObject({ role: z.literal("first"), id: text, agent: text }),
  /** The organisation: its did:web (whose host is where its agent runs) and its legal name when this was proffered. */
  second: z.strictObject({ role: z.literal("second"), id: text, legalName: text }),
  subject: z.strictObject({
    twin: text,
    tenure: z.int().min(0),
    product: z.strictObject({ name: text, model: text.nullable(), gtin: text.nullable() }),
  }),
  kind: z.enum(AGREEMENT_KINDS),
  preferred: pinnedShape,
  alternates: z.array(pinnedShape).max(MAX_ALTERNATES).readonly(),
  /** What it covers: `sent-notes`, or the ids of what a contribution gives. */
  dataScope: z.array(text).readonly(),
  /** Where and by which way it was proffered; never an IP address. */
  context: z.strictObject({ jurisdiction: text.nullable(), channel: text }),
  /** The digest of the record this one takes the place of. */
  supersedes: digest.nullable(),
  /** The digest of the relationship's record that a contribution stands on. */
  onTopOf: digest.nullable(),
});

const decisionShape = z.strictObject({
  schema,
  /** The digest of the signed proffer: body, key and signature. */
  proffer: digest,
  decision: z.enum(["accepted", "refused", "countered"]),
  chosen: pinnedShape.nullable(),
  reason: text.nullable(),
  decidedAt: instant,
  decidedBy: z.enum(["policy", "human"]),
});

/** A decision as somebody sends it who signed it in their own browser. */
export const signedDecision = signed(decisionShape);

const confirmationShape = z.strictObject({
  schema,
  /** The digest of the signed decision. */
  decision: digest,
  confirmation: z.enum(["accepted", "refused"]),
  confirmedAt: instant,
});

/** How an agreement, or a proffer the owner took back, can end. Nothing follows an ending. */
export const ENDINGS = ["terminated", "superseded", "expired", "transferred", "rescinded"] as const;

const eventShape = z.strictObject({
  schema,
  /** The digest of the record it belongs to. */
  record: digest,
  /** The digest of the signed event before it, without its acknowledgement; null for the first. */
  prev: digest.nullable(),
  kind: z.enum(ENDINGS),
  at: instant,
  by: z.enum(["first", "second"]),
  reason: text.nullable(),
  obligations: z.array(z.strictObject({ duty: z.enum(END_DUTIES), what: z.enum(END_MATTERS) })).readonly(),
});

const recordShape = z.strictObject({
  schema,
  proffer: signed(profferShape),
  decision: z.exactOptional(signedDecision),
  confirmation: z.exactOptional(signed(confirmationShape)),
});

export type ProfferBody = z.infer<typeof profferShape>;
export type DecisionBody = z.infer<typeof decisionShape>;
export type ConfirmationBody = z.infer<typeof confirmationShape>;
export type EventBody = z.infer<typeof eventShape>;
export type Ending = EventBody["kind"];
export type Party = EventBody["by"];
export type AgreementRecord = {
  readonly schema: typeof AGREEMENT_SCHEMA;
  readonly proffer: Signed<ProfferBody>;
  readonly decision?: Signed<DecisionBody>;
  readonly confirmation?: Signed<ConfirmationBody>;
};

/** An event as both sides keep it; `ack` is the other side's signature over the same body, and may be missing for ever. */
export type SignedEvent = Signed<EventBody> & { readonly ack?: { readonly key: string; readonly signature: string } };

export const recordOf = (
  proffer: Signed<ProfferBody>,
  decision?: Signed<DecisionBody>,
  confirmation?: Signed<ConfirmationBody>,
): AgreementRecord => ({
  schema: AGREEMENT_SCHEMA,
  proffer,
  ...(decision && { decision }),
  ...(confirmation && { confirmation }),
});

/** The record's bytes: what both sides serve and compare. */
export const recordBytes = (record: AgreementRecord): string => canonical(record);

/** The SHA-256 of the record's bytes, in lower-case hex. */
export const recordDigest = (record: AgreementRecord): Promise<string> => sha256Hex(recordBytes(record));

/** What two people read to each other to see that they hold the same record. */
export const checkCode = (recordDigest: string): string => recordDigest.slice(0, 10);

/** How one signed body names another: the digest of body, key and signature, and of nothing added to them later. */
export const signedDigest = ({
  body,
  key,
  signature,
}: Signed<ProfferBody | DecisionBody | EventBody>): Promise<string> => digestOf({ body, key, signature });

/** The agreement both sides signed, or null when they have not (yet) agreed. Says nothing about whether it is still in force. */
export function agreedTerms({ decision, confirmation }: AgreementRecord): Pinned | null {
  const agreed =
    decision?.body.decision === "accepted" ||
    (decision?.body.decision === "countered" && confirmation?.body.confirmation === "accepted");
  return agreed ? (decision?.body.chosen ?? null) : null;
}

/** A record from its bytes, as text. They must be the canonical ones: the same record in another spelling would have another digest. */
export function readRecord(bytes: string): Result<AgreementRecord, string> {
  let json: unknown;
  try {
    json = JSON.parse(bytes);
  } catch {
    return err("the record is not JSON");
  }
  const parsed = recordShape.safeParse(json);
  if (!parsed.success) return err(`the record is malformed: ${z.prettifyError(parsed.error)}`);
  return recordBytes(parsed.data) === bytes ? ok(parsed.data) : err("the record is not in its canonical form");
}
