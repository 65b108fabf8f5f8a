// The desk, live: everyone there is told what to read again, sees who else is in a thread, and hears nothing once their key is gone.

import { env } from "cloudflare:workers";
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { newId } from "../../src/platform/random.ts";
import { officeOf } from "../../src/platform/stubs.ts";
import { join, type TestMaker } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { startTwin } from "../tenure/world.ts";
import { knockAtDesk, openDesk } from "./page.ts";

const keyFor = async (maker: TestMaker, label: string, role = "agent"): Promise<{ id: string; key: string }> =>
  (await api.post(`/v1/makers/${maker.domain}/keys`, { label, role }, maker.key)).body;
const newThread = async () => ({ twin: (await startTwin()).twin as `twin_${string}`, note: newId("note") });
const ROLES = ["admin", "agent", "reader"];

describe("a desk's live socket", () => {
  test("opens for every key of the company, by header or subprotocol, and for nobody else", async () => {
    const maker = await join(api, operator);
    const other = await join(api, operator);
    for (const role of ROLES) {
      const { key } = await keyFor(maker, role, role);
      const page = await openDesk(maker, key);
      page.close();
      const byHeader = await knockAtDesk(maker, { Upgrade: "websocket", Authorization: `Bearer ${key}` });
      expect(byHeader.status).toBe(101);
      byHeader.webSocket!.accept();
      byHeader.webSocket!.close(1000);
    }
    const status = async (headers: Record<string, string>) => (await knockAtDesk(maker, headers)).status;
    expect(await status({ Upgrade: "websocket" })).toBe(401);
    expect(await status({ Upgrade: "websocket", Authorization: `Bearer ${other.key}` })).toBe(401);
    expect(await status({ Upgrade: "websocket", "Sec-WebSocket-Protocol": `bearer.${maker.key}` })).toBe(401);
    expect(await status({ Authorization: `Bearer ${maker.key}` })).toBe(426);
  });

  test("is told which threads changed, and what else, asleep in between or not", async () => {
    const maker = await join(api, operator);
    const office = officeOf(env, maker.domain);
    const page = await openDesk(maker, maker.key);
    const [one, two] = [await newThread(), await newThread()];
    await office.changed([one]);
    await evictDurableObject(office);
    await office.changed([two]);
    for (const what of ["issues", "notices", "deliveries"] as const) await office.touched(what);
    expect(await page.take(5)).toEqual([
      { type: "threads.changed", threads: [one] },
      { type: "threads.changed", threads: [two] },
      { type: "issues.changed" },
      { type: "notices.changed" },
      { type: "deliveries.changed" },
    ]);
    page.close();
  });

  test("closes with 4401 when its key is removed or signs out, and no other does", async () => {
    const maker = await join(api, operator);
    const [gone, left] = [await keyFor(maker, "Gone"), await keyFor(maker, "Left", "reader")];
    const [ours, theirs, hers] = [
      await openDesk(maker, maker.key),
      await openDesk(maker, gone.key),
      await openDesk(maker, left.key),
    ];
    expect((await api.delete(`/v1/makers/${maker.domain}/keys/${gone.id}`, maker.key)).status).toBe(204);
    expect(await theirs.closed).toBe(4401);
    expect((await api.delete(`/v1/makers/${maker.domain}/keys/current`, left.key)).status).toBe(204);
    expect(await hers.closed).toBe(4401);
    const thread = await newThread();
    await officeOf(env, maker.domain).changed([thread]);
    expect(await ours.take(1)).toEqual([{ type: "threads.changed", threads: [thread] }]);
    expect([...theirs.left(), ...hers.left()]).toEqual([]);
    ours.close();
  });

  test("closes with 4401 when its holder signs in on another device, and what they open there does not", async () => {
    const maker = await join(api, operator);
    const { id, key } = await keyFor(maker, "Cleo");
    const [old, ours] = [await openDesk(maker, key), await openDesk(maker, maker.key)];
    const made = await api.post(`/v1/makers/${maker.domain}/sign-in-links`, { for: id }, maker.key);
    const signedIn = await api.post("/v1/sign-ins", { link: made.body.url.split("#")[1] });
    expect(await old.closed).toBe(4401);
    const anew = await openDesk(maker, signedIn.body.key);
    const thread = await newThread();
    await officeOf(env, maker.domain).changed([thread]);
    const told = [{ type: "threads.changed", threads: [thread] }];
    expect([await anew.take(1), await ours.take(1), old.left()]).toEqual([told, told, []]);
    for (const page of [anew, ours]) page.close();
  });

  test("stays open when a sign-in is repeated that a program answered before links could be for a colleague", async () => {
    const maker = await join(api, operator);
    const link = { label: "Ann", role: "agent" };
    const made = await api.post(`/v1/makers/${maker.domain}/sign-in-links`, link, maker.key);
    const repeated = { "Idempotency-Key": crypto.randomUUID() };
    const signIn = () => api.post("/v1/sign-ins", { link: made.body.url.split("#")[1] }, undefined, repeated);
    const { key } = (await signIn()).body;
    await runInDurableObject(env.MAKER.getByName(maker.domain), (_, { storage }) => {
      storage.sql.exec("UPDATE idempotency SET body = json_remove(body, '$.replaced')");
    });
    const pages = [await openDesk(maker, maker.key), await openDesk(maker, key)];
    expect((await signIn()).body.key).toBe(key);
    await officeOf(env, maker.domain).touched("issues");
    for (const page of pages) {
      expect(await Promise.race([page.take(1), page.closed])).toEqual([{ type: "issues.changed" }]);
      page.close();
    }
  });

  test.each([
    ["a key that is gone", "DELETE FROM team_key WHERE id = ?"],
    ["a secret that another one replaced", "UPDATE team_key SET hash = 'another' WHERE id = ?"],
  ])("is told nothing with %s, though word of its end was lost", async (_, ends) => {
    const maker = await join(api, operator);
    const { id, key } = await keyFor(maker, "Gone");
    const page = await openDesk(maker, key);
    await runInDurableObject(env.MAKER.getByName(maker.domain), (_object, { storage }) => {
      storage.sql.exec(ends, id);
    });
    await officeOf(env, maker.domain).changed([await newThread()]);
    expect(await page.closed).toBe(4401);
    expect(page.left()).toEqual([]);
  });

  test("that a version before let in is asked to come again, and nobody else is put out", async () => {
    const maker = await join(api, operator);
    const { id, key } = await keyFor(maker, "Here");
    const page = await openDesk(maker, key);
    const visitor = encodeURIComponent(JSON.stringify({ maker: maker.domain, key: id, label: "Here" }));
    const { webSocket } = await officeOf(env, maker.domain).fetch("https://office/live", {
      headers: { Upgrade: "websocket", "X-Visitor": visitor },
    });
    const closed = new Promise<number>((resolve) => webSocket!.addEventListener("close", ({ code }) => resolve(code)));
    webSocket!.accept();
    await officeOf(env, maker.domain).touched("issues");
    expect(await closed).toBe(1012);
    expect(await Promise.race([page.take(1), page.closed])).toEqual([{ type: "issues.changed" }]);
    page.close();
  });

  test("gives way when one key opens more than twenty", async () => {
    const maker = await join(api, operator);
    const first = await openDesk(maker, maker.key);
    const others = [];
    for (let n = 1; n <= 20; n++) others.push(await openDesk(maker, maker.key));
    expect(await first.closed).toBe(4429);
    await officeOf(env, maker.domain).touched("issues");
    expect(await others[0]!.take(1)).toEqual([{ type: "issues.changed" }]);
    for (const page of others) page.close();
  });
});

describe("two agents in one thread", () => {
  test("see each other come, write and leave, through a sleep of the office", async () => {
    const maker = await join(api, operator);
    const [ann, ben] = [await keyFor(maker, "Ann"), await keyFor(maker, "Ben")];
    const [annas, bens] = [await openDesk(maker, ann.key), await openDesk(maker, ben.key)];
    const [thread, another] = [await newThread(), await newThread()];
    const person = ({ id }: { id: string }, label: string, writing = false) => ({ key: id, label, writing });
    const present = (where: object, ...people: { key: string }[]) => ({
      type: "presence",
      ...where,
      people: people.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    });
    annas.say({ type: "looking", ...thread });
    expect(await annas.take(1)).toEqual([present(thread, person(ann, "Ann"))]);
    await evictDurableObject(officeOf(env, maker.domain));
    bens.say({ type: "looking", ...thread });
    const both = present(thread, person(ann, "Ann"), person(ben, "Ben"));
    expect([await annas.take(1), await bens.take(1)]).toEqual([[both], [both]]);
    bens.say({ type: "looking", ...thread, writing: true });
    const writing = present(thread, person(ann, "Ann"), person(ben, "Ben", true));
    expect([await annas.take(1), await bens.take(1)]).toEqual([[writing], [writing]]);
    bens.say({ type: "looking", ...another });
    expect(await annas.take(1)).toEqual([present(thread, person(ann, "Ann"))]);
    expect(await bens.take(1)).toEqual([present(another, person(ben, "Ben"))]);
    bens.say({ type: "looking", ...thread });
    expect(await annas.take(1)).toEqual([both]);
    bens.close();
    expect(await annas.take(1)).toEqual([present(thread, person(ann, "Ann"))]);
    annas.say({ type: "looking" });
    annas.say({ type: "looking", ...another });
    expect(await annas.take(1)).toEqual([present(another, person(ann, "Ann"))]);
    expect(annas.left()).toEqual([]);
    annas.close();
  });

  test("are one person where it is one key with two pages, and neither sees another company's", async () => {
    const [maker, other] = [await join(api, operator), await join(api, operator)];
    const [one, two, theirs] = [
      await openDesk(maker, maker.key),
      await openDesk(maker, maker.key),
      await openDesk(other, other.key),
    ];
    const thread = await newThread();
    theirs.say({ type: "looking", ...thread });
    expect((await theirs.take(1))[0].people).toHaveLength(1);
    one.say({ type: "looking", ...thread, writing: true });
    expect((await one.take(1))[0].people).toHaveLength(1);
    two.say({ type: "looking", ...thread });
    expect((await one.take(1))[0].people).toMatchObject([{ writing: true }]);
    expect(theirs.left()).toEqual([]);
    for (const page of [one, two, theirs]) page.close();
  });

  test("are not disturbed by what a page should not say", async () => {
    const maker = await join(api, operator);
    const page = await openDesk(maker, maker.key);
    const thread = await newThread();
    page.say({ type: "looking", ...thread });
    await page.take(1);
    for (const said of [
      "hello",
      "{",
      "[]",
      "null",
      '{"type":"looking","twin":"x"}',
      '{"type":"presence"}',
      "x".repeat(5000),
    ])
      page.say(said);
    page.say({ type: "looking", ...thread, people: [] });
    page.say({ type: "looking", ...thread, writing: true });
    expect((await page.take(1))[0].people).toMatchObject([{ writing: true }]);
    expect(page.left()).toEqual([]);
    page.close();
  });
});
