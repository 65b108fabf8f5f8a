// No company is needed to begin: a proffer waits for one that has not joined, and is decided when it sets its first policy.

import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { directoryFor } from "../../src/platform/stubs.ts";
import { agree, join, write, type TestOwner } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { TwoSides } from "./two-sides.ts";
import { DAY_MS, feedTypes, makerOf, pass, path, rest, startTwin, stillClock, tenureOf } from "./world.ts";

stillClock();

const someDomain = () => `m${crypto.randomUUID().slice(0, 8)}.example`;
const waitingFor = async (domain: string) => (await directoryFor(env, domain).waiting(domain, 100)).length;
const relay = async (owner: TestOwner, note: string) =>
  (await api.get(path(owner, `/notes/${note}`), owner.token)).body.relay;

/** The company joins, sets its policy, and its alarm has gone through what waited. */
async function joins(domain: string, rules: Record<string, string>, owner: TestOwner): Promise<TwoSides> {
  const sides = new TwoSides(await join(api, operator, rules, domain), owner);
  await rest(makerOf(sides.maker));
  await rest(tenureOf(owner));
  return sides;
}

describe("a proffer to a company that has not joined", () => {
  test("waits, without an end to its time, and can be read", async () => {
    const domain = someDomain();
    const owner = await startTwin({ maker: domain });
    const agreement = await agree(api, owner);
    expect(agreement).toMatchObject({
      state: "proffered",
      maker: domain,
      terms: null,
      decideBy: null,
      acknowledged: false,
    });
    expect(
      (await api.get(path(owner, `/agreements/${agreement.id}/record`), owner.token)).body.proffer.body,
    ).toMatchObject({ decideBy: null, second: { legalName: domain } });
    expect(await waitingFor(domain)).toBe(1);
    pass(400 * DAY_MS);
    await rest(tenureOf(owner));
    expect((await api.get(path(owner, `/agreements/${agreement.id}`), owner.token)).body.state).toBe("proffered");
  });

  test.each([
    ["accepted", { "SD-BASE-DP": "accept" }],
    ["refused", {}],
    ["held", { "SD-BASE-DP": "hold" }],
    ["countered", { "SD-BASE-DP": "counter:SD-BASE-AT" }],
  ])("is %s by the first policy it sets", async (state, rules) => {
    const domain = someDomain();
    const owner = await startTwin({ maker: domain });
    const { id } = await agree(api, owner);
    pass(100 * DAY_MS);
    const sides = await joins(domain, rules, owner);
    await sides.agree(id, state);
    expect(await waitingFor(domain)).toBe(0);
    expect(await feedTypes(owner)).toContain(`agreement.${state}`);
  });

  test("that the first policy holds has 14 days from then", async () => {
    const domain = someDomain();
    const owner = await startTwin({ maker: domain });
    const { id } = await agree(api, owner);
    pass(100 * DAY_MS);
    const sides = await joins(domain, { "SD-BASE-DP": "hold" }, owner);
    const { decideBy } = await sides.ours(id);
    expect(Math.abs(Date.parse(decideBy) - (Date.now() + 14 * DAY_MS))).toBeLessThan(1000);
    pass(14 * DAY_MS + 1);
    await rest(tenureOf(owner));
    await sides.agree(id, "lapsed");
  });

  test("goes on waiting when the company joins but has no policy yet", async () => {
    const domain = someDomain();
    const owner = await startTwin({ maker: domain });
    const early = await agree(api, owner);
    const sides = new TwoSides(await join(api, operator, null, domain), owner);
    const later = await startTwin({ maker: domain });
    expect((await agree(api, later)).state).toBe("proffered");
    expect((await sides.ours(early.id)).state).toBe("proffered");
    expect(await waitingFor(domain)).toBe(2);
    await sides.policy({ "SD-BASE-DP": "accept" });
    await rest(makerOf(sides.maker));
    for (const one of [owner, later])
      expect((await api.get(path(one), one.token)).body.agreement.state).toBe("accepted");
  });

  test("is one of a hundred open ones of its twin at most, so that nobody fills a company's waiting room alone", async () => {
    const owner = await startTwin();
    const put = (n: number) =>
      api.post(
        path(owner, "/agreements"),
        { maker: `m${n}-${owner.twin.slice(5, 15)}.example`, preferred: "SD-BASE" },
        owner.token,
      );
    for (let n = 0; n < 100; n++) expect((await put(n)).status).toBe(201);
    expect(await put(100)).toMatchObject({ status: 409, body: { code: "quota-exceeded" } });
    const { body } = await api.get(path(owner, "/agreements?limit=1"), owner.token);
    await api.post(path(owner, `/agreements/${body.items[0].id}/rescind`), {}, owner.token);
    expect((await put(100)).status).toBe(201);
  });

  test("that was taken back, or whose twin was erased, waits no longer and is decided never", async () => {
    const domain = someDomain();
    const [taken, gone] = [await startTwin({ maker: domain }), await startTwin({ maker: domain })];
    const { id } = await agree(api, taken);
    await agree(api, gone);
    const rescinded = await api.post(path(taken, `/agreements/${id}/rescind`), {}, taken.token);
    expect(rescinded.body.state).toBe("rescinded");
    await api.delete(path(gone), gone.token);
    expect(await waitingFor(domain)).toBe(0);
    const sides = await joins(domain, { "SD-BASE-DP": "accept" }, taken);
    expect((await sides.ours(id)).state).toBe("rescinded");
    expect(await sides.makerFeed()).toEqual([]);
  });

  test("whose own time ran out while it waited is over when the company comes", async () => {
    const domain = someDomain();
    const owner = await startTwin({ maker: domain });
    const { body } = await api.post(
      path(owner, "/agreements"),
      { preferred: "SD-BASE-DP", decideBy: new Date(Date.now() + DAY_MS).toISOString() },
      owner.token,
    );
    await rest(tenureOf(owner));
    pass(2 * DAY_MS);
    const sides = await joins(domain, { "SD-BASE-DP": "accept" }, owner);
    expect((await sides.ours(body.id)).state).toBe("lapsed");
    expect(await waitingFor(domain)).toBe(0);
  });

  test("goes to a company the product doesn't name, when its owner names it", async () => {
    const sides = await TwoSides.meet({ "SD-BASE-DP": "accept" });
    const owner = await startTwin();
    const refused = await api.post(path(owner, "/agreements"), { preferred: "SD-BASE-DP" }, owner.token);
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: "maker" }] } });
    const { body } = await api.post(
      path(owner, "/agreements"),
      { preferred: "SD-BASE-DP", maker: sides.maker.domain },
      owner.token,
    );
    expect(body).toMatchObject({ state: "accepted", maker: sides.maker.domain });
    await new TwoSides(sides.maker, owner).agree(body.id, "accepted");
  });
});

describe("a note that waited for the company", () => {
  test("goes out when the proffer is accepted, in the order it was sent; one that waited over 30 days waits for its owner's tap", async () => {
    const domain = someDomain();
    const owner = await startTwin({ maker: domain });
    const old = await write(api, owner, "old", { send: true });
    const said = await api.post(path(owner, `/notes/${old.id}/messages`), { text: "under old" }, owner.token);
    expect(said.body.relay.state).toBe("waiting");
    const { id } = await agree(api, owner);
    pass(DAY_MS);
    await write(api, owner, "second", { send: true });
    await write(api, owner, "private");
    await write(api, owner, "third", { send: true });
    pass(30 * DAY_MS - 1000);
    const sides = await joins(domain, { "SD-BASE-DP": "accept" }, owner);
    await sides.agree(id, "accepted");
    const words = async () =>
      (await sides.makerFeed()).map(({ type, data }) => data.note?.text ?? data.message?.text ?? type);
    expect(await words()).toEqual(["agreement.accepted", "second", "third"]);
    expect(await relay(owner, old.id)).toEqual({ state: "waiting", reason: expect.stringContaining("30 days") });

    pass(DAY_MS);
    expect((await api.patch(path(owner, `/notes/${old.id}`), { send: true }, owner.token)).body.relay.state).toBe(
      "queued",
    );
    await rest(tenureOf(owner));
    expect(await words()).toEqual(["agreement.accepted", "second", "third", "old", "under old"]);
    expect((await relay(owner, old.id)).state).toBe("delivered");
  });
});
