// Proffers that waited for a maker to join are decided by its first policy, in the background, whatever crashes on the way.

import { env } from "cloudflare:workers";
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { Maker } from "../../src/maker/maker.ts";
import { directoryFor } from "../../src/platform/stubs.ts";
import { ask, joinedMaker, proffer, sentNote, someDomain, twinOf, type TestTwin } from "../support/maker-world.ts";

const stateOf = async (twin: TestTwin, id: string): Promise<string> =>
  (await ask("GET", `${twin.path}/agreements/${id}`, { token: twin.token })).body.state;

const waitingFor = async (domain: string): Promise<number> =>
  (await directoryFor(env, domain).waiting(domain, 100)).length;

/** Runs the maker's alarm until nothing is due. */
async function settle(domain: string): Promise<void> {
  const stub = env.MAKER.getByName(domain);
  for (let run = 0; run < 50; run++) {
    if ((await waitingFor(domain)) === 0) return;
    await runDurableObjectAlarm(stub);
  }
}

async function waitingProffers(domain: string, count: number): Promise<{ twin: TestTwin; id: string }[]> {
  const waiting = [];
  for (let n = 0; n < count; n++) {
    const twin = await twinOf(domain);
    const { id, state, decideBy } = await proffer(twin);
    expect([state, decideBy]).toEqual(["proffered", null]);
    waiting.push({ twin, id });
  }
  return waiting;
}

describe("the proffers that waited", () => {
  it("stay as they are while the company has joined but has no policy, and are decided by the first one", async () => {
    const domain = someDomain();
    const [first] = await waitingProffers(domain, 1);
    const maker = await joinedMaker(undefined, domain);
    const [second] = await waitingProffers(domain, 1);
    expect(await waitingFor(domain)).toBe(2);

    await ask("PUT", `${maker.path}/policy`, { token: maker.key, body: { rules: { "SD-BASE-DP": "accept" } } });
    await settle(domain);
    for (const { twin, id } of [first!, second!]) expect(await stateOf(twin, id)).toBe("accepted");
    expect(await waitingFor(domain)).toBe(0);
    const { body } = await ask("GET", `${maker.path}/agreements`, { token: maker.key });
    expect(body.items.map((item: any) => item.state)).toEqual(["accepted", "accepted"]);
  });

  it("are decided in batches, and a note that waited with one goes out with it", async () => {
    const domain = someDomain();
    const waiting = await waitingProffers(domain, 23);
    const note = await sentNote(waiting[0]!.twin);
    expect(note.relay.state).toBe("waiting");
    await joinedMaker({ "SD-BASE-DP": "accept" }, domain);
    await settle(domain);
    const states = await Promise.all(waiting.map(({ twin, id }) => stateOf(twin, id)));
    expect(new Set(states)).toEqual(new Set(["accepted"]));
    const { twin } = waiting[0]!;
    const sent = await ask("GET", `${twin.path}/notes/${note.id}`, { token: twin.token });
    expect(sent.body.relay.state).not.toBe("waiting");
  });

  it("are decided though the object went away with the work half done", async () => {
    const domain = someDomain();
    const waiting = await waitingProffers(domain, 3);
    const maker = await joinedMaker(undefined, domain);
    // As a crash leaves it after the policy was kept and before anything else happened.
    const stub = env.MAKER.getByName(domain);
    await runInDurableObject(stub, async (_: Maker, state) => {
      state.storage.sql.exec("INSERT INTO policy_rule (code, rule) VALUES ('SD-BASE-DP', 'accept')");
      state.storage.sql.exec("UPDATE company SET policy_at = 1, backlog_at = 1");
      await state.storage.setAlarm(Date.now() + 60_000);
    });
    await evictDurableObject(stub);
    await settle(domain);
    for (const { twin, id } of waiting) expect(await stateOf(twin, id)).toBe("accepted");
    expect((await directoryFor(env, domain).maker(domain))?.hasPolicy).toBe(true);
    expect((await ask("GET", `${maker.path}/agreements`, { token: maker.key })).body.items).toHaveLength(3);
  });

  it("that an owner took back or erased don't hold up the others", async () => {
    const domain = someDomain();
    const [erased, rescinded, kept] = await waitingProffers(domain, 3);
    await ask("DELETE", erased!.twin.path, { token: erased!.twin.token });
    await ask("POST", `${rescinded!.twin.path}/agreements/${rescinded!.id}/rescind`, { token: rescinded!.twin.token });
    await directoryFor(env, domain).wait(
      domain,
      erased!.twin.twin as `twin_${string}`,
      erased!.id as `agr_${string}`,
      1,
    );
    await joinedMaker({ "SD-BASE-DP": "accept" }, domain);
    await settle(domain);
    expect(await stateOf(rescinded!.twin, rescinded!.id)).toBe("rescinded");
    expect(await stateOf(kept!.twin, kept!.id)).toBe("accepted");
    expect(await waitingFor(domain)).toBe(0);
  });
});
