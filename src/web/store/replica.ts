// The server's word taken into this device's copy, and what of it is news. Pure: no clock, no storage, no DOM.

import type { Agreement, FeedEvent, Message, Note, Relay, Thread } from "../api/views.ts";
import type { Arrival } from "./change.ts";
import type { KeptFind, KeptNote, StoredThing } from "./db.ts";

/** An event's `data`, as the feed joins it in. */
type Told = {
  readonly note?: Partial<Note> & { readonly id: string };
  readonly message?: Partial<Message> & { readonly id: string };
  readonly agreement?: Partial<Agreement> & { readonly id: string };
  readonly share?: { readonly id: string };
  readonly seq?: number;
  readonly by?: { readonly role: string };
};
const told = (event: FeedEvent): Told => event.data as Told;

const isWhole = <T extends object>(view: Partial<T>, name: keyof T): view is T => view[name] !== undefined;

/** The notes that these events are about, to be looked up before they are applied. */
export const notesNamed = (events: readonly FeedEvent[]): ReadonlySet<string> =>
  new Set(events.flatMap((event) => told(event).note?.id ?? []));

/** What events tell of without carrying it: to be asked for once a burst is over. */
export type Wanting = {
  /** The twin's own view (its counts, its agreement) is another now. */
  readonly twinChanged: boolean;
  /** An agreement ended: what was still on its way waits again, and no event says so. */
  readonly agreementEnded: boolean;
  /** There is a notice more, or one was withdrawn. */
  readonly noticesChanged: boolean;
  /** Notes whose known issue moved. */
  readonly issuesOf: readonly string[];
};

export const WANTS_NOTHING: Wanting = {
  twinChanged: false,
  agreementEnded: false,
  noticesChanged: false,
  issuesOf: [],
};

export const bothWanting = (one: Wanting, other: Wanting): Wanting => ({
  twinChanged: one.twinChanged || other.twinChanged,
  agreementEnded: one.agreementEnded || other.agreementEnded,
  noticesChanged: one.noticesChanged || other.noticesChanged,
  issuesOf: [...new Set([...one.issuesOf, ...other.issuesOf])],
});

export const wantsAnything = ({ issuesOf, ...rest }: Wanting): boolean =>
  issuesOf.length > 0 || Object.values(rest).includes(true);

export type Applied = Wanting & {
  readonly put: readonly KeptNote[];
  readonly gone: readonly string[];
  readonly agreements: readonly Agreement[];
  readonly arrivals: readonly Arrival[];
  readonly finds: readonly KeptFind[];
  /** What the other side of a handover did last; null when it did nothing. */
  readonly taker: NonNullable<StoredThing["taker"]> | null;
};

/** A note as the server shows it now; what was said under it and what was seen of it stays. */
export const keptNote = (twin: string, view: Note, before: KeptNote | undefined): KeptNote => {
  const { messages, revisions, ...note } = view;
  return {
    ...note,
    ...((revisions ?? before?.revisions) && { revisions: revisions ?? before?.revisions }),
    knownIssue: withOthers(note.knownIssue, before?.knownIssue),
    // Its place there doesn't change once it is known, and an answer may be older than the event that told it.
    record: note.record && (before?.record?.seq ? before.record : note.record),
    twin,
    messages: merged(before?.messages ?? [], messages ?? []),
    seen: before?.seen ?? null,
  } as KeptNote;
};

/** The issue as it is told now; how many others have it only a note by itself says, and a server of before the issues says nothing. */
const withOthers = (now: KeptNote["knownIssue"] | undefined, before: KeptNote["knownIssue"] | undefined) =>
  now && before?.id === now.id && now.others === null ? { ...now, others: before.others } : (now ?? null);

/** Both, each once, the newer word for it winning; in the order they were said. */
function merged(before: readonly Message[], now: readonly Message[]): readonly Message[] {
  if (now.length === 0) return before;
  const all = new Map(before.map((message) => [message.id, message]));
  for (const message of now) all.set(message.id, message);
  // Ids rise with the server's order only roughly; times are the server's, and a stable sort keeps what came together in order.
  return [...all.values()].toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0));
}

/** Ids of the photos of a note and of all that was said under it. */
export const picturesOf = (note: KeptNote | undefined): readonly string[] =>
  [note, ...(note?.messages ?? [])].flatMap((said) => said?.photos.map(({ id }) => id) ?? []);

/** A note that was taken back: one that was sent stays, without words; one that was not is gone (null). */
export const withoutWords = (note: KeptNote, at: string): KeptNote | null => {
  if (!note.sent) return null;
  const { revisions: _, ...rest } = note;
  return {
    ...rest,
    title: null,
    text: null,
    serial: null,
    occurredAt: null,
    photos: [],
    messages: [],
    retractedAt: at,
    updatedAt: at,
  };
};

/** Whatever was proposed, an owner's word opens the thread again (the rule of src/domain/thread.ts). */
export const OPEN_AGAIN: Thread = { state: "open", outcome: null, closesAt: null, verdict: null };

/**
 * Events of one twin's feed in their order, onto the notes that are kept here (those of `notesNamed` suffice). Words in an event are as
 * they stood when it was read, so applying one twice, or an old one late, does no harm once those after it are applied, too.
 */
export function applyEvents(twin: string, kept: ReadonlyMap<string, KeptNote>, events: readonly FeedEvent[]): Applied {
  const notes = new Map(kept);
  const touched = new Set<string>();
  const agreements = new Map<string, Agreement>();
  const arrivals: Arrival[] = [];
  const finds: KeptFind[] = [];
  let taker: Applied["taker"] = null;
  const issuesOf = new Set<string>();
  let twinChanged = false;
  let agreementEnded = false;
  let noticesChanged = false;

  const put = (note: KeptNote): void => {
    notes.set(note.id, note);
    touched.add(note.id);
  };
  const remove = (id: string): void => {
    notes.delete(id);
    touched.add(id);
  };

  for (const event of events) {
    const { note, message, agreement } = told(event);
    const before = note && notes.get(note.id);
    switch (event.type) {
      case "note.written":
      case "note.sent":
      case "note.updated":
        twinChanged = true;
        if (!note || !isWhole<Note>(note, "kind")) break;
        if (note.retractedAt !== null && !note.sent) remove(note.id);
        else put(keptNote(twin, note, before));
        break;
      case "note.retracted": {
        twinChanged = true;
        const after = before && before.retractedAt === null ? withoutWords(before, event.timestamp) : before;
        if (after) put(after);
        else if (note) remove(note.id);
        break;
      }
      case "note.relay":
        if (before && note?.relay) put({ ...before, relay: note.relay });
        break;
      case "message.posted": {
        if (!before || !message || !isWhole<Message>(message, "from")) break;
        put({ ...before, thread: note?.thread ?? before.thread, messages: merged(before.messages, [message]) });
        if (message.from === "maker") arrivals.push({ twin, note: before.id, kind: "answer" });
        break;
      }
      case "message.relay":
        if (before && message) put(withMessageRelay(before, message.id, message.relay ?? null));
        break;
      case "thread.outcome":
      case "thread.verdict":
      case "thread.closed":
        if (before && note?.thread) put({ ...before, thread: note.thread });
        break;
      case "recovery.started":
        arrivals.push({ twin, note: null, kind: "recovery" });
        break;
      case "papers.reminder":
        arrivals.push({ twin, note: null, kind: "papers" });
        break;
      case "history.added": {
        const { seq, by } = told(event);
        if (before && seq !== undefined) put({ ...before, record: { seq: before.record?.seq ?? seq } });
        arrivals.push({ twin, note: null, kind: by?.role === "owner" ? "recorded-here" : "recorded" });
        break;
      }
      case "history.erased":
        arrivals.push({ twin, note: null, kind: "recorded-here" });
        break;
      case "share.challenged": {
        const { share } = told(event);
        const challenge = share && { share: share.id, at: event.timestamp };
        if (challenge) arrivals.push({ twin, note: null, kind: "challenge", challenge });
        break;
      }
      case "find.reported": {
        const { text, contact, at } = event.data as Partial<KeptFind>;
        if (text === undefined || at === undefined) break;
        finds.push({ seq: event.seq, text, contact: contact ?? null, at });
        arrivals.push({ twin, note: null, kind: "found" });
        break;
      }
      case "handover.accepted":
        taker = "accepted";
        break;
      case "handover.received":
        taker = "received";
        break;
      case "notice.posted":
        noticesChanged = true;
        arrivals.push({ twin, note: null, kind: "notice" });
        break;
      case "notice.withdrawn":
      case "notice.settled":
        noticesChanged = true;
        break;
      case "issue.changed":
      case "issue.unlinked":
        if (!note) break;
        if (before && note.knownIssue !== undefined) put({ ...before, knownIssue: note.knownIssue });
        // How many others have it, the feed doesn't say.
        issuesOf.add(note.id);
        if (event.type === "issue.changed") arrivals.push({ twin, note: note.id, kind: "issue" });
        break;
      default:
        if (!event.type.startsWith("agreement.")) break;
        twinChanged = true;
        if (!agreement || !isWhole<Agreement>(agreement, "state")) break;
        agreements.set(agreement.id, agreement);
        if (agreement.events.length > 0) agreementEnded = true;
        if (isCompanysWord(event.type, agreement)) arrivals.push({ twin, note: null, kind: "terms" });
    }
  }
  return {
    put: [...touched].flatMap((id) => notes.get(id) ?? []),
    gone: [...touched].filter((id) => !notes.has(id)),
    agreements: [...agreements.values()],
    arrivals,
    finds,
    taker,
    twinChanged,
    agreementEnded,
    noticesChanged,
    issuesOf: [...issuesOf],
  };
}

/** Whether an event about an agreement tells what a company did, not what this owner did. */
const isCompanysWord = (type: string, { decision, events }: Agreement): boolean =>
  type === `agreement.${decision?.decision}` ||
  (type === "agreement.terminated" && events.at(-1)?.body.by === "second");

const withMessageRelay = (note: KeptNote, id: string, relay: Relay | null): KeptNote => ({
  ...note,
  messages: note.messages.map((message) => (message.id === id ? { ...message, relay } : message)),
});

/**
 * An answer to this device's own call, onto what the feed has brought meanwhile: the feed may know more of its relay and its thread by
 * now, the answer never knows more of a later revision.
 */
export function afterAnswer(twin: string, view: Note, kept: KeptNote | undefined): KeptNote {
  if (!kept) return keptNote(twin, view, undefined);
  if (kept.revision > view.revision || kept.retractedAt !== null) return kept;
  const firstSent = view.sent && !kept.sent;
  const relay = firstSent || kept.relay.state === "waiting" ? view.relay : kept.relay;
  return { ...keptNote(twin, view, kept), relay, thread: kept.thread };
}

/** A message that this device posted, unless the feed was quicker. */
export const withMessage = (note: KeptNote, message: Message): KeptNote =>
  note.messages.some(({ id }) => id === message.id)
    ? note
    : { ...note, thread: OPEN_AGAIN, messages: merged(note.messages, [message]) };

/** Which of two views of one agreement is the later: endings only come, and so do decisions. */
export const laterOf = (kept: Agreement | undefined, view: Agreement): Agreement =>
  kept && (kept.events.length > view.events.length || (kept.decision !== null && view.decision === null)) ? kept : view;

/** When a company decided something of this agreement (the server's instants). */
export const decisionsOf = (agreement: Agreement): readonly string[] => [
  ...(agreement.decision ? [agreement.decision.decidedAt] : []),
  ...agreement.events.filter(({ body }) => body.by === "second").map(({ body }) => body.at),
];

/** After every instant: while the whole feed isn't known here, nothing of it is news. */
const NEVER = "\uffff";

/** Whether the thread waits for the owner's word on an answer. */
export const waitsForVerdict = ({ state, outcome, verdict }: Thread): boolean =>
  state === "answered" && outcome !== null && verdict === null;

/** How much a company said under this note that was not read on this device. */
export function unreadOf(
  note: Pick<KeptNote, "messages" | "seen" | "thread" | "knownIssue">,
  since: string | null,
): number {
  const after = note.seen ?? since ?? NEVER;
  const moved = (note.knownIssue?.updatedAt ?? "") > after ? 1 : 0;
  const news = moved + note.messages.filter(({ from, createdAt }) => from === "maker" && createdAt > after).length;
  // What was proposed before this device came waits for a word all the same.
  return note.seen === null && waitsForVerdict(note.thread) ? Math.max(1, news) : news;
}

/** How many decisions of companies were not seen on this device. */
export function unreadTerms(agreements: readonly Agreement[], { termsSeen, since }: StoredThing): number {
  const after = termsSeen ?? since ?? NEVER;
  return agreements.flatMap(decisionsOf).filter((at) => at > after).length;
}

/** What companies said or decided about a thing that was not opened on this device. */
export const unreadIn = (thing: StoredThing, notes: Iterable<KeptNote>, agreements: readonly Agreement[]): number => {
  let count = unreadTerms(agreements, thing);
  for (const note of notes) count += unreadOf(note, thing.since);
  return count;
};

const latest = (instants: readonly string[]): string => instants.reduce((a, b) => (a > b ? a : b), "");

/** Up to when a note is read that is read now. */
export const seenNow = (note: KeptNote): string =>
  latest([
    note.createdAt,
    note.seen ?? "",
    note.knownIssue?.updatedAt ?? "",
    ...note.messages.map(({ createdAt }) => createdAt),
  ]);

export const termsSeenNow = (agreements: readonly Agreement[], thing: StoredThing): string =>
  latest([thing.termsSeen ?? "", thing.since ?? "", ...agreements.flatMap(decisionsOf)]);

/** When something last happened with a thing, as far as this device knows. */
export const lastActive = (thing: StoredThing, notes: Iterable<KeptNote>, agreements: readonly Agreement[]): string => {
  let at = thing.addedAt;
  for (const note of notes) {
    const said = note.messages.at(-1)?.createdAt ?? "";
    const moved = note.knownIssue?.updatedAt ?? "";
    if (note.createdAt > at) at = note.createdAt;
    if (said > at) at = said;
    if (moved > at) at = moved;
  }
  return latest([at, ...agreements.flatMap(decisionsOf)]);
};
