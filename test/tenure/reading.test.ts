// Read receipts: kept, and shown, only while an agreement in force lets the company track.

import { describe, expect, test } from "vitest";
import type { NoteId } from "../../src/domain/ids.ts";
import { readReceipt } from "../../src/tenure/reading.ts";
import { agree, claim, join, write, type TestMaker, type TestOwner } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { channelWith, inside, path, startTwin, tenureOf } from "./world.ts";

type Story = { maker: TestMaker; owner: TestOwner; note: NoteId; answer: (text?: string) => Promise<string> };

/** A note that a company answers under these terms. */
async function answered(terms: string): Promise<Story> {
  const maker = await join(api, operator, { "SD-BASE": "accept", "SD-BASE-AT": "accept" });
  const owner = await claim(api, maker);
  await agree(api, owner, terms);
  const { id: note } = await write(api, owner, "The sole came off.", { send: true });
  const answer = async (text = "Like this."): Promise<string> =>
    (await api.post(`/v1/makers/${maker.domain}/threads/${owner.twin}/${note}/messages`, { text }, maker.key)).body.id;
  return { maker, owner, note, answer };
}

const read = ({ owner, note }: Story, message: string, token = owner.token) =>
  api.put(path(owner, `/notes/${note}/seen`), { message }, token);
/** What the company may see. */
const shown = ({ maker, owner, note }: Story) =>
  inside(tenureOf(owner), ({ storage }) => readReceipt(storage.sql, maker.domain, note));
const kept = ({ owner }: Story): Promise<number> =>
  inside(
    tenureOf(owner),
    ({ storage }) => storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM read_receipt").one().n,
  );

describe("under terms that permit tracking", () => {
  test("the company sees how far its answers were read, and the owner that it does", async () => {
    const story = await answered("SD-BASE-AT");
    expect(await shown(story)).toBeNull();
    const message = await story.answer();
    const { status, body } = await read(story, message);
    expect([status, body.readReceipt]).toEqual([200, { message, at: expect.any(String) }]);
    expect(await shown(story)).toEqual(body.readReceipt);
    const { owner, note } = story;
    expect((await api.get(path(owner, `/notes/${note}`), owner.token)).body.readReceipt).toEqual(body.readReceipt);
    const lines = (await api.get(path(owner, "/export"), owner.token)).body as string;
    expect(lines).toContain(JSON.stringify(body.readReceipt));
  });

  test("a later answer moves it on; an earlier one, or the same again, does not move it back", async () => {
    const story = await answered("SD-BASE-AT");
    const [first, second] = [await story.answer("First."), await story.answer("Second.")];
    const { body } = await read(story, second);
    for (const message of [first, second]) expect((await read(story, message)).body).toEqual(body);
    const third = await story.answer("Third.");
    expect((await read(story, third)).body.readReceipt.message).toBe(third);
  });

  test("it is gone with the note's words", async () => {
    const story = await answered("SD-BASE-AT");
    await read(story, await story.answer());
    await api.delete(path(story.owner, `/notes/${story.note}`), story.owner.token);
    expect(await kept(story)).toBe(0);
  });

  test.each([
    [
      "ends",
      async ({ owner }: Story) => {
        const { items } = (await api.get(path(owner, "/agreements"), owner.token)).body;
        return api.post(path(owner, `/agreements/${items[0].id}/terminate`), {}, owner.token);
      },
    ],
    [
      "gives way to one that does not permit it",
      async ({ owner }: Story) => api.post(path(owner, "/agreements"), { preferred: "SD-BASE" }, owner.token),
    ],
  ])("the company sees nothing of it any more once that agreement %s", async (_, end) => {
    const story = await answered("SD-BASE-AT");
    const message = await story.answer();
    await read(story, message);
    expect(await shown(story)).not.toBeNull();
    await end(story);
    expect(await shown(story)).toBeNull();
    expect((await read(story, message)).body).toEqual({ readReceipt: null });
  });
});

test("under terms that do not permit tracking nothing is kept, and the answer says so", async () => {
  const story = await answered("SD-BASE");
  expect(await read(story, await story.answer())).toMatchObject({ status: 200, body: { readReceipt: null } });
  expect([await kept(story), await shown(story)]).toEqual([0, null]);
});

describe("what was read", () => {
  test("is an answer of the company under that very note", async () => {
    const story = await answered("SD-BASE-AT");
    const { owner, note } = story;
    const own = (await api.post(path(owner, `/notes/${note}/messages`), { text: "And?" }, owner.token)).body.id;
    const other = await answered("SD-BASE-AT");
    for (const message of [own, await other.answer(), note, "msg_00000000000000000000000000"]) {
      expect((await read(story, message)).status, message).toBe(422);
    }
    expect(await kept(story)).toBe(0);
  });

  test("is not for a channel that may not read it, nor for another twin's owner", async () => {
    const story = await answered("SD-BASE-AT");
    const message = await story.answer();
    const writer = await channelWith(story.owner, ["notes:write"]);
    const stranger = await startTwin();
    expect((await read(story, message, writer.token)).status).toBe(403);
    expect((await read(story, message, stranger.token)).status).toBe(401);
    expect(await kept(story)).toBe(0);
  });
});
