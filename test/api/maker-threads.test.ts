// The maker's side of a thread by API, and its feed.

import { env } from "cloudflare:workers";
import { runDurableObjectAlarm } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import {
  ask,
  joinedMaker,
  keyOf,
  proffer,
  sentNote,
  someIdempotencyKey,
  twinOf,
  type TestMaker,
  type TestTwin,
} from "../support/maker-world.ts";

// A PNG of one pixel.
const PNG = Uint8Array.fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
);

let maker: TestMaker;
let twin: TestTwin;
let agreement: any;
let note: any;
let thread: string;

const reply = (
  body: object,
  { token = maker.key, headers = {} }: { token?: string; headers?: Record<string, string> } = {},
) => ask("POST", `${thread}/messages`, { token, body, headers });

beforeAll(async () => {
  maker = await joinedMaker({ "SD-BASE-DP": "accept" });
  twin = await twinOf(maker.domain);
  agreement = await proffer(twin);
  note = await sentNote(twin);
  thread = `${maker.path}/threads/${twin.twin}/${note.id}`;
});

describe("a reply by API", () => {
  it("is posted by an agent and read by the owner", async () => {
    const [agent, reader] = [await keyOf(maker, "agent"), await keyOf(maker, "reader")];
    expect((await reply({ text: "Hello" }, { token: reader.key })).status).toBe(403);
    const posted = await reply({ text: "Hello", type: "question", author: { name: "Ida" } }, { token: agent.key });
    expect(posted.status).toBe(201);
    expect(posted.body).toMatchObject({
      id: expect.stringMatching(/^msg_/),
      from: "maker",
      text: "Hello",
      type: "question",
      author: { name: "Ida" },
    });
    const { body } = await ask("GET", `${twin.path}/notes/${note.id}`, { token: twin.token });
    expect(body.messages.map((message: any) => message.id)).toContain(posted.body.id);
  });

  it("is written once for an Idempotency-Key, and refused for another text", async () => {
    const headers = { "Idempotency-Key": someIdempotencyKey() };
    const first = await reply({ text: "Once by API" }, { headers });
    const again = await reply({ text: "Once by API" }, { headers });
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("Idempotency-Replayed")).toBe("true");
    expect((await reply({ text: "Twice" }, { headers })).status).toBe(409);
    expect((await reply({ text: "Once by API" })).body.id).not.toBe(first.body.id);
  });

  it("needs a note that was sent to this maker, and a twin this server made", async () => {
    const { body: own } = await ask("POST", `${twin.path}/notes`, {
      token: twin.token,
      body: { kind: "diary", text: "Mine." },
    });
    const at = (path: string) =>
      ask("POST", `${maker.path}/threads/${path}/messages`, { token: maker.key, body: { text: "Hello" } });
    expect((await at(`${twin.twin}/${own.id}`)).status).toBe(404);
    expect((await at(`${twin.twin}/note_00000000000000000000000000`)).status).toBe(404);
    const wrong = twin.twin.slice(0, -1) + (twin.twin.endsWith("0") ? "1" : "0");
    expect((await at(`${wrong}/${note.id}`)).status).toBe(404);
  });

  it("can hold a picture that was put to the thread before", async () => {
    const put = await ask("POST", `${thread}/photos`, {
      token: maker.key,
      raw: PNG,
      headers: { "Content-Type": "image/png" },
    });
    expect(put.status).toBe(201);
    expect(put.body).toMatchObject({ id: expect.stringMatching(/^photo_/), type: "image/png", width: 1, height: 1 });
    const posted = await reply({ text: "Look", photos: [put.body.id] });
    expect(posted.body.photos.map((photo: any) => photo.id)).toEqual([put.body.id]);
    const seen = await ask("GET", `${twin.path}/photos/${put.body.id}`, { token: twin.token });
    expect([seen.status, seen.headers.get("Content-Type")]).toEqual([200, "image/png"]);
    for (const raw of [new Uint8Array(), new Uint8Array([1, 2, 3])]) {
      expect((await ask("POST", `${thread}/photos`, { token: maker.key, raw })).status).toBeGreaterThanOrEqual(415);
    }
  });
});

describe("the owner's pictures", () => {
  it("are the maker's to see in a thread they were sent with, and no others", async () => {
    const upload = async () =>
      (
        await ask("POST", `${twin.path}/photos`, {
          token: twin.token,
          raw: PNG,
          headers: { "Content-Type": "image/png" },
        })
      ).body.id;
    const [shown, hidden] = [await upload(), await upload()];
    const write = async (photo: string, send: boolean) =>
      (
        await ask("POST", `${twin.path}/notes`, {
          token: twin.token,
          body: { kind: "problem", text: "See", send, photos: [photo] },
        })
      ).body.id;
    const [sent, kept] = [await write(shown, true), await write(hidden, false)];
    const reader = await keyOf(maker, "reader");
    const see = (noteId: string, photo: string) =>
      ask("GET", `${maker.path}/threads/${twin.twin}/${noteId}/photos/${photo}`, { token: reader.key });
    const seen = await see(sent, shown);
    expect([seen.status, seen.headers.get("Content-Type")]).toEqual([200, "image/png"]);
    expect((await see(kept, hidden)).status).toBe(404);
    expect((await see(sent, hidden)).status).toBe(404);
    expect((await see(note.id, shown)).status).toBe(404);
  });
});

describe("the feed", () => {
  const events = async (query = "") => (await ask("GET", `${maker.path}/events${query}`, { token: maker.key })).body;
  const allEvents = async (): Promise<any[]> => {
    await runDurableObjectAlarm(env.TENURE.getByName(twin.twin));
    return (await events("?limit=200")).items;
  };

  it("has the same events as the webhooks, oldest first, and goes on where it was left", async () => {
    const all = await allEvents();
    expect(all.slice(0, 2).map((event) => event.type)).toEqual(["agreement.accepted", "note.sent"]);
    expect(all[0]).toMatchObject({
      id: expect.stringMatching(/^evt_/),
      data: { seq: 1, twin: twin.twin, agreement: { id: agreement.id } },
    });
    expect(all[1].data.note).toMatchObject({ id: note.id, text: "It hums at night." });
    const first = await events("?limit=1");
    const rest = await events(`?after=${first.next}&limit=200`);
    expect([...first.items, ...rest.items].map((event) => event.id)).toEqual(all.map((event) => event.id));
    const end = await events(`?after=${rest.next}`);
    expect(end).toEqual({ items: [], next: rest.next });
    const another = await sentNote(twin, "And it leaks.");
    await runDurableObjectAlarm(env.TENURE.getByName(twin.twin));
    const fresh = await events(`?after=${end.next}`);
    expect(fresh.items.map((event: any) => event.data.note.id)).toEqual([another.id]);
  });

  it("loses the words of a note that was retracted, and its owner's when the twin is erased", async () => {
    const words = "Private after all.";
    const { id } = await sentNote(twin, words);
    expect(JSON.stringify(await allEvents())).toContain(words);
    await ask("DELETE", `${twin.path}/notes/${id}`, { token: twin.token });
    expect(JSON.stringify(await allEvents())).not.toContain(words);
    await ask("DELETE", twin.path, { token: twin.token });
    const left = (await events("?limit=200")).items;
    expect(JSON.stringify(left)).not.toContain("It hums");
    expect(left.at(-1)).toMatchObject({
      id: expect.stringMatching(/^evt_/),
      type: "twin.erased",
      data: { twin: twin.twin },
    });
  });

  it("refuses an `after` that it never gave", async () => {
    for (const after of ["x", "null", "-1", "%00"]) {
      expect([after, (await ask("GET", `${maker.path}/events?after=${after}`, { token: maker.key })).status]).toEqual([
        after,
        422,
      ]);
    }
  });
});
