// The owner's proffer: what they may ask for, and the body that says so. It always comes from the first party; a company cannot make one.

import * as z from "zod";
import type { ProductBrief } from "../exchange.ts";
import { invalid, type Failure } from "../failure.ts";
import type { AgreementId, TwinId } from "../ids.ts";
import { rfc3339 } from "../instant.ts";
import { domain } from "../product.ts";
import { err, ok, type Result } from "../result.ts";
import { time } from "../text.ts";
import type { ProfferedCodes } from "./policy.ts";
import { MAX_ALTERNATES, type ProfferBody } from "./record.ts";
import { kindOf, pin, ROSTER_CODES } from "./roster.ts";
import { AGREEMENT_SCHEMA } from "./seal.ts";
import { DECISION_WINDOW_MS } from "./states.ts";

/** The scope of a relationship: what the owner sends, and the threads that follow from it. */
export const RELATIONSHIP_SCOPE: readonly string[] = ["sent-notes", "their-threads"];

/** An owner's proffer as they send it; without `maker` it goes to the product's own. `decideBy` becomes milliseconds. */
export const profferInput = z
  .strictObject({
    maker: domain.optional(),
    preferred: z.enum(ROSTER_CODES),
    alternates: z.array(z.enum(ROSTER_CODES)).max(MAX_ALTERNATES).optional(),
    decideBy: time.optional(),
  })
  .check(({ value: { preferred, alternates = [] }, issues }) => {
    alternates.forEach((code, at) => {
      const fault = (message: string) =>
        issues.push({ code: "custom", input: code, path: ["alternates", at], message });
      if (kindOf(code) !== kindOf(preferred)) fault(`must be a ${kindOf(preferred)} agreement, like ${preferred}`);
      if (code === preferred || alternates.indexOf(code) < at) fault(`must not repeat ${code}`);
    });
  });
export type ProfferInput = z.infer<typeof profferInput>;

/**
 * The last moment for a decision, in milliseconds: the one asked for, which must lie ahead; else the usual window from now
 * for a company that has joined, and null (see `decideByOnceJoined`) for one that has not.
 */
export function decideByOf({ decideBy }: ProfferInput, joined: boolean, now: number): Result<number | null, Failure> {
  if (decideBy === undefined) return ok(joined ? now + DECISION_WINDOW_MS : null);
  return decideBy > now ? ok(decideBy) : err(invalid("decideBy", "must be in the future"));
}

/** When a proffer that waited must be decided, once its company has set its first policy. Milliseconds. */
export const decideByOnceJoined = (policySetAt: number): number => policySetAt + DECISION_WINDOW_MS;

/** What a proffer is written from. Times in milliseconds. */
export type ProfferParts = ProfferedCodes & {
  readonly id: AgreementId;
  readonly now: number;
  readonly decideBy: number | null;
  /** The did:key of the twin in this tenure. */
  readonly firstDid: string;
  /** The origin at which the owner's agent runs. */
  readonly agent: string;
  /** The company's DID. */
  readonly secondDid: string;
  readonly legalName: string;
  readonly twin: TwinId;
  readonly tenure: number;
  readonly product: ProductBrief;
  readonly dataScope: readonly string[];
  readonly jurisdiction: string | null;
  /** How the owner spoke (`app`, `api`): never a channel's label and never an address. */
  readonly channel: string;
  readonly supersedes: string | null;
  readonly onTopOf: string | null;
};

/** The body of a proffer, ready for the first party's agent to sign. */
export const writeProffer = (parts: ProfferParts): ProfferBody => ({
  schema: AGREEMENT_SCHEMA,
  id: parts.id,
  createdAt: rfc3339(parts.now),
  decideBy: parts.decideBy === null ? null : rfc3339(parts.decideBy),
  first: { role: "first", id: parts.firstDid, agent: parts.agent },
  second: { role: "second", id: parts.secondDid, legalName: parts.legalName },
  subject: { twin: parts.twin, tenure: parts.tenure, product: parts.product },
  kind: kindOf(parts.preferred),
  preferred: pin(parts.preferred),
  alternates: parts.alternates.map(pin),
  dataScope: parts.dataScope,
  context: { jurisdiction: parts.jurisdiction, channel: parts.channel },
  supersedes: parts.supersedes,
  onTopOf: parts.onTopOf,
});
