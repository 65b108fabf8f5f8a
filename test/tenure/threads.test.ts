// Threads: both sides speak under a note, the company proposes an outcome, the owner has the last word, or 14 days pass.

import { evictDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { agree, claim, join, write } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { alarmAt, DAY_MS, feedTypes, inside, pass, path, rest, startTwin, stillClock, tenureOf } from "./world.ts";

stillClock();

async function thread() {
  const maker = await join(api, operator);
  const owner = await claim(api, maker);
  const agreement = await agree(api, owner);
  const note = await write(api, owner, "The sole came off.", { send: true });
  await rest(tenureOf(owner));
  const at = path(owner, `/notes/${note.id}`);
  const door = `/v1/makers/${maker.domain}/threads/${owner.twin}/${note.id}/messages`;
  return {
    maker,
    owner,
    agreement,
    note,
    door,
    read: async () => (await api.get(at, owner.token)).body,
    say: (text: string, headers = {}) => api.post(`${at}/messages`, { text }, owner.token, headers),
    verdict: (verdict: string) => api.post(`${at}/verdict`, { verdict }, owner.token),
    reply: (more: object = {}, headers = {}) => api.post(door, { text: "Send it in.", ...more }, maker.key, headers),
    closes: () => new Date(Date.now() + 14 * DAY_MS).toISOString(),
  };
}

describe("a thread", () => {
  test("holds what both said, in the order they said it, each by whom", async () => {
    const { owner, maker, read, say, reply } = await thread();
    expect((await say("Anyone there?")).body).toMatchObject({
      from: "owner",
      text: "Anyone there?",
      author: null,
      relay: { state: "queued", reason: null },
    });
    await reply({ type: "question", author: { name: "Mo" }, externalId: "T-1" });
    await say("On its way.");
    await rest(tenureOf(owner));
    expect((await read()).messages).toMatchObject([
      { from: "owner", text: "Anyone there?", relay: { state: "delivered" } },
      {
        from: "maker",
        maker: maker.domain,
        text: "Send it in.",
        type: "question",
        author: { name: "Mo" },
        outcome: null,
        relay: null,
      },
      { from: "owner", text: "On its way." },
    ]);
  });

  test("is paged newest first", async () => {
    const { owner, note, say, reply } = await thread();
    for (const text of ["1", "2"]) await say(text);
    await reply({ text: "3" });
    const page = await api.get(path(owner, `/notes/${note.id}/messages?limit=2`), owner.token);
    const next = await api.get(path(owner, `/notes/${note.id}/messages?limit=2&cursor=${page.body.next}`), owner.token);
    expect([...page.body.items, ...next.body.items].map((m: any) => m.text)).toEqual(["3", "2", "1"]);
    expect(next.body.next).toBeNull();
  });

  test("takes a message or a reply once, when its request is repeated with its key", async () => {
    const { read, say, reply } = await thread();
    const key = { "Idempotency-Key": "once" };
    const [said, again] = [await say("x", key), await say("x", key)];
    expect(again.body).toEqual(said.body);
    expect((await say("y", key)).status).toBe(409);
    const [replied, repeated] = [await reply({}, key), await reply({}, key)];
    expect(repeated.body).toEqual(replied.body);
    expect((await read()).messages).toHaveLength(2);
  });

  test("is answered by the company's outcome and closed by the owner's `addressed`, which the company is told", async () => {
    const { owner, maker, read, reply, verdict, closes } = await thread();
    expect(await verdict("addressed")).toMatchObject({ status: 409, body: { code: "conflict" } });
    await reply({ outcome: "fixed", type: "fix" });
    expect((await read()).thread).toEqual({ state: "answered", outcome: "fixed", closesAt: closes(), verdict: null });
    expect((await verdict("addressed")).body).toEqual({
      state: "closed",
      outcome: "fixed",
      closesAt: null,
      verdict: "addressed",
    });
    await rest(tenureOf(owner));
    const { items } = (await api.get(`/v1/makers/${maker.domain}/events`, maker.key)).body;
    expect(items.at(-1)).toMatchObject({ type: "thread.verdict", data: { verdict: "addressed" } });
  });

  test("is opened again by `not-addressed`, by the owner's next word, and answered again by the company's", async () => {
    const { read, reply, say, verdict } = await thread();
    await reply({ outcome: "declined" });
    expect((await verdict("not-addressed")).body).toEqual({
      state: "open",
      outcome: null,
      closesAt: null,
      verdict: "not-addressed",
    });
    await reply({ outcome: "changed" });
    await verdict("addressed");
    await say("It came off again.");
    expect((await read()).thread).toMatchObject({ state: "open", outcome: null, verdict: null });
    await reply();
    expect((await read()).thread).toMatchObject({ state: "answered", outcome: null });
  });

  test("closes 14 days after an outcome that nobody contradicted, by the alarm alone", async () => {
    const { owner, read, reply } = await thread();
    // Nothing else is due: the object sleeps, and only the reply wakes it.
    expect(await alarmAt(tenureOf(owner))).toBeNull();
    await reply({ outcome: "fixed" });
    await evictDurableObject(tenureOf(owner));
    const at = await alarmAt(tenureOf(owner));
    expect(at).toBeLessThanOrEqual(Date.now() + 14 * DAY_MS);
    await rest(tenureOf(owner));
    pass(14 * DAY_MS - 100);
    await rest(tenureOf(owner));
    expect((await read()).thread.state).toBe("answered");
    pass(100);
    await rest(tenureOf(owner));
    expect((await read()).thread).toMatchObject({ state: "closed", outcome: "fixed", verdict: null });
    expect((await feedTypes(owner)).filter((type) => type.startsWith("thread."))).toEqual([
      "thread.outcome",
      "thread.closed",
    ]);
  });

  test("that the owner opened again in time does not close", async () => {
    const { owner, read, reply, verdict } = await thread();
    await reply({ outcome: "fixed" });
    pass(13 * DAY_MS);
    await verdict("not-addressed");
    pass(2 * DAY_MS);
    await rest(tenureOf(owner));
    expect((await read()).thread.state).toBe("open");
  });

  test("wakes for what is due first, though it was asleep when something later was added", async () => {
    const { owner, read, reply } = await thread();
    await reply({ outcome: "fixed" });
    await rest(tenureOf(owner));
    const closing = await alarmAt(tenureOf(owner));
    pass(DAY_MS);
    await evictDurableObject(tenureOf(owner));
    // A second thread is answered: it closes a day later than the first.
    const second = await write(api, owner, "And the heel.", { send: true });
    await rest(tenureOf(owner));
    await evictDurableObject(tenureOf(owner));
    const { maker } = (await read()).messages[0];
    await tenureOf(owner).replyFromMaker({
      maker,
      note: second.id,
      text: "Sorry.",
      type: "other",
      outcome: "declined",
      author: null,
      externalId: null,
      photos: [],
      dedupe: "2",
    });
    await rest(tenureOf(owner));
    expect(await alarmAt(tenureOf(owner))).toBe(closing);
  });

  test("is closed to a private note, and to a company without an agreement or another's note", async () => {
    const { owner, maker, agreement, reply, door } = await thread();
    const own = await write(api, owner, "private");
    expect(await api.post(path(owner, `/notes/${own.id}/messages`), { text: "x" }, owner.token)).toMatchObject({
      status: 409,
    });
    expect((await api.post(door.replace(/note_\w+/, own.id), { text: "x" }, maker.key)).status).toBe(404);
    const other = await join(api, operator);
    expect(await api.post(door.replace(maker.domain, other.domain), { text: "x" }, other.key)).toMatchObject({
      status: 409,
      body: { code: "agreement-required" },
    });
    await api.post(path(owner, `/agreements/${agreement.id}/terminate`), {}, owner.token);
    expect(await reply()).toMatchObject({ status: 409, body: { code: "agreement-required" } });
  });

  test("under a note that waits, waits with it, and goes out after it", async () => {
    const maker = await join(api, operator);
    const owner = await claim(api, maker);
    const note = await write(api, owner, "first", { send: true });
    const said = await api.post(path(owner, `/notes/${note.id}/messages`), { text: "second" }, owner.token);
    expect(said.body.relay).toEqual({ state: "waiting", reason: "no agreement in force" });
    await agree(api, owner);
    await rest(tenureOf(owner));
    const { items } = (await api.get(`/v1/makers/${maker.domain}/events`, maker.key)).body;
    expect(items.map((e: any) => e.data.note?.text ?? e.data.message?.text ?? e.type)).toEqual([
      "agreement.accepted",
      "first",
      "second",
    ]);
  });
});

test("a twin at rest has no alarm", async () => {
  const owner = await startTwin();
  await write(api, owner, "x");
  expect(await alarmAt(tenureOf(owner))).toBeNull();
  expect(
    await inside(
      tenureOf(owner),
      ({ storage }) => storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM outgoing").one().n,
    ),
  ).toBe(0);
});
