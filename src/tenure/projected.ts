// A thread as the company's desk is told of it, and as its people read it: what they were sent and what was said since, while an agreement
// permits it. Never what still waits for one, who of the household wrote it, or where it stands on its way.

import { EXCERPT_CHARACTERS, type Headline, type ProjectedThread } from "../domain/desk.ts";
import type { Failure } from "../domain/failure.ts";
import type { Domain, NoteId } from "../domain/ids.ts";
import { ok, type Result } from "../domain/result.ts";
import { permits, type AgreementInForce } from "../domain/terms/permits.ts";
import { agreedTerms } from "../domain/terms/record.ts";
import type { MachineTerms, RosterCode } from "../domain/terms/roster.ts";
import type { AgreementId } from "../domain/ids.ts";
import type { MessageView, ReadReceipt } from "../domain/thread.ts";
import type { PhotoView } from "../domain/note.ts";
import { agreementById, agreementsInForce } from "./agreements.ts";
import { turnedAt } from "./desk-lines.ts";
import type { Ground } from "./ground.ts";
import { identity } from "./ground.ts";
import { firstReplyAt, lastShared, sharedMessages, sharedTexts } from "./messages.ts";
import { noteById, noteView, type Note } from "./notes.ts";
import { readReceipt } from "./reading.ts";
import { sharedNote } from "./talking.ts";

/** Of a thread so much is searched, the newest first. */
const SEARCHED_CHARACTERS = 32_000;
const MESSAGES_SHOWN = 500;

/** A thread before its words are covered. */
export type BareThread = Omit<ProjectedThread, "sealed" | "words"> & {
  readonly headline: Headline;
  readonly searched: string;
};

type Standing = {
  readonly inForce: readonly AgreementInForce[];
  readonly agreement: { readonly id: AgreementId; readonly terms: RosterCode };
  readonly product: ProjectedThread["product"];
};

/** Under which agreement this company reads now; null where none lets it. */
export function standingOf(ground: Ground, maker: Domain): Standing | null {
  const inForce = agreementsInForce(ground.sql, maker);
  if (!permits(inForce, "relay-note")) return null;
  const carrier = inForce.find(({ kind }) => kind === "relationship");
  if (!carrier) return null;
  // The product is named as the proffer named it: what its owner calls it since is nobody's business.
  const { name, model, gtin } =
    agreementById(ground.sql, carrier.id)?.record.proffer.body.subject.product ?? identity(ground).product;
  return { inForce, agreement: { id: carrier.id, terms: carrier.code }, product: { name, model, gtin } };
}

const isShared = (note: Note, maker: Domain): boolean =>
  note.maker === maker && note.outgoingSeq !== null && note.retractedAt === null;

function threadOf(ground: Ground, note: Note, { inForce, agreement, product }: Standing): BareThread {
  const { sql } = ground;
  const last = lastShared(sql, note.id);
  const text = note.text ?? "";
  return {
    note: note.id,
    product,
    kind: note.kind,
    wants: note.wants,
    headline: {
      title: note.title,
      excerpt: Array.from(text.slice(0, 2 * EXCERPT_CHARACTERS))
        .slice(0, EXCERPT_CHARACTERS)
        .join(""),
    },
    searched: [
      note.title,
      text,
      note.serial,
      product.name,
      product.model,
      ...sharedTexts(sql, note.id, SEARCHED_CHARACTERS),
    ]
      .filter((part) => part !== null)
      .join("\n"),
    state: note.thread.state,
    outcome: note.thread.outcome,
    verdict: note.thread.verdict,
    sentAt: note.sentAt!,
    updatedAt: Math.max(note.sentAt!, note.updatedAt, last?.at ?? 0, turnedAt(sql, note.id) ?? 0),
    firstReplyAt: firstReplyAt(sql, note.id),
    lastFrom: last?.from ?? "owner",
    agreement,
    counted: permits(inForce, "analytics"),
  };
}

/** The thread as it may be told now, or null: it is not, or no longer, the company's to see. */
export function bareThread(ground: Ground, maker: Domain, id: NoteId, standing: Standing | null): BareThread | null {
  const note = standing && noteById(ground.sql, id);
  return note && isShared(note, maker) ? threadOf(ground, note, standing) : null;
}

/** What a company's people read of a thread. */
export type ThreadForMaker = {
  readonly thread: Omit<BareThread, "searched">;
  readonly note: {
    readonly text: string;
    readonly occurredAt: string | null;
    readonly serial: string | null;
    readonly createdAt: string;
    readonly revision: number;
    readonly photos: readonly PhotoView[];
  };
  readonly messages: readonly Omit<MessageView, "channel" | "relay" | "maker">[];
  readonly agreement: MachineTerms & { readonly recordDigest: string; readonly legalName: string };
  readonly readReceipt: ReadReceipt | null;
};

export function threadForMaker(ground: Ground, maker: Domain, id: string): Result<ThreadForMaker, Failure> {
  const shared = sharedNote(ground, maker, id);
  if (!shared.ok) return shared;
  const standing = standingOf(ground, maker);
  if (standing === null)
    return { ok: false, error: { code: "agreement-required", detail: "No agreement with this owner is in force." } };
  const note = shared.value;
  const { searched: _, ...thread } = threadOf(ground, note, standing);
  const { text, occurredAt, serial, createdAt, revision, photos } = noteView(ground.sql, note);
  const agreement = agreementById(ground.sql, standing.agreement.id)!;
  const { kind, obliges, permits: allows, prohibits } = agreedTerms(agreement.record)!.terms;
  return ok({
    thread,
    note: { text: text ?? "", occurredAt, serial, createdAt, revision, photos },
    messages: sharedMessages(ground.sql, note.id, MESSAGES_SHOWN).map(
      ({ channel: _channel, relay: _relay, maker: _maker, ...message }) => message,
    ),
    agreement: {
      kind,
      obliges,
      permits: allows,
      prohibits,
      recordDigest: agreement.recordDigest,
      legalName: agreement.record.proffer.body.second.legalName,
    },
    readReceipt: readReceipt(ground.sql, maker, note.id),
  });
}
