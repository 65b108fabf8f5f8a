// Reply links: one thread, lent to whoever answers for a company that has not joined. They see the terms first, accept by name and company with
// a key of their browser's own, and read and answer that one thread for as long as the owner lets them. Who they are, nobody has checked.

import * as z from "zod";
import type { MakerMessageType, Outcome } from "./exchange.ts";
import type { AgreementId, Domain, LinkId, MessageId, NoteId } from "./ids.ts";
import type { Kind, PhotoView, Wants } from "./note.ts";
import { publicKeyOfDidKey } from "./terms/did.ts";
import { plainWords } from "./terms/plain-words.ts";
import { signedDecision, type ProfferBody } from "./terms/record.ts";
import {
  kindOf,
  ROSTER,
  ROSTER_CODES,
  type Obligation,
  type Permission,
  type Prohibition,
  type RosterCode,
} from "./terms/roster.ts";
import type { Signed } from "./terms/seal.ts";
import type { AgreementState } from "./terms/states.ts";
import { text, time } from "./text.ts";
import { replyFields, type ThreadView } from "./thread.ts";

const DAY_MS = 24 * 3_600_000;
/** How long a link opens its thread unless its owner says otherwise. */
export const LINK_LASTS_MS = 30 * DAY_MS;
export const LINK_LASTS_AT_MOST_MS = 366 * DAY_MS;
/** Links of one twin that are not over. */
export const MAX_LIVE_LINKS = 100;
/** So far the clock of whoever decides may be off. */
export const DECISION_SKEW_MS = 5 * 60_000;

const NAME_CHARACTERS = 120;
const COMPANY_CHARACTERS = 200;

/** Answering takes a relationship: a contribution lets nobody read a thread. */
export const LINK_CODES = ROSTER_CODES.filter((code) => kindOf(code) === "relationship");
const code = z.enum(LINK_CODES as [RosterCode, ...RosterCode[]]);

/** A link as its owner asks for it. */
export const replyLinkInput = z
  .strictObject({
    company: text(COMPANY_CHARACTERS).optional().describe("As the owner calls it; nobody checks it."),
    preferred: code.default("SD-BASE-DP"),
    alternates: z
      .array(code)
      .max(LINK_CODES.length)
      .optional()
      .describe("Without `preferred` and this: SD-BASE-DP, or SD-BASE."),
    expiresAt: time.optional(),
  })
  .refine(
    ({ preferred, alternates = [] }) => new Set([preferred, ...alternates]).size === alternates.length + 1,
    "must not name an agreement twice",
  );
export type ReplyLinkInput = z.infer<typeof replyLinkInput>;

/** The alternates an owner means who names none. */
export const alternatesOf = ({ preferred, alternates }: ReplyLinkInput): readonly RosterCode[] =>
  alternates ?? (preferred === "SD-BASE-DP" ? ["SD-BASE"] : []);

/** Who asks for the proffer, in their own words, and the key their browser made. */
export const replyPerson = z.strictObject({
  name: text(NAME_CHARACTERS),
  company: text(COMPANY_CHARACTERS),
  key: z
    .string()
    .refine((did) => publicKeyOfDidKey(did) !== null, "must be the did:key of an Ed25519 key")
    .describe("`did:key:z6Mk…` of the key that will sign the decision."),
});
export type ReplyPerson = z.infer<typeof replyPerson>;

/** A link takes yes or no: a counter would need somebody who waits for its answer. */
export const replyDecision = z.strictObject({
  decision: signedDecision.refine(({ body }) => body.decision !== "countered", {
    path: ["body", "decision"],
    message: "must be accepted or refused",
  }),
});

export const replyMessage = z.strictObject({
  text: replyFields.text,
  type: replyFields.type,
  outcome: replyFields.outcome,
});
export type ReplyMessage = z.infer<typeof replyMessage>;

/** How the second party of a link's agreement, and the author of its answers, is named where a company's domain stands else. */
export const partyOf = (link: LinkId): Domain => `link:${link}`;
/** Whether it is the party of a reply link: no domain has a colon. */
export const isLinkParty = (maker: Domain): boolean => maker.startsWith("link:");

export type LinkState = "offered" | "accepted" | "refused" | "ended";
/** Why a link is over. `joined`: the company is here now, and the thread is its own. */
export type LinkEnd = "revoked" | "expired" | "terminated" | "joined" | "retracted";

/** What a link's state is computed from. Times in ms; `agreement` is the state of the one it led to. */
export type LinkFacts = {
  readonly expiresAt: number;
  readonly revokedAt: number | null;
  readonly agreement: AgreementState | null;
  readonly note: { readonly outgoingSeq: number | null; readonly retractedAt: number | null };
};

/** Why it opens nothing any more; null while it does, or may come to. */
export function linkEnd({ expiresAt, revokedAt, agreement, note }: LinkFacts, now: number): LinkEnd | null {
  if (revokedAt !== null) return "revoked";
  if (note.retractedAt !== null) return "retracted";
  if (note.outgoingSeq !== null) return "joined";
  if (now >= expiresAt) return "expired";
  return agreement === null || agreement === "accepted" || agreement === "refused" ? null : "terminated";
}

export function linkState(facts: LinkFacts, now: number): LinkState {
  if (facts.agreement === "refused") return "refused";
  if (linkEnd(facts, now) !== null) return "ended";
  return facts.agreement === null ? "offered" : "accepted";
}

/** Who accepted, in their own words. */
export type Acceptance = { readonly name: string; readonly company: string; readonly at: string };

/** A link as its owner sees it. */
export type ReplyLinkView = {
  readonly id: LinkId;
  readonly note: NoteId;
  readonly company: string | null;
  readonly terms: { readonly preferred: RosterCode; readonly alternates: readonly RosterCode[] };
  readonly state: LinkState;
  readonly ended: LinkEnd | null;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly openedAt: string | null;
  readonly accepted: Acceptance | null;
  readonly agreement: AgreementId | null;
  /** What stands as `maker` in its agreement and its messages. */
  readonly party: Domain;
};

export type TermsView = {
  readonly code: RosterCode;
  readonly digest: string;
  /** In English, for who the owner is to them: "you" is the owner. */
  readonly plain: string;
  readonly obliges: readonly Obligation[];
  readonly permits: readonly Permission[];
  readonly prohibits: readonly Prohibition[];
};

export const termsView = (of: RosterCode, company: string): TermsView => {
  const { digest, obliges, permits, prohibits } = ROSTER[of];
  return { code: of, digest, plain: plainWords(of, company), obliges, permits, prohibits };
};

/** What its holder has signed. */
export type LinkAgreementView = {
  readonly id: AgreementId;
  readonly state: AgreementState;
  readonly terms: RosterCode | null;
  readonly recordDigest: string;
  readonly checkCode: string;
};

/** A link as its holder sees it: the terms, and not a word of the note. */
export type OpenedLink = {
  readonly product: { readonly name: string };
  readonly company: string | null;
  readonly terms: { readonly preferred: TermsView; readonly alternates: readonly TermsView[] };
  readonly state: LinkState;
  readonly ended: LinkEnd | null;
  readonly expiresAt: string;
  readonly accepted: Acceptance | null;
  readonly agreement: LinkAgreementView | null;
};

/** The proffer as its holder's browser must answer it; `at` is this server's time, for a browser whose clock is off. */
export type LinkProffer = { readonly proffer: Signed<ProfferBody>; readonly at: string };

/** What its holder reads once the terms are in force. */
export type LinkThread = {
  readonly product: { readonly name: string; readonly model: string | null; readonly gtin: string | null };
  readonly note: {
    readonly id: NoteId;
    readonly kind: Kind;
    readonly title: string | null;
    readonly text: string | null;
    readonly wants: Wants;
    readonly serial: string | null;
    readonly occurredAt: string | null;
    readonly createdAt: string;
    readonly revision: number;
    readonly photos: readonly PhotoView[];
  };
  readonly thread: ThreadView;
  readonly messages: readonly LinkMessage[];
  readonly agreement: LinkAgreementView;
};

export type LinkMessage = {
  readonly id: MessageId;
  readonly from: "owner" | "maker";
  readonly text: string;
  readonly type: MakerMessageType | null;
  readonly outcome: Outcome | null;
  readonly author: { readonly name: string } | null;
  readonly photos: readonly PhotoView[];
  readonly createdAt: string;
};
