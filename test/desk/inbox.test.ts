// The inbox: what owners sent is there, is found, and is worked on; no other company sees any of it, and it leaves with its terms.

import { env } from "cloudflare:workers";
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { Desk } from "../../src/desk/desk.ts";
import type { TwinId } from "../../src/domain/ids.ts";
import { Cover } from "../../src/platform/desk-cover.ts";
import { deskShardOf } from "../../src/platform/stubs.ts";
import { agree, type TestMaker, type TestOwner } from "../support/people.ts";
import { api, eventually, joinWith, listed, ownerOf, send, threadPath, threadsPath, told, write } from "./world.ts";

const item = async (maker: TestMaker, note: string) =>
  (await api.get(threadsPath(maker, "?limit=200"), maker.key)).body.items.find((one: any) => one.note.id === note);

describe("a thread at the desk", () => {
  test("is there by itself once its note was sent, and says what its owner sent", async () => {
    const maker = await joinWith(3);
    const owner = await ownerOf(maker);
    const note = await send(owner, "The sole came off.", { title: "Sole", wants: "repair" });
    await eventually(async () => expect(await listed(maker)).toEqual([note.id]));
    const { body } = await api.get(threadsPath(maker), maker.key);
    expect(body).toEqual({
      items: [
        {
          note: {
            id: note.id,
            kind: "problem",
            title: "Sole",
            excerpt: "The sole came off.",
            wants: "repair",
            sentAt: note.sentAt,
          },
          twin: owner.twin,
          product: { name: "Model T", model: "Model T", gtin: expect.stringMatching(/^\d{14}$/) },
          state: "open",
          outcome: null,
          verdict: null,
          assignee: null,
          labels: [],
          knownIssue: null,
          lastFrom: "owner",
          firstReplyAt: null,
          updatedAt: note.sentAt,
          agreement: { id: owner.agreement, terms: "SD-BASE-DP", permits: [] },
        },
      ],
      next: null,
    });
  });

  test("follows what both sides say, by itself", async () => {
    const maker = await joinWith(1);
    const owner = await ownerOf(maker);
    const { id } = await send(owner, "It squeaks", { serial: true });
    const { body: answer } = await api.post(
      threadPath(maker, owner, id, "/messages"),
      { text: "Oil it.", outcome: "fixed", author: { name: "Mo" } },
      maker.key,
    );
    await eventually(async () =>
      expect(await item(maker, id)).toMatchObject({
        state: "answered",
        outcome: "fixed",
        lastFrom: "maker",
        firstReplyAt: answer.createdAt,
        updatedAt: answer.createdAt,
      }),
    );
    await api.post(`/v1/twins/${owner.twin}/notes/${id}/verdict`, { verdict: "not-addressed" }, owner.token);
    await eventually(async () =>
      expect(await item(maker, id)).toMatchObject({ state: "open", verdict: "not-addressed" }),
    );
    const { body } = await api.get(threadPath(maker, owner, id), maker.key);
    expect(body).toMatchObject({
      note: { id, text: "It squeaks", revision: 1, photos: [], serial: expect.any(String) },
      messages: [{ from: "maker", text: "Oil it.", outcome: "fixed", author: { name: "Mo" } }],
      agreement: {
        id: owner.agreement,
        terms: "SD-BASE-DP",
        obliges: ["service-delivery", "data-portability"],
        plain: expect.stringContaining("It may not count it"),
      },
      internalNotes: [],
      readReceipt: null,
      knownIssue: null,
    });
    // Who of the household wrote is nobody's business, nor where it stands on its way.
    expect(JSON.stringify(body)).not.toMatch(/"channel"|"relay"/);
  });

  test("is as its owner's side has it when it is read, be the news still on its way or not", async () => {
    const maker = await joinWith(1);
    const owner = await ownerOf(maker);
    const { id } = await send(owner, "First");
    await api.patch(`/v1/twins/${owner.twin}/notes/${id}`, { text: "Second" }, owner.token);
    expect((await api.get(threadPath(maker, owner, id), maker.key)).body.note).toMatchObject({
      text: "Second",
      revision: 2,
    });
    const own = await write(api, owner, "Mine");
    expect((await api.get(threadPath(maker, owner, own.id), maker.key)).status).toBe(404);
    await told(owner);
    expect(await listed(maker)).toEqual([id]);
  });
});

describe("what the company puts to a thread", () => {
  let maker: TestMaker;
  let owner: TestOwner;
  let note: string;
  let agent: { id: string; key: string };
  beforeAll(async () => {
    maker = await joinWith(2);
    owner = await ownerOf(maker);
    note = (await send(owner, "It squeaks")).id;
    agent = (await api.post(`/v1/makers/${maker.domain}/keys`, { label: "Mo", role: "agent" }, maker.key)).body;
  });

  test("is its agent, its labels and its known issue, each by itself, at once after the note was sent", async () => {
    const id = (agent as any).id;
    const issue = (
      await api.post(
        `/v1/makers/${maker.domain}/known-issues`,
        { title: "Squeaks", status: "investigating" },
        maker.key,
      )
    ).body.id;
    const at = threadPath(maker, owner, note);
    const taken = await api.patch(at, { assignee: id }, agent.key);
    expect([taken.status, taken.body.assignee]).toEqual([200, { id, label: "Mo" }]);
    expect((await api.patch(at, { labels: ["wheel ", "noise", "wheel"] }, agent.key)).body.labels).toEqual([
      "noise",
      "wheel",
    ]);
    expect((await api.patch(at, { knownIssue: issue }, agent.key)).body).toMatchObject({
      assignee: { id, label: "Mo" },
      labels: ["noise", "wheel"],
      knownIssue: issue,
    });
    expect((await api.get(at, agent.key)).body.knownIssue).toEqual({
      id: issue,
      title: "Squeaks",
      status: "investigating",
    });
    for (const query of [`?assignee=${id}`, "?label=wheel", `?issue=${issue}`]) {
      expect([query, await listed(maker, query)]).toEqual([query, [note]]);
    }
    for (const query of ["?assignee=none", "?label=whee", "?state=closed"])
      expect([query, await listed(maker, query)]).toEqual([query, []]);
    expect((await api.get(`/v1/makers/${maker.domain}/labels-in-use`, agent.key)).body.items).toEqual([
      "noise",
      "wheel",
    ]);
    await api.patch(at, { assignee: null, knownIssue: null, labels: [] }, agent.key);
    expect(await listed(maker, "?assignee=none")).toEqual([note]);
    expect(await listed(maker, "?label=wheel")).toEqual([]);
    expect((await api.get(`/v1/makers/${maker.domain}/labels-in-use`, agent.key)).body.items).toEqual([]);
  });

  test("must be somebody of the team and an issue of its own", async () => {
    const other = await joinWith(1);
    const stranger = (await api.post(`/v1/makers/${other.domain}/keys`, { label: "X", role: "agent" }, other.key)).body;
    const issue = (
      await api.post(`/v1/makers/${other.domain}/known-issues`, { title: "Theirs", status: "fixed" }, other.key)
    ).body;
    const at = threadPath(maker, owner, note);
    for (const body of [
      { assignee: stranger.id },
      { knownIssue: issue.id },
      { labels: ["x".repeat(41)] },
      { labels: Array.from({ length: 21 }, (_, n) => `l${n}`) },
      {},
    ]) {
      expect([body, (await api.patch(at, body, agent.key)).status]).toEqual([body, 422]);
    }
    expect((await api.patch(at, { labels: Array.from({ length: 20 }, (_, n) => `l${n}`) }, agent.key)).status).toBe(
      200,
    );
    const bulk = { threads: [{ twin: owner.twin, note }], addLabels: ["one more"] };
    expect((await api.post(threadsPath(maker, "/bulk"), bulk, agent.key)).status).toBe(422);
    expect((await api.patch(at, { labels: [] }, agent.key)).body.labels).toEqual([]);
  });

  test("may be said to the team, once for one key, and no owner reads it", async () => {
    const at = threadPath(maker, owner, note, "/internal-notes");
    const said = await api.post(at, { text: "Third this week" }, agent.key, { "Idempotency-Key": "a" });
    expect([said.status, said.body]).toMatchObject([201, { author: { label: "Mo" }, text: "Third this week" }]);
    const again = await api.post(at, { text: "Third this week" }, agent.key, { "Idempotency-Key": "a" });
    expect([again.status, again.body]).toEqual([201, said.body]);
    expect((await api.get(threadPath(maker, owner, note), agent.key)).body.internalNotes).toEqual([said.body]);
    const owners = await api.get(`/v1/twins/${owner.twin}/notes/${note}`, owner.token);
    const fed = await api.get(`/v1/twins/${owner.twin}/events?limit=200`, owner.token);
    expect(JSON.stringify([owners.body, fed.body])).not.toContain("Third");
  });

  test("is done to many at once or to none, though they lie in several shards", async () => {
    const owners = [owner];
    while (new Set(owners.map(({ twin }) => deskShardOf(twin as TwinId, 2))).size < 2) {
      owners.push(await ownerOf(maker));
    }
    const threads = await Promise.all(
      owners.map(async (one) => ({ twin: one.twin, note: (await send(one, "All or none")).id as string })),
    );
    await Promise.all(owners.map(told));
    const [full] = threads;
    const labels = Array.from({ length: 20 }, (_, n) => `l${n}`);
    expect((await api.patch(threadPath(maker, owner, full!.note), { labels }, agent.key)).status).toBe(200);
    const done = await api.post(threadsPath(maker, "/bulk"), { threads, addLabels: ["half-done"] }, agent.key);
    expect(done.status).toBe(422);
    expect(await listed(maker, "?label=half-done")).toEqual([]);
  });

  test("is done to many at once, over all shards, and says which are not there", async () => {
    const many = await Promise.all([ownerOf(maker), ownerOf(maker), ownerOf(maker)]);
    const threads = await Promise.all(
      many.map(async (one) => ({ twin: one.twin, note: (await send(one, "Many")).id as string })),
    );
    await Promise.all(many.map(told));
    const missing = { twin: threads[0]!.twin, note };
    const forged = { twin: `${threads[0]!.twin.slice(0, -1)}!`, note };
    const done = await api.post(
      threadsPath(maker, "/bulk"),
      { threads: [...threads, missing, forged], addLabels: ["batch", "x"], removeLabels: ["x"] },
      agent.key,
    );
    expect(done.body).toEqual({ changed: 3, missing: [missing, forged] });
    expect((await listed(maker, "?label=batch")).toSorted()).toEqual(threads.map((one) => one.note).toSorted());
  });
});

describe("a search", () => {
  let maker: TestMaker;
  let owner: TestOwner;
  const notes: Record<string, string> = {};
  beforeAll(async () => {
    maker = await joinWith(2);
    owner = await ownerOf(maker);
    const other = await ownerOf(maker);
    notes.chain = (await send(owner, "Die Kétte ist gerissen.", { title: "Müllers Fahrrad" })).id;
    notes.brake = (await send(other, "The brake squeaks, and the chain is loose", { kind: "safety", serial: true })).id;
    notes.japanese = (await send(owner, "自転車のチェーンが外れた")).id;
    await api.post(threadPath(maker, other, notes.brake!, "/messages"), { text: "Grease the spindle" }, maker.key);
    await Promise.all([told(owner), told(other)]);
  });
  const found = async (q: string, more = "") =>
    (await listed(maker, `?q=${encodeURIComponent(q)}${more}`)).map(
      (id) => Object.entries(notes).find(([, one]) => one === id)![0],
    );

  test("finds all words, in title, text and answers, whatever their case and accents, and the last as a beginning", async () => {
    expect(await found("kette GERISSEN")).toEqual(["chain"]);
    expect(await found("MULLERS")).toEqual(["chain"]);
    expect(await found("brake chain")).toEqual(["brake"]);
    expect(await found("spind")).toEqual(["brake"]);
    expect(await found("spind brake")).toEqual([]);
    expect(await found("kette brake")).toEqual([]);
    expect(await found("チェーン")).toEqual(["japanese"]);
    expect(await found("Model T")).toHaveLength(3);
    expect(await found("Model T", "&kind=safety")).toEqual(["brake"]);
  });

  test.each([
    `"`,
    `" OR "`,
    `kette" OR "brake`,
    "kette OR brake",
    "NOT kette",
    "kette NEAR gerissen",
    "veiled:kette",
    "{veiled}:kette",
    "^kette",
    "kette*",
    "*",
    "(kette",
    "-kette",
    "kette + gerissen",
    "'; DROP TABLE thread; --",
    "%_",
    "😀",
    "a".repeat(200),
  ])("takes %s for words and nothing else", async (q) => {
    const { status, body } = await api.get(threadsPath(maker, `?q=${encodeURIComponent(q)}`), maker.key);
    expect(status).toBe(200);
    // A word is a word: OR and NOT occur nowhere.
    const isFound = ["^kette", "kette*", "(kette", "-kette", "kette + gerissen"].includes(q);
    expect(body.items.map((one: any) => one.note.id)).toEqual(isFound ? [notes.chain] : []);
  });

  test("forgets what a note says no longer", async () => {
    const { id } = await send(owner, "pedal");
    await told(owner);
    expect(await listed(maker, "?q=pedal")).toEqual([id]);
    await api.patch(`/v1/twins/${owner.twin}/notes/${id}`, { text: "saddle" }, owner.token);
    await told(owner);
    expect(await listed(maker, "?q=pedal")).toEqual([]);
    expect(await listed(maker, "?q=saddle")).toEqual([id]);
  });
});

describe("a list", () => {
  test("is the newest change first over all shards, by pages in which nothing is twice or missing while threads move", async () => {
    const maker = await joinWith(4);
    const owners = await Promise.all(Array.from({ length: 6 }, () => ownerOf(maker)));
    const notes: { owner: TestOwner; id: string }[] = [];
    for (let n = 0; n < 4; n++)
      for (const owner of owners) notes.push({ owner, id: (await send(owner, `Note ${n}`)).id });
    await Promise.all(owners.map(told));
    const whole = await listed(maker, "?limit=200");
    expect(whole).toHaveLength(24);
    const times = (await api.get(threadsPath(maker, "?limit=200"), maker.key)).body.items.map(
      (one: any) => one.updatedAt,
    );
    expect(times).toEqual(times.toSorted().toReversed());

    const seen: string[] = [];
    const moved: string[] = [];
    let next: string | null = null;
    do {
      const { body }: { body: any } = await api.get(
        threadsPath(maker, `?limit=5${next === null ? "" : `&cursor=${next}`}`),
        maker.key,
      );
      seen.push(...body.items.map((one: any) => one.note.id));
      next = body.next;
      // One that was not shown yet, and one that was, move to the top.
      const late = whole.findLast((id) => !seen.includes(id) && !moved.includes(id));
      for (const id of [late, seen[0]]) {
        const mover = notes.find((one) => one.id === id);
        if (!mover || !id) continue;
        moved.push(id);
        await api.post(`/v1/twins/${mover.owner.twin}/notes/${id}/messages`, { text: "Still" }, mover.owner.token);
        await told(mover.owner);
      }
    } while (next !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(whole.filter((id) => seen.includes(id)));
    expect(whole.filter((id) => !seen.includes(id) && !moved.includes(id))).toEqual([]);
  });

  test("of open threads is what waits longest first, if asked so, by pages that hold still while owners write and agents answer", async () => {
    const maker = await joinWith(4);
    const owners = await Promise.all(Array.from({ length: 5 }, () => ownerOf(maker)));
    const sent: { owner: TestOwner; id: string }[] = [];
    for (let n = 0; n < 3; n++)
      for (const owner of owners) sent.push({ owner, id: (await send(owner, `Note ${n}`)).id });
    await Promise.all(owners.map(told));
    const sentAt = new Map<string, string>(
      (await api.get(threadsPath(maker, "?limit=200"), maker.key)).body.items.map(({ note }: any) => [
        note.id,
        note.sentAt,
      ]),
    );
    const first = (id: string): string => `${sentAt.get(id)} ${id}`;
    const whole = [...sentAt.keys()].toSorted((one, other) => (first(one) < first(other) ? -1 : 1));
    expect(whole).toHaveLength(15);
    const seen: string[] = [];
    const answered: string[] = [];
    let next: string | null = null;
    do {
      const { body }: { body: any } = await api.get(
        threadsPath(maker, `?order=oldest&state=open&kind=problem&limit=4${next === null ? "" : `&cursor=${next}`}`),
        maker.key,
      );
      seen.push(...body.items.map((one: any) => one.note.id));
      next = body.next;
      // Whoever asks again keeps their place; what is answered is no longer in the line, be it shown already or not.
      const nextUp = whole.find((id) => ![...seen, ...answered].includes(id));
      const again = sent.find(({ id }) => id === nextUp);
      if (again)
        await api.post(
          `/v1/twins/${again.owner.twin}/notes/${again.id}/messages`,
          { text: "Still" },
          again.owner.token,
        );
      const late = whole.findLast((id) => ![...seen, ...answered, nextUp].includes(id));
      for (const id of [seen[0]!, late]) {
        const one = sent.find((it) => it.id === id);
        if (!one || answered.includes(one.id)) continue;
        answered.push(one.id);
        await api.post(threadPath(maker, one.owner, one.id, "/messages"), { text: "Oil it." }, maker.key);
        await told(one.owner);
      }
      if (again) await told(again.owner);
    } while (next !== null);
    expect(answered.length).toBeGreaterThan(2);
    const missed = whole.filter((id) => !seen.includes(id));
    expect(seen).toEqual(whole.filter((id) => seen.includes(id)));
    expect(missed.filter((id) => !answered.includes(id))).toEqual([]);
  });

  test("in one order takes no place in the other, and what is not open does not wait", async () => {
    const maker = await joinWith(1);
    const owner = await ownerOf(maker);
    for (const text of ["One", "Two"]) await send(owner, text);
    await told(owner);
    const nextOf = async (query: string): Promise<string> =>
      (await api.get(threadsPath(maker, `?limit=1&${query}`), maker.key)).body.next;
    const cursors = { newest: await nextOf("order=newest"), oldest: await nextOf("state=open&order=oldest") };
    const asked = async (query: string) => (await api.get(threadsPath(maker, `?${query}`), maker.key)).status;
    expect(await asked(`order=newest&cursor=${cursors.newest}`)).toBe(200);
    expect(await asked(`state=open&order=oldest&cursor=${cursors.oldest}`)).toBe(200);
    expect(await asked(`state=open&order=newest&cursor=${cursors.oldest}`)).toBe(422);
    expect(await asked(`state=open&order=oldest&cursor=${cursors.newest}`)).toBe(422);
    for (const query of ["order=oldest", "order=oldest&state=closed", "order=rank"])
      expect([query, await asked(query)]).toEqual([query, 422]);
  });

  test("is narrowed down to what a note wants, and to a product by GTIN, name or model", async () => {
    const maker = await joinWith(2);
    const owner = await ownerOf(maker);
    const own = (await api.get(`/v1/twins/${owner.twin}`, owner.token)).body.product;
    const kettle = { name: "A kettle", model: "K 2", maker: maker.domain };
    const other = (await api.post("/v1/twins", { product: kettle })).body as TestOwner;
    await agree(api, other);
    const [repair, copy] = [
      await send(owner, "Mend it", { wants: "repair" }),
      await send(owner, "Two", { wants: "copy" }),
    ];
    const nothing = await send(other, "It sings");
    await Promise.all([owner, other].map(told));
    const [ofOwner, ofOther] = [[repair.id, copy.id], [nothing.id]];
    for (const [query, ids] of [
      ["wants=repair", [repair.id]],
      ["wants=copy", [copy.id]],
      ["wants=nothing", [nothing.id]],
      ["wants=refund", []],
      [`product=${own.gtin}`, ofOwner],
      [`product=${encodeURIComponent(own.name)}`, ofOwner],
      ["product=A%20kettle", ofOther],
      ["product=K%202", ofOther],
      ["product=K%202&wants=nothing", ofOther],
      ["product=K%202&wants=repair", []],
      ["product=K", []],
      ["product=a%20kettle%20", []],
    ] as const)
      expect([query, (await listed(maker, `?${query}`)).toSorted()]).toEqual([query, ids.toSorted()]);
  });

  test("takes only cursors and filters that there are", async () => {
    const maker = await joinWith(1);
    for (const query of [
      "cursor=x",
      "cursor=MS4w0",
      "state=gone",
      "assignee=me",
      "issue=1",
      "limit=0",
      "colour=red",
      "q=",
    ])
      expect([query, (await api.get(threadsPath(maker, `?${query}`), maker.key)).status]).toEqual([query, 422]);
    expect(
      await listed(maker, "?product=0952&wants=repair&verdict=addressed&issue=issue_0000000000000000000000000e"),
    ).toEqual([]);
  });
});

describe("a thread leaves the desk before the owner has their answer", () => {
  const scene = async () => {
    const maker = await joinWith(2);
    const owner = await ownerOf(maker);
    const { id } = await send(owner, "Secret words");
    await told(owner);
    const at = threadPath(maker, owner, id);
    expect((await api.patch(at, { labels: ["kept"] }, maker.key)).status).toBe(200);
    const key = { "Idempotency-Key": "once" };
    await api.post(threadPath(maker, owner, id, "/internal-notes"), { text: "For us" }, maker.key, key);
    const gone = async () => {
      expect(await listed(maker)).toEqual([]);
      expect(await listed(maker, "?q=secret")).toEqual([]);
      expect(await listed(maker, "?label=kept")).toEqual([]);
      expect((await api.get(`/v1/makers/${maker.domain}/labels-in-use`, maker.key)).body.items).toEqual([]);
      expect((await api.get(at, maker.key)).status).not.toBe(200);
      expect((await api.patch(at, { labels: [] }, maker.key)).status).toBe(404);
    };
    return { maker, owner, id, at, gone };
  };

  test("when the note is retracted", async () => {
    const { owner, id, gone } = await scene();
    await api.delete(`/v1/twins/${owner.twin}/notes/${id}`, owner.token);
    await gone();
  });

  test.each(["owner", "maker"])(
    "when the %s ends the terms; under new ones it is back with what the company put to it",
    async (by) => {
      const { maker, owner, id, at, gone } = await scene();
      const path = `/agreements/${owner.agreement}/terminate`;
      const ended =
        by === "owner"
          ? await api.post(`/v1/twins/${owner.twin}${path}`, {}, owner.token)
          : await api.post(`/v1/makers/${maker.domain}${path}`, { reason: "We close." }, maker.key);
      expect(ended.status).toBe(200);
      await gone();
      const again = await api.post(`/v1/twins/${owner.twin}/agreements`, { preferred: "SD-BASE-A" }, owner.token);
      expect(again.body.state).toBe("accepted");
      await eventually(async () => expect(await listed(maker, "?label=kept")).toEqual([id]));
      expect((await api.get(at, maker.key)).body).toMatchObject({
        labels: ["kept"],
        internalNotes: [{ text: "For us" }],
        agreement: { terms: "SD-BASE-A", permits: ["analytics"] },
      });
    },
  );

  test("when the twin is erased; nothing of it comes back or stays, though something it told comes late", async () => {
    const project = vi.spyOn(Desk.prototype, "project");
    const { maker, owner, gone } = await scene();
    const [, page] = project.mock.calls.find(([, { twin }]) => twin === owner.twin)!;
    project.mockRestore();
    expect((await api.delete(`/v1/twins/${owner.twin}`, owner.token)).status).toBe(204);
    await gone();
    const desk = env.DESK.getByName(`${maker.domain}/${deskShardOf(page.twin, 2)}`);
    await evictDurableObject(desk);
    await desk.project(maker.domain, { ...page, turn: 99, after: 0 });
    await gone();
    const own = await runInDurableObject(desk as DurableObjectStub, (_, { storage: { sql } }) =>
      ["handling", "thread_label", "internal_note", "idempotency"].flatMap((table) => [
        ...sql.exec(`SELECT * FROM ${table}`),
      ]),
    );
    expect(own).toEqual([]);
  });

  test("and what is retracted while it is on its way there never arrives", async () => {
    const maker = await joinWith(1);
    const owner = await ownerOf(maker);
    const project = vi.spyOn(Desk.prototype, "project");
    const seal: (this: Cover, ...its: Parameters<Cover["seal"]>) => Promise<string> = Reflect.get(
      Cover.prototype,
      "seal",
    );
    const retracting: Promise<unknown>[] = [];
    const sealing = vi.spyOn(Cover.prototype, "seal").mockImplementation(async function (this: Cover, note, headline) {
      const path = `/v1/twins/${owner.twin}/notes/${note}`;
      // Another owner's is none of ours.
      if ((await api.get(path, owner.token)).status !== 200) return seal.call(this, note, headline);
      if (retracting.length === 0) retracting.push(api.delete(path, owner.token));
      await eventually(async () => expect((await api.get(path, owner.token)).body.retractedAt).not.toBeNull());
      return seal.call(this, note, headline);
    });
    const { id } = await send(owner, "Never mind");
    await eventually(() => expect(retracting).toHaveLength(1));
    await Promise.all(retracting);
    await eventually(() => expect(project.mock.calls.some(([, { gone }]) => gone.includes(id))).toBe(true));
    const ours = project.mock.calls.filter(([, { twin }]) => twin === owner.twin);
    expect(ours.flatMap(([, { threads }]) => threads)).toEqual([]);
    project.mockRestore();
    sealing.mockRestore();
  });

  test("also when the desk can't be reached just then, soon after", async () => {
    const { maker, owner, id } = await scene();
    const reach: Desk["project"] = Reflect.get(Desk.prototype, "project");
    let tellings = 0;
    const project = vi.spyOn(Desk.prototype, "project").mockImplementation(function (this: Desk, domain, telling) {
      if (telling.twin === owner.twin && ++tellings === 1) throw new Error("away");
      return reach.call(this, domain, telling);
    });
    expect((await api.delete(`/v1/twins/${owner.twin}/notes/${id}`, owner.token)).status).toBe(204);
    await eventually(async () => expect(await listed(maker)).toEqual([]));
    expect(tellings).toBeGreaterThan(1);
    project.mockRestore();
  });
});

test("another company's key sees nothing of it, whatever it names", async () => {
  const maker = await joinWith(1);
  const owner = await ownerOf(maker);
  const { id } = await send(owner, "Between us");
  await told(owner);
  const other = await joinWith(1);
  expect(await listed(other)).toEqual([]);
  expect(await listed(other, "?q=between")).toEqual([]);
  expect((await api.get(threadPath(other, owner, id), other.key)).status).toBe(409);
  expect((await api.patch(threadPath(other, owner, id), { labels: ["mine"] }, other.key)).status).toBe(404);
  expect((await api.post(threadPath(other, owner, id, "/internal-notes"), { text: "x" }, other.key)).status).toBe(404);
  const bulk = await api.post(
    threadsPath(other, "/bulk"),
    { threads: [{ twin: owner.twin, note: id }], addLabels: ["x"] },
    other.key,
  );
  expect(bulk.body.changed).toBe(0);
  expect((await api.get(threadPath(maker, owner, id), maker.key)).body.labels).toEqual([]);
});
