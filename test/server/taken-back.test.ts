// What an owner takes back while its receiver is away: no word of it leaves any more, and the maker hears in its place that it is gone.
// The real process, and a receiver that nobody can reach.

import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as pathOf } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agree, claim, join, write, type TestMaker, type TestOwner } from "../support/people.ts";
import { onDisk as wordsOnDisk, plant, wordsIn } from "../support/server/on-disk.ts";
import { eventually, startProduct, subscribe, type Product } from "../support/server/product.ts";
import { answer, OK, Receiver, type Arrival, type Hook, type Reply } from "../support/server/receiver.ts";

const COPIES = 10;

let product: Product;
beforeAll(async () => {
  product = await startProduct(0.01);
});
afterAll(() => product.end());

type Scene = {
  readonly maker: TestMaker;
  readonly owner: TestOwner;
  readonly receiver: Receiver;
  readonly hook: Hook;
  readonly agreement: string;
};

/** An owner and a maker who agreed, and whose receiver took the first event in and went away. */
async function outOfReach(): Promise<Scene> {
  const { api, server } = product;
  const receiver = await new Receiver().up();
  const maker = await join(api, server.operatorKey);
  const { hook } = await subscribe({ api, receiver }, maker);
  const owner = await claim(api, maker);
  const { id: agreement } = await agree(api, owner);
  await hook.until(() => takenBy(hook).length === 1, "the agreement");
  await receiver.down();
  return { maker, owner, receiver, hook, agreement };
}

/** A note with planted words in all its places, its first text and a message under it included. */
async function writeNote({ owner }: Scene): Promise<{ note: string; words: string[] }> {
  const { api } = product;
  const words = [plant(), plant(), plant(), plant(), plant()];
  const [title, first, serial, second, message] = words as [string, string, string, string, string];
  const { id: note } = await write(api, owner, first, { title, serial, send: true });
  const path = `/v1/twins/${owner.twin}/notes/${note}`;
  expect((await api.patch(path, { text: second }, owner.token)).status).toBe(200);
  expect((await api.post(`${path}/messages`, { text: message }, owner.token)).status).toBe(201);
  return { note, words };
}

/** What it took in of twins, once each: a probe of an endpoint that was long away tells of none, and an answer may be lost. */
const takenBy = ({ taken }: Hook): Arrival[] => [
  ...new Map(taken.filter(({ body }) => body.data.twin).map((arrival) => [arrival.id, arrival])).values(),
];

type Signal = {
  readonly type: string;
  readonly seq: number | undefined;
  readonly prev: number | null | undefined;
  readonly note: string | undefined;
};
const signalsOf = (arrivals: readonly Arrival[]): Signal[] =>
  arrivals.map(({ body: { type, data } }) => ({ type, seq: data.seq, prev: data.prev, note: data.note?.id }));
/** Signals in a row from seq 2 on, as [type, note]. */
const inARow = (...signals: [type: string, note?: string][]): Signal[] =>
  signals.map(([type, note], n) => ({ type, seq: n + 2, prev: n + 1, note }));

const onDisk = (words: readonly string[]): string[] => wordsOnDisk(product.server.dataDir, words);

/** Name, size and time of change of every file; not of a database's shared memory, which says nothing that its log does not. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => !name.endsWith("-shm"))
    .map((name) => {
      const { size, mtimeNs } = statSync(pathOf(folder, name), { bigint: true });
      return `${name} ${size} ${mtimeNs}`;
    });

/** Copies databases that are being written: a file and its log that are not of one moment are no database, and copied again. */
function copyOfOneMoment(from: string, to: string): void {
  for (let tries = 1; ; tries++) {
    try {
      const before = filesIn(from);
      cpSync(from, to, { recursive: true });
      if (filesIn(from).join() === before.join()) return;
    } catch (fault) {
      if (tries === COPIES) throw fault; // a log was closed meanwhile
    }
    if (tries === COPIES) throw new Error("the databases changed under every copy");
    rmSync(to, { recursive: true, force: true });
  }
}

/** The same of what its tables hold: a database leaves what it deleted in pages that it will use again. */
function inTables(words: readonly string[]): string[] {
  const objects = pathOf(product.server.dataDir, "objects");
  const scratch = pathOf(mkdtempSync(pathOf(tmpdir(), "pico-twins-tables-")), "objects");
  try {
    copyOfOneMoment(objects, scratch);
    const found = readdirSync(scratch, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".sqlite"))
      .flatMap((name) => {
        const packed = pathOf(scratch, "packed");
        const database = new DatabaseSync(pathOf(scratch, name));
        database.exec(`VACUUM INTO '${packed}'`);
        database.close();
        const here = wordsIn(packed, words);
        rmSync(packed);
        return here;
      });
    return words.filter((word) => found.includes(word));
  } finally {
    rmSync(pathOf(scratch, ".."), { recursive: true });
  }
}

describe("what was taken back while its receiver was away", () => {
  test("by ending the agreement leaves as signals without a word, in the places of what it was", async () => {
    const scene = await outOfReach();
    const { api } = product;
    const { note, words } = await writeNote(scene);
    const ended = await api.post(
      `/v1/twins/${scene.owner.twin}/agreements/${scene.agreement}/terminate`,
      {},
      scene.owner.token,
    );
    expect([ended.status, ended.body.state]).toEqual([200, "terminated"]);
    await scene.receiver.up();
    await scene.hook.until(() => takenBy(scene.hook).length === 5, "five events");
    const ending = "agreement.terminated";
    expect(signalsOf(takenBy(scene.hook).slice(1))).toEqual(
      inARow([ending, note], [ending, note], [ending, note], [ending]),
    );
    expect(scene.receiver.heardAny(words)).toBe(false);
    await scene.receiver.down();
  });

  test("by retracting a note leaves as signals without a word; another note keeps its own", async () => {
    const scene = await outOfReach();
    const { note, words } = await writeNote(scene);
    const kept = plant();
    expect(inTables(words)).toEqual(words);
    const { id: other } = await write(product.api, scene.owner, kept, { send: true });
    expect((await product.api.delete(`/v1/twins/${scene.owner.twin}/notes/${note}`, scene.owner.token)).status).toBe(
      204,
    );
    expect(inTables(words)).toEqual([]);
    await scene.receiver.up();
    await scene.hook.until(() => takenBy(scene.hook).length === 6, "six events");
    const gone = "note.retracted";
    expect(signalsOf(takenBy(scene.hook).slice(1))).toEqual(
      inARow([gone, note], [gone, note], [gone, note], ["note.sent", other], [gone, note]),
    );
    expect(scene.receiver.heardAny(words)).toBe(false);
    expect(scene.receiver.heardAny([kept])).toBe(true);
    await scene.receiver.down();
  });

  test("by erasing the twin is on no disk at once, and its maker hears of it in the old order, also after a crash", async () => {
    const scene = await outOfReach();
    const { api, server } = product;
    const { note, words } = await writeNote(scene);
    expect(onDisk(words)).toEqual(words);
    const path = `/v1/twins/${scene.owner.twin}`;
    expect((await api.delete(path, scene.owner.token)).status).toBe(204);
    expect(onDisk(words)).toEqual([]);
    expect((await api.get(path, scene.owner.token)).status).toBe(401);
    await server.kill9();
    expect(onDisk(words)).toEqual([]);
    await server.start();
    await scene.receiver.up();
    await scene.hook.until(() => takenBy(scene.hook).at(-1)?.body.type === "twin.erased", "the last event");
    const ending = "agreement.terminated";
    expect(signalsOf(takenBy(scene.hook).slice(1))).toEqual(
      inARow([ending, note], [ending, note], [ending, note], [ending], ["twin.erased"]),
    );
    expect(scene.receiver.heardAny(words)).toBe(false);
    expect(scene.hook.refused).toBe(0);
    await scene.receiver.down();
  });
});

test("what a receiver repeated of a note leaves every table with the note, its company's desk included", async () => {
  const { api, server } = product;
  const receiver = await new Receiver().up();
  const maker = await join(api, server.operatorKey);
  const repeats = ({ body }: Arrival): Reply => (body.data.note ? answer(422, {}, JSON.stringify(body)) : OK);
  const { hook } = await subscribe({ api, receiver }, maker, repeats);
  const owner = await claim(api, maker);
  const { id: agreement } = await agree(api, owner);
  const { note, words } = await writeNote({ maker, owner, receiver, hook, agreement });
  const deliveries = async () =>
    JSON.stringify((await api.get(`/v1/makers/${maker.domain}/deliveries`, maker.key)).body);
  await eventually(deliveries, (list) => list.includes(words[0]!));
  expect(inTables(words)).toEqual(words);
  expect((await api.delete(`/v1/twins/${owner.twin}/notes/${note}`, owner.token)).status).toBe(204);
  expect(inTables(words)).toEqual([]);
  // It goes on, and says what it was sent, which is no word any more.
  await hook.until(() => hook.arrivals.at(-1)?.body.type === "note.retracted", "that it is gone");
  expect(inTables(words)).toEqual([]);
  expect(words.filter((word) => receiver.heardAny([word]))).not.toEqual([]);
  await receiver.down();
});
