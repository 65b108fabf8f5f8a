// The projection: whatever happens to owners' threads and to the telling of them, the desk shows what may be shown, and a desk that is made
// anew is the same one.

import { env } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { CELLS_SCHEMA } from "../../src/desk/cells.ts";
import { Desk } from "../../src/desk/desk.ts";
import type { Projection } from "../../src/domain/desk.ts";
import type { TwinId } from "../../src/domain/ids.ts";
import { coverOf } from "../../src/platform/desk-cover.ts";
import { deskShardOf } from "../../src/platform/stubs.ts";
import { crash } from "../support/crash.ts";
import type { TestMaker } from "../support/people.ts";
import { api, eventually, joinWith, listed, ownerOf, send, threadPath, threadsPath, told, write } from "./world.ts";

const SHARDS = 2;
const WORDS = ["chain", "brake", "pedal", "saddle", "bell"];

afterEach(() => {
  vi.restoreAllMocks();
});

type Person = Awaited<ReturnType<typeof ownerOf>> & { terms: string | null; notes: Note[] };
type Note = { id: string; sent: boolean; retracted: boolean };

const shardsOf = ({ domain }: TestMaker) =>
  Array.from({ length: SHARDS }, (_, shard) => env.DESK.getByName(`${domain}/${shard}`));

/** What is counted of threads; `tally` has its rows from the beginning. */
const COUNTS = [...CELLS_SCHEMA.matchAll(/CREATE TABLE (\w+)/g)].map(([, table]) => table!);
const NOTHING = {
  threads: [],
  found: WORDS.map((word) => [word, []]),
  labelled: [],
  counts: COUNTS.map((table) => [
    table,
    table === "tally"
      ? [
          { counted: 0, n: 0 },
          { counted: 1, n: 0 },
        ]
      : [],
  ]),
};

/** What all shards have derived, but for what may differ: the low bits of a rank, an epoch, and how the same words are sealed. */
async function derived(maker: TestMaker): Promise<unknown[]> {
  const cover = await coverOf(env, maker.domain);
  return Promise.all(
    shardsOf(maker).map((shard) =>
      runInDurableObject(shard as DurableObjectStub, async (_, { storage: { sql } }) => {
        if ([...sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'thread'")].length === 0) return NOTHING;
        const rows = [...sql.exec<Record<string, any>>("SELECT * FROM thread ORDER BY note")];
        const noteAt = new Map(rows.map(({ rank, note }) => [rank, note]));
        const threads = await Promise.all(
          rows.map(async ({ rank, epoch: _epoch, sealed, ...row }) => ({
            ...row,
            millisecond: Math.floor(rank / 1024),
            headline: await cover.open(row.note, sealed),
          })),
        );
        const found = WORDS.map((word) => [
          word,
          [
            ...sql.exec<{ rowid: number }>(
              "SELECT rowid FROM words WHERE words MATCH ?",
              `"${cover.searched(word)[0]}"`,
            ),
          ].map(({ rowid }) => noteAt.get(rowid)),
        ]);
        const labelled = [...sql.exec<{ label: string; rank: number }>("SELECT * FROM labelled ORDER BY label, rank")];
        return {
          threads,
          found: found.map(([word, notes]) => [word, (notes as string[]).toSorted()]),
          labelled: labelled.map(({ label, rank }) => `${label} ${noteAt.get(rank)}`).toSorted(),
          counts: COUNTS.map((table) => [table, [...sql.exec(`SELECT * FROM ${table}`)]]),
        };
      }),
    ),
  );
}

const DERIVED = ["thread", "words", "labelled", "projected_twin", ...COUNTS.filter((table) => table !== "tally")];

/** The desk loses all it had derived. */
async function lose(maker: TestMaker): Promise<void> {
  for (const shard of shardsOf(maker)) {
    await runInDurableObject(shard as DurableObjectStub, (_, { storage: { sql } }) => {
      if ([...sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'thread'")].length === 0) return;
      for (const table of DERIVED) sql.exec(`DELETE FROM ${table}`);
      sql.exec("UPDATE tally SET n = 0");
    });
  }
}

/** Makes the telling go wrong: `faults` says how each next one does. What was told before is told again at some later time. */
function disturb(faults: ("lost" | "unanswered" | "twice" | "late")[]): void {
  const before: [string, Projection][] = [];
  // oxlint-disable-next-line typescript/unbound-method -- called on the desk that was called
  const project = Desk.prototype.project;
  vi.spyOn(Desk.prototype, "project").mockImplementation(function (this: Desk, maker, projection) {
    const fault = faults.shift();
    if (fault === "lost") throw new Error("never came");
    const old = before.find(([, { twin }]) => twin === projection.twin);
    if (fault === "late" && old) project.apply(this, old);
    const answer = project.call(this, maker, projection);
    if (fault === "twice") project.call(this, maker, projection);
    before.push([maker, projection]);
    if (fault === "unanswered") throw new Error("came, and nobody heard");
    return answer;
  });
}

const person = fc.nat(1);
const place = fc.nat(5);
const words = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }).map((all) => all.join(" "));
const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant("send" as const), person, words }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("write" as const), person, words }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("revise" as const), person, place, words }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("retract" as const), person, place }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("say" as const), person, place, words }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant("answer" as const), person, place, words }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("judge" as const), person, place, good: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("label" as const), person, place, words }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant("end" as const), person }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("agree" as const), person, counted: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("kill" as const), person, desk: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("rebuild" as const), person }) },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

async function act(maker: TestMaker, people: readonly Person[], action: Action): Promise<void> {
  const one = people[action.person]!;
  const at = `/v1/twins/${one.twin}`;
  const picked = "place" in action ? one.notes[action.place % Math.max(1, one.notes.length)] : undefined;
  const note = `${at}/notes/${picked?.id}`;
  switch (action.does) {
    case "send":
      one.notes.push({ id: (await send(one, action.words)).id, sent: true, retracted: false });
      return;
    case "write":
      one.notes.push({ id: (await write(api, one, action.words)).id, sent: false, retracted: false });
      return;
    case "end":
      if (one.terms !== null) await api.post(`${at}/agreements/${one.agreement}/terminate`, {}, one.token);
      one.terms = null;
      return;
    case "agree": {
      const terms = action.counted ? "SD-BASE-A" : "SD-BASE";
      const { status, body } = await api.post(`${at}/agreements`, { preferred: terms }, one.token);
      if (status === 201 && body.state === "accepted") {
        one.terms = terms;
        one.agreement = body.id;
      }
      return;
    }
    case "kill":
      // The desk's object, or the owner's: whatever it was about to do, it begins anew.
      await crash(
        action.desk
          ? env.DESK.getByName(`${maker.domain}/${deskShardOf(one.twin as TwinId, SHARDS)}`)
          : env.TENURE.getByName(one.twin),
      );
      return;
    case "rebuild":
      await api.post(`/v1/makers/${maker.domain}/desk/rebuild`, {}, maker.key);
      await runDurableObjectAlarm(env.MAKER.getByName(maker.domain));
      return;
    default:
      if (picked) await actOn(maker, one, picked, note, action);
  }
}

async function actOn(maker: TestMaker, one: Person, picked: Note, note: string, action: Action): Promise<void> {
  switch (action.does) {
    case "revise":
      await api.patch(note, { text: action.words }, one.token);
      return;
    case "retract":
      await api.delete(note, one.token);
      picked.retracted = true;
      return;
    case "say":
      await api.post(`${note}/messages`, { text: action.words }, one.token);
      return;
    case "answer":
      await api.post(
        threadPath(maker, one, picked.id, "/messages"),
        { text: action.words, outcome: "fixed" },
        maker.key,
      );
      return;
    case "judge":
      await api.post(`${note}/verdict`, { verdict: action.good ? "addressed" : "not-addressed" }, one.token);
      return;
    case "label":
      await api.patch(threadPath(maker, one, picked.id), { labels: action.words.split(" ") }, maker.key);
      return;
    default:
      throw new Error(`${action.does} is done to no note`);
  }
}

/** Tells whatever is left to tell, past every fault that is left. */
const settle = (people: readonly Person[]): Promise<void> =>
  eventually(async () => {
    for (const one of people) {
      await told(one);
      const left = await runInDurableObject(
        env.TENURE.getByName(one.twin) as DurableObjectStub,
        (_, { storage: { sql } }) =>
          [...sql.exec("SELECT 1 FROM desk_line WHERE turn <> acked OR walk IS NOT NULL OR failures > 0")].length,
      );
      expect(left).toBe(0);
    }
  });

test("a desk made anew is the live one, and both show what may be seen, after any interleaving, kill, loss and duplicate", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(action, { minLength: 6, maxLength: 20 }),
      fc.array(
        fc.constantFrom("late" as const, "lost" as const, "late" as const, "unanswered" as const, "twice" as const),
        {
          maxLength: 12,
        },
      ),
      async (actions, faults) => {
        const maker = await joinWith(SHARDS);
        const people: Person[] = [];
        for (let n = 0; n < 2; n++) people.push({ ...(await ownerOf(maker, "SD-BASE")), terms: "SD-BASE", notes: [] });
        vi.restoreAllMocks();
        disturb(faults);
        for (const one of actions) await act(maker, people, one);
        await settle(people);

        const shown = people.flatMap(({ terms, notes }) =>
          terms === null ? [] : notes.filter(({ sent, retracted }) => sent && !retracted).map(({ id }) => id),
        );
        expect((await listed(maker, "?limit=200")).toSorted()).toEqual(shown.toSorted());
        const live = await derived(maker);
        for (const { twin } of people) expect(await env.TENURE.getByName(twin).reproject(maker.domain)).toBe(true);
        await settle(people);
        expect(await derived(maker)).toEqual(live);

        // A desk that lost all it had derived, and whoever tells it does not know.
        await lose(maker);
        for (const { twin } of people) await env.TENURE.getByName(twin).reproject(maker.domain);
        await settle(people);
        expect(await derived(maker)).toEqual(live);
        vi.restoreAllMocks();
      },
    ),
    { numRuns: 5 },
  );
});

test("what was told before, come again or late, changes nothing", async () => {
  const maker = await joinWith(1);
  const owner = await ownerOf(maker);
  const project = vi.spyOn(Desk.prototype, "project");
  const { id } = await send(owner, "chain");
  await told(owner);
  await api.patch(`/v1/twins/${owner.twin}/notes/${id}`, { text: "brake" }, owner.token);
  await told(owner);
  const pages = project.mock.calls.filter(([, { twin }]) => twin === owner.twin);
  expect(pages.length).toBeGreaterThan(1);
  const live = await derived(maker);
  const desk = env.DESK.getByName(`${maker.domain}/0`);
  for (const [, page] of pages.toReversed()) expect(await desk.project(maker.domain, page)).toEqual({ behind: false });
  expect(await derived(maker)).toEqual(live);
  expect(await listed(maker, "?q=chain")).toEqual([]);
});

test("a desk that has lost what it was told asks for all of it with the next news", async () => {
  const maker = await joinWith(1);
  const owner = await ownerOf(maker);
  const first = await send(owner, "chain");
  await told(owner);
  await lose(maker);
  expect(await listed(maker)).toEqual([]);
  const second = await send(owner, "brake");
  await told(owner);
  expect((await listed(maker)).toSorted()).toEqual([first.id, second.id].toSorted());
});

describe("a rebuild", () => {
  test("asks every twin of the company's agreements, can be read meanwhile, and takes away what has no owner any more", async () => {
    const maker = await joinWith(SHARDS);
    const owner = await ownerOf(maker);
    const { id } = await send(owner, "Here");
    await told(owner);
    await api.patch(threadPath(maker, owner, id), { labels: ["kept"] }, maker.key);
    const live = await derived(maker);
    // A thread of a twin that went without a word, and one that its owner's side knows nothing of.
    const lost = await ownerOf(maker);
    await send(lost, "Gone");
    await told(lost);
    await runInDurableObject(env.TENURE.getByName(lost.twin) as DurableObjectStub, (_, { storage }) =>
      storage.deleteAll(),
    );
    await crash(env.TENURE.getByName(lost.twin));
    await runInDurableObject(
      env.DESK.getByName(`${maker.domain}/${deskShardOf(owner.twin as TwinId, SHARDS)}`) as DurableObjectStub,
      (_, { storage: { sql } }) => {
        sql.exec(
          `INSERT INTO thread SELECT rank + 1, 'note_x', twin, 0, product, model, gtin, kind, wants, sealed, state, outcome, verdict, sent_at,
             updated_at, first_reply_at, last_from, agreement, terms, 0, NULL, NULL FROM thread WHERE note = ?`,
          id,
        );
        sql.exec("UPDATE tally SET n = n + 1 WHERE counted = 0");
      },
    );
    const began = await api.post(`/v1/makers/${maker.domain}/desk/rebuild`, {}, maker.key);
    expect([began.status, began.body]).toEqual([202, { began: expect.any(String) }]);
    expect((await api.get(threadsPath(maker, "?label=kept"), maker.key)).body.items).toHaveLength(1);
    await eventually(async () => expect(await derived(maker)).toEqual(live));
    // Over: the next one is another.
    await eventually(async () => {
      const next = await api.post(`/v1/makers/${maker.domain}/desk/rebuild`, {}, maker.key);
      expect(next.body.began).not.toBe(began.body.began);
    });
  });
});

test("a private note costs its twin nothing more, and a desk hears nothing of it", async () => {
  const maker = await joinWith(1);
  const owner = await ownerOf(maker);
  await send(owner, "First");
  await told(owner);
  const project = vi.spyOn(Desk.prototype, "project");
  const look = () =>
    runInDurableObject(env.TENURE.getByName(owner.twin) as DurableObjectStub, async (_, { storage }) => ({
      lines: [...storage.sql.exec("SELECT * FROM desk_line")],
      alarm: await storage.getAlarm(),
    }));
  await eventually(async () => expect((await look()).alarm).toBeNull());
  const before = await look();
  for (let n = 0; n < 5; n++) await write(api, owner, "Mine alone");
  expect(await look()).toEqual(before);
  await told(owner);
  expect(await look()).toEqual(before);
  expect(project.mock.calls.filter(([, { twin }]) => twin === owner.twin)).toEqual([]);
});
