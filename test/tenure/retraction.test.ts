// A retraction: the note's words leave the twin whole, wherever they had got to, and the company that may have them is told.

import { describe, expect, test, vi } from "vitest";
import { jpeg } from "../domain/photo/pictures.ts";
import { agree, claim, join, write, type TestMaker } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import {
  deskOf,
  everything,
  HOUR_MS,
  inside,
  makerOf,
  pass,
  path,
  rest,
  startTwin,
  stillClock,
  tenureOf,
} from "./world.ts";

stillClock();

const PLANTED = "planted-word";

/**
 * A note with its words in every place they can get to: revisions, title, serial, messages of both sides, photos, kept answers, and
 * what the company's server said of them.
 */
async function spread() {
  const maker = await join(api, operator);
  // Takes nothing in, and says each time what it was sent first.
  const url = `https://${maker.domain}/in`;
  let heard = "";
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    // What other companies' objects still send meanwhile is not this test's business.
    if (input !== url) return new Response("ok");
    heard += init?.body as string;
    return new Response(heard, { status: 422 });
  });
  const types = ["note.sent", "note.updated", "note.retracted", "message.posted"];
  await api.post(`/v1/makers/${maker.domain}/endpoints`, { url, types }, maker.key);
  const owner = await claim(api, maker);
  await agree(api, owner);
  let n = 0;
  const photo = async () => {
    const bytes = jpeg();
    return (await api.post(path(owner, "/photos"), bytes, owner.token, { "Idempotency-Key": `photo ${n++}` })).body
      .id as string;
  };
  const { body: note } = await api.post(
    path(owner, "/notes"),
    {
      kind: "problem",
      text: `${PLANTED} one`,
      title: `${PLANTED} title`,
      serial: "PLANTED-WORD",
      send: true,
      occurredAt: "2026-01-01T00:00:00Z",
      photos: [await photo()],
    },
    owner.token,
    { "Idempotency-Key": "note" },
  );
  await api.patch(path(owner, `/notes/${note.id}`), { text: `${PLANTED} two`, title: `${PLANTED} other` }, owner.token);
  await rest(tenureOf(owner));
  await api.post(
    path(owner, `/notes/${note.id}/messages`),
    { text: `${PLANTED} said`, photos: [await photo()] },
    owner.token,
    { "Idempotency-Key": "message" },
  );
  const thread = `/v1/makers/${maker.domain}/threads/${owner.twin}/${note.id}`;
  await api.post(
    `${thread}/messages`,
    { text: `${PLANTED} replied`, author: { name: `${PLANTED} Mo` }, externalId: `${PLANTED}-1`, outcome: "fixed" },
    maker.key,
    { "Idempotency-Key": "reply" },
  );
  await api.post(path(owner, `/notes/${note.id}/verdict`), { verdict: "addressed" }, owner.token);
  return { maker, owner, note, thread };
}

/** How many answers of the company's server its desk keeps, sealed or not. */
const answersKept = (maker: TestMaker): Promise<number> =>
  inside(
    deskOf(maker),
    ({ storage }) => storage.sql.exec<{ n: number }>("SELECT count(head) AS n FROM told_attempt").one().n,
  );

describe("a retracted note", () => {
  test("leaves no word of it in any table of the tenure, kept answers and photos included", async () => {
    const { owner, note } = await spread();
    const kept = await everything(tenureOf(owner));
    for (const word of ["one", "title", "two", "other", "said", "replied", "Mo"])
      expect(kept).toContain(`${PLANTED} ${word}`);
    // In the JSON of a row, the JSON that the company's server repeated.
    expect(kept).toContain(`\\"text\\":\\"${PLANTED} two\\"`);
    expect((await api.delete(path(owner, `/notes/${note.id}`), owner.token)).status).toBe(204);
    await rest(tenureOf(owner));
    expect((await everything(tenureOf(owner))).toLowerCase()).not.toContain(PLANTED);
    expect(
      await inside(
        tenureOf(owner),
        ({ storage }) => storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM photo").one().n,
      ),
    ).toBe(0);
    expect((await api.get<string>(path(owner, "/export"), owner.token)).body).not.toContain(PLANTED);
  });

  test("leaves no word of it at the company, whose server repeated it and goes on repeating it", async () => {
    const { maker, owner, note } = await spread();
    const shown = async () => (await api.get(`/v1/makers/${maker.domain}/deliveries?limit=200`, maker.key)).body.items;
    /** What the owner wrote, not what the company did, as it lies in the company's own objects. */
    const wordsAtRest = async () => {
      const kept = (await Promise.all([everything(makerOf(maker)), everything(deskOf(maker))])).join("\n");
      return ["one", "title", "two", "other", "said"].filter((word) => kept.includes(`${PLANTED} ${word}`));
    };
    expect(JSON.stringify(await shown())).toContain(`${PLANTED} two`);
    // What may be read lies there sealed.
    expect(await wordsAtRest()).toEqual([]);
    expect(await answersKept(maker)).toBeGreaterThan(0);
    await api.delete(path(owner, `/notes/${note.id}`), owner.token);
    // The news of it may still be on the way.
    expect(JSON.stringify(await shown())).not.toContain(PLANTED);
    pass(HOUR_MS);
    await rest(tenureOf(owner));
    const { attempts } = (await shown()).find(({ type }: any) => type === "note.sent");
    expect(attempts.map(({ status }: any) => status)).toEqual([422, 422]);
    expect(JSON.stringify(await shown())).not.toContain(PLANTED);
    expect(await answersKept(maker)).toBe(0);
    expect(await wordsAtRest()).toEqual([]);
  });

  test("that was sent says that there was one, and when it ended", async () => {
    const { owner, note } = await spread();
    pass(1000);
    await api.delete(path(owner, `/notes/${note.id}`), owner.token);
    const left = {
      id: note.id,
      text: null,
      title: null,
      serial: null,
      occurredAt: null,
      photos: [],
      sent: true,
      retractedAt: new Date().toISOString(),
    };
    const { body } = await api.get(path(owner, `/notes/${note.id}`), owner.token);
    expect(body).toMatchObject({ ...left, messages: [], revisions: [] });
    expect((await api.get(path(owner, "/notes"), owner.token)).body.items).toMatchObject([left]);
    expect((await api.get(path(owner), owner.token)).body.counts).toEqual({ notes: 0, sent: 0 });
  });

  test("that was never sent is gone altogether", async () => {
    const owner = await startTwin();
    const { id } = await write(api, owner, PLANTED);
    await api.delete(path(owner, `/notes/${id}`), owner.token);
    expect((await api.get(path(owner, `/notes/${id}`), owner.token)).status).toBe(404);
    expect((await api.get(path(owner, "/notes"), owner.token)).body.items).toEqual([]);
    expect(await everything(tenureOf(owner))).not.toContain(PLANTED);
  });

  test("takes nothing more: no word, no message, no verdict, no second retraction", async () => {
    const { owner, note, maker, thread } = await spread();
    await api.delete(path(owner, `/notes/${note.id}`), owner.token);
    for (const answer of [
      await api.patch(path(owner, `/notes/${note.id}`), { text: "x" }, owner.token),
      await api.patch(path(owner, `/notes/${note.id}`), { send: true }, owner.token),
      await api.delete(path(owner, `/notes/${note.id}`), owner.token),
      await api.post(path(owner, `/notes/${note.id}/messages`), { text: "x" }, owner.token),
      await api.post(path(owner, `/notes/${note.id}/messages`), { text: `${PLANTED} said` }, owner.token, {
        "Idempotency-Key": "message",
      }),
      await api.post(path(owner, `/notes/${note.id}/verdict`), { verdict: "addressed" }, owner.token),
      await api.post(`${thread}/messages`, { text: "x" }, maker.key),
    ]) {
      expect(answer).toMatchObject({ status: 410, body: { code: "gone" } });
    }
  });

  test("answers a repeat of the request that wrote it without a word of it", async () => {
    const { owner, note } = await spread();
    await api.delete(path(owner, `/notes/${note.id}`), owner.token);
    const { body: first } = await api.get(path(owner, `/notes/${note.id}`), owner.token);
    const again = await api.post(
      path(owner, "/notes"),
      {
        kind: "problem",
        text: `${PLANTED} one`,
        title: `${PLANTED} title`,
        serial: "PLANTED-WORD",
        send: true,
        occurredAt: "2026-01-01T00:00:00Z",
        photos: note.photos.map((p: any) => p.id),
      },
      owner.token,
      { "Idempotency-Key": "note" },
    );
    expect(again).toMatchObject({ status: 201, body: { id: note.id, text: null, retractedAt: first.retractedAt } });
    expect(again.headers.get("Idempotency-Replayed")).toBe("true");
  });

  test("is told to the company, which then finds no word in its feed", async () => {
    const { owner, note, maker } = await spread();
    const feed = async () => (await api.get(`/v1/makers/${maker.domain}/events`, maker.key)).body.items;
    expect(JSON.stringify(await feed())).toContain(PLANTED);
    await api.delete(path(owner, `/notes/${note.id}`), owner.token);
    await rest(tenureOf(owner));
    const events = await feed();
    expect(JSON.stringify(events)).not.toContain(PLANTED);
    expect(events.at(-1)).toMatchObject({ type: "note.retracted", data: { twin: owner.twin, note: { id: note.id } } });
  });

  test("that only waited was never the company's: nothing goes out for it, then or later", async () => {
    const maker = await join(api, operator);
    const owner = await claim(api, maker);
    const { id } = await write(api, owner, PLANTED, { send: true });
    await api.delete(path(owner, `/notes/${id}`), owner.token);
    await agree(api, owner);
    await rest(tenureOf(owner));
    const { items } = (await api.get(`/v1/makers/${maker.domain}/events`, maker.key)).body;
    expect(items.map(({ type }: any) => type)).toEqual(["agreement.accepted"]);
  });
});
