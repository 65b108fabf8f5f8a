// The projection: whatever happens to owners' threads and to the telling of them, the desk shows what may be shown, and a desk that is made
// anew is the same one.

import { env } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { CELLS_SCHEMA } from "../../src/desk/cells.ts";
import { Desk } from "../../src/desk/desk.ts";
import type { Projection } from "../../src/domain/desk.ts";
import type { Domain, TwinId } from "../../src/domain/ids.ts";
import { coverOf } from "../../src/platform/desk-cover.ts";
import { deskShardOf, officeOf } from "../../src/platform/stubs.ts";
import { crash } from "../support/crash.ts";
import { accept, offer, release } from "../support/handovers.ts";
import type { TestMaker, TestOwner } from "../support/people.ts";
import { api, eventually, joinWith, listed, ownerOf, send, threadPath, threadsPath, told, write } from "./world.ts";

const SHARDS = 2;
const WORDS = ["chain", "brake", "pedal", "saddle", "bell"];

afterEach(() => {
  vi.restoreAllMocks();
});

const shardsOf = ({ domain }: TestMaker) =>
  Array.from({ length: SHARDS }, (_, shard) => env.DESK.getByName(`${domain}/${shard}`));

/** What is counted of threads; `tally` has its rows from the beginning. */
const COUNTS = [...CELLS_SCHEMA.matchAll(/CREATE TABLE (\w+)/g)].map(([, table]) => table!);
const NOTHING = {
  threads: [],
  found: WORDS.map((word) => [word, []]),
  marks: [],
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
        const marks = [...sql.exec<{ rowid: number; marks: string }>("SELECT rowid, marks FROM words")];
        return {
          threads,
          found: found.map(([word, notes]) => [word, (notes as string[]).toSorted()]),
          marks: marks.map(({ rowid, marks: its }) => `${noteAt.get(rowid)} ${its}`).toSorted(),
          counts: COUNTS.map((table) => [table, [...sql.exec(`SELECT * FROM ${table}`)]]),
        };
      }),
    ),
  );
}

const DERIVED = ["thread", "words", "projected_twin", ...COUNTS.filter((table) => table !== "tally")];

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

/** Makes the telling go wrong: `faults` says how each next one does. What was told `before` is told again at some later time. */
function disturb(faults: ("lost" | "unanswered" | "twice" | "late")[], before: [Domain, Projection][]): void {
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
const issue = fc.nat(1);
const words = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }).map((all) => all.join(" "));
const departure = fc.record({ does: fc.constantFrom("erase" as const, "hand over" as const), person });
const action = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant("send" as const), person, words }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("write" as const), person, words }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("revise" as const), person, place, words }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("retract" as const), person, place }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("say" as const), person, place, words }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant("answer" as const), person, place, words }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("judge" as const), person, place, good: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("label" as const), person, place, words }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant("link" as const), person, place, issue: fc.option(issue) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("fix" as const), issue, words }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("end" as const), person }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant("agree" as const), person, counted: fc.boolean() }) },
  { weight: 2, arbitrary: departure },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant("kill" as const),
      person,
      whom: fc.constantFrom("desk" as const, "owner's" as const, "office" as const, "maker" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("rebuild" as const) }) },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;
/** One alone, or two at once. */
const stepOf = <A>(first: fc.Arbitrary<A>) => fc.tuple(first, fc.option(action));
const steps = (most: number) => fc.array(stepOf(action), { minLength: 2, maxLength: most });

/** `notes` is as far as it is known: what was cut off may have been kept for all that. */
type Person = TestOwner & { notes: string[] };
type World = {
  readonly maker: TestMaker;
  /** Those who act. */
  readonly people: Person[];
  /** Whoever ever came to own anything: of two departures at once, each may leave somebody behind who has a thread. */
  readonly everyone: TestOwner[];
  readonly issues: readonly string[];
};

async function arrive({ maker, everyone }: World): Promise<Person> {
  const owner = await ownerOf(maker, "SD-BASE");
  everyone.push(owner);
  const { id } = await send(owner, WORDS[0]!);
  await told(owner);
  return { ...owner, notes: [id] };
}
const ownAt = ({ twin }: TestOwner, rest = ""): string => `/v1/twins/${twin}${rest}`;
const isOwner = async ({ twin, token }: TestOwner): Promise<boolean> =>
  (await api.get(`/v1/twins/${twin}`, token)).status === 200;

/** Whoever owns something now. */
async function owners({ everyone }: World): Promise<TestOwner[]> {
  const are = await Promise.all(everyone.map(isOwner));
  return everyone.filter((_, at) => are[at]);
}

async function agreements(one: TestOwner): Promise<string[]> {
  const { status, body } = await api.get(ownAt(one, "/agreements?limit=200"), one.token);
  expect(status).toBe(200);
  return body.items.filter(({ state }: any) => state === "accepted").map(({ id }: any) => id);
}

/** Cut off wherever it may be, the thing is the one's or the other's in the end. */
async function handOn({ everyone }: World, one: Person): Promise<void> {
  const before = { ...one };
  const { code } = await offer(api, before);
  const next = await accept(api, before, code);
  everyone.push({ ...before, ...next });
  await release(api, before, next.words).catch(() => null);
  await eventually(async () => expect((await isOwner(next)) !== (await isOwner(before))).toBe(true));
  if (await isOwner(next)) Object.assign(one, next, { notes: [] });
}

const eraseOwn = (one: TestOwner): Promise<void> =>
  eventually(async () => {
    await api.delete(ownAt(one), one.token);
    expect(await isOwner(one)).toBe(false);
  });

async function act(world: World, action: Action): Promise<void> {
  const { maker, people, issues } = world;
  if (action.does === "fix") {
    const at = `/v1/makers/${maker.domain}/known-issues/${issues[action.issue]!}`;
    await api.patch(at, { status: "fixed", fixedIn: action.words }, maker.key);
    return;
  }
  if (action.does === "rebuild") {
    await api.post(`/v1/makers/${maker.domain}/desk/rebuild`, {}, maker.key);
    await runDurableObjectAlarm(env.MAKER.getByName(maker.domain));
    return;
  }
  const one = people[action.person]!;
  switch (action.does) {
    case "send":
      one.notes.push((await send(one, action.words)).id);
      return;
    case "write":
      one.notes.push((await write(api, one, action.words)).id);
      return;
    case "end":
      for (const id of await agreements(one)) await api.post(ownAt(one, `/agreements/${id}/terminate`), {}, one.token);
      return;
    case "agree":
      await api.post(ownAt(one, "/agreements"), { preferred: action.counted ? "SD-BASE-A" : "SD-BASE" }, one.token);
      return;
    case "erase":
      await eraseOwn({ ...one });
      Object.assign(one, await eventually(() => arrive(world)));
      return;
    case "hand over":
      await handOn(world, one);
      return;
    case "kill":
      // Whatever it was about to do, it begins anew.
      await crash(
        {
          desk: env.DESK.getByName(`${maker.domain}/${deskShardOf(one.twin as TwinId, SHARDS)}`),
          "owner's": env.TENURE.getByName(one.twin),
          office: officeOf(env, maker.domain),
          maker: env.MAKER.getByName(maker.domain),
        }[action.whom],
      );
      return;
    default: {
      const note = one.notes[action.place % Math.max(1, one.notes.length)];
      if (note !== undefined) await actOn(world, one, note, action);
    }
  }
}

type OnNote = Extract<Action, { readonly place: number }>;

async function actOn({ maker, issues }: World, one: Person, id: string, action: OnNote): Promise<void> {
  const note = ownAt(one, `/notes/${id}`);
  const thread = threadPath(maker, one, id);
  switch (action.does) {
    case "revise":
      await api.patch(note, { text: action.words }, one.token);
      return;
    case "retract":
      await api.delete(note, one.token);
      return;
    case "say":
      await api.post(`${note}/messages`, { text: action.words }, one.token);
      return;
    case "answer":
      await api.post(`${thread}/messages`, { text: action.words, outcome: "fixed" }, maker.key);
      return;
    case "judge":
      await api.post(`${note}/verdict`, { verdict: action.good ? "addressed" : "not-addressed" }, one.token);
      return;
    case "label":
      await api.patch(thread, { labels: action.words.split(" ") }, maker.key);
      return;
    case "link":
      await api.patch(thread, { knownIssue: action.issue === null ? null : issues[action.issue] }, maker.key);
      return;
  }
}

/** Tells whatever is left to tell, past every fault that is left. */
const settle = (world: World): Promise<void> =>
  eventually(async () => {
    for (const one of await owners(world)) {
      await told(one);
      const left = await runInDurableObject(
        env.TENURE.getByName(one.twin) as DurableObjectStub,
        (_, { storage: { sql } }) =>
          [...sql.exec("SELECT 1 FROM desk_line WHERE turn <> acked OR walk IS NOT NULL OR failures > 0")].length,
      );
      expect(left).toBe(0);
    }
  });

/** What each side may see of what was sent: every note of whoever has terms in force, with its known issue as it stands. */
async function expected(world: World): Promise<any[]> {
  const all = (await owners(world)).map(async (one) => {
    if ((await agreements(one)).length === 0) return [];
    const { items } = (await api.get(ownAt(one, "/notes?limit=200"), one.token)).body;
    return items.filter(({ sent, retractedAt }: any) => sent && retractedAt === null);
  });
  return (await Promise.all(all)).flat();
}

/** That both sides see the same, as the company's issues stand. */
async function agreesWithOwners(world: World): Promise<void> {
  const { maker } = world;
  const [sent, desk, issues] = await Promise.all([
    expected(world),
    api.get(threadsPath(maker, "?limit=200"), maker.key),
    api.get(`/v1/makers/${maker.domain}/known-issues`, maker.key),
  ]);
  const stands = new Map<string | null, any>(issues.body.items.map((one: any) => [one.id, one]));
  const issueOf = (id: string | null) => (id === null ? null : [id, stands.get(id).status, stands.get(id).fixedIn]);
  const byDesk = desk.body.items.map(({ note, knownIssue }: any) => [note.id, issueOf(knownIssue)]);
  const byOwners = sent.map(({ id, knownIssue: of }) => [id, of && [of.id, of.status, of.fixedIn]]);
  expect(byDesk.toSorted()).toEqual(byOwners.toSorted());
}

test("a desk made anew is the live one, and both show what may be seen, after any interleaving, kill, loss and duplicate", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(steps(8), stepOf(departure), steps(4)).map(([before, going, after]) => [...before, going, ...after]),
      fc.array(
        fc.constantFrom("late" as const, "lost" as const, "late" as const, "unanswered" as const, "twice" as const),
        { maxLength: 12 },
      ),
      async (all, faults) => {
        const maker = await joinWith(SHARDS);
        const known = ["Squeaks", "Rusts"].map((title) =>
          api.post(`/v1/makers/${maker.domain}/known-issues`, { title, status: "investigating" }, maker.key),
        );
        const issues = (await Promise.all(known)).map(({ body }) => body.id as string);
        const world: World = { maker, people: [], everyone: [], issues };
        world.people.push(await arrive(world), await arrive(world));
        vi.restoreAllMocks();
        const tellings: [Domain, Projection][] = [];
        disturb(faults, tellings);
        for (const [one, beside] of all) {
          if (beside === null) await act(world, one);
          // Of two at once the one may cut off the other, or take away what it was about.
          else await Promise.all([one, beside].map((each) => act(world, each).catch(() => null)));
        }
        await settle(world);
        await eventually(() => agreesWithOwners(world));

        const live = await derived(maker);
        vi.restoreAllMocks();
        for (const [to, telling] of tellings.toReversed())
          await env.DESK.getByName(`${to}/${deskShardOf(telling.twin, SHARDS)}`).project(to, telling);
        expect(await derived(maker)).toEqual(live);

        for (const { twin } of await owners(world))
          expect(await env.TENURE.getByName(twin).reproject(maker.domain)).toBe(true);
        await settle(world);
        expect(await derived(maker)).toEqual(live);

        // A desk that lost all it had derived, and whoever tells it does not know.
        await lose(maker);
        for (const { twin } of await owners(world)) await env.TENURE.getByName(twin).reproject(maker.domain);
        await settle(world);
        expect(await derived(maker)).toEqual(live);
      },
    ),
    // How things interleave differs from run to run: a smaller failure could not be looked for.
    { numRuns: 6, endOnFailure: true },
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
