// What its owner takes back while the thing is let go of: either it was gone before whoever takes the thing over said yes to that, or it stays. At
// no moment is it taken from under their yes.

import { expect, test, vi } from "vitest";
import { Twin } from "../../src/twin/twin.ts";
import { accept, acceptWith, offer, openOffer, release } from "../support/handovers.ts";
import { write, type TestOwner } from "../support/people.ts";
import { api } from "../support/worker.ts";
import { path, rest, startTwin, stillClock, tenureOf } from "../tenure/world.ts";

stillClock();

const WORDS = "New soles, both of them.";
const lookAgain = { status: 409, body: { code: "head-changed" } };
const historyOf = async (who: TestOwner) => (await api.get(path(who, "/history"), who.token)).body.entries;

/** A thing with a note on its record, and how to take that back. */
async function withNote() {
  const owner = await startTwin();
  const note = await write(api, owner, WORDS, { onRecord: true });
  await rest(tenureOf(owner));
  return { owner, takeBack: () => api.delete(path(owner, `/notes/${note.id}`), owner.token) };
}

/** The entry of the note as its new owner has it. */
const got = async (next: TestOwner): Promise<unknown> => (await historyOf(next))[1].body?.text ?? null;

type Asked = (...args: unknown[]) => Promise<unknown>;

/** The next time that the record is asked for this, `meanwhile` happens: just before it is done, or just after. */
function inThatMoment(
  method: "takeBack" | "append",
  when: "before" | "after",
  meanwhile: () => Promise<unknown>,
): void {
  const original = Reflect.get(Twin.prototype, method) as Asked;
  vi.spyOn(Twin.prototype as unknown as Record<typeof method, Asked>, method).mockImplementationOnce(
    async function late(this: unknown, ...args) {
      if (when === "before") await meanwhile();
      const done = await original.apply(this, args);
      if (when === "after") await meanwhile();
      return done;
    },
  );
}

const MOMENTS = [
  { when: "before", gift: false },
  { when: "before", gift: true },
  { when: "after", gift: false },
  { when: "after", gift: true },
] as const;

test.each(MOMENTS)(
  "a note taken back as the thing is let go of, $when the record forgets, is gone before that or goes along (a gift: $gift)",
  async ({ when, gift }) => {
    const { owner, takeBack } = await withNote();
    const { code } = await offer(api, owner, { gift });
    const { head, erased } = (await openOffer(api, owner, code)).body;
    const yes = () => acceptWith(api, owner, code, head, undefined, erased);
    const accepted = gift ? null : await yes();
    let last = accepted;
    inThatMoment("takeBack", when, async () => {
      last = accepted === null ? await yes() : await release(api, owner, accepted.body.words);
    });
    const back = await takeBack();
    if (when === "before") {
      expect([last!.status, back.status]).toEqual([200, 401]);
      expect(await got((accepted ?? last!).body)).toBe(WORDS);
    } else {
      expect(last).toMatchObject(lookAgain);
      expect(back.status).toBe(204);
    }
  },
);

test("a note taken back before is gone before whoever accepted gets it, however late the record hears again", async () => {
  const { owner, takeBack } = await withNote();
  const { code } = await offer(api, owner);
  const next = await accept(api, owner, code);
  vi.spyOn(Twin.prototype, "eraseBody").mockRejectedValueOnce(new Error("not reached"));
  expect((await takeBack()).status).toBe(204);
  await rest(tenureOf(owner));
  expect(await release(api, owner, next.words)).toMatchObject(lookAgain);
  const again = await accept(api, owner, code);
  expect((await release(api, owner, again.words)).status).toBe(200);
  expect(await got(again)).toBeNull();
});

test("one taken back on its way to the record is forgotten before the thing is let go of, and whoever saw it looks again", async () => {
  const owner = await startTwin();
  const { code } = await offer(api, owner);
  const note = await write(api, owner, WORDS, { onRecord: true });
  inThatMoment("append", "before", async () => {
    expect((await api.delete(path(owner, `/notes/${note.id}`), owner.token)).status).toBe(204);
  });
  vi.spyOn(Twin.prototype, "eraseBody").mockRejectedValueOnce(new Error("not reached"));
  await rest(tenureOf(owner));
  expect(JSON.stringify(await historyOf(owner))).toContain(WORDS);
  const next = await accept(api, owner, code);
  expect(await release(api, owner, next.words)).toMatchObject(lookAgain);
  const again = await accept(api, owner, code);
  expect((await release(api, owner, again.words)).status).toBe(200);
  expect(await got(again)).toBeNull();
});
