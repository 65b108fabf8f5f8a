// What happened with a thing, in the order of time: all that its drawing and its list tell.

import type { Agreement } from "../../api/views.ts";
import { isByLink } from "../../store/agreements.ts";
import type { LocalNote } from "../../store/notes.ts";
import type { Tone } from "../../ui/notice.tsx";
import { words } from "../../words/words.ts";
import type { Kind } from "../notes/kinds.ts";
import { beginningOf } from "../notes/words-of.tsx";

export type LifeEvent = {
  readonly key: string;
  /** RFC 3339, or a day. */
  readonly at: string;
  readonly what: "began" | "bought" | "note" | "answer" | "terms" | "warranty";
  readonly kind: Kind | null;
  readonly tone: Tone;
  readonly title: string;
  readonly detail: string | null;
  readonly href: string | null;
};

/** Of its papers what the drawing shows. */
export type Dates = { readonly boughtOn: string | null; readonly warrantyUntil: string | null };

const millis = ({ at }: Pick<LifeEvent, "at">): number => Date.parse(at.length === 10 ? `${at}T12:00:00` : at);

export const isFuture = (event: LifeEvent): boolean => millis(event) > Date.now();
export const daysBetween = (one: LifeEvent, other: LifeEvent): number =>
  Math.abs(millis(other) - millis(one)) / 86_400_000;

const LABEL_CHARACTERS = 90;

function ofNote(note: LocalNote, twin: string, company: string): LifeEvent[] {
  const { thread } = words.value;
  const href = `/t/${twin}/n/${note.id}`;
  const text = note.title ?? note.text;
  return [
    {
      key: note.id,
      at: note.occurredAt ?? note.createdAt,
      what: "note",
      kind: note.kind,
      tone: note.sent ? "good" : "calm",
      title: thread.kinds[note.kind],
      detail: text === null ? thread.stands.retracted : beginningOf(text, LABEL_CHARACTERS),
      href,
    },
    ...note.messages
      .filter(({ from }) => from === "maker")
      .map((message): LifeEvent => ({
        key: message.id,
        at: message.createdAt,
        what: "answer",
        kind: null,
        tone: "news",
        title: thread.life.answer(isByLink(message) ? (message.author?.name ?? company) : company),
        detail: beginningOf(message.text, LABEL_CHARACTERS),
        href,
      })),
  ];
}

function ofTerms(
  { id, createdAt, decision, counter, terms, events }: Agreement,
  twin: string,
  company: string,
): LifeEvent[] {
  const w = words.value.thread.life.terms;
  const event = (part: string, at: string, tone: Tone, title: string): LifeEvent => ({
    key: `${id} ${part}`,
    at,
    what: "terms",
    kind: null,
    tone,
    title,
    detail: null,
    href: `/t/${twin}/terms`,
  });
  const decided = decision && {
    accepted: event("decision", decision.decidedAt, "good", w.accepted(company)),
    // The owner's own yes to a counter is on this page the day that the counter came: only the record knows its hour.
    countered:
      counter !== null && terms === counter
        ? event("decision", decision.decidedAt, "good", w.accepted(company))
        : event("decision", decision.decidedAt, "wait", w.countered(company)),
    refused: event("decision", decision.decidedAt, "bad", w.refused(company)),
  };
  const at = (instant: string): number => Date.parse(instant);
  // An answer that came with the offer is one thing that happened, not two.
  const atOnce = decision !== null && at(decision.decidedAt) - at(createdAt) < 60_000;
  return [
    ...(atOnce ? [] : [event("offer", createdAt, "wait", w.proffered(company))]),
    ...(decision && decided ? [decided[decision.decision]] : []),
    ...events
      .filter(({ body }) => body.kind !== "superseded")
      .map(({ body }) => event(body.kind, body.at, "bad", w.ended(company))),
  ];
}

export function lifeOf(
  { twin, createdAt, company }: { twin: string; createdAt: string; company: string },
  notes: readonly LocalNote[],
  agreements: readonly Agreement[],
  { boughtOn, warrantyUntil }: Dates,
): readonly LifeEvent[] {
  const w = words.value.thread.life;
  const plain = (what: LifeEvent["what"], at: string, tone: Tone, title: string, href: string | null): LifeEvent => ({
    key: what,
    at,
    what,
    kind: null,
    tone,
    title,
    detail: null,
    href,
  });
  const papers = `/t/${twin}/papers`;
  const over = warrantyUntil !== null && Date.parse(`${warrantyUntil}T23:59:59`) < Date.now();
  return [
    ...(boughtOn === null ? [] : [plain("bought", boughtOn, "calm", w.bought, papers)]),
    plain("began", createdAt, "calm", w.began, null),
    ...notes.flatMap((note) => ofNote(note, twin, company)),
    ...agreements
      .filter((one) => one.kind === "relationship" && !isByLink(one))
      .flatMap((one) => ofTerms(one, twin, company)),
    ...(warrantyUntil === null
      ? []
      : [plain("warranty", warrantyUntil, over ? "bad" : "wait", over ? w.warrantyEnded : w.warrantyEnds, papers)]),
  ].toSorted((one, other) => millis(one) - millis(other));
}
