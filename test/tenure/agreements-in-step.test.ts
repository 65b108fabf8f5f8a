// Both copies come into step though either side was gone for a while: what one side decided stands, and the other is asked until it has it.

import { runDurableObjectAlarm } from "cloudflare:test";
import { describe, expect, test, vi } from "vitest";
import { Maker } from "../../src/maker/maker.ts";
import { Tenure } from "../../src/tenure/tenure.ts";
import { write } from "../support/people.ts";
import { api } from "../support/worker.ts";
import { TwoSides } from "./two-sides.ts";
import { alarmAt, HOUR_MS, inside, pass, path, rest, stillClock, tenureOf } from "./world.ts";

stillClock();

const crash = () => {
  throw new Error("the company's side died here");
};

describe("while the company's side does not answer", () => {
  test("an agreement ends all the same; its side is asked again until it acknowledges", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "accept" });
    const { id } = await sides.proffer();
    await rest(tenureOf(sides.owner));
    const gone = vi.spyOn(Maker.prototype, "syncAgreement").mockImplementation(crash);
    expect(await sides.act(id, "terminate")).toMatchObject({
      status: 200,
      body: { state: "terminated", acknowledged: false, events: [{ body: { by: "first" } }] },
    });
    await rest(tenureOf(sides.owner));
    for (let ring = 0; ring < 4; ring++) {
      const at = (await alarmAt(tenureOf(sides.owner)))!;
      expect(at - Date.now()).toBeLessThanOrEqual(HOUR_MS);
      pass(at - Date.now());
      await runDurableObjectAlarm(tenureOf(sides.owner));
    }
    expect(gone.mock.calls.length).toBeGreaterThanOrEqual(5);
    gone.mockRestore();
    pass(HOUR_MS);
    await rest(tenureOf(sides.owner));
    const { ours } = await sides.agree(id, "terminated");
    expect(ours.events).toMatchObject([{ ack: { key: expect.any(String) } }]);
  });

  test("a proffer is kept, and put to its policy again by the alarm", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "accept" });
    vi.spyOn(Maker.prototype, "receiveProffer").mockImplementationOnce(crash);
    const headers = { "Idempotency-Key": "terms" };
    const make = () =>
      api.post(path(sides.owner, "/agreements"), { preferred: "SD-BASE-DP" }, sides.owner.token, headers);
    const first = await make();
    expect([201, 503]).toContain(first.status);
    expect(await sides.states()).toEqual(["SD-BASE-DP proffered"]);
    pass(HOUR_MS);
    await rest(tenureOf(sides.owner));
    expect(await sides.states()).toEqual(["SD-BASE-DP accepted"]);
    const again = await make();
    expect(again).toMatchObject({ status: 201, body: { state: "accepted" } });
    await sides.agree(again.body.id, "accepted");
  });

  test("a twin's notes go to its other companies all the same", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "accept" });
    await sides.proffer();
    const other = await TwoSides.meet({ "SD-BASE-DP": "accept" });
    vi.spyOn(Maker.prototype, "receiveProffer").mockImplementation(crash);
    const proffer = { maker: other.maker.domain, preferred: "SD-BASE-DP" };
    expect((await api.post(path(sides.owner, "/agreements"), proffer, sides.owner.token)).body.state).toBe("proffered");
    pass(HOUR_MS);
    const note = await write(api, sides.owner, "It hums.", { send: true });
    await runDurableObjectAlarm(tenureOf(sides.owner));
    const read = await api.get(path(sides.owner, `/notes/${note.id}`), sides.owner.token);
    expect(read.body.relay.state).toBe("delivered");
  });

  test("nobody rings for what is in step already", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "accept" });
    const { id } = await sides.proffer();
    await rest(tenureOf(sides.owner));
    await inside(tenureOf(sides.owner), ({ storage }) => {
      storage.sql.exec("UPDATE agreement SET sync_at = ? WHERE id = ?", Date.now(), id);
    });
    await inside(tenureOf(sides.owner), ({ storage }) => storage.setAlarm(Date.now() + 1));
    await rest(tenureOf(sides.owner));
    expect(await alarmAt(tenureOf(sides.owner))).toBeNull();
  });

  test("a repeat of the proffer with its key goes on where it stopped", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "accept" });
    vi.spyOn(Maker.prototype, "receiveProffer").mockImplementationOnce(crash);
    const headers = { "Idempotency-Key": "terms" };
    const make = () =>
      api.post(path(sides.owner, "/agreements"), { preferred: "SD-BASE-DP" }, sides.owner.token, headers);
    await make();
    const again = await make();
    expect(again.status).toBe(201);
    await rest(tenureOf(sides.owner));
    pass(HOUR_MS);
    await rest(tenureOf(sides.owner));
    expect(await sides.states()).toEqual(["SD-BASE-DP accepted"]);
    await sides.agree(again.body.id, "accepted");
  });
});

describe("when the company's side dies after the owner's side committed", () => {
  test("a person's decision stands, and reaches its own copy", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "hold" });
    const { id } = await sides.proffer();
    await rest(tenureOf(sides.owner));
    const decide = Reflect.get(Tenure.prototype, "decide");
    vi.spyOn(Tenure.prototype, "decide").mockImplementationOnce(async function commitsUnheard(this: Tenure, ...args) {
      await decide.apply(this, args);
      return crash();
    });
    expect((await sides.decide(id, { decision: "accepted" })).status).toBe(503);
    expect((await sides.ours(id)).state).toBe("accepted");
    await rest(tenureOf(sides.owner));
    await sides.agree(id, "accepted");
  });

  test("a policy's decision that the owner's side never got is the same when it is asked again, though the policy has changed since", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "accept" });
    const receive = Reflect.get(Maker.prototype, "receiveProffer");
    vi.spyOn(Maker.prototype, "receiveProffer").mockImplementationOnce(async function decidesAndDies(
      this: Maker,
      copy,
    ) {
      await receive.call(this, copy);
      return crash();
    });
    await api.post(path(sides.owner, "/agreements"), { preferred: "SD-BASE-DP" }, sides.owner.token);
    expect(await sides.states()).toEqual(["SD-BASE-DP proffered"]);
    await sides.policy({ "SD-BASE-DP": "refuse" });
    pass(HOUR_MS);
    await rest(tenureOf(sides.owner));
    expect(await sides.states()).toEqual(["SD-BASE-DP accepted"]);
    const [{ id }] = (await api.get(path(sides.owner, "/agreements"), sides.owner.token)).body.items;
    await sides.agree(id, "accepted");
  });
});
