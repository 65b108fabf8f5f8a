// An agreement's end: by either side, by another that takes its place, with what stood on top of it. No word crosses after it.

import { describe, expect, test } from "vitest";
import { write } from "../support/people.ts";
import { api } from "../support/worker.ts";
import { TwoSides } from "./two-sides.ts";
import { feedTypes, path, rest, stillClock, tenureOf } from "./world.ts";

stillClock();

const GENEROUS = {
  "SD-BASE-DP": "accept",
  "SD-BASE": "accept",
  "SD-BASE-A": "hold",
  "SD-BASE-AT": "refuse",
  "PDC-AI": "accept",
  "PDC-GOOD": "accept",
};
const DUTIES = [
  { duty: "hand-over", what: "copy-of-what-it-holds" },
  { duty: "delete", what: "notes-and-threads" },
];

const recordOf = async (sides: TwoSides, id: string) =>
  (await api.get(path(sides.owner, `/agreements/${id}/record`), sides.owner.token)).body;
const relay = async (sides: TwoSides, note: string) =>
  (await api.get(path(sides.owner, `/notes/${note}`), sides.owner.token)).body.relay;

describe("an agreement in force", () => {
  test("is ended by its owner at once, without anyone's leave; the company acknowledges, and is told what it must do now", async () => {
    const sides = await TwoSides.meet(GENEROUS);
    const { id } = await sides.proffer();
    const { body } = await sides.act(id, "terminate", { reason: "I sold it." });
    expect(body).toMatchObject({
      state: "terminated",
      terms: "SD-BASE-DP",
      acknowledged: true,
      events: [
        {
          body: {
            kind: "terminated",
            by: "first",
            reason: "I sold it.",
            at: new Date().toISOString(),
            obligations: DUTIES,
          },
          ack: { key: expect.any(String) },
        },
      ],
    });
    await sides.agree(id, "terminated");
    expect((await sides.makerFeed()).at(-1)).toMatchObject({
      type: "agreement.terminated",
      data: { reason: "I sold it.", obligations: DUTIES },
    });
    expect(await sides.act(id, "terminate")).toMatchObject({ status: 409, body: { code: "agreement-state" } });
    expect((await sides.end(id)).status).toBe(409);
  });

  test("is ended by the company, with a reason, which the owner's side acknowledges", async () => {
    const sides = await TwoSides.meet(GENEROUS);
    const { id } = await sides.proffer();
    expect((await sides.end(id, "We close.")).status).toBe(200);
    const { ours } = await sides.agree(id, "terminated");
    expect(ours.events).toMatchObject([
      { body: { by: "second", reason: "We close." }, ack: { key: expect.stringMatching(/^did:key:z/) } },
    ]);
    expect((await feedTypes(sides.owner)).at(-1)).toBe("agreement.terminated");
    expect((await sides.act(id, "terminate")).status).toBe(409);
    expect(
      (await api.post(`/v1/makers/${sides.maker.domain}/agreements/${id}/terminate`, {}, sides.maker.key)).status,
    ).toBe(422);
  });

  test("takes nothing with it but the words: what was not delivered waits again, and goes out under the next one", async () => {
    const sides = await TwoSides.meet(GENEROUS);
    const first = await sides.proffer();
    const note = await write(api, sides.owner, "planted-word", { send: true });
    await sides.act(first.id, "terminate");
    expect(await relay(sides, note.id)).toEqual({ state: "waiting", reason: "no agreement in force" });
    await rest(tenureOf(sides.owner));
    expect(JSON.stringify(await sides.makerFeed())).not.toContain("planted-word");
    await sides.proffer();
    await rest(tenureOf(sides.owner));
    expect((await relay(sides, note.id)).state).toBe("delivered");
    expect((await sides.makerFeed()).filter(({ data }) => data.note?.text === "planted-word")).toHaveLength(1);
  });

  test("lets a change and a verdict made after its end wait, and tells them under the next one", async () => {
    const sides = await TwoSides.meet(GENEROUS);
    const first = await sides.proffer();
    const note = await write(api, sides.owner, "It hums.", { send: true });
    await rest(tenureOf(sides.owner));
    const thread = `/v1/makers/${sides.maker.domain}/threads/${sides.owner.twin}/${note.id}/messages`;
    await api.post(thread, { text: "Let it.", outcome: "answered" }, sides.maker.key);
    await sides.act(first.id, "terminate");
    await rest(tenureOf(sides.owner));
    const before = (await sides.makerFeed()).length;

    await api.patch(path(sides.owner, `/notes/${note.id}`), { text: "It hums in B flat." }, sides.owner.token);
    await api.post(path(sides.owner, `/notes/${note.id}/verdict`), { verdict: "not-addressed" }, sides.owner.token);
    await rest(tenureOf(sides.owner));
    expect(await relay(sides, note.id)).toEqual({ state: "waiting", reason: "no agreement in force" });
    expect((await sides.makerFeed()).length).toBe(before);

    await sides.proffer();
    await rest(tenureOf(sides.owner));
    const told = (await sides.makerFeed()).slice(before);
    expect(told.map(({ type }) => type)).toEqual(["agreement.accepted", "note.sent", "thread.verdict"]);
    expect(told[1].data.note).toMatchObject({ id: note.id, text: "It hums in B flat.", revision: 2 });
    expect(told[2].data).toMatchObject({ note: { id: note.id }, verdict: "not-addressed" });
  });

  test("permits nothing any more, in the event that ends it and in either side's view", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-A": "accept" });
    const { id } = await sides.proffer("SD-BASE-A");
    await rest(tenureOf(sides.owner));
    expect((await sides.makerFeed())[0].data.agreement.permits).toEqual(["analytics"]);
    await sides.act(id, "terminate");
    await rest(tenureOf(sides.owner));
    expect((await sides.makerFeed()).at(-1).data.agreement.permits).toEqual([]);
    const { ours, theirs } = await sides.agree(id, "terminated");
    expect([ours.permits, theirs.permits]).toEqual([[], []]);
  });

  test("never tells what its owner calls the thing since", async () => {
    const sides = await TwoSides.meet(GENEROUS);
    await sides.proffer();
    await api.patch(path(sides.owner), { product: { name: "planted-name" } }, sides.owner.token);
    await write(api, sides.owner, "It hums.", { send: true });
    await rest(tenureOf(sides.owner));
    expect(await sides.makerFeed()).toHaveLength(2);
    expect(JSON.stringify(await sides.makerFeed())).not.toContain("planted-name");
  });

  test("lets no word through after its end, neither new ones nor, in the feed, those it had let through", async () => {
    const sides = await TwoSides.meet(GENEROUS);
    const { id } = await sides.proffer();
    const note = await write(api, sides.owner, "planted-word", { send: true });
    await rest(tenureOf(sides.owner));
    expect(JSON.stringify(await sides.makerFeed())).toContain("planted-word");
    await sides.end(id);
    await write(api, sides.owner, "planted-word later", { send: true });
    await api.patch(path(sides.owner, `/notes/${note.id}`), { text: "planted-word changed" }, sides.owner.token);
    await api.post(path(sides.owner, `/notes/${note.id}/messages`), { text: "planted-word said" }, sides.owner.token);
    await rest(tenureOf(sides.owner));
    const events = await sides.makerFeed();
    expect(JSON.stringify(events)).not.toContain("planted-word");
    const thread = `/v1/makers/${sides.maker.domain}/threads/${sides.owner.twin}/${note.id}/messages`;
    expect(await api.post(thread, { text: "x" }, sides.maker.key)).toMatchObject({
      status: 409,
      body: { code: "agreement-required" },
    });
  });
});

describe("another relationship agreement", () => {
  test("takes the place of the one before in one step, and names it in what is signed", async () => {
    const sides = await TwoSides.meet(GENEROUS);
    const [first, second] = [await sides.proffer("SD-BASE-DP"), await sides.proffer("SD-BASE")];
    expect((await recordOf(sides, second.id)).proffer.body.supersedes).toBe(first.recordDigest);
    await sides.agree(second.id, "accepted");
    await rest(tenureOf(sides.owner));
    const { ours } = await sides.agree(first.id, "superseded");
    // What the new one still carries need not be undone.
    expect(ours.events).toMatchObject([
      { body: { kind: "superseded", by: "first", obligations: [{ duty: "hand-over" }] } },
    ]);
    expect(await sides.states()).toEqual(["SD-BASE-DP superseded", "SD-BASE accepted"]);
    const types = await feedTypes(sides.owner);
    expect(types.slice(types.indexOf("agreement.superseded"), types.indexOf("agreement.superseded") + 2)).toEqual([
      "agreement.superseded",
      "agreement.accepted",
    ]);
  });

  test("leaves no gap: a note sent at any moment of the change goes out", async () => {
    const sides = await TwoSides.meet(GENEROUS);
    await sides.proffer("SD-BASE-DP");
    const notes = Array.from({ length: 8 }, (_, n) => write(api, sides.owner, `note ${n}`, { send: true }));
    const [second, ...written] = await Promise.all([sides.proffer("SD-BASE"), ...notes]);
    expect(second.state).toBe("accepted");
    expect(written.map(({ relay: { state } }) => state)).toEqual(Array(8).fill("queued"));
    await rest(tenureOf(sides.owner));
    expect((await sides.makerFeed()).filter(({ type }) => type === "note.sent")).toHaveLength(8);
  });

  test("that is refused, held or taken back leaves the one before in force", async () => {
    const sides = await TwoSides.meet(GENEROUS);
    const first = await sides.proffer("SD-BASE-DP");
    expect((await sides.proffer("SD-BASE-AT")).state).toBe("refused");
    const held = await sides.proffer("SD-BASE-A");
    expect(held.state).toBe("held");
    await sides.agree(first.id, "accepted");
    expect((await write(api, sides.owner, "x", { send: true })).relay.state).toBe("queued");
    await sides.act(held.id, "rescind");
    await sides.agree(first.id, "accepted");
  });

  test("that a person accepts later takes the place then", async () => {
    const sides = await TwoSides.meet(GENEROUS);
    const [first, held] = [await sides.proffer("SD-BASE-DP"), await sides.proffer("SD-BASE-A")];
    await sides.decide(held.id, { decision: "accepted" });
    await rest(tenureOf(sides.owner));
    await sides.agree(first.id, "superseded");
    expect((await sides.agree(held.id, "accepted")).ours.permits).toEqual(["analytics"]);
  });

  test("whose predecessor ended meanwhile stands alone", async () => {
    const sides = await TwoSides.meet(GENEROUS);
    const [first, held] = [await sides.proffer("SD-BASE-DP"), await sides.proffer("SD-BASE-A")];
    await sides.act(first.id, "terminate");
    await sides.decide(held.id, { decision: "accepted" });
    await sides.agree(first.id, "terminated");
    await sides.agree(held.id, "accepted");
  });
});

describe("a contribution", () => {
  test("stands on top of the relationship, and ends with it", async () => {
    const sides = await TwoSides.meet(GENEROUS);
    const base = await sides.proffer("SD-BASE-DP");
    const [ai, good] = [await sides.proffer("PDC-AI"), await sides.proffer("PDC-GOOD")];
    expect(ai).toMatchObject({ state: "accepted", kind: "contribution", permits: ["ai-training-and-operation"] });
    expect((await recordOf(sides, ai.id)).proffer.body).toMatchObject({ onTopOf: base.recordDigest, supersedes: null });
    await sides.agree(ai.id, "accepted");
    await sides.act(good.id, "terminate");
    await sides.agree(base.id, "accepted");
    await sides.act(base.id, "terminate");
    await rest(tenureOf(sides.owner));
    for (const { id } of [base, ai, good]) await sides.agree(id, "terminated");
    expect((await sides.makerFeed()).filter(({ type }) => type === "agreement.terminated")).toHaveLength(3);
  });

  test("ends with it when the company ends it, too", async () => {
    const sides = await TwoSides.meet(GENEROUS);
    const [base, ai] = [await sides.proffer("SD-BASE-DP"), await sides.proffer("PDC-AI")];
    await sides.end(base.id);
    await rest(tenureOf(sides.owner));
    for (const { id } of [base, ai]) await sides.agree(id, "terminated");
  });

  test("by itself carries no words", async () => {
    const sides = await TwoSides.meet(GENEROUS);
    await sides.proffer("PDC-AI");
    expect((await write(api, sides.owner, "x", { send: true })).relay.state).toBe("waiting");
  });

  test("stays when another relationship takes the place of the one under it", async () => {
    const sides = await TwoSides.meet(GENEROUS);
    const [base, ai] = [await sides.proffer("SD-BASE-DP"), await sides.proffer("PDC-AI")];
    const next = await sides.proffer("SD-BASE");
    await rest(tenureOf(sides.owner));
    await sides.agree(base.id, "superseded");
    await sides.agree(ai.id, "accepted");
    await sides.act(next.id, "terminate");
    await rest(tenureOf(sides.owner));
    await sides.agree(ai.id, "terminated");
  });
});
