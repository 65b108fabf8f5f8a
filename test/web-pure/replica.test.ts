// The device's copy of a thing: the feed taken in, what of it is news, and what waits to be sent laid over it.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Agreement, FeedEvent, Message, Note } from "../../src/web/api/views.ts";
import type { KeptNote, KeptNotice, StoredThing, ToldOf } from "../../src/web/store/db.ts";
import type { Operation, Queued } from "../../src/web/store/operation.ts";
import { notesWith } from "../../src/web/store/overlay.ts";
import {
  afterAnswer,
  applyEvents,
  keptNote,
  seenNow,
  unreadOf,
  unreadTerms,
  withMessage,
} from "../../src/web/store/replica.ts";
import { noticesIn, withWord } from "../../src/web/store/told.ts";

const TWIN = "twin_a.1.x";
const at = (minute: number): string => `2026-05-01T10:${String(minute).padStart(2, "0")}:00.000Z`;

const view = (more: Partial<Note> = {}): Note => ({
  id: "note_1",
  kind: "problem",
  title: null,
  text: "It hums.",
  wants: "nothing",
  sent: true,
  sentAt: at(0),
  serial: null,
  onRecord: false,
  occurredAt: null,
  createdAt: at(0),
  updatedAt: at(0),
  revision: 1,
  retractedAt: null,
  channel: "chan_1",
  photos: [],
  relay: { state: "queued", reason: null },
  thread: { state: "open", outcome: null, closesAt: null, verdict: null },
  knownIssue: null,
  record: null,
  ...more,
});
const kept = (more: Partial<Note> = {}): KeptNote => keptNote(TWIN, view(more), undefined);

const message = (id: string, from: "owner" | "maker", minute: number): Message => ({
  id,
  from,
  maker: from === "maker" ? "acme.example" : null,
  channel: null,
  text: id,
  type: null,
  outcome: null,
  author: null,
  photos: [],
  createdAt: at(minute),
  relay: null,
});
const ANSWERED = { state: "answered", outcome: "fixed", closesAt: at(59), verdict: null } as const;

let seq = 0;
const event = (type: string, data: Record<string, unknown>): FeedEvent => ({
  seq: ++seq,
  type,
  timestamp: at(30),
  data,
});

const apply = (events: readonly FeedEvent[], notes: readonly KeptNote[] = []) =>
  applyEvents(TWIN, new Map(notes.map((note) => [note.id, note])), events);
/** What is there after it. */
const after = (events: readonly FeedEvent[], notes: readonly KeptNote[] = []): Map<string, KeptNote> => {
  const { put, gone } = apply(events, notes);
  const all = new Map([...notes, ...put].map((note) => [note.id, note]));
  for (const id of gone) all.delete(id);
  return all;
};

const answer = event("message.posted", {
  note: { id: "note_1", thread: ANSWERED },
  message: message("msg_1", "maker", 5),
});
const STORY = [
  event("note.written", { note: view() }),
  event("note.relay", { note: { id: "note_1", relay: { state: "delivered", reason: null } } }),
  answer,
  event("thread.outcome", { note: { id: "note_1", thread: ANSWERED }, outcome: "fixed" }),
  event("message.posted", { note: { id: "note_1", thread: view().thread }, message: message("msg_2", "owner", 6) }),
  event("message.relay", {
    note: { id: "note_1" },
    message: { id: "msg_2", relay: { state: "delivered", reason: null } },
  }),
];

describe("the feed on this device", () => {
  it("comes to the same, whatever the pages it was read in and however often a part was read", () => {
    const whole = after(STORY);
    expect(whole.get("note_1")).toMatchObject({
      relay: { state: "delivered" },
      thread: { state: "open" },
      messages: [{ id: "msg_1" }, { id: "msg_2", relay: { state: "delivered" } }],
    });
    fc.assert(
      fc.property(fc.array(fc.nat(STORY.length), { maxLength: 6 }), (cuts) => {
        let notes: readonly KeptNote[] = [];
        for (const cut of cuts) notes = [...after(STORY.slice(0, cut), notes).values()];
        expect(after(STORY, notes)).toEqual(whole);
      }),
    );
  });

  it("keeps no word of a note that was taken back: nothing of a private one, and of a sent one that it was", () => {
    const retracted = event("note.retracted", { note: { id: "note_1" } });
    expect(after([retracted], [kept({ sent: false })]).size).toBe(0);
    const sent = after([answer, retracted], [kept({ title: "Hum" })]).get("note_1");
    expect(sent).toMatchObject({ text: null, title: null, messages: [], photos: [], retractedAt: at(30) });
  });

  it("never brings back what was taken back when its first event is read again", () => {
    const written = event("note.written", { note: view({ text: null, sent: false, retractedAt: at(9) }) });
    expect(after([written]).size).toBe(0);
  });

  it("tells what came from outside, and nothing of what the owner did", () => {
    expect(apply(STORY).arrivals).toEqual([{ twin: TWIN, note: "note_1", kind: "answer" }]);
  });

  it("tells a company's decision once, and says when an agreement ended", () => {
    const agreement = {
      id: "agr_1",
      state: "accepted",
      decision: { decision: "accepted", decidedAt: at(3) },
      events: [],
    };
    const decided = apply([event("agreement.proffered", { agreement }), event("agreement.accepted", { agreement })]);
    expect(decided.arrivals).toEqual([{ twin: TWIN, note: null, kind: "terms" }]);
    expect(decided).toMatchObject({ agreementEnded: false, twinChanged: true });
    const over = { ...agreement, state: "terminated", events: [{ body: { by: "first", at: at(4) } }] };
    const ended = apply([event("agreement.terminated", { agreement: over })]);
    expect(ended).toMatchObject({ agreementEnded: true, arrivals: [] });
  });

  it("knows a note's place in the history once it is told, and keeps it over an answer that is older", () => {
    const waits = kept({ onRecord: true, record: { seq: null } });
    const added = event("history.added", { seq: 4, kind: "other", by: { role: "owner" }, note: { id: "note_1" } });
    const [there] = apply([added], [waits]).put;
    expect(there!.record).toEqual({ seq: 4 });
    expect(afterAnswer(TWIN, view({ onRecord: true, record: { seq: null } }), there).record).toEqual({ seq: 4 });
    expect(apply([event("history.added", { seq: 5, kind: "inspecting", by: { role: "maker" } })]).arrivals).toEqual([
      { twin: TWIN, note: null, kind: "recorded" },
    ]);
  });

  it("tells of a buyer who asks, through which link, and when", () => {
    const asked = event("share.challenged", { share: { id: "share_1" } });
    expect(apply([asked]).arrivals).toEqual([
      { twin: TWIN, note: null, kind: "challenge", challenge: { share: "share_1", at: at(30) } },
    ]);
  });

  it("passes over what it doesn't know, from a newer server or beyond this channel's scopes", () => {
    const { put, gone, agreements } = apply([
      event("note.polished", { note: { id: "note_9" } }),
      answer,
      event("odd", {}),
    ]);
    expect({ put, gone, agreements }).toEqual({ put: [], gone: [], agreements: [] });
  });
});

describe("what companies tell unasked", () => {
  const issue = {
    id: "issue_1",
    title: "Humming",
    status: "fixed",
    fixedIn: "model 3",
    text: null,
    updatedAt: at(20),
    meToo: false,
    others: null,
  } as const;
  const moved = event("issue.changed", { note: { id: "note_1", knownIssue: issue }, issue: { id: "issue_1" } });

  it("moves its note, is unread there, and has the number of others asked for, which no event tells", () => {
    const applied = apply([moved], [kept()]);
    expect(applied.put[0]).toMatchObject({ id: "note_1", knownIssue: { status: "fixed" } });
    expect(applied.issuesOf).toEqual(["note_1"]);
    expect(applied.arrivals).toEqual([{ twin: TWIN, note: "note_1", kind: "issue" }]);
    expect(unreadOf({ ...applied.put[0]!, seen: at(10) }, at(0))).toBe(1);
    expect(unreadOf({ ...applied.put[0]!, seen: seenNow(applied.put[0]!) }, at(0))).toBe(0);
  });

  it("keeps the number of others over an event that doesn't tell it, and takes an issue away that was unlinked", () => {
    const counted = keptNote(TWIN, view({ knownIssue: { ...issue, others: 7 } }), undefined);
    expect(keptNote(TWIN, view({ knownIssue: issue }), counted).knownIssue).toMatchObject({ others: 7 });
    const unlinked = event("issue.unlinked", { note: { id: "note_1", knownIssue: null }, issue: { id: "issue_1" } });
    const applied = apply([unlinked], [counted]);
    expect(applied.put[0]!.knownIssue).toBeNull();
    expect(applied.arrivals).toEqual([]);
  });

  it("has the notices asked for again, and only a new one is an arrival", () => {
    const notice = { id: "notice_1", title: "The lid", text: "Stop using it.", kind: "recall" };
    const posted = apply([event("notice.posted", notice)]);
    expect(posted).toMatchObject({ noticesChanged: true, arrivals: [{ kind: "notice", note: null }], put: [] });
    for (const type of ["notice.withdrawn", "notice.settled"]) {
      expect(apply([event(type, notice)])).toMatchObject({ noticesChanged: true, arrivals: [] });
    }
  });

  it("shows the owner's own word at once, and lists what waits for one first, danger before the rest", () => {
    const notice = (id: string, more: Partial<KeptNotice> = {}): KeptNotice => ({
      id: id as KeptNotice["id"],
      kind: "service",
      maker: { id: "acme.example", name: "ACME" },
      title: id,
      text: "",
      url: null,
      at: at(1),
      why: "agreement",
      agreement: null,
      state: "open",
      withdrawn: null,
      ...more,
    });
    const told: ToldOf = {
      notices: [
        notice("message", { at: at(9) }),
        notice("recall", { kind: "recall", why: "every-item" }),
        notice("board", { kind: "safety", why: "board", at: at(5) }),
      ],
      issues: [{ ...issue, id: "issue_1" }],
      askedAt: 0,
      said: { board: "done" },
    };
    const ids = (now: ToldOf): string[] => noticesIn(now).map(({ id, state }) => `${id} ${state}`);
    expect(ids(told)).toEqual(["recall open", "message open", "board done"]);
    const settled = withWord(told, { type: "settle", twin: TWIN, notice: "recall", state: "booked" });
    expect(ids(settled)).toEqual(["message open", "board done", "recall booked"]);
    const counted = withWord(told, { type: "me-too", twin: TWIN, issue: "issue_1", counted: true });
    expect(counted.issues[0]!.meToo).toBe(true);
  });
});

describe("an answer to this device's own call", () => {
  it("takes nothing back that the feed brought while it was on its way", () => {
    const before = after(STORY).get("note_1")!;
    expect(afterAnswer(TWIN, view(), before)).toEqual(before);
    const revised = { ...before, text: "It roars.", revision: 3 };
    expect(afterAnswer(TWIN, view({ revision: 2 }), revised)).toBe(revised);
  });

  it("shows a message once, whether the call or the feed was first", () => {
    const mine = message("msg_7", "owner", 8);
    const once = withMessage(kept(), mine);
    const posted = event("message.posted", { note: { id: "note_1", thread: view().thread }, message: mine });
    expect(after([posted], [once]).get("note_1")!.messages).toEqual([mine]);
    expect(withMessage(after([posted], [kept()]).get("note_1")!, mine).messages).toEqual([mine]);
  });
});

describe("unread", () => {
  const heard = (more: Partial<KeptNote> = {}): KeptNote => ({ ...after([answer], [kept()]).get("note_1")!, ...more });

  it("is what a company said since this note was last opened on this device", () => {
    const note = { ...heard(), thread: view().thread };
    expect(unreadOf(note, at(1))).toBe(1);
    expect(unreadOf({ ...note, seen: seenNow(note) }, at(1))).toBe(0);
    const more = withOneMore({ ...note, seen: seenNow(note) });
    expect(unreadOf(more, at(1))).toBe(1);
  });
  const withOneMore = (note: KeptNote): KeptNote =>
    after([event("message.posted", { note: { id: note.id }, message: message("msg_8", "maker", 9) })], [note]).get(
      note.id,
    )!;

  it("is nothing on a device that is new to a thing, but for what waits for the owner's word", () => {
    const open = { ...heard(), thread: view().thread };
    expect(unreadOf(open, null)).toBe(0);
    expect(unreadOf(open, at(20))).toBe(0);
    expect(unreadOf(heard(), at(20))).toBe(1);
    expect(unreadOf(heard({ thread: { ...ANSWERED, verdict: "addressed", state: "closed" } }), at(20))).toBe(0);
    expect(unreadOf(heard({ seen: at(20) }), at(20))).toBe(0);
  });

  it("counts a company's decisions that were not looked at", () => {
    const thing = { termsSeen: null, since: at(1) } as StoredThing;
    const agreement = {
      decision: { decidedAt: at(3) },
      events: [{ body: { by: "second", at: at(9) } }],
    } as unknown as Agreement;
    expect(unreadTerms([agreement], thing)).toBe(2);
    expect(unreadTerms([agreement], { ...thing, termsSeen: at(5) })).toBe(1);
    expect(unreadTerms([agreement], { ...thing, since: null })).toBe(0);
  });
});

describe("what waits to be sent, laid over it", () => {
  let place = 0;
  const queued = (op: Operation, more: Partial<Queued> = {}): Queued => ({
    seq: ++place,
    id: `local_${place}`,
    op,
    key: "k",
    photoKeys: [],
    uploaded: [],
    state: "waiting",
    at: at(40),
    tries: 0,
    firstTriedAt: null,
    notBefore: 0,
    ...more,
  });
  const about = { twin: TWIN, note: "note_1" } as const;

  it("shows a note at once, newest first, with what follows it", () => {
    const write = queued({ type: "note", twin: TWIN, input: { kind: "idea", text: "A handle" }, photos: [] });
    const revise = queued({ type: "revise", twin: TWIN, note: write.id, text: "Two handles" });
    const [first, second] = notesWith([kept()], [write, revise], at(0), write.seq);
    expect(first).toMatchObject({ id: write.id, text: "Two handles", queued: "sending", queueSeq: write.seq });
    expect(second).toMatchObject({ id: "note_1", queued: null });
  });

  it("shows a message, a verdict and what is taken back as done, and what was refused as not done, with its reason", () => {
    const problem = { status: 410, code: "gone", title: "", detail: "", errors: [], retryAfterSeconds: null };
    const say = queued({ type: "message", ...about, text: "Again", photos: [] });
    const judge = queued({ type: "verdict", ...about, verdict: "addressed" });
    const note = { ...kept(), thread: ANSWERED };
    expect(notesWith([note], [say], at(0), null)[0]).toMatchObject({
      thread: { state: "open" },
      messages: [{ id: say.id, text: "Again", queued: "waiting" }],
    });
    expect(notesWith([note], [judge], at(0), null)[0]).toMatchObject({
      thread: { state: "closed", verdict: "addressed" },
    });
    const refused = notesWith([note], [{ ...judge, state: "refused", problem }], at(0), null)[0];
    expect(refused).toMatchObject({ thread: ANSWERED, queued: "refused", problem, queueSeq: judge.seq });
    expect(notesWith([kept({ sent: false })], [queued({ type: "retract", ...about })], at(0), null)).toEqual([]);
    expect(notesWith([note], [queued({ type: "retract", ...about })], at(0), null)[0]).toMatchObject({ text: null });
  });

  it("shows a note once when the feed was quicker than the answer, and an older one of the same words beside it", () => {
    const op: Operation = { type: "note", twin: TWIN, input: { kind: "problem", text: "It hums." }, photos: [] };
    const tried = queued(op, { tries: 1, firstTriedAt: Date.parse(at(40)) });
    const ids = (queue: Queued[]) =>
      notesWith([kept(), kept({ id: "note_2", createdAt: at(41) })], queue, at(0), null).map(({ id }) => id);
    expect(ids([tried])).toEqual([tried.id, "note_1"]);
    expect(ids([{ ...tried, tries: 0, firstTriedAt: null }])).toEqual(["note_2", tried.id, "note_1"]);
    expect(ids([])).toEqual(["note_2", "note_1"]);
  });

  it("gives the same object for a note of which nothing changed", () => {
    const note = kept();
    expect(notesWith([note], [], at(0), null)[0]).toBe(notesWith([note], [], at(0), null)[0]);
  });
});
