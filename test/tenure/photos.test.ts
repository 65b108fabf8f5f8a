// Photos: cleaned on the way in, the author's own until they are put under a note, then read by whoever may read the note.

import { describe, expect, test } from "vitest";
import { jpeg, png, STEM, text } from "../domain/photo/pictures.ts";
import { agree, claim, join, write } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { exports } from "cloudflare:workers";
import { channelWith, path, startTwin, stillClock } from "./world.ts";
import type { TestOwner } from "../support/people.ts";

stillClock();

const upload = (owner: TestOwner, bytes = jpeg(), headers = {}) =>
  api.post(path(owner, "/photos"), bytes, owner.token, headers);
const look = (url: string, token: string): Promise<Response> =>
  (exports as any).default.fetch(new Request(`${api.origin}${url}`, { headers: { Authorization: `Bearer ${token}` } }));

describe("a photo", () => {
  test("says what it is once it is taken in, and comes back without what it said about its owner", async () => {
    const owner = await startTwin();
    const { status, body } = await upload(owner, png());
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^photo_/),
      type: "image/png",
      bytes: expect.any(Number),
      width: 20,
      height: 10,
    });
    const picture = await look(path(owner, `/photos/${body.id}`), owner.token);
    expect(picture.headers.get("Content-Type")).toBe("image/png");
    const bytes = new Uint8Array(await picture.arrayBuffer());
    expect(bytes).toHaveLength(body.bytes);
    expect(text(bytes)).not.toContain(STEM);
  });

  test("is taken in once when its request is repeated with its key", async () => {
    const owner = await startTwin();
    const headers = { "Idempotency-Key": "p" };
    const first = await upload(owner, jpeg(), headers);
    expect((await upload(owner, jpeg(), headers)).body).toEqual(first.body);
    expect((await upload(owner, png(), headers)).status).toBe(409);
  });

  test("is judged by its content: what is no picture, or too large, is refused", async () => {
    const owner = await startTwin();
    const svg = new TextEncoder().encode("<svg xmlns='http://www.w3.org/2000/svg'/>");
    expect((await api.post(path(owner, "/photos"), svg, owner.token, { "Content-Type": "image/png" })).status).toBe(
      415,
    );
    expect((await upload(owner, new Uint8Array(0))).status).toBe(415);
    expect((await upload(owner, new Uint8Array(1_900_001))).status).toBe(413);
  });

  test("is put under a note or a message in the order it was named", async () => {
    const owner = await claim(api, await join(api, operator));
    await agree(api, owner);
    const ids = await Promise.all([1, 2, 3, 4].map(async () => (await upload(owner)).body.id));
    const note = await write(api, owner, "x", { photos: [ids[2], ids[0]], send: true });
    expect(note.photos.map((p: any) => p.id)).toEqual([ids[2], ids[0]]);
    const message = await api.post(
      path(owner, `/notes/${note.id}/messages`),
      { text: "y", photos: [ids[3], ids[1]] },
      owner.token,
    );
    expect(message.body.photos.map((p: any) => p.id)).toEqual([ids[3], ids[1]]);
    const read = (await api.get(path(owner, `/notes/${note.id}`), owner.token)).body;
    expect(read.photos.map((p: any) => p.id)).toEqual([ids[2], ids[0]]);
    expect(read.messages[0].photos.map((p: any) => p.id)).toEqual([ids[3], ids[1]]);
  });

  test("of another twin, another channel, another note, or that never was, can't be put under one; the note isn't written then", async () => {
    const [owner, stranger] = [await startTwin(), await startTwin()];
    const phone = await channelWith(owner, ["owner"]);
    const foreign = [(await upload(stranger)).body.id, (await upload(phone)).body.id, `photo_${"0".repeat(26)}`];
    const used = (await upload(owner)).body.id;
    await write(api, owner, "the first", { photos: [used] });
    for (const id of [...foreign, used]) {
      const refused = await api.post(path(owner, "/notes"), { kind: "diary", text: "x", photos: [id] }, owner.token);
      expect(refused).toMatchObject({ status: 422, body: { code: "invalid", errors: [{ path: "photos" }] } });
    }
    expect((await api.get(path(owner, "/notes"), owner.token)).body.items).toHaveLength(1);
    expect((await api.get(path(owner, `/photos/${foreign[0]}`), owner.token)).status).toBe(404);
  });

  test("of a thread is seen by a channel only if it may read what is said there", async () => {
    const owner = await claim(api, await join(api, operator));
    await agree(api, owner);
    const reader = await channelWith(owner, ["notes:read"]);
    const hears = await channelWith(owner, ["notes:read", "messages:read"]);
    const [ofNote, ofMessage] = [(await upload(owner)).body.id, (await upload(owner)).body.id];
    const note = await write(api, owner, "x", { photos: [ofNote], send: true });
    await api.post(path(owner, `/notes/${note.id}/messages`), { text: "y", photos: [ofMessage] }, owner.token);
    const sees = async (who: TestOwner, id: string) => (await look(path(who, `/photos/${id}`), who.token)).status;
    expect([await sees(reader, ofNote), await sees(reader, ofMessage)]).toEqual([200, 404]);
    expect([await sees(hears, ofNote), await sees(hears, ofMessage)]).toEqual([200, 200]);
  });

  test("of a note is the company's to see while it was sent and the agreement lasts, and no other's", async () => {
    const [maker, other] = [await join(api, operator), await join(api, operator)];
    const owner = await claim(api, maker);
    const agreement = await agree(api, owner);
    const [shown, kept] = [(await upload(owner)).body.id, (await upload(owner)).body.id];
    const sent = await write(api, owner, "x", { photos: [shown], send: true });
    const own = await write(api, owner, "y", { photos: [kept] });
    const sees = async (who: typeof maker, note: string, id: string) =>
      (await look(`/v1/makers/${who.domain}/threads/${owner.twin}/${note}/photos/${id}`, who.key)).status;
    expect(await sees(maker, sent.id, shown)).toBe(200);
    expect(await sees(maker, own.id, kept)).toBe(404);
    expect(await sees(maker, sent.id, kept)).toBe(404);
    expect(await sees(other, sent.id, shown)).toBe(409);
    await api.post(path(owner, `/agreements/${agreement.id}/terminate`), {}, owner.token);
    expect(await sees(maker, sent.id, shown)).toBe(409);
  });
});
