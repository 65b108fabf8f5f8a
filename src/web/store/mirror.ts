// What is kept on this device, in memory as signals: loaded once, then changed only by what was committed and told (change.ts).

import { batch, computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Agreement } from "../api/views.ts";
import { onChange, type Arrival, type Change, type Progress } from "./change.ts";
import { db, type Alias, type Handed, type KeptNote, type StoredThing } from "./db.ts";
import { HANDED } from "./meta.ts";
import { triedAgainAt } from "./order.ts";
import type { Queued } from "./operation.ts";

/** One signal for each twin, so that what happens with one thing wakes only those who look at it. */
function perTwin<T>(): (twin: string) => Signal<ReadonlyMap<string, T>> {
  const all = new Map<string, Signal<ReadonlyMap<string, T>>>();
  return (twin) => {
    let one = all.get(twin);
    if (!one) all.set(twin, (one = signal<ReadonlyMap<string, T>>(new Map())));
    return one;
  };
}

export const storedThings = signal<ReadonlyMap<string, StoredThing>>(new Map());
export const keptNotes = perTwin<KeptNote>();
export const keptAgreements = perTwin<Agreement>();
export const queue = signal<ReadonlyMap<number, Queued>>(new Map());
export const aliases = signal<ReadonlyMap<string, Alias>>(new Map());
export const sending = signal<Progress | null>(null);
export const arrival = signal<Arrival | null>(null);
export const handed = signal<readonly Handed[]>([]);

const isReady = signal(false);
const whatBroke = signal<string | null>(null);
/** Whether what this device keeps was read. */
export const ready: ReadonlySignal<boolean> = isReady;
/** Why this browser keeps nothing for us; null while it does. */
export const broken: ReadonlySignal<string | null> = whatBroke;

/** What waits to go out, in its order. */
export const waiting = computed<readonly Queued[]>(() => [...queue.value.values()].toSorted((a, b) => a.seq - b.seq));
export const nextTryAt = computed(() => triedAgainAt(waiting.value));

function edit<K, V>(
  target: Signal<ReadonlyMap<K, V>>,
  put: readonly (readonly [K, V])[],
  gone: readonly K[] = [],
): void {
  if (put.length === 0 && gone.length === 0) return;
  const next = new Map(target.peek());
  for (const [key, value] of put) next.set(key, value);
  for (const key of gone) next.delete(key);
  target.value = next;
}

function take(change: Change): void {
  batch(() => {
    for (const twin of [...(change.emptied ?? []), ...(change.thingsGone ?? [])]) {
      keptNotes(twin).value = new Map();
      keptAgreements(twin).value = new Map();
    }
    edit(
      storedThings,
      (change.things ?? []).map((thing) => [thing.id, thing]),
      change.thingsGone,
    );
    for (const [twin, notes] of Map.groupBy(change.notes ?? [], (note) => note.twin)) {
      edit(
        keptNotes(twin),
        notes.map((note) => [note.id, note]),
      );
    }
    for (const [twin, gone] of Map.groupBy(change.notesGone ?? [], (note) => note.twin)) {
      edit(
        keptNotes(twin),
        [],
        gone.map(({ id }) => id),
      );
    }
    for (const [twin, agreements] of Map.groupBy(change.agreements ?? [], (agreement) => agreement.twin)) {
      edit(
        keptAgreements(twin),
        agreements.map((agreement) => [agreement.id, agreement]),
      );
    }
    edit(
      queue,
      (change.queued ?? []).map((queued) => [queued.seq, queued]),
      change.queuedGone,
    );
    edit(
      aliases,
      (change.aliases ?? []).map((alias) => [alias.local, alias]),
    );
    if (change.handed) handed.value = change.handed;
    if (change.progress !== undefined) sending.value = change.progress;
    const last = change.arrivals?.at(-1);
    if (last) arrival.value = last;
  });
}

/** What is told while the keep is being read; it is newer than what is read. */
let early: Change[] | null = [];
onChange((change) => {
  if (early) early.push(change);
  else take(change);
});

/** Reads all that is kept. Where the browser forbids it, says so instead. */
export async function load(): Promise<void> {
  try {
    const database = await db();
    const [things, notes, agreements, queued, names, gone] = await Promise.all([
      database.getAll("thing"),
      database.getAll("note"),
      database.getAll("agreement"),
      database.getAll("queue"),
      database.getAll("alias"),
      database.get("meta", HANDED) as Promise<readonly Handed[] | undefined>,
    ]);
    const told = early ?? [];
    early = null;
    batch(() => {
      take({ things, notes, agreements, queued, aliases: names, handed: gone ?? [] });
      for (const change of told) take(change);
      isReady.value = true;
    });
  } catch (fault) {
    whatBroke.value = fault instanceof Error ? fault.name : "unknown";
    isReady.value = true;
  }
}
