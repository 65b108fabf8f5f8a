// Taking the server's word in: a thing's feed, onto what is kept here. Runs in pages and in the service worker: no DOM here.

import { ok, type Ok } from "../../domain/result.ts";
import { call, PATIENCE_MS, type Answer, type Asking } from "../api/call.ts";
import { newestAnswers } from "../api/newest.ts";
import type { Agreement, BoardNotice, FeedEvent, KnownIssue, Note, OwnNotice, Page, Twin } from "../api/views.ts";
import { publish } from "./change.ts";
import { db, isKept, isWordless, mayIn, type End, type KeptNote, type KeptNotice, type StoredThing } from "./db.ts";
import { contentKeys } from "./meta.ts";
import {
  applyEvents,
  bothWanting,
  keptNote,
  laterOf,
  notesNamed,
  picturesOf,
  WANTS_NOTHING,
  type Applied,
  type Wanting,
} from "./replica.ts";

const PAGE = 200;
const FIRST_LOOK = 50;
/** So many notes that were on their way are looked at again when an agreement ends. */
const LOOKED_AT_AGAIN = 50;
const LOOKS = 5;

type Asked<T> = Answer<T> | null;

/** Asks about one thing, at a path beneath its own. Null where this device can't ask. A 401 means that this device was cut off. */
export async function askFor<T>(twin: string, path: string, asking: Asking = {}): Promise<Asked<T>> {
  const thing = await (await db()).get("thing", twin);
  if (!thing || thing.ended !== null) return null;
  const answer = await call<T>(`/v1/twins/${twin}${path}`, {
    token: thing.token,
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...asking,
  });
  if (!answer.ok && answer.problem.status === 401) await endThing(twin, thing.token, "revoked");
  return answer;
}

/**
 * The thing is closed to this device. What is here stays readable after a cut, and goes with an erasure or a handover. Answers what is kept
 * of it then; null where that was known.
 */
export async function endThing(twin: string, token: string, how: End): Promise<StoredThing | null> {
  const tx = (await db()).transaction(["thing", "note", "agreement", "photo", "meta"], "readwrite");
  const thing = await tx.objectStore("thing").get(twin);
  // It may have got a new token meanwhile. A refused call may be the first to tell of the end; the socket then says which it was.
  const isNews = thing?.token === token && (thing.ended === null || (thing.ended === "revoked" && isWordless(how)));
  const { told: _, finds: __, ...untold } = thing ?? ({} as StoredThing);
  const agreements = isNews ? await tx.objectStore("agreement").index("twin").getAll(twin) : [];
  const hadTerms = how === "erased" && agreements.some(({ terms }) => terms !== null);
  const ended: StoredThing | null = isNews
    ? { ...(isWordless(how) ? untold : thing), ended: how, ...(hadTerms && { hadTerms }) }
    : null;
  if (ended) {
    await tx.objectStore("thing").put(ended);
    if (isWordless(how)) {
      for (const key of contentKeys(twin)) await tx.objectStore("meta").delete(key);
      for (const name of ["note", "agreement", "photo"] as const) {
        const store = tx.objectStore(name);
        for (const key of await store.index("twin").getAllKeys(twin)) await store.delete(key);
      }
    }
  }
  await tx.done;
  if (ended) publish({ things: [ended], ...(isWordless(how) && { emptied: [twin] }) });
  return ended;
}

export type Taken = {
  /** Something was missed before these: the feed must be asked from `cursor`. */
  readonly gap: boolean;
  /** How many of the events were not known here. */
  readonly fresh: number;
  readonly wanting: Wanting;
};
const NOTHING: Taken = { gap: false, fresh: 0, wanting: WANTS_NOTHING };

/**
 * Takes events in that follow `after`, up to `next`. What another tab took meanwhile is passed over; nothing is taken across a gap,
 * so that the cursor never runs ahead of what is here.
 */
export async function takeEvents(
  twin: string,
  after: number,
  events: readonly FeedEvent[],
  next: number,
): Promise<Taken> {
  const tx = (await db()).transaction(["thing", "note", "agreement", "photo"], "readwrite");
  const [things, notes] = [tx.objectStore("thing"), tx.objectStore("note")];
  const thing = await things.get(twin);
  const known = !thing || thing.ended !== null || next <= thing.cursor;
  if (known || after > thing.cursor) {
    await tx.done;
    return { ...NOTHING, gap: !known };
  }
  const fresh = events.filter(({ seq }) => seq > thing.cursor);
  const found = await Promise.all([...notesNamed(fresh)].map((id) => notes.get(id)));
  const kept = new Map(found.flatMap((note) => (note ? [[note.id, note] as const] : [])));
  const applied = applyEvents(twin, kept, fresh);
  const moved: StoredThing = {
    ...thing,
    cursor: next,
    heard: fresh.at(-1)?.timestamp ?? thing.heard,
    ...(applied.finds.length > 0 && { finds: [...(thing.finds ?? []), ...applied.finds] }),
    // Of an offer of long ago it would say nothing true any more.
    ...(applied.taker !== null && thing.since !== null && { taker: applied.taker }),
  };
  await Promise.all([
    things.put(moved),
    ...applied.put.map((note) => notes.put(note)),
    ...applied.gone.map((id) => notes.delete(id)),
    ...applied.agreements.map((agreement) => tx.objectStore("agreement").put(agreement)),
    ...picturesGone(kept, applied).map((id) => tx.objectStore("photo").delete(id)),
  ]);
  await tx.done;
  publish({
    things: [moved],
    notes: applied.put,
    notesGone: applied.gone.map((id) => ({ twin, id })),
    agreements: applied.agreements,
    // While the past is being read, nothing of it has just arrived.
    ...(thing.since !== null && { arrivals: applied.arrivals }),
  });
  return { gap: false, fresh: fresh.length, wanting: applied };
}

/** Pictures of what was taken back leave this device, too. */
function picturesGone(kept: ReadonlyMap<string, KeptNote>, { put, gone }: Applied): readonly string[] {
  const shown = new Set(put.flatMap(picturesOf));
  return [...gone, ...put.map(({ id }) => id)].flatMap((id) => picturesOf(kept.get(id))).filter((id) => !shown.has(id));
}

/** Asks for one note with all that was said under it, and keeps it unless the feed said more meanwhile: then it is asked again. */
export async function lookAt(twin: string, id: string): Promise<void> {
  const database = await db();
  for (let look = 0; look < LOOKS; look++) {
    const asked = await database.get("thing", twin);
    const answer = await askFor<Note>(twin, `/notes/${id}`);
    if (!answer?.ok) return;
    const tx = database.transaction(["thing", "note"], "readwrite");
    const isStill = (await tx.objectStore("thing").get(twin))?.cursor === asked?.cursor;
    const note = isStill && keptNote(twin, answer.value, await tx.objectStore("note").get(id));
    if (note) await tx.objectStore("note").put(note);
    await tx.done;
    if (note) return publish({ notes: [note] });
  }
}

/** Changes what is kept of a thing, if it is still here. */
export async function changeThing(twin: string, change: (thing: StoredThing) => StoredThing): Promise<void> {
  const tx = (await db()).transaction("thing", "readwrite");
  const thing = await tx.store.get(twin);
  const changed = thing && change(thing);
  if (changed) await tx.store.put(changed);
  await tx.done;
  if (changed) publish({ things: [changed] });
}

/** A thing that is new here shows what was written last before its past is read: as much of it as this device may read. */
async function firstLook(begun: StoredThing): Promise<void> {
  const twin = begun.id;
  const [notes, agreements] = await Promise.all([
    mayIn(begun, "notes:own") ? askFor<Page<Note>>(twin, `/notes?limit=${FIRST_LOOK}`) : null,
    mayIn(begun, "agreements:read") ? askFor<Page<Agreement>>(twin, `/agreements?limit=${PAGE}`) : null,
  ]);
  const tx = (await db()).transaction(["thing", "note", "agreement"], "readwrite");
  const [noteStore, agreementStore] = [tx.objectStore("note"), tx.objectStore("agreement")];
  const thing = await tx.objectStore("thing").get(twin);
  // Once somebody else has begun to read the feed, what it says is the newer word.
  if (!isKept(thing) || thing.cursor !== 0) return tx.done;
  const views = notes?.ok ? notes.value.items : [];
  // A thing that comes back to this device may have left some here.
  const before = await Promise.all(views.map(({ id }) => noteStore.get(id)));
  const putNotes = views.map((note, at) => keptNote(twin, note, before[at]));
  const putAgreements = agreements?.ok ? agreements.value.items : [];
  await Promise.all([
    ...putNotes.map((note) => noteStore.put(note)),
    ...putAgreements.map((agreement) => agreementStore.put(agreement)),
  ]);
  await tx.done;
  publish({ notes: putNotes, agreements: putAgreements });
}

const underWay = new Map<string, Promise<boolean>>();

/**
 * Reads a thing's feed from where it is known here to its end. Whether it got there; when it didn't, it goes on another time from where
 * it came. Asked again while it runs, it is the same run.
 */
export function catchUp(twin: string): Promise<boolean> {
  let run = underWay.get(twin);
  if (!run) {
    run = readOn(twin).finally(() => underWay.delete(twin));
    underWay.set(twin, run);
  }
  return run;
}

async function readOn(twin: string): Promise<boolean> {
  const begun = await (await db()).get("thing", twin);
  if (!begun || begun.ended !== null) return false;
  if (begun.cursor === 0 && begun.since === null) await firstLook(begun);
  const isFirst = begun.since === null;
  let wanting: Wanting = { ...WANTS_NOTHING, twinChanged: isFirst, noticesChanged: isFirst };
  for (let after = begun.cursor; ;) {
    const page = await askFor<{ items: FeedEvent[]; next: number }>(twin, `/events?after=${after}&limit=${PAGE}`);
    if (!page?.ok) return false;
    const { items, next } = page.value;
    if (next === after) break;
    const taken = await takeEvents(twin, after, items, next);
    if (taken.gap) return false;
    wanting = bothWanting(wanting, taken.wanting);
    after = next;
  }
  if (isFirst) await changeThing(twin, (thing) => ({ ...thing, since: thing.since ?? thing.heard }));
  await afterwards(twin, { ...wanting, agreementEnded: wanting.agreementEnded && !isFirst });
  return true;
}

const newestView = newestAnswers();

/** Asks for the twin as it is now. */
export async function refreshThing(twin: string): Promise<void> {
  const answer = await newestView(twin)(() => askFor<Twin>(twin, ""));
  if (answer?.ok) await changeThing(twin, (thing) => ({ ...thing, view: answer.value }));
}

/** What no event carries: the twin's own view, its notices, and where notes stand whose agreement ended beneath them or whose issue moved. */
export async function afterwards(twin: string, wanting: Wanting): Promise<void> {
  const { twinChanged, agreementEnded, noticesChanged, issuesOf } = wanting;
  if (twinChanged) await refreshThing(twin);
  if (noticesChanged || issuesOf.length > 0) await askWhatIsTold(twin);
  for (const id of issuesOf.slice(-LOOKED_AT_AGAIN)) await lookAt(twin, id);
  if (!agreementEnded) return;
  const notes = await (await db()).getAllFromIndex("note", "twin", twin);
  for (const { id } of notes.filter(isOnItsWay).slice(-LOOKED_AT_AGAIN)) await lookAt(twin, id);
}

/** Whether nobody tells this twin of a notice about its product: what says so is its product's public board. */
const readsTheBoard = ({ view: { proof, product } }: StoredThing): boolean => proof === "none" && product.gtin !== null;

/** Nobody here was alarmed by what was withdrawn before this device looked. */
const fromBoard = (notice: BoardNotice): KeptNotice => ({
  ...notice,
  why: "board",
  agreement: null,
  state: notice.withdrawn === null ? "open" : "done",
});

async function boardOf({ view: { product } }: StoredThing): Promise<readonly KeptNotice[] | null> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const answer = await call<{ items: readonly BoardNotice[] }>(`/v1/products/${product.gtin}/notices`, { signal });
  return answer.ok ? answer.value.items.map(fromBoard) : null;
}

type WhatIsTold = { readonly notices: readonly KeptNotice[]; readonly issues: readonly KnownIssue[] | null };

async function whatIsTold(twin: string): Promise<Ok<WhatIsTold> | null> {
  const thing = await (await db()).get("thing", twin);
  if (!thing || thing.ended !== null) return null;
  const [own, issues, board] = await Promise.all([
    askFor<{ items: readonly OwnNotice[] }>(twin, `/notices?limit=${PAGE}`),
    thing.view.maker === null ? null : askFor<{ items: readonly KnownIssue[] }>(twin, "/known-issues"),
    readsTheBoard(thing) ? boardOf(thing) : [],
  ]);
  // Without its own notices nothing was learned: whoever looks next asks again.
  if (!own?.ok || board === null) return null;
  const named = new Set(own.value.items.map(({ id }) => id));
  const notices = [...own.value.items, ...board.filter(({ id }) => !named.has(id))];
  return ok({ notices, issues: issues?.ok ? issues.value.items : null });
}

const newestTold = newestAnswers();

/** Asks for a thing's notices and the known issues of its product. What can't be had now stays as it was known. */
export async function askWhatIsTold(twin: string): Promise<void> {
  const told = await newestTold(twin)(() => whatIsTold(twin));
  if (!told) return;
  const { notices, issues } = told.value;
  await changeThing(twin, (before) => ({
    ...before,
    told: { said: {}, ...before.told, notices, issues: issues ?? before.told?.issues ?? [], askedAt: Date.now() },
  }));
}

const ON_THE_WAY: ReadonlySet<string> = new Set(["queued", "delivering", "delayed"]);
const isOnItsWay = ({ relay, messages }: KeptNote): boolean =>
  [relay, ...messages.map((message) => message.relay)].some((one) => one !== null && ON_THE_WAY.has(one.state));

/** Keeps an agreement as a call answered it, unless the feed has brought a later one. */
export async function takeAgreement(view: Agreement): Promise<void> {
  const tx = (await db()).transaction(["thing", "agreement"], "readwrite");
  const agreements = tx.objectStore("agreement");
  const later = isKept(await tx.objectStore("thing").get(view.twin))
    ? laterOf(await agreements.get(view.id), view)
    : null;
  if (later) await agreements.put(later);
  await tx.done;
  if (later) publish({ agreements: [later] });
}
