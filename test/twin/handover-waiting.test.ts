// Whoever accepted, and waits: they learn whether the thing is still coming, also in the moment in which it moves, and an answer that they
// never had is repeated for as long as nobody has used it.

import { describe, expect, test, vi } from "vitest";
import { Tenure } from "../../src/tenure/tenure.ts";
import { accept, acceptWith, askStanding, offer, openOffer, release } from "../support/handovers.ts";
import type { TestOwner } from "../support/people.ts";
import { api } from "../support/worker.ts";
import { DAY_MS, inside, MINUTE_MS, pass, path, rest, startTwin, stillClock, twinOf } from "../tenure/world.ts";

stillClock();

const status = async (who: TestOwner) => (await api.get(path(who), who.token)).status;

describe("whoever waits", () => {
  test("learns whether what they accepted still stands, and nothing of the thing", async () => {
    const owner = await startTwin();
    const { code } = await offer(api, owner);
    expect((await askStanding(api, owner, code)).body).toEqual({ state: "open", yours: false });
    const next = await accept(api, owner, code);
    const { headers, body } = await askStanding(api, owner, code, next.token);
    expect([headers.get("Cache-Control"), body]).toEqual(["private, no-store", { state: "accepted", yours: true }]);
    for (const token of [undefined, owner.token, `${next.twin}~${"A".repeat(43)}`, "no token"])
      expect((await askStanding(api, owner, code, token)).body).toEqual({ state: "accepted", yours: false });
    for (let tries = 0; tries < 5; tries++) await release(api, owner, "zoo zoo zoo zoo");
    expect((await askStanding(api, owner, code, next.token)).body).toEqual({ state: "open", yours: false });
    const another = await accept(api, owner, code);
    expect((await askStanding(api, owner, code, next.token)).body).toEqual({ state: "accepted", yours: false });
    await api.delete(path(owner, "/handover"), owner.token);
    expect(await askStanding(api, owner, code, another.token)).toMatchObject({
      status: 403,
      body: { code: "handover-refused" },
    });
  });

  test.each(["handOver", "open"] as const)(
    "is told that it is on its way while it moves, as when the power goes before %s, and never that it is over",
    async (step) => {
      const owner = await startTwin();
      const { code } = await offer(api, owner);
      const next = await accept(api, owner, code);
      const fault = vi
        .spyOn(Tenure.prototype as unknown as Record<typeof step, () => never>, step)
        .mockImplementationOnce(() => {
          throw new Error("the process died here");
        });
      await release(api, owner, next.words);
      fault.mockRestore();
      expect(await status(next)).toBe(401);
      expect((await openOffer(api, owner, code)).status).toBe(403);
      expect((await askStanding(api, owner, code, next.token)).body).toEqual({ state: "committing", yours: true });
      expect((await askStanding(api, owner, code)).body).toEqual({ state: "committing", yours: false });
      pass(MINUTE_MS);
      await rest(twinOf(owner));
      expect((await askStanding(api, owner, code, next.token)).status).toBe(403);
      expect(await status(next)).toBe(200);
    },
  );
});

describe("an answer that got lost", () => {
  const accepted = async (gift: boolean) => {
    const owner = await startTwin();
    const { code } = await offer(api, owner, { gift, expiresAt: new Date(Date.now() + 60 * DAY_MS).toISOString() });
    const { head } = (await openOffer(api, owner, code)).body;
    const key = crypto.randomUUID();
    const ask = () => acceptWith(api, owner, code, head, key);
    return { owner, ask, first: (await ask()).body };
  };

  const kept = (owner: TestOwner): Promise<number> =>
    inside(
      twinOf(owner),
      ({ storage: { sql } }) => [...sql.exec("SELECT 1 FROM idempotency WHERE sealed IS NOT NULL")].length,
    );

  test("of a gift is there until its token was used, however late it is asked for again", async () => {
    const { owner, ask, first } = await accepted(true);
    pass(40 * DAY_MS);
    expect(await ask()).toMatchObject({ status: 200, body: first });
    expect(await status(first)).toBe(200);
    expect(await kept(owner)).toBe(1);
    expect(await ask()).toMatchObject({ status: 403, body: { code: "handover-refused" } });
    expect(await status(first)).toBe(200);
    // Sealed as it is, nobody is to have it any more.
    expect(await kept(owner)).toBe(0);
  });

  test("of an acceptance is there as long as that stands", async () => {
    const { owner, ask, first } = await accepted(false);
    pass(40 * DAY_MS);
    expect(await ask()).toMatchObject({ status: 200, body: first });
    expect((await release(api, owner, first.words)).status).toBe(200);
    expect(await status(first)).toBe(200);
  });
});
