// Known issues: "you said, they changed". Each change reaches every linked owner once, while their terms let the company answer;
// and whoever counts themselves in is counted once, seen by nobody, and taken back with their twin.

import { env } from "cloudflare:workers";
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, test, vi } from "vitest";
import { deskAt, officeOf as officeFor } from "../../src/platform/stubs.ts";
import { Desk } from "../../src/desk/desk.ts";
import { Office } from "../../src/office/office.ts";
import { Tenure } from "../../src/tenure/tenure.ts";
import { agree, claim, freshGtin, type TestMaker, type TestOwner } from "../support/people.ts";
import { channelWith, feedTypes, pass, path, startTwin, stillClock } from "../tenure/world.ts";
import { api, join, joinWith, operator, ownerOf, send, threadPath, threadsPath, told } from "./world.ts";

stillClock();

const issuesAt = ({ domain }: TestMaker, rest = "") => `/v1/makers/${domain}/known-issues${rest}`;
const officeOf = ({ domain }: TestMaker) => officeFor(env, domain);

async function addIssue(maker: TestMaker, more: object = {}): Promise<any> {
  const { status, body } = await api.post(
    issuesAt(maker),
    { title: "Soles come off", status: "investigating", ...more },
    maker.key,
  );
  expect(status).toBe(201);
  return body;
}

/** A method as it is before a test stands in for it. */
const methodOf = <T, M extends keyof T>(prototype: T, name: M): T[M] => prototype[name];

const change = (maker: TestMaker, issue: string, to: object) => api.patch(issuesAt(maker, `/${issue}`), to, maker.key);

/** Lets the office tell until nothing is left to tell; so many rings it took. */
async function officeRests(maker: TestMaker): Promise<number> {
  for (let rings = 0; rings < 50; rings++) {
    const at = await runInDurableObject(officeOf(maker) as any, (_: unknown, state: DurableObjectState) =>
      state.storage.getAlarm(),
    );
    if (at === null || at > Date.now() + 1) return rings;
    pass(1);
    await runDurableObjectAlarm(officeOf(maker));
  }
  throw new Error("the office comes to no rest");
}

type Linked = { readonly owner: TestOwner & { agreement: string }; readonly note: string };

async function thread(maker: TestMaker, terms?: string): Promise<Linked> {
  const owner = await ownerOf(maker, terms);
  const { id } = await send(owner, "The sole came off.");
  await told(owner);
  return { owner, note: id };
}

const link = async (maker: TestMaker, threads: readonly Linked[], knownIssue: string | null): Promise<void> => {
  const names = threads.map(({ owner, note }) => ({ twin: owner.twin, note }));
  const { body } = await api.post(threadsPath(maker, "/bulk"), { threads: names, knownIssue }, maker.key);
  expect(body.changed).toBe(threads.length);
};

const noteOf = async ({ owner, note }: Linked) => (await api.get(path(owner, `/notes/${note}`), owner.token)).body;
const issueNews = async ({ owner }: Linked): Promise<any[]> =>
  (await api.get(path(owner, "/events?limit=200"), owner.token)).body.items.filter(
    ({ type }: { type: string }) => type === "issue.changed",
  );
const meToo = ({ twin, token }: TestOwner, issue: string) =>
  api.put(`/v1/twins/${twin}/known-issues/${issue}/me-too`, undefined, token);
const notMeToo = ({ twin, token }: TestOwner, issue: string) =>
  api.delete(`/v1/twins/${twin}/known-issues/${issue}/me-too`, token);
const known = async ({ twin, token }: TestOwner) => (await api.get(`/v1/twins/${twin}/known-issues`, token)).body.items;

describe("a change of a known issue", () => {
  test("reaches every linked owner's thread, over all shards of the desk, once a change", async () => {
    const maker = await joinWith(3);
    const threads = [await thread(maker), await thread(maker), await thread(maker), await thread(maker)];
    const bystander = await thread(maker);
    const issue = await addIssue(maker);
    await link(maker, threads, issue.id);
    await officeRests(maker);
    for (const each of threads) {
      expect((await noteOf(each)).knownIssue).toMatchObject({ id: issue.id, status: "investigating", meToo: false });
    }
    const fixed = { status: "fixed", fixedIn: "Batch 7", text: "Your dealer swaps it." };
    expect((await change(maker, issue.id, fixed)).body).toMatchObject(fixed);
    await officeRests(maker);
    // The same once more is no change.
    expect((await change(maker, issue.id, fixed)).status).toBe(200);
    expect(await officeRests(maker)).toBe(0);
    for (const each of threads) {
      expect((await noteOf(each)).knownIssue).toMatchObject({ title: "Soles come off", ...fixed });
      const news = await issueNews(each);
      expect(news.map(({ data }) => data.issue.status)).toEqual(["investigating", "fixed"]);
      expect(news[1].data).toMatchObject({ note: { id: each.note, knownIssue: fixed }, issue: { fixedIn: "Batch 7" } });
    }
    expect((await noteOf(bystander)).knownIssue).toBeNull();
    expect(await issueNews(bystander)).toEqual([]);
  });

  test("made while the company had no terms with an owner is told with the next ones, once", async () => {
    const maker = await joinWith(1);
    // Of the last one's ending the desk hears with the next agreement only.
    const [gone, away, unheard] = [await thread(maker), await thread(maker), await thread(maker)];
    const issue = await addIssue(maker);
    await link(maker, [gone, away, unheard], issue.id);
    await officeRests(maker);
    const end = async ({ owner }: Linked, agreement: string) =>
      expect((await api.post(path(owner, `/agreements/${agreement}/terminate`), {}, owner.token)).status).toBe(200);
    const comeBack = async ({ owner }: Linked): Promise<string> => {
      const { id } = await agree(api, owner);
      await told(owner);
      // What it has to tell the office, the desk tells on its way: its alarm waits for that.
      await runDurableObjectAlarm(deskAt(env, maker.domain, 0));
      await officeRests(maker);
      return id;
    };
    for (const each of [gone, away]) {
      await end(each, each.owner.agreement);
      await told(each.owner);
    }
    const silent = vi.spyOn(Desk.prototype, "project").mockImplementation(() => {
      throw new Error("cut off");
    });
    await end(unheard, unheard.owner.agreement);
    await change(maker, issue.id, { status: "fixed", fixedIn: "Batch 7" });
    await officeRests(maker);
    for (const each of [gone, away, unheard]) expect((await noteOf(each)).knownIssue.status).toBe("investigating");
    silent.mockRestore();
    await comeBack(unheard);
    expect((await noteOf(unheard)).knownIssue).toMatchObject({ status: "fixed", fixedIn: "Batch 7" });
    const second = await comeBack(gone);
    expect((await noteOf(gone)).knownIssue).toMatchObject({ status: "fixed", fixedIn: "Batch 7" });
    await end(gone, second);
    await told(gone.owner);
    await comeBack(gone);
    expect((await issueNews(gone)).map(({ data }) => data.issue.status)).toEqual(["investigating", "fixed"]);
    expect((await issueNews(away)).map(({ data }) => data.issue.status)).toEqual(["investigating"]);
  });

  test("is told once, though its telling was cut off and all of it done again", async () => {
    const maker = await joinWith(2);
    const threads = [await thread(maker), await thread(maker), await thread(maker)];
    const issue = await addIssue(maker);
    await link(maker, threads, issue.id);
    await officeRests(maker);
    let calls = 0;
    const real = methodOf(Tenure.prototype, "issueChanged");
    const spy = vi.spyOn(Tenure.prototype, "issueChanged").mockImplementation(function (this: Tenure, ...told) {
      // The first is taken in and its answer lost, the second never arrives.
      calls++;
      if (calls === 1) real.apply(this, told);
      if (calls <= 2) throw new Error("cut off");
      return real.apply(this, told);
    });
    await change(maker, issue.id, { status: "fixed" });
    await officeRests(maker);
    await evictDurableObject(officeOf(maker));
    for (let tries = 0; tries < 3; tries++) {
      pass(60_000);
      await officeRests(maker);
    }
    expect(calls).toBeGreaterThanOrEqual(5);
    // A walk that a crash put back to its beginning.
    await runInDurableObject(officeOf(maker) as any, (_: unknown, { storage }: DurableObjectState) => {
      storage.sql.exec("INSERT INTO issue_walk VALUES (?, 2, 0, NULL)", issue.id);
      return storage.setAlarm(Date.now());
    });
    const before = calls;
    await officeRests(maker);
    expect(calls).toBe(before + threads.length);
    spy.mockRestore();
    for (const each of threads) {
      expect((await issueNews(each)).map(({ data }) => data.issue.status)).toEqual(["investigating", "fixed"]);
    }
  });

  test("of which thread it is, cut off between the desk and the office, reaches them by itself", async () => {
    const maker = await joinWith(1);
    const one = await thread(maker);
    const [first, second] = [await addIssue(maker), await addIssue(maker, { title: "Laces are short" })];
    await link(maker, [one], first.id);
    await officeRests(maker);
    expect((await noteOf(one)).knownIssue).toMatchObject({ id: first.id });
    const spies = (["linked", "unlinked"] as const).map((name) =>
      vi.spyOn(Office.prototype, name).mockImplementation(() => {
        throw new Error("cut off");
      }),
    );
    await link(maker, [one], second.id);
    await link(maker, [one], null);
    await officeRests(maker);
    expect(spies.map(({ mock }) => mock.calls.length > 0)).toEqual([true, true]);
    expect((await noteOf(one)).knownIssue).toMatchObject({ id: first.id });
    for (const spy of spies) spy.mockRestore();
    const desk = deskAt(env, maker.domain, 0);
    await evictDurableObject(desk);
    pass(10_000);
    expect(await runDurableObjectAlarm(desk)).toBe(true);
    await officeRests(maker);
    expect((await noteOf(one)).knownIssue).toBeNull();
    const due = () =>
      runInDurableObject(desk as any, async (_: unknown, { storage }: DurableObjectState) => [
        [...storage.sql.exec("SELECT * FROM relinking")].length,
        await storage.getAlarm(),
      ]);
    expect(await due()).toEqual([0, null]);
  });

  test("that comes while another is being told reaches everyone in the end, and none goes back", async () => {
    const maker = await joinWith(1);
    const threads = [await thread(maker), await thread(maker)];
    const issue = await addIssue(maker);
    await link(maker, threads, issue.id);
    await officeRests(maker);
    const real = methodOf(Tenure.prototype, "issueChanged");
    let isFirst = true;
    vi.spyOn(Tenure.prototype, "issueChanged").mockImplementation(async function (
      this: Tenure,
      ...told: Parameters<typeof real>
    ) {
      if (isFirst) {
        isFirst = false;
        await change(maker, issue.id, { status: "fixed" });
      }
      return real.apply(this, told);
    } as unknown as typeof real);
    await change(maker, issue.id, { status: "fix-planned" });
    await officeRests(maker);
    for (const each of threads) {
      expect((await noteOf(each)).knownIssue.status).toBe("fixed");
      expect((await issueNews(each)).at(-1).data.issue.status).toBe("fixed");
    }
  });

  test("is not told to an owner whose agreement ended, nor under terms that don't let the company answer", async () => {
    const maker = await joinWith(1);
    const [ended, stays] = [await thread(maker), await thread(maker)];
    const issue = await addIssue(maker);
    await link(maker, [ended, stays], issue.id);
    await officeRests(maker);
    const { owner } = ended;
    await api.post(path(owner, `/agreements/${owner.agreement}/terminate`), { reason: "Enough." }, owner.token);
    await change(maker, issue.id, { status: "wont-fix" });
    await officeRests(maker);
    expect((await issueNews(ended)).map(({ data }) => data.issue.status)).toEqual(["investigating"]);
    expect((await noteOf(ended)).knownIssue.status).toBe("investigating");
    expect((await noteOf(stays)).knownIssue.status).toBe("wont-fix");
    // The tenure judges, whoever asks it.
    const refused = await env.TENURE.getByName(owner.twin).issueChanged(maker.domain, ended.note as any, {
      ...issue,
      version: 9,
      updatedAt: Date.now(),
    });
    expect(refused).toMatchObject({ ok: false, error: { code: "agreement-required" } });
    const other = await join(api, operator);
    const strangers = await env.TENURE.getByName(stays.owner.twin).issueChanged(other.domain, stays.note as any, issue);
    expect(strangers.ok).toBe(false);
  });

  test("does not reach a thread that was unlinked, whose note says nothing of it any more", async () => {
    const maker = await joinWith(1);
    const each = await thread(maker);
    const [one, other] = [await addIssue(maker), await addIssue(maker, { title: "Laces tear" })];
    await link(maker, [each], one.id);
    await officeRests(maker);
    await link(maker, [each], other.id);
    await officeRests(maker);
    expect((await noteOf(each)).knownIssue).toMatchObject({ id: other.id, title: "Laces tear" });
    await change(maker, one.id, { status: "fixed" });
    await link(maker, [each], null);
    await officeRests(maker);
    expect((await noteOf(each)).knownIssue).toBeNull();
    expect((await issueNews(each)).map(({ data }) => data.issue.id)).toEqual([one.id, other.id]);
    const { body } = await api.get(threadPath(maker, each.owner, each.note), maker.key);
    expect(body.knownIssue).toBeNull();
  });

  test("is heard by a channel that may read messages, and by no other; a note that was retracted keeps none of it", async () => {
    const maker = await joinWith(1);
    const each = await thread(maker);
    const [twinOnly, reads] = [
      await channelWith(each.owner, ["twin:read"]),
      await channelWith(each.owner, ["twin:read", "messages:read"]),
    ];
    await link(maker, [each], (await addIssue(maker)).id);
    await officeRests(maker);
    expect(await feedTypes(twinOnly)).not.toContain("issue.changed");
    expect(await feedTypes(reads)).toContain("issue.changed");
    expect((await api.delete(path(each.owner, `/notes/${each.note}`), each.owner.token)).status).toBe(204);
    expect((await noteOf(each)).knownIssue).toBeNull();
    expect((await issueNews(each))[0].data.note.knownIssue).toBeNull();
  });
});

test("an issue about one product takes no thread about another, alone or among others; without a product it takes any", async () => {
  const maker = await joinWith(2);
  const [mine, others] = [await thread(maker), await thread(maker)];
  const gtin = (await api.get(path(mine.owner), mine.owner.token)).body.product.gtin;
  const [about, any] = [await addIssue(maker, { product: gtin }), await addIssue(maker)];
  // Named by its owner alone: whether it is the product, the company can tell.
  const bare = await startTwin({ maker: maker.domain });
  await agree(api, bare);
  const { id } = await send(bare, "The sole came off.");
  await told(bare);
  const unnumbered: Linked = { owner: { ...bare, agreement: "" }, note: id };

  const at = threadPath(maker, others.owner, others.note);
  const alone = await api.patch(at, { knownIssue: about.id, labels: ["soles"] }, maker.key);
  const names = [mine, others].map(({ owner, note }) => ({ twin: owner.twin, note }));
  const bulk = await api.post(threadsPath(maker, "/bulk"), { threads: names, knownIssue: about.id }, maker.key);
  for (const { body } of [alone, bulk])
    expect(body).toMatchObject({ status: 422, code: "invalid", errors: [{ path: "knownIssue" }] });
  await officeRests(maker);
  expect((await api.get(at, maker.key)).body).toMatchObject({ knownIssue: null, labels: [] });
  for (const each of [mine, others]) expect(await issueNews(each)).toEqual([]);

  await link(maker, [mine, unnumbered], about.id);
  await link(maker, [others], any.id);
  await officeRests(maker);
  for (const [each, issue] of [
    [mine, about],
    [unnumbered, about],
    [others, any],
  ] as const)
    expect((await noteOf(each)).knownIssue.id).toBe(issue.id);
});

describe("me too", () => {
  test("is counted once an owner, shown to both sides from five up, and taken back", async () => {
    const maker = await join(api, operator);
    const gtin = freshGtin();
    const issue = await addIssue(maker, { product: gtin });
    const seenByCompany = async () => (await api.get(issuesAt(maker, `/${issue.id}`), maker.key)).body.meToo;
    const owners: TestOwner[] = [];
    for (let n = 1; n <= 5; n++) {
      const owner = await claim(api, maker, gtin);
      owners.push(owner);
      for (let twice = 0; twice < 2; twice++) expect((await meToo(owner, issue.id)).status).toBe(200);
      expect(await seenByCompany()).toBe(n < 5 ? null : 5);
      expect(await known(owner)).toMatchObject([{ id: issue.id, meToo: true, others: n < 5 ? null : 4 }]);
    }
    const looker = await claim(api, maker, gtin);
    expect(await known(looker)).toMatchObject([{ meToo: false, others: 5 }]);
    expect((await api.get(issuesAt(maker), maker.key)).body.items[0].meToo).toBe(5);
    // Under terms as without: none of these owners had any.
    await agree(api, looker);
    expect((await meToo(looker, issue.id)).body).toMatchObject({ meToo: true, others: 5 });
    expect(await seenByCompany()).toBe(6);
    expect((await notMeToo(looker, issue.id)).status).toBe(204);
    expect((await notMeToo(looker, issue.id)).status).toBe(404);
    expect(await seenByCompany()).toBe(5);
    expect((await api.delete(path(owners[0]!), owners[0]!.token)).status).toBe(204);
    expect(await seenByCompany()).toBeNull();
    expect(await known(owners[1]!)).toMatchObject([{ meToo: true, others: null }]);
  });

  test("leaves nothing at the company that names a twin", async () => {
    const maker = await join(api, operator);
    const owner = await claim(api, maker);
    const issue = await addIssue(maker);
    await meToo(owner, issue.id);
    const kept = await runInDurableObject(officeOf(maker) as any, (_: unknown, { storage }: DurableObjectState) =>
      JSON.stringify([...storage.sql.exec("SELECT * FROM me_too"), ...storage.sql.exec("SELECT * FROM known_issue")]),
    );
    expect(kept).toContain(issue.id);
    expect(kept).not.toContain(owner.twin);
    expect(kept).not.toContain(owner.twin.slice(5, 21));
  });

  test("is for the product's own company and product: of another's issue there is nothing", async () => {
    const [maker, other] = [await join(api, operator), await join(api, operator)];
    const gtin = freshGtin();
    const owner = await claim(api, maker, gtin);
    const [its, all, another, theirs] = [
      await addIssue(maker, { product: gtin, title: "Its" }),
      await addIssue(maker, { title: "All" }),
      await addIssue(maker, { product: freshGtin(), title: "Another's" }),
      await addIssue(other, { title: "Theirs" }),
    ];
    expect((await known(owner)).map(({ title }: any) => title)).toEqual(["All", "Its"]);
    const statuses = [];
    for (const { id } of [its, all, another, theirs]) statuses.push((await meToo(owner, id)).status);
    expect(statuses).toEqual([200, 200, 404, 404]);
    const unknown = await startTwin({ maker: "never-joined.example" });
    const nobodys = await startTwin();
    for (const twin of [unknown, nobodys]) {
      expect(await known(twin)).toEqual([]);
      expect((await meToo(twin, all.id)).status).toBe(404);
    }
    const counted = await runInDurableObject(officeOf(maker) as any, (_: unknown, { storage }: DurableObjectState) => [
      ...storage.sql.exec("SELECT issue FROM me_too"),
    ]);
    expect(counted.map(({ issue }: any) => issue).toSorted()).toEqual([its.id, all.id].toSorted());
  });

  test("that crosses an erasure is counted nowhere in the end", async () => {
    const maker = await join(api, operator);
    const issue = await addIssue(maker);
    for (const isPutFirst of [true, false]) {
      const owner = await claim(api, maker);
      const put = () => meToo(owner, issue.id);
      const erase = () => api.delete(path(owner), owner.token);
      const answers = await Promise.all(isPutFirst ? [put(), erase()] : [erase(), put()]);
      const [counting, erased] = isPutFirst ? answers : answers.toReversed();
      expect(erased!.status).toBe(204);
      expect([200, 401]).toContain(counting!.status);
    }
    // The same while the company counts: what it is told last is that the owner is gone.
    const owner = await claim(api, maker);
    const real = methodOf(Office.prototype, "countIn");
    vi.spyOn(Office.prototype, "countIn").mockImplementationOnce(async function (
      this: Office,
      ...counted: Parameters<typeof real>
    ) {
      await api.delete(path(owner), owner.token);
      return real.apply(this, counted);
    } as unknown as typeof real);
    await meToo(owner, issue.id);
    const counted = await runInDurableObject(officeOf(maker) as any, (_: unknown, { storage }: DurableObjectState) => [
      [...storage.sql.exec("SELECT * FROM me_too")].length,
      storage.sql.exec("SELECT me_too FROM known_issue").one().me_too,
    ]);
    expect(counted).toEqual([0, 0]);
  });

  test("is in the owner's export", async () => {
    const maker = await join(api, operator);
    const owner = await claim(api, maker);
    const issue = await addIssue(maker);
    await meToo(owner, issue.id);
    const { body } = await api.get<string>(path(owner, "/export"), owner.token);
    const lines = body
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string });
    expect(lines.filter(({ type }) => type === "me-too")).toEqual([
      { type: "me-too", maker: maker.domain, knownIssue: { id: issue.id } },
    ]);
  });

  test("stands beside the owner's own note, with the others", async () => {
    const maker = await joinWith(1);
    const each = await thread(maker);
    const issue = await addIssue(maker);
    await link(maker, [each], issue.id);
    await officeRests(maker);
    await meToo(each.owner, issue.id);
    for (let n = 0; n < 4; n++) await meToo(await claim(api, maker), issue.id);
    expect((await noteOf(each)).knownIssue).toMatchObject({ id: issue.id, meToo: true, others: 4 });
  });
});

test("the number of linked threads has only those whose terms permit counting, from five up", async () => {
  const maker = await joinWith(2);
  const issue = await addIssue(maker);
  const linked = async () => (await api.get(issuesAt(maker, `/${issue.id}`), maker.key)).body.linked;
  const uncounted = [];
  for (let n = 0; n < 5; n++) uncounted.push(await thread(maker, "SD-BASE-DP"));
  await link(maker, uncounted, issue.id);
  expect(await linked()).toBeNull();
  const counted = [];
  for (let n = 0; n < 5; n++) counted.push(await thread(maker, "SD-BASE-A"));
  await link(maker, counted.slice(1), issue.id);
  expect(await linked()).toBeNull();
  await link(maker, counted.slice(0, 1), issue.id);
  expect(await linked()).toBe(5);
});

test("a company has its issues newest first, page by page, and changes only its own", async () => {
  const [maker, other] = [await join(api, operator), await join(api, operator)];
  for (const title of ["1", "2", "3"]) await addIssue(maker, { title });
  const page = await api.get(issuesAt(maker, "?limit=2"), maker.key);
  expect(page.body.items.map(({ title }: any) => title)).toEqual(["3", "2"]);
  const rest = await api.get(issuesAt(maker, `?limit=2&cursor=${page.body.next}`), maker.key);
  expect([rest.body.items.map(({ title }: any) => title), rest.body.next]).toEqual([["1"], null]);
  const [{ id }] = rest.body.items;
  expect((await change(other, id, { status: "fixed" })).status).toBe(404);
  expect((await change(maker, id, {})).status).toBe(422);
  expect((await change(maker, id, { status: "done" })).status).toBe(422);
  expect((await change(maker, id, { text: "We look." })).body.text).toBe("We look.");
  expect((await change(maker, id, { text: null })).body.text).toBeNull();
});
