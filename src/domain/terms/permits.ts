// What a company may do, answered in one place. Every path that moves data asks here, at the moment it moves; the default is no.

import type { AgreementId } from "../ids.ts";
import { ROSTER, type AgreementKind, type Obligation, type Permission, type RosterCode } from "./roster.ts";

/** An agreement as this question needs it. Only those in force, with one company: any other state grants nothing. */
export type AgreementInForce = {
  readonly id: AgreementId;
  readonly code: RosterCode;
  readonly kind: AgreementKind;
};

/** What some rules need to know about the case at hand. What is left out counts against the action. */
export type ActionContext = {
  /** The item was claimed with its maker's own label, so that maker made it for certain. */
  readonly labelled?: boolean;
  /** The contribution agreement under which this very data, or this very intent, was given. */
  readonly contribution?: AgreementId;
};

/**
 * What keeps an action from happening where it is not permitted.
 * - `nobody`: it is the owner's own and needs no leave.
 * - `code`: the software makes it impossible.
 * - `code-here`: the software makes it impossible here; beyond the webhook only the company's signature forbids it.
 * - `code-asks`: the software asks for it; the company's signature binds it to answer.
 * - `signature`: only the company's signature forbids it; the record is the evidence.
 */
export type HeldBy = "nobody" | "code" | "code-here" | "code-asks" | "signature";

type Grant = (agreements: readonly AgreementInForce[], context: ActionContext) => boolean;

const always: Grant = () => true;
const never: Grant = () => false;
const ifLabelled: Grant = (_, { labelled }) => labelled === true;

const ifObliged =
  (duty: Obligation): Grant =>
  (agreements) =>
    agreements.some(({ code }) => ROSTER[code].obliges.includes(duty));

const prohibits = (code: RosterCode, use: string): boolean => ROSTER[code].prohibits.some((named) => named === use);

/** Where two agreements disagree the prohibition wins. */
const ifPermitted =
  (use: Permission): Grant =>
  (agreements) =>
    agreements.some(({ code }) => ROSTER[code].permits.includes(use)) &&
    !agreements.some(({ code }) => prohibits(code, use));

const ifGivenFor =
  (use: Permission): Grant =>
  (agreements, { contribution }) =>
    agreements.some(({ id, code }) => id === contribution && ROSTER[code].permits.includes(use));

const RULES = {
  /** The owner writes for themselves. */
  "keep-private-notes": { heldBy: "nobody", granted: always },
  /** A note the owner sent reaches the company, with its photos and later messages, and the company may read it. */
  "relay-note": { heldBy: "code", granted: ifObliged("service-delivery") },
  /** The company answers in the thread of a note it was sent. */
  answer: { heldBy: "code", granted: ifObliged("service-delivery") },
  /** A safety or recall notice reaches the owner. Other items' owners read it at their product's public board. */
  "safety-notice": { heldBy: "code", granted: ifLabelled },
  /** The maker writes to the record of its own item. */
  "record-entry": { heldBy: "code", granted: ifLabelled },
  /** The company starts: something the service needs the owner to know. */
  "service-message": { heldBy: "code", granted: ifObliged("service-delivery") },
  /** The company starts: an offer. Only ever the answer to an intent. */
  marketing: { heldBy: "code", granted: ifGivenFor("intent-casting") },
  /** Counts, themes and facets across owners' notes. */
  analytics: { heldBy: "code-here", granted: ifPermitted("analytics") },
  /** The company sees what was read, and when the owner was last here. */
  "read-receipt": { heldBy: "code", granted: ifPermitted("tracking") },
  /** One owner's things are linked with each other. */
  profiling: { heldBy: "code-here", granted: ifPermitted("profiling") },
  /** Passing on as it is. A processor that works for the company is not a third party: it is named to the owner. */
  "third-party-sharing": { heldBy: "signature", granted: never },
  "anonymised-third-party-sharing": { heldBy: "signature", granted: ifPermitted("anonymised-third-party-sharing") },
  /** The company's AI reads the text; the owner's own AI has a channel and asks nobody. */
  "company-ai": { heldBy: "code-here", granted: ifGivenFor("ai-training-and-operation") },
  /** The owner asks for a copy, for machines, of what the company holds. Asking is always allowed. */
  "machine-export": { heldBy: "code-asks", granted: always },
  /** The owner must be given that copy. */
  "receive-copy": { heldBy: "code-asks", granted: ifObliged("data-portability") },
  /** The company publishes for the public good. */
  publish: { heldBy: "code-here", granted: ifGivenFor("public-good") },
} as const satisfies Record<string, { heldBy: HeldBy; granted: Grant }>;

export type Action = keyof typeof RULES;
export const ACTIONS = Object.keys(RULES) as readonly Action[];

/** Whether `action` may happen now, given the agreements in force with this company. */
export const permits = (
  agreements: readonly AgreementInForce[],
  action: Action,
  context: ActionContext = {},
): boolean => RULES[action].granted(agreements, context);

/** What holds the company to the answer of `permits`. */
export const heldBy = (action: Action): HeldBy => RULES[action].heldBy;
