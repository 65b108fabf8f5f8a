// Sending what waits in the queue. Runs in pages and in the service worker: no DOM here.

import { call, isPassing, newKey, PATIENCE_MS, type Answer, type Asking, type Problem } from "../api/call.ts";
import type { Agreement, Message, Note, Page, Photo, Thread } from "../api/views.ts";
import {
  done,
  tookAgreement,
  tookBack,
  tookEntry,
  tookMessage,
  tookNote,
  tookThread,
  tookView,
  tookWord,
} from "./answered.ts";
import { askWhatIsTold, endThing } from "./catchup.ts";
import { publish } from "./change.ts";
import { db, type StoredThing } from "./db.ts";
import { nextUp, pauseMs } from "./order.ts";
import { isOnlyAWord, photosOf, subjectOf, type Queued } from "./operation.ts";
import { keepPhoto } from "./photo-cache.ts";

/** The lock that whoever sends holds, and the name under which the browser wakes the service worker. */
const LOCK = "pico-twins.queue";
export const SYNC_TAG = "pico-twins.queue";

const PHOTO_PATIENCE_MS = 180_000;
const LOOKED_THROUGH = 200;
const LOCK_PATIENCE_MS = 200_000;
/** A server forgets keys after 30 days; what it may have taken longer ago than this is not sent again by itself. */
const TRIED_TOO_LONG_AGO_MS = 29 * 24 * 3_600_000;

const NOT_THERE: Problem = {
  status: 404,
  code: "not-found",
  title: "Not found",
  detail: "",
  errors: [],
  retryAfterSeconds: null,
};
const TOO_OLD: Problem = { ...NOT_THERE, status: 409, code: "too-old", title: "Too long ago" };

/** Sends all that may be sent now, in order. Whoever else sends finishes first. Whether anything still waits to be tried again. */
export async function flushQueue(): Promise<boolean> {
  const drain = async (): Promise<boolean> => {
    for (;;) {
      const queue = await (await db()).getAll("queue");
      const next = nextUp(queue, Date.now());
      if (!next) return queue.some(({ state }) => state === "waiting");
      await sendOne(next);
    }
  };
  // Without a secure context there are no locks; the keys still keep everything from happening twice.
  if (!("locks" in navigator)) return drain();
  try {
    return await navigator.locks.request(LOCK, { signal: AbortSignal.timeout(LOCK_PATIENCE_MS) }, drain);
  } catch (fault) {
    if (!(fault instanceof DOMException) || fault.name !== "TimeoutError") throw fault;
    // Whoever holds it sleeps: none of its calls may take so long.
    return navigator.locks.request(LOCK, { steal: true }, drain);
  }
}

/** There is a connection again: what paused for want of one may go at once. */
export async function endPauses(): Promise<void> {
  const tx = (await db()).transaction("queue", "readwrite");
  const paused = (await tx.store.getAll()).filter(({ unreached, notBefore }) => unreached && notBefore > 0);
  const ready = paused.map((queued): Queued => ({ ...queued, notBefore: 0 }));
  for (const queued of ready) await tx.store.put(queued);
  await tx.done;
  if (ready.length > 0) publish({ queued: ready });
}

/** A thing has a new token: what only its old one kept from going out waits again. What may have gone out before is left to the person. */
export async function resume(twin: string): Promise<void> {
  const tx = (await db()).transaction("queue", "readwrite");
  const stopped = (await tx.store.getAll()).filter(
    ({ op, tries, problem }) => op.twin === twin && tries <= 1 && problem?.code === "unauthorized",
  );
  const waits = stopped.map((queued): Queued => {
    const { problem: _, ...rest } = afresh(queued);
    return { ...rest, state: "waiting", tries: 0 };
  });
  for (const queued of waits) await tx.store.put(queued);
  await tx.done;
  if (waits.length > 0) publish({ queued: waits });
}

async function sendOne({ seq }: Queued): Promise<void> {
  const begun = await begin(seq);
  if (!begun) return;
  const { queued, thing } = begun;
  // However long ago: it is looked for and not sent.
  if (queued.takenBack) return lookFor(queued, thing);
  if (queued.tries > 1 && Date.now() - (queued.firstTriedAt ?? 0) > TRIED_TOO_LONG_AGO_MS && isUnsure(queued)) {
    return refused(queued, TOO_OLD);
  }
  try {
    const photos = await sendPhotos(queued, thing);
    // Photos take their time: what was dropped or taken back meanwhile has no words out yet.
    const still = photos.problem === null ? await (await db()).get("queue", seq) : queued;
    if (!still || still.takenBack) return;
    const problem = photos.problem ?? (await say(photos.queued, thing));
    if (problem === null) return;
    if (queued.uploaded.length > 0 && isPhotosGone(problem)) await keep(afresh(queued));
    else await failed(photos.queued, thing, problem);
  } finally {
    publish({ progress: null });
  }
}

/**
 * Its answer never came, and it was taken back since: sending it again to learn of it could say what must not be said. So it is looked for
 * among what this device wrote last; what follows it, its retraction first, then goes to the one that is there.
 */
async function lookFor(queued: Queued, thing: StoredThing): Promise<void> {
  const answer = await ask<Page<Note>>(thing, `/notes?limit=${LOOKED_THROUGH}`, {});
  if (!answer.ok) return failed(queued, thing, answer.problem);
  const known = new Set((await (await db()).getAllFromIndex("alias", "twin", thing.id)).map(({ note }) => note));
  const { op } = queued;
  const there = answer.value.items.find(
    (note) =>
      op.type === "note" && note.text === op.input.text && note.channel === thing.channel && !known.has(note.id),
  );
  if (there) return void (await done(queued, { ...answer, value: there }, tookNote));
  const tx = (await db()).transaction("queue", "readwrite");
  const gone = (await tx.store.getAll()).filter((each) => subjectOf(each) === queued.id);
  for (const { seq } of gone) await tx.store.delete(seq);
  await tx.done;
  publish({ queuedGone: gone.map(({ seq }) => seq) });
}

const MAKES: ReadonlySet<Queued["op"]["type"]> = new Set(["note", "message", "proffer", "entry"]);
/** Only what makes something is at risk of being made twice. */
const isUnsure = ({ op }: Queued): boolean => MAKES.has(op.type);

/** Marks it as tried before anything goes out; from here on the server may have heard of it. */
async function begin(seq: number): Promise<{ queued: Queued; thing: StoredThing } | null> {
  const tx = (await db()).transaction(["queue", "thing"], "readwrite");
  const before = await tx.objectStore("queue").get(seq);
  const thing = before && (await tx.objectStore("thing").get(before.op.twin));
  if (!before || !thing) {
    // Its thing was taken off this device.
    if (before) await tx.objectStore("queue").delete(seq);
    await tx.done;
    if (before) publish({ queuedGone: [seq] });
    return null;
  }
  const queued = { ...before, tries: before.tries + 1, firstTriedAt: before.firstTriedAt ?? Date.now() };
  await tx.objectStore("queue").put(queued);
  await tx.done;
  publish({ queued: [queued], progress: { seq, done: queued.uploaded.length, of: photosOf(queued.op).length + 1 } });
  return { queued, thing };
}

/** Sends the photos that are not there yet, one by one, each under its own key, and keeps how far it came, also when one didn't go. */
async function sendPhotos(
  queued: Queued,
  thing: StoredThing,
): Promise<{ readonly queued: Queued; readonly problem: Problem | null }> {
  const blobs = photosOf(queued.op);
  const uploaded = [...queued.uploaded];
  for (const blob of blobs.slice(uploaded.length)) {
    const key = queued.photoKeys[uploaded.length]!;
    const answer = await ask<Photo>(thing, "/photos", {
      method: "POST",
      body: blob,
      key,
      signal: AbortSignal.timeout(PHOTO_PATIENCE_MS),
    });
    if (!answer.ok) return { queued: { ...queued, uploaded }, problem: answer.problem };
    uploaded.push(answer.value.id);
    await keep({ ...queued, uploaded: [...uploaded] });
    // It can be seen offline at once, under the id it has now.
    await keepPhoto(thing.id, answer.value.id, blob);
    publish({ progress: { seq: queued.seq, done: uploaded.length, of: blobs.length + 1 } });
  }
  return { queued: { ...queued, uploaded }, problem: null };
}

const ask = <T>(thing: StoredThing, path: string, asking: Asking): Promise<Answer<T>> =>
  call<T>(`/v1/twins/${thing.id}${path}`, {
    token: thing.token,
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...asking,
  });

/** Makes the call itself, and takes in what it answers; or tells what was wrong. */
async function say(queued: Queued, thing: StoredThing): Promise<Problem | null> {
  const { op, key, uploaded } = queued;
  switch (op.type) {
    case "note": {
      const body = { ...op.input, photos: uploaded };
      return done(queued, await ask<Note>(thing, "/notes", { method: "POST", body, key }), tookNote);
    }
    case "message": {
      const body = { text: op.text, photos: uploaded };
      const path = `/notes/${op.note}/messages`;
      return done(queued, await ask<Message>(thing, path, { method: "POST", body, key }), tookMessage);
    }
    case "verdict": {
      const path = `/notes/${op.note}/verdict`;
      const body = { verdict: op.verdict };
      return done(queued, await ask<Thread>(thing, path, { method: "POST", body }), tookThread);
    }
    case "send":
      return done(
        queued,
        await ask<Note>(thing, `/notes/${op.note}`, { method: "PATCH", body: { send: true } }),
        tookView,
      );
    case "revise": {
      const body = {
        ...(op.text !== undefined && { text: op.text }),
        ...(op.title !== undefined && { title: op.title }),
      };
      return done(queued, await ask<Note>(thing, `/notes/${op.note}`, { method: "PATCH", body }), tookView);
    }
    case "on-record":
      return done(
        queued,
        await ask<Note>(thing, `/notes/${op.note}`, { method: "PATCH", body: { onRecord: true } }),
        tookView,
      );
    case "entry": {
      const body = { ...op.input, photos: uploaded };
      return done(queued, await ask<unknown>(thing, "/history", { method: "POST", body, key }), tookEntry);
    }
    case "retract":
      return done(queued, await ask<null>(thing, `/notes/${op.note}`, { method: "DELETE" }), tookBack);
    case "proffer":
      return done(
        queued,
        await ask<Agreement>(thing, "/agreements", { method: "POST", body: op.input, key }),
        tookAgreement,
      );
    case "settle": {
      const path = `/notices/${op.notice}`;
      return done(queued, await ask<unknown>(thing, path, { method: "PUT", body: { state: op.state } }), tookWord);
    }
    case "me-too": {
      const path = `/known-issues/${op.issue}/me-too`;
      return done(queued, await ask<unknown>(thing, path, { method: op.counted ? "PUT" : "DELETE" }), tookWord);
    }
  }
}

async function keep(next: Queued): Promise<void> {
  const tx = (await db()).transaction("queue", "readwrite");
  // Dropped meanwhile, it stays dropped; taken back meanwhile, it stays so.
  const still = await tx.store.get(next.seq);
  const queued = still?.takenBack ? { ...next, takenBack: still.takenBack } : next;
  if (still) await tx.store.put(queued);
  await tx.done;
  if (still) publish({ queued: [queued] });
}

/** It didn't go: later if that may help, else it waits for the person with what was wrong. */
async function failed(queued: Queued, thing: StoredThing, problem: Problem): Promise<void> {
  const { unreached: _, ...rest } = queued;
  if (isPassing(problem)) {
    const notBefore = Date.now() + pauseMs(queued.tries, problem.retryAfterSeconds);
    return keep({ ...rest, notBefore, ...(problem.status === 0 && { unreached: true }) });
  }
  if (problem.status === 401) return cutOff(thing, problem);
  if (isOnlyAWord(queued.op)) return drop(queued);
  return refused(queued, problem);
}

/** What the server doesn't know (any more) is asked for anew, and shows what it is. */
async function drop({ seq, op }: Queued): Promise<void> {
  await (await db()).delete("queue", seq);
  publish({ queuedGone: [seq] });
  await askWhatIsTold(op.twin);
}

const refused = (queued: Queued, problem: Problem): Promise<void> => keep({ ...queued, state: "refused", problem });

/** Photos that no note named within a day are let go of. */
const isPhotosGone = ({ status, errors }: Problem): boolean =>
  status === 422 && errors.some(({ path }) => path === "photos");

/** Its photos go out once more, under new keys: the old ones would be answered with what is gone, or is another channel's. */
const afresh = (queued: Queued): Queued => ({
  ...queued,
  uploaded: [],
  photoKeys: queued.photoKeys.map(newKey),
});

/** This device may no longer: nothing of this thing will go out, and each says so. */
async function cutOff(thing: StoredThing, problem: Problem): Promise<void> {
  const tx = (await db()).transaction("queue", "readwrite");
  const all = (await tx.store.getAll()).filter(({ op }) => op.twin === thing.id);
  const stopped = all.map((queued): Queued => ({ ...queued, state: "refused", problem }));
  for (const queued of stopped) await tx.store.put(queued);
  await tx.done;
  publish({ queued: stopped });
  await endThing(thing.id, thing.token, "revoked");
}
