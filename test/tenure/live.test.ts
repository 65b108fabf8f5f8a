// Live: a socket hears what the feed says, no more and no less, through sleep and waking, for as long as its channel lasts.

import { evictDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { addEvent } from "../../src/tenure/events.ts";
import { accept, offer, release } from "../support/handovers.ts";
import { agree, claim, join, write } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { knockLive, listen } from "./listener.ts";
import { channelWith, DAY_MS, inside, pass, path, rest, startTwin, stillClock, tenureOf } from "./world.ts";
import type { TestOwner } from "../support/people.ts";

stillClock();

const feed = async (owner: TestOwner) => (await api.get(path(owner, "/events?limit=200"), owner.token)).body.items;
const sockets = (owner: TestOwner) => inside(tenureOf(owner), (state) => state.getWebSockets().length);

describe("a live socket", () => {
  test("speaks pico-twins.v1, with its token as a subprotocol or in the header, and only then", async () => {
    const owner = await startTwin();
    const good = await knockLive(owner, {
      Upgrade: "websocket",
      "Sec-WebSocket-Protocol": `pico-twins.v1, bearer.${owner.token}`,
    });
    expect([good.status, good.headers.get("Sec-WebSocket-Protocol")]).toEqual([101, "pico-twins.v1"]);
    const header = await knockLive(owner, { Upgrade: "websocket", Authorization: `Bearer ${owner.token}` });
    expect(header.status).toBe(101);
    for (const response of [good, header]) {
      response.webSocket!.accept();
      response.webSocket!.close(1000);
    }
    const wrong = `${owner.twin}~${"C".repeat(43)}`;
    const writer = await channelWith(owner, ["notes:write"]);
    const status = async (headers: Record<string, string>) => (await knockLive(owner, headers)).status;
    expect(await status({ Upgrade: "websocket" })).toBe(401);
    expect(await status({ Upgrade: "websocket", "Sec-WebSocket-Protocol": `bearer.${owner.token}` })).toBe(401);
    expect(await status({ Upgrade: "websocket", Authorization: `Bearer ${wrong}` })).toBe(401);
    expect(await status({ Upgrade: "websocket", Authorization: `Bearer ${(await startTwin()).token}` })).toBe(401);
    expect(await status({ Upgrade: "websocket", Authorization: `Bearer ${writer.token}` })).toBe(403);
    expect(await status({ Authorization: `Bearer ${owner.token}` })).toBe(426);
  });

  test("hears the very events that the feed has, as they happen", async () => {
    const maker = await join(api, operator);
    const owner = await claim(api, maker);
    const live = await listen(owner);
    const heard = [];
    for (const deed of [
      () => agree(api, owner),
      () => write(api, owner, "It hums.", { send: true }),
      () => rest(tenureOf(owner)),
      () => channelWith(owner, ["twin:read"]),
    ]) {
      await deed();
      const said = await feed(owner);
      heard.push(...(await live.take(said.length - heard.length)));
    }
    const said = await feed(owner);
    expect(heard.map(({ seq, type, timestamp }) => [seq, type, timestamp])).toEqual(
      said.map((e: any) => [e.seq, e.type, e.timestamp]),
    );
    expect(heard.at(-1)).toEqual(said.at(-1));
    expect(heard.map(({ type }) => type)).toEqual([
      "agreement.proffered",
      "agreement.accepted",
      "note.written",
      "note.relay",
      "channel.created",
    ]);
    live.close();
  });

  test("is told what came after `after` first, then what comes, each once", async () => {
    const owner = await startTwin();
    for (const text of ["1", "2", "3"]) await write(api, owner, text);
    const live = await listen(owner, "?after=1");
    await write(api, owner, "4");
    expect((await live.take(3)).map(({ data }) => data.note.text)).toEqual(["2", "3", "4"]);
    expect(live.left()).toEqual([]);
    live.close();
  });

  test("is told everything after `after`, though it is many pages, and in order", async () => {
    const owner = await startTwin();
    for (let n = 1; n <= 420; n++) await write(api, owner, `${n}`);
    const live = await listen(owner, "?after=0");
    expect((await live.take(420)).map(({ data }) => data.note.text)).toEqual(
      Array.from({ length: 420 }, (_, n) => `${n + 1}`),
    );
    live.close();
  });

  test("is told nothing of before without `after`, whoever listened then", async () => {
    const owner = await startTwin();
    const first = await listen(owner);
    await write(api, owner, "1");
    await first.take(1);
    first.close();
    await first.closed;
    expect(await sockets(owner)).toBe(0);
    await write(api, owner, "2");
    const second = await listen(owner);
    await write(api, owner, "3");
    expect((await second.take(1)).map(({ data }) => data.note.text)).toEqual(["3"]);
    second.close();
  });

  test("beside another hears each event once, with `after` and without", async () => {
    const owner = await startTwin();
    const first = await listen(owner);
    await write(api, owner, "1");
    const second = await listen(owner, "?after=0");
    await write(api, owner, "2");
    expect((await first.take(2)).map(({ data }) => data.note.text)).toEqual(["1", "2"]);
    expect((await second.take(2)).map(({ data }) => data.note.text)).toEqual(["1", "2"]);
    expect([...first.left(), ...second.left()]).toEqual([]);
    first.close();
    second.close();
  });

  test("that joins while something is still to be told hears it once", async () => {
    const owner = await startTwin();
    const first = await listen(owner);
    // What a delivery under way has committed and not told yet.
    await inside(tenureOf(owner), ({ storage }) => addEvent(storage.sql, "recovery.started", {}, Date.now()));
    const second = await listen(owner, "?after=0");
    await write(api, owner, "x");
    for (const live of [first, second]) {
      expect((await live.take(2)).map(({ type }) => type)).toEqual(["recovery.started", "note.written"]);
      expect(live.left()).toEqual([]);
      live.close();
    }
  });

  test("goes on after the object slept and woke: nothing twice, nothing missed", async () => {
    const owner = await startTwin();
    await write(api, owner, "1");
    const live = await listen(owner);
    await write(api, owner, "2");
    await evictDurableObject(tenureOf(owner));
    expect(await sockets(owner)).toBe(1);
    await write(api, owner, "3");
    await evictDurableObject(tenureOf(owner));
    await write(api, owner, "4");
    expect((await live.take(3)).map(({ data }) => data.note.text)).toEqual(["2", "3", "4"]);
    expect(live.left()).toEqual([]);
    live.close();
  });

  test("hears only what its scopes may read, asleep in between or not", async () => {
    const owner = await startTwin();
    const guest = await channelWith(owner, ["twin:read", "notes:own", "notes:write"]);
    const live = await listen(guest);
    await write(api, owner, "not for you");
    await evictDurableObject(tenureOf(owner));
    await write(api, owner, "nor this");
    await write(api, guest, "mine");
    expect((await live.take(1))[0]).toMatchObject({ type: "note.written", data: { note: { text: "mine" } } });
    expect(live.left()).toEqual([]);
    live.close();
  });

  test("closes with 4401 when its channel is revoked, and no other does", async () => {
    const owner = await startTwin();
    const guest = await channelWith(owner, ["twin:read", "notes:read"]);
    const [theirs, ours] = [await listen(guest), await listen(owner)];
    await evictDurableObject(tenureOf(owner));
    await api.delete(path(owner, `/channels/${guest.channel}`), owner.token);
    expect(await theirs.closed).toMatchObject({ code: 4401 });
    await write(api, owner, "x");
    expect((await ours.take(2)).map(({ type }) => type)).toEqual(["channel.revoked", "note.written"]);
    expect(theirs.left()).toEqual([]);
    ours.close();
  });

  test("closes with 4401 before it is told anything when its channel has expired", async () => {
    const owner = await startTwin();
    const guest = await channelWith(owner, ["twin:read", "notes:read"], {
      expiresAt: new Date(Date.now() + DAY_MS).toISOString(),
    });
    const live = await listen(guest);
    pass(DAY_MS);
    await write(api, owner, "too late for you");
    expect(await live.closed).toMatchObject({ code: 4401 });
    expect(live.left()).toEqual([]);
  });

  test("closes with 4401 when a recovery took its channel away", async () => {
    const owner = await startTwin();
    const live = await listen(owner);
    pass(31 * DAY_MS);
    expect((await api.post("/v1/recoveries", { code: owner.recoveryCode })).status).toBe(200);
    expect(await live.closed).toMatchObject({ code: 4401 });
  });

  test("closes with 4410 when the twin is erased", async () => {
    const owner = await startTwin();
    const live = await listen(owner);
    await api.delete(path(owner), owner.token);
    expect(await live.closed).toEqual({ code: 4410, reason: "this twin was erased" });
  });

  test.each([
    ["its owner lets go of the thing", false],
    ["its gift is accepted", true],
  ])("closes with 4410, and says why, when %s", async (_, gift) => {
    const owner = await startTwin();
    const guest = await channelWith(owner, ["twin:read"]);
    const both = await Promise.all([listen(owner), listen(guest)]);
    const next = await accept(api, owner, (await offer(api, owner, { gift })).code);
    if (!gift) expect((await release(api, owner, next.words)).status).toBe(200);
    for (const { closed } of both) expect(await closed).toEqual({ code: 4410, reason: "this twin was handed over" });
  });

  test("may say anything, and nothing comes of it; when it leaves, nothing of it stays", async () => {
    const owner = await startTwin();
    const response = await knockLive(owner, { Upgrade: "websocket", Authorization: `Bearer ${owner.token}` });
    const socket = response.webSocket!;
    socket.accept();
    socket.send("hello");
    socket.send(new Uint8Array(1000));
    const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
    socket.close(3999, "bye");
    expect(await closed).toBe(3999);
    expect(await sockets(owner)).toBe(0);
    expect((await api.get(path(owner), owner.token)).status).toBe(200);
  });
});
