// What an event to a maker says, rendered at the moment it goes out and after asking `permits`.
// Words that are retracted, or that no agreement carries any more, never leave: what remains is a signal with ids.

import type { Domain, EventId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import { obligationsAtEnd } from "../domain/terms/obligations.ts";
import { agreedTerms } from "../domain/terms/record.ts";
import type { Rendered } from "../relay/courier.ts";
import { eventById, GAP, type Outgoing } from "../relay/outgoing.ts";
import { agreementById, agreementsWith, type OwnAgreement } from "./agreements.ts";
import { identity, type Ground } from "./ground.ts";
import { messageById } from "./messages.ts";
import { noteById, noteView, type Note } from "./notes.ts";
import type { OutgoingType, Subject } from "./outbox.ts";
import { mayRelay } from "./sending.ts";
import { stateOf } from "../domain/terms/states.ts";

const isFarewell = (type: string): boolean => type === "twin.erased" || type === "twin.transferred";

/** What is not in force permits nothing, whatever it would. */
const agreementData = (agreement: OwnAgreement, now: number) => {
  const agreed = agreedTerms(agreement.record) ?? agreement.record.proffer.body.preferred;
  return {
    id: agreement.id,
    terms: agreed.code,
    permits: stateOf(agreement, now) === "accepted" ? agreed.terms.permits : [],
    prohibits: agreed.terms.prohibits,
    recordDigest: agreement.recordDigest,
  };
};

/** The relationship that carries words to this maker, or the last one that did. */
const carrier = (ground: Ground, maker: Domain, now: number): OwnAgreement | undefined => {
  const relationships = agreementsWith(ground.sql, maker).filter((a) => a.record.proffer.body.kind === "relationship");
  return (
    relationships.find((a) => stateOf(a, now) === "accepted") ??
    relationships.findLast((a) => agreedTerms(a.record) !== null)
  );
};

/** What a maker gets of a note: no channel, no state that is only the owner's. */
export function noteData(ground: Ground, note: Note) {
  const view = noteView(ground.sql, note);
  return {
    id: view.id,
    kind: view.kind,
    title: view.title,
    text: view.text,
    wants: view.wants,
    occurredAt: view.occurredAt,
    createdAt: view.createdAt,
    sentAt: view.sentAt,
    revision: view.revision,
    photos: view.photos,
  };
}

/** The body's `type` and `data` for one attempt; `seq` and `prev` are the courier's to add. */
export function render(ground: Ground, maker: Domain, event: Outgoing, now: number): Rendered {
  const { twin, product } = identity(ground);
  const type = event.type as OutgoingType;
  const subject = event.subject as Subject;
  const note = subject.note === undefined ? null : noteById(ground.sql, subject.note);
  // The product is named as the proffer named it: what its owner calls it since is nobody's business.
  const base = (agreement: OwnAgreement | undefined, serial: string | null = null) => {
    const { name, gtin, model } = agreement?.record.proffer.body.subject.product ?? product;
    return {
      twin,
      product: {
        name,
        ...(gtin !== null && { gtin }),
        ...(model !== null && { model }),
        ...(serial !== null && { serial }),
      },
      ...(agreement && { agreement: agreementData(agreement, now) }),
    };
  };
  const ended = (agreement: OwnAgreement | undefined) => {
    const ending = agreement?.events.at(-1)?.body;
    const agreed = agreement && agreedTerms(agreement.record);
    return {
      reason: ending?.reason ?? null,
      obligations: ending?.obligations ?? (agreed ? obligationsAtEnd(agreed.code) : []),
    };
  };

  if (event.type === GAP) {
    const { from, to } = event.subject as { from: number; to: number };
    return { type: GAP, data: { ...base(carrier(ground, maker, now)), from, to } };
  }
  if (type.startsWith("agreement.")) {
    const agreement = agreementById(ground.sql, subject.agreement!)!;
    const detail =
      type === "agreement.terminated"
        ? ended(agreement)
        : type === "agreement.proffered"
          ? { record: agreement.record, decideBy: agreement.decideBy === null ? null : rfc3339(agreement.decideBy) }
          : {};
    return { type, data: { ...base(agreement), ...detail } };
  }

  const agreement = carrier(ground, maker, now);
  if (isFarewell(type)) return { type, data: base(agreement) };

  const only = { note: { id: subject.note } };
  if (type === "note.retracted" || !note || note.retractedAt !== null)
    return { type: "note.retracted", data: { ...base(agreement), ...only } };
  const withheld: Rendered = {
    type: "agreement.terminated",
    data: { ...base(agreement), ...ended(agreement), ...only },
  };
  // Where its place was taken back when an agreement ended, the words went, or will go, out under another event.
  if (!mayRelay(ground, maker) || note.outgoingSeq === null || note.outgoingSeq > event.seq) return withheld;

  switch (type) {
    case "note.sent":
    case "note.updated":
      return { type, data: { ...base(agreement, note.serial), note: noteData(ground, note) } };
    case "message.posted": {
      const message = messageById(ground.sql, subject.message!);
      if (message?.outgoingSeq !== event.seq) return withheld;
      const { id, text, photos, createdAt } = message.view;
      return { type, data: { ...base(agreement, note.serial), ...only, message: { id, text, photos, createdAt } } };
    }
    case "thread.verdict":
      return { type, data: { ...base(agreement), ...only, verdict: subject.verdict } };
    default:
      return withheld;
  }
}

/** Without words, whatever it was: what an erased tenure leaves with the maker. Only what is named here goes along. */
export function renderWordless(ground: Ground, maker: Domain, event: Outgoing, now: number): Rendered {
  const { type, data } = render(ground, maker, event, now);
  const { twin, product, agreement, reason, obligations, note } = data as {
    twin: unknown;
    product: { serial?: string };
    agreement?: unknown;
    reason?: unknown;
    obligations?: unknown;
    note?: { id: string };
  };
  const { serial: _, ...brief } = product;
  return {
    type: type.startsWith("agreement.") || isFarewell(type) ? type : "note.retracted",
    data: {
      twin,
      product: brief,
      ...(agreement !== undefined && { agreement }),
      ...(reason !== undefined && { reason }),
      ...(obligations !== undefined && { obligations }),
      ...(note && { note: { id: note.id } }),
    },
  };
}

/** The body of an event as the maker's feed shows it, or null when it isn't in this outbox. */
export function renderForFeed(
  ground: Ground,
  maker: Domain,
  id: EventId,
  now: number,
): (Rendered & { id: EventId; timestamp: string }) | null {
  const event = eventById(ground.sql, maker, id);
  if (!event) return null;
  const { type, data } = render(ground, maker, event, now);
  return {
    id,
    type,
    timestamp: rfc3339(event.createdAt),
    data: { seq: event.seq, prev: event.seq === 1 ? null : event.seq - 1, ...data },
  };
}
