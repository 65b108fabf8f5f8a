// Everything a person does goes through here, online and off: kept first, then sent, in order, each exactly once.

import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import { newKey } from "../api/call.ts";
import { publish, type Progress } from "./change.ts";
import { db } from "./db.ts";
import { nextTryAt, queue, sending, waiting } from "./mirror.ts";
import { isOnlyHere, photosOf, subjectOf, type Operation, type Queued } from "./operation.ts";
import { endPauses, flushQueue, SYNC_TAG } from "./sending.ts";

export { waiting };
export type { NewNote, NewProffer, Operation, Queued } from "./operation.ts";

/** What goes out now, and how far it is; null when nothing does. */
export const progress: ReadonlySignal<Progress | null> = sending;

const connected = signal(navigator.onLine);
const reached = signal(true);
/** Whether the device has a connection and the last call got through. */
export const online: ReadonlySignal<boolean> = computed(() => connected.value && reached.value);

/** Keeps an operation and sends it as soon as it can be. Answers the local id of what it makes. */
export async function enqueue(op: Operation): Promise<string> {
  const id = `local_${newKey()}`;
  const tx = (await db()).transaction(["queue", "alias"], "readwrite");
  const store = tx.objectStore("queue");
  const named = "note" in op ? ((await tx.objectStore("alias").get(op.note))?.note ?? op.note) : null;
  const placed = (named === null ? op : { ...op, note: named }) as Operation;
  const all = await store.getAll();
  const change = changedHere(all, placed);
  // Words under a note that is taken back, which never left, never leave.
  const about = op.type === "retract" ? all.filter((each) => subjectOf(each) === named) : [];
  const moot = about.filter(isOnlyHere);
  // One that was refused, too, is looked for now: what waits behind it would wait for ever.
  const unsure = about
    .filter((each) => each.op.type === "note")
    .map((each): Queued => {
      const { problem: _, ...rest } = each;
      return { ...rest, state: "waiting", notBefore: 0, takenBack: true };
    });
  if (change) {
    for (const { seq } of change.gone) await store.delete(seq);
    if (change.put) await store.put(change.put);
    await tx.done;
    publish({ queuedGone: change.gone.map(({ seq }) => seq), ...(change.put && { queued: [change.put] }) });
    void flush();
    return change.put?.id ?? id;
  }
  const queued: Omit<Queued, "seq"> = {
    id,
    op: placed,
    key: newKey(),
    photoKeys: photosOf(placed).map(newKey),
    uploaded: [],
    state: "waiting",
    at: new Date().toISOString(),
    tries: 0,
    firstTriedAt: null,
    notBefore: 0,
  };
  // The store numbers it.
  const seq = await store.add(queued as Queued);
  for (const each of moot) await store.delete(each.seq);
  for (const each of unsure) await store.put(each);
  await tx.done;
  publish({ queued: [...unsure, { ...queued, seq }], queuedGone: moot.map((each) => each.seq) });
  void flush();
  void flushLater();
  return id;
}

/** What changes a note that the server never heard of is done here: words taken back or corrected before they left never leave. */
function changedHere(
  all: readonly Queued[],
  op: Operation,
): { readonly put: Queued | null; readonly gone: readonly Queued[] } | null {
  if (op.type !== "retract" && op.type !== "revise" && op.type !== "send" && op.type !== "on-record") return null;
  const written = all.find((queued) => queued.op.type === "note" && queued.id === op.note);
  if (!written || written.op.type !== "note" || !isOnlyHere(written)) return null;
  if (op.type === "retract") return { put: null, gone: all.filter((queued) => subjectOf(queued) === op.note) };
  const { title: titleBefore, ...input } = written.op.input;
  const title = op.type === "revise" && op.title !== undefined ? op.title : (titleBefore ?? null);
  const { problem: _, ...rest } = written;
  return {
    put: {
      ...rest,
      state: "waiting",
      notBefore: 0,
      op: {
        ...written.op,
        input: {
          ...input,
          ...(title !== null && { title }),
          ...(op.type === "revise" && op.text !== undefined && { text: op.text }),
          ...(op.type === "send" && { send: true }),
          ...(op.type === "on-record" && { onRecord: true }),
        },
      },
    },
    gone: [],
  };
}

let running: Promise<void> | null = null;
let again = false;

/** Sends what waits and may be tried now. One at a time, across all tabs and the service worker. */
export function flush(): Promise<void> {
  again = true;
  running ??= (async () => {
    while (again) {
      again = false;
      // A keep that fails for a moment must not end all sending: the next cause to send tries again.
      if (connected.peek() && queue.peek().size > 0) await flushQueue().catch(() => false);
    }
  })().finally(() => {
    running = null;
  });
  return running;
}

/** Drops an operation, and all that was to follow it on a note that is nowhere but here. */
export async function discard(seq: number): Promise<void> {
  const tx = (await db()).transaction("queue", "readwrite");
  const all = await tx.store.getAll();
  const dropped = all.find((queued) => queued.seq === seq);
  const gone =
    dropped?.op.type === "note"
      ? all.filter((queued) => subjectOf(queued) === dropped.id)
      : all.filter((queued) => queued.seq === seq);
  for (const queued of gone) await tx.store.delete(queued.seq);
  await tx.done;
  publish({ queuedGone: gone.map((queued) => queued.seq) });
  void flush();
}

/** Has an operation tried again that was refused, or that pauses. */
export async function retry(seq: number): Promise<void> {
  const tx = (await db()).transaction("queue", "readwrite");
  const before = await tx.store.get(seq);
  if (before) {
    const { problem, ...rest } = before;
    // A key that the server took for another request never opens again, and one too old says nothing of what became of it.
    const fresh = problem?.code === "idempotency-conflict" || problem?.code === "too-old";
    const waits: Queued = {
      ...rest,
      state: "waiting",
      notBefore: 0,
      ...(fresh && {
        key: newKey(),
        photoKeys: before.photoKeys.map(newKey),
        uploaded: [],
        tries: 0,
        firstTriedAt: null,
      }),
    };
    await tx.store.put(waits);
    await tx.done;
    publish({ queued: [waits] });
  }
  void flush();
}

/** Asks the browser to let the service worker send when there is a connection again, where browsers can (Background Sync). */
async function flushLater(): Promise<void> {
  try {
    const registration = await navigator.serviceWorker?.getRegistration();
    const { sync } = (registration ?? {}) as { sync?: { register(tag: string): Promise<void> } };
    await sync?.register(SYNC_TAG);
  } catch {
    // It is only a help: the next open page sends, too.
  }
}

/** Sends anew what paused for want of a connection, too. */
export async function flushAnew(): Promise<void> {
  await endPauses().catch(() => {});
  await flush();
}

/** Whether the last call got through. */
export function heardFromServer(through: boolean): void {
  const isBack = through && !reached.peek();
  reached.value = through;
  if (isBack) void flushAnew();
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** Begins to send by itself: at once, when a pause is over, and whenever there is a connection again. */
export function startQueue(): void {
  addEventListener("online", () => {
    connected.value = true;
    reached.value = true;
    void flushAnew();
  });
  addEventListener("offline", () => {
    connected.value = false;
  });
  effect(() => {
    const at = nextTryAt.value;
    clearTimeout(timer);
    if (at !== null && connected.value) timer = setTimeout(() => void flush(), Math.max(0, at - Date.now()));
  });
  void flush();
}
