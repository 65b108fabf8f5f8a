// What whoever holds a reply link can do: look at the terms, ask for the proffer, decide, and then read and answer the one thread.
// Not a word of the note leaves here before the terms are in force, nor after they have ended.

import type { Failure } from "../domain/failure.ts";
import { canonical } from "../domain/json.ts";
import { millisOf, rfc3339 } from "../domain/instant.ts";
import { briefOf } from "../domain/product.ts";
import {
  DECISION_SKEW_MS,
  linkEnd,
  linkState,
  partyOf,
  termsView,
  type LinkAgreementView,
  type LinkEnd,
  type LinkMessage,
  type LinkProffer,
  type LinkThread,
  type OpenedLink,
  type ReplyMessage,
  type ReplyPerson,
} from "../domain/reply-link.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { choiceFault } from "../domain/terms/decision.ts";
import { permits, type Action } from "../domain/terms/permits.ts";
import { writeProffer } from "../domain/terms/proffer.ts";
import {
  checkCode,
  recordBytes,
  recordDigest,
  recordOf,
  signedDigest,
  type DecisionBody,
} from "../domain/terms/record.ts";
import { signBody, type Signed } from "../domain/terms/seal.ts";
import { stateOf } from "../domain/terms/states.ts";
import { verifyRecord } from "../domain/terms/verify.ts";
import type { MessageView } from "../domain/thread.ts";
import { keep, kept, type Answer, type Idem } from "../platform/idempotency.ts";
import { newId } from "../platform/random.ts";
import { publicOrigin } from "../platform/settings.ts";
import { agentOf } from "./agent.ts";
import { addAgreement, agreementById, agreementsInForce, changeAgreement, markSynced } from "./agreements.ts";
import { stale } from "./footing.ts";
import { idempotencyConflict, identity, unauthorized, type Ground } from "./ground.ts";
import { isErasing } from "./identity.ts";
import { acceptanceOf, keepProffer, linkByToken, markDecided, markOpened, type Link } from "./links.ts";
import { threadMessages } from "./messages.ts";
import { noteById, noteView, type Note } from "./notes.ts";
import { pictureOf, type Picture } from "./picturing.ts";
import { addNews } from "./pushing.ts";
import { noteData } from "./rendering.ts";
import { noRoom } from "./room.ts";
import { takeReply } from "./talking.ts";

const MESSAGES_SHOWN = 200;
const SCOPE = "its-thread";

const over = (reason: LinkEnd, detail: string): Result<never, Failure> => err({ code: "gone", detail, reason });
const notAgreed: Result<never, Failure> = err({
  code: "agreement-required",
  detail: "The terms of this link were not accepted, or have ended.",
});
const decided: Result<never, Failure> = err({
  code: "agreement-state",
  detail: "The terms of this link were decided already. The owner can make another one.",
});

/** The link behind a token, until its owner cut it off, it ran out or its note was retracted. */
function held(ground: Ground, tokenHash: string, now: number): Result<Link, Failure> {
  const link = linkByToken(ground.sql, tokenHash);
  if (!link) return unauthorized;
  switch (linkEnd(link.facts, now)) {
    case "revoked":
      return over("revoked", "The owner cut this link off.");
    case "expired":
      return over("expired", "This link has run out.");
    case "retracted":
      return over("retracted", "The owner took back what this link led to.");
    default:
      return ok(link);
  }
}

function agreementView(ground: Ground, link: Link, now: number): LinkAgreementView | null {
  const agreement = link.agreement && agreementById(ground.sql, link.agreement);
  if (!agreement) return null;
  const { id, record, recordDigest: digest } = agreement;
  return {
    id,
    state: stateOf(agreement, now),
    terms: record.decision?.body.chosen?.code ?? null,
    recordDigest: digest,
    checkCode: checkCode(digest),
  };
}

function opened(ground: Ground, link: Link, now: number): OpenedLink {
  const { product } = identity(ground);
  const company = link.person?.company ?? link.company ?? "The company";
  return {
    product: { name: product.name },
    company: link.company,
    terms: {
      preferred: termsView(link.preferred, company),
      alternates: link.alternates.map((code) => termsView(code, company)),
    },
    state: linkState(link.facts, now),
    ended: linkEnd(link.facts, now),
    expiresAt: rfc3339(link.facts.expiresAt),
    accepted: acceptanceOf(link),
    agreement: agreementView(ground, link, now),
  };
}

/** The terms, and whose product it is about. What is agreed and has ended since still says so. */
export function open(ground: Ground, tokenHash: string, now: number): Result<OpenedLink, Failure> {
  const link = held(ground, tokenHash, now);
  if (!link.ok) return link;
  markOpened(ground.sql, link.value.id, now);
  return ok(opened(ground, link.value, now));
}

/** The link, while nobody has decided about its terms. */
function offered(ground: Ground, tokenHash: string, now: number): Result<Link, Failure> {
  const link = held(ground, tokenHash, now);
  if (!link.ok || linkState(link.value.facts, now) === "offered") return link;
  return linkEnd(link.value.facts, now) === "joined" ? joined : decided;
}

const joined = over("joined", "The company has joined: this thread goes on at its own desk.");

/** The owner's signed proffer to whoever this person says to be. The same person gets the same one again; the next one's takes its place. */
export async function profferTo(
  ground: Ground,
  tokenHash: string,
  { name, company, key }: ReplyPerson,
  now: number,
): Promise<Result<LinkProffer, Failure>> {
  const link = offered(ground, tokenHash, now);
  if (!link.ok) return link;
  const { proffer: before, person, note, preferred, alternates, facts } = link.value;
  if (before?.body.second.id === key && person?.name === name && person.company === company)
    return ok({ proffer: before, at: rfc3339(now) });
  const { twin, tenure, product } = identity(ground);
  const agent = await agentOf(ground.storage);
  const body = writeProffer({
    id: newId("agr"),
    now,
    decideBy: facts.expiresAt,
    firstDid: agent.key,
    agent: publicOrigin(ground.env),
    secondDid: key,
    legalName: company,
    twin,
    tenure,
    product: briefOf(product),
    preferred,
    alternates,
    dataScope: [note, SCOPE],
    jurisdiction: null,
    channel: "reply-link",
    supersedes: null,
    onTopOf: null,
  });
  const proffer = await signBody("proffer", body, agent);
  const still = offered(ground, tokenHash, now);
  if (!still.ok) return still;
  if (isErasing(ground.storage)) return stale;
  keepProffer(ground.sql, still.value.id, { name, company }, proffer);
  return ok({ proffer, at: rfc3339(now) });
}

/** The decision that this browser's key signed: verified, then committed with the agreement it makes. A repeat of it answers the same. */
export async function decideByLink(
  ground: Ground,
  tokenHash: string,
  decision: Signed<DecisionBody>,
  now: number,
): Promise<Result<OpenedLink, Failure>> {
  const known = held(ground, tokenHash, now);
  if (!known.ok) return known;
  const made = known.value.agreement && agreementById(ground.sql, known.value.agreement);
  if (made && canonical(made.record.decision!) === canonical(decision)) return ok(opened(ground, known.value, now));
  const link = offered(ground, tokenHash, now);
  if (!link.ok) return link;
  const { id, proffer, facts } = link.value;
  if (proffer === null || decision.body.proffer !== (await signedDigest(proffer))) {
    return err({
      code: "agreement-state",
      detail: "This decision is about another proffer, or somebody else asked for theirs since: ask for it anew.",
    });
  }
  const fault = faultIn(decision.body, proffer.body, now);
  if (fault) return err(fault);
  const record = recordOf(proffer, decision);
  // The other party's key is in its own name: nobody else can vouch for it.
  const sound = await verifyRecord(record, () => null);
  if (!sound.ok) return err({ code: "bad-signature", detail: sound.error });
  const digest = await recordDigest(record);

  const committed = ground.storage.transactionSync((): Result<null, Failure> => {
    const still = offered(ground, tokenHash, now);
    if (!still.ok) return still;
    const same = still.value.proffer?.signature === proffer.signature;
    if (!same || isErasing(ground.storage)) return stale;
    const agreement = proffer.body.id as `agr_${string}`;
    const { kind } = proffer.body;
    addAgreement(
      ground.sql,
      { id: agreement, maker: partyOf(id), kind, decideBy: facts.expiresAt, record, recordDigest: digest },
      now,
    );
    const after = changeAgreement(ground.sql, agreementById(ground.sql, agreement)!, {}, now);
    // Whoever signed it here has it: the answer holds it.
    markSynced(ground.sql, agreement, after.version, []);
    markDecided(ground.sql, id, agreement, now);
    addNews(
      ground,
      decision.body.decision === "accepted" ? "agreement.accepted" : "agreement.refused",
      { agreement },
      now,
    );
    ground.wakeAt(facts.expiresAt);
    return ok(null);
  });
  return committed.ok ? ok(opened(ground, linkByToken(ground.sql, tokenHash)!, now)) : committed;
}

/** What is wrong with a decision that nobody's signature could mend. */
function faultIn(
  { decision, chosen, decidedAt, decidedBy }: DecisionBody,
  proffer: Parameters<typeof choiceFault>[0] & { readonly createdAt: string },
  now: number,
): Failure | null {
  const fault = (path: string, message: string): Failure => ({
    code: "invalid",
    errors: [{ path: `decision.body.${path}`, message }],
  });
  const misfit = choiceFault(proffer, decision, chosen?.code);
  if (misfit !== null) return fault("chosen", misfit);
  if (decidedBy !== "human") return fault("decidedBy", "must be human: no policy answers a link");
  const at = millisOf(decidedAt);
  return at < millisOf(proffer.createdAt) - DECISION_SKEW_MS || at > now + DECISION_SKEW_MS
    ? fault("decidedAt", "must be now, by this server's time: the answer with the proffer says it")
    : null;
}

/** The record's canonical bytes and their digest: the same as its owner has. */
export function recordByLink(
  ground: Ground,
  tokenHash: string,
  now: number,
): Result<{ record: string; digest: string }, Failure> {
  const link = held(ground, tokenHash, now);
  if (!link.ok) return link;
  const agreement = link.value.agreement && agreementById(ground.sql, link.value.agreement);
  return agreement
    ? ok({ record: recordBytes(agreement.record), digest: agreement.recordDigest })
    : err({ code: "not-found", detail: "Nothing was decided through this link yet." });
}

type Shared = { readonly link: Link; readonly note: Note };

/** The note, while what was agreed through this link permits it. */
function shared(ground: Ground, tokenHash: string, action: Action, now: number): Result<Shared, Failure> {
  const link = held(ground, tokenHash, now);
  if (!link.ok) return link;
  if (linkEnd(link.value.facts, now) === "joined") return joined;
  if (!permits(agreementsInForce(ground.sql, partyOf(link.value.id)), action)) return notAgreed;
  return ok({ link: link.value, note: noteById(ground.sql, link.value.note)! });
}

/**
 * What this holder has of what was said: its own answers, and the owner's words but for those that answered somebody else before this link
 * was made.
 */
function messagesFor(ground: Ground, { link, note }: Shared): LinkMessage[] {
  const party = partyOf(link.id);
  let answeredBy: string | null = null;
  const seen: MessageView[] = [];
  for (const view of threadMessages(ground.sql, note.id, MESSAGES_SHOWN)) {
    if (view.from === "maker") answeredBy = view.maker;
    const isOther = answeredBy !== null && answeredBy !== party;
    const isLater = view.from === "owner" && millisOf(view.createdAt) >= link.createdAt;
    if (!isOther || isLater) seen.push(view);
  }
  return seen.map(({ id, from, text, type, outcome, author, photos, createdAt }) => ({
    id,
    from,
    text,
    type,
    outcome,
    author,
    photos,
    createdAt,
  }));
}

export function threadByLink(ground: Ground, tokenHash: string, now: number): Result<LinkThread, Failure> {
  const found = shared(ground, tokenHash, "relay-note", now);
  if (!found.ok) return found;
  const { link, note } = found.value;
  const agreement = agreementById(ground.sql, link.agreement!)!;
  const { sentAt: _, ...data } = noteData(ground, note);
  return ok({
    // As the proffer named it: what its owner calls it since is nobody's business.
    product: agreement.record.proffer.body.subject.product,
    note: { ...data, serial: note.serial },
    thread: noteView(ground.sql, note).thread,
    messages: messagesFor(ground, found.value),
    agreement: agreementView(ground, link, now)!,
  });
}

/** A photo of the note, or of a message this holder has. */
export function pictureByLink(ground: Ground, tokenHash: string, photo: string, now: number): Result<Picture, Failure> {
  const found = shared(ground, tokenHash, "relay-note", now);
  if (!found.ok) return found;
  const said = messagesFor(ground, found.value);
  return pictureOf(ground, photo, found.value.note.id, (message) => said.some(({ id }) => id === message));
}

/** Answers in the thread, in the name that accepted. */
export function replyByLink(
  ground: Ground,
  tokenHash: string,
  { text, type, outcome }: ReplyMessage,
  idem: Idem | undefined,
  now: number,
): Result<Answer<LinkMessage>, Failure> {
  return ground.storage.transactionSync((): Result<Answer<LinkMessage>, Failure> => {
    const found = shared(ground, tokenHash, "answer", now);
    if (!found.ok) return found;
    const before = kept<LinkMessage>(ground.sql, idem, now);
    if (before.kind === "conflict") return idempotencyConflict;
    if (before.kind === "kept") return ok(before.answer);
    const full = noRoom(ground.sql);
    if (full) return full;
    const { link, note } = found.value;
    const written = takeReply(
      ground,
      {
        maker: partyOf(link.id),
        note: note.id,
        text,
        type,
        outcome: outcome ?? null,
        author: link.person!.name,
        externalId: null,
        photos: [],
        dedupe: newId("msg"),
      },
      now,
      () => ok(note),
    );
    if (!written.ok) return written;
    const body = messagesFor(ground, { link, note }).find(({ id }) => id === written.value.id)!;
    keep(ground.sql, idem, note.id, body, now);
    return ok({ body, replayed: false, sealed: null });
  });
}
