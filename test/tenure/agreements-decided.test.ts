// A proffer and its answer: by the company's policy, by a person there, by a counter the owner answers, by nobody. Both sides keep the same.

import { describe, expect, test } from "vitest";
import { api } from "../support/worker.ts";
import { TwoSides } from "./two-sides.ts";
import { DAY_MS, feedTypes, pass, path, rest, stillClock, tenureOf } from "./world.ts";

stillClock();

const DECISIONS = 14 * DAY_MS;

describe("a proffer", () => {
  test("is accepted within its own call by a policy that accepts it, and names what it lets the company do", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "accept" });
    const agreement = await sides.proffer();
    expect(agreement).toMatchObject({
      state: "accepted",
      terms: "SD-BASE-DP",
      kind: "relationship",
      maker: sides.maker.domain,
      decision: {
        decision: "accepted",
        chosen: "SD-BASE-DP",
        reason: null,
        decidedAt: new Date().toISOString(),
        decidedBy: "policy",
      },
      counter: null,
      obliges: ["service-delivery", "data-portability"],
      permits: [],
      prohibits: ["analytics", "tracking", "profiling", "third-party-sharing"],
      decideBy: null,
      events: [],
    });
    await sides.agree(agreement.id, "accepted");
    expect((await api.get(path(sides.owner), sides.owner.token)).body.agreement).toMatchObject({
      id: agreement.id,
      state: "accepted",
      checkCode: agreement.checkCode,
    });
  });

  test("is accepted under the first alternate that the policy takes, when it doesn't take what is preferred", async () => {
    const sides = await TwoSides.meet({ "SD-BASE": "accept", "SD-BASE-A": "accept", "SD-BASE-DP": "hold" });
    const agreement = await sides.proffer("SD-BASE-DP", ["SD-BASE-A", "SD-BASE"]);
    expect(agreement).toMatchObject({
      state: "accepted",
      terms: "SD-BASE-A",
      preferred: "SD-BASE-DP",
      alternates: ["SD-BASE-A", "SD-BASE"],
    });
    await sides.agree(agreement.id, "accepted");
  });

  test("is refused by a policy that doesn't name it, and the refusal is a record on both sides", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-ATP": "accept" });
    const agreement = await sides.proffer();
    expect(agreement).toMatchObject({
      state: "refused",
      terms: null,
      permits: [],
      decision: { reason: expect.stringContaining("policy") },
    });
    await sides.agree(agreement.id, "refused");
    for (const deed of ["rescind", "terminate", "confirm"] as const) {
      expect(await sides.act(agreement.id, deed, deed === "confirm" ? { decision: "accepted" } : {})).toMatchObject({
        status: 409,
        body: { code: "agreement-state" },
      });
    }
    expect((await sides.proffer("SD-BASE-ATP")).state).toBe("accepted");
  });

  test.each([
    ["accepted", { decision: "accepted" }, { terms: "SD-BASE-DP" }],
    ["accepted", { decision: "accepted", chosen: "SD-BASE" }, { terms: "SD-BASE" }],
    ["refused", { decision: "refused", reason: "Not these." }, { terms: null, decision: { reason: "Not these." } }],
    [
      "countered",
      { decision: "countered", chosen: "SD-BASE-AT", reason: "We count." },
      { terms: null, counter: "SD-BASE-AT", decision: { reason: "We count." } },
    ],
  ])("that a policy holds waits for a person, who may find it %s (%j)", async (state, decision, seen) => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "hold" });
    const agreement = await sides.proffer("SD-BASE-DP", ["SD-BASE"]);
    expect(agreement).toMatchObject({
      state: "held",
      terms: null,
      decideBy: new Date(Date.now() + DECISIONS).toISOString(),
    });
    await sides.agree(agreement.id, "held");
    pass(DAY_MS);
    const decidedAt = new Date().toISOString();
    expect((await sides.decide(agreement.id, decision)).status).toBe(200);
    const { ours } = await sides.agree(agreement.id, state);
    expect(ours).toMatchObject(seen);
    expect(ours.decision).toMatchObject({ decision: decision.decision, decidedBy: "human", decidedAt });
    expect(await sides.decide(agreement.id, decision)).toMatchObject({
      status: 409,
      body: { code: "agreement-state" },
    });
  });

  test("that is held can't be decided with what it doesn't name, nor countered with what it does", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "hold" });
    const { id } = await sides.proffer();
    for (const decision of [
      { decision: "accepted", chosen: "SD-BASE-ATP" },
      { decision: "countered" },
      { decision: "countered", chosen: "SD-BASE-DP" },
      { decision: "countered", chosen: "PDC-AI" },
      { decision: "refused", chosen: "SD-BASE" },
      { decision: "maybe" },
    ]) {
      expect((await sides.decide(id, decision)).status, JSON.stringify(decision)).toBe(422);
    }
    await sides.agree(id, "held");
  });

  test("that is countered is in force only once its owner confirms, and never otherwise", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "counter:SD-BASE-AT" });
    const agreement = await sides.proffer();
    expect(agreement).toMatchObject({
      state: "countered",
      terms: null,
      permits: [],
      counter: "SD-BASE-AT",
      decideBy: new Date(Date.now() + DECISIONS).toISOString(),
    });
    await sides.agree(agreement.id, "countered");
    const note = await api.post(
      path(sides.owner, "/notes"),
      { kind: "problem", text: "x", send: true },
      sides.owner.token,
    );
    expect(note.body.relay.state).toBe("waiting");
    pass(DAY_MS);
    expect((await sides.act(agreement.id, "confirm", { decision: "accepted" })).body).toMatchObject({
      state: "accepted",
      terms: "SD-BASE-AT",
      permits: ["analytics", "tracking"],
    });
    await sides.agree(agreement.id, "accepted");
    await rest(tenureOf(sides.owner));
    expect((await sides.makerFeed()).map(({ type }) => type)).toEqual(["agreement.accepted", "note.sent"]);
    expect((await sides.act(agreement.id, "confirm", { decision: "accepted" })).status).toBe(409);
  });

  test("that is countered is over when its owner refuses: one round, one counter", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "counter:SD-BASE-AT" });
    const { id } = await sides.proffer();
    expect((await sides.act(id, "rescind")).status).toBe(409);
    expect((await sides.act(id, "confirm", { decision: "refused" })).body).toMatchObject({
      state: "refused",
      terms: null,
      counter: "SD-BASE-AT",
    });
    await sides.agree(id, "refused");
    expect((await sides.decide(id, { decision: "countered", chosen: "SD-BASE-A" })).status).toBe(409);
    expect((await sides.makerFeed()).map(({ type }) => type)).toEqual([]);
  });

  test("is taken back while a person thinks; the company is told, and its decision comes too late", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "hold" });
    const { id } = await sides.proffer();
    expect((await sides.act(id, "rescind")).body).toMatchObject({ state: "rescinded", decideBy: null });
    const { ours } = await sides.agree(id, "rescinded");
    expect(ours.events).toMatchObject([{ body: { kind: "rescinded", by: "first" }, ack: { key: expect.any(String) } }]);
    expect(await sides.decide(id, { decision: "accepted" })).toMatchObject({
      status: 409,
      body: { code: "agreement-state" },
    });
    await rest(tenureOf(sides.owner));
    expect((await sides.makerFeed()).map(({ type }) => type)).toEqual(["agreement.proffered", "agreement.rescinded"]);
    expect((await sides.act(id, "rescind")).status).toBe(409);
  });

  test("that nobody decides lapses at the time it named, and is over on both sides", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "hold" });
    const decideBy = new Date(Date.now() + 2 * DAY_MS).toISOString();
    const { body } = await api.post(
      path(sides.owner, "/agreements"),
      { preferred: "SD-BASE-DP", decideBy },
      sides.owner.token,
    );
    expect(body.decideBy).toBe(decideBy);
    await rest(tenureOf(sides.owner));
    pass(2 * DAY_MS - 100);
    await rest(tenureOf(sides.owner));
    await sides.agree(body.id, "held");
    pass(101);
    await rest(tenureOf(sides.owner));
    await sides.agree(body.id, "lapsed");
    expect((await feedTypes(sides.owner)).at(-1)).toBe("agreement.lapsed");
    expect((await sides.decide(body.id, { decision: "accepted" })).status).toBe(409);
    expect((await sides.act(body.id, "rescind")).status).toBe(409);
    expect((await sides.proffer()).state).toBe("held");
  });

  test("whose counter the owner leaves alone lapses after 14 days", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "counter:SD-BASE-AT" });
    const { id } = await sides.proffer();
    await rest(tenureOf(sides.owner));
    pass(DECISIONS + 1);
    await rest(tenureOf(sides.owner));
    await sides.agree(id, "lapsed");
    expect((await sides.act(id, "confirm", { decision: "accepted" })).status).toBe(409);
  });

  test("must lie open for a time that is still to come, be of the roster, and be of one kind", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "accept" });
    for (const body of [
      { preferred: "SD-BASE-DP", decideBy: new Date(Date.now() - 1).toISOString() },
      { preferred: "MY-OWN" },
      { preferred: "SD-BASE", alternates: ["PDC-AI"] },
      { preferred: "SD-BASE", alternates: ["SD-BASE"] },
      {},
      { preferred: "SD-BASE", maker: "127.0.0.1" },
    ]) {
      expect(
        (await api.post(path(sides.owner, "/agreements"), body, sides.owner.token)).status,
        JSON.stringify(body),
      ).toBe(422);
    }
    expect(await sides.states()).toEqual([]);
  });

  test("is made once when its request is repeated with its key", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "accept" });
    const make = (preferred: string) =>
      api.post(path(sides.owner, "/agreements"), { preferred }, sides.owner.token, { "Idempotency-Key": "terms" });
    const first = await make("SD-BASE-DP");
    const again = await make("SD-BASE-DP");
    expect(again).toMatchObject({ status: 201, body: { id: first.body.id, state: "accepted" } });
    expect(again.headers.get("Idempotency-Replayed")).toBe("true");
    expect((await make("SD-BASE")).status).toBe(409);
    expect(await sides.states()).toEqual(["SD-BASE-DP accepted"]);
  });

  test("is not made a second time while the first is open", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "hold", "SD-BASE": "accept" });
    await sides.proffer();
    expect(await api.post(path(sides.owner, "/agreements"), { preferred: "SD-BASE" }, sides.owner.token)).toMatchObject(
      { status: 409, body: { code: "agreement-state" } },
    );
  });

  test("shows the company nothing but itself before it is accepted", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "hold" });
    await api.post(
      path(sides.owner, "/notes"),
      { kind: "problem", text: "planted-word", send: true },
      sides.owner.token,
    );
    await sides.proffer();
    await rest(tenureOf(sides.owner));
    const events = await sides.makerFeed();
    expect(events.map(({ type }) => type)).toEqual(["agreement.proffered"]);
    expect(JSON.stringify(events)).not.toContain("planted-word");
  });
});
