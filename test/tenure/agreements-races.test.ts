// Two who act at once: the owner's side decides which came first, the other is told, and both sides then hold the same.

import { describe, expect, test } from "vitest";
import { api } from "../support/worker.ts";
import { TwoSides } from "./two-sides.ts";
import { path, rest, stillClock, tenureOf } from "./world.ts";

stillClock();

const ROUNDS = 6;
const statuses = (answers: readonly { status: number }[]) =>
  answers.map(({ status }) => status).toSorted((a, b) => a - b);

describe("at the same moment", () => {
  test("a proffer is taken back and decided: one of the two happened, on both sides", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "hold" });
    const ends = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await sides.proffer();
      const deeds = [() => sides.act(id, "rescind"), () => sides.decide(id, { decision: "refused" })];
      if (round % 2 === 1) deeds.reverse();
      const answers = await Promise.all(deeds.map((deed) => deed()));
      expect(statuses(answers)).toEqual([200, 409]);
      const { state } = await sides.ours(id);
      ends.add(state);
      const { ours } = await sides.agree(id, state);
      expect(ours.events).toHaveLength(state === "rescinded" ? 1 : 0);
    }
    expect([...ends].every((state) => state === "rescinded" || state === "refused")).toBe(true);
  });

  test("an agreement is ended by both: once, by one of them", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "accept" });
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await sides.proffer();
      const deeds = [() => sides.act(id, "terminate"), () => sides.end(id)];
      if (round % 2 === 1) deeds.reverse();
      const answers = await Promise.all(deeds.map((deed) => deed()));
      expect(statuses(answers)).toEqual([200, 409]);
      await rest(tenureOf(sides.owner));
      const { ours } = await sides.agree(id, "terminated");
      expect(ours.events).toHaveLength(1);
    }
    await rest(tenureOf(sides.owner));
    expect((await sides.makerFeed()).filter(({ type }) => type === "agreement.terminated")).toHaveLength(ROUNDS);
  });

  test("two people at the company decide otherwise: the first of them did", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "hold" });
    const { id } = await sides.proffer();
    const answers = await Promise.all([
      sides.decide(id, { decision: "accepted" }),
      sides.decide(id, { decision: "refused" }),
      sides.decide(id, { decision: "countered", chosen: "SD-BASE-AT" }),
    ]);
    expect(statuses(answers)).toEqual([200, 409, 409]);
    await sides.agree(id, (await sides.ours(id)).state);
  });

  test("a counter is confirmed and refused by two of the owner's devices: one of them counts", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "counter:SD-BASE-AT" });
    const { id } = await sides.proffer();
    const answers = await Promise.all(
      ["accepted", "refused"].map((decision) => sides.act(id, "confirm", { decision })),
    );
    expect(statuses(answers)).toEqual([200, 409]);
    await sides.agree(id, (await sides.ours(id)).state);
  });

  test("two proffers are made: one is, and the other is told that one is open", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "hold", "SD-BASE": "hold" });
    const make = (preferred: string, headers = {}) =>
      api.post(path(sides.owner, "/agreements"), { preferred }, sides.owner.token, headers);
    const answers = await Promise.all([make("SD-BASE-DP"), make("SD-BASE")]);
    expect(statuses(answers)).toEqual([201, 409]);
    expect(await sides.states()).toHaveLength(1);
  });

  test("the same proffer is asked for twice with one key: it is made once", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "accept" });
    const make = () =>
      api.post(path(sides.owner, "/agreements"), { preferred: "SD-BASE-DP" }, sides.owner.token, {
        "Idempotency-Key": "k",
      });
    const answers = await Promise.all([make(), make(), make()]);
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
    for (const { status } of answers) expect([201, 409]).toContain(status);
    expect((await make()).status).toBe(201);
    expect(await sides.states()).toEqual(["SD-BASE-DP accepted"]);
  });

  test("an agreement is ended while another takes its place: it ends once, and at most one is in force", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "accept", "SD-BASE": "hold" });
    for (let round = 0; round < ROUNDS; round++) {
      const [first, next] = [await sides.proffer("SD-BASE-DP"), await sides.proffer("SD-BASE")];
      const deeds = [() => sides.act(first.id, "terminate"), () => sides.decide(next.id, { decision: "accepted" })];
      if (round % 2 === 1) deeds.reverse();
      const answers = await Promise.all(deeds.map((deed) => deed()));
      expect(answers.some(({ status }) => status === 200)).toBe(true);
      await rest(tenureOf(sides.owner));
      const [old, now] = [await sides.ours(first.id), await sides.ours(next.id)];
      expect(old.events).toHaveLength(1);
      await sides.agree(first.id, old.state);
      await sides.agree(next.id, now.state);
      expect([
        ["terminated", "accepted"],
        ["superseded", "accepted"],
        ["terminated", "held"],
      ]).toContainEqual([old.state, now.state]);
      if (now.state === "accepted") await sides.act(next.id, "terminate");
      else await sides.act(next.id, "rescind");
    }
  });
});
