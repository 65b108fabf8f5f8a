// Saved replies: a beginning, never an answer. What goes to an owner was edited by whoever answers.

import { describe, expect, test } from "vitest";
import { placeholdersOf, whyUnedited } from "../../src/domain/unedited.ts";
import { join, type TestMaker } from "../support/people.ts";
import { api, joinWith, operator, ownerOf, send, threadPath } from "./world.ts";

const SAVED = "Dear [name],\n\nyour [product] can be mended: [how].\n\nYours";
const repliesAt = ({ domain }: TestMaker, rest = "") => `/v1/makers/${domain}/saved-replies${rest}`;
const save = async (maker: TestMaker, text = SAVED): Promise<any> =>
  (await api.post(repliesAt(maker), { title: "Mending", text }, maker.key)).body;

describe("an answer that began as a saved reply", () => {
  test("is refused as long as it is that reply, or has one of its brackets in it", async () => {
    const maker = await joinWith(1);
    const owner = await ownerOf(maker);
    const { id: note } = await send(owner, "It leaks.");
    const reply = await save(maker);
    const answer = (text: string, savedReply: string = reply.id) =>
      api.post(threadPath(maker, owner, note, "/messages"), { text, savedReply }, maker.key);
    for (const text of [SAVED, `  ${SAVED.replaceAll("\n", " \n ")} `]) {
      const refused = await answer(text);
      expect([refused.status, refused.body.errors]).toEqual([
        422,
        [{ path: "text", message: "is the saved reply as it is: put in what this owner asked" }],
      ]);
    }
    const half = await answer("Dear Ann, your [product] can be mended: glue it. Yours");
    expect([half.status, half.body.detail]).toEqual([422, expect.stringContaining("[product]")]);
    expect((await answer("x", (await save(await join(api, operator))).id)).body.errors[0].path).toBe("savedReply");
    const thread = await api.get(threadPath(maker, owner, note), maker.key);
    expect(thread.body.messages).toEqual([]);
    const sent = await answer("Dear Ann, your kettle can be mended: glue it. [See the manual.] Yours");
    expect(sent.status).toBe(201);
    // Words that are nobody's saved reply go as they are.
    const plain = await api.post(threadPath(maker, owner, note, "/messages"), { text: "See [page 3]." }, maker.key);
    expect(plain.status).toBe(201);
  });

  test("is answered again to a repeat, though the reply changed or went since", async () => {
    const maker = await joinWith(1);
    const owner = await ownerOf(maker);
    const { id: note } = await send(owner, "It leaks.");
    const reply = await save(maker, "Glue it.");
    const answer = () =>
      api.post(
        threadPath(maker, owner, note, "/messages"),
        { text: "Glue it twice.", savedReply: reply.id },
        maker.key,
        { "Idempotency-Key": `answer-${note}` },
      );
    const first = await answer();
    expect(first.status).toBe(201);
    await api.patch(repliesAt(maker, `/${reply.id}`), { text: "Glue it twice." }, maker.key);
    expect((await answer()).body).toEqual(first.body);
    await api.delete(repliesAt(maker, `/${reply.id}`), maker.key);
    expect((await answer()).body).toEqual(first.body);
  });
});

test("what is unedited is told apart without regard to white space", () => {
  expect(placeholdersOf("Dear [name], [name] and [the\nmanual page] [] [a[b]")).toEqual([
    "[name]",
    "[the manual page]",
    "[b]",
  ]);
  expect(whyUnedited("a b", " a\n\n b ")).not.toBeNull();
  expect(whyUnedited("a [x y]", "c [x\ty] d")).toContain("[x y]");
  expect(whyUnedited("a [x]", "a [y]")).toBeNull();
  expect(whyUnedited("a b", "a b c")).toBeNull();
});

test("a team keeps its replies: made, listed, changed and deleted, and no other company's", async () => {
  const [maker, other] = [await join(api, operator), await join(api, operator)];
  const [one, two] = [await save(maker, "One"), await save(maker, "Two")];
  expect((await api.get(repliesAt(maker), maker.key)).body.items).toEqual([two, one]);
  const changed = await api.patch(repliesAt(maker, `/${one.id}`), { title: "Glue" }, maker.key);
  expect(changed.body).toMatchObject({ id: one.id, title: "Glue", text: "One" });
  expect((await api.patch(repliesAt(other, `/${one.id}`), { title: "Mine" }, other.key)).status).toBe(404);
  expect((await api.delete(repliesAt(other, `/${one.id}`), other.key)).status).toBe(404);
  expect((await api.delete(repliesAt(maker, `/${one.id}`), maker.key)).status).toBe(204);
  expect((await api.delete(repliesAt(maker, `/${one.id}`), maker.key)).status).toBe(404);
  expect((await api.get(repliesAt(maker), maker.key)).body.items).toEqual([two]);
  expect((await api.patch(repliesAt(maker, `/${two.id}`), {}, maker.key)).status).toBe(422);
});
