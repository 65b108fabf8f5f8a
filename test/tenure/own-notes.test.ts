// A second person in the household: their channel has notes:own, and what somebody else wrote is not there for it, by any way in.

import { describe, expect, test } from "vitest";
import { jpeg } from "../domain/photo/pictures.ts";
import { agree, claim, join, write } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { listen } from "./listener.ts";
import { channelWith, path, stillClock } from "./world.ts";

stillClock();

const SECRET = "my private words";

async function household() {
  const maker = await join(api, operator);
  const owner = await claim(api, maker);
  await agree(api, owner);
  const partner = await channelWith(owner, [
    "twin:read",
    "notes:own",
    "notes:write",
    "notes:send",
    "messages:read",
    "messages:write",
  ]);
  return { maker, owner, partner };
}

describe("a channel with notes:own", () => {
  test("lists and searches its own notes only", async () => {
    const { owner, partner } = await household();
    await write(api, owner, SECRET);
    const mine = await write(api, partner, "my own words");
    for (const query of ["", "?q=words", "?sent=false"]) {
      expect((await api.get(path(partner, `/notes${query}`), partner.token)).body.items.map((n: any) => n.id)).toEqual([
        mine.id,
      ]);
    }
    expect((await api.get(path(owner, "/notes"), owner.token)).body.items).toHaveLength(2);
  });

  test("is told how many notes it wrote, not how many there are", async () => {
    const { owner, partner } = await household();
    await write(api, owner, SECRET, { send: true });
    await write(api, owner, "and more of them");
    await write(api, partner, "mine", { send: true });
    const gone = await write(api, partner, "mine for a moment");
    await api.delete(path(partner, `/notes/${gone.id}`), partner.token);
    const counts = async ({ token }: { token: string }) => (await api.get(path(owner), token)).body.counts;
    expect(await counts(partner)).toEqual({ notes: 1, sent: 1 });
    expect(await counts(owner)).toEqual({ notes: 3, sent: 2 });
  });

  test("is told of another's note what it is told of one that never was: by reading, changing, retracting, talking under it", async () => {
    const { owner, partner } = await household();
    const [theirs, mine] = [
      await write(api, owner, SECRET, { send: true }),
      await write(api, partner, "mine", { send: true }),
    ];
    const calls = (id: string) =>
      [
        ["GET", `/notes/${id}`, undefined],
        ["GET", `/notes/${id}/messages`, undefined],
        ["PATCH", `/notes/${id}`, { text: "x" }],
        ["POST", `/notes/${id}/messages`, { text: "x" }],
        ["POST", `/notes/${id}/verdict`, { verdict: "addressed" }],
        ["DELETE", `/notes/${id}`, undefined],
      ] as const;
    for (const [at, [method, rest, body]] of calls(theirs.id).entries()) {
      const answer = await api.call(method, path(partner, rest), { token: partner.token, body });
      const never = calls(`note_${"0".repeat(26)}`)[at]!;
      expect(answer).toMatchObject({
        status: 404,
        body: (await api.call(method, path(partner, never[1]), { token: partner.token, body })).body,
      });
    }
    for (const [method, rest, body] of calls(mine.id)) {
      expect(
        (await api.call(method, path(partner, rest), { token: partner.token, body })).status,
        `${method} ${rest}`,
      ).not.toBe(404);
    }
    expect((await api.get(path(owner, `/notes/${theirs.id}`), owner.token)).body).toMatchObject({
      text: SECRET,
      messages: [],
    });
  });

  test("sees no photo of another's, neither under a note nor before it has one", async () => {
    const { owner, partner } = await household();
    const upload = async (who: typeof owner) =>
      (await api.post(path(who, "/photos"), jpeg(), who.token)).body.id as string;
    const [free, attached, mine] = [await upload(owner), await upload(owner), await upload(partner)];
    await write(api, owner, SECRET, { photos: [attached] });
    for (const id of [free, attached, `photo_${"0".repeat(26)}`]) {
      expect((await api.get(path(partner, `/photos/${id}`), partner.token)).status).toBe(404);
    }
    expect((await api.get(path(partner, `/photos/${mine}`), partner.token)).status).toBe(200);
    const stolen = await api.post(path(partner, "/notes"), { kind: "diary", text: "x", photos: [free] }, partner.token);
    expect(stolen).toMatchObject({ status: 422, body: { errors: [{ path: "photos" }] } });
  });

  test("hears, in the feed and live, of its own notes and threads only", async () => {
    const { maker, owner, partner } = await household();
    const live = await listen(partner);
    const theirs = await write(api, owner, SECRET, { send: true });
    await api.patch(path(owner, `/notes/${theirs.id}`), { text: `${SECRET} again` }, owner.token);
    const mine = await write(api, partner, "mine", { send: true });
    const reply = (note: string, text: string) =>
      api.post(
        `/v1/makers/${maker.domain}/threads/${owner.twin}/${note}/messages`,
        { text, outcome: "fixed" },
        maker.key,
      );
    await reply(theirs.id, `about ${SECRET}`);
    await api.delete(path(owner, `/notes/${theirs.id}`), owner.token);
    await reply(mine.id, "about mine");

    const heard = await live.take(3);
    const read = (await api.get(path(partner, "/events"), partner.token)).body.items;
    expect(heard.map(({ seq }) => seq)).toEqual(read.map((event: any) => event.seq));
    expect(read.map((event: any) => [event.type, event.data.note.id])).toEqual([
      ["note.written", mine.id],
      ["message.posted", mine.id],
      ["thread.outcome", mine.id],
    ]);
    expect(JSON.stringify([...heard, ...read])).not.toContain(SECRET);
    live.close();
  });
});
