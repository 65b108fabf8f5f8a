// What a 2xx promises is kept through crashes of the real process: SIGKILL at any point, and the owner's and the maker's side that
// meanwhile do what clients and receivers do.

import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { agree, claim, join, write, type TestOwner } from "../support/people.ts";
import { checkLines } from "../support/server/line-check.ts";
import { postAsPowerGoes } from "../support/server/power-cut.ts";
import { startProduct, subscribe, type Product, type Subscription } from "../support/server/product.ts";
import {
  answer,
  OK,
  takenThenDropped,
  type Arrival,
  type Hook,
  type Reply,
  type Script,
} from "../support/server/receiver.ts";

const KILLS = 24;
/** So often an event fails by script. */
const OFTEN_ENOUGH = 1;
/** So often an event may come before the next kill has to let it pass. */
const TIRING = 3;

const running: Product[] = [];
beforeAll(async () => {
  // One for each test: they kill it.
  running.push(await startProduct(0.001), await startProduct(0.001), await startProduct(0.001));
});
afterAll(() => Promise.all(running.map((product) => product.end())));

/**
 * 15 % answered 500, 5 % taken and dropped; the same event once at most. A request that a kill interrupts counts as failed as well,
 * and none may come near the eight at which an event is set aside.
 */
function unreliable(): Script {
  const failures = new Map<string, number>();
  return ({ id }) => {
    const failed = failures.get(id) ?? 0;
    const dice = Math.random();
    if (dice >= 0.2 || failed >= OFTEN_ENOUGH) return OK;
    failures.set(id, failed + 1);
    return dice < 0.15 ? answer(500) : takenThenDropped;
  };
}

/** Asks until there is an answer, whatever dies meanwhile, as a client with an Idempotency-Key may. */
async function stubbornly<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch {
      await sleep(50);
    }
  }
}

type Written = { readonly owner: TestOwner; readonly note: string; readonly replayed: boolean };

async function writeUntil(
  { api }: Product,
  owner: TestOwner,
  isOver: () => boolean,
  written: Written[],
): Promise<void> {
  for (let n = 1; !isOver(); n++) {
    const key = crypto.randomUUID();
    const note = { kind: "problem", text: `Number ${n}.`, send: true };
    const { status, body, headers } = await stubbornly(() =>
      api.post(`/v1/twins/${owner.twin}/notes`, note, owner.token, { "Idempotency-Key": key }),
    );
    if (status !== 201) throw new Error(`a note was answered ${status} ${JSON.stringify(body)}`);
    written.push({ owner, note: body.id as string, replayed: headers.get("Idempotency-Replayed") === "true" });
    await sleep(Math.random() * 150);
  }
}

/** Whether a line's newest event has come so often that it must be let pass: the ones behind it say that it was. */
function isTired({ arrivals }: Hook): boolean {
  const newest = new Map(arrivals.map(({ id, body }) => [body.data.twin, id]));
  const ids = Map.groupBy(arrivals, ({ id }) => id);
  return [...newest.values()].some((id) => ids.get(id)!.length >= TIRING);
}

async function killOften({ server, receiver }: Product, hooks: readonly Hook[], times: number): Promise<void> {
  const moments = [() => sleep(Math.random() * 500), () => once(receiver, "read"), () => once(receiver, "answered")];
  for (let n = 0; n < times; n++) {
    await sleep(Math.random() * 300);
    await Promise.race([moments[n % moments.length]!(), sleep(1_000)]);
    if (n % 2 === 0) await sleep(Math.random() * 30);
    await receiver.until(
      () => !hooks.some(isTired),
      () => "an event after the one that had come often",
    );
    await server.kill9();
    await server.start();
  }
}

test.concurrent("over two dozen SIGKILLs, every acknowledged note arrives at every endpoint, each twin's in order", async () => {
  const product = running[0]!;
  const { api, server } = product;
  const written: Written[] = [];
  const owners: TestOwner[] = [];
  const subscriptions: { readonly subscription: Subscription; readonly owners: readonly TestOwner[] }[] = [];
  for (let m = 0; m < 3; m++) {
    const maker = await join(api, server.operatorKey);
    const theirs: TestOwner[] = [];
    // The first has two endpoints: each line is kept by itself.
    for (let e = 0; e < (m === 0 ? 2 : 1); e++) {
      subscriptions.push({ subscription: await subscribe(product, maker, unreliable()), owners: theirs });
    }
    for (let o = 0; o < 2; o++) {
      const owner = await claim(api, maker);
      await agree(api, owner);
      theirs.push(owner);
    }
    owners.push(...theirs);
  }

  let over = false;
  const writing = owners.map((owner) => writeUntil(product, owner, () => over, written));
  const hooks = subscriptions.map(({ subscription: { hook } }) => hook);
  await killOften(product, hooks, KILLS);
  over = true;
  await Promise.all(writing);

  const requests: Record<string, unknown>[] = [];
  for (const { subscription, owners: theirs } of subscriptions) {
    const { hook } = subscription;
    const acknowledged = written.filter(({ owner }) => theirs.includes(owner)).map(({ note }) => note);
    // A run that was cut off goes on within 30 s; what is missing by then, the check names.
    await hook.until(() => hook.has(acknowledged), "all notes", 90_000).catch(() => {});
    expect(checkLines(hook.arrivals, acknowledged)).toEqual({ lost: [], orderBreaks: [] });
    expect(hook.refused).toBe(0);
    expect(hook.notes.size).toBe(acknowledged.length);
    requests.push({ requests: hook.arrivals.length, taken: hook.taken.length, notes: acknowledged.length });

    // The same check sees what it is there to see.
    const { arrivals } = hook;
    const some = hook.taken.find(({ body }) => body.type === "note.sent")!;
    const without = arrivals.filter(({ id }) => id !== some.id);
    expect(checkLines(without, acknowledged).lost).toEqual([some.body.data.note!.id]);
    expect(checkLines(without, acknowledged).orderBreaks.length).toBeGreaterThan(0);
    expect(checkLines(swapped(arrivals), acknowledged).orderBreaks.length).toBeGreaterThan(0);
  }
  const replayed = written.filter((note) => note.replayed).length;
  console.log(`${KILLS} kills, ${written.length} notes acknowledged, ${replayed} of them by a repeat`, requests);
});

/** The log of a sender that exchanged two neighbours of one twin. */
function swapped(arrivals: readonly Arrival[]): Arrival[] {
  const firsts = arrivals.filter(
    ({ body }, at) =>
      arrivals.findIndex((other) => other.body.data.twin === body.data.twin && other.id === arrivals[at]!.id) === at,
  );
  const [one, two] = firsts.filter(({ body }) => body.data.twin === firsts[0]!.body.data.twin).slice(2, 4);
  const exchanged = new Map([
    [one!.id, two!],
    [two!.id, one!],
  ]);
  return arrivals.map((arrival) => exchanged.get(arrival.id) ?? arrival);
}

test.concurrent("a note that was committed and not answered is written once, however often its client repeats it", async () => {
  const product = running[1]!;
  const { api, server } = product;
  const maker = await join(api, server.operatorKey);
  const { hook } = await subscribe(product, maker);
  const owner = await claim(api, maker);
  await agree(api, owner);
  const path = `/v1/twins/${owner.twin}/notes`;
  const texts: string[] = [];
  let repeats = 0;
  for (const moment of ["answered", 0, "answered", 1, 2, "answered", 3, 5, 8, "answered"] as const) {
    const text = `Only once, ${texts.push("")}.`;
    texts[texts.length - 1] = text;
    const body = JSON.stringify({ kind: "problem", text, send: true });
    const headers = { "idempotency-key": crypto.randomUUID(), "content-type": "application/json" };
    await postAsPowerGoes(server, path, { ...headers, authorization: `Bearer ${owner.token}` }, body, moment);
    const first = await api.post(path, body, owner.token, headers);
    const again = await api.post(path, body, owner.token, headers);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("Idempotency-Replayed")).toBe("true");
    const wasCommitted = first.headers.get("Idempotency-Replayed") === "true";
    if (moment === "answered") expect(wasCommitted).toBe(true);
    if (wasCommitted) repeats++;
  }
  const { body } = await api.get(`${path}?limit=200`, owner.token);
  expect(body.items.map((note: { text: string }) => note.text).toSorted()).toEqual(texts.toSorted());
  const notes = body.items.map((note: { id: string }) => note.id) as string[];
  await hook.until(() => hook.has(notes), "each note");
  expect(checkLines(hook.arrivals, notes)).toEqual({ lost: [], orderBreaks: [] });
  expect(hook.notes.size).toBe(notes.length);
  console.log(`${texts.length} kills about a commit, ${repeats} of the notes were committed by then`);
});

test.concurrent("SIGTERM during delivery ends it cleanly, and everything arrives after the next start, without anyone asking", async () => {
  const product = running[2]!;
  const { api, server } = product;
  const maker = await join(api, server.operatorKey);
  // From the fourth note on every answer comes a second after the stop was asked for, so that some are under way then, however long the
  // writing took.
  const stopping = Promise.withResolvers<void>();
  const late: Reply = {
    takes: true,
    give: (response) => void stopping.promise.then(() => setTimeout(() => OK.give(response), 1_000)),
  };
  let isBack = false;
  const { hook } = await subscribe(product, maker, () => (isBack || hook.notes.size < 3 ? OK : late));
  const written: string[] = [];
  for (let o = 0; o < 3; o++) {
    const owner = await claim(api, maker);
    await agree(api, owner);
    for (let n = 0; n < 10; n++) written.push((await write(api, owner, `Number ${n}.`, { send: true })).id);
  }
  await hook.until(() => hook.notes.size >= 3, "the first notes");
  stopping.resolve();
  const { code, stderr } = await server.stop();
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(hook.has(written)).toBe(false);
  isBack = true;
  await server.start();
  await hook.until(() => hook.has(written), `${written.length} notes`);
  expect(checkLines(hook.arrivals, written)).toEqual({ lost: [], orderBreaks: [] });
});
