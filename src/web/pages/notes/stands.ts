// Where a note stands, in one short sentence and a mark: the whole of what an owner wants to know of it at a glance.

import type { LocalMessage, LocalNote } from "../../store/notes.ts";
import type { Relay } from "../../api/views.ts";
import { agreementsOf, isByLink } from "../../store/agreements.ts";
import { companyName } from "../../store/makers.ts";
import { online, progress } from "../../store/queue.ts";
import { mayIn, type Thing } from "../../store/things.ts";
import { failureWords } from "../../ui/failure-words.ts";
import type { Tone } from "../../ui/notice.tsx";
import { ago } from "../../words/format.ts";
import { words } from "../../words/words.ts";
import { termsState } from "./agreed.ts";

export type Stands = { readonly tone: Tone; readonly text: string };

/** Whether it is nowhere but on this device. */
export const isLocal = ({ id }: Pick<LocalNote, "id">): boolean => id.startsWith("local_");

/** Whether an outcome was proposed that waits for the owner's word. */
export const waitsForVerdict = ({ thread }: Pick<LocalNote, "thread">): boolean =>
  thread.state === "answered" && thread.outcome !== null && thread.verdict === null;

/** The server's reason for a note that waits over 30 days (src/tenure/sending.ts). */
const isOverdue = (reason: string | null): boolean => reason?.startsWith("it waited over 30 days") ?? false;
export const waitsForTap = ({ relay }: Pick<LocalNote, "relay">): boolean =>
  relay.state === "waiting" && isOverdue(relay.reason);

function onThisDevice(note: LocalNote): Stands | null {
  const w = words.value.thread.stands;
  switch (note.queued) {
    case "refused":
      return { tone: "bad", text: w.refused(note.problem ? failureWords(note.problem) : "") };
    case "sending": {
      const sent = progress.value;
      const photos = (sent?.of ?? 1) - 1;
      return {
        tone: "wait",
        text: sent && photos > 0 && sent.done < photos ? w.sendingPhotos(sent.done + 1, photos) : w.sending,
      };
    }
    case "waiting":
      if (!isLocal(note)) return { tone: "wait", text: w.changeWaits };
      return { tone: "wait", text: online.value ? w.local : w.localOffline };
    default:
      return null;
  }
}

function whyItWaits(thing: Thing, company: string): string {
  const w = words.value.thread.stands.waits;
  switch (termsState(thing)) {
    case "absent":
      return w.absent(company);
    case "proffered":
    case "held":
    case "accepted":
      return w.open(company);
    case "countered":
      return w.countered(company);
    case "refused":
    case "declined":
      return w.refused(company);
    default:
      return mayIn(thing, "agreements:write") ? w.none(company) : w.owner;
  }
}

const NEXT_TRY = /next try at (\S+)$/u;

/** The server gives its reasons in English (src/relay/relay-state.ts); an owner reads them in their own language. */
function whyDelayed(reason: string | null, company: string): string {
  const w = words.value.thread.stands.delayed;
  const next = NEXT_TRY.exec(reason ?? "")?.[1];
  const why = reason?.includes("switched its endpoint off")
    ? w.off(company)
    : reason?.includes("endpoint is disabled")
      ? w.disabled(company)
      : reason?.includes("is not answering")
        ? w.away(company)
        : w.other(company);
  return next !== undefined && Date.parse(next) > Date.now() ? `${why}; ${w.next(ago(next))}` : why;
}

function onItsWay({ state, reason }: Relay, thing: Thing, company: string): Stands {
  const w = words.value.thread.stands;
  switch (state) {
    case "private":
      return { tone: "calm", text: w.private };
    case "waiting":
      return { tone: "wait", text: isOverdue(reason) ? w.waits.tap : whyItWaits(thing, company) };
    case "queued":
    case "delivering":
      return { tone: "wait", text: w.onItsWay(company) };
    case "delivered":
      return { tone: "good", text: w.delivered(company) };
    case "delayed":
      return { tone: "wait", text: whyDelayed(reason, company) };
    case "failed":
      return { tone: "bad", text: w.failed(company) };
  }
}

/** Who gave the last answer: the company, or somebody by a reply link. */
export function answererOf({ messages }: Pick<LocalNote, "messages">, company: string): string {
  const last = messages.findLast(({ from }) => from === "maker");
  return last && isByLink(last) ? (last.author?.name ?? company) : company;
}

/** Whoever answered last by a reply link that still opens this note; null where nobody does. Reactive. */
export function answersByLink({ twin, messages }: Pick<LocalNote, "twin" | "messages">): string | null {
  const last = messages.findLast(isByLink);
  const inForce = agreementsOf(twin).some(({ maker, state }) => maker === last?.maker && state === "accepted");
  return last && inForce ? (last.author?.name ?? "") : null;
}

/** Reactive. */
export function stands(note: LocalNote, thing: Thing): Stands {
  const w = words.value.thread.stands;
  const company = answererOf(note, companyName(thing));
  const here = onThisDevice(note);
  if (here) return here;
  if (note.retractedAt !== null) return { tone: "calm", text: w.retracted };
  const { state, outcome, verdict } = note.thread;
  if (state === "closed") return { tone: "good", text: verdict === "addressed" ? w.addressed : w.closed };
  if (state === "answered") {
    return { tone: "news", text: outcome === null ? w.answered(company) : w.proposed[outcome](company) };
  }
  if (verdict === "not-addressed") return { tone: "wait", text: w.notAddressed(company) };
  // Whoever is shown the history reads it there: private it is no more.
  if (note.relay.state === "private" && note.onRecord) {
    const isThere = typeof note.record?.seq === "number";
    return isThere ? { tone: "calm", text: w.inHistory } : { tone: "wait", text: w.toHistory };
  }
  return onItsWay(note.relay, thing, companyName(thing));
}

/** Where a message of this side stands; null where that is nobody's concern. Reactive. */
export function messageStands({ queued, relay }: LocalMessage, thing: Thing): Stands | null {
  const w = words.value.thread.stands;
  if (queued === "sending") return { tone: "wait", text: w.sending };
  if (queued === "waiting") return { tone: "wait", text: online.value ? w.local : w.localOffline };
  return queued === "refused" || relay === null ? null : onItsWay(relay, thing, companyName(thing));
}

/** What a person filters notes by; a note can be of several. */
export const GROUPS = ["news", "open", "waiting", "mine", "closed"] as const;
export type Group = (typeof GROUPS)[number];

export function isOf(note: LocalNote, group: Group): boolean {
  switch (group) {
    case "news":
      return note.unread > 0 || waitsForVerdict(note) || waitsForTap(note);
    case "open":
      return note.sent && note.retractedAt === null && note.thread.state !== "closed";
    case "waiting":
      return (
        note.queued !== null || ["waiting", "queued", "delivering", "delayed", "failed"].includes(note.relay.state)
      );
    case "mine":
      return !note.sent;
    case "closed":
      return note.thread.state === "closed" || note.retractedAt !== null;
  }
}
