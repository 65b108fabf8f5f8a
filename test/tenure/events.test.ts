// The feed: everything that happened, in order, once; only what the channel may read; words as they stand now.

import { describe, expect, test } from "vitest";
import { agree, claim, join, write } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { channelWith, feedTypes, pass, path, rest, startTwin, stillClock, tenureOf } from "./world.ts";

stillClock();

/** A twin in which something of every family happened. */
async function busy() {
  const maker = await join(api, operator);
  const owner = await claim(api, maker);
  await agree(api, owner);
  const note = await write(api, owner, "It hums.", { send: true });
  await rest(tenureOf(owner));
  await api.post(
    `/v1/makers/${maker.domain}/threads/${owner.twin}/${note.id}/messages`,
    { text: "Turn it off.", outcome: "answered" },
    maker.key,
  );
  await api.post(path(owner, `/notes/${note.id}/verdict`), { verdict: "addressed" }, owner.token);
  await channelWith(owner, ["twin:read"]);
  await api.post("/v1/recoveries", { code: owner.recoveryCode });
  return { maker, owner, note };
}
const BUSY = [
  "agreement.proffered",
  "agreement.accepted",
  "note.written",
  "note.relay",
  "message.posted",
  "thread.outcome",
  "thread.verdict",
  "channel.created",
  "recovery.started",
];

describe("the feed", () => {
  test("tells what happened in the order it happened, with seqs that only rise", async () => {
    const { owner } = await busy();
    const { items, next } = (await api.get(path(owner, "/events"), owner.token)).body;
    expect(items.map(({ type }: any) => type)).toEqual(BUSY);
    const seqs = items.map(({ seq }: any) => seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(new Set(seqs).size).toBe(seqs.length);
    expect(next).toBe(seqs.at(-1));
  });

  test("goes on after `next`: every event once, whatever the page's size", async () => {
    const { owner } = await busy();
    for (const limit of [1, 2, 4, 200]) {
      const types: string[] = [];
      let after = 0;
      for (;;) {
        const { items, next } = (await api.get(path(owner, `/events?after=${after}&limit=${limit}`), owner.token)).body;
        types.push(...items.map(({ type }: any) => type));
        if (next === after) break;
        expect(items.length).toBeLessThanOrEqual(limit);
        after = next;
      }
      expect(types).toEqual(BUSY);
    }
    for (const after of ["-1", "x", "1.5"])
      expect((await api.get(path(owner, `/events?after=${after}`), owner.token)).status).toBe(422);
  });

  test.each([
    [["twin:read"], ["recovery.started"]],
    [
      ["twin:read", "notes:read"],
      ["note.written", "note.relay", "recovery.started"],
    ],
    [
      ["twin:read", "messages:read"],
      ["message.posted", "thread.outcome", "thread.verdict", "recovery.started"],
    ],
    [["twin:read", "notes:own", "messages:read"], ["recovery.started"]],
    [
      ["twin:read", "notes:read", "messages:read"],
      ["note.written", "note.relay", "message.posted", "thread.outcome", "thread.verdict", "recovery.started"],
    ],
    [
      ["twin:read", "agreements:read"],
      ["agreement.proffered", "agreement.accepted", "recovery.started"],
    ],
    [["owner"], [...BUSY, "channel.created"]],
  ])("shows a channel with %j only what its scopes may read", async (scopes, types) => {
    const { owner } = await busy();
    const channel = await channelWith(owner, scopes);
    expect(await feedTypes(channel)).toEqual(types);
  });

  test("goes on past what a channel may not read, though a whole page of it is in between", async () => {
    const owner = await startTwin();
    const reader = await channelWith(owner, ["twin:read", "notes:own", "notes:write"]);
    for (let n = 0; n < 205; n++) await write(api, owner, "x");
    const mine = await write(api, reader, "mine");
    const { items, next } = (await api.get(path(reader, "/events?limit=1"), reader.token)).body;
    expect(items).toMatchObject([{ type: "note.written", data: { note: { id: mine.id } } }]);
    expect(next).toBe(items[0].seq);
  });

  test("joins words in as they stand when it is read, so it never says what its note no longer says", async () => {
    const owner = await startTwin();
    const note = await write(api, owner, "planted-word");
    const read = async () => (await api.get(path(owner, "/events"), owner.token)).body.items;
    expect((await read())[0].data.note.text).toBe("planted-word");
    await api.patch(path(owner, `/notes/${note.id}`), { text: "other" }, owner.token);
    expect((await read()).map((e: any) => [e.type, e.data.note.text])).toEqual([
      ["note.written", "other"],
      ["note.updated", "other"],
    ]);
    await api.delete(path(owner, `/notes/${note.id}`), owner.token);
    const events = await read();
    expect(JSON.stringify(events)).not.toContain("other");
    expect(events.at(-1)).toMatchObject({ type: "note.retracted", data: { note: { id: note.id } } });
  });

  test("says when each thing happened", async () => {
    const owner = await startTwin();
    const first = new Date().toISOString();
    await write(api, owner, "1");
    pass(5000);
    await write(api, owner, "2");
    const { items } = (await api.get(path(owner, "/events"), owner.token)).body;
    expect(items.map(({ timestamp }: any) => timestamp)).toEqual([first, new Date().toISOString()]);
  });

  test("names who objected to a recovery, what channel was made, and what a verdict was", async () => {
    const { owner } = await busy();
    await api.delete(path(owner, "/recovery"), owner.token);
    const { items } = (await api.get(path(owner, "/events"), owner.token)).body;
    const about = (type: string) => items.find((event: any) => event.type === type).data;
    const own = (await api.get(path(owner, "/channels"), owner.token)).body.items.find((c: any) => c.current).id;
    expect(about("recovery.objected")).toEqual({ by: own });
    expect(about("channel.created")).toMatchObject({
      channel: { id: expect.stringMatching(/^chan_/) },
      label: "twin:read",
      scopes: ["twin:read"],
    });
    expect(about("thread.verdict")).toMatchObject({ verdict: "addressed", note: { thread: { state: "closed" } } });
    expect(about("note.relay")).toMatchObject({ relay: { state: "delivered" } });
  });
});
